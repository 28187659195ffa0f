#include "aot/object.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string_view>

#include "codegen/compile.h"
#include "expr/fold.h"
#include "expr/print.h"

namespace jitegral::aot {
namespace {

// Words that C or C++ keeps for itself, and functions that compiled code may call by name.
constexpr std::string_view taken_names[] = {"alignas",
                                            "alignof",
                                            "and",
                                            "and_eq",
                                            "asm",
                                            "auto",
                                            "bitand",
                                            "bitor",
                                            "bool",
                                            "break",
                                            "case",
                                            "catch",
                                            "char",
                                            "char8_t",
                                            "char16_t",
                                            "char32_t",
                                            "class",
                                            "co_await",
                                            "co_return",
                                            "co_yield",
                                            "compl",
                                            "concept",
                                            "const",
                                            "const_cast",
                                            "consteval",
                                            "constexpr",
                                            "constinit",
                                            "continue",
                                            "decltype",
                                            "default",
                                            "delete",
                                            "do",
                                            "double",
                                            "dynamic_cast",
                                            "else",
                                            "enum",
                                            "explicit",
                                            "export",
                                            "extern",
                                            "false",
                                            "float",
                                            "for",
                                            "friend",
                                            "goto",
                                            "if",
                                            "inline",
                                            "int",
                                            "long",
                                            "mutable",
                                            "namespace",
                                            "new",
                                            "noexcept",
                                            "not",
                                            "not_eq",
                                            "nullptr",
                                            "operator",
                                            "or",
                                            "or_eq",
                                            "private",
                                            "protected",
                                            "public",
                                            "register",
                                            "reinterpret_cast",
                                            "requires",
                                            "restrict",
                                            "return",
                                            "short",
                                            "signed",
                                            "sizeof",
                                            "static",
                                            "static_assert",
                                            "static_cast",
                                            "struct",
                                            "switch",
                                            "template",
                                            "this",
                                            "thread_local",
                                            "throw",
                                            "true",
                                            "try",
                                            "typedef",
                                            "typeid",
                                            "typename",
                                            "union",
                                            "unsigned",
                                            "using",
                                            "virtual",
                                            "void",
                                            "volatile",
                                            "wchar_t",
                                            "while",
                                            "xor",
                                            "xor_eq",
                                            "_Bool",
                                            "_Complex",
                                            "_Imaginary",
                                            "fma",
                                            "rint",
                                            "roundeven",
                                            "memcpy",
                                            "memset",
                                            "memmove",
                                            "main"};

bool is_c_name(std::string_view name) {
  auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  return std::ranges::all_of(name, fits) && std::ranges::find(taken_names, name) == std::end(taken_names) &&
         !name.starts_with("jtg_");
}

// The name of a function in the formula that only exists inside jitegral, or nothing.
std::string_view not_in_libm(const Expr& formula) {
  return fold<std::string_view>(formula, [](const Node& node, std::span<const std::string_view> below) {
    if (node.function != nullptr && node.function->lowering == Lowering::call) return node.function->name;
    const auto found = std::ranges::find_if(below, [](std::string_view name) { return !name.empty(); });
    return found == below.end() ? std::string_view{} : *found;
  });
}

Expected<void> check(const NamedFormula& one) {
  const std::string name = "'" + one.name + "'";
  if (!is_c_name(one.name)) return fail(Code::not_precompilable, {name, "in C or C++ this name is not free"});
  if (one.formula->has_integral) return fail(Code::not_precompilable, {name, "it contains an integral"});
  if (const std::string_view special = not_in_libm(one.formula); !special.empty())
    return fail(Code::not_precompilable,
                {name, "'" + std::string(special) + "' is a special function of jitegral's library"});
  return {};
}

std::string declaration(const NamedFormula& one) {
  std::string arguments;
  for (std::size_t i = 0; i < one.variables.size(); ++i) {
    const std::string& variable = one.variables[i].name();
    arguments += (i == 0 ? "double" : ", double") + (is_c_name(variable) ? " " + variable : std::string());
  }
  return "double " + one.name + "(" + (arguments.empty() ? "void" : arguments) + ");";
}

std::string header_text(std::span<const NamedFormula> formulas, const codegen::Target& target) {
  std::string text = "/* Made by jitegral for " + target.to_text() + ".\n" +
                     "   Link the object with -lm. All functions are pure and thread-safe. */\n"
                     "#pragma once\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  for (const NamedFormula& one : formulas)
    text += "/* " + one.name + " = " + to_text(one.formula) + " */\n" + declaration(one) + "\n\n";
  return text + "#ifdef __cplusplus\n}\n#endif\n";
}

}  // namespace

Expected<Artifact> compile(std::span<const NamedFormula> formulas, const codegen::Target& target) {
  std::vector<codegen::Export> exports;
  for (const NamedFormula& one : formulas) {
    TRY_VOID(check(one));
    exports.push_back({{one.formula, one.variables, {}}, one.name, {codegen::Entry::scalar}});
  }
  codegen::Compiler compiler(target);
  TRY(object, compiler.compile(exports, true));
  return Artifact{std::move(object.bytes), header_text(formulas, target)};
}

}  // namespace jitegral::aot
