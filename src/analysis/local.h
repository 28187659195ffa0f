// A formula near one end of a range: how it behaves, and how to evaluate it there without cancellation.
#pragma once

#include <cstdint>
#include <vector>

#include "expr/evaluate.h"
#include "expr/expr.h"

namespace jitegral::analysis {

// x as a function of the distance d > 0 to an end: from + side*d, or, where the end is infinite, side/d. And
// d as a function of the variable t that is integrated over in the end.
struct Approach {
  double from = 0;  // not used if `infinite`
  double side = 1;  // +1: the range lies above the end (or reaches +inf); -1: below (or -inf)
  bool infinite = false;
  enum class Map : std::uint8_t {
    identity,     // d = t
    power,        // d = t^power: turns x^(m/power) into whole powers
    exponential,  // d = exp(-t): turns logarithms and any powers into entire functions that decay
  };
  Map map = Map::identity;
  double power = 1;
};

// f = limit + d^order * rest, where rest ~ coefficient * log(d)^logs as d goes to 0, and rest as a formula of
// t loses no digits to cancellation.
struct Behaviour {
  enum class Kind : std::uint8_t {
    known,       // as above
    oscillates,  // bounded, without a limit
    unknown,
  };
  Kind kind = Kind::unknown;
  double limit = 0;  // 0 where f is infinite
  double order = 0;  // of f - limit; +inf: it vanishes faster than any power; -inf: grows faster
  double logs = 0;
  double coefficient = 0;
  bool at_least = false;  // leading terms cancel: the true order is larger
  Expr rest;              // null: f is the constant `limit`

  // What the formula met on its way: what a map has to smooth.
  bool logarithms = false;     // somewhere in the formula
  std::vector<double> powers;  // orders that are not whole
  bool cancels = false;        // evaluated in x, f loses digits near this end

  // The order of f itself.
  [[nodiscard]] double leading_order() const { return limit != 0 ? 0 : order; }
  [[nodiscard]] double leading_logs() const { return limit != 0 ? 0 : logs; }
};

// The behaviour of `formula` at the end, with `rest` in the variable `t`. Leading terms are followed through
// the formula as in the Puiseux series with logarithms of asymptotic analysis (D. Gruntz, On Computing Limits
// in a Symbolic Manipulation System, 1996, but to one term); increments f(x0+h)-f(x0) are those of the table.
// Formulas are taken to keep, up to the other end of the range, the branch that they have near this one: call
// it for ranges without kinks or jumps inside.
Behaviour behaviour(const Expr& formula, const Symbol& variable, const Bindings& bindings,
                    const Approach& approach, const Symbol& t);

// x and f as formulas of t, f without cancellation; and the factor d^exponent * f * |dd/dt|, with the power
// of d taken together, so that nothing under- or overflows that need not. For an infinite end |dx| =
// |dd|/d^2.
Expr distance(const Approach& approach, const Symbol& t);
Expr mapped_integrand(const Behaviour& f, const Approach& approach, const Symbol& t);

}  // namespace jitegral::analysis
