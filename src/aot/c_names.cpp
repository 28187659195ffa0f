#include "aot/c_names.h"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace jitegral::aot {
namespace {

// clang-format off
constexpr std::string_view taken_names[] = {
    "_Bool", "_Complex", "_Imaginary", "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand",
    "bitor", "bool", "break", "case", "catch", "char", "char16_t", "char32_t", "char8_t", "class",
    "co_await", "co_return", "co_yield", "compl", "concept", "const", "const_cast", "consteval",
    "constexpr", "constinit", "continue", "decltype", "default", "delete", "do", "double", "dynamic_cast",
    "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if",
    "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr",
    "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast", "requires",
    "restrict", "return", "short", "signed", "sizeof", "static", "static_assert", "static_cast", "struct",
    "switch", "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename",
    "union", "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
    "fma", "rint", "roundeven", "memcpy", "memset", "memmove", "main", "floor", "ceil", "trunc", "nextafter",
};
// clang-format on

}  // namespace

bool is_c_name(std::string_view name) {
  auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  return std::ranges::all_of(name, fits) && std::ranges::find(taken_names, name) == std::end(taken_names) &&
         !name.starts_with("jtg_") && !name.starts_with("jtr_") && !name.starts_with("jts_") &&
         !name.starts_with("jitegral");
}

}  // namespace jitegral::aot
