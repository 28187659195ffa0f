#include "syntax/parse.h"

#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <antlr4-runtime.h>

#include "JitegralBaseListener.h"
#include "JitegralLexer.h"
#include "JitegralParser.h"
#include "syntax/mistake.h"
#include "syntax/places.h"
#include "syntax/prescan.h"
#include "syntax/tree_builder.h"

namespace jitegral::syntax {
namespace {

using antlr4::Token;

// Ends the parse at the first mistake and remembers it.
class FirstMistake : public antlr4::DefaultErrorStrategy {
 public:
  explicit FirstMistake(const Places& places) : places_(places) {}
  [[nodiscard]] const Stop& stop() const { return stop_; }

  void sync(antlr4::Parser*) override {}
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& e) override {
    give_up(parser, e.getOffendingToken(), e.getExpectedTokens());
  }
  Token* recoverInline(antlr4::Parser* parser) override {
    give_up(parser, parser->getCurrentToken(), parser->getExpectedTokens());
  }

 private:
  // Leaving a rule by an exception fires its exit event too: nobody may listen any more.
  [[noreturn]] void give_up(antlr4::Parser* parser, const Token* token,
                            const antlr4::misc::IntervalSet& expected) {
    stop_.offset = places_.byte(token->getStartIndex());
    for (const ssize_t type : expected.toList()) {
      stop_.expected.insert(parser->getVocabulary().getDisplayName(static_cast<std::size_t>(type)));
    }
    parser->removeParseListeners();
    throw antlr4::ParseCancellationException();
  }

  const Places& places_;
  Stop stop_;
};

// Hands the parser's events on to the builder. An exit event comes after those of the children, so nothing of
// the parse tree is needed and nothing here recurses.
class Events : public JitegralBaseListener {
 public:
  Events(const Places& places, TreeBuilder& builder) : places_(places), build_(builder) {}

  void exitNumber(JitegralParser::NumberContext* c) override {
    build_.number(span(c->digits, c->point != nullptr ? c->point : c->digits));
  }
  void exitResult(JitegralParser::ResultContext* c) override { build_.name(span(c->mark, c->digits)); }
  void exitNameOrCall(JitegralParser::NameOrCallContext* c) override {
    const Span word = span(c->word->start);
    if (c->inputs == nullptr) return build_.name(word);
    build_.call(word, span(c->close), c->inputs->items.size());
  }
  void exitArgument(JitegralParser::ArgumentContext* c) override {
    if (c->equals != nullptr) build_.named(span(c->equals));
  }
  void exitGroup(JitegralParser::GroupContext* c) override { build_.group(span(c->open, c->close)); }
  void exitSign(JitegralParser::SignContext* c) override { build_.unary(span(c->op)); }
  void exitNegation(JitegralParser::NegationContext* c) override { build_.unary(span(c->op)); }
  void exitPower(JitegralParser::PowerContext* c) override { build_.binary(span(c->op)); }
  void exitProduct(JitegralParser::ProductContext* c) override { build_.binary(span(c->op)); }
  void exitSum(JitegralParser::SumContext* c) override { build_.binary(span(c->op)); }
  void exitConjunction(JitegralParser::ConjunctionContext* c) override { build_.binary(span(c->op)); }
  void exitDisjunction(JitegralParser::DisjunctionContext* c) override { build_.binary(span(c->op)); }
  void exitComparison(JitegralParser::ComparisonContext* c) override { build_.comparison(span(c->op)); }
  void exitConditional(JitegralParser::ConditionalContext* c) override { build_.conditional(span(c->op)); }
  void exitRange(JitegralParser::RangeContext* c) override { build_.range(span(c->dots)); }
  void exitValue(JitegralParser::ValueContext* c) override {
    if (c->dots != nullptr) build_.range(span(c->dots));
  }
  void exitList(JitegralParser::ListContext* c) override {
    build_.list(span(c->open, c->close), c->items.size());
  }
  void exitLoop(JitegralParser::LoopContext* c) override {
    build_.loop(span(c->keyword), span(c->variable->start), c->step != nullptr);
  }
  void exitStatement(JitegralParser::StatementContext* c) override {
    if (c->plot != nullptr) return build_.plot(span(c->plot), c->inputs->items.size(), c->loops.size());
    if (c->equals != nullptr) return build_.definition(span(c->equals));
    build_.evaluation(c->loops.size());
  }

 private:
  [[nodiscard]] Span span(const Token* first, const Token* last) const {
    return {places_.byte(first->getStartIndex()), places_.byte(last->getStopIndex() + 1)};
  }
  [[nodiscard]] Span span(const Token* token) const { return span(token, token); }

  const Places& places_;
  TreeBuilder& build_;
};

Expected<Tree> run_parser(const Source& source, Span statement) {
  const std::string text(source.slice(statement));
  const Places places(text, statement.begin);
  TreeBuilder builder(source, statement);
  Events events(places, builder);
  const auto mistake = std::make_shared<FirstMistake>(places);

  antlr4::ANTLRInputStream input(text);
  JitegralLexer lexer(&input);
  lexer.removeErrorListeners();
  antlr4::CommonTokenStream tokens(&lexer);
  JitegralParser parser(&tokens);
  parser.removeErrorListeners();
  parser.setErrorHandler(mistake);
  parser.setBuildParseTree(false);
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      antlr4::atn::PredictionMode::SLL);
  parser.addParseListener(&events);
  try {
    parser.statement();
  } catch (const antlr4::ParseCancellationException&) {
    return std::unexpected(explain(source, statement, mistake->stop()));
  }
  return std::move(builder).finish();
}

// ANTLR drops a byte order mark and would count from after it.
Span without_byte_order_mark(const Source& source, Span statement) {
  if (source.slice(statement).starts_with("\xEF\xBB\xBF")) statement.begin += 3;
  return statement;
}

}  // namespace

Expected<Tree> parse(const Source& source, Span span, const Limits& limits) {
  const Span statement = without_byte_order_mark(source, span);
  TRY_VOID(prescan(source, statement, limits));
  static std::mutex one_at_a_time;
  const std::scoped_lock lock(one_at_a_time);
  return run_parser(source, statement);
}

}  // namespace jitegral::syntax
