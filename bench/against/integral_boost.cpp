// An adaptive integral with Boost.Math, 21-point Gauss-Kronrod.
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "timing.h"

static volatile double b = 1.5707963267948966;

static double integrate(long) {
  const auto f = [](double x) { return std::cos(x) * x; };
  return boost::math::quadrature::gauss_kronrod<double, 21>::integrate(f, 0.0, b, 15, 1e-10);
}

int main() { return serve(integrate); }
