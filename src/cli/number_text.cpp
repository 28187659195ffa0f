#include "cli/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace jitegral::cli {

std::string value_text(double value) { return std::isnan(value) ? "nan" : fmt::to_string(value); }

std::size_t sure_length(const std::string& text, double error) {
  const std::size_t mantissa = std::min(text.find_first_of("en"), text.size());  // inf and nan have no digits
  if (!(error > 0)) return text.size();
  if (mantissa == 0 || text.find_first_of("0123456789") > mantissa) return 0;
  int exponent = 0;  // stays so if there is none
  const char* digits = text.data() + std::min(mantissa + 1, text.size());
  std::from_chars(digits + (*digits == '+' ? 1 : 0), text.data() + text.size(), exponent);
  const std::size_t point = std::min(text.find('.'), mantissa);
  for (std::size_t at = 0; at < mantissa; ++at) {
    if (text[at] == '-' || text[at] == '.') continue;
    const auto behind = static_cast<std::ptrdiff_t>(at) - static_cast<std::ptrdiff_t>(point);
    const int place = exponent - static_cast<int>(behind < 0 ? behind + 1 : behind);
    if (std::pow(10.0, place) <= error) return at;
  }
  return text.size();
}

std::string duration_text(double seconds) {
  if (seconds >= 3600) return fmt::format("{:.3g} h", seconds / 3600);
  if (seconds >= 120) return fmt::format("{:.3g} min", seconds / 60);
  if (seconds >= 1) return fmt::format("{:.3g} s", seconds);
  if (seconds >= 1e-3) return fmt::format("{:.3g} ms", seconds * 1e3);
  return fmt::format("{:.3g} µs", seconds * 1e6);
}

std::string count_text(double count) {
  return count < 1e6 ? fmt::format("{}", count) : fmt::format("{:.3g}", count);
}

}  // namespace jitegral::cli
