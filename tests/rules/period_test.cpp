#include "rules/period.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

using namespace jitegral::rules;

namespace {

constexpr double pi = std::numbers::pi;

template <class F>
Look look_at(const Period& period, double a, std::size_t n, F f) {
  std::vector<double> x(n), y(n);
  nodes(period, a, x);
  for (std::size_t i = 0; i < n; ++i) y[i] = f(x[i]);
  return look(period, a, 1, y, nullptr);
}

}  // namespace

TEST_CASE("the bound decides how many points there are") {
  const Period period{.length = 2 * pi, .harmonics = std::pow(40.0, 20)};
  CHECK(period.error(40) == doctest::Approx(1));
  CHECK(period.points_for(1) == 48);
  CHECK(period.points_for(1e30) == Period::first);
  CHECK(period.points_for(1e-30) == 0);
  CHECK(Period{}.points_for(1e300) == 0);
}

TEST_CASE("the first points are among those of every multiple") {
  const Period period{.length = 0.7};
  std::vector<double> first(Period::first);
  nodes(period, 0.1, first);
  for (const std::size_t m : {2UZ, 3UZ, 5UZ, 7UZ, 16UZ}) {
    std::vector<double> all(m * Period::first);
    nodes(period, 0.1, all);
    for (std::size_t i = 0; i < first.size(); ++i) CHECK(all[m * i] == first[i]);
  }
}

TEST_CASE("waves below the number of points vanish, that one is a constant, and the error says so") {
  const Period period{.length = 2 * pi, .harmonics = 0};
  for (const int k : {1, 5, 15, 17, 31}) {
    const Look look = look_at(period, 0.3, 16, [k](double x) { return 1 + std::cos(k * x); });
    CHECK(std::fabs(look.estimate.value - 2 * pi) <= look.estimate.error);
  }
  // cos(16*x) is 1 at all points; its harmonics are bounded by those of a derivative of order 20.
  const Period honest{.length = 2 * pi, .harmonics = 4 * pi * std::pow(16.0, 20)};
  const Look look = look_at(honest, 0, 16, [](double x) { return std::cos(16 * x); });
  CHECK(look.estimate.value == doctest::Approx(2 * pi));
  CHECK(look.estimate.error >= 2 * pi);
}

TEST_CASE("what the range is longer than the period counts") {
  const Period period{.length = 2 * pi, .excess = 1e-9, .harmonics = 0};
  const Look look = look_at(period, 0, 32, [](double x) { return std::exp(std::cos(x)); });
  const double exact = 7.95492652101284527 + 1e-9 * std::exp(1.0);
  CHECK(std::fabs(look.estimate.value - exact) <= look.estimate.error);
  CHECK(std::fabs(look.estimate.value - exact) < 1e-13);
  CHECK(look.estimate.error < 1e-10);
}
