// Integrals whose values are known because they were made that way: random formulas differentiated and
// integrated back, and the families of J. N. Lyness and J. J. Kaganove, "Comments on the nature of automatic
// quadrature routines", ACM Trans. Math. Softw. 2 (1976), 65-81. `converged` must be true in all of them.
// Each failure prints one line that reproduces it. JITEGRAL_INSTANCES sets how many there are of each kind.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

#include "api/workspace.h"
#include "expr/evaluate.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "reading.h"

namespace jitegral {
namespace {

int instances() {
  const char* const wanted = std::getenv("JITEGRAL_INSTANCES");
  return wanted != nullptr ? std::atoi(wanted) : 60;
}

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : random_(seed) {}
  double between(double a, double b) { return a + (b - a) * static_cast<double>(random_() >> 11U) * 0x1p-53; }
  std::size_t below(std::size_t n) { return random_() % n; }

 private:
  std::mt19937_64 random_;
};

// Random formulas that are analytic on the whole line.
std::string smooth_formula(Numbers& numbers, int depth) {
  const auto number = [&] { return to_text(std::round(numbers.between(-4, 4) * 16) / 16); };
  if (depth == 0) return numbers.below(4) == 0 ? "(" + number() + ")" : "x";
  const std::string a = smooth_formula(numbers, depth - 1), b = smooth_formula(numbers, depth - 1);
  switch (numbers.below(10)) {
    case 0:
      return "sin((" + number() + ")*" + a + ")";
    case 1:
      return "cos(" + a + ")";
    case 2:
      return "exp(-(" + a + ")^2)";
    case 3:
      return "atan(" + a + ")";
    case 4:
      return "tanh((" + number() + ")*" + a + ")";
    case 5:
      return "log(1 + (" + a + ")^2)";
    case 6:
      return "sqrt(1 + (" + a + ")^2)";
    case 7:
      return "(" + a + ")/(1 + (" + b + ")^2)";
    case 8:
      return "(" + a + " + " + b + ")";
    default:
      return "(" + a + ")*(" + b + ")";
  }
}

struct Tally {
  int converged = 0, honest = 0, lies = 0;
};

// Integrates and compares with what must come out, which is itself known up to `blur`.
void judge(Workspace& workspace, const std::string& text, double exact, double blur, Tally& tally) {
  Report report;
  Listener listener;
  listener.report = [&](const Report& got) { report = got; };
  listener.mistake = [&](const Diagnostic& mistake) { FAIL(text << "\n" << mistake.render()); };
  workspace.run(Source("<test>", text), listener);
  if (report.status != Status::converged) {
    ++tally.honest;
    return;
  }
  const double off = std::fabs(report.value.value_or(NAN) - exact);
  const bool true_promise = off <= *report.error + blur;
  ++(true_promise ? tally.converged : tally.lies);
  CHECK_MESSAGE(true_promise, text, "  # gives ", to_text(report.value.value_or(NAN)), " +- ",
                to_text(*report.error), ", is ", to_text(exact));
}

double at(const Reading& reading, double x) {
  Bindings bindings;
  bindings.bind(reading.x, x);
  return evaluate(reading.formula, bindings);
}

TEST_CASE("what is differentiated is integrated back") {
  Numbers numbers(20);
  auto workspace = Workspace::create({{.n_jobs = 1}});
  REQUIRE(workspace);
  Tally tally;
  for (int i = 0; i < instances(); ++i) {
    const Reading reading = read_formula(smooth_formula(numbers, 3));
    const auto derivative = differentiate(reading.formula, reading.x);
    REQUIRE(derivative);
    const double a = std::round(numbers.between(-5, 5) * 8) / 8,
                 b = a + std::round(numbers.between(0.5, 6) * 8) / 8;
    const double lower = at(reading, a), upper = at(reading, b);
    if (!std::isfinite(upper - lower)) continue;
    const std::string text =
        "integrate(" + to_text(*derivative) + ", x = " + to_text(a) + ".." + to_text(b) + ")";
    judge(*workspace, text, upper - lower, 1e-13 * (std::fabs(upper) + std::fabs(lower) + 1), tally);
  }
  MESSAGE("differentiated: ", tally.converged, " right, ", tally.honest, " honest, ", tally.lies, " wrong");
  CHECK(tally.honest <= (tally.converged + tally.honest) / 10);
}

TEST_CASE("the families of Lyness and Kaganove") {
  Numbers numbers(21);
  auto workspace = Workspace::create({{.n_jobs = 1}});
  REQUIRE(workspace);
  Tally tally;
  for (int i = 0; i < instances(); ++i) {
    const double c = numbers.between(0.01, 0.99), s = numbers.between(0, 1);
    const std::string at_c = to_text(c);
    const auto check = [&](const std::string& formula, const char* range, double exact) {
      judge(*workspace, "integrate(" + formula + ", x = " + range + ")", exact,
            2e-14 * (std::fabs(exact) + 1), tally);
    };
    const double p = -0.5 * s;
    check("abs(x - " + at_c + ")^(" + to_text(p) + ")", "0..1",
          (std::pow(c, p + 1) + std::pow(1 - c, p + 1)) / (p + 1));
    check("if(x > " + at_c + ", exp(" + to_text(s) + "*x), 0)", "0..1",
          s == 0 ? 1 - c : (std::exp(s) - std::exp(s * c)) / s);
    const double k = 4 * s + 0.01;
    check("exp(-" + to_text(k) + "*abs(x - " + at_c + "))", "0..1",
          (2 - std::exp(-k * c) - std::exp(-k * (1 - c))) / k);
    const double w = std::pow(10, -6 + 3 * s), m = 1 + c;
    check(to_text(w) + "/((x - " + to_text(m) + ")^2 + " + to_text(w * w) + ")", "1..2",
          std::atan((2 - m) / w) + std::atan((m - 1) / w));
    const double b = std::pow(10, 1.8 + 0.2 * s) / std::pow(std::max(c, 1 - c), 2);
    check("2*" + to_text(b) + "*(x - " + at_c + ")*cos(" + to_text(b) + "*(x - " + at_c + ")^2)", "0..1",
          std::sin(b * (1 - c) * (1 - c)) - std::sin(b * c * c));
  }
  MESSAGE("Lyness-Kaganove: ", tally.converged, " right, ", tally.honest, " honest, ", tally.lies, " wrong");
  CHECK(tally.honest <= (tally.converged + tally.honest) / 50);
}

}  // namespace
}  // namespace jitegral
