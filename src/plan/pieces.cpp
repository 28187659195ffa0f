#include "plan/pieces.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/critical_points.h"
#include "analysis/enclosure.h"
#include "analysis/local.h"
#include "analysis/waves.h"
#include "expr/expansion.h"
#include "expr/print.h"
#include "expr/tape.h"
#include "expr/transform.h"
#include "plan/alternating.h"

namespace jitegral::plan {
namespace {

using analysis::Approach;
using analysis::Behaviour;
using analysis::CriticalPoint;
using Map = Approach::Map;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t most_mapped_points = 64;

// How f d(distance) behaves at an end: like distance^order * log^logs, to be integrated down to 0.
struct End {
  Approach approach;
  Behaviour f;
  bool mapped = false;  // the piece next to it is written in the distance
  double order = 0;     // of f as a function of the distance, Jacobian of an infinite end included
  double logs = 0;
  bool divergent = false;
  bool known = true;
};

// The smallest p up to 12 that makes all orders whole multiples of 1/p; 0 if there is none.
double common_denominator(const std::vector<double>& orders) {
  for (int p = 2; p <= 12; ++p)
    if (std::ranges::all_of(orders, [p](double a) { return std::fabs(a * p - std::round(a * p)) < 1e-9; }))
      return p;
  return 0;
}

class Divider {
 public:
  Divider(const Expr& formula, const Symbol& variable, double lower, double upper)
      : formula_(formula), x_(variable), lower_(lower), upper_(upper) {}

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

  // Centres of peaks that are narrow on the scale of the range, from where the distance is measured then.
  void find_peaks() {
    if (!analysis::may_peak(formula_)) return;
    const std::array symbols{x_};
    const Tape tape(formula_, symbols);
    const auto f = [&](double x) { return std::fabs(tape(std::array{x})); };
    for (const double centre : analysis::centres(formula_, x_, {lower_, upper_})) {
      if (centre == lower_ || centre == upper_) continue;
      const double scale =
          std::min({(upper_ - lower_) / 64, 64.0, 64 * (centre - lower_), 64 * (upper_ - centre)});
      const double top = f(centre), below = f(centre - scale / 64), above = f(centre + scale / 64);
      const bool narrow = std::isinf(upper_ - lower_) ? top > 4 * f(centre + 64) || top > 4 * f(centre - 64)
                                                      : top > 1.1 * below && top > 1.1 * above;
      if (!narrow) continue;
      add({.at = centre, .kind = CriticalPoint::Kind::kink, .because = formula_});
      peaks_.push_back(centre);
      out_.facts.push_back("a narrow peak at " + to_text(centre));
    }
  }

  [[nodiscard]] bool is_peak(double x) const { return std::ranges::find(peaks_, x) != peaks_.end(); }

  void add(const CriticalPoint& point) {
    const auto place = std::ranges::lower_bound(critical_, point.at, {}, &CriticalPoint::at);
    if (place == critical_.end() || place->at != point.at) critical_.insert(place, point);
  }

  // The ends of the ranges between critical points, infinite ones cut off at `beyond`.
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
    if (std::isinf(lower_) && std::isinf(upper_) && marks.size() == 2)
      marks.insert(marks.begin() + 1, {.at = 0});
    for (std::size_t i = 1; i < marks.size() && !out_.divergent; ++i) range(marks[i - 1], marks[i]);
  }

  static bool is_singular(const CriticalPoint& point) {
    return point.kind == CriticalPoint::Kind::singular && point.because;
  }

  // One range between neighbouring marks.
  void range(const CriticalPoint& from, const CriticalPoint& to) {
    if (std::isinf(from.at) && std::isinf(to.at)) return;
    const End left = end(from, 1), right = end(to, -1);
    if (left.divergent || right.divergent)
      return diverges(left.divergent ? from : to, left.divergent ? left : right);
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

  // sin(1/x) at 0: with x = from + side/y that is a tail.
  bool essential(const End& left, const End& right, double a, double b) {
    const bool at_left = left.f.kind == Behaviour::Kind::oscillates && left.f.rest;
    const bool at_right = right.f.kind == Behaviour::Kind::oscillates && right.f.rest;
    if (at_left == at_right) return false;
    const End& wild = at_left ? left : right;
    const End& tame = at_left ? right : left;
    const double length = b - a, cut = 2 / length;
    const Symbol y("y");
    const std::array parts{Expr::number(wild.approach.from), Expr::number(wild.approach.side),
                           Expr::variable(y)};
    const Expr inverse = jitegral::expand(wild.approach.from == 0 ? "y z /" : "x y z / +", parts);
    std::unordered_map<Expr, Expr> by{{Expr::variable(x_), inverse}};
    if (wild.approach.from == 0) by.emplace(expand("1 x /", x_), simplify(jitegral::expand("y z *", parts)));
    const Expr g = simplify(jitegral::expand("x y y * /", std::array{replaced(by), Expr::variable(y)}));
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
    out.f = analysis::behaviour(formula_, x_, {}, out.approach, t_);
    judge(out);
    const bool ramified = out.f.logarithms || !out.f.powers.empty();
    out.mapped =
        !out.divergent && out.known && (ramified || out.f.cancels || infinite || peak || out.order < 0);
    return out;
  }

  // What the behaviour at an end means for the integral.
  static void judge(End& out) {
    const bool infinite = out.approach.infinite;
    out.order = out.f.leading_order() - (infinite ? 2 : 0);
    out.logs = out.f.leading_logs();
    out.known = out.f.kind == Behaviour::Kind::known;
    if (!out.known) return;
    const bool certain = !out.f.at_least || out.f.limit != 0;
    out.divergent = certain && (out.f.rest || out.f.limit != 0) &&
                    (out.order < -1 || (out.order == -1 && out.logs >= -1));
    if (out.order == -1) out.known = out.divergent;
  }

  void diverges(const CriticalPoint& mark, const End& end) {
    std::string law = "(x - x0)^" + to_text(end.f.leading_order());
    if (std::isinf(mark.at)) law = "x^" + to_text(-end.f.leading_order());
    if (std::isinf(end.f.leading_order())) law = "an exponential";
    if (end.f.leading_order() == 0 && end.f.limit != 0) law = "the constant " + to_text(end.f.limit);
    if (end.logs != 0) law += " times a power of its logarithm";
    out_.divergent = "at " + x_.name() + " = " + to_text(mark.at) + " the formula behaves like " + law +
                     ", which has no finite integral";
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
    Approach approach = end.approach;
    Piece piece{.t = t_, .verify = !complete_};
    const double order = end.order;
    choose_map(approach, end);
    double from = 0, to = length;
    std::string map = "d";
    if (approach.map == Map::power) {
      to = std::pow(length, 1 / approach.power);
      map = "d = t^" + to_text(approach.power);
    } else if (approach.map == Map::exponential) {
      from = -std::log(length);
      // exp(-(1+order)*t) has fallen by a factor of 1e20 there.
      to = from + (46 + 4 * std::fabs(end.logs)) / (1 + order);
      map = "d = exp(-t)";
    }
    const Behaviour f = approach.map == Map::identity && !approach.infinite
                            ? end.f
                            : analysis::behaviour(formula, x, {}, approach, t_);
    piece.integrand = analysis::mapped_integrand(f, approach, t_);
    piece.ends = {from, to};
    piece.because = "near " + to_text(approach.infinite ? approach.side * infinity : approach.from) +
                    " the formula is written in the distance d" +
                    (map == "d" ? std::string() : ", and " + map + " makes it smooth");
    out_.list.push_back(std::move(piece));
  }

  static void choose_map(Approach& approach, const End& end) {
    std::vector<double> powers = end.f.powers;
    powers.push_back(end.order);
    const bool whole =
        std::ranges::all_of(powers, [](double a) { return std::trunc(a) == a || std::isinf(a); });
    if (!end.f.logarithms && whole) return;
    const double p = end.f.logarithms ? 0 : common_denominator(powers);
    approach.map = p != 0 ? Map::power : Map::exponential;
    approach.power = p != 0 ? p : 1;
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
    const Expr outwards = side > 0 ? formula_ : replaced({{Expr::variable(x_), expand("x negate", x_)}});
    wave_tail(outwards, x_, std::fabs(cut));
  }

  static Expr expand(std::string_view rpn, const Symbol& symbol) {
    return jitegral::expand(rpn, std::array{Expr::variable(symbol)});
  }
  [[nodiscard]] Expr replaced(const std::unordered_map<Expr, Expr>& by) const {
    return simplify(substitute(formula_, by));
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
    const End tail = behaviour_at_infinity(formula, x);
    if (tail.divergent) return diverges({.at = infinity}, tail);
    unknown_tail_ = !tail.known || std::isinf(tail.order);
    if (!unknown_tail_) near(tail, 1 / cut, formula, x);
  }

  [[nodiscard]] End behaviour_at_infinity(const Expr& formula, const Symbol& x) const {
    End tail{.approach = {.side = 1, .infinite = true}};
    tail.f = analysis::behaviour(formula, x, {}, tail.approach, t_);
    judge(tail);
    return tail;
  }

  // The integral exists if amplitude/rate goes to 0 (integrate by parts).
  void alternating_tail(const analysis::Wave& wave, const Symbol& x, double cut) {
    const auto rate = differentiate(wave.phase, x);
    unknown_tail_ = true;
    if (!rate) return;
    for (const Expr& amplitude : {wave.cosine, wave.sine}) {
      if (amplitude.is_number(0)) continue;
      const Expr ratio = simplify(jitegral::expand("x y /", std::array{amplitude, *rate}));
      const Behaviour f = analysis::behaviour(ratio, x, {}, {.side = 1, .infinite = true}, t_);
      const bool vanishes = f.kind == Behaviour::Kind::known && f.limit == 0 && f.rest && f.order > 0;
      if (f.kind == Behaviour::Kind::known && !f.at_least && !vanishes) {
        out_.divergent = "it oscillates without end, and its waves do not die away";
        return;
      }
      if (!vanishes) return;
    }
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
    const auto cut = negligible_from(from, side);
    if (!cut && locate(from, side)) return;
    if (!cut) {
      unknown_tail_ = true;
      return;
    }
    const double length = std::fabs(*cut - from);
    if (finite.mapped) {
      const double bend = std::min(1.0, length / 16);
      near(finite, bend);
      from += side * bend;
    }
    plain(std::min(from, *cut), std::max(from, *cut), finite.known);
    Piece& last = out_.list.back();
    // Mass is rarely spread over the whole of it.
    const double first = last.ends[last.ends.size() - 2], end = last.ends.back();
    const double third = side > 0 ? first + (end - first) / 6 : end - (end - first) / 6;
    last.ends.insert(last.ends.end() - 1, third);
  }

  // No mass was seen from `from` on, but there may be some far away: enclosures lead there. The range is
  // divided where |f| is found to be largest. True if that was of use.
  bool locate(double from, double side) {
    const analysis::Enclosure enclosure(formula_, x_, {});
    const std::array symbols{x_};
    const Tape tape(formula_, symbols);
    struct Part {
      double a, b, bound;
    };
    std::vector<Part> open;
    const auto push = [&](double a, double b) {
      const Interval values =
          enclosure({std::min(from + side * a, from + side * b), std::max(from + side * a, from + side * b)});
      const double bound = values.is_empty() ? 0 : values.largest() * (b - a);
      if (!(bound > 0)) return;
      open.push_back({a, b, bound});
      std::ranges::push_heap(open, {}, &Part::bound);
    };
    for (int k = -30; k < 60; ++k) push(std::ldexp(1.0, k), std::ldexp(1.0, k + 1));
    double best = 0, at = 0;
    constexpr int most = 2000;
    for (int i = 0; i < most && !open.empty(); ++i) {
      std::ranges::pop_heap(open, {}, &Part::bound);
      const Part part = open.back();
      open.pop_back();
      const double middle = std::midpoint(part.a, part.b);
      const double mass = std::fabs(tape(std::array{from + side * middle})) * (part.b - part.a);
      if (std::isfinite(mass) && mass > best) best = mass, at = middle;
      if (best > 0.01 * part.bound) break;
      push(part.a, middle);
      push(middle, part.b);
    }
    if (best == 0 || located_++ > 4) return false;
    const CriticalPoint middle{.at = from + side * at};
    out_.facts.push_back("mass found around " + to_text(middle.at));
    const CriticalPoint first{.at = from}, last{.at = side * infinity};
    side > 0 ? range(first, middle) : range(middle, first);
    side > 0 ? range(middle, last) : range(last, middle);
    return true;
  }

  // The bound on |f| over the shells from + side*[r, 2r], r = 2^k, times their lengths.
  std::optional<double> negligible_from(double from, double side) {
    const analysis::Enclosure enclosure(formula_, x_, {});
    const std::array symbols{x_};
    const Tape tape(formula_, symbols);
    constexpr int least = -30, most = 60;
    std::vector<double> bounds;
    double mass = 0;
    for (int k = least; k < most; ++k) {
      const double near = std::ldexp(1.0, k), far = 2 * near;
      const double a = from + side * near, b = from + side * far;
      const Interval values = enclosure({std::min(a, b), std::max(a, b)});
      const double bound = values.is_empty() ? 0 : values.largest() * near;
      bounds.push_back(std::isnan(bound) ? infinity : bound);
      for (const double fraction : {0.1, 0.5, 0.9}) {
        const double y = tape(std::array{std::lerp(a, b, fraction)});
        if (std::isfinite(y)) mass = std::max(mass, std::fabs(y) * near * 0.2);
      }
    }
    double beyond = 0;
    std::size_t k = bounds.size();
    // What underflows from here to infinity is taken to be gone.
    const double end = std::ldexp(1.0, most);
    const Interval rest = enclosure(side > 0 ? Interval{end, infinity} : Interval{-infinity, -end});
    if (!rest.is_empty() && !(rest.largest() < 1e-300)) return std::nullopt;
    while (k > 0 && beyond + bounds[k - 1] <= 1e-18 * mass) beyond += bounds[--k];
    if (k == bounds.size() || mass == 0) return std::nullopt;
    out_.error += beyond;
    return from + side * std::ldexp(1.0, least + static_cast<int>(k));
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

std::optional<Pieces> divide(const Expr& formula, const Symbol& variable, double lower, double upper,
                             const std::vector<double>& points) {
  Divider divider(formula, variable, lower, upper);
  std::optional<Pieces> pieces = divider.run(points);
  if (divider.failed() && pieces && !pieces->divergent) return std::nullopt;
  return pieces;
}

}  // namespace jitegral::plan
