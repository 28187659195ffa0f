// Integrals whose values are known because they were made that way: random formulas differentiated and
// integrated back, and the families of J. N. Lyness and J. J. Kaganove, "Comments on the nature of automatic
// quadrature routines", ACM Trans. Math. Softw. 2 (1976), 65-81, with the ranges of their parameters of
// P. Gonnet, arXiv:1006.3962. `converged` must be true in all of them, and 99.5 % must be converged. Each
// failure prints one line that reproduces it. JITEGRAL_INSTANCES sets how many there are of each kind,
// JITEGRAL_FIRST the number of the first one; bench/integral/generator.py runs many.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>

#include "api/workspace.h"
#include "expr/evaluate.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "reading.h"

namespace jitegral {
namespace {

int setting(const char* name, int otherwise) {
  const char* const wanted = std::getenv(name);
  return wanted != nullptr ? std::atoi(wanted) : otherwise;
}

class Numbers {
 public:
  // Those of one instance of one kind.
  Numbers(std::uint64_t kind, int instance) : random_(kind << 32U | static_cast<std::uint32_t>(instance)) {}
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

// An integral, and what must come out, which is itself known up to `blur`.
struct Made {
  std::string text;
  double exact, blur;
};

// Integrates and compares.
void judge(Workspace& workspace, const Made& made, Tally& tally) {
  Report report;
  Listener listener;
  listener.report = [&](const Report& got) { report = got; };
  listener.mistake = [&](const Diagnostic& mistake) { FAIL(made.text << "\n" << mistake.render()); };
  workspace.run(Source("<test>", made.text), listener);
  if (report.status != Status::converged) {
    ++tally.honest;
    MESSAGE("not converged: ", made.text, "  # is ", to_text(made.exact));
    return;
  }
  const double off = std::fabs(report.value.value_or(NAN) - made.exact);
  const bool true_promise = off <= *report.error + made.blur;
  ++(true_promise ? tally.converged : tally.lies);
  CHECK_MESSAGE(true_promise, made.text, "  # gives ", to_text(report.value.value_or(NAN)), " +- ",
                to_text(*report.error), ", is ", to_text(made.exact));
}

// make(numbers) makes one instance, or nothing where there is none.
template <class Make>
void judge_all(const std::string& name, std::uint64_t kind, Make&& make) {
  auto workspace = Workspace::create({{.n_jobs = 1}});
  REQUIRE(workspace);
  Tally tally;
  const int first = setting("JITEGRAL_FIRST", 0), count = setting("JITEGRAL_INSTANCES", 60);
  for (int i = first; i < first + count; ++i) {
    Numbers numbers(kind, i);
    if (const std::optional<Made> made = make(numbers)) judge(*workspace, *made, tally);
  }
  MESSAGE("family ", name, ": ", tally.converged, " right, ", tally.honest, " honest, ", tally.lies,
          " wrong");
  CHECK(tally.honest <= 1 + (tally.converged + tally.honest) / 200);
}

double at(const Reading& reading, double x) {
  Bindings bindings;
  bindings.bind(reading.x, x);
  return evaluate(reading.formula, bindings);
}

std::optional<Made> differentiated(Numbers& numbers) {
  const Reading reading = read_formula(smooth_formula(numbers, 3));
  const auto derivative = differentiate(reading.formula, reading.x);
  REQUIRE(derivative);
  const double a = std::round(numbers.between(-5, 5) * 8) / 8,
               b = a + std::round(numbers.between(0.5, 6) * 8) / 8;
  const double lower = at(reading, a), upper = at(reading, b);
  if (!std::isfinite(upper - lower)) return std::nullopt;
  return Made{"integrate(" + to_text(*derivative) + ", x = " + to_text(a) + ".." + to_text(b) + ")",
              upper - lower, 1e-13 * (std::fabs(upper) + std::fabs(lower) + 1)};
}

TEST_CASE("what is differentiated is integrated back") { judge_all("differentiated", 20, differentiated); }

Made over(const char* range, const std::string& formula, double exact) {
  return {"integrate(" + formula + ", x = " + range + ")", exact, 2e-14 * (std::fabs(exact) + 1)};
}

// x - c as text.
std::string from(double c) { return "(x - " + to_text(c) + ")"; }

struct Peak {
  std::string formula;
  double exact;  // over 1..2
};

Peak peak(Numbers& numbers, double least) {
  const double width = std::pow(10, numbers.between(least, -3)), centre = numbers.between(1, 2);
  return {to_text(width) + "/(" + from(centre) + "^2 + " + to_text(width * width) + ")",
          std::atan((2 - centre) / width) + std::atan((centre - 1) / width)};
}

TEST_CASE("the families of Lyness and Kaganove") {
  judge_all("power", 21, [](Numbers& numbers) {
    const double c = numbers.between(0, 1), p = numbers.between(-0.5, 0);
    return over("0..1", "abs" + from(c) + "^(" + to_text(p) + ")",
                (std::pow(c, p + 1) + std::pow(1 - c, p + 1)) / (p + 1));
  });
  judge_all("jump", 22, [](Numbers& numbers) {
    const double c = numbers.between(0, 1), a = numbers.between(0, 1);
    return over("0..1", "if(x > " + to_text(c) + ", exp(" + to_text(a) + "*x), 0)",
                std::exp(a * c) * std::expm1(a * (1 - c)) / a);
  });
  judge_all("kink", 23, [](Numbers& numbers) {
    const double c = numbers.between(0, 1), a = numbers.between(0, 4);
    return over("0..1", "exp(-" + to_text(a) + "*abs" + from(c) + ")",
                -(std::expm1(-a * c) + std::expm1(-a * (1 - c))) / a);
  });
  judge_all("peak", 24, [](Numbers& numbers) {
    const Peak one = peak(numbers, -6);
    return over("1..2", one.formula, one.exact);
  });
  judge_all("four peaks", 25, [](Numbers& numbers) {
    Peak all = peak(numbers, -5);
    for (int i = 1; i < 4; ++i) {
      const Peak more = peak(numbers, -5);
      all = {all.formula + " + " + more.formula, all.exact + more.exact};
    }
    return over("1..2", all.formula, all.exact);
  });
  judge_all("wave", 26, [](Numbers& numbers) {
    const double c = numbers.between(0, 1);
    const double b = std::pow(10, numbers.between(1.8, 2)) / std::pow(std::max(c, 1 - c), 2);
    return over("0..1", "2*" + to_text(b) + "*" + from(c) + "*cos(" + to_text(b) + "*" + from(c) + "^2)",
                std::sin(b * (1 - c) * (1 - c)) - std::sin(b * c * c));
  });
}

}  // namespace
}  // namespace jitegral
