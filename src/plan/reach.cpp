#include "plan/reach.h"

#include <algorithm>
#include <cmath>

namespace jitegral::plan {
namespace {

// Where x lies in the mapped range: t of x = end ± (1-t)/t.
double mapped_point(double x, Reach reach, double lower, double upper) {
  switch (reach) {
    case Reach::finite:
      return x;
    case Reach::right:
      return 1 / (1 + (x - lower));
    case Reach::left:
      return 1 / (1 + (upper - x));
    case Reach::both:
      return 1 / (1 + std::fabs(x));
  }
  return x;
}

}  // namespace

Reach reach_of(double lower, double upper) {
  if (std::isinf(lower)) return std::isinf(upper) ? Reach::both : Reach::left;
  return std::isinf(upper) ? Reach::right : Reach::finite;
}

std::vector<double> first_panels(Reach reach, double lower, double upper, std::span<const double> points) {
  std::vector<double> ends = reach == Reach::finite ? std::vector{lower, upper} : std::vector{0.0, 1.0};
  if (points.empty()) return ends;
  const double first = ends.front(), last = ends.back();
  for (double point : points)
    if (point > lower && point < upper) {
      const double t = mapped_point(point, reach, lower, upper);
      if (t > first && t < last) ends.push_back(t);
    }
  std::ranges::sort(ends);
  const auto repeated = std::ranges::unique(ends);
  ends.erase(repeated.begin(), repeated.end());
  return ends;
}

}  // namespace jitegral::plan
