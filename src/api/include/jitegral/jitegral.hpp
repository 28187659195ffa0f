// jitegral for C++20: integrates a formula, given as text, at the speed of the machine.
//
//   #include <jitegral/jitegral.hpp>
//
//   jitegral::Session session;
//   jitegral::Formula f = session.compile("cos(x)*x");
//   double y = f(0.5);                                // one point
//   f(xs, ys);                                        // many points, at the speed of the machine
//   jitegral::Result r = f.integrate(0, 1.5);         // r.value, r.error, r.status
//
//   jitegral::Formula g = session.compile("g(x, a) = exp(-a*x^2)");
//   jitegral::Integral over_x = g.integral({.tol = 1e-8});   // prepared once, cheap to call
//   for (double a : {1.0, 2.0, 3.0}) std::printf("%g\n", over_x(0, 1, {a}).value);
//
// A Session holds definitions and the machinery that makes code; Formula and Integral are what it makes. All
// three are handles: copying one is copying a shared pointer, and the thing behind lives as long as somebody
// holds it. A Formula does not need its Session any more.
//
// Threads. Every member function of every class here may be called from any thread at any time, on the same
// object too; only assigning to a handle that another thread uses is a race, as for any C++ object.
//
// Results do not depend on the number of threads, nor on the machine's vector width: same call, same bits.
//
// Errors. What a person can get wrong (text, options, limits) is an Error. Functions called `try_...` return
// it; the functions without `try_` throw it. A budget that ran out, a tolerance that was not met, or a
// cancelled run are no errors but a Status: look at it, or at Result::is_promise(). Nothing else is thrown,
// but std::bad_alloc and what a function of yours throws (see Session::define).
//
// Only the standard library is named here. The binary interface is stable within a major version: classes are
// one pointer wide, and structs keep their layout.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#define JITEGRAL_API __attribute__((visibility("default")))

namespace jitegral {

// ---- what comes out --------------------------------------------------------------------------------------

// What a value is worth.
enum class Status : std::uint8_t {
  value,          // plain arithmetic, or a definition
  fixed,          // a fixed grid: no accuracy was promised
  converged,      // a promise: |value - true value| <= error <= the tolerance
  not_converged,  // `error` is the best that was reached, and larger than the tolerance
  divergent,      // the integral does not exist
  non_finite,     // the formula was nan or infinite where it had to be evaluated
  budget,         // max_evals, memory_limit or time_limit came first
  cancelled,      // a Cancellation was used; there is no value
};
// The name as it stands here: "converged".
JITEGRAL_API std::string_view to_text(Status status);

// The outcome of an evaluation. The texts of method and tier live as long as the process.
struct Result {
  double value = 0;  // nan if there is none
  double error = 0;  // a bound on |value - true value|; nan on a fixed grid: nothing is known
  Status status = Status::value;
  std::string_view method;        // the rule that ran, e.g. "gauss_kronrod", or "arithmetic"
  std::string_view tier;          // who evaluated the formula, e.g. "native", "interpreter", "host"
  std::uint64_t evaluations = 0;  // of the (innermost) formula
  int n_jobs = 1;                 // threads used
  // All of it; compiling for the first call included. 0 where a handle took less than reading a clock is
  // worth.
  double seconds = 0;
  // Of the Session's compilations that ended meanwhile; most run in the background.
  double compile_seconds = 0;
  std::vector<std::string> warnings{};  // what to know before the value is used, in words; often none

  // True if the error is known to be within the tolerance that was asked for.
  [[nodiscard]] bool is_promise() const { return status == Status::converged || status == Status::value; }
};

// How far a long run is.
struct Progress {
  double fraction = 0;            // done, 0 to 1; nan if nobody knows
  std::uint64_t evaluations = 0;  // so far
  double seconds = 0;             // since the run began
};

// ---- what can be wrong -----------------------------------------------------------------------------------

// A mistake in what was given, with its place in the text. what() is the message alone.
class JITEGRAL_API Error : public std::runtime_error {
 public:
  struct Place {
    std::size_t line = 0;    // counted from 1; 0 if no text was involved
    std::size_t column = 0;  // in characters, not bytes
  };
  Error(std::string code, const std::string& message, Place place, std::string rendered);
  Error(const Error&) noexcept;
  Error& operator=(const Error&) noexcept;
  ~Error() override;

  // Stable across versions, e.g. "E202": the table is in the documentation of the command line's errors.
  [[nodiscard]] const std::string& code() const noexcept;
  [[nodiscard]] std::size_t line() const noexcept;
  [[nodiscard]] std::size_t column() const noexcept;
  // For a person: place, message, the line itself with carets under the culprit, and hints; several lines.
  [[nodiscard]] const std::string& rendered() const noexcept;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

// A T or the Error that there is instead. (std::expected, for compilers that do not have it yet.)
template <class T>
class [[nodiscard]] Attempt {
 public:
  Attempt(T value) : either_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: meant to be implicit
  Attempt(Error error) : either_(std::in_place_index<1>, std::move(error)) {}  // NOLINT
  explicit operator bool() const noexcept { return either_.index() == 0; }
  // The value; throws the Error if there is none.
  T& value() & {
    if (!*this) throw error();
    return *std::get_if<0>(&either_);
  }
  T&& value() && { return std::move(value()); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  // Only if there is no value.
  [[nodiscard]] const Error& error() const { return std::get<1>(either_); }

 private:
  std::variant<T, Error> either_;
};

// ---- how to integrate ------------------------------------------------------------------------------------

// The options of integrate, as in the language. What is not set is as the Session's Settings say, or as
// `rule` needs. Wrong values are Errors E307, E308, E311 and E312.
struct Options {
  // "auto" (the default), "left" (the default with n_iter), "right", "midpoint", "trapezoid", "simpson", ...
  std::string rule{};
  // Points of a fixed grid, 1 to 2^53. No accuracy is promised: the status is `fixed`.
  std::optional<std::uint64_t> n_iter{};
  // Wanted: error <= max(tol * |value|, abs_tol). tol is 0 to 1.
  std::optional<double> tol{};
  std::optional<double> abs_tol{};
  // Threads. The result has the same bits for any number.
  std::optional<int> n_jobs{};
  // "tbb" or "serial".
  std::string backend{};
  // Evaluations after which an adaptive rule gives up, with Status::budget. 10^7 if not set.
  std::optional<std::uint64_t> max_evals{};
  // Seconds after which any run stops, with Status::budget.
  std::optional<double> time_limit{};
  // Bytes that an adaptive rule may use for its panels (the only memory that grows with the work), after
  // which it gives up with Status::budget.
  std::optional<std::uint64_t> memory_limit{};
  // Where the formula jumps or has a kink or a peak, if you know. In any order; those outside the range do
  // not count.
  std::vector<double> points{};
  // Cauchy's principal value where the formula has poles, which otherwise are Status::divergent.
  bool pv = false;
};

// Stops runs from another thread (or a signal handler), within some 100 ms, or as long as one call of a
// function of yours takes. A handle: copies mean the same. Once cancelled, it stays so.
class JITEGRAL_API Cancellation {
 public:
  Cancellation();
  Cancellation(const Cancellation&) noexcept;
  Cancellation& operator=(const Cancellation&) noexcept;
  ~Cancellation();
  void cancel() const noexcept;
  [[nodiscard]] bool is_cancelled() const noexcept;

 private:
  friend struct Door;
  struct State;
  std::shared_ptr<State> state_;
};

// How to stop and watch one run. Both may be left out.
struct Watch {
  std::optional<Cancellation> cancellation{};
  // Called about ten times a second while something runs; from any thread, never from two at once. What it
  // throws stops the run, and is thrown to the caller.
  std::function<void(const Progress&)> progress{};
};

// ---- formulas --------------------------------------------------------------------------------------------

// One argument of a batch call: a column of doubles, `stride` apart; a plain number is a column in which all
// are the same. The data must stay during the call only.
struct Column {
  const double* data = nullptr;
  std::ptrdiff_t stride = 1;  // in doubles; 0: the same number at all points

  Column() = default;
  Column(std::span<const double> values) : data(values.data()) {}     // NOLINT: meant to be implicit
  Column(const std::vector<double>& values) : data(values.data()) {}  // NOLINT
  Column(const double& number) : data(&number), stride(0) {}          // NOLINT
  Column(const double* first, std::ptrdiff_t apart) : data(first), stride(apart) {}
};

// An integral over the first argument of a Formula, with its options: everything that does not depend on the
// limits is worked out once. Calling it allocates nothing once it has run over a range of the same kind
// (finite, or infinite on this or that side).
class JITEGRAL_API Integral {
 public:
  // The integral from a to b, which may be infinite, and in any order. `parameters` are the values of the
  // Formula's other arguments, in order: exactly as many. Throws Error: E203 for a wrong number of
  // parameters, E309 if a limit is nan, E310 for a fixed grid over an infinite range, E404 and E503 if no
  // code could be made.
  Result operator()(double a, double b, std::span<const double> parameters = {},
                    const Watch& watch = {}) const;
  Result operator()(double a, double b, std::initializer_list<double> parameters) const {
    return (*this)(a, b, std::span(parameters.begin(), parameters.size()));
  }
  [[nodiscard]] Attempt<Result> try_run(double a, double b, std::span<const double> parameters = {},
                                        const Watch& watch = {}) const;

 private:
  friend class Formula;
  friend struct Door;
  struct State;
  explicit Integral(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

// A compiled formula: a function of some doubles.
class JITEGRAL_API Formula {
 public:
  // How many arguments, and their names in order.
  [[nodiscard]] std::size_t arity() const noexcept;
  [[nodiscard]] const std::vector<std::string>& arguments() const noexcept;
  // The formula as it was understood: definitions put in, constants folded.
  [[nodiscard]] std::string text() const;

  // The value at one point; exactly arity() numbers (Error E203). A formula with integrals inside gives the
  // best value known, whatever its status: evaluate() tells.
  template <std::convertible_to<double>... X>
  double operator()(X... x) const {
    const double point[sizeof...(X) + 1] = {static_cast<double>(x)...};
    return at(std::span<const double>(point, sizeof...(X)));
  }
  [[nodiscard]] double at(std::span<const double> point) const;
  // The value at one point and what it is worth.
  Result evaluate(std::span<const double> point, const Watch& watch = {}) const;

  // y[i] = f(x[i]) for a formula of one argument; both of the same length (Error E203). y may be x.
  void operator()(std::span<const double> x, std::span<double> y) const;
  // y[i] = f(columns[0][i], columns[1][i], ...). Runs on the calling thread; no lock is held, so threads may
  // share a large batch among them.
  void batch(std::span<const Column> columns, std::span<double> y) const;
  void batch(std::initializer_list<Column> columns, std::span<double> y) const {
    batch(std::span(columns.begin(), columns.size()), y);
  }

  // Prepares the integral over the first argument. Throws Error for options that cannot be.
  [[nodiscard]] Integral integral(const Options& options = {}) const;
  [[nodiscard]] Attempt<Integral> try_integral(const Options& options = {}) const;
  // Prepares and runs it: for a single use.
  Result integrate(double a, double b, const Options& options = {}, std::span<const double> parameters = {},
                   const Watch& watch = {}) const;

 private:
  friend struct Door;
  struct State;
  explicit Formula(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

// ---- sessions --------------------------------------------------------------------------------------------

// What holds where nothing else is said.
struct Settings {
  std::string cpu = "native";  // code is made for it; results do not depend on it
  int n_jobs = 0;              // threads; 0: all cores
  double tolerance = 1e-10;    // relative
  double time_limit = 0;       // seconds for one integral; 0: none
  // Who evaluates: "auto" (the interpreter, until machine code is there, which is made in the background
  // where it pays), "interpreter" (nothing is compiled) or "native" (compiled before the first call). The
  // values have the same bits.
  std::string tier = "auto";
  // Machine code of long integrals is kept on disk for later processes, in $JITEGRAL_CACHE_DIR or the user's
  // cache directory, readable by nobody else.
  bool cache = true;
};

// A function of yours at many points: y[i] = f(columns[0][i], columns[1][i], ...) for all i < y.size().
using BatchFunction = std::function<void(std::span<const double* const> columns, std::span<double> y)>;

// Definitions, and the machinery that makes code.
class JITEGRAL_API Session {
 public:
  // Throws Error E307 for an unknown tier, E501 for an unknown cpu, E502 if code for it cannot run here.
  explicit Session(const Settings& settings = {});
  static Attempt<Session> try_create(const Settings& settings = {});

  // Runs definitions, e.g. "a = 3; f(t) = exp(-a*t^2)", for all formulas compiled from now on. If one has a
  // mistake, those before it stand.
  void define(std::string_view definitions) const;
  // The Error, if there was one.
  [[nodiscard]] std::optional<Error> try_define(std::string_view definitions) const;

  // Registers a function of yours, to be used in formulas like any other, inside integrals too. Replaces a
  // definition of the same name for formulas compiled from now on; the function lives as long as a formula
  // uses it.
  //   It is called from several threads at once, as often as needed and in any order, but not before
  // something is evaluated: the same arguments must give the same value. Nothing is known of its rounding
  // errors, derivative or kinks, so integrals over it look twice before they converge.
  //   What it throws ends the evaluation at once and is thrown to the caller. Throws Error E205 for names
  // that are taken, E103 for what is no name.
  void define(std::string_view name, std::function<double(double)> function) const;
  void define(std::string_view name, std::function<double(double, double)> function) const;
  void define(std::string_view name, std::function<double(double, double, double)> function) const;
  // The same for many points a call: 1 to 3 arguments.
  void define_batch(std::string_view name, std::size_t arity, BatchFunction function) const;

  // Compiles a formula; what it evaluates to, its arguments, is one of
  //   "cos(x)*x"           its one free name; several are E302, so that nobody has to guess their order
  //   "exp(-a*x^2)" with arguments {"x", "a"}
  //   "f(x, a) = exp(-a*x^2)"    as the definition says; f itself is not defined in the session
  //   "cos", "f"                 a function by its name
  // A formula may contain integrals, as in "integrate(exp(-a*x), x = 0..1)". Throws Error: E1xx to E4xx.
  [[nodiscard]] Formula compile(std::string_view formula, std::span<const std::string> arguments = {}) const;
  [[nodiscard]] Formula compile(std::string_view formula,
                                std::initializer_list<std::string> arguments) const {
    return compile(formula, std::span(arguments.begin(), arguments.size()));
  }
  [[nodiscard]] Attempt<Formula> try_compile(std::string_view formula,
                                             std::span<const std::string> arguments = {}) const;

  // The value of an expression without free names, e.g. "2*integrate(cos(x)*x, 0, pi/2)".
  Result evaluate(std::string_view expression, const Watch& watch = {}) const;
  // compile(formula).integrate(a, b, options): for a single use.
  Result integrate(std::string_view formula, double a, double b, const Options& options = {},
                   const Watch& watch = {}) const;

  // The machine that code is made for, in words.
  [[nodiscard]] std::string target() const;

 private:
  friend struct Sessions;
  struct State;
  explicit Session(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

// ---- functions of yours, without a formula ---------------------------------------------------------------

// The integral of any function, by the same rules and with the same checks as that of a formula; no code is
// made. With n_jobs left out it is called from the calling thread only; with more, from several at once. What
// it throws ends the run at once and is thrown to the caller.
JITEGRAL_API Result integrate(const std::function<double(double)>& function, double a, double b,
                              const Options& options = {}, const Watch& watch = {});
// y[i] = f(x[i]); a few hundred points a call where there are so many.
JITEGRAL_API Result
integrate_batch(const std::function<void(std::span<const double> x, std::span<double> y)>& function, double a,
                double b, const Options& options = {}, const Watch& watch = {});

}  // namespace jitegral
