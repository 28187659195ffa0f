// What the exported C functions of a precompiled object call: the function's table first, then its arguments.
// How an integral ended is told through errno, as in <math.h>; a value without its promise is nan where
// nobody sees its error.
#include <cerrno>
#include <cmath>
#include <limits>
#include <vector>

#include "kernel/native_kernel.h"
#include "runtime/evaluation.h"

namespace jitegral::runtime {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
using engine::Status;

// False if the value comes without its promise.
bool told(Status status) {
  if (status == Status::converged || status == Status::fixed) return true;
  errno = status == Status::non_finite ? EDOM : ERANGE;
  return false;
}

double quiet(const Outcome& outcome) { return told(outcome.status) ? outcome.value : nan; }

// The last few points, filled up to a whole vector with copies of the last one.
void batch_rest(const Function& function, const double* const* columns, double* y, std::size_t done,
                std::size_t n) {
  std::vector<double> padded(function.arity * vector_width);
  std::vector<const double*> axes(function.arity);
  double values[vector_width];
  for (std::size_t k = 0; k < function.arity; ++k) {
    axes[k] = padded.data() + k * vector_width;
    for (std::size_t i = 0; i < vector_width; ++i)
      padded[k * vector_width + i] = columns[k][std::min(done + i, n - 1)];
  }
  function.batch(axes.data(), nullptr, values, vector_width);
  std::copy_n(values, n - done, y + done);
}

}  // namespace

extern "C" {

double jtr_value(const Function* function, const double* arguments) {
  return quiet(Evaluation(*function, {arguments, function->arity}).run(*function->value));
}

double jtr_value_error(const Function* function, const double* arguments, double* error) {
  const Outcome outcome = Evaluation(*function, {arguments, function->arity}).run(*function->value);
  if (error != nullptr) *error = outcome.error;
  told(outcome.status);
  return outcome.value;
}

void jtr_batch(const Function* function, const double* const* columns, double* y, std::size_t n) {
  if (function->value == nullptr) {
    const std::size_t whole = n / vector_width * vector_width;
    if (whole != 0) function->batch(columns, nullptr, y, static_cast<std::int64_t>(whole));
    if (whole != n) batch_rest(*function, columns, y, whole, n);
    return;
  }
  std::vector<double> point(function->arity);
  Evaluation evaluation(*function, point);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < point.size(); ++k) point[k] = columns[k][i];
    evaluation.set(point);
    y[i] = quiet(evaluation.run(*function->value));
  }
}

double jtr_integrate(const Function* function, double a, double b, std::int64_t n) {
  constexpr std::int64_t most = std::int64_t{1} << 53;  // an index is exact as a double
  if (n < 1 || n > most || !std::isfinite(a) || !std::isfinite(b)) {
    errno = EDOM;
    return nan;
  }
  const Order order{.from = a,
                    .to = b,
                    .tolerance = {.relative = function->relative},
                    .n_iter = static_cast<std::uint64_t>(n)};
  const Outcome outcome = Evaluation(*function, {}).run(*function->grid, order);
  told(outcome.status);
  return outcome.value;
}

double jtr_quad(const Function* function, double a, double b, double abs_tol, double rel_tol, double* error) {
  Outcome outcome{.value = nan, .error = infinity, .status = Status::non_finite};
  if (abs_tol >= 0 && rel_tol >= 0 && rel_tol <= 1)
    outcome = Evaluation(*function, {})
                  .run(*function->adaptive,
                       {.from = a, .to = b, .tolerance = {.relative = rel_tol, .absolute = abs_tol}});
  if (error != nullptr) *error = outcome.error;
  told(outcome.status);
  return outcome.value;
}

}  // extern "C"
}  // namespace jitegral::runtime
