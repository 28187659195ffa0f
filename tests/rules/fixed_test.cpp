#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "rules/combs.h"
#include "rules/rule.h"

using namespace jitegral::rules;

namespace {

template <class F>
double integrate(std::string_view rule, double a, double b, std::uint64_t n, F f) {
  double total = 0;
  for (const Comb& comb : find(rule)->combs(a, b, n)) {
    double sum = 0;
    for (std::uint64_t i = 0; i < comb.count; ++i)
      sum += f(std::fma(static_cast<double>(i), comb.step, comb.start));
    total += comb.weight * sum;
  }
  return total;
}

double power_integral(double a, double b, int k) {
  return (std::pow(b, k + 1) - std::pow(a, k + 1)) / (k + 1);
}

// The highest degree that the rule integrates exactly with n points; -1 if not even constants.
int degree(std::string_view rule, std::uint64_t n) {
  for (int k = 0; k <= 21; ++k) {
    const double got = integrate(rule, -0.5, 1.5, n, [k](double x) { return std::pow(x, k); });
    if (std::fabs(got - power_integral(-0.5, 1.5, k)) > 1e-13 * std::pow(1.5, k + 1)) return k - 1;
  }
  return 21;
}

}  // namespace

TEST_CASE("the table") {
  CHECK(table().front().name == "left");
  CHECK(find("left") == &table().front());
  CHECK(find("trapez") == nullptr);
  for (const Rule& rule : table()) {
    CAPTURE(rule.name);
    CHECK((rule.combs != nullptr || rule.panel != nullptr));
    CHECK(find(rule.name) == &rule);
    CHECK_FALSE(rule.doc.empty());
  }
}

TEST_CASE("each rule is exact for the polynomials it should be exact for, and for no more") {
  for (const std::uint64_t n : std::initializer_list<std::uint64_t>{1, 2, 3, 7, 10}) {
    CAPTURE(n);
    CHECK(degree("left", n) == 0);
    CHECK(degree("right", n) == 0);
    CHECK(degree("midpoint", n) == 1);
    CHECK(degree("trapezoid", n) == 1);
  }
  for (const std::uint64_t n : std::initializer_list<std::uint64_t>{2, 3, 4, 5, 6, 7, 8, 9}) {
    CAPTURE(n);
    CHECK(degree("simpson", n) == 3);
  }
  for (const std::uint64_t n : std::initializer_list<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) {
    CAPTURE(n);
    CHECK(degree("gauss", n) == static_cast<int>(2 * n - 1));
  }
  for (const std::uint64_t n : std::initializer_list<std::uint64_t>{2, 3, 4, 5, 8, 9, 15}) {
    CAPTURE(n);
    CHECK(degree("clenshaw_curtis", n) == static_cast<int>(n % 2 == 1 ? n : n - 1));
  }
  for (const std::uint64_t n : std::initializer_list<std::uint64_t>{31, 64, 65, 66, 100}) {
    CAPTURE(n);
    CHECK(degree("clenshaw_curtis", n) == 21);
  }
  CHECK(degree("gauss", 11) >= 19);
  CHECK(degree("gauss", 25) >= 19);
}

TEST_CASE("the classic loop") {
  const double pi = std::numbers::pi;
  const double got = integrate("left", 0, pi / 2, 1000, [](double x) { return std::cos(x); });
  CHECK(std::fabs(got - 1.0007851925466296) <= 1e-14);
}

TEST_CASE("a reversed range gives the opposite, an empty one nothing at all") {
  const auto f = [](double x) { return std::exp(x) + x; };
  for (const Rule& rule : table()) {
    if (rule.combs == nullptr) continue;
    CAPTURE(rule.name);
    CHECK(rule.combs(2, 2, 10).empty());
    const std::string mirror = rule.name == "left"    ? "right"
                               : rule.name == "right" ? "left"
                                                      : std::string(rule.name);
    for (const std::uint64_t n : std::initializer_list<std::uint64_t>{2, 6, 12}) {
      CHECK(integrate(rule.name, 2, -1, n, f) ==
            doctest::Approx(-integrate(mirror, -1, 2, n, f)).epsilon(1e-13));
    }
  }
}

TEST_CASE("points stay in the range, for any n and any range") {
  constexpr double huge = 1e308;
  const std::pair<double, double> ranges[] = {{0, 1},         {0.1, 0.7}, {-huge, huge},
                                              {1, 1 + 1e-15}, {3, -5},    {-1e-280, 1e-310}};
  for (const Rule& rule : table()) {
    if (rule.combs == nullptr) continue;
    CAPTURE(rule.name);
    for (const auto& [a, b] : ranges) {
      for (const std::uint64_t n : {2ULL, 3ULL, 7ULL, 10ULL, 49ULL, 1000ULL, 999'999'999'999'999ULL}) {
        CAPTURE(n);
        for (const Comb& comb : rule.combs(a, b, n)) {
          const double last = std::fma(static_cast<double>(comb.count - 1), comb.step, comb.start);
          CHECK(comb.start >= std::min(a, b));
          CHECK(comb.start <= std::max(a, b));
          CHECK(last >= std::min(a, b));
          CHECK(last <= std::max(a, b));
          CHECK(std::isfinite(comb.weight));
        }
      }
    }
  }
}

TEST_CASE("a range whose length overflows") {
  for (const std::string rule :
       {"left", "right", "midpoint", "trapezoid", "simpson", "gauss", "clenshaw_curtis"}) {
    CAPTURE(rule);
    CHECK(integrate(rule, -1e308, 1e308, 12, [](double) { return 1e-308; }) ==
          doctest::Approx(2).epsilon(1e-14));
  }
}
