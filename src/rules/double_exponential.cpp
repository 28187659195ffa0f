#include "rules/double_exponential.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "rules/double_exponential_table.h"

namespace jitegral::rules {

namespace {

namespace table = double_exponential_table;

constexpr double eps = std::numeric_limits<double>::epsilon();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int rows = static_cast<int>(std::size(table::rows));
constexpr int first_stride = table::steps / 2;

// Beside the sum of all terms nothing: also where tails have many of them.
constexpr double negligible = 1e-3 * eps;

}  // namespace

DoubleExponential::DoubleExponential(double a, double b)
    : a_(a), b_(b), stride_(0), next_(first_stride), first_(1 - rows), last_(rows - 1) {
  for (int j = -(rows - 1) / next_ * next_; j <= last_; j += next_) fresh_.push_back(point(j));
  std::erase_if(fresh_, [](const Point& one) { return one.weight == 0; });
  std::ranges::sort(fresh_, {}, &Point::x);
}

// Weight 0 where the point falls onto an end, or is none.
DoubleExponential::Point DoubleExponential::point(int index) const {
  const table::Row& row = table::rows[std::abs(index)];
  const bool low = index < 0;
  Point one{.index = index};
  if (std::isfinite(a_) && std::isfinite(b_)) {
    const double q = 1 / row.e / row.e, part = q / (1 + q);  // of the length, to the nearer end
    const double share = 2 * row.rate * part / (1 + q), length = b_ - a_;
    one.x = low ? a_ + part * length : b_ - part * length;
    one.weight = share * length;
    if (!std::isfinite(length)) {
      one.x = low ? a_ - part * a_ + part * b_ : b_ - part * b_ + part * a_;
      one.weight = share * b_ - share * a_;
    }
  } else if (std::isfinite(a_) || std::isfinite(b_)) {
    const double distance = low ? 1 / row.e : row.e;
    one.x = std::isfinite(a_) ? a_ + distance : b_ - distance;
    one.weight = row.rate * distance;
  } else {
    one.x = low ? -row.s : row.s;
    one.weight = row.rate * (row.e + 1 / row.e) / 2;
  }
  if (!(one.x > a_ && one.x < b_) || !std::isfinite(one.weight)) one.weight = 0;
  return one;
}

std::vector<double> DoubleExponential::points() const {
  std::vector<double> x;
  for (const Point& one : fresh_) x.push_back(one.x);
  return x;
}

void DoubleExponential::take(std::span<const double> y, const double* noise) {
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    fresh_[i].y = y[i];
    if (noise != nullptr) fresh_[i].noise = noise[i];
  }
  std::vector<Point> all;
  std::ranges::merge(points_, fresh_, std::back_inserter(all), {}, &Point::x, &Point::x);
  points_ = std::move(all);
  stride_ = next_;
  trim();
  next_ = stride_ > 1 ? stride_ / 2 : 0;
  fresh_.clear();
  if (next_ == 0) return;
  // Points that fell onto an end at the first level may have inner neighbours that do not.
  const int from = std::max(1 - rows, first_ - stride_), to = std::min(rows - 1, last_ + stride_);
  for (int j = from; j <= to; ++j)
    if (j % next_ == 0 && j % stride_ != 0)
      if (const Point one = point(j); one.weight != 0) fresh_.push_back(one);
  std::ranges::sort(fresh_, {}, &Point::x);
}

// Far out terms are so small that they do not count, or not even numbers (x^2 exp(-x) at 1e300).
void DoubleExponential::trim() {
  double all = 0;
  for (const Point& one : points_)
    if (std::isfinite(one.term())) all += std::fabs(one.term());
  const auto counts = [&](const Point& one) {
    return std::isfinite(one.term()) && std::fabs(one.term()) > negligible * all;
  };
  const auto begin = std::ranges::find_if(points_, counts);
  const auto end = std::find_if(points_.rbegin(), points_.rend(), counts).base();
  if (begin < end) {
    low_closed_ = low_closed_ || (begin != points_.begin() && std::isfinite(std::prev(begin)->term()));
    high_closed_ = high_closed_ || (end != points_.end() && std::isfinite(end->term()));
    points_.erase(end, points_.end());
    points_.erase(points_.begin(), begin);
    const auto [least, most] = std::minmax(points_.front().index, points_.back().index);
    first_ = least;
    last_ = most;
  }
  finite_ = std::isfinite(all) &&
            std::ranges::all_of(points_, [](const Point& one) { return std::isfinite(one.term()); });
}

double DoubleExponential::step() const { return static_cast<double>(stride_) / table::steps; }

double DoubleExponential::sum(int stride) const {
  double total = 0;
  for (const Point& one : points_)
    if (one.index % stride == 0) total += one.term();
  return total * stride / table::steps;
}

// What lies beyond the outermost points: no more than a geometric series, where the terms decay faster than
// that.
double DoubleExponential::tail() const {
  if (points_.size() < 2) return infinity;
  double all = 0;
  const auto side = [&](const Point& outer, const Point& inner) {
    const double last = std::fabs(outer.term()), before = std::fabs(inner.term());
    if (last == 0) return;
    const double ratio = last / before;
    all += ratio < 1 ? last * ratio / (1 - ratio) : infinity;
  };
  if (!low_closed_) side(points_.front(), points_[1]);
  if (!high_closed_) side(points_.back(), points_[points_.size() - 2]);
  return all * step();
}

namespace {

// How the sums of the last four levels differ, in units of the integral of |f|, the last two first.
struct Differences {
  double last, before, first;

  // As for functions that are analytic next to the range: each level doubles the digits, or nearly so. A
  // singular place inside makes the differences erratic: one of them may be small by accident, hardly two.
  [[nodiscard]] bool are_fast() const {
    const bool now = last <= std::max(before * std::sqrt(before), 50 * eps);
    return now && before < 0.03 && before <= first * std::sqrt(std::sqrt(first));
  }

  // The error of the last sum. Of what the next level should bring little is claimed: half as many digits
  // again, no more than three; and nothing where f may have kinks: there two levels in a row must agree.
  [[nodiscard]] double truncation(bool verify) const {
    if (verify || !are_fast()) return 8 * std::max(last, before);
    return std::max(10 * last * std::sqrt(last), 1e-3 * last);
  }
};

}  // namespace

Look DoubleExponential::look(bool verify) const {
  Look result;
  result.blur = infinity;  // nothing is known at the ends
  result.rough = true;
  double magnitude = 0, variation = 0, noise = 0;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    magnitude += std::fabs(points_[i].term());
    noise += points_[i].weight * points_[i].noise;
    if (i > 0)
      variation += std::fabs(points_[i].y - points_[i - 1].y) *
                   std::min(std::fabs(points_[i].x), std::fabs(points_[i - 1].x));
  }
  const double h = step();
  magnitude *= h;
  const double value = sum(stride_);
  if (!finite_ || !std::isfinite(value)) {
    result.estimate = not_finite(points_.size()).estimate;
    return result;
  }
  const auto difference = [&](int stride) { return std::fabs(sum(stride) - sum(2 * stride)) / magnitude; };
  const Differences differences{difference(stride_), difference(2 * stride_), difference(4 * stride_)};
  result.rough = magnitude != 0 && !differences.are_fast();
  // As for panels (pair.cpp): the sum's own rounding, and that of the points.
  result.floor = std::max(50 * eps * magnitude, eps / 2 * variation) + h * noise + tail();
  // Zeros everywhere: over an infinite range they only say that the mass was not met.
  const double unseen = std::isfinite(b_ - a_) ? 0 : infinity;
  if (magnitude == 0) result.floor = unseen;
  const double error = magnitude == 0 ? unseen : magnitude * differences.truncation(verify);
  result.estimate = {.value = value,
                     .error = error + result.floor,
                     .magnitude = magnitude,
                     .evaluations = points_.size(),
                     .finite = true};
  if (std::isnan(result.estimate.error)) result.estimate.error = infinity;
  return result;
}

bool DoubleExponential::is_worth_more() const {
  if (next_ == 0 || !finite_) return false;
  return stride_ > table::steps / 16 || !look(false).rough;
}

}  // namespace jitegral::rules
