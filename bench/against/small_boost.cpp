// Small adaptive integrals with Boost.Math, 15-point Gauss-Kronrod.
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "small.h"
#include "timing.h"

static double integral(double a) {
  const auto f = [a](double x) { return std::cos(a * x) * x; };
  return boost::math::quadrature::gauss_kronrod<double, 15>::integrate(f, 0.0, small_end, 15, 1e-10);
}

static double all(long count) { return small_sum(integral, count); }

int main() { return serve(all); }
