// The pair of rules and the error estimate are QUADPACK's QK21: R. Piessens, E. de Doncker-Kapenga, C. W.
// Überhuber, D. K. Kahaner, QUADPACK (1983); A. S. Kronrod, Nodes and Weights of Quadrature Formulas (1965).
// The look at coefficients of high degree (null rules) follows J. Berntsen, T. O. Espelid, "Error estimation
// in automatic quadrature routines", ACM Trans. Math. Softw. 17 (1991), 233-252. Nodes from gauss_kronrod.py.
#include "rules/gauss_kronrod.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "rules/gauss_kronrod_table.h"

namespace jitegral::rules::gauss_kronrod {

namespace {

constexpr double eps = std::numeric_limits<double>::epsilon();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t mid = points / 2;

// Half the length of [a, b]; b - a may overflow.
double half_length(double a, double b) {
  const double width = b - a;
  return std::isfinite(width) ? width / 2 : b / 2 - a / 2;
}

// Everything that is linear in the values, in one pass: the two rules over [-1, 1], the coefficients of
// table.h, and the even and odd parts of the interpolating polynomial at 1.
struct Sums {
  double kronrod = 0;
  double gauss = 0;
  std::array<double, 8> c{};
  double end_even = 0;
  double end_odd = 0;
};

Sums sums(std::span<const double, points> y) {
  Sums s;
  for (std::size_t j = 0; j <= mid; ++j) {
    const double even = j == 0 ? y[mid] : y[mid + j] + y[mid - j];
    const double odd = y[mid + j] - y[mid - j];
    const double pair = j == 0 ? 2 * even : even;  // the table halves the centre
    s.kronrod += table::kronrod[j] * even;
    s.gauss += table::gauss[j] * even;
    for (std::size_t k = 0; k < 4; ++k) s.c[k] += table::coefficient[j][k] * odd;
    for (std::size_t k = 4; k < 8; ++k) s.c[k] += table::coefficient[j][k] * pair;
    s.end_even += table::end_even[j] * pair;
    s.end_odd += table::end_odd[j] * odd;
  }
  return s;
}

// The integral of g(y) over [-1, 1].
template <class G>
double kronrod_sum(std::span<const double, points> y, G g) {
  double sum = table::kronrod[0] * g(y[mid]);
  for (std::size_t j = 1; j <= mid; ++j) sum += table::kronrod[j] * (g(y[mid + j]) + g(y[mid - j]));
  return sum;
}

// How large the coefficients of f are for the degrees 11 to 14, and for 17 to 20. Odd and even degrees are
// taken together, because one of them vanishes for an even or odd f; two pairs, because one may be small by
// accident.
struct Spectrum {
  double early;
  double late;
};

Spectrum spectrum(const std::array<double, 8>& c) {
  const auto pair = [&c](std::size_t k) { return std::fabs(c[k]) + std::fabs(c[k + 4]); };
  return {.early = std::max(pair(0), pair(1)), .late = std::max(pair(2), pair(3))};
}

// Six degrees further on, the coefficients of a function that is analytic in a Bernstein ellipse of parameter
// rho are rho^6 times smaller. QUADPACK's estimate becomes useful at about rho = 1.6, which is this factor of
// 16; a jump, a kink or a root never gets there.
constexpr double fall = 16;
// What a rough f may hide from the rule, in units of the late coefficients. Measured over jumps, kinks and
// roots at 40,000 places between the outermost nodes: 1.1 at most for jumps, 0.9 for kinks, 1.9 for roots.
constexpr double rough_factor = 2;

// The error of the 21-point rule, from its difference e to the 10-point rule and the mean deviation of f.
double quadpack_error(double e, double deviation) {
  if (e == 0 || deviation == 0) return e;
  const double q = 200 * e / deviation;
  return deviation * std::min(1.0, q * std::sqrt(q));
}

// What rounding does. 50 eps of the integral of |f| is QUADPACK's. And each node is off by eps/2 |x| at most,
// which moves f by as much times f': over the panel that is the total variation of f if all of them conspire,
// and as independent errors three standard deviations are the root of the sum of squares times sqrt(3).
double rounding(double a, double b, std::span<const double, points> y, double magnitude) {
  double variation = 0;
  double largest = 0;
  for (std::size_t i = 1; i < points; ++i) {
    const double rise = std::fabs(y[i] - y[i - 1]);
    variation += rise;
    largest = std::max(largest, rise);
  }
  // The sum of squares is at most variation times largest, without overflow in between.
  const double likely = std::sqrt(3 * variation) * std::sqrt(largest);
  const double farthest = std::max(std::fabs(a), std::fabs(b));
  return std::max(50 * eps * magnitude, eps / 2 * farthest * std::min(variation, likely));
}

Look not_finite() {
  Look result;
  result.estimate = {.value = std::numeric_limits<double>::quiet_NaN(),
                     .error = infinity,
                     .magnitude = infinity,
                     .evaluations = points,
                     .finite = false};
  result.rough = true;
  return result;
}

}  // namespace

void nodes(double a, double b, std::span<double, points> x) {
  const double c = std::midpoint(a, b);
  const double h = half_length(a, b);
  for (std::size_t j = 0; j <= mid; ++j) {
    x[mid + j] = c + h * table::x[j];
    x[mid - j] = c - h * table::x[j];
  }
  const double first = std::nextafter(a, b);
  const double last = std::nextafter(b, a);
  for (double& t : x) t = std::max(first, std::min(t, last));
}

double integral(double a, double b, std::span<const double, points> y) {
  return half_length(a, b) * kronrod_sum(y, [](double v) { return v; });
}

Look look(double a, double b, std::span<const double, points> y, const double* noise) {
  const double h = half_length(a, b);
  const Sums s = sums(y);
  const double mean = s.kronrod / 2;
  const double magnitude = h * kronrod_sum(y, [](double v) { return std::fabs(v); });
  const double deviation = h * kronrod_sum(y, [mean](double v) { return std::fabs(v - mean); });
  if (!std::isfinite(magnitude)) return not_finite();

  const double e = h * std::fabs(s.kronrod - s.gauss);
  const auto [early, late] = spectrum(s.c);
  const double largest = std::fabs(*std::ranges::max_element(y, {}, [](double v) { return std::fabs(v); }));
  Look result;
  result.rough = late > early / fall && late > 50 * eps * largest;
  result.floor = rounding(a, b, y, magnitude);
  double error = quadpack_error(e, deviation);
  if (result.rough) error = std::max({error, e, rough_factor * h * late});
  error = std::max(error, result.floor);
  if (noise != nullptr) {
    const double noisy =
        h * kronrod_sum(std::span<const double, points>(noise, points), [](double v) { return v; });
    error += noisy;
    result.floor += noisy;
  }
  result.estimate = {.value = h * s.kronrod,
                     .error = std::isnan(error) ? infinity : error,
                     .magnitude = magnitude,
                     .evaluations = points,
                     .finite = true};
  result.left = s.end_even - s.end_odd;
  result.right = s.end_even + s.end_odd;
  result.blur = 16 * late + 100 * eps * largest;
  return result;
}

}  // namespace jitegral::rules::gauss_kronrod
