// Options as numbers, and ranges that reach infinity.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "expr/evaluate.h"
#include "plan/schedule.h"
#include "plan/transform.h"

namespace jitegral {
namespace {

using Entry = Expr::IntegralOptions::Entry;

Expr::IntegralOptions written(std::vector<Entry> entries) {
  Expr::IntegralOptions options;
  options.entries = std::move(entries);
  return options;
}

Entry numeric(const char* name, double value) { return {name, {Expr::number(value)}, "", {}}; }
Entry word(const char* name, const char* value) { return {name, {}, value, {}}; }

TEST_CASE("n_iter means left, a fixed rule needs n_iter, an adaptive one refuses it") {
  CHECK(plan::resolve(written({}), {}, {})->rule->name == "auto");
  CHECK(plan::resolve(written({numeric("n_iter", 10)}), {}, {})->rule->name == "left");
  CHECK(plan::resolve(written({word("rule", "simpson")}), {}, {}).error().code == Code::rule_needs_n_iter);
  CHECK(plan::resolve(written({word("rule", "auto"), numeric("n_iter", 9)}), {}, {}).error().code ==
        Code::rule_without_n_iter);
}

TEST_CASE("values that make no sense are refused") {
  for (double bad : {0.0, -1.0, 2.5, 1e30, std::nan("")})
    CHECK(plan::resolve(written({numeric("n_iter", bad)}), {}, {}).error().code == Code::bad_option_value);
  CHECK(plan::resolve(written({numeric("tol", -1)}), {}, {}).error().code == Code::bad_option_value);
  CHECK(plan::resolve(written({numeric("n_jobs", 0.5)}), {}, {}).error().code == Code::bad_option_value);
  CHECK(plan::resolve(written({numeric("tol", 1e-3), numeric("n_jobs", 7)}), {}, {})->jobs.n_jobs == 7);
}

// The mapped integrand times dt is the original times dx, at any point.
void check_map(plan::Reach reach, double end, double sign) {
  const Symbol x("x");
  const Expr f =
      Expr::apply(*functions::find("exp"), {Expr::apply(*functions::find("negate"), {Expr::variable(x)})});
  const plan::Mapped mapped = plan::map_to_finite(f, x, reach);
  for (double t : {0.1, 0.5, 0.9}) {
    Bindings bindings;
    bindings.bind(mapped.variable, t);
    bindings.bind(mapped.end, end);
    const double distance = (1 - t) / t;
    double exact = std::exp(-(end + sign * distance));
    if (reach == plan::Reach::both) exact = std::exp(-distance) + std::exp(distance);
    CHECK(evaluate(mapped.integrand, bindings) == doctest::Approx(exact / (t * t)).epsilon(1e-14));
  }
}

TEST_CASE("infinite ranges are mapped with their Jacobian") {
  check_map(plan::Reach::right, 2, 1);
  check_map(plan::Reach::left, 2, -1);
  check_map(plan::Reach::both, 0, 1);
}

TEST_CASE("given points split the range, wherever it reaches") {
  plan::Options options;
  options.rule = rules::find("auto");
  options.points = {0.5, 3, -1};
  const double inf = std::numeric_limits<double>::infinity();
  CHECK(plan::make_schedule(true, options, 0, 1, {})->ends == std::vector{0.0, 0.5, 1.0});
  CHECK(plan::make_schedule(true, options, 0, inf, {})->ends == std::vector{0.0, 0.25, 1 / 1.5, 1.0});
  CHECK(plan::make_schedule(true, options, 1, 0, {})->sign == -1);
  options.n_iter = 10;
  options.rule = rules::find("left");
  CHECK(plan::make_schedule(true, options, 0, inf, {}).error().code == Code::infinite_grid);
}

}  // namespace
}  // namespace jitegral
