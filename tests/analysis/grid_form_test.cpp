// Grid forms: what is taken apart, what is left alone, and that every point keeps its value.
#include "analysis/grid_form.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "expr/evaluate.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "reading.h"

namespace jitegral {
namespace {

using analysis::GridForm;

struct Grid {
  double start, step;
  double first = 0;
  double count = GridForm::tile_points;
};

struct Read {
  Symbol x;
  Expr formula;
  GridForm form;

  explicit Read(const std::string& text) {
    const Reading reading = read_formula(text);
    x = reading.x;
    formula = simplify(reading.formula);
    form = analysis::grid_form(formula, x);
    if (form.otherwise) form = GridForm(*form.otherwise);  // what rows are not summed by: row_series_test.cpp
  }
};

void bind_all(Bindings& to, const std::vector<GridForm::Named>& values, const Bindings& from) {
  for (const auto& [symbol, value] : values) to.bind(symbol, evaluate(value, from));
}

bool is_valid(const GridForm& form, const Grid& grid) {
  const double half = 0.5 * (grid.count - 1);
  Bindings call;
  call.bind(form.middle, std::fma(grid.first + half, grid.step, grid.start));
  call.bind(form.radius, std::fabs(half * grid.step));
  call.bind(form.row_length, std::fabs(8.0 * form.columns * grid.step));
  return evaluate(form.valid, call) != 0;
}

// A point's value, from what stands for its row, its column and itself.
double value_at(const GridForm& form, const Bindings& named) {
  if (form.way == GridForm::Way::points) return evaluate(form.body, named);
  if (form.way == GridForm::Way::rows) return evaluate(form.row_sum, named);
  double value = 0;
  for (const auto& product : form.products) {
    double over_terms = 0;
    for (const auto& term : product.terms)
      over_terms =
          std::fma(evaluate(term.row, named), term.place ? evaluate(term.place, named) : 1, over_terms);
    value = std::fma(product.column ? evaluate(product.column, named) : 1, over_terms, value);
  }
  return value;
}

// The terms of one tile, point by point, straight from the header. A row's sum is linear in `sums`, so with
// the value of one column in their place it is the term of that column.
std::vector<double> separated_values(const Read& read, const Grid& grid) {
  const GridForm& form = read.form;
  std::vector<double> values;
  const int in_row = 8 * form.columns;
  for (int i = 0; i < GridForm::tile_points; ++i) {
    const double index = grid.first + i, row = grid.first + i / in_row * in_row;
    Bindings at;
    at.bind(read.x, std::fma(index, grid.step, grid.start));
    at.bind(form.offset, i % in_row * grid.step);
    at.bind(form.row_offset, i / in_row * in_row * grid.step);
    at.bind(form.row, std::fma(row, grid.step, grid.start));
    at.bind(form.tile, std::fma(grid.first, grid.step, grid.start));
    Bindings named = at;
    bind_all(at, form.once, at);
    for (const auto* list :
         {&form.once, &form.by_column, &form.by_place, &form.by_row, &form.by_tile_column, &form.sums})
      bind_all(named, *list, at);
    values.push_back(value_at(form, named));
  }
  return values;
}

using Exact = long double (*)(long double);
using Real = long double;

struct Case {
  const char* text;
  Exact exact;
  Exact amplitude;  // the error is in its ulp
};

double ulp_of(Real scale) {
  const auto value = static_cast<double>(scale);
  return std::nextafter(value, std::numeric_limits<double>::infinity()) - value;
}

// The largest error over some tiles in which points and arguments are exact.
double worst_error(const Case& one) {
  const Read read(one.text);
  CAPTURE(one.text);
  REQUIRE(read.form.way != GridForm::Way::plain);
  double worst = 0;
  for (const Grid& grid : {Grid{0, 0x1p-12}, Grid{-1, 0x1p-11}, Grid{3, 0x1p-14}, Grid{1.5, -0x1p-12},
                           Grid{0.25, 0x1p-20, 5000}, Grid{-2, 0x1p-10, 1024}}) {
    REQUIRE(is_valid(read.form, grid));
    double index = grid.first;
    for (const double value : separated_values(read, grid)) {
      const Real x = std::fma(index++, grid.step, grid.start);
      worst =
          std::max(worst, static_cast<double>(std::fabs(value - one.exact(x))) / ulp_of(one.amplitude(x)));
    }
  }

  return worst;
}

constexpr Real pi = std::numbers::pi_v<Real>;
Real one(Real) { return 1 - 0x1p-60L; }  // its ulp is that of the numbers just below 1

TEST_CASE("degree one: at most 4 ulp, of the value or of the amplitude") {
  const Case cases[] = {
      {"exp(x)", expl, expl},
      {"exp(1 - 2*x)", [](Real x) { return expl(1 - 2 * x); }, [](Real x) { return expl(1 - 2 * x); }},
      {"exp2(x)", exp2l, exp2l},
      {"2^x", exp2l, exp2l},
      {"exp10(x/2)", [](Real x) { return powl(10, x / 2); }, [](Real x) { return powl(10, x / 2); }},
      {"cosh(x)", coshl, coshl},
      {"sinh(x)", sinhl, coshl},
      {"cos(x)", cosl, one},
      {"sin(3*x + 1)", [](Real x) { return sinl(3 * x + 1); }, one},
      {"sinpi(x)", [](Real x) { return sinl(pi * x); }, one},
      {"cospi(2*x)", [](Real x) { return cosl(2 * pi * x); }, one}};
  for (const Case& one : cases) CHECK(worst_error(one) < 4);
}

TEST_CASE("degree two: at most 6 ulp") {
  const Case cases[] = {
      {"exp(-x^2)", [](Real x) { return expl(-x * x); }, [](Real x) { return expl(-x * x); }},
      {"exp(x*x/2 - 3*x)", [](Real x) { return expl(x * x / 2 - 3 * x); },
       [](Real x) { return expl(x * x / 2 - 3 * x); }},
      {"sin(x^2)", [](Real x) { return sinl(x * x); }, one},
      {"cos((x - 1)*(x + 2))", [](Real x) { return cosl((x - 1) * (x + 2)); }, one},
      {"cosh(x^2)", [](Real x) { return coshl(x * x); }, [](Real x) { return coshl(x * x); }}};
  for (const Case& one : cases) CHECK(worst_error(one) < 6);
}

TEST_CASE("near a zero of a sine the error is that of the row, not of the amplitude") {
  const Read read("sin(x)");
  const Grid grid{0, 1e-13};
  double index = 0;
  for (const double value : separated_values(read, grid)) {
    const double x = index++ * grid.step;
    CHECK(std::fabs(value - x) <= 4 * 0x1p-52 * x);
  }
}

std::string taken_apart(const std::string& text) {
  std::string all;
  for (const Expr& part : Read(text).form.separated) all += (all.empty() ? "" : ", ") + to_text(part);
  return all;
}

TEST_CASE("what is taken apart, and what is left alone") {
  const std::pair<const char*, const char*> table[] = {
      {"cos(x)*x", "cos(x)"},
      {"sin(3*x + 1)", "sin(3 * x + 1)"},
      {"x^3*exp(-x)", "exp(-x)"},
      {"exp(-x^2)", "exp(-(x * x))"},
      {"exp(sin(x)*cos(3*x))/(1 + x^4)", "sin(x), cos(3 * x)"},
      {"cos(y*x)", "cos(y * x)"},
      {"y^x", "y^x"},
      {"log(exp(x))", "exp(x)"},
      {"1/exp(x)", "exp(x)"},
      {"sqrt(x)*cos(x)", "cos(x)"},
      {"atan(sin(x))", "sin(x)"},
      {"cos(x)/(x^2 + 1)", "cos(x)"},
      {"x > 1 ? cos(x) : exp(x)", "cos(x), exp(x)"},
      // errors of the amplitude's size would show
      {"1/sin(x)", ""},
      {"sin(x)^-0.9", ""},
      {"sin(x)/x", ""},
      {"log(x)*sin(x)", ""},
      {"log(sin(x))", ""},
      {"sqrt(sin(x))", ""},
      {"cos(x)/(x^2 - 1)", ""},
      {"sin(x) + 1/sin(x)", ""},
      // a jump would move
      {"floor(exp(x))", ""},
      {"exp(x) < 2 ? 1 : 0", ""},
      // no addition theorem helps
      {"sin(x^3)", ""},
      {"exp(sqrt(x))", ""},
      {"exp(1/x)", ""},
      {"x^y", ""},
      {"tan(x)", ""},
      {"cos(y)", ""},
  };
  for (const auto& [text, expected] : table) {
    CAPTURE(text);
    CHECK(taken_apart(text) == expected);
  }
}

TEST_CASE("grids on which factors would overflow, or be far from 1, are not valid") {
  const auto valid = [](const char* text, const Grid& grid) { return is_valid(Read(text).form, grid); };
  CHECK(valid("exp(x)", {0, 1e-3, 0, 1e5}));
  CHECK(!valid("exp(x)", {0, 1e-2, 0, 1e5}));   // up to exp(1000)
  CHECK(!valid("exp(-x)", {0, 1e-2, 0, 1e5}));  // its reciprocal
  CHECK(!valid("exp(x)", {0, 0.1, 0, 1024}));   // rows of a factor exp(12.8)
  CHECK(valid("exp(-x^2)", {-10, 2e-4, 0, 1e5}));
  CHECK(!valid("exp(-x^2)", {-1000, 20, 0, 1024}));
  CHECK(!valid("exp(x)", {std::numeric_limits<double>::infinity(), 1e-3, 0, 1024}));
  CHECK(valid("cos(1e9*x)", {0, 0.125, 0, 1024}));
  CHECK(!valid("cosh(x)", {0, 0.004, 0, 1024}));
}

TEST_CASE("the way to sum") {
  using Way = GridForm::Way;
  const std::pair<const char*, Way> table[] = {
      {"cos(x)", Way::rows},
      {"x^3*exp(-x) + 2*sin(x)", Way::rows},
      {"y*exp(y)*cos(x)/exp(2*x) - x*(x - y)", Way::points},  // 1/exp(2*x) is no product
      {"exp(-x^2)", Way::products},
      {"x*exp(-x^2)", Way::products},
      {"x*sin(x^2)", Way::points},  // 8 terms
      {"cos(x)*exp(x - x^2)", Way::products},
      {"cos(x)/(1 + x^2)", Way::points},
      {"atan(sin(x))", Way::points},
      {"sin(x^2)*sin(2*x)*sin(3*x)", Way::points},  // 32 terms
      {"log(x)", Way::plain}};
  for (const auto& [text, way] : table) {
    CAPTURE(text);
    CHECK(Read(text).form.way == way);
  }
}

TEST_CASE("values that are the same at all points are computed once") {
  const GridForm form = Read("exp(y)*sqrt(y) + x + y").form;
  REQUIRE(form.once.size() == 1);
  CHECK(to_text(form.once[0].value) == "exp(y) * sqrt(y)");
  CHECK(form.separated.empty());
}

TEST_CASE("a formula of thousands of cosines keeps within its memory") {
  std::string text = "0";
  for (int i = 1; i < 2000; ++i) text += " + cos(" + std::to_string(i) + "*x)";
  CHECK(Read(text).form.way == GridForm::Way::plain);
}

}  // namespace
}  // namespace jitegral
