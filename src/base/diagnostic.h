// A Diagnostic is what a person is told about a mistake in the input: a stable code, the place, and the
// pieces of text that fill the code's message. The codes and their messages stand in one table,
// diagnostics.def.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"

namespace jitegral {

// One enumerator for every row of diagnostics.def.
enum class Code : std::uint8_t {
#define DIAGNOSTIC(name, id, message) name,
#include "base/diagnostics.def"
#undef DIAGNOSTIC
};

// The stable spelling of a code, for example "E101".
std::string_view id(Code code);

struct Diagnostic {
  Code code{};
  Span span{};                     // the place in `source`; empty at the end of input
  std::vector<std::string> args;   // fill {0}, {1} … of the code's message
  std::vector<std::string> notes;  // each shown on a line of its own after the carets
  std::optional<Source> source;    // absent where no text was involved, e.g. an option's value

  // The message alone, without place or code.
  [[nodiscard]] std::string message() const;
  // Name, line and column, message, the line itself, carets and notes; several lines, no trailing newline.
  [[nodiscard]] std::string render() const;
  [[nodiscard]] Position position() const;
  Diagnostic note(std::string text) &&;
};

template <class T>
using Expected = std::expected<T, Diagnostic>;

// Shorthand for the failing side of an Expected.
std::unexpected<Diagnostic> fail(Code code, const Source& source, Span span,
                                 std::vector<std::string> args = {}, std::vector<std::string> notes = {});
std::unexpected<Diagnostic> fail(Code code, std::vector<std::string> args = {});

// The known name nearest to `name` by edit distance, if one is near enough to be what was meant.
std::optional<std::string_view> nearest(std::string_view name, std::span<const std::string_view> known);

}  // namespace jitegral

// TRY(value, expression): unwraps an Expected into a new `value`, or returns its Diagnostic to the caller.
#define JITEGRAL_JOIN_(a, b) a##b
#define JITEGRAL_JOIN(a, b) JITEGRAL_JOIN_(a, b)
#define TRY(target, ...)                                                      \
  auto JITEGRAL_JOIN(try_, __LINE__) = (__VA_ARGS__);                         \
  if (!JITEGRAL_JOIN(try_, __LINE__))                                         \
    return std::unexpected(std::move(JITEGRAL_JOIN(try_, __LINE__)).error()); \
  auto target = *std::move(JITEGRAL_JOIN(try_, __LINE__))
#define TRY_VOID(...)                                                                     \
  if (auto JITEGRAL_JOIN(try_, __LINE__) = (__VA_ARGS__); !JITEGRAL_JOIN(try_, __LINE__)) \
  return std::unexpected(std::move(JITEGRAL_JOIN(try_, __LINE__)).error())
