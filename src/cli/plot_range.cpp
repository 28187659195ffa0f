#include "cli/plot_range.h"

#include <fmt/format.h>

#include <vector>

namespace jitegral::cli {
namespace {

// Next to a pole values grow by leaps from point to point.
bool is_followed(const std::vector<double>& y, std::size_t i) {
  if (i == 0 || i + 1 >= y.size()) return false;
  const double leap = std::fabs(y[i]) / 4;
  return std::fabs(y[i] - y[i - 1]) <= leap && std::fabs(y[i] - y[i + 1]) <= leap;
}

}  // namespace

Extent shown_range(const Picture& picture) {
  Extent x;
  for (const Picture::Curve& curve : picture.curves)
    for (const double value : curve.x) x.add(value);
  if (x.low <= x.high) x.widen();
  return x;
}

Extent visible_values(const Picture& picture) {
  std::vector<double> values;
  Extent all, followed;
  for (const Picture::Curve& curve : picture.curves)
    for (std::size_t i = 0; i < curve.y.size(); ++i) {
      all.add(curve.y[i]);
      if (std::isfinite(curve.y[i])) values.push_back(curve.y[i]);
      if (is_followed(curve.y, i)) followed.add(curve.y[i]);
    }
  if (values.empty()) return {0, 1};
  std::ranges::sort(values);
  const double low = values[values.size() / 20], high = values[values.size() - 1 - values.size() / 20];
  const double reach = 3 * (high - low);
  if (high > low)
    all = {std::max(all.low, std::min(low - reach, followed.low)),
           std::min(all.high, std::max(high + reach, followed.high))};
  all.widen();
  return all;
}

std::string tick(double value, const Extent& axis) {
  const double size = std::max(std::fabs(axis.low), std::fabs(axis.high)) / (axis.high - axis.low);
  const double digits = std::clamp(3 + std::ceil(std::log10(size)), 4.0, 17.0);
  return fmt::format("{:.{}g}", value, static_cast<int>(digits));
}

}  // namespace jitegral::cli
