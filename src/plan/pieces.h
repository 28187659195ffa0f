// An integral over known limits as a sum of pieces, each analytic inside and tame at its ends, in a variable
// of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/evaluate.h"
#include "expr/expr.h"
#include "plan/options.h"
#include "rules/period.h"

namespace jitegral::plan {

// The integral of `integrand` over t in [ends.front(), ends.back()]. If `integrand` is null, that of the
// formula itself over its own variable.
struct Piece {
  Expr integrand;
  Symbol t;
  std::vector<double> ends;  // ascending; finite, unless the range is for a double exponential rule
  double weight = 1;         // of the piece in the sum
  bool verify = false;       // not everything that may happen in there was found
  std::string because;
  const rules::PanelRule* rule = nullptr;  // the one that suits it; null: the one that was asked for
  rules::Period period{};                  // what is known, where it is one period
};

struct Pieces {
  std::vector<Piece> list;
  double error = 0;  // of what was left out: tails
  // Set if the integral does not exist: where, and why.
  std::optional<std::string> divergent;
  std::vector<std::string> facts;  // what was found in the formula, a sentence each
  // The rules that run, where pieces have their own; otherwise empty.
  [[nodiscard]] std::string_view method() const;
};

// What is integrated over.
struct Range {
  double lower = 0, upper = 0;   // lower < upper; perhaps infinite
  std::vector<double> points;    // kinks that somebody knows of
  bool principal_value = false;  // Cauchy's, where poles leave no integral
  // What becomes of singular and infinite ends: mapped until the formula is smooth there, left as they are
  // for a double exponential rule, or what suits each better.
  enum class Ends : std::uint8_t { mapped, left, either } ends = Ends::mapped;
  friend bool operator==(const Range&, const Range&) = default;
};

// With the limits in order.
Range range_of(double from, double to, const Options& options);

// Divides the range of `formula`, which has no symbol but `variable` and no integrals inside, at its kinks,
// jumps, branch points and poles; maps ends where it is singular so that the integrand becomes smooth there
// (powers by t^p: W. Squire 1975; logarithms and other powers by an exponential: H. Takahasi, M. Mori, Publ.
// RIMS 9 (1974), 721-741, one exponential being enough for an adaptive rule); evaluates next to them in the
// distance to the end. Nothing if it has nothing to add to the formula over its whole range.
std::optional<Pieces> divide(const Expr& formula, const Symbol& variable, const Range& range);

}  // namespace jitegral::plan
