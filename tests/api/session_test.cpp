// The library's door for C++, as a program sees it: only the installed header.
#include <jitegral/jitegral.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using jitegral::Error;
using jitegral::Formula;
using jitegral::Integral;
using jitegral::Result;
using jitegral::Session;
using jitegral::Status;

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double inf = std::numeric_limits<double>::infinity();

// The code of the Error that `body` throws; "" if it throws none.
template <class Body>
std::string code_of(Body&& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.code();
  }
  return "";
}

TEST_CASE("one point, many points, columns and parameters give the same values") {
  const Session session;
  const Formula f = session.compile("f(x, a) = exp(-a*x^2) + a");
  CHECK(f.arguments() == std::vector<std::string>{"x", "a"});
  std::vector<double> x(3001), a(x.size()), y(x.size()), wide(2 * x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    wide[2 * i] = x[i] = 0.001 * static_cast<double>(i);
    a[i] = 2;
  }
  f.batch({x, a}, y);
  for (std::size_t i = 0; i < x.size(); i += 7) CHECK(y[i] == f(x[i], 2.0));
  std::vector<double> again(x.size());
  f.batch({x, 2.0}, again);
  CHECK(again == y);
  f.batch({jitegral::Column(wide.data(), 2), 2.0}, again);
  CHECK(again == y);
  session.compile("x^2")(x, x);
  CHECK(x[2000] == 4);
}

TEST_CASE("what is an argument") {
  const Session session;
  session.define("a = 3; g(t) = a*t; h(u, v) = u - v");
  CHECK(session.compile("cos")(0.5) == session.compile("cos(t)")(0.5));
  CHECK(session.compile("g")(2) == 6);
  CHECK(session.compile("h")(5, 3) == 2);
  CHECK(session.compile("u - v", {"v", "u"})(5, 3) == -2);
  CHECK(session.compile("a*x", {"x", "a"})(5, 7) == 35);  // an argument hides a definition
  CHECK(session.compile("a + 1")() == 4);
  CHECK(code_of([&] { (void)session.compile("x*y"); }) == "E701");
  CHECK(code_of([&] { (void)session.compile("x = 3"); }) == "E702");
  CHECK(code_of([&] { (void)session.compile("x for x in [1]"); }) == "E702");
  CHECK(code_of([&] { (void)session.compile("x; x"); }) == "E702");
  CHECK(code_of([&] { (void)session.compile(""); }) != "");
  CHECK(code_of([&] { (void)session.compile("x*q", {"x"}); }) == "E201");
  CHECK(code_of([&] { (void)session.compile("x")(1, 2); }) == "E203");
}

TEST_CASE("mistakes tell their place, thrown or not") {
  const Session session;
  const auto attempt = session.try_compile("1 +\n  sinn(x)");
  REQUIRE(!attempt);
  CHECK(attempt.error().code() == "E202");
  CHECK(attempt.error().line() == 2);
  CHECK(attempt.error().column() == 3);
  CHECK(attempt.error().rendered().find("^^^^") != std::string::npos);
  CHECK(session.try_define("b = )").has_value());
  CHECK(session.try_define("b = 1") == std::nullopt);
  CHECK(code_of([] { const Session none({.cpu = "no-such-cpu"}); }) == "E501");
  CHECK(!Session::try_create({.cpu = "no-such-cpu"}));
  CHECK(code_of([] { const Session none({.tier = "no-such-tier"}); }) == "E307");
}

TEST_CASE("integrals with every option") {
  const Session session;
  const Formula f = session.compile("cos(x)*x");
  const Result r = f.integrate(0, pi / 2);
  CHECK(r.status == Status::converged);
  CHECK(r.is_promise());
  CHECK(r.method == "gauss_kronrod");
  CHECK(std::fabs(r.value - (pi / 2 - 1)) <= r.error);
  CHECK(f.integrate(pi / 2, 0).value == -r.value);
  CHECK(session.compile("exp(-x)").integrate(0, inf).value == doctest::Approx(1));

  const Result grid = f.integrate(0, pi / 2, {.rule = "simpson", .n_iter = 1000, .n_jobs = 2});
  CHECK(grid.status == Status::fixed);
  CHECK(std::isnan(grid.error));
  CHECK(grid.value == f.integrate(0, pi / 2, {.rule = "simpson", .n_iter = 1000, .backend = "serial"}).value);
  CHECK(f.integrate(0, 1, {.n_iter = 10}).method == "left");

  const Formula pole = session.compile("1/x");
  CHECK(pole.integrate(-1, 2).status == Status::divergent);
  CHECK(pole.integrate(-1, 2, {.pv = true}).value == doctest::Approx(std::log(2.0)));

  const Formula kinks = session.compile("abs(sin(50*x)) + abs(x - 0.3)");
  CHECK(kinks.integrate(0, 9, {.tol = 1e-14, .max_evals = 100}).status == Status::budget);
  CHECK(kinks.integrate(0, 9, {.tol = 1e-14, .memory_limit = 1000}).status == Status::budget);
  const auto kink = [](double x) { return std::fabs(x - 0.3); };  // a formula would show where it is
  CHECK(jitegral::integrate(kink, 0, 1, {.points = {0.3}}).evaluations <
        jitegral::integrate(kink, 0, 1).evaluations);
  CHECK(f.integrate(0, 1, {.n_iter = 1000'000'000'000'000, .time_limit = 0.05}).status == Status::budget);

  CHECK(code_of([&] { (void)f.integral({.rule = "simpsn"}); }) == "E308");
  CHECK(code_of([&] { (void)f.integral({.rule = "simpson"}); }) == "E311");
  CHECK(code_of([&] { (void)f.integral({.tol = -1.0}); }) == "E307");
  CHECK(code_of([&] { (void)f.integral({.backend = "gpu"}); }) == "E307");
  CHECK(code_of([&] { f.integrate(0, inf, {.n_iter = 5}); }) == "E310");
  CHECK(code_of([&] { f.integrate(std::nan(""), 1); }) == "E309");
  CHECK(!f.integral().try_run(0, 1, std::vector<double>{1}));
}

TEST_CASE("the tier is chosen, and what compiling took and what is wrong with a value are told") {
  const Session native({.tier = "native", .cache = false}), interpreter({.tier = "interpreter"});
  const Result compiled = native.compile("cos(x)*x").integrate(0, 1, {.n_iter = 1'000'000});
  const Result interpreted = interpreter.compile("cos(x)*x").integrate(0, 1, {.n_iter = 1'000'000});
  CHECK(compiled.tier == "native");
  CHECK(compiled.compile_seconds > 0);
  CHECK(compiled.warnings.empty());
  CHECK(interpreted.tier == "interpreter");
  CHECK(interpreted.compile_seconds == 0);
  CHECK(interpreted.value == compiled.value);
  CHECK(!native.integrate("1/x", 0, 1).warnings.empty());
}

TEST_CASE("a prepared integral takes limits and parameters") {
  const Session session;
  const Formula f = session.compile("g(x, a, b) = b*exp(-a*x)");
  const Integral over_x = f.integral({.tol = 1e-12});
  for (double a : {0.5, 1.0, 2.0}) {
    const Result r = over_x(0, inf, {a, 3});
    CHECK(r.status == Status::converged);
    CHECK(r.value == doctest::Approx(3 / a).epsilon(1e-12));
  }
  CHECK(over_x(0, 1, {1, 1}).value == doctest::Approx(1 - std::exp(-1)).epsilon(1e-12));
  CHECK(code_of([&] { over_x(0, 1, {1}); }) == "E203");
}

// What is proven for the first grid does not hold for all.
TEST_CASE("a prepared sum gives the same bits whatever limits and parameters it met before") {
  struct Call {
    double from, to, a;
  };
  constexpr Call calls[] = {{0, 1, 2},   {0, 1, 3},     {0, 1000, 0.5}, {0, 1, 3e10}, {1, 0, 2},
                            {-1, 1, 2},  {0, 2, 2},     {0, 1, 2},      {0, 5.9, 1},  {0, 6, 1},
                            {5.9, 0, 1}, {-0.0, -3, 1}, {0, 1, 1e300}};
  for (const std::string text : {"f(x, a) = exp(a*x)*cos(a*x^3)", "f(x, a) = erf(x) + log(a + x)*tanh(x)",
                                 "f(x, a) = sin(sqrt(x))*sin(a*sqrt(x)) + exp(-a)"})
    for (const std::string tier : {"native", "interpreter"})
      for (std::uint64_t n : {1U, 100U, 20003U}) {
        const Session session({.tier = tier});
        const Integral sum = session.compile(text).integral({.n_iter = n});
        for (const auto& [from, to, a] : calls) {
          const Session other({.tier = "interpreter"});
          const double alone = other.compile(text).integral({.n_iter = n})(from, to, {a}).value;
          const double value = sum(from, to, {a}).value;
          CAPTURE(text);
          CAPTURE(from);
          CAPTURE(to);
          CAPTURE(a);
          if (!std::isnan(alone)) CHECK(value == alone);
          CHECK(std::isnan(value) == std::isnan(alone));
        }
      }
}

TEST_CASE("formulas with integrals inside") {
  const Session session;
  const Formula f = session.compile("integrate(exp(-a*x), x = 0..1)");
  CHECK(f.arguments() == std::vector<std::string>{"a"});
  CHECK(f(2) == doctest::Approx((1 - std::exp(-2)) / 2));
  CHECK(f.evaluate(std::vector<double>{2}).status == Status::converged);
  std::vector<double> a{1, 2, 3}, y(3);
  f(a, y);
  CHECK(y[1] == f(2));
  CHECK(f.integrate(0, 1, {.tol = 1e-8}).value == doctest::Approx(0.7965995992970531));
  CHECK(session.evaluate("2*integrate(cos(x)*x, 0, pi/2) + 1").value == doctest::Approx(pi - 1));
}

TEST_CASE("handles outlive the session") {
  std::optional<Formula> f;
  std::optional<Integral> integral;
  {
    const Session session;
    session.define("twice", [](double x) { return 2 * x; });
    f = session.compile("twice(x) + integrate(cos(x*t), t = 0..1)");
    integral = session.compile("x^2").integral();
  }
  CHECK((*f)(0) == 1);
  CHECK((*integral)(0, 3).value == doctest::Approx(9));
}

TEST_CASE("functions of the program in formulas") {
  const Session session;
  std::atomic<int> calls = 0;
  session.define("g", [&](double x) {
    ++calls;
    return std::exp(-x);
  });
  session.define("mean", [](double a, double b) { return (a + b) / 2; });
  session.define("pick", [](double a, double b, double c) { return a > 0 ? b : c; });
  session.define_batch("square", 1, [](auto columns, std::span<double> y) {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = columns[0][i] * columns[0][i];
  });
  const Formula f = session.compile("mean(g(2), square(x)) + pick(x, 1, 2)");
  CHECK(calls == 0);  // not while compiling
  CHECK(f(3) == (std::exp(-2) + 9) / 2 + 1);
  std::vector<double> x(5000, -3), y(5000);
  f(x, y);
  CHECK(y.back() == (std::exp(-2) + 9) / 2 + 2);

  const Result r = session.integrate("g(x)*cos(x)", 0, inf);
  CHECK(r.status == Status::converged);
  CHECK(std::fabs(r.value - 0.5) <= r.error + 1e-16);
  CHECK(r.tier == "host");
  CHECK(session.evaluate("integrate(g(x*y), x = 0..1, y = 0..g(x))").status == Status::converged);
  const Result one = session.integrate("g(x)", 0, 1, {.n_iter = 100000, .n_jobs = 1});
  CHECK(one.value == session.integrate("g(x)", 0, 1, {.n_iter = 100000, .n_jobs = 2}).value);
  CHECK(code_of([&] { session.define("cos", [](double t) { return t; }); }) == "E205");
  CHECK(code_of([&] { session.define("a b", [](double t) { return t; }); }) != "");
  CHECK(code_of([&] { session.define_batch("many", 4, {}); }) == "E203");
  session.define("g", [](double t) { return t; });
  CHECK(session.compile("g(x)")(7) == 7);
}

TEST_CASE("what a function throws ends the run and comes out") {
  const Session session;
  std::atomic<std::uint64_t> calls = 0;
  session.define("bad", [&](double x) -> double {
    ++calls;
    if (x > 0.5) throw std::out_of_range("too far");
    return x;
  });
  CHECK_THROWS_AS(session.integrate("bad(x)", 0, 1), std::out_of_range);
  calls = 0;
  CHECK_THROWS_AS(session.integrate("bad(x)", 0, 1, {.n_iter = 1'000'000'000'000, .n_jobs = 2}),
                  std::out_of_range);
  CHECK_THROWS_AS(session.compile("bad(x)")(1), std::out_of_range);
  CHECK(session.compile("bad(x)")(0.25) == 0.25);
  CHECK_THROWS_AS(session.evaluate("integrate(x, x = 0..bad(1))"), std::out_of_range);
  CHECK_THROWS_AS(session.evaluate("integrate(1, y = 0..1, x = 0..bad(y))"), std::out_of_range);
  std::vector<double> x(100, 1), y(100);
  CHECK_THROWS_AS(session.compile("bad(x)")(x, y), std::out_of_range);
}

TEST_CASE("a function without a formula is integrated by the same rules") {
  const Result r = jitegral::integrate([](double x) { return std::cos(x) * x; }, 0, pi / 2);
  CHECK(r.status == Status::converged);
  CHECK(std::fabs(r.value - (pi / 2 - 1)) <= r.error);
  CHECK(jitegral::integrate([](double x) { return std::exp(-x * x); }, -inf, inf).value ==
        doctest::Approx(std::sqrt(pi)));
  std::size_t largest = 0;
  const auto square = [&](std::span<const double> x, std::span<double> y) {
    largest = std::max(largest, x.size());
    for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] * x[i];
  };
  const Result grid = jitegral::integrate_batch(square, 0, 1, {.rule = "midpoint", .n_iter = 10000});
  CHECK(grid.value == doctest::Approx(1.0 / 3));
  CHECK(largest >= 256);
  const Session session;
  CHECK(grid.value == session.integrate("x^2", 0, 1, {.rule = "midpoint", .n_iter = 10000}).value);
  CHECK_THROWS_AS(jitegral::integrate([](double) -> double { throw 42; }, 0, 1, {.n_jobs = 2}), int);
  CHECK(jitegral::integrate([](double x) { return 1 / x; }, 0, 1).status != Status::converged);
  // One inside the other, as in a naive double integral.
  const auto inner = [](double x) {
    return jitegral::integrate([x](double y) { return x * y; }, 0, x).value;
  };
  CHECK(jitegral::integrate(inner, 0, 1).value == doctest::Approx(0.125));
}

TEST_CASE("cancelled and watched from outside") {
  const Session session;
  jitegral::Cancellation stop;
  std::thread other([stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop.cancel();
  });
  std::vector<double> fractions;
  const Result r = session.integrate("cos(x)", 0, 1, {.n_iter = 1'000'000'000'000'000},
                                     {.cancellation = stop, .progress = [&](const jitegral::Progress& p) {
                                        fractions.push_back(p.fraction);
                                      }});
  other.join();
  CHECK(r.status == Status::cancelled);
  CHECK(std::isnan(r.value));
  CHECK(!fractions.empty());
  CHECK_THROWS_AS(session.integrate("cos(x)", 0, 1, {.n_iter = 1'000'000'000'000'000},
                                    {.progress = [](const jitegral::Progress&) { throw 1; }}),
                  int);
}

}  // namespace
