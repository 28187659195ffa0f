// A function that the program around us gives: a row that is not in the table.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "functions/function.h"

namespace jitegral {

// Lives as long as a formula that uses it: Expr keeps it. Nothing is known of it but its values: it is not
// smooth, has no derivative, and is never called before something is evaluated. Equal calls inside a formula
// are one call, so the same arguments must give the same value. Thread-safe as far as the given function is.
class Host : public std::enable_shared_from_this<Host> {
 public:
  // y[i] = f(columns[0][i], columns[1][i], …) for all i < y.size().
  using Batch = std::function<void(std::span<const double* const> columns, std::span<double> y)>;
  static constexpr std::size_t most_arguments = 3;

  // `points_a_call`: how many points should be given at once, so that a call takes well under 10 ms.
  static std::shared_ptr<const Host> make(std::string name, std::size_t arity, Batch function,
                                          std::size_t points_a_call);
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  [[nodiscard]] const Function& row() const { return row_; }
  [[nodiscard]] std::size_t points_a_call() const { return points_a_call_; }
  // What the function throws is recorded in the thread's Failure; the values are nan then, and nothing is
  // called any more.
  void eval(std::span<const double* const> columns, std::span<double> y) const noexcept;
  [[nodiscard]] double at(const double* arguments) const noexcept;

 private:
  Host(std::string name, std::size_t arity, Batch function, std::size_t points_a_call);
  std::string name_;
  Batch function_;
  std::size_t points_a_call_;
  Function row_;
};

}  // namespace jitegral
