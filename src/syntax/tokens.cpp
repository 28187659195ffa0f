#include "syntax/tokens.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>

#include "JitegralParser.h"

namespace jitegral::syntax {
namespace {

using Literals = std::map<std::string, std::size_t, std::less<>>;

// The words and signs that the grammar knows by their spelling.
Literals literals() {
  const JitegralParser parser(nullptr);
  const antlr4::dfa::Vocabulary& vocabulary = parser.getVocabulary();
  Literals types;
  for (std::size_t type = 1; type <= vocabulary.getMaxTokenType(); ++type)
    if (const std::string quoted = vocabulary.getLiteralName(type); quoted.size() > 2)
      types.emplace(quoted.substr(1, quoted.size() - 2), type);
  return types;
}

std::size_t type_of(const Lexeme& lexeme) {
  static const Literals types = literals();
  if (lexeme.kind == Lex::number) return JitegralParser::NUMBER;
  if (const auto found = types.find(lexeme.text); found != types.end()) return found->second;
  return lexeme.kind == Lex::name ? JitegralParser::NAME : antlr4::Token::INVALID_TYPE;
}

}  // namespace

Tokens::Tokens(std::span<const Lexeme> lexemes, std::uint32_t end) {
  tokens_.reserve(lexemes.size() + 1);
  const auto add = [this](std::size_t type, Span span) {
    antlr4::CommonToken& token = tokens_.emplace_back(type);
    token.setTokenIndex(tokens_.size() - 1);
    token.setStartIndex(span.begin);
    token.setStopIndex(span.end - 1);
  };
  for (const Lexeme& lexeme : lexemes) add(type_of(lexeme), lexeme.span);
  add(antlr4::Token::EOF, {end, end});
}

antlr4::Token* Tokens::LT(ssize_t k) {
  if (k < 0) {
    const auto back = static_cast<std::size_t>(-k);
    return back <= next_ ? &tokens_[next_ - back] : nullptr;
  }
  return &tokens_[std::min(next_ + static_cast<std::size_t>(k) - 1, tokens_.size() - 1)];
}

}  // namespace jitegral::syntax
