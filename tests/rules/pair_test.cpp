#include "rules/pair.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "rules/clenshaw_curtis.h"
#include "rules/gauss_kronrod.h"

using namespace jitegral::rules;

namespace {

// Every pair there is.
void each(const std::function<void(const Pair&)>& body) {
  for (const auto& pairs : {std::span<const Pair>(gauss_kronrod), std::span<const Pair>(clenshaw_curtis)}) {
    for (const Pair& pair : pairs) {
      CAPTURE(pair.points);
      CAPTURE(pair.unseen());
      body(pair);
    }
  }
}

std::vector<double> nodes(const Pair& pair, double a, double b) {
  std::vector<double> x(pair.points);
  jitegral::rules::nodes(pair, a, b, x);
  return x;
}

template <class F>
Look look(const Pair& pair, double a, double b, F f, const double* noise = nullptr) {
  std::vector<double> y = nodes(pair, a, b);
  std::ranges::transform(y, y.begin(), f);
  return jitegral::rules::look(pair, a, b, y, noise);
}

// For the tests that are about what all pairs have in common.
template <class F>
Look look(double a, double b, F f, const double* noise = nullptr) {
  return look(gauss_kronrod_21, a, b, f, noise);
}

// How often the error is too small over jumps, kinks and roots between the outermost nodes: it is by accident
// that both the difference of the two rules and four coefficients are small at once.
int surprises(const Pair& pair) {
  int count = 0;
  const auto check = [&count](const Look& got, double exact) {
    if (!(std::fabs(got.estimate.value - exact) <= got.estimate.error)) ++count;
  };
  const double unseen = pair.unseen() + 1e-9;
  for (int i = 1; i < 2000; ++i) {
    const double p = unseen + (1 - 2 * unseen) * i / 2000;
    check(look(pair, 0, 1, [p](double x) { return x > p ? 1.0 : 0.0; }), 1 - p);
    check(look(pair, 0, 1, [p](double x) { return std::fabs(x - p); }), (p * p + (1 - p) * (1 - p)) / 2);
    check(look(pair, 0, 1, [p](double x) { return std::sqrt(std::fabs(x - p)); }),
          (std::pow(p, 1.5) + std::pow(1 - p, 1.5)) / 1.5);
  }
  return count;
}

}  // namespace

TEST_CASE("exact for polynomials up to the degree that each should have, and for no more") {
  const auto highest = [](const Pair& pair) {
    int k = 0;
    for (; k <= 99; ++k) {
      const auto got = look(pair, -1, 1, [k](double x) { return std::pow(x, k) + std::pow(x, k + k % 2); });
      const double exact = k % 2 == 0 ? 4.0 / (k + 1) : 2.0 / (k + 2);
      CHECK(std::fabs(got.estimate.value - exact) <= got.estimate.error);
      if (std::fabs(got.estimate.value - exact) > 3e-15) break;
    }
    return k - 1;
  };
  // Odd degrees are exact in any case. n Gauss nodes: 3n + 1, one more if n is odd; higher ones are out of
  // sight.
  CHECK(highest(gauss_kronrod[0]) == 22);
  CHECK(highest(gauss_kronrod[1]) == 30);
  CHECK(highest(clenshaw_curtis[0]) == 16);
}

TEST_CASE("nodes lie strictly inside, in order, on any panel") {
  const double inf = std::numeric_limits<double>::infinity();
  const double tiny = std::numeric_limits<double>::denorm_min();
  const std::pair<double, double> panels[] = {
      {0, 1},         {-1e308, 1e308},        {1, std::nextafter(1.0, inf) + 2e-16},
      {0, 4 * tiny},  {1e300, 1.0000001e300}, {-1, -1 + 1e-15},
      {-1e-320, 1e-5}};
  each([&](const Pair& pair) {
    for (const auto& [a, b] : panels) {
      const std::vector<double> x = nodes(pair, a, b);
      CAPTURE(a);
      CHECK(std::ranges::is_sorted(x));
      CHECK(x.front() > a);
      CHECK(x.back() < b);
    }
    CHECK(nodes(pair, -1, 1)[pair.points / 2] == 0);
  });
}

TEST_CASE("each Clenshaw-Curtis rule has all nodes of the one before") {
  for (std::size_t k = 1; k < std::size(clenshaw_curtis); ++k) {
    const auto coarse = nodes(clenshaw_curtis[k - 1], -0.3, 2.7), fine = nodes(clenshaw_curtis[k], -0.3, 2.7);
    for (std::size_t i = 0; i < coarse.size(); ++i) CHECK(coarse[i] == fine[2 * i]);
  }
}

TEST_CASE("smooth, rough and unseen") {
  each([](const Pair& pair) {
    const auto rough = [&](auto f) { return look(pair, 0, 1, f).rough; };
    CHECK_FALSE(rough([](double x) { return std::exp(x); }));
    CHECK_FALSE(rough([](double) { return 3.0; }));
    CHECK_FALSE(rough([](double) { return 0.0; }));
    CHECK(rough([](double x) { return std::fabs(x - 0.3); }));
    CHECK(rough([](double x) { return x > 0.3 ? 1.0 : 0.0; }));
    CHECK(rough([](double x) { return std::sqrt(x); }));
    CHECK(rough([](double x) { return std::pow(x, 1.5); }));
    CHECK(rough([](double x) { return std::cos(300 * x); }));
    CHECK(look(pair, -1, 1, [](double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : 0.0; }).rough);
  });
}

TEST_CASE("the error covers jumps, kinks and roots at every place between the outermost nodes") {
  CHECK(surprises(gauss_kronrod_21) == 0);
  each([](const Pair& pair) { CHECK(surprises(pair) <= 12); });  // of 5,997
}

TEST_CASE("the interpolating polynomial at the ends") {
  const auto got = look(-1, 3, [](double x) { return std::exp(x); });
  CHECK(std::fabs(got.left - std::exp(-1.0)) <= got.blur);
  CHECK(std::fabs(got.right - std::exp(3.0)) <= got.blur);
  CHECK(got.blur <= 1e-10);
}

TEST_CASE("noise goes into the error and cannot be halved away") {
  const std::vector<double> noise(gauss_kronrod_21.points, 1e-6);
  const auto got = look(0, 2, [](double x) { return x; }, noise.data());
  CHECK(got.estimate.error == doctest::Approx(2e-6));
  CHECK(got.floor == doctest::Approx(2e-6));
}

TEST_CASE("values that are not finite, or too large to sum") {
  for (const auto& bad :
       {look(-1, 1, [](double x) { return 1 / x; }), look(0, 2, [](double x) { return std::sqrt(x - 1); }),
        look(0, 1e10, [](double) { return 1e308; })}) {
    CHECK_FALSE(bad.estimate.finite);
    CHECK(bad.estimate.error == std::numeric_limits<double>::infinity());
  }
  const auto large = look(0, 1, [](double x) { return 1e307 * x; });
  CHECK(large.estimate.finite);
  CHECK(large.estimate.error < 1e295);
}
