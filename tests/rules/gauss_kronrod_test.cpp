#include "rules/gauss_kronrod.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gk = jitegral::rules::gauss_kronrod;

namespace {

using Values = std::array<double, gk::points>;

Values nodes(double a, double b) {
  Values x{};
  gk::nodes(a, b, x);
  return x;
}

template <class F>
gk::Look look(double a, double b, F f, const double* noise = nullptr) {
  Values y = nodes(a, b);
  std::ranges::transform(y, y.begin(), f);
  return gk::look(a, b, y, noise);
}

}  // namespace

TEST_CASE("exact for polynomials up to degree 31") {
  for (int k = 0; k <= 32; ++k) {
    const auto got = look(-1, 2, [k](double x) { return std::pow(x, k); });
    const double exact = (std::pow(2.0, k + 1) - std::pow(-1.0, k + 1)) / (k + 1);
    CAPTURE(k);
    const double relative = std::fabs(got.estimate.value - exact) / got.estimate.magnitude;
    CHECK((relative <= 1e-14) == (k <= 31));
    CHECK(std::fabs(got.estimate.value - exact) <= got.estimate.error);
  }
}

TEST_CASE("nodes lie strictly inside, in order, on any panel") {
  const double inf = std::numeric_limits<double>::infinity();
  const double tiny = std::numeric_limits<double>::denorm_min();
  const std::pair<double, double> panels[] = {
      {0, 1},         {-1e308, 1e308},        {1, std::nextafter(1.0, inf) + 2e-16},
      {0, 4 * tiny},  {1e300, 1.0000001e300}, {-1, -1 + 1e-15},
      {-1e-320, 1e-5}};
  for (const auto& [a, b] : panels) {
    const Values x = nodes(a, b);
    CAPTURE(a);
    CHECK(std::ranges::is_sorted(x));
    CHECK(x.front() > a);
    CHECK(x.back() < b);
  }
  CHECK(nodes(-1, 1)[10] == 0);
}

TEST_CASE("smooth, rough and unseen") {
  CHECK_FALSE(look(0, 1, [](double x) { return std::exp(x); }).rough);
  CHECK_FALSE(look(0, 1, [](double) { return 3.0; }).rough);
  CHECK_FALSE(look(0, 1, [](double) { return 0.0; }).rough);
  CHECK(look(0, 1, [](double x) { return std::fabs(x - 0.3); }).rough);
  CHECK(look(0, 1, [](double x) { return x > 0.3 ? 1.0 : 0.0; }).rough);
  CHECK(look(0, 1, [](double x) { return std::sqrt(x); }).rough);
  CHECK(look(0, 1, [](double x) { return std::cos(300 * x); }).rough);
  CHECK(look(-1, 1, [](double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : 0.0; }).rough);
}

TEST_CASE("the error covers jumps, kinks and roots at every place between the outermost nodes") {
  for (int i = 1; i < 2000; ++i) {
    const double p = 0.0022 + (1 - 0.0044) * i / 2000;
    CAPTURE(p);
    const auto jump = look(0, 1, [p](double x) { return x > p ? 1.0 : 0.0; }).estimate;
    CHECK(std::fabs(jump.value - (1 - p)) <= jump.error);
    const auto kink = look(0, 1, [p](double x) { return std::fabs(x - p); }).estimate;
    CHECK(std::fabs(kink.value - (p * p + (1 - p) * (1 - p)) / 2) <= kink.error);
    const auto root = look(0, 1, [p](double x) { return std::sqrt(std::fabs(x - p)); }).estimate;
    CHECK(std::fabs(root.value - (std::pow(p, 1.5) + std::pow(1 - p, 1.5)) / 1.5) <= root.error);
  }
}

TEST_CASE("the interpolating polynomial at the ends") {
  const auto got = look(-1, 3, [](double x) { return std::exp(x); });
  CHECK(std::fabs(got.left - std::exp(-1.0)) <= got.blur);
  CHECK(std::fabs(got.right - std::exp(3.0)) <= got.blur);
  CHECK(got.blur <= 1e-10);
}

TEST_CASE("noise goes into the error and cannot be halved away") {
  Values noise{};
  noise.fill(1e-6);
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
