#include "syntax/parse.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "syntax/letters.h"
#include "syntax/number.h"

using namespace jitegral;
using namespace jitegral::syntax;

namespace {

Expected<Tree> parse_all(const std::string& text) {
  return parse(Source("<input>", text), {0, static_cast<std::uint32_t>(text.size())});
}

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::number:
      return "number";
    case Kind::name:
      return "name";
    case Kind::unary:
      return "";
    case Kind::binary:
      return "";
    case Kind::comparison:
      return "compare";
    case Kind::conditional:
      return "?:";
    case Kind::call:
      return "call";
    case Kind::named:
      return "named";
    case Kind::range:
      return "..";
    case Kind::list:
      return "list";
    case Kind::loop:
      return "for";
    case Kind::evaluation:
      return "eval";
    case Kind::plot:
      return "draw";
    case Kind::definition:
      return "let";
    case Kind::function_definition:
      return "fun";
  }
  return "?";
}

std::string number_text(double value) {
  std::string out = std::to_string(value);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.ends_with('.')) out.pop_back();
  return out;
}

std::string one_node(const Node& node, const std::vector<std::string>& parts) {
  if (node.kind == Kind::number) return number_text(node.value);
  if (node.kind == Kind::name) return node.text;
  std::string out(kind_name(node.kind));
  if (!node.text.empty()) out += (out.empty() ? "" : " ") + node.text;
  for (const std::string& op : node.operators) out += ' ' + op;
  for (const NodeId child : node.children) out += ' ' + parts[child];
  return '(' + out + ')';
}

// As an S-expression; nodes come children first, so that one pass is enough.
std::string print(const Tree& tree) {
  std::vector<std::string> parts;
  for (NodeId id = 0; id < tree.size(); ++id) parts.push_back(one_node(tree.node(id), parts));
  return parts.back();
}

std::string printed(const std::string& text) {
  const auto tree = parse_all(text);
  return tree ? print(*tree) : tree.error().render();
}

// "E103 1:5"
std::string verdict(const std::string& text) {
  const auto tree = parse_all(text);
  if (tree) return "";
  const Position place = tree.error().position();
  return std::string(id(tree.error().code)) + ' ' + std::to_string(place.line) + ':' +
         std::to_string(place.column);
}

std::string message(const std::string& text) {
  const auto tree = parse_all(text);
  if (tree) return "";
  std::string out = tree.error().message();
  for (const std::string& note : tree.error().notes) out += " | " + note;
  return out;
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

struct Case {
  std::string text;
  std::string result;
};

}  // namespace

TEST_CASE("plots and earlier results") {
  CHECK(printed("plot f, 0..1") == "(draw plot f (.. 0 1))");
  CHECK(printed("plot x for x in [1]") == "(draw plot x (for x (list 1)))");
  CHECK(printed("7 % %1") == "(eval (% 7 %1))");
  CHECK(printed("%1^2") == "(eval (^ %1 2))");
}

TEST_CASE("statements and their trees") {
  const Case cases[] = {
      {"integrate(cos(x)*x, 0, pi/2)", "(eval (call integrate (* (call cos x) x) 0 (/ pi 2)))"},
      {"integrate(cos, 0, pi/2, n_iter = 10^6)",
       "(eval (call integrate cos 0 (/ pi 2) (named n_iter (^ 10 6))))"},
      {"integrate(x*y, x = 0..1, y = 0..x)",
       "(eval (call integrate (* x y) (named x (.. 0 1)) (named y (.. 0 x))))"},
      {"f(p = [0.3, 0.7], rule = simpson, q = [])",
       "(eval (call f (named p (list 0.3 0.7)) (named rule simpson) (named q (list))))"},
      {"a = 3", "(let a 3)"},
      {"f(t) = exp(-a*t^2)", "(fun f (call exp (* (- a) (^ t 2))) t)"},
      {"f(x, y) = x + y # a sum", "(fun f (+ x y) x y)"},
      {"2*integrate(f, -inf, inf)", "(eval (* 2 (call integrate f (- inf) inf)))"},
      {"f(x) for x in 0..1 step 0.25", "(eval (call f x) (for x (.. 0 1) 0.25))"},
      {"x*y for x in [0, 1, 5] for y in 0..x", "(eval (* x y) (for x (list 0 1 5)) (for y (.. 0 x)))"},
      {"g(0..1, [1])", "(eval (call g (.. 0 1) (list 1)))"},
      {"in = step", "(let in step)"},
      {"step for step in in..2 step step", "(eval step (for step (.. in 2) step))"},
      {"step(in) = in", "(fun step in in)"},
      {"-x^2", "(eval (- (^ x 2)))"},
      {"2^-3*4", "(eval (* (^ 2 (- 3)) 4))"},
      {"a^b**c", "(eval (^ a (^ b c)))"},
      {"(a^b)^c", "(eval (^ (^ a b) c))"},
      {"a-b-c", "(eval (- (- a b) c))"},
      {"a/b*c%d", "(eval (% (* (/ a b) c) d))"},
      {"a - -+b", "(eval (- a (- (+ b))))"},
      {"-a*b", "(eval (* (- a) b))"},
      {"a + b*c^d", "(eval (+ a (* b (^ c d))))"},
      {"0 < x <= 1", "(eval (compare < <= 0 x 1))"},
      {"(0 < x) < 1", "(eval (compare < (compare < 0 x) 1))"},
      {"0 < (x < 1)", "(eval (compare < 0 (compare < x 1)))"},
      {"a<(b<c<d)!=e>=f", "(eval (compare < != >= a (compare < < b c d) e f))"},
      {"a < b+1 == c", "(eval (compare < == a (+ b 1) c))"},
      {"not a and b or !c && d || e", "(eval (or (or (and (not a) b) (and (not c) d)) e))"},
      {"not a < b", "(eval (not (compare < a b)))"},
      {"not not a", "(eval (not (not a)))"},
      {"a ? b : c ? d : e", "(eval (?: a b (?: c d e)))"},
      {"a ? b ? c : d : e", "(eval (?: a (?: b c d) e))"},
      {"x > 0 ? x : -x", "(eval (?: (compare > x 0) x (- x)))"},
      {"if(c, a, b)", "(eval (call if c a b))"},
      {"1. + .5 + 1e-1 + 1_000 + 1.e2 + 5.e-1", "(eval (+ (+ (+ (+ (+ 1 0.5) 0.1) 1000) 100) 0.5))"},
      {"f(0..pi/2, 0.5..1., 1...5)", "(eval (call f (.. 0 (/ pi 2)) (.. 0.5 1) (.. 1 0.5)))"},
      {"π*∞ + τ₁ + x′ + é", "(eval (+ (+ (+ (* π ∞) τ₁) x′) é))"},
      {"f(1, # one\n  2) # two", "(eval (call f 1 2))"},
      {"f(x) =\n\n  x", "(fun f x x)"},
      {"(((x)))", "(eval x)"},
      {"\xEF\xBB\xBFx", "(eval x)"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(printed(c.text) == c.result);
  }
}

TEST_CASE("mistakes and their places") {
  const Case cases[] = {
      {"", "E104 1:1"},
      {"  # nothing", "E104 1:1"},
      {"cos()", "E103 1:5"},
      {"cos(,x)", "E103 1:5"},
      {"cos(x,)", "E103 1:7"},
      {"f() = 3", "E103 1:3"},
      {"*x", "E103 1:1"},
      {"1 + * 2", "E103 1:5"},
      {"1 +", "E104 1:4"},
      {"1 +  # more", "E104 1:4"},
      {"f(x) =", "E104 1:7"},
      {"a ? b", "E104 1:6"},
      {"a : b", "E103 1:3"},
      {"a or b ? c = d : e", "E103 1:12"},
      {"a = b = c", "E103 1:7"},
      {"2*x = 3", "E103 1:5"},
      {"2 = 3", "E103 1:3"},
      {"f(2*x) = 3", "E103 1:3"},
      {"f(x = 1) = 3", "E103 1:3"},
      {"integrate(2*x = 3)", "E103 1:15"},
      {"integrate((x) = 3)", "E103 1:15"},
      {"f(x = y = z)", "E103 1:9"},
      {"(x = 3)", "E103 1:4"},
      {"for x in 0..1", "E103 1:1"},
      {"x for", "E104 1:6"},
      {"x for x", "E104 1:8"},
      {"x for x in", "E104 1:11"},
      {"x for x in 5", "E104 1:13"},
      {"x for 2 in 0..1", "E103 1:7"},
      {"x for x on 0..1", "E103 1:9"},
      {"x for x in [1, 2] step 1", "E103 1:19"},
      {"x for x in 0..1 = 3", "E103 1:17"},
      {"f(x) = x for x in 0..1", "E103 1:10"},
      {"0..1", "E209 1:1"},
      {"a = 0..1", "E209 1:5"},
      {"[1, 2]", "E210 1:1"},
      {"f([1, [2]])", "E103 1:7"},
      {"(0..1)", "E103 1:3"},
      {"- not a", "E103 1:3"},
      {"a == not b", "E103 1:6"},
      {"a * !b", "E103 1:5"},
      {"2x", "E107 1:2"},
      {"2 x", "E107 1:3"},
      {"2(x+1)", "E107 1:2"},
      {"(x)(y)", "E107 1:4"},
      {"(x+1)2", "E107 1:6"},
      {"f(x)(y)", "E107 1:5"},
      {"2π x", "E107 1:2"},
      {"cos(π 2x)", "E103 1:7"},
      {"x y", "E103 1:3"},
      {"1 2", "E103 1:3"},
      {"π é", "E103 1:3"},
      {"f(1,\n  2 3)", "E103 2:5"},
      {"1,5", "E103 1:2"},
      {"x!", "E103 1:2"},
      {"x[1]", "E103 1:2"},
      {"x\ny", "E103 2:1"},
      {"cos(\xff)", "E101 1:5"},
      {"x²", "E102 1:2"},
      {"cos(sin(x)", "E105 1:4"},
      {"x)", "E106 1:2"},
      {"1.2.3", "E108 1:1"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(verdict(c.text) == c.result);
  }
}

TEST_CASE("mistakes in human words") {
  const Case cases[] = {
      {"cos()", "unexpected ')', expected an expression"},
      {"f(x 2)", "unexpected '2', expected an operator, ',' or ')' | a product is written x*2, a call x(2)"},
      {"f(p = [1 2])", "unexpected '2', expected an operator, ',' or ']'"},
      {"x for x in [1, 2] step 1", "unexpected 'step', expected the end of the statement"},
      {"(1 2)", "unexpected '2', expected an operator or ')'"},
      {"1 2", "unexpected '2', expected an operator or the end of the statement"},
      {"x for x in", "the statement ends too early, expected a range such as 0..1 or a list"},
      {"x for x in 5", "the statement ends too early, expected '..', as in 0..1"},
      {"x for 2", "unexpected '2', expected a name"},
      {"x for x = 0..1",
       "unexpected '=', expected 'in' | write == to compare; only a name or a function such as f(x) can be "
       "defined with ="},
      {"a ? b", "the statement ends too early, expected an operator or ':'"},
      {"a := 3",
       "unexpected ':', expected an operator or the end of the statement | write = to define, as in a = 3"},
      {"a <> b", "unexpected '>', expected an expression | write != for not equal"},
      {"2x", "multiplication must be written out: write 2*x"},
      {"2sin(x)", "multiplication must be written out: write 2*sin(x)"},
      {"f(x)(y)", "multiplication must be written out: write f(x)*(y)"},
      {"2sin(one + two + three + four)", "multiplication must be written out: write 2*sin(...)"},
      {"(one + two + three + four)x", "multiplication must be written out: write (...)*x"},
      {"1e",
       "'1e' is not a number | an exponent is a whole number, as in 1e-3; for the constant e write 1*e"},
      {"x × y", "unexpected character '×' (U+00D7) | write * for multiplication"},
      {"(1]", "this ']' closes nothing | the '(' at 1:1 is still open"},
      {"a == not b",
       "unexpected 'not', expected a number, a name or '(' | write brackets around it: (not b)"},
      {"1 " + std::string(100, '2'),
       "unexpected '" + std::string(40, '2') + "...', expected an operator or the end of the statement"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(message(c.text) == c.result);
  }
}

TEST_CASE("spans are byte offsets into the whole text") {
  const Source source("<input>", "α = 1\n  2*é^(β + 3)  # end\n");
  const Statements statements = split(source);
  REQUIRE(statements.spans.size() == 2);
  const auto tree = parse(source, statements.spans[1]);
  REQUIRE(tree);
  const Node& root = tree->node(tree->root());
  CHECK(source.slice(root.span) == "2*é^(β + 3)");
  const Node& product = tree->node(root.children[0]);
  CHECK(source.slice(product.head) == "*");
  const Node& power = tree->node(product.children[1]);
  CHECK(source.slice(power.span) == "é^(β + 3)");
  CHECK(source.slice(power.head) == "^");
  CHECK(source.slice(tree->node(power.children[1]).span) == "β + 3");
}

TEST_CASE("children come first and every node but the root has one parent") {
  const auto tree = parse_all("f(a<b<c<(d<e)<g, x = 0..1, [1,2]) ? -x : y for x in 0..1 step 2");
  REQUIRE(tree);
  std::vector<int> parents(tree->size());
  for (NodeId id = 0; id < tree->size(); ++id) {
    for (const NodeId child : tree->node(id).children) {
      CHECK(child < id);
      ++parents[child];
    }
  }
  for (NodeId id = 0; id < tree->root(); ++id) CHECK(parents[id] == 1);
  CHECK(parents[tree->root()] == 0);
}

TEST_CASE("the value of a number") {
  CHECK(number_value("1_000_000") == 1e6);
  CHECK(number_value("1.") == 1.0);
  CHECK(number_value("1.e5") == 1e5);
  CHECK(number_value(".5E-3") == .5e-3);
  CHECK(number_value("0.1") == 0.1);
  CHECK(number_value("4.9e-324") == 4.9e-324);
  CHECK(number_value("1e999") == HUGE_VAL);
  CHECK(number_value("0.0001e+400") == HUGE_VAL);
  CHECK(number_value("1" + repeated("0", 400)) == HUGE_VAL);
  CHECK(number_value("1e99999999999999999999") == HUGE_VAL);
  CHECK(number_value("1e-999") == 0.0);
  CHECK(number_value("1e-99999999999999999999") == 0.0);
  CHECK(number_value("0." + repeated("0", 400) + "1") == 0.0);
}

TEST_CASE("letters, marks and spaces of every script") {
  for (char32_t c = 0x80; c < 0x20000; ++c) {
    if (!is_letter(c) && !is_mark(c) && !is_space(c)) continue;
    std::string text = is_letter(c) ? "" : "x";
    if (c >= 0x10000) text += static_cast<char>(0xF0 | (c >> 18));
    if (c >= 0x800) text += static_cast<char>(c >= 0x10000 ? 0x80 | ((c >> 12) & 0x3F) : 0xE0 | (c >> 12));
    text += static_cast<char>(c >= 0x800 ? 0x80 | ((c >> 6) & 0x3F) : 0xC0 | (c >> 6));
    text += static_cast<char>(0x80 | (c & 0x3F));
    const auto tree = parse_all(text);
    CAPTURE(text);
    REQUIRE(tree);
    const std::string& name = tree->node(0).text;
    if (name != (is_space(c) ? "x" : text)) FAIL("read as " << name);
  }
}

TEST_CASE("as deep as the limit allows") {
  CHECK(verdict(repeated("(", 256) + "x" + repeated(")", 256)) == "");
  CHECK(verdict(repeated("(", 257) + "x" + repeated(")", 257)) == "E403 1:257");
  CHECK(verdict(repeated("x^", 256) + "x") == "");
  CHECK(verdict(repeated("-", 256) + "x") == "");
  CHECK(verdict(repeated("a?b:", 256) + "x") == "");
  CHECK(verdict(repeated("a?", 256) + "x" + repeated(":b", 256)) == "");
  // the deepest descent for each level: all left-associative operators around every call
  CHECK(verdict(repeated("0 or 0 and 0 == 0 + 0 * f(x = ", 256) + "x" + repeated(")", 256)) == "");
  CHECK(verdict(repeated("0 or 0 and 0 == 0 + 0 * f(x y, ", 256)).starts_with("E105"));
  CHECK(
      verdict(repeated("0 or 0 and 0 == 0 + 0 * f(", 256) + "x y" + repeated(")", 256)).starts_with("E103"));
}

TEST_CASE("long flat statements") {
  const auto start = std::chrono::steady_clock::now();
  const auto sum = parse_all("x" + repeated(" + x", 200'000));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  MESSAGE("200000 added terms: " << took.count() << " s");
  REQUIRE(sum);
  CHECK(sum->size() == 400'002);
  CHECK(verdict("x" + repeated(" + 2*x^3 - -y", 5'000)) == "");
  CHECK(verdict("x" + repeated(" < x", 20'000)) == "");
  CHECK(verdict("0" + repeated(" + (a ? b : c)", 5'000)) == "");
  CHECK(verdict("f(1" + repeated(", a ? b : c", 5'000) + ")") == "");
  CHECK(verdict("x" + repeated(" + x", 20'000) + " y") == "E103 1:80003");
}

TEST_CASE("garbage is refused, not crashed on") {
  const std::string alphabet = "x1.()[],=+-*/^<>!?:&|e_ \n#;for in step not and or \xCF\x80";
  std::uint64_t state = 1;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < round % 40; ++i) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      text += alphabet[(state >> 33U) % alphabet.size()];
    }
    const auto tree = parse_all(text);
    if (!tree) CHECK(tree.error().render().size() > 10);
  }
}

TEST_CASE("threads may parse at the same time") {
  std::vector<std::string> results(4);
  std::vector<std::jthread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&result] {
      for (int i = 0; i < 50; ++i) result = printed("integrate(cos(x)*x, 0, pi/2)");
    });
  }
  threads.clear();
  for (const std::string& result : results) CHECK(result == printed("integrate(cos(x)*x, 0, pi/2)"));
}
