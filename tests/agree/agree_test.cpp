// The same bits from every way to evaluate a formula: folding, and kernels for every cpu that runs here, on
// any number of threads. It is how we dare to go fast.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "agree/random_formula.h"
#include "analysis/grid_form.h"
#include "analysis/near_form.h"
#include "api/workspace.h"
#include "base/compensated.h"
#include "expr/evaluate.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "interpreter/interpreted.h"
#include "jit/jit.h"
#include "sema/elaborate.h"
#include "syntax/parse.h"

namespace jitegral {
namespace {

// v4 is skipped, loudly, where the machine cannot run it; x86-64 has neither vectors of four nor fma.
const std::vector<std::string>& cpus() {
  static const auto runnable = [] {
    std::vector<std::string> found;
    for (const std::string cpu : {"native", "x86-64", "x86-64-v3", "x86-64-v4"})
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

std::shared_ptr<jit::Jit> native_for(const std::string& cpu) {
  return jit::Jit::create({.cpu = cpu, .tier = Tier::native}).value();
}

// A way to make kernels, and what to call it.
struct Maker {
  std::string name;
  std::function<Kernel(const codegen::KernelSource& source, bool grid)> make;
};

// Machine code for every cpu, and the interpreter at every level of its own code.
std::vector<Maker> makers() {
  std::vector<Maker> all;
  for (const std::string& cpu : cpus())
    all.push_back({"machine code, " + cpu, [jit = native_for(cpu)](const auto& source, bool grid) {
                     return jit->kernel(source, grid).value();
                   }});
  for (const vecmath::Native* level : vecmath::native_levels())
    all.push_back({"interpreter, " + std::string(level->level), [level](const auto& source, bool grid) {
                     return Kernel(std::make_shared<interpreter::Interpreted>(source.formula, source.axes,
                                                                              source.params, grid, *level));
                   }});
  return all;
}

// f(x) or f(x, y) with y from the same points in another order.
void compare_function(const Function& row, const Maker& maker, const std::vector<double>& x) {
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
  const Kernel kernel = maker.make({formula, axes, {}}, false);
  std::vector<const double*> pointers;
  for (const auto& column : columns) pointers.push_back(column.data());
  std::vector<double> y(x.size());
  kernel.eval({pointers, {}, x.size()}, y.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    Bindings bindings;
    for (std::size_t k = 0; k < row.arity; ++k) bindings.bind(axes[k], columns[k][i]);
    const double folded = evaluate(formula, bindings);
    if (!same_bits(folded, y[i])) {
      CAPTURE(maker.name);
      CAPTURE(row.name);
      CAPTURE(columns[0][i]);
      CHECK(folded == y[i]);
    }
  }
}

TEST_CASE("every function gives the same bits folded, interpreted and in kernels of every width") {
  const std::vector<double> x = sample_points();
  for (const Maker& maker : makers())
    for (const Function& row : functions::table())
      if (row.lowering != Lowering::call || maker.name.ends_with("native") || maker.name.ends_with("x86-64"))
        compare_function(row, maker, x);
}

// A formula of x and of a parameter, from text.
codegen::KernelSource source_of(const std::string& text, const Symbol& x, const Symbol& a) {
  sema::Scope scope;
  scope.definitions["x"] = {.name = "x", .body = Expr::variable(x)};
  scope.definitions["a"] = {.name = "a", .body = Expr::variable(a)};
  const Source source("<test>", text);
  const auto tree = syntax::parse(source, {0, static_cast<std::uint32_t>(text.size())}).value();
  return {simplify(sema::elaborate(tree, scope).value().value), {x}, {a}};
}

TEST_CASE("chunks of grids and batches of any length: the same bits from every maker") {
  RandomFormula formula(5);
  const Symbol x("x"), a("a");
  const std::vector<Maker> all = makers();
  const double params[] = {0.75};
  for (int i = 0; i < 60; ++i) {
    const codegen::KernelSource source = source_of(formula() + " + a*x", x, a);
    const Grid grid{-1.5 + i % 5, 0.001 * (1 + i % 3), 0, static_cast<std::uint64_t>(1 + i * 37 % 700)};
    std::vector<double> points(grid.count), first(grid.count), values(grid.count);
    for (std::size_t k = 0; k < points.size(); ++k)
      points[k] = std::fma(static_cast<double>(k), grid.step, grid.start);
    const double* axes[] = {points.data()};
    const double sum = all[0].make(source, true).grid_sum(grid, params);
    all[0].make(source, false).eval({axes, params, grid.count}, first.data());
    for (const Maker& maker : all) {
      CAPTURE(maker.name);
      CAPTURE(i);
      CHECK(same_bits(maker.make(source, true).grid_sum(grid, params), sum));
      maker.make(source, false).eval({axes, params, grid.count}, values.data());
      CHECK(std::ranges::equal(values, first, same_bits));
    }
  }
}

TEST_CASE("any formula at any point, NaN and infinities among them: folded or by any maker, the same bits") {
  const Symbol x("x"), a("a");
  const std::vector<double> points = sample_points();
  const double* axes[] = {points.data()};
  const double params[] = {0.75};
  const std::vector<Maker> all = makers();
  std::vector<std::string> texts{// choices between bounds: what optimizers think they know about
                                 "if(if(x > 6, 6, x) < 6, if(x > 6, 6, x), 6)",
                                 "if(6 > if(x > 6, 6, x), if(x > 6, 6, x), 6)",
                                 "if(if(x < a, a, x) > a, if(x < a, a, x), a)",
                                 "if(if(x >= 1, 1, x) <= 0, 0, if(x >= 1, 1, x))",
                                 "if(if(x > 6, 6, x) < 3, if(x > 6, 6, x), 3)",
                                 "if(if(x > 6, x, 6) > 3, if(x > 6, x, 3), 3)",
                                 "min(min(x, 2), 2)",
                                 "max(min(x, a), a)",
                                 "max(2, max(x, 2))",
                                 "min(max(x, 2), 2)",
                                 "if(abs(x) < 2, abs(x), 2)",
                                 "if(x == 0, 0, x)",
                                 "if(x != x, 1, x)",
                                 "if(-x < 0, x, -x)"};
  RandomFormula formula(23);
  for (int i = 0; i < 60; ++i) texts.push_back(formula());
  for (const std::string& text : texts) {
    CAPTURE(text);
    const codegen::KernelSource source = source_of(text, x, a);
    std::vector<double> expected, values(points.size());
    for (double point : points) {
      Bindings bindings;
      bindings.bind(x, point);
      bindings.bind(a, params[0]);
      expected.push_back(evaluate(source.formula, bindings));
    }
    for (const Maker& maker : all) {
      CAPTURE(maker.name);
      maker.make(source, false).eval({axes, params, points.size()}, values.data());
      CHECK(std::ranges::equal(values, expected, same_bits));
    }
  }
}

// What is exact to rounding: the sum of the batch, and the sum of the values' sizes.
struct BatchSum {
  double value, magnitude;
};
BatchSum sum_of_batch(const Kernel& kernel, const Grid& grid, std::span<const double> params) {
  std::vector<double> points(grid.count), values(grid.count);
  for (std::size_t k = 0; k < points.size(); ++k)
    points[k] = std::fma(static_cast<double>(grid.first + k), grid.step, grid.start);
  const double* axes[] = {points.data()};
  kernel.eval({axes, params, grid.count}, values.data());
  CompensatedSum sum, magnitude;
  for (const double value : values) {
    sum.add(value);
    magnitude.add(std::fabs(value));
  }
  return {sum.value(), magnitude.value()};
}

TEST_CASE("separated grids: the same bits from every maker, and within rounding the sum of the batch") {
  const Symbol x("x"), a("a");
  const double params[] = {0.75};
  const std::vector<Maker> all = makers();
  for (const std::string text :
       {"cos(x)", "sin(3*x + a)", "exp(-2*x)", "cos(a*x)*x", "x^3*exp(-x)", "exp(-x^2)", "sin(a*x^2 + x)",
        "exp(sin(x)*cos(3*x))/(1 + x^4)", "2^x + cosh(a*x)*sinh(x/2)", "exp(a)*exp(-a*(x - 1)^2)*cos(5*x)",
        "cos(x)*cos(2*x) + sinpi(x)*log(3 + x)", "x*sin(a*x^2) - x", "exp(a)*(x - a)^3*exp(x)/exp2(a)",
        "a*cos(x) + exp(x - x^2)*x", "sin(sqrt(x + 2))*cos(sqrt(x + 2)) - cos(sin(x))",
        "sin(1e9/x) + cos(1e9/x)/(2 + sin(exp(x)))", "1e300*x^2*exp(20*a + x)",
        "sin(cos(x)) + erf(x)*exp(a*x)", "exp(x^2)*(x < a)"}) {
    const codegen::KernelSource source = source_of(text, x, a);
    std::vector<Kernel> kernels;
    for (const Maker& maker : all) kernels.push_back(maker.make(source, true));
    for (std::uint64_t count : {1U, 7U, 1023U, 1024U, 1025U, 5000U, 20011U}) {
      const Grid grid{-1, 3.0 / 20011, 17, count};
      const auto [plain, magnitude] = sum_of_batch(kernels[0], grid, params);
      const double sum = kernels[0].grid_sum(grid, params);
      CAPTURE(text);
      CAPTURE(count);
      if (std::isfinite(magnitude))
        CHECK(std::fabs(sum - plain) <= 2e-15 * magnitude + 1e-15 * static_cast<double>(count));
      else
        CHECK(same_bits(sum, plain));
      for (std::size_t i = 0; i < all.size(); ++i) {
        CAPTURE(all[i].name);
        CHECK(same_bits(kernels[i].grid_sum(grid, params), sum));
      }
    }
  }
}

// The same formula without care for what is outside of the grid (analysis/near_form.h).
codegen::KernelSource near_source(const codegen::KernelSource& source, const Grid& grid, double param) {
  const double last = std::fma(static_cast<double>(grid.first + grid.count + 7), grid.step, grid.start);
  const auto [lo, hi] = std::minmax({std::fma(static_cast<double>(grid.first), grid.step, grid.start), last});
  const analysis::Known known[] = {{source.axes[0], {lo, hi}}, {source.params[0], Interval::point(param)}};
  return {analysis::near_form(source.formula, known).formula, source.axes, source.params};
}

TEST_CASE("grids with and without range knowledge: the same bits") {
  const Symbol x("x"), a("a");
  const std::vector<Maker> all = makers();
  const Maker& interpreter = all.back();
  const Grid grids[] = {
      {0, 0.01, 0, 157},      {-2, 0.001, 5, 4003}, {3, -0.002, 0, 1500}, {0x1p30, -1e4, 0, 2500},
      {5.9, -0.005, 0, 1185}, {700, 0.01, 0, 901},  {-0.0, -0.3, 0, 77},  {1, 0, 0, 1}};
  const double params[] = {0.75};
  RandomFormula formula(17);
  int different = 0;
  for (int i = 0; i < 3000; ++i) {
    const codegen::KernelSource source = source_of(formula(3) + " + a*x", x, a);
    const Grid& grid = grids[i % 8];
    const codegen::KernelSource near = near_source(source, grid, params[0]);
    if (near.formula == source.formula) continue;
    const bool compiled = different++ % 50 == 0;
    const double sum = interpreter.make(source, true).grid_sum(grid, params);
    CAPTURE(i);
    for (const Maker& maker : all)
      if (compiled || &maker == &interpreter)
        CHECK(same_bits(maker.make(near, true).grid_sum(grid, params), sum));
  }
  CHECK(different > 200);
}

TEST_CASE("separated grids with and without range knowledge: the same bits from every maker") {
  const Symbol x("x"), a("a");
  const double params[] = {0.75};
  const Grid grid{-1, 3.0 / 20011, 17, 20011};
  const std::vector<Maker> all = makers();
  for (const std::string text :
       {"cos(x)", "exp(sin(x)*cos(3*x))/(1 + x^4)", "log(3 + cos(x)^2)*exp(-x^2)", "exp(erf(x + 1)*cos(a*x))",
        "sin(cos(x)) + tanh(2 + x)*exp(a*x)", "log1p(exp(x)) + exp(a)*cos(a)*sin(x^2)",
        "cos(exp(x))*sin(exp(x)) + sin(x) + sin(1e9*x^3)/(2 + cos(1e9*x^3))"}) {
    const codegen::KernelSource source = source_of(text, x, a), near = near_source(source, grid, params[0]);
    CAPTURE(text);
    CHECK(near.formula != source.formula);
    const double sum = all[0].make(source, true).grid_sum(grid, params);
    for (const Maker& maker : all) {
      CAPTURE(maker.name);
      CHECK(same_bits(maker.make(near, true).grid_sum(grid, params), sum));
    }
  }
}

// Long enough for rows to be summed by their series: as a whole, in halves, and only in a part of them. On
// the last grid arguments are large: to round the middles of all rows in the same direction would show.
TEST_CASE("grids of series: the same bits from every maker, and within rounding the sum of the batch") {
  const Symbol x("x"), a("a");
  const double params[] = {0.75};
  const std::vector<Maker> all = makers();
  const Grid grids[] = {{0.25, 1e-6, 0, 131072},     {-1, 2e-5, 3, 100003}, {0.1, 3e-7, 1U << 20U, 65536},
                        {2, -1.5e-5, 0, 131071},     {0, 1e-5, 0, 4096},    {0.1, 1e-5, 77, 20011},
                        {2, 0.01 / 300000, 0, 65536}};
  for (const std::string text : {"log(1.5 + x)",
                                 "sqrt(abs(x))*atan(a*x)",
                                 "tanh(x)",
                                 "x^1.5",
                                 "erf(a + x)",
                                 "1/(1 + x^2)",
                                 "exp(sin(x)*cos(3*x))/(1 + x^4)",
                                 "exp(-x^2)",
                                 "sin(a*x^2)",
                                 "tan(x)*sqrt(2 - x)",
                                 "x^3 - a*x",
                                 "1/(x - 0.3)",
                                 "log(x)^2",
                                 "a^(x*x)/cbrt(x + a)",
                                 "sqrt(exp(a)*x + 3)",
                                 "1e-300*exp(5*x)/x",
                                 "((2.04 - x)^3)^7",
                                 "x < a ? 1 : exp(-x)",
                                 "min(x^2, a) + floor(9*x)/(3 + x)",
                                 "mod(x, a/5) + (x > 0.3 and not x > 0.5)*log(x + 2)"}) {
    const codegen::KernelSource source = source_of(text, x, a);
    std::vector<Kernel> kernels;
    for (const Maker& maker : all) kernels.push_back(maker.make(source, true));
    for (const Grid& grid : grids) {
      const double sum = kernels[0].grid_sum(grid, params);
      const BatchSum batch = sum_of_batch(kernels[0], grid, params);
      CAPTURE(text);
      CAPTURE(grid.count);
      if (std::isfinite(batch.magnitude))
        CHECK(std::fabs(sum - batch.value) <= 1e-15 * batch.magnitude);
      else
        CHECK(same_bits(sum, batch.value));
      for (std::size_t i = 1; i < all.size(); ++i) {
        CAPTURE(all[i].name);
        CHECK(same_bits(kernels[i].grid_sum(grid, params), sum));
      }
      const codegen::KernelSource near = near_source(source, grid, params[0]);
      CHECK(same_bits(all.front().make(near, true).grid_sum(grid, params), sum));
      CHECK(same_bits(all.back().make(near, true).grid_sum(grid, params), sum));
    }
  }
}

// Over ranges on which much goes wrong: poles, jumps, overflow and underflow. What is left of the difference
// is that of formulas which are as badly conditioned.
TEST_CASE("random formulas over long grids: with series and without the same within rounding") {
  const Symbol x("x"), a("a");
  const double params[] = {0.75};
  const Grid grids[] = {{0.1, 1e-6, 0, 40000},   {-3, 2e-3, 0, 20000},   {25, 1e-3, 0, 70000},
                        {1e5, 3e-4, 0, 70000},   {-500, 1e-2, 0, 20000}, {0.5, 1e-5, 0, 65536},
                        {0, 1.0 / 64, 0, 20000}, {2, -1e-5, 0, 140000}};
  RandomFormula formula(23);
  const auto jit = jit::Jit::create({.tier = Tier::interpreter}).value();
  int by_series = 0;
  for (int i = 0; i < 800; ++i) {
    const codegen::KernelSource source = source_of(formula(3) + " + a*x", x, a);
    if (!analysis::grid_form(source.formula, x).otherwise) continue;
    ++by_series;
    const Kernel with = jit->kernel(source, true).value(), without = jit->short_grid_kernel(source).value();
    const Grid& grid = grids[i % 8];
    const BatchSum batch = sum_of_batch(without, grid, params);
    if (!std::isfinite(batch.magnitude)) continue;
    constexpr double little = 1 + 0x1p-49;
    const Grid moved{grid.start * little, grid.step * little, grid.first, grid.count};
    const double change = std::fabs(sum_of_batch(without, moved, params).value - batch.value);
    if (!std::isfinite(change)) continue;
    CAPTURE(to_text(source.formula));
    CAPTURE(i % 8);
    CHECK(std::fabs(with.grid_sum(grid, params) - batch.value) <= 1e-13 * batch.magnitude + 2 * change);
  }
  CHECK(by_series > 300);
}

TEST_CASE("kernels for short grids: the same bits as those for any grid") {
  const Symbol x("x"), a("a");
  const double params[] = {0.75};
  for (const Tier tier : {Tier::native, Tier::interpreter}) {
    const auto jit = jit::Jit::create({.tier = tier}).value();
    for (const std::string text : {"log(1.5 + x)", "exp(-a*x^2)", "cos(x)*x", "floor(a*x)", "x^1.5"}) {
      const codegen::KernelSource source = source_of(text, x, a);
      const Kernel any = jit->kernel(source, true).value(),
                   short_ones = jit->short_grid_kernel(source).value();
      for (const std::uint64_t count : {1U, 5000U, 16383U}) {
        const Grid grid{0.25, 1e-6, 3, count};
        CAPTURE(text);
        CHECK(same_bits(any.grid_sum(grid, params), short_ones.grid_sum(grid, params)));
      }
    }
  }
}

// Sums, products and calls of functions of linear and quadratic arguments.
std::string random_separable(RandomFormula& other, std::mt19937_64& random) {
  static const char* const functions[] = {"sin", "cos", "exp", "cosh", "sinh", "exp2", "sinpi", "cospi"};
  static const char* const arguments[] = {"x", "3*x + 1", "-x^2", "x*(1 - x/3)", "x/7", "(x - 0.3)^2/4"};
  std::string text;
  for (int i = 0; i < 3; ++i) {
    text += std::string(i == 0 ? "" : random() % 2 == 0 ? " + " : "*") + functions[random() % 8] + "(";
    text += std::string(arguments[random() % 6]) + ")";
  }
  return random() % 3 == 0 ? "(" + text + ") + 1e-3*" + other(2) : text;
}

std::vector<double> values_of(const std::string& text, const std::string& cpu, const char* tier) {
  WorkspaceSettings settings;
  settings.cpu = cpu;
  settings.tier = tier;
  settings.cache = false;
  Workspace workspace = std::move(Workspace::create(settings)).value();
  std::vector<double> values;
  Listener listener;
  listener.report = [&](const Report& report) { values.push_back(report.value.value()); };
  listener.mistake = [](const Diagnostic& diagnostic) { FAIL(diagnostic.render()); };
  workspace.run(Source("<test>", text), listener);
  return values;
}

TEST_CASE(
    "200 random formulas over grids: the same bits in every tier, for any cpu and any number of threads") {
  RandomFormula formula(20261122);
  std::mt19937_64 random(3);
  std::string text;
  for (int i = 0; i < 200; ++i) {
    const std::string points = std::to_string(1 + random() % 300000);
    const std::string integrand = i % 2 == 0 ? formula() : random_separable(formula, random);
    const std::string grid = integrand + " + 0*x, x = " + std::to_string(i % 7 - 3) + ".." +
                             std::to_string(i % 11 + 1) + ", n_iter = " + points;
    for (const std::string jobs : {"1", "2", "3", "7"})
      text += "integrate(" + grid + ", n_jobs = " + jobs + ")\n";
    text += "integrate(" + grid + ", backend = serial)\n";
  }
  const std::vector<double> reference = values_of(text, cpus().front(), "native");
  REQUIRE(reference.size() == 1000);
  const auto compare = [&](const std::string& cpu, const char* tier) {
    const std::vector<double> values = values_of(text, cpu, tier);
    for (std::size_t i = 0; i < values.size(); ++i) {
      CAPTURE(cpu);
      CAPTURE(i);
      if (!same_bits(values[i], reference[i / 5 * 5])) CHECK(values[i] == reference[i / 5 * 5]);
    }
  };
  for (const std::string& cpu : cpus()) compare(cpu, "native");
  compare("native", "interpreter");
  compare("native", "auto");
}

}  // namespace
}  // namespace jitegral
