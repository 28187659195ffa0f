#include "syntax/parse.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <typeinfo>
#include <utility>

#include <antlr4-runtime.h>

#include "JitegralParser.h"
#include "syntax/mistake.h"
#include "syntax/prescan.h"
#include "syntax/tokens.h"
#include "syntax/tree_builder.h"

namespace jitegral::syntax {
namespace {

using antlr4::Token;

// Ends the parse at the first mistake and remembers it.
class FirstMistake : public antlr4::DefaultErrorStrategy {
 public:
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
    stop_.offset = token->getStartIndex();
    for (const ssize_t type : expected.toList()) {
      stop_.expected.insert(parser->getVocabulary().getDisplayName(static_cast<std::size_t>(type)));
    }
    parser->removeParseListeners();
    throw antlr4::ParseCancellationException();
  }

  Stop stop_;
};

Span span(const Token* first, const Token* last) {
  return {static_cast<std::uint32_t>(first->getStartIndex()),
          static_cast<std::uint32_t>(last->getStopIndex() + 1)};
}
Span span(const Token* token) { return span(token, token); }

using P = JitegralParser;

Span span(const antlr4::ParserRuleContext& c) { return span(c.start, c.stop); }

void add(TreeBuilder& build, const P::NumberContext& c) { build.number(span(c)); }
void add(TreeBuilder& build, const P::ResultContext& c) { build.name(span(c)); }
void add(TreeBuilder& build, const P::NameOrCallContext& c) {
  const Span word = span(c.start);
  if (c.inputs == nullptr) return build.name(word);
  build.call(word, span(c.stop), c.inputs->items.size());
}
void add(TreeBuilder& build, const P::ArgumentContext& c) {
  if (c.equals != nullptr) build.named(span(c.equals));
}
void add(TreeBuilder& build, const P::GroupContext& c) { build.group(span(c)); }
void add(TreeBuilder& build, const P::SignContext& c) { build.unary(span(c.op)); }
void add(TreeBuilder& build, const P::NegationContext& c) { build.unary(span(c.op)); }
void add(TreeBuilder& build, const P::PowerContext& c) { build.binary(span(c.op)); }
void add(TreeBuilder& build, const P::ProductContext& c) { build.binary(span(c.op)); }
void add(TreeBuilder& build, const P::SumContext& c) { build.binary(span(c.op)); }
void add(TreeBuilder& build, const P::ConjunctionContext& c) { build.binary(span(c.op)); }
void add(TreeBuilder& build, const P::DisjunctionContext& c) { build.binary(span(c.op)); }
void add(TreeBuilder& build, const P::ComparisonContext& c) { build.comparison(span(c.op)); }
void add(TreeBuilder& build, const P::ConditionalContext& c) { build.conditional(span(c.op)); }
void add(TreeBuilder& build, const P::RangeContext& c) { build.range(span(c.dots)); }
void add(TreeBuilder& build, const P::ValueContext& c) {
  if (c.dots != nullptr) build.range(span(c.dots));
}
void add(TreeBuilder& build, const P::ListContext& c) { build.list(span(c), c.items.size()); }
void add(TreeBuilder& build, const P::LoopContext& c) {
  build.loop(span(c.keyword), span(c.variable), c.step != nullptr);
}
void add(TreeBuilder& build, const P::StatementContext& c) {
  if (c.plot != nullptr) return build.plot(span(c.plot), c.inputs->items.size(), c.loops.size());
  if (c.equals != nullptr) return build.definition(span(c.equals));
  build.evaluation(c.loops.size());
}

// What to do with a context, by its type: ANTLR's own listeners and visitors ask by dynamic_cast, which takes
// as long as the rest of a rule. Types are known by the place of their type_info, of which each has one: the
// contexts' virtual functions are all in one file.
struct Addition {
  const std::type_info* type;
  void (*add)(TreeBuilder&, const antlr4::ParserRuleContext&);
};

template <class... Contexts>
std::array<Addition, sizeof...(Contexts)> by_type() {
  return {Addition{&typeid(Contexts), [](TreeBuilder& build, const antlr4::ParserRuleContext& c) {
                     add(build, static_cast<const Contexts&>(c));
                   }}...};
}

// The frequent ones first.
const auto additions =
    by_type<P::ValueContext, P::NameOrCallContext, P::NumberContext, P::ArgumentContext, P::ProductContext,
            P::SumContext, P::PowerContext, P::GroupContext, P::SignContext, P::StatementContext,
            P::ResultContext, P::NegationContext, P::ConjunctionContext, P::DisjunctionContext,
            P::ComparisonContext, P::ConditionalContext, P::RangeContext, P::ListContext, P::LoopContext>();

// Hands the parser's events on to the builder. An exit event comes after those of the children, so nothing of
// the parse tree is needed and nothing here recurses.
class Events : public antlr4::tree::ParseTreeListener {
 public:
  explicit Events(TreeBuilder& builder) : build_(builder) {}

  void exitEveryRule(antlr4::ParserRuleContext* context) override {
    const auto found = std::ranges::find(additions, &typeid(*context), &Addition::type);
    if (found != additions.end()) found->add(build_, *context);
  }
  void enterEveryRule(antlr4::ParserRuleContext*) override {}
  void visitTerminal(antlr4::tree::TerminalNode*) override {}
  void visitErrorNode(antlr4::tree::ErrorNode*) override {}

 private:
  TreeBuilder& build_;
};

// Every decision of the grammar needs one token only, so what was decided for it once is looked up: ANTLR's
// own way there is through locks and a cache that it clears each time.
class Predictor final : public antlr4::atn::ParserATNSimulator {
 public:
  Predictor(antlr4::Parser& parser, antlr4::atn::ParserATNSimulator& usual)
      : ParserATNSimulator(&parser, parser.getATN(), usual.decisionToDFA, usual.getSharedContextCache()) {
    setPredictionMode(antlr4::atn::PredictionMode::SLL);
  }

  std::size_t adaptivePredict(antlr4::TokenStream* input, std::size_t decision,
                              antlr4::ParserRuleContext* context) override {
    const antlr4::dfa::DFA& known = decisionToDFA[decision];
    const antlr4::dfa::DFAState* const start =
        known.isPrecedenceDfa() ? known.getPrecedenceStartState(getParser()->getPrecedence()) : known.s0;
    if (start != nullptr)
      if (const auto next = start->edges.find(input->LA(1)); next != start->edges.end())
        if (const std::size_t alternative = answer(*next->second, context)) return alternative;
    return ParserATNSimulator::adaptivePredict(input, decision, context);
  }

 private:
  // 0 if there is none. Predicates stand in the order of the alternatives they allow.
  std::size_t answer(const antlr4::dfa::DFAState& state, antlr4::ParserRuleContext* context) {
    if (!state.isAcceptState) return 0;
    if (state.predicates.empty()) return state.prediction;
    for (const auto* allowed : state.predicates)
      if (allowed->pred->eval(getParser(), context)) return static_cast<std::size_t>(allowed->alt);
    return 0;
  }
};

// Makes no parse tree, not even the leaves that ANTLR makes for listeners.
class StatementParser final : public JitegralParser {
 public:
  StatementParser() : JitegralParser(nullptr) {
    removeErrorListeners();
    setBuildParseTree(false);
    setInterpreter(new Predictor(*this, *getInterpreter<antlr4::atn::ParserATNSimulator>()));
  }

  Token* consume() override {
    Token* const token = getCurrentToken();
    if (token->getType() != Token::EOF) getTokenStream()->consume();
    return token;
  }
};

// The one parser of the process, because making one takes as long as a short parse; and because the caches of
// ANTLR 4.9, which all parsers share, bear only one at a time.
class TheParser {
 public:
  TheParser() : lock_(mutex_), parser_(instance()) {}
  TheParser(const TheParser&) = delete;
  TheParser& operator=(const TheParser&) = delete;
  ~TheParser() { parser_.setTokenStream(nullptr); }  // frees what the parse left

  // Where and why it gave up, if it did.
  std::optional<Stop> run(Tokens& tokens, Events& events) {
    const auto mistake = std::make_shared<FirstMistake>();
    parser_.setTokenStream(&tokens);
    parser_.setErrorHandler(mistake);
    parser_.removeParseListeners();
    parser_.addParseListener(&events);
    try {
      parser_.statement();
    } catch (const antlr4::ParseCancellationException&) {
      return mistake->stop();
    }
    return std::nullopt;
  }

 private:
  static StatementParser& instance() {
    static StatementParser& parser = *new StatementParser;  // lives as long as the process
    return parser;
  }

  static inline std::mutex mutex_;
  std::scoped_lock<std::mutex> lock_;
  StatementParser& parser_;
};

}  // namespace

Expected<Tree> parse(const Source& source, Span span, const Limits& limits) {
  TRY(lexemes, prescan(source, span, limits));
  TreeBuilder builder(source, span);
  Events events(builder);
  Tokens tokens(lexemes, span.end);
  if (const auto stop = TheParser().run(tokens, events)) return std::unexpected(explain(source, span, *stop));
  return std::move(builder).finish();
}

}  // namespace jitegral::syntax
