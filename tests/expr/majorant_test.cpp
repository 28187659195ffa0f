// The majorant column of the table, against the functions themselves in the complex plane.
#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <string_view>
#include <vector>

#include "expr/evaluate.h"
#include "expr/expansion.h"

namespace jitegral {
namespace {

using Real = long double;
using Complex = std::complex<Real>;
constexpr Real pi = std::numbers::pi_v<Real>;
constexpr Real infinity = std::numeric_limits<Real>::infinity();

// By its power series, good to |z| = 4; not known far from there.
Complex erf_of(Complex z) {
  if (std::abs(z) > 6) return 0;
  Complex term = z, sum = z;
  for (int n = 1; n < 200; ++n) {
    term *= -z * z / static_cast<Real>(n);
    sum += term / static_cast<Real>(2 * n + 1);
  }
  return sum * (2 / std::sqrt(pi));
}

// A row in the complex plane around the real numbers, and how far from x its next singularity is.
struct Continued {
  std::string_view name;
  std::size_t argument;                 // 2: both
  Complex (*at)(Complex z, Complex y);  // y: the other argument
  Real (*reach)(Real x, Real y);        // 0 where the row has no value
};

Real everywhere(Real, Real) { return infinity; }
Real right_of_zero(Real x, Real) { return std::fmax(x, 0); }
Real from_zero(Real x, Real) { return std::fabs(x); }
Real from_one(Real x, Real) { return std::fmax(1 - std::fabs(x), 0); }
Real from_i(Real x, Real) { return std::hypot(x, Real(1)); }
Complex signed_cbrt(Complex z, Complex) {
  return z.real() < 0 ? -std::pow(-z, 1 / Real(3)) : std::pow(z, 1 / Real(3));
}

Real from_whole(Real x, Real) { return std::fabs(x - std::nearbyint(x)); }
Real from_half(Real x, Real) { return std::fabs(x - std::floor(x) - Real(0.5)); }
Complex constant(Real value) { return value; }

Complex least(Complex z, Complex y) { return z.real() < y.real() ? z : y; }
Complex most(Complex z, Complex y) { return z.real() > y.real() ? z : y; }
Real apart(Real x, Real y) { return std::fabs(x - y); }

const Continued continued[] = {
    {"sign", 0, [](Complex z, Complex) { return constant(z.real() > 0 ? 1 : -1); }, from_zero},
    {"floor", 0, [](Complex z, Complex) { return constant(std::floor(z.real())); }, from_whole},
    {"ceil", 0, [](Complex z, Complex) { return constant(std::ceil(z.real())); }, from_whole},
    {"round", 0, [](Complex z, Complex) { return constant(std::nearbyint(z.real())); }, from_half},
    {"trunc", 0, [](Complex z, Complex) { return constant(std::trunc(z.real())); },
     [](Real x, Real y) { return std::fabs(x) < 1 ? 1 - std::fabs(x) : from_whole(x, y); }},
    {"mod", 0, [](Complex z, Complex y) { return z - y * std::floor(z.real() / y.real()); },
     [](Real x, Real y) { return std::fabs(y) * from_whole(x / y, 0); }},
    {"abs", 0, [](Complex z, Complex) { return z.real() < 0 ? -z : z; }, from_zero},
    {"sqrt", 0, [](Complex z, Complex) { return std::sqrt(z); }, right_of_zero},
    {"cbrt", 0, signed_cbrt, from_zero},
    {"pow", 0, [](Complex z, Complex y) { return std::pow(z, y); },
     [](Real x, Real y) { return y == std::floor(y) || x > 0 ? std::fabs(x) : 0; }},
    {"min", 0, least, apart},
    {"min", 1, least, apart},
    {"min", 2, least, apart},
    {"max", 0, most, apart},
    {"max", 1, most, apart},
    {"max", 2, most, apart},
    {"pow", 2, [](Complex z, Complex y) { return std::pow(z, y); }, right_of_zero},
    {"pow", 1, [](Complex z, Complex x) { return std::pow(x, z); },
     [](Real, Real x) { return x > 0 ? infinity : 0; }},
    {"exp", 0, [](Complex z, Complex) { return std::exp(z); }, everywhere},
    {"exp2", 0, [](Complex z, Complex) { return std::pow(Complex(2), z); }, everywhere},
    {"exp10", 0, [](Complex z, Complex) { return std::pow(Complex(10), z); }, everywhere},
    {"expm1", 0, [](Complex z, Complex) { return std::exp(z); }, everywhere},
    {"log", 0, [](Complex z, Complex) { return std::log(z); }, right_of_zero},
    {"log2", 0, [](Complex z, Complex) { return std::log(z) / std::log(Real(2)); }, right_of_zero},
    {"log10", 0, [](Complex z, Complex) { return std::log10(z); }, right_of_zero},
    {"log1p", 0, [](Complex z, Complex) { return std::log(Real(1) + z); },
     [](Real x, Real) { return std::fmax(1 + x, 0); }},
    {"sin", 0, [](Complex z, Complex) { return std::sin(z); }, everywhere},
    {"cos", 0, [](Complex z, Complex) { return std::cos(z); }, everywhere},
    {"sinpi", 0, [](Complex z, Complex) { return std::sin(pi * z); }, everywhere},
    {"cospi", 0, [](Complex z, Complex) { return std::cos(pi * z); }, everywhere},
    {"tan", 0, [](Complex z, Complex) { return std::tan(z); },
     [](Real x, Real) { return std::fabs(std::remainder(x - pi / 2, pi)); }},
    {"asin", 0, [](Complex z, Complex) { return std::asin(z); }, from_one},
    {"acos", 0, [](Complex z, Complex) { return std::acos(z); }, from_one},
    {"atan", 0, [](Complex z, Complex) { return std::atan(z); }, from_i},
    {"sinh", 0, [](Complex z, Complex) { return std::sinh(z); }, everywhere},
    {"cosh", 0, [](Complex z, Complex) { return std::cosh(z); }, everywhere},
    {"tanh", 0, [](Complex z, Complex) { return std::tanh(z); },
     [](Real x, Real) { return std::hypot(x, pi / 2); }},
    {"asinh", 0, [](Complex z, Complex) { return std::asinh(z); }, from_i},
    {"acosh", 0, [](Complex z, Complex) { return std::acosh(z); },
     [](Real x, Real) { return std::fmax(x - 1, 0); }},
    {"atanh", 0, [](Complex z, Complex) { return std::atanh(z); }, from_one},
    {"erf", 0, [](Complex z, Complex) { return erf_of(z); }, everywhere},
    {"erfc", 0, [](Complex z, Complex) { return -erf_of(z); }, everywhere},
};

const Continued* continuation(std::string_view name, std::size_t argument) {
  for (const Continued& one : continued)
    if (one.name == name && one.argument == argument) return &one;
  return nullptr;
}

double bound_of(const Function& row, std::size_t argument, double x, double other, double radius) {
  std::vector<Expr> arguments{Expr::number(x)};
  if (row.arity == 2)
    arguments.insert(argument == 1 ? arguments.begin() : arguments.end(), Expr::number(other));
  const Expr value = Expr::apply(row, arguments);
  arguments.push_back(Expr::number(radius));
  return evaluate(expand(row.majorant[argument], arguments, value));
}

// The largest distance is on the circle; of two arguments, on the product of two circles.
Real distance(const Continued& f, Real x, Real other, Real radius) {
  constexpr int directions = 48, others = 7;
  const Complex middle = f.at(x, other);
  Real largest = 0;
  for (int i = 0; i < directions; ++i)
    for (int k = 0; k < (f.argument == 2 ? others : 1); ++k) {
      const Complex moved = f.argument == 2 ? std::polar(radius, 2 * pi * k / others) : 0;
      const Complex there = f.at(x + std::polar(radius, 2 * pi * i / directions), other + moved);
      largest = std::fmax(largest, std::abs(there - middle));
    }
  return largest;
}

TEST_CASE("majorants bound functions in discs, and say nothing where there is a singularity") {
  constexpr double places[] = {-3.1,   -1.5, -0.99, -0.3, -1e-3, 0,   1e-3, 0.2,  0.7, 1,
                               1.0001, 1.6,  2.5,   3.3,  40,    -40, 400,  -400, 746, -746};
  constexpr double radii[] = {1e-6, 1e-3, 0.05, 0.3, 0.69, 0.9, 1.2, 1.9, 30, 200, 700};
  constexpr double others[] = {-2, -0.5, 0.3, 1.5, 5};
  int bounds = 0;
  for (const Function& row : functions::table())
    for (std::size_t argument = 0; argument < row.majorant.size(); ++argument) {
      if (row.majorant[argument].empty()) continue;
      CAPTURE(row.name);
      const Continued* f = continuation(row.name, argument);
      REQUIRE(f != nullptr);
      int useful = 0;
      for (const double x : places)
        for (const double other : others)
          for (const double radius : radii) {
            if (row.arity == 1 && other != others[0]) continue;
            const double bound = bound_of(row, argument, x, other, radius);
            if (!(bound >= 0 && bound < 1e300) || f->reach(x, other) == 0) continue;
            CAPTURE(x);
            CAPTURE(radius);
            CAPTURE(other);
            CHECK(radius <= f->reach(x, other) * (1 + 1e-12));
            const Real found = distance(*f, x, other, radius * (1 - 1e-9));
            CHECK(found <= bound * (1 + 1e-9) + 1e-14);
            useful += bound <= 8 * static_cast<double>(found);
            ++bounds;
          }
      CHECK(useful > 15);
    }
  CHECK(bounds > 1500);
}

}  // namespace
}  // namespace jitegral
