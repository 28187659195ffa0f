#include "api/integral_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <ranges>

#include "analysis/critical_points.h"
#include "expr/print.h"
#include "expr/tape.h"

namespace jitegral {
namespace {

// Half periods of a wave may be many; the first ones show it.
constexpr std::size_t most_pieces = 8;

// What somebody looks for in the picture: ascending, finite. Ends of the range are there if they are
// critical.
std::vector<double> marks_of(const Expr& formula, const Symbol& variable, const plan::Range& range,
                             const plan::Pieces* pieces) {
  const Interval whole{range.lower, range.upper};
  std::vector<double> marks = range.points;
  if (!analysis::is_entire(formula, variable))
    for (const analysis::CriticalPoint& point : analysis::critical_points(formula, variable, whole).points)
      marks.push_back(point.at);
  const auto peaks = analysis::narrow_peaks(formula, variable, whole);
  marks.insert(marks.end(), peaks.begin(), peaks.end());
  if (pieces != nullptr)
    for (const plan::Piece& piece : pieces->list | std::views::take(most_pieces))
      if (!piece.integrand || piece.t == variable)  // others have a variable of their own
        std::ranges::copy_if(piece.ends, std::back_inserter(marks),
                             [&](double end) { return end > range.lower && end < range.upper; });
  std::erase_if(marks, [&](double x) { return !std::isfinite(x) || x < range.lower || x > range.upper; });
  std::ranges::sort(marks);
  const auto same = std::ranges::unique(marks);
  marks.erase(same.begin(), same.end());
  return marks;
}

class View {
 public:
  View(const Expr& formula, const Symbol& variable, const plan::Range& range, std::vector<double> marks)
      : f_(formula, std::array{variable}), range_(range), marks_(std::move(marks)) {
    from_ = start(range.lower, range.upper, marks_.empty() ? 0 : marks_.front());
    to_ = start(range.upper, range.lower, marks_.empty() ? 0 : marks_.back());
  }

  // Moves infinite ends out to where little is left, then both in to where something is to be seen. A pole
  // that leaves no integral is no mass: it would draw everything to itself.
  void find_mass(bool divergent) {
    if (std::isfinite(range_.lower) && std::isfinite(range_.upper)) return;
    widen(true, true);
    constexpr int most_doublings = 12, most_steps = 160;
    for (int i = 0; i < most_doublings; ++i) {
      const double tall = 0.1 * highest(sample(coarse));
      const auto goes_on = [&](double y) { return std::isfinite(y) && std::fabs(y) > tall; };
      const bool left = goes_on(at(from_)), right = goes_on(at(to_));
      if (!widen(left, right)) break;
    }
    for (int i = 0; i < most_steps && !divergent && narrow(); ++i) {
    }
  }

  // Evenly, and at the marks.
  [[nodiscard]] Picture::Curve sample(int points) const {
    Picture::Curve curve;
    for (int i = 0; i < points; ++i) curve.x.push_back(std::lerp(from_, to_, double(i) / (points - 1)));
    const auto marks = visible_marks();
    curve.x.insert(curve.x.end(), marks.begin(), marks.end());
    std::ranges::sort(curve.x);
    for (const double x : curve.x) curve.y.push_back(at(x));
    return curve;
  }

  [[nodiscard]] std::vector<double> visible_marks() const {
    std::vector<double> seen;
    std::ranges::copy_if(marks_, std::back_inserter(seen), [&](double x) { return x >= from_ && x <= to_; });
    return seen;
  }

 private:
  static constexpr int coarse = 256;

  static double start(double end, double other_end, double mark) {
    if (std::isfinite(end)) return end;
    return mark == 0 && std::isfinite(other_end) ? other_end : mark;
  }

  [[nodiscard]] double at(double x) const { return f_(std::array{x}); }

  static double highest(const Picture::Curve& curve) {
    double most = 0;
    for (const double y : curve.y)
      if (std::isfinite(y)) most = std::max(most, std::fabs(y));
    return most;
  }

  // False if no end can move.
  bool widen(bool left, bool right) {
    const double margin = std::max({4.0, to_ - from_, 1e-6 * std::fabs(from_)});
    left = left && std::isinf(range_.lower);
    right = right && std::isinf(range_.upper);
    constexpr double most = std::numeric_limits<double>::max();
    if (left) from_ = std::max(from_ - margin, -most);
    if (right) to_ = std::min(to_ + margin, most);
    return left || right;
  }

  // One step towards what can be seen; true if another may be of use. A finite end stays unless it is far
  // off.
  bool narrow() {
    const Picture::Curve curve = sample(coarse);
    // Integrable poles fall more slowly than this over the samples: they do not draw the view to themselves.
    const double least = 1e-3 * highest(curve);
    const auto seen = [&](double y) { return std::isfinite(y) && std::fabs(y) >= least; };
    const auto first = std::ranges::find_if(curve.y, seen) - curve.y.begin();
    const auto last = std::find_if(curve.y.rbegin(), curve.y.rend(), seen).base() - curve.y.begin() - 1;
    if (least == 0 || last < first) return false;
    const auto x = [&](std::ptrdiff_t i) {
      return curve.x[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, std::ssize(curve.x) - 1))];
    };
    double from = x(first - 1), to = x(last + 1);
    const double width = to - from, before = to_ - from_;
    if (from - range_.lower < width) from = range_.lower;
    if (range_.upper - to < width) to = range_.upper;
    from_ = from;
    to_ = to;
    return to - from < before / 2;
  }

  Tape f_;
  plan::Range range_;
  std::vector<double> marks_;
  double from_, to_;
};

}  // namespace

std::optional<Picture> picture_of_integral(const Expr& formula, const Symbol& variable,
                                           const plan::Range& range, const plan::Pieces* pieces, int points) {
  View view(formula, variable, range, marks_of(formula, variable, range, pieces));
  view.find_mass(pieces != nullptr && pieces->divergent);
  Picture::Curve curve = view.sample(std::max(points, 2));
  if (std::ranges::none_of(curve.y, [](double y) { return std::isfinite(y); })) return std::nullopt;
  if (!std::isfinite(curve.x.back() - curve.x.front())) return std::nullopt;
  curve.name = to_text(formula);
  return Picture{.variable = variable.name(), .curves = {std::move(curve)}, .marks = view.visible_marks()};
}

}  // namespace jitegral
