#include "engine/converge.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jitegral::engine {

// The user's tolerance is relative to the true value, of which only `value` is known. It differs by at most
// the error, so the two readings differ by a factor 1 ± relative, which is nothing where the tolerance is
// small, and where it is near 1 nobody can tell.
double Tolerance::allowed(double value) const { return std::max(absolute, relative * std::fabs(value)); }

namespace {

// An integral that is zero by symmetry (sin over -1..1) can never meet a relative tolerance: what is left is
// the rounding of its parts, and refusing it would be pedantry. So a value is accepted as zero if
//  - it is no larger than its own error: zero is as good an answer as the value, and
//  - that error is what rounding alone must be expected to leave. The rules claim at least 50 eps of the
//  integral
//    of |f| on every panel (QUADPACK's constant), hence 50 eps in sum if nothing else is wrong; twice that,
//    2e-14 of the magnitude, leaves room for truncation errors of the same size and for nothing more.
// The promise |value - true value| <= error stands. A value that is small by cancellation but not zero (1e-12
// of the magnitude, say) fails the first condition: its digits were asked for and are not there.
bool is_zero(const Estimate& estimate) {
  constexpr double rounding = 100 * std::numeric_limits<double>::epsilon();
  return std::fabs(estimate.value) <= estimate.error && estimate.error <= rounding * estimate.magnitude;
}

}  // namespace

bool converged(const Estimate& estimate, const Tolerance& tolerance) {
  if (!estimate.finite || !std::isfinite(estimate.value) || !std::isfinite(estimate.error)) return false;
  return estimate.error <= tolerance.allowed(estimate.value) || is_zero(estimate);
}

}  // namespace jitegral::engine
