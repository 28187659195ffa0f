// Microseconds that analysis takes of typical formulas, medians: what decides whether a formula is integrated
// as it stands, and what divides its range if not. Target bench_analysis.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <vector>

#include "api/divided.h"
#include "plan/pieces.h"
#include "sema/elaborate.h"
#include "syntax/parse.h"

namespace jitegral {
namespace {

struct Row {
  const char* kind;
  const char* formula;
  double lower, upper;
};

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Row rows[] = {
    {"entire", "cos(x)*x", 0, 1.5},
    {"entire", "exp(-x^2)*cos(3*x + 1)", 0, 1},
    {"entire", "sin(x)^2 + cos(x)^2", 0, 10},
    {"one kink", "abs(x - 0.3)", 0, 1},
    {"one jump", "if(x > 0.3, exp(x), 0)", 0, 1},
    {"few breakpoints", "abs(sin(3*x))*max(x, 1 - x)", 0, 3},
    {"few breakpoints", "floor(3*x) + sign(x - 0.5)*abs(cos(x))", 0, 2},
    {"pole-free quotient", "1/(1 + x^2)", 0, 1},
    {"singular end", "log(x)/sqrt(x)", 0, 1},
    {"infinite range", "exp(-x^2)", -infinity, infinity},
    {"infinite range", "1/(1 + x^2)", -infinity, infinity},
};

Expr read(const char* text, Symbol& variable) {
  const std::string statement = std::string("f(x) = ") + text;
  const Source source("<bench>", statement);
  auto tree = syntax::parse(source, {0, static_cast<std::uint32_t>(statement.size())});
  auto elaborated = sema::elaborate(*tree, {});
  variable = elaborated->definition.parameters[0];
  return elaborated->definition.body;
}

// Whole rounds, so that a noisy one is left out by the median.
template <class Work>
double microseconds(Work&& work) {
  std::vector<double> times;
  for (int round = 0; round < 41; ++round) {
    constexpr int repetitions = 25;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < repetitions; ++i) work();
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
    times.push_back(time.count() / repetitions);
  }
  std::ranges::nth_element(times, times.begin() + 20);
  return times[20];
}

void measure(const Row& row) {
  Symbol x;
  const Expr formula = read(row.formula, x);
  const plan::Range range{.lower = row.lower, .upper = row.upper, .points = {}};
  std::size_t pieces = 0;
  const double time = microseconds([&] {
    pieces = 0;
    if (!is_divisible(formula, nature_of(formula, x, {}), range, {})) return;
    if (const auto made = plan::divide(formula, x, range)) pieces = made->list.size();
  });
  std::printf("%-20s %-42s %8.1f us  %zu pieces\n", row.kind, row.formula, time, pieces);
}

}  // namespace
}  // namespace jitegral

int main() {
  for (const auto& row : jitegral::rows) jitegral::measure(row);
}
