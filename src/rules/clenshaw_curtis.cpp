// C. W. Clenshaw, A. R. Curtis, "A method for numerical integration on an automatic computer", Numer. Math. 2
// (1960), 197-205; weights of a fixed rule as in J. Waldvogel, "Fast construction of the Fejér and
// Clenshaw-Curtis quadrature rules", BIT 46 (2006), 195-202. Tables made by pairs.py.
#include "rules/clenshaw_curtis.h"

#include <numbers>

#include "rules/combs.h"
#include "rules/pair_tables.h"

namespace jitegral::rules {

// As for Gauss–Kronrod; the difference to half the points says more here, the coefficients' fall the same.
constexpr Pair clenshaw_curtis[3] = {
    {.points = 17, .x = pair_table::chebyshev_17_x, .rows = pair_table::chebyshev_17_rows, .fall = 100},
    {.points = 33, .x = pair_table::chebyshev_33_x, .rows = pair_table::chebyshev_33_rows, .fall = 16},
    {.points = 65, .x = pair_table::chebyshev_65_x, .rows = pair_table::chebyshev_65_rows, .fall = 16},
};

namespace {

// 1 - x^2/(a (a+1)) + x^4/(a … (a+3)) - …: the cosine for a = 1, sin(x)/x for a = 2; for 0 <= x <= pi/4.
double series(double x, int a) {
  double sum = 1;
  for (int k = a + 16; k >= a; k -= 2) sum = 1 - x * x / (k * (k + 1)) * sum;
  return sum;
}

// cos(pi j / n). The C library's functions do not come to the same bits on every machine.
double cosine(std::uint64_t j, std::uint64_t n) {
  const std::uint64_t k = j % (2 * n), mirrored = k > n ? 2 * n - k : k;  // 0 to n
  if (2 * mirrored > n) return mirrored == n ? -1 : -cosine(n - mirrored, n);
  const double unit = std::numbers::pi / static_cast<double>(2 * n);
  if (4 * mirrored <= n) return series(unit * static_cast<double>(2 * mirrored), 1);
  const double rest = unit * static_cast<double>(n - 2 * mirrored);
  return rest * series(rest, 2);
}

// The weight of node j of n + 1 over [-1, 1].
double weight(std::uint64_t j, std::uint64_t n) {
  double sum = 1;
  for (std::uint64_t k = 1; 2 * k <= n; ++k) {
    const auto square = static_cast<double>(4 * k * k);
    sum -= (2 * k == n ? 1 : 2) / (square - 1) * cosine(2 * j * k, n);
  }
  return (j == 0 || j == n ? 1 : 2) * sum / static_cast<double>(n);
}

}  // namespace

std::vector<Comb> clenshaw_curtis_combs(double a, double b, std::uint64_t n) {
  constexpr std::uint64_t most = 65, usual = 33;
  if (a == b || n < 2) return {};
  const std::uint64_t points = n <= most ? n : usual;
  const std::uint64_t panels = (n + points - 1) / points;
  const double half = step(a, b, 2 * static_cast<double>(panels));
  std::vector<Comb> combs;
  for (std::uint64_t j = 0; j + 1 < points; ++j)
    combs.push_back(tooth(a, half, panels, -cosine(j, points - 1), weight(j, points - 1)));
  // From b backwards, so that rounding never carries the last point past b.
  combs.push_back({.start = b, .step = -2 * half, .count = panels, .weight = weight(0, points - 1) * half});
  return without_empty(std::move(combs));
}

}  // namespace jitegral::rules
