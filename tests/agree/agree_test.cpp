// The same bits from every way to evaluate a formula: folding, and kernels for every cpu that runs here, on
// any number of threads. It is how we dare to go fast.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "agree/random_formula.h"
#include "api/workspace.h"
#include "expr/evaluate.h"
#include "expr/transform.h"
#include "jit/jit.h"
#include "sema/elaborate.h"
#include "syntax/parse.h"

namespace jitegral {
namespace {

// v4 is skipped, loudly, where the machine cannot run it; x86-64 has neither vectors of four nor fma.
const std::vector<std::string>& cpus() {
  static const auto runnable = [] {
    std::vector<std::string> found;
    for (const char* cpu : {"native", "x86-64", "x86-64-v3", "x86-64-v4"})
      if (auto target = codegen::make_target(cpu); target && codegen::check_runs_here(*target))
        found.emplace_back(cpu);
      else
        MESSAGE("not run here: " << cpu);
    return found;
  }();
  return runnable;
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

std::vector<double> sample_points() {
  constexpr double inf = std::numeric_limits<double>::infinity();
  std::vector<double> points{0.0,
                             -0.0,
                             inf,
                             -inf,
                             std::numeric_limits<double>::quiet_NaN(),
                             1e22,
                             1e308,
                             5e-324,
                             3.141592653589793,
                             1.5707963267948966,
                             1,
                             -1,
                             0.5,
                             -0.5,
                             2,
                             3,
                             10,
                             -7};
  std::mt19937_64 random(7);
  for (int i = 0; i < 300; ++i) {
    const double u = std::ldexp(static_cast<double>(random() >> 11U), -53);
    points.push_back(i % 3 == 0 ? 20 * u - 10 : std::exp(40 * u - 20) * (i % 2 == 0 ? 1 : -1));
  }
  return points;
}

std::unique_ptr<jit::Jit> jit_for(const std::string& cpu) {
  return std::move(jit::Jit::create(codegen::make_target(cpu).value())).value();
}

// f(x) or f(x, y) with y from the same points in another order.
void compare_function(const Function& row, jit::Jit& jit, const std::vector<double>& x) {
  std::vector<Symbol> axes;
  std::vector<Expr> arguments;
  std::vector<std::vector<double>> columns;
  for (std::size_t k = 0; k < row.arity; ++k) {
    axes.emplace_back("x" + std::to_string(k));
    arguments.push_back(Expr::variable(axes.back()));
    columns.push_back(x);
    std::ranges::rotate(columns.back(), columns.back().begin() + static_cast<std::ptrdiff_t>(5 * k));
  }
  const Expr formula = Expr::apply(row, arguments);
  const Kernel kernel = jit.kernel({formula, axes, {}}, false).value();
  std::vector<const double*> pointers;
  for (const auto& column : columns) pointers.push_back(column.data());
  std::vector<double> y(x.size());
  kernel.eval({pointers, {}, x.size()}, y.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    Bindings bindings;
    for (std::size_t k = 0; k < row.arity; ++k) bindings.bind(axes[k], columns[k][i]);
    const double folded = evaluate(formula, bindings);
    if (!same_bits(folded, y[i])) {
      CAPTURE(row.name);
      CAPTURE(columns[0][i]);
      CHECK(folded == y[i]);
    }
  }
}

TEST_CASE("every function gives the same bits folded and in kernels of every width") {
  const std::vector<double> x = sample_points();
  for (const std::string& cpu : cpus()) {
    const auto jit = jit_for(cpu);
    for (const Function& row : functions::table())
      if (cpu == "native" || row.lowering != Lowering::call) compare_function(row, *jit, x);
  }
}

std::vector<double> values_of(const std::string& text, const std::string& cpu) {
  Settings settings;
  settings.cpu = cpu;
  Workspace workspace = std::move(Workspace::create(settings)).value();
  std::vector<double> values;
  Listener listener;
  listener.report = [&](const Report& report) { values.push_back(report.value.value()); };
  listener.mistake = [](const Diagnostic& diagnostic) { FAIL(diagnostic.render()); };
  workspace.run(Source("<test>", text), listener);
  return values;
}

TEST_CASE("200 random formulas over grids: the same bits for any cpu and any number of threads") {
  RandomFormula formula(20261122);
  std::mt19937_64 random(3);
  std::string text;
  for (int i = 0; i < 200; ++i) {
    const std::string points = std::to_string(1 + random() % 300000);
    const std::string grid = formula() + " + 0*x, x = " + std::to_string(i % 7 - 3) + ".." +
                             std::to_string(i % 11 + 1) + ", n_iter = " + points;
    for (const char* jobs : {"1", "2", "3", "7"}) text += "integrate(" + grid + ", n_jobs = " + jobs + ")\n";
    text += "integrate(" + grid + ", backend = serial)\n";
  }
  const std::vector<double> reference = values_of(text, cpus().front());
  REQUIRE(reference.size() == 1000);
  for (const std::string& cpu : cpus()) {
    const std::vector<double> values = values_of(text, cpu);
    for (std::size_t i = 0; i < values.size(); ++i) {
      CAPTURE(cpu);
      CAPTURE(i);
      if (!same_bits(values[i], reference[i / 5 * 5])) CHECK(values[i] == reference[i / 5 * 5]);
    }
  }
}

}  // namespace
}  // namespace jitegral
