// Numbers as a person reads them.
#pragma once

#include <cstddef>
#include <string>

namespace jitegral::cli {

// The shortest text that reads back as the number; "nan" without a sign.
std::string value_text(double value);

// How many leading characters of value_text(value) an error leaves sure: a digit is sure if one unit of it is
// more than the error.
std::size_t sure_length(const std::string& text, double error);

// "12 s", "3.4 ms", "48 µs"
std::string duration_text(double seconds);

// "21", "1.05e+09"
std::string count_text(double count);

}  // namespace jitegral::cli
