#include "syntax/number.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <string>
#include <system_error>

namespace jitegral::syntax {
namespace {

// Whether a number outside of the range of double is too large, and not too small: the sign of its decimal
// exponent.
bool is_huge(std::string_view digits) {
  const std::size_t e = std::min(digits.find_first_of("eE"), digits.size());
  const std::size_t point = std::min(digits.find('.'), e);
  const std::size_t first = std::min(digits.find_first_of("123456789"), e);
  std::string_view written = digits.substr(std::min(e + 1, digits.size()));
  if (written.starts_with('+')) written.remove_prefix(1);
  const bool negative = written.starts_with('-');
  long long exponent = 0;
  const auto parsed = std::from_chars(written.data(), written.data() + written.size(), exponent);
  if (parsed.ec == std::errc::result_out_of_range) return !negative;
  return exponent + static_cast<long long>(point) - static_cast<long long>(first) > 0;
}

}  // namespace

double number_value(std::string_view text) {
  std::string digits(text);
  std::erase(digits, '_');
  double value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (parsed.ec != std::errc::result_out_of_range) return value;
  return is_huge(digits) ? std::numeric_limits<double>::infinity() : 0.0;
}

}  // namespace jitegral::syntax
