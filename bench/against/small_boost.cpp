// 10^5 small adaptive integrals with Boost.Math, 15-point Gauss-Kronrod.
#define REPEATS 11
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "small.h"
#include "timing.h"

static double integral(double a) {
  const auto f = [a](double x) { return std::cos(a * x) * x; };
  return boost::math::quadrature::gauss_kronrod<double, 15>::integrate(f, 0.0, small_end, 15, 1e-10);
}

static double all() { return small_sum(integral); }

int main() { measure("Boost gauss_kronrod, 15 points", "small", 1, all); }
