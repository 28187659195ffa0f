// Every function of vecmath against MPFR: random samples, hard points, special values, and the same bits
// everywhere. With VECMATH_REPORT=n in the environment the measured errors are printed, from n times as many
// samples.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <numbers>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "functions/function.h"
#include "vecmath/oracle.h"
#include "vecmath/vecmath.h"

namespace jitegral::vecmath {
namespace {

constexpr double kMax = std::numeric_limits<double>::max();
constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kMinNormal = std::numeric_limits<double>::min();
constexpr double kTiny = std::numeric_limits<double>::denorm_min();

using Lanes = std::array<double, kLanes>;

struct Body {
  std::string_view name;
  std::size_t arity;
  Block Native::* block;

  Lanes operator()(const Lanes& x, const Lanes& y, const Native& level = native()) const {
    const double* const args[] = {x.data(), y.data()};
    Lanes result;
    (level.*block)(args, result.data(), 1);
    return result;
  }
  double operator()(double x, double y, const Native& level = native()) const {
    return (*this)(all(x), all(y), level)[0];
  }

 private:
  static Lanes all(double x) {
    Lanes lanes;
    lanes.fill(x);
    return lanes;
  }
};

constexpr Body kFunctions[] = {
#define VECMATH1(name) {#name, 1, &Native::name},
#define VECMATH2(name) {#name, 2, &Native::name},
#define VECMATH_COLD(name)
#define VECMATH_NEAR1(name)  // these have a test of their own: tests/functions/near_test.cpp
#define VECMATH_NEAR2(name)
#define VECMATH_PAIR(one, other)
#include "vecmath/vecmath.def"
#undef VECMATH1
#undef VECMATH2
#undef VECMATH_COLD
};

const Body& function(std::string_view name) { return *std::ranges::find(kFunctions, name, &Body::name); }

enum class Spread { kUniform, kLog, kLogBothSigns };

struct Range {
  double low, high;
  Spread spread = Spread::kUniform;
};

constexpr Range kEverything{kTiny, kMax, Spread::kLogBothSigns};
constexpr Range kPositive{kTiny, kMax, Spread::kLog};

// Where a function is measured against the figure in its row: on its usual range (x, y) and on all of `wide`.
struct Promise {
  std::string_view name;
  Range usual;
  Range usual_y{};
  Range wide = kEverything;
  Range wide_y = kEverything;
};

constexpr Promise kPromises[] = {
    {"acos", {-1, 1}, {}, {1e-20, 1, Spread::kLogBothSigns}},
    {"acosh", {1, 10}, {}, {1, kMax, Spread::kLog}},
    {"asin", {-1, 1}, {}, {kTiny, 1, Spread::kLogBothSigns}},
    {"asinh", {-10, 10}},
    {"atan", {-10, 10}},
    {"atan2", {-10, 10}, {-10, 10}},
    {"atanh", {-1, 1}, {}, {kTiny, 1, Spread::kLogBothSigns}},
    {"cbrt", {-10, 10}},
    {"cos", {-100, 100}},
    {"cosh", {-10, 10}, {}, {1e-20, 720, Spread::kLogBothSigns}},
    {"cospi", {-10, 10}, {}, {kTiny, 1e17, Spread::kLogBothSigns}},
    {"erf", {-3, 3}, {}, {kTiny, 30, Spread::kLogBothSigns}},
    {"erfc", {-3, 3}, {}, {-7, 28}},
    {"exp", {-20, 20}, {}, {-750, 712}},
    {"exp10", {-10, 10}, {}, {-325, 310}},
    {"exp2", {-20, 20}, {}, {-1080, 1026}},
    {"expm1", {-2, 2}, {}, {kTiny, 720, Spread::kLogBothSigns}},
    {"hypot", {-10, 10}, {-10, 10}},
    {"log", {0, 10}, {}, kPositive},
    {"log10", {0, 10}, {}, kPositive},
    {"log1p", {-1, 10}},
    {"log2", {0, 10}, {}, kPositive},
    {"max", {-10, 10}, {-10, 10}},
    {"min", {-10, 10}, {-10, 10}},
    {"mod", {-10, 10}, {-3, 3}},
    {"pow", {0, 10}, {-10, 10}, {1e-5, 1e5, Spread::kLog}, {1e-3, 700, Spread::kLogBothSigns}},
    {"sign", {-10, 10}},
    {"sin", {-100, 100}},
    {"sinc", {-10, 10}, {}, {kTiny, 1e17, Spread::kLogBothSigns}},
    {"sinh", {-10, 10}, {}, {kTiny, 720, Spread::kLogBothSigns}},
    {"sinpi", {-10, 10}, {}, {kTiny, 1e17, Spread::kLogBothSigns}},
    {"tan", {-10, 10}},
    {"tanh", {-3, 3}, {}, {kTiny, 30, Spread::kLogBothSigns}},
};

const Promise& promise(std::string_view name) { return *std::ranges::find(kPromises, name, &Promise::name); }

class Sampler {
 public:
  double operator()(const Range& r) {
    const double u = std::ldexp(static_cast<double>(random_() >> 11), -53);
    if (r.spread == Spread::kUniform) return r.low + (r.high - r.low) * u;
    const double magnitude = between_bits(r.low, r.high, u);
    return r.spread == Spread::kLogBothSigns && random_() % 2 ? -magnitude : magnitude;
  }

 private:
  // Uniform in the bits is close to uniform in the logarithm, and reaches the subnormals.
  static double between_bits(double low, double high, double u) {
    const auto a = std::bit_cast<std::uint64_t>(low), b = std::bit_cast<std::uint64_t>(high);
    return std::bit_cast<double>(a + static_cast<std::uint64_t>(u * static_cast<double>(b - a)));
  }

  std::mt19937_64 random_{20240229};
};

struct Worst {
  double ulps = 0, x = 0, y = 0;

  void see(const Body& f, double at_x, double at_y, double result) {
    const double args[] = {at_x, at_y};
    const double e = oracle::ulp_error(f.name, std::span(args, f.arity), result);
    if (e > ulps) *this = {e, at_x, at_y};
  }
};

int report_factor() {
  const char* factor = std::getenv("VECMATH_REPORT");
  return factor == nullptr ? 0 : std::atoi(factor);
}

Worst worst_on(const Body& f, const Range& x, const Range& y, int blocks) {
  Worst worst;
  Sampler sample;
  for (int block = 0; block < blocks * std::max(1, report_factor()); ++block) {
    Lanes xs, ys;
    for (std::size_t i = 0; i < xs.size(); ++i) xs[i] = sample(x), ys[i] = sample(y);
    const Lanes result = f(xs, ys);
    for (std::size_t i = 0; i < xs.size(); ++i) worst.see(f, xs[i], ys[i], result[i]);
  }
  return worst;
}

void add_with_neighbours(std::vector<double>& out, double x, int reach) {
  out.push_back(x);
  for (double up = x, down = x; reach > 0; --reach) {
    out.push_back(up = std::nextafter(up, kInf));
    out.push_back(down = std::nextafter(down, -kInf));
  }
}

// Zeros, poles, thresholds, the ends of the number line.
std::vector<double> hard_points() {
  std::vector<double> p = {kInf, kNan, 0.0};
  for (const double x : {kTiny,
                         3e-320,
                         kMinNormal,
                         1e-300,
                         1e-20,
                         0x1p-54,
                         1e-9,
                         0.25,
                         0.3465735902799726,
                         0.41421356237309503,
                         0.5,
                         0.7071067811865476,
                         1.0,
                         1.4142135623730951,
                         1.5,
                         2.0,
                         2.414213562373095,
                         2.5,
                         3.0,
                         10.0,
                         22.0,
                         308.25471555991674,
                         323.3,
                         709.782712893384,
                         710.4758600739439,
                         744.4400719213812,
                         745.1332191019411,
                         1000.0,
                         1024.0,
                         1074.0,
                         0x1p30,
                         0x1p31,
                         1e15,
                         0x1p52,
                         0x1p53,
                         1e22,
                         6381956970095103.0 * 0x1p797,
                         1e300,
                         1e308}) {
    add_with_neighbours(p, x, 3);
  }
  p.push_back(kMax);
  for (const double k : {1.0, 2.0, 3.0, 4.0, 5.0, 11.0, 100.0, 355.0, 12345.0, 1e6, 1e8}) {
    add_with_neighbours(p, k * (std::numbers::pi / 2), 2);
  }
  const std::size_t n = p.size();
  for (std::size_t i = 0; i < n; ++i) p.push_back(-p[i]);
  return p;
}

Worst worst_on_hard_points(const Body& f) {
  Worst worst;
  const std::vector<double> xs = hard_points();
  const std::vector<double> ys = f.arity == 1 ? std::vector{0.0} : xs;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    for (std::size_t j = 0; j < ys.size(); j += f.arity == 1 ? 1 : 7) {
      const double y = ys[(j + i) % ys.size()];
      worst.see(f, xs[i], y, f(xs[i], y));
    }
  }
  return worst;
}

void report(std::string_view name, const char* where, const Worst& worst) {
  if (report_factor() == 0) return;
  std::printf("%-6.*s %-6s %.4f ulp at %.17g %.17g\n", static_cast<int>(name.size()), name.data(), where,
              worst.ulps, worst.x, worst.y);
}

void check(std::string_view name, const char* where, const Worst& worst) {
  report(name, where, worst);
  CAPTURE(name);
  CAPTURE(where);
  CAPTURE(worst.x);
  CAPTURE(worst.y);
  CHECK(worst.ulps <= functions::find(name)->ulp);
}

TEST_CASE("every function keeps its promise on its usual range") {
  for (const Body& f : kFunctions) {
    const Promise& p = promise(f.name);
    check(f.name, "usual", worst_on(f, p.usual, p.usual_y, 1500));
  }
}

TEST_CASE("every function keeps its promise far out") {
  for (const Body& f : kFunctions) {
    const Promise& p = promise(f.name);
    check(f.name, "wide", worst_on(f, p.wide, p.wide_y, 500));
  }
}

TEST_CASE("every function keeps its promise at hard points") {
  for (const Body& f : kFunctions) check(f.name, "hard", worst_on_hard_points(f));
}

TEST_CASE("functions computed together keep the promise of each") {
  constexpr Body together[] = {{"sin", 1, &Native::sin_pair}, {"cos", 1, &Native::cos_pair}};
  for (const Body& f : together) {
    const Promise& p = promise(f.name);
    check(f.name, "usual", worst_on(f, p.usual, p.usual_y, 1500));
    check(f.name, "wide", worst_on(f, p.wide, p.wide_y, 500));
    check(f.name, "hard", worst_on_hard_points(f));
  }
  CHECK(std::signbit(together[0](-0.0, 0)));
  CHECK(!std::signbit(together[0](0.0, 0)));
}

struct Special {
  std::string_view name;
  double x, y, result;
};

// Exact values, and the signs of zeros, which the oracle does not look at.
constexpr Special kSpecials[] = {
    {"sin", -0.0, 0, -0.0},
    {"tan", -0.0, 0, -0.0},
    {"sinpi", -0.0, 0, -0.0},
    {"sinpi", 3, 0, 0.0},
    {"sinpi", -2, 0, -0.0},
    {"cospi", 2.5, 0, 0.0},
    {"asin", -0.0, 0, -0.0},
    {"atan", -0.0, 0, -0.0},
    {"sinh", -0.0, 0, -0.0},
    {"tanh", -0.0, 0, -0.0},
    {"asinh", -0.0, 0, -0.0},
    {"atanh", -0.0, 0, -0.0},
    {"expm1", -0.0, 0, -0.0},
    {"log1p", -0.0, 0, -0.0},
    {"cbrt", -0.0, 0, -0.0},
    {"sign", -0.0, 0, -0.0},
    {"log", 1, 0, 0.0},
    {"log2", 1, 0, 0.0},
    {"log10", 1, 0, 0.0},
    {"acos", 1, 0, 0.0},
    {"acosh", 1, 0, 0.0},
    {"exp", -kInf, 0, 0.0},
    {"exp2", -kInf, 0, 0.0},
    {"exp10", -kInf, 0, 0.0},
    {"cos", 0, 0, 1},
    {"exp", 0, 0, 1},
    {"cosh", 0, 0, 1},
    {"cbrt", 27, 0, 3},
    {"log2", 0x1p-1074, 0, -1074},
    {"log10", 1e22, 0, 22},
    {"exp2", -1074, 0, kTiny},
    {"exp10", 22, 0, 1e22},
    {"atan2", 0.0, 1, 0.0},
    {"atan2", -0.0, 1, -0.0},
    {"atan2", 0.0, 0.0, 0.0},
    {"atan2", -0.0, 0.0, -0.0},
    {"atan2", 1, kInf, 0.0},
    {"atan2", -1, kInf, -0.0},
    {"pow", -0.0, -3, -kInf},
    {"pow", -0.0, 3, -0.0},
    {"pow", -0.0, 2, 0.0},
    {"pow", -0.0, -2, kInf},
    {"pow", -kInf, -3, -0.0},
    {"pow", -kInf, 3, -kInf},
    {"pow", -kInf, 0.5, kInf},
    {"pow", -1, kInf, 1},
    {"pow", 1, kNan, 1},
    {"pow", kNan, 0, 1},
    {"pow", -2, -1075, -0.0},
    {"pow", 0.5, kInf, 0.0},
    {"pow", -8, 1.0 / 3, kNan},
    {"pow", 10, 22, 1e22},
    {"hypot", -kInf, kNan, kInf},
    {"hypot", 3, -4, 5},
    {"hypot", -0.0, -0.0, 0.0},
    {"mod", 7, -3, -2},
    {"mod", -7, 3, 2},
    {"mod", -6, 3, 0.0},
    {"mod", 6, -3, -0.0},
    {"mod", 1, kInf, 1},
    {"mod", -1, kInf, kInf},
    {"mod", 1, 0, kNan},
    {"mod", kInf, 1, kNan},
    {"mod", 5.5, 2, 1.5},
    {"sinc", 0, 0, 1},
    {"sinc", kInf, 0, 0.0},
    {"min", kNan, 1, kNan},
    {"max", 1, kNan, kNan},
};

TEST_CASE("special values") {
  for (const Special& s : kSpecials) {
    const double result = function(s.name)(s.x, s.y);
    CAPTURE(s.name);
    CAPTURE(s.x);
    CAPTURE(s.y);
    CAPTURE(s.result);
    CAPTURE(result);
    if (std::isnan(s.result))
      CHECK(std::isnan(result));
    else
      CHECK(std::bit_cast<std::uint64_t>(result) == std::bit_cast<std::uint64_t>(s.result));
  }
}

// FNV-1a over the bits of all results; one NaN is like another.
std::uint64_t hash_of_results(const Native& level) {
  std::uint64_t hash = 0xcbf29ce484222325;
  Sampler sample;
  for (const Body& f : kFunctions) {
    for (int i = 0; i < 20000; ++i) {
      const Promise& p = promise(f.name);
      const double x = sample(i % 2 ? p.usual : p.wide), y = sample(i % 2 ? p.usual_y : p.wide_y);
      const double result = f(x, y, level);
      hash = (hash ^ std::bit_cast<std::uint64_t>(std::isnan(result) ? kNan : result)) * 0x100000001b3;
    }
  }
  return hash;
}

// The smaller log(x) is, the larger the powers that show its error.
TEST_CASE("pow: bases near 1 to large powers") {
  const Body& pow = function("pow");
  Worst worst;
  Sampler sample;
  for (int i = 0; i < 4000; ++i) {
    const double x = 1 + sample({0x1p-30, 0.05, Spread::kLogBothSigns});
    const double y = sample({1, 700, Spread::kLogBothSigns}) / std::log(x);
    worst.see(pow, x, y, pow(x, y));
  }
  check("pow", "near 1", worst);
  CHECK(worst.ulps <= 1);
}

// A changed function changes it: put in the new one.
constexpr std::uint64_t kHashOfResults = 13910491753505166890u;

TEST_CASE("the same bits at every level and on every machine") {
  for (const Native* level : native_levels()) {
    CAPTURE(level->level);
    CHECK(hash_of_results(*level) == kHashOfResults);
  }
}

TEST_CASE("blocks of many vectors, and in place") {
  constexpr std::size_t vectors = 3;
  for (const Native* level : native_levels()) {
    for (const Body& f : kFunctions) {
      std::array<double, vectors * kLanes> x, y;
      for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = 0.03 * static_cast<double>(i);
        y[i] = 1.5 - x[i];
      }
      const auto points = x;
      const double* const args[] = {x.data(), y.data()};
      const Block block = level->find(f.name);
      REQUIRE((block != nullptr));
      block(args, x.data(), vectors);
      CAPTURE(f.name);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double alone = f(points[i], y[i]);
        CHECK((x[i] == alone || (std::isnan(x[i]) && std::isnan(alone))));
      }
    }
  }
  CHECK((native().find("no such function") == nullptr));
}

}  // namespace
}  // namespace jitegral::vecmath
