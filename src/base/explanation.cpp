#include "base/explanation.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace jitegral {
namespace {

constexpr std::array codes = {
#define DIAGNOSTIC(name, id, message) Code::name,
#include "base/diagnostics.def"
#undef DIAGNOSTIC
};

bool equal_without_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

}  // namespace

// No default: the compiler complains of a code without a row.
Explanation explanation(Code code) {
  switch (code) {
#define EXPLANATION(name, why, wrong, mended) \
  case Code::name:                            \
    return {why, wrong, mended};
#include "base/explanations.def"
#undef EXPLANATION
  }
  return {};
}

std::string pattern_text(Code code) {
  return Diagnostic{.code = code, .args = std::vector<std::string>(4, "…")}.message();
}

std::optional<Code> find_code(std::string_view text) {
  const auto* const found =
      std::ranges::find_if(codes, [&](Code code) { return equal_without_case(id(code), text); });
  if (found == codes.end()) return std::nullopt;
  return *found;
}

std::span<const Code> all_codes() { return codes; }

}  // namespace jitegral
