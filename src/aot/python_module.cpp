#include "aot/python_module.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <set>

#include "aot/accuracy.h"
#include "expr/print.h"

namespace jitegral::aot {
namespace {

using codegen::Role;
using codegen::Table;
using codegen::Word;

// https://docs.python.org/3/reference/lexical_analysis.html#keywords
constexpr std::string_view keywords[] = {
    "False",  "None",     "True",   "and", "as",       "assert", "async",  "await",   "break",
    "class",  "continue", "def",    "del", "elif",     "else",   "except", "for",     "from",
    "global", "if",       "import", "in",  "is",       "lambda", "not",    "finally", "or",
    "pass",   "raise",    "return", "try", "nonlocal", "while",  "with",   "yield"};

bool is_keyword(std::string_view name) { return std::ranges::find(keywords, name) != std::end(keywords); }

// A module's name stands in a symbol, so it is plain.
bool is_module_name(std::string_view name) {
  auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
         std::ranges::all_of(name, fits) && !is_keyword(name);
}

// What one formula gives to the module: NAME + relative.
struct Relative {
  const char* suffix;
  const char* callee;
  std::string signature;
  std::string result;  // as a type hint
  std::string doc;
};

std::string parameters(const NamedFormula& one, const char* hint) {
  std::string list;
  for (const Symbol& variable : one.variables) {
    const std::string& name = variable.name();
    list += name + (is_keyword(name) ? "_" : "") + hint + ", ";
  }
  return list.empty() ? list : list + "/, ";
}

constexpr const char* about_values =
    "Takes numbers and buffers of doubles of one shape (array.array, NumPy arrays, memoryviews); a number "
    "stands\n"
    "for a whole buffer. Gives a float; for buffers a new NumPy array if one of them is one, else an "
    "array.array,\n"
    "or a memoryview of one with the same shape; or `out`, with the values in it. Large buffers are "
    "computed\n"
    "without the interpreter's lock.\n";
constexpr const char* about_missed =
    "With integrals inside, a value is nan, with a RuntimeWarning, if one of them missed its tolerance.\n";

std::vector<Relative> relatives(const NamedFormula& one, bool hints) {
  const char* real = hints ? ": float" : "";
  const std::string text = to_text(one.formula);
  const bool integral = one.formula->has_integral;
  std::vector<Relative> made;
  made.push_back(
      {"", "jtp_values",
       parameters(one, hints ? ": Any" : "") + (hints ? "*, out: Any = None" : "*, out=None"), "Any",
       text + "\n\n" + accuracy(one.formula, "") + "\n" + about_values + (integral ? about_missed : "")});
  std::string point = parameters(one, real);
  if (point.ends_with(", ")) point.resize(point.size() - 2);
  if (integral)
    made.push_back(
        {"_with_error", "jtp_with_error", point, "tuple[float, float]",
         "The value of " + text +
             "\nand a bound on the error that the integrals leave in it; the best value known, with a "
             "RuntimeWarning,\nif a tolerance was missed.\n"});
  if (one.variables.size() != 1) return made;
  made.push_back({"_integrate", "jtp_integrate", fmt::format("a{0}, b{0}, n{1}", real, hints ? ": int" : ""),
                  "float", "The left Riemann sum over n subintervals from a to b of\n" + text + "\n"});
  made.push_back({"_quad", "jtp_quad",
                  hints ? "a: float, b: float, abs_tol: float = 0.0, rel_tol: float = 1e-10"
                        : "a, b, abs_tol=0.0, rel_tol=1e-10",
                  "tuple[float, float]",
                  "The integral from a to b (infinite ones too) and a bound on its error, of\n" + text +
                      "\n\nAdaptive, until the error is at most the larger of abs_tol and rel_tol times the "
                      "integral's absolute value.\nIf that is missed, a RuntimeWarning comes with the best "
                      "value known.\n"});
  return made;
}

std::string gate_name(const NamedFormula& formula, const char* role) {
  return "jitegral." + formula.name + "." + role;
}

constexpr const char* cpu_gate = "jitegral.cpu";

std::string versions_text(const Order& order) {
  std::string text;
  for (const codegen::Target& target : order.targets) text += (text.empty() ? "" : ", ") + target.cpu;
  return text;
}

// Inside three quotes.
std::string quoted(const std::string& text) {
  std::string made;
  for (const char c : text) made += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  return made;
}

std::string module_doc(const Order& order) {
  return fmt::format(
      "Made by\n    {}\nfor {}: {}.\n\nJITEGRAL_CPU in the environment asks for one version by its name, "
      "before the "
      "import; __cpu__ is the one that runs.\n",
      order.command, order.targets[0].triple, versions_text(order));
}

// Under construction.
class ModuleTables {
 public:
  void add(const NamedFormula& formula) {
    const bool alone = formula.variables.size() == 1, heavy = formula.formula->has_integral;
    auto gate = [&](bool exists, const char* role) {
      return exists ? gate_name(formula, role) : std::string();
    };
    const std::string table = gate_name(formula, "python");
    made_.tables.push_back({.name = table,
                            .words = {text(formula.name), std::uint64_t{formula.variables.size()},
                                      std::uint64_t{heavy ? 1U : 0U}, gate(true, "columns"),
                                      gate(heavy, "point"), gate(alone, "integrate"), gate(alone, "quad")}});
    for (const Relative& one : relatives(formula, false)) add_method(formula.name + one.suffix, one, table);
  }

  codegen::Module finish(const Order& order) {
    words_.insert(words_.end(), 4, Word{std::uint64_t{0}});
    made_.tables.push_back({.name = "jitegral.methods", .words = std::move(words_)});
    made_.table = "jitegral.module";
    made_.tables.push_back({.name = made_.table,
                            .words = {text(order.module), text(module_doc(order)), "jitegral.methods",
                                      cpu_gate, text(versions_text(order))}});
    made_.entrance = "PyInit_" + order.module;
    return std::move(made_);
  }

 private:
  std::string text(const std::string& content) {
    std::string name = "jitegral.text" + std::to_string(made_.tables.size());
    made_.tables.push_back({.name = name, .text = content});
    return name;
  }

  // PyMethodDef
  void add_method(const std::string& name, const Relative& one, const std::string& table) {
    constexpr std::uint64_t fastcall_with_keywords = 0x82;
    std::string method = "jitegral." + name + ".method";
    made_.methods.push_back({method, one.callee, table});
    const std::string doc = fmt::format("{}({})\n--\n\n{}", name, one.signature, one.doc);
    words_.insert(words_.end(), {text(name), method, fastcall_with_keywords, text(doc)});
  }

  codegen::Module made_;
  std::vector<Word> words_;
};

Expected<void> check(std::span<const NamedFormula> formulas, const Order& order) {
  if (!is_module_name(order.module))
    return fail(Code::not_precompilable,
                {"'" + order.module + "'", "the name of a Python module is made of letters, digits and _"});
  std::set<std::string> seen;
  for (const NamedFormula& formula : formulas) {
    if (is_keyword(formula.name))
      return fail(Code::not_precompilable, {"'" + formula.name + "'", "in Python this name is not free"});
    for (const Relative& one : relatives(formula, false))
      if (!seen.insert(formula.name + one.suffix).second)
        return fail(Code::not_precompilable,
                    {"'" + formula.name + one.suffix + "'", "another function's relatives have this name"});
  }
  return {};
}

}  // namespace

void add_module_gates(codegen::Library& library, const NamedFormula& formula, const std::string& table) {
  auto add = [&](Role role, const char* name) {
    library.gates.push_back({gate_name(formula, name), role, formula.variables.size(), table});
  };
  add(Role::columns, "columns");
  if (formula.formula->has_integral) add(Role::point, "point");
  if (formula.variables.size() == 1) {
    add(Role::integrate, "integrate");
    add(Role::quad, "quad");
  }
}

Expected<codegen::Module> make_module(std::span<const NamedFormula> formulas, const Order& order) {
  TRY_VOID(check(formulas, order));
  ModuleTables tables;
  for (const NamedFormula& formula : formulas) tables.add(formula);
  return tables.finish(order);
}

std::string stub_text(std::span<const NamedFormula> formulas, const Order& order) {
  std::string text =
      fmt::format("\"\"\"Made by: {}\"\"\"\nfrom typing import Any\n\n__cpu__: str\n", quoted(order.command));
  for (const NamedFormula& formula : formulas)
    for (const Relative& one : relatives(formula, true))
      text += fmt::format("def {}{}({}) -> {}: ...\n", formula.name, one.suffix, one.signature, one.result);
  return text;
}

}  // namespace jitegral::aot
