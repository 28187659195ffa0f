// Text that a person typed, and places in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace jitegral {

// A half-open range of bytes in a Source: [begin, end).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Line and column, both counted from 1; a column is one Unicode code point.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

// A text with a name to show in messages ("<input>", a file's path). Immutable and cheap to copy: copies
// share the text, so a Diagnostic or a Tree can hold its Source for as long as it lives. Thread-safe.
class Source {
 public:
  // `first_line` is the number of the text's first line, where it is a piece of a longer one.
  Source(std::string name, std::string text, std::size_t first_line = 1)
      : data_(std::make_shared<const Data>(Data{std::move(name), std::move(text), first_line})) {}

  [[nodiscard]] std::string_view name() const { return data_->name; }
  [[nodiscard]] std::string_view text() const { return data_->text; }
  // The bytes of `span`, cut to the text.
  [[nodiscard]] std::string_view slice(Span span) const;
  // Where a byte offset is. Offsets past the end give the position just after the last character.
  [[nodiscard]] Position position(std::size_t offset) const;
  // The line (without its newline) that holds a byte offset, as a span.
  [[nodiscard]] Span line_around(std::size_t offset) const;

 private:
  struct Data {
    std::string name;
    std::string text;
    std::size_t first_line;
  };
  std::shared_ptr<const Data> data_;
};

// One character of a UTF-8 text. A byte that starts no valid sequence is a character of its own, not `valid`.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 1;  // in bytes, at least 1
  bool valid = true;
};
CodePoint code_point_at(std::string_view text, std::size_t offset);

}  // namespace jitegral
