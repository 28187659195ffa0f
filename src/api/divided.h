// An integral over known limits, divided by plan into pieces, each with a kernel. Private to api.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "analysis/enclosure.h"
#include "analysis/symmetry.h"
#include "base/diagnostic.h"
#include "expr/tape.h"
#include "jit/jit.h"
#include "plan/pieces.h"

namespace jitegral {

// A piece with code for its own integrand; without, it is that of the formula as it is.
struct DividedPiece {
  plan::Piece piece;
  Kernel kernel;
  Kernel rounding;
  std::optional<analysis::Enclosure> slope;  // of the integrand's derivative
};

struct Divided {
  Expr formula;
  std::vector<DividedPiece> pieces;
  double error = 0;         // of what was left out
  std::string_view method;  // where pieces have rules of their own
  std::optional<std::string> divergent;
};

// What is known of a formula before its limits, and the values of its parameters, are.
struct Nature {
  bool plain = false;  // where it varies slowly, plan has nothing to add for a finite range but its symmetry
  std::optional<double> pace;  // analysis::pace, if that is one number …
  Tape paces;                  // … else over the parameters and the reach
  bool varies = false;         // it has parameters: what takes longer than a small integral is not worth it
  Parity parity = Parity::none;
  std::optional<analysis::Period> period;
};
// `parameters`: the formula's symbols but for the variable, and perhaps more.
Nature nature_of(const Expr& formula, const Symbol& variable, std::span<const Symbol> parameters);

// False if a plain formula may hide something from the points of a rule on lower < upper. values[i] is that
// of parameters[i].
bool is_slow(const Nature& nature, double lower, double upper, std::span<const double> values);

// True if symmetry may have something to add to a plain formula.
bool may_fold(const Nature& nature, double lower, double upper);

// False where a formula is surely integrated as it stands.
bool is_divisible(const Expr& formula, const Nature& nature, const plan::Range& range,
                  std::span<const double> values);

// How often a division is going to be used: what is used once is not worth machine code.
enum class Use : std::uint8_t { often, once };

// What plan makes of the integral of `formula` over `variable` once everything else has a value. Null where
// the formula is best integrated as it is. Errors: E404, E503.
Expected<std::shared_ptr<const Divided>> make_divided(const Expr& formula, const Symbol& variable,
                                                      const plan::Range& range, jit::Jit& jit,
                                                      Use use = Use::often);

}  // namespace jitegral
