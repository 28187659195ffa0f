#include "plan/division.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/critical_points.h"
#include "analysis/waves.h"
#include "expr/expansion.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "plan/alternating.h"
#include "plan/end.h"
#include "plan/principal_value.h"
#include "plan/tail.h"

namespace jitegral::plan {
namespace {

using analysis::Behaviour;
using analysis::CriticalPoint;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t most_mapped_points = 64;

class Divider {
 public:
  Divider(const Expr& formula, const Symbol& variable, const Range& range)
      : formula_(formula),
        x_(variable),
        lower_(range.lower),
        upper_(range.upper),
        principal_value_(range.principal_value),
        ends_(range.ends) {}

  std::optional<Pieces> run(const std::vector<double>& points) {
    if (!analysis::is_entire(formula_, x_)) find();
    find_peaks();
    for (const double point : points)
      if (point > lower_ && point < upper_) add({.at = point, .kind = CriticalPoint::Kind::kink});
    place();
    if (!out_.divergent) finish();
    return std::move(out_);
  }

 private:
  void find() {
    analysis::CriticalPoints found = analysis::critical_points(formula_, x_, {lower_, upper_});
    complete_ = found.complete;
    critical_ = std::move(found.points);
    if (critical_.empty() && complete_) return;
    std::string where;
    for (std::size_t i = 0; i < std::min<std::size_t>(critical_.size(), 6); ++i)
      where += (i == 0 ? "" : ", ") + to_text(critical_[i].at);
    if (critical_.size() > 6) where += ", ... (" + std::to_string(critical_.size()) + " in all)";
    if (!critical_.empty()) out_.facts.push_back("kinks, jumps, branch points or poles at " + where);
    if (!complete_)
      out_.facts.emplace_back(
          "there may be more of them: convergence is checked with a second set of panels");
  }

  // The distance is measured from peaks.
  void find_peaks() {
    peaks_ = analysis::narrow_peaks(formula_, x_, {lower_, upper_});
    for (const double centre : peaks_) {
      add({.at = centre, .kind = CriticalPoint::Kind::kink, .because = formula_});
      out_.facts.push_back("a narrow peak at " + to_text(centre));
    }
  }

  [[nodiscard]] bool is_peak(double x) const { return std::ranges::find(peaks_, x) != peaks_.end(); }

  void add(const CriticalPoint& point) {
    const auto place = std::ranges::lower_bound(critical_, point.at, {}, &CriticalPoint::at);
    if (place == critical_.end() || place->at != point.at) critical_.insert(place, point);
  }

  // The ranges between critical points.
  void place() {
    std::vector<CriticalPoint> marks;
    marks.push_back({.at = lower_});
    for (const CriticalPoint& point : critical_) {
      if (point.at == lower_)
        marks.front() = point;
      else
        marks.push_back(point);
    }
    if (marks.back().at != upper_) marks.push_back({.at = upper_});
    if (std::isinf(lower_) && std::isinf(upper_) && marks.size() == 2 && ends_ != Range::Ends::left)
      marks.insert(marks.begin() + 1, {.at = 0});
    std::vector<Between> ranges;
    for (std::size_t i = 1; i < marks.size(); ++i) ranges.push_back({marks[i - 1], marks[i]});
    if (principal_value_) fold_poles(ranges);
    for (const Between& one : ranges)
      if (!out_.divergent && one.from.at < one.to.at) range(one.from, one.to);
  }

  // What lies between neighbouring marks.
  struct Between {
    CriticalPoint from, to;
    [[nodiscard]] double length() const { return to.at - from.at; }
  };

  // Takes out of the ranges what is folded about poles, and about infinity.
  void fold_poles(std::vector<Between>& ranges) {
    for (std::size_t i = 1; i < ranges.size(); ++i) {
      const CriticalPoint pole = ranges[i].from;
      const auto room = [&](const Between& side, const CriticalPoint& other) {
        return is_singular(other) || is_peak(other.at) ? side.length() / 2 : side.length();
      };
      double length = std::min(room(ranges[i - 1], ranges[i - 1].from), room(ranges[i], ranges[i].to));
      if (std::isinf(length)) length = std::max(1.0, std::fabs(pole.at) / 2);
      if (!is_singular(pole) || !fold(pole, pole, length)) continue;
      ranges[i - 1].to = {.at = pole.at - length};
      ranges[i].from = {.at = pole.at + length};
    }
    CriticalPoint &first = ranges.front().from, &last = ranges.back().to;
    if (std::isfinite(first.at) || std::isfinite(last.at)) return;
    const double cut = 2 * std::max({0.5, std::fabs(ranges.front().to.at), std::fabs(ranges.back().from.at)});
    if (!fold(last, first, 1 / cut)) return;
    first = {.at = -cut};
    last = {.at = cut};
  }

  // The piece that has the two sides of a pole: the end `below` it and the one `above`. False if there is no
  // need, or no principal value.
  bool fold(const CriticalPoint& below, const CriticalPoint& above, double length) {
    const auto folded = folded_sides(below, above, length);
    if (!folded) return false;
    out_.error += folded->error;
    if (folded->piece) {
      out_.list.push_back(*folded->piece);
      out_.list.back().verify = !complete_;
    }
    const std::string place = std::isinf(below.at) ? "infinity" : to_text(below.at);
    out_.facts.push_back("at " + place + " the principal value is taken" +
                         (folded->piece ? "" : ": the two sides cancel"));
    return true;
  }
  std::optional<Folded> folded_sides(const CriticalPoint& below, const CriticalPoint& above, double length) {
    const End left = end(below, -1), right = end(above, 1);
    if (!left.divergent || !right.divergent) return std::nullopt;
    return fold_pole(formula_, x_, left, right, length, t_);
  }

  static bool is_singular(const CriticalPoint& point) {
    return point.kind == CriticalPoint::Kind::singular && point.because;
  }

  // One range between neighbouring marks.
  void range(const CriticalPoint& from, const CriticalPoint& to) {
    if (std::isinf(from.at) && std::isinf(to.at) && ends_ != Range::Ends::left) return;
    const End left = end(from, 1), right = end(to, -1);
    if (left.divergent) return diverges(from, left);
    if (right.divergent) return diverges(to, right);
    if (ends_ == Range::Ends::left) return whole(left, right, from.at, to.at);
    if (std::isinf(to.at)) return unbounded(left, right, from.at);
    if (std::isinf(from.at)) return unbounded(right, left, to.at);
    if (essential(left, right, from.at, to.at)) return;
    if (left.mapped && right.mapped) {
      const double middle = std::midpoint(from.at, to.at);
      near(left, middle - from.at);
      near(right, to.at - middle);
    } else if (left.mapped) {
      near(left, to.at - from.at);
    } else if (right.mapped) {
      near(right, to.at - from.at);
    } else {
      plain(from.at, to.at, left.known && right.known);
    }
  }

  // For rules that want the ends as they are: only the distance to singular ones must be exact.
  void whole(const End& left, const End& right, double a, double b) {
    const bool from_a = left.mapped && std::isfinite(a), from_b = right.mapped && std::isfinite(b);
    const double length = from_a && from_b ? std::midpoint(a, b) - a : b - a;
    if (from_a) out_.list.push_back(distance_piece(left, length, formula_, x_, t_));
    if (from_b) out_.list.push_back(distance_piece(right, length, formula_, x_, t_));
    const bool unknown = (!left.known && std::isfinite(a)) || (!right.known && std::isfinite(b));
    if (!from_a && !from_b) return plain(a, b, !unknown);
    for (Piece& piece : out_.list)
      piece.verify = piece.verify || (piece.integrand && (!complete_ || unknown));
  }

  // sin(1/x) at 0: with x = from + side/y that is a tail.
  bool essential(const End& left, const End& right, double a, double b) {
    const bool at_left = left.f.kind == Behaviour::Kind::oscillates && left.f.rest;
    const bool at_right = right.f.kind == Behaviour::Kind::oscillates && right.f.rest;
    if (at_left == at_right) return false;
    const End& wild = at_left ? left : right;
    const End& tame = at_left ? right : left;
    const double length = b - a, cut = 2 / length;
    const Symbol y("y");
    const Expr g = inverted(formula_, x_, wild.approach, y);
    const std::size_t before = out_.list.size();
    wave_tail(g, y, cut);
    if (out_.divergent) return true;
    if (unknown_tail_) {
      unknown_tail_ = false;
      out_.list.resize(before);
      return false;
    }
    const double middle = std::midpoint(a, b);
    if (tame.mapped)
      near(tame, length / 2);
    else
      plain(at_left ? middle : a, at_left ? b : middle, tame.known);
    return true;
  }

  End end(const CriticalPoint& mark, double side) {
    const bool infinite = std::isinf(mark.at);
    End out{
        .approach = {.from = infinite ? 0 : mark.at, .side = infinite ? -side : side, .infinite = infinite}};
    const bool peak = is_peak(mark.at);
    if (!infinite && !is_singular(mark) && !peak) return out;
    if (infinite) out.approach.side = mark.at > 0 ? 1 : -1;
    if (!infinite && ++mapped_points_ > most_mapped_points) {
      out.known = false;
      return out;
    }
    out = end_of(formula_, x_, out.approach, t_);
    const bool ramified = out.f.logarithms || !out.f.powers.empty();
    out.mapped =
        !out.divergent && out.known && (ramified || out.f.cancels || infinite || peak || out.order < 0);
    return out;
  }

  void diverges(const CriticalPoint& mark, const End& end) {
    out_.divergent = "at " + x_.name() + " = " + to_text(mark.at) + " the formula behaves like " + law(end) +
                     ", which has no finite integral";
    const bool inside = mark.at > lower_ && mark.at < upper_;
    if (principal_value_)
      *out_.divergent += inside ? " and no principal value" : ", and a principal value needs both sides";
    else if (inside && folded_sides(mark, mark, 1))
      *out_.divergent += "; with pv = 1 its principal value is taken";
  }

  void plain(double from, double to, bool known) {
    const bool verify = !complete_ || !known;
    if (!out_.list.empty()) {
      Piece& last = out_.list.back();
      if (!last.integrand && last.ends.back() == from && last.verify == verify) {
        last.ends.push_back(to);
        return;
      }
    }
    out_.list.push_back({.ends = {from, to}, .verify = verify, .because = "the formula as it is"});
  }

  // From a mapped end up to `length` away from it.
  void near(const End& end, double length) { near(end, length, formula_, x_); }
  void near(const End& end, double length, const Expr& formula, const Symbol& x) {
    const bool levels = ends_ == Range::Ends::either && is_for_double_exponential(end);
    Piece piece =
        levels ? distance_piece(end, length, formula, x, t_) : piece_at(end, length, formula, x, t_);
    if (levels) {
      piece.rule = rules::find("tanh_sinh")->panel;
      piece.because += ", and tanh_sinh takes its logarithms or broken powers as they are";
    }
    piece.verify = !complete_;
    out_.list.push_back(std::move(piece));
  }

  // From `from` to an infinite end.
  void unbounded(const End& finite, const End& tail, double from) {
    const double side = tail.approach.side;
    const bool waves = tail.f.kind == Behaviour::Kind::oscillates;
    if ((tail.known || waves) && tail.f.order == infinity && tail.f.limit == 0)
      return decaying(finite, tail, from);
    if (!tail.known && !waves) {
      unknown_tail_ = true;
      return;
    }
    // Algebraic: 1/d from here on.
    const double cut = side * std::max(1.0, 2 * std::fabs(from));
    if (finite.mapped)
      near(finite, std::fabs(cut - from));
    else
      plain(std::min(from, cut), std::max(from, cut), finite.known);
    if (!waves) return near(tail, 1 / std::fabs(cut));
    const Expr x = Expr::variable(x_);
    const Expr mirrored = simplify(substitute(formula_, {{x, expand("x negate", std::array{x})}}));
    const Expr& outwards = side > 0 ? formula_ : mirrored;
    wave_tail(outwards, x_, std::fabs(cut));
  }

  // From `cut` > 0 to infinity, a formula that is a sum of waves there.
  void wave_tail(const Expr& formula, const Symbol& x, double cut) {
    const auto found = analysis::waves(formula, x);
    unknown_tail_ = unknown_tail_ || !found;
    if (!found) return;
    for (const analysis::Wave& wave : *found) {
      if (wave.phase)
        alternating_tail(wave, x, cut);
      else
        steady_tail(wave.cosine, x, cut);
      if (unknown_tail_ || out_.divergent) return;
    }
  }

  void steady_tail(const Expr& formula, const Symbol& x, double cut) {
    if (formula.is_number(0)) return;
    const End tail = end_of(formula, x, {.side = 1, .infinite = true}, t_);
    if (tail.divergent) return diverges({.at = infinity}, tail);
    unknown_tail_ = !tail.known || std::isinf(tail.order);
    if (!unknown_tail_) near(tail, 1 / cut, formula, x);
  }

  void alternating_tail(const analysis::Wave& wave, const Symbol& x, double cut) {
    unknown_tail_ = true;
    const Fate fate = fate_of(wave, x);
    if (fate == Fate::stays) out_.divergent = "it oscillates without end, and its waves do not die away";
    if (fate != Fate::dies_away) return;
    const auto series = alternate(wave, x, cut);
    if (!series) return;
    unknown_tail_ = false;
    out_.error += series->error;
    const Expr integrand = analysis::to_formula(wave);
    for (std::size_t k = 0; k < series->weights.size(); ++k)
      out_.list.push_back(
          {.integrand = integrand,
           .t = x,
           .ends = {series->ends[k], series->ends[k + 1]},
           .weight = series->weights[k],
           .because = "a half period of a wave that dies away slowly: a term of an alternating series"});
    out_.facts.push_back("the tail oscillates with the phase " + to_text(wave.phase) +
                         ": its half periods are summed as an alternating series");
  }

  // Beyond `cut` nothing is left that double precision could see.
  void decaying(const End& finite, const End& tail, double from) {
    const double side = tail.approach.side;
    const auto tail_cut = negligible_from(formula_, x_, from, side);
    if (!tail_cut && locate(from, side)) return;
    if (!tail_cut) {
      unknown_tail_ = true;
      return;
    }
    out_.error += tail_cut->error;
    const double cut = tail_cut->at;
    const double length = std::fabs(cut - from);
    if (finite.mapped) {
      const double bend = std::min(1.0, length / 16);
      near(finite, bend);
      from += side * bend;
    }
    plain(std::min(from, cut), std::max(from, cut), finite.known);
    Piece& last = out_.list.back();
    // Mass is rarely spread over the whole of it.
    const double first = last.ends[last.ends.size() - 2], end = last.ends.back();
    const double third = side > 0 ? first + (end - first) / 6 : end - (end - first) / 6;
    last.ends.insert(last.ends.end() - 1, third);
  }

  // No mass was seen from `from` on, but there may be some far away: the range is divided where |f| is found
  // to be largest. True if that was of use.
  bool locate(double from, double side) {
    const auto found = mass_beyond(formula_, x_, from, side);
    constexpr int most_located = 5;
    if (!found || ++located_ > most_located) return false;
    const CriticalPoint middle{.at = *found};
    out_.facts.push_back("mass found around " + to_text(middle.at));
    const CriticalPoint first{.at = from}, last{.at = side * infinity};
    side > 0 ? range(first, middle) : range(middle, first);
    side > 0 ? range(middle, last) : range(last, middle);
    return true;
  }

  void finish() {
    for (Piece& piece : out_.list) std::ranges::sort(piece.ends);
    if (out_.list.size() == 1 && !out_.list[0].integrand && out_.list[0].ends.size() == 2)
      out_.list[0].verify |= false;
  }

 public:
  // Some range has an end nobody understands: the caller must integrate it in another way.
  [[nodiscard]] bool failed() const { return unknown_tail_; }

 private:
  const Expr& formula_;
  const Symbol& x_;
  double lower_, upper_;
  bool principal_value_;
  Range::Ends ends_;
  Symbol t_{"t"};
  bool complete_ = true;
  bool unknown_tail_ = false;
  std::size_t mapped_points_ = 0;
  int located_ = 0;
  std::vector<CriticalPoint> critical_;
  std::vector<double> peaks_;
  Pieces out_;
};

}  // namespace

std::optional<Pieces> divide_at_critical_points(const Expr& formula, const Symbol& variable,
                                                const Range& range) {
  Divider divider(formula, variable, range);
  std::optional<Pieces> pieces = divider.run(range.points);
  if (divider.failed() && pieces && !pieces->divergent) return std::nullopt;
  return pieces;
}

}  // namespace jitegral::plan
