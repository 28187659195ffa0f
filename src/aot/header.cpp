#include "aot/header.h"

#include <fmt/format.h>

#include "aot/accuracy.h"
#include "aot/c_names.h"
#include "expr/print.h"

namespace jitegral::aot {
namespace {

// Of the exported functions: their names, arguments and meaning. A new one needs new objects.
constexpr int interface_version = 1;

// FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
std::uint64_t hash(const std::string& text) {
  std::uint64_t h = 0xcbf29ce484222325U;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return h;
}

// Inside a comment nothing may end it.
std::string quoted(std::string text) {
  for (std::size_t at = text.find("*/"); at != std::string::npos; at = text.find("*/", at))
    text.insert(at + 1, " ");
  return text;
}

std::string arguments(const NamedFormula& one, const std::string& type, const std::string& more) {
  std::string list;
  for (const Symbol& variable : one.variables) {
    const std::string& name = variable.name();
    list += (list.empty() ? "" : ", ") + type + (is_c_name(name) ? name : std::string());
  }
  if (!more.empty()) list += (list.empty() ? "" : ", ") + more;
  return list.empty() ? "void" : list;
}

std::string declarations(const NamedFormula& one) {
  const std::string& f = one.name;
  std::string text = fmt::format("double {}({});\n", f, arguments(one, "double ", ""));
  if (one.formula->has_integral)
    text += fmt::format("double {}_with_error({});\n", f, arguments(one, "double ", "double *error_"));
  text +=
      fmt::format("void {}_batch({});\n", f, arguments(one, "const double *", "double *result_, size_t n_"));
  if (one.variables.size() == 1)
    text += fmt::format(
        "double {0}_integrate(double a, double b, int64_t n);\n"
        "double {0}_quad(double a, double b, double abs_tol, double rel_tol, double *error);\n",
        f);
  return text + fmt::format("const char *{}_cpu(void);\n", f);
}

constexpr const char* meaning = R"(
   For each formula NAME:
     NAME(x, ...)           its value. With integrals inside: nan if one of them missed its tolerance.
     NAME_with_error        the same, and a bound on the error that the integrals leave in *error; the best value
                            known, if a tolerance was missed.
     NAME_batch             its values at n points: result[i] = NAME(x[i], ...). Any n, any alignment.
     NAME_integrate         the left Riemann sum over n subintervals from a to b, as integrate(NAME(x), a, b,
                            n_iter = n). nan unless a and b are finite and 1 <= n <= 2^53.
     NAME_quad              the integral from a to b (infinite ones too), adaptively, until its error is at most
                            the larger of abs_tol and rel_tol times the integral's absolute value; rel_tol from 0
                            to 1. A bound on the error goes to *error, unless that is a null pointer.
     NAME_cpu               the version of the code that runs here; a null pointer if none can.

   errno is ERANGE if a tolerance was missed (the value is the best known, with its error), EDOM if a formula is
   not finite where it had to be evaluated or an argument is out of its range, ENOSYS if this processor cannot run
   any version of the code (all values are nan then); else it is left as it was. JITEGRAL_CPU in the environment
   asks for one version by its name, before the first call. All functions are thread-safe. Where no memory is left
   they abort.
)";

}  // namespace

std::string guard_name(std::span<const NamedFormula> formulas) {
  std::string interface;
  for (const NamedFormula& one : formulas)
    interface += one.name + "/" + std::to_string(one.variables.size()) + "\n";
  return fmt::format("jitegral_abi{}_{:016x}", interface_version, hash(interface));
}

std::string header_text(std::span<const NamedFormula> formulas, const Order& order) {
  const std::string guard = guard_name(formulas);
  std::string targets, functions;
  for (const codegen::Target& target : order.targets) targets += "     " + target.to_text() + "\n";
  for (const NamedFormula& one : formulas)
    functions += fmt::format("/* {} = {}\n{}*/\n{}\n", one.name, quoted(to_text(one.formula)),
                             quoted(accuracy(one.formula, "   ")), declarations(one));
  return fmt::format(
      "/* Made by\n     {0}\n   for\n{1}   Link with -lm.\n{2}*/\n"
      "#ifndef {3}_H\n#define {3}_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n"
      "#ifndef JITEGRAL_ABI\n#define JITEGRAL_ABI {4}\n#elif JITEGRAL_ABI != {4}\n"
      "#error \"headers of two versions of this interface\"\n#endif\n\n"
      "#ifdef __cplusplus\nextern \"C\" {{\n#endif\n\n{5}"
      "/* With another object than its own this header does not link. */\nextern const char {3};\n"
      "#ifdef __GNUC__\n__attribute__((used)) static const char *const {3}_here = &{3};\n#endif\n\n"
      "#ifdef __cplusplus\n}}\n#endif\n#endif\n",
      quoted(order.command), targets, meaning, guard, interface_version, functions);
}

}  // namespace jitegral::aot
