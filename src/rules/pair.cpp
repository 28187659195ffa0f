// The error estimate from two rules is QUADPACK's: R. Piessens, E. de Doncker-Kapenga, C. W. Überhuber, D. K.
// Kahaner, QUADPACK (1983). The look at coefficients of high degree (null rules) follows J. Berntsen, T. O.
// Espelid, "Error estimation in automatic quadrature routines", ACM Trans. Math. Softw. 17 (1991), 233-252.
#include "rules/pair.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace jitegral::rules {

namespace {

constexpr double eps = std::numeric_limits<double>::epsilon();
constexpr double infinity = std::numeric_limits<double>::infinity();

// Half the length of [a, b]; b - a may overflow.
double half_length(double a, double b) {
  const double width = b - a;
  return std::isfinite(width) ? width / 2 : b / 2 - a / 2;
}

// All that needs the values only, in one pass: the two rules over [-1, 1], the sizes of the values, and what
// the factors of pair_tables.h say: coefficients, then the odd and even parts of the interpolating polynomial
// at 1.
struct Sums {
  double fine = 0;
  double coarse = 0;
  double magnitude = 0;  // the fine rule of |y|
  double largest = 0;    // |y|
  std::array<std::array<double, 2>, 5> parts{};
};

Sums sums(const Pair& pair, std::span<const double> y) {
  Sums s;
  const double* const mid = y.data() + pair.points / 2;
  for (std::size_t j = 0; j <= pair.points / 2; ++j) {
    const Pair::Row& row = pair.rows[j];
    const double up = mid[j], down = *(mid - j);
    const std::array<double, 2> both{up - down, up + down};  // the table halves the centre …
    const double even = j == 0 ? up : both[1];               // … but not for the rules
    const double size = std::fabs(up) + (j == 0 ? 0 : std::fabs(down));
    s.fine += row.fine * even;
    s.coarse += row.coarse * even;
    s.magnitude += row.fine * size;
    s.largest = std::max(s.largest, std::max(std::fabs(up), std::fabs(down)));
    for (std::size_t k = 0; k < 5; ++k)
      for (std::size_t i = 0; i < 2; ++i) s.parts[k][i] += row.factors[k][i] * both[i];
  }
  return s;
}

// The integral of g(y) over [-1, 1].
template <class G>
double fine_sum(const Pair& pair, std::span<const double> y, G g) {
  const std::size_t mid = pair.points / 2;
  double sum = pair.rows[0].fine * g(y[mid]);
  for (std::size_t j = 1; j <= mid; ++j) sum += pair.rows[j].fine * (g(y[mid + j]) + g(y[mid - j]));
  return sum;
}

// How large the coefficients of f are for the highest degrees, and for lower ones (pair_tables.h). Odd and
// even degrees are taken together, because one of them vanishes for an even or odd f; two pairs, because one
// may be small by accident.
struct Spectrum {
  double early;
  double late;
};

Spectrum spectrum(const Sums& s) {
  const auto pair = [&s](std::size_t k) { return std::fabs(s.parts[k][0]) + std::fabs(s.parts[k][1]); };
  return {.early = std::max(pair(0), pair(1)), .late = std::max(pair(2), pair(3))};
}

// What a rough f may hide from the rule, in units of the late coefficients. Measured with 21 points over
// jumps, kinks and roots at 40,000 places between the outermost nodes: 1.1 at most for jumps, 0.9 for
// kinks, 1.9 for roots.
constexpr double rough_factor = 2;

// The error of the fine rule, from its difference e to the coarse one and the mean deviation of f.
double quadpack_error(double e, double deviation) {
  if (e == 0 || deviation == 0) return e;
  const double q = 200 * e / deviation;
  return deviation * std::min(1.0, q * std::sqrt(q));
}

// What f changes by from node to node.
struct Rises {
  double variation;  // their sum
  double largest;
};

Rises rises(std::span<const double> y) {
  // Two sums at a time: one would wait for itself.
  std::array<double, 2> variations{}, steepest{};
  for (std::size_t i = 2; i < y.size(); i += 2) {
    for (std::size_t k = 0; k < 2; ++k) {
      const double rise = std::fabs(y[i - k] - y[i - k - 1]);
      variations[k] += rise;
      steepest[k] = std::max(steepest[k], rise);
    }
  }
  return {.variation = variations[0] + variations[1], .largest = std::max(steepest[0], steepest[1])};
}

// Whether quadpack_error(e, d) is below the floor whatever d may be. It is at most (200 e)^1.5 / sqrt(d), and
// d is at least a rise from one node to the next, times h and the smallest weight.
bool is_below(double floor, double e, double h, const Pair& pair, const Rises& rises) {
  const double deviation = h * pair.rows[pair.points / 2].fine * rises.largest, q = 200 * e;
  return q * q * q < floor * floor * deviation;
}

}  // namespace

void nodes(const Pair& pair, double a, double b, std::span<double> x) {
  const double c = std::midpoint(a, b);
  const double h = half_length(a, b);
  const std::size_t mid = pair.points / 2;
  for (std::size_t j = 0; j <= mid; ++j) {
    x[mid + j] = c + h * pair.x[j];
    x[mid - j] = c - h * pair.x[j];
  }
  if (a < x.front() && x.back() < b) return;
  const double first = std::nextafter(a, b);
  const double last = std::nextafter(b, a);
  for (double& t : x) t = std::max(first, std::min(t, last));
}

double integral(const Pair& pair, double a, double b, std::span<const double> y) {
  return half_length(a, b) * fine_sum(pair, y, [](double v) { return v; });
}

Look look(const Pair& pair, double a, double b, std::span<const double> y, const double* noise) {
  const double h = half_length(a, b);
  const Sums s = sums(pair, y);
  const double magnitude = h * s.magnitude;
  if (!std::isfinite(magnitude)) return not_finite(pair.points);

  const double e = h * std::fabs(s.fine - s.coarse);
  const auto [early, late] = spectrum(s);
  Look result;
  result.rough = late > early / pair.fall && late > 50 * eps * s.largest;
  const Rises change = rises(y);
  result.floor = roundoff(magnitude, std::max(std::fabs(a), std::fabs(b)), change.variation, change.largest);
  double error = 0;
  if (!is_below(result.floor, e, h, pair, change)) {
    const double mean = s.fine / 2;
    const double deviation = h * fine_sum(pair, y, [mean](double v) { return std::fabs(v - mean); });
    error = quadpack_error(e, deviation);
  }
  if (result.rough) error = std::max({error, e, rough_factor * h * late});
  error = std::max(error, result.floor);
  if (noise != nullptr) {
    const double noisy = integral(pair, a, b, {noise, pair.points});
    error += noisy;
    result.floor += noisy;
  }
  result.estimate = {.value = h * s.fine,
                     .error = std::isnan(error) ? infinity : error,
                     .magnitude = magnitude,
                     .evaluations = pair.points,
                     .finite = true};
  const auto [end_odd, end_even] = s.parts.back();
  result.left = end_even - end_odd;
  result.right = end_even + end_odd;
  result.unseen = pair.unseen();
  result.blur = 16 * late + 100 * eps * s.largest;
  return result;
}

}  // namespace jitegral::rules
