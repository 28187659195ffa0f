// Which part of a formula was not finite, and where: for a message that points at it. Private to api.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "expr/expr.h"
#include "kernel/kernel.h"
#include "plan/schedule.h"
#include "sema/elaborate.h"

namespace jitegral {

// A point at which the integrand of an integral was not finite.
struct Trouble {
  Expr integral;
  std::vector<double> places;  // of the variable of integration: one, or two where the range was folded
  std::vector<std::pair<std::string, double>> values;  // of the other free symbols
};

// Runs the schedule once more, on one thread and for a second at most, until `kernel` gives a value that is
// not finite; where that was, in the variable as it was written.
std::vector<double> find_trouble(const Kernel& kernel, std::span<const double> params,
                                 const plan::Schedule& schedule, const plan::Options& options);

// Points at the smallest part of the text that is not finite there, though its own parts are. Nothing if the
// text cannot be understood any more, or every part is finite.
std::optional<Diagnostic> explain_trouble(const Trouble& trouble, const sema::Scope& scope);

}  // namespace jitegral
