#include <cstddef>
#include <optional>

#include "syntax/parse.h"
#include "syntax/scanner.h"

namespace jitegral::syntax {
namespace {

// A newline ends a statement unless a bracket is open or the last sign asks for more.
class Splitter {
 public:
  void add(const Lexeme& lexeme) {
    if (lexeme.kind == Lex::newline) return depth_ == 0 && !wants_more(last_) ? finish() : void();
    if (lexeme.kind == Lex::semicolon && depth_ == 0) return finish();
    if (lexeme.kind == Lex::open) ++depth_;
    if (lexeme.kind == Lex::close && depth_ > 0) --depth_;
    if (!current_) current_ = lexeme.span;
    current_->end = lexeme.span.end;
    last_ = lexeme;
  }

  Statements done() {
    found_.complete = depth_ == 0 && !wants_more(last_);
    finish();
    return std::move(found_);
  }

 private:
  void finish() {
    if (current_) found_.spans.push_back(*current_);
    current_.reset();
    last_ = {};
  }

  Statements found_;
  std::optional<Span> current_;
  Lexeme last_;
  std::size_t depth_ = 0;
};

}  // namespace

Statements split(const Source& source) {
  const auto size = static_cast<std::uint32_t>(source.text().size());
  Scanner scanner(source.text(), {0, size});
  Splitter splitter;
  for (Lexeme lexeme = scanner.next(); lexeme.kind != Lex::end; lexeme = scanner.next()) splitter.add(lexeme);
  return splitter.done();
}

}  // namespace jitegral::syntax
