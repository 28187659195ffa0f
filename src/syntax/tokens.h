// Lexemes as ANTLR's parser wants to read them.
#pragma once

#include <antlr4-runtime.h>

#include <span>
#include <string>
#include <vector>

#include "syntax/scanner.h"

namespace jitegral::syntax {

// All tokens of a statement, and EOF. Where ANTLR counts the characters of its input, these count the bytes
// of the whole Source.
class Tokens final : public antlr4::TokenStream {
 public:
  // `end`: where the statement ends.
  Tokens(std::span<const Lexeme> lexemes, std::uint32_t end);

  void consume() override { ++next_; }
  std::size_t LA(ssize_t i) override { return LT(i)->getType(); }
  antlr4::Token* LT(ssize_t k) override;
  antlr4::Token* get(std::size_t index) const override { return &tokens_[index]; }
  std::size_t index() override { return next_; }
  void seek(std::size_t index) override { next_ = index; }
  std::size_t size() override { return tokens_.size(); }
  // Everything stays in memory.
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}

  // Of use to messages that are not ours.
  std::string getSourceName() const override { return {}; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

 private:
  mutable std::vector<antlr4::CommonToken> tokens_;  // ANTLR asks for pointers to what it will not change
  std::size_t next_ = 0;
};

}  // namespace jitegral::syntax
