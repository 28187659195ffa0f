#include "aot/accuracy.h"

#include <fmt/format.h>

#include <map>

#include "expr/fold.h"

namespace jitegral::aot {
namespace {

// The functions in a formula, integrals included.
std::map<std::string_view, const Function*> functions_in(const Expr& formula) {
  std::map<std::string_view, const Function*> found;
  fold<int>(formula, [&](const Node& node, std::span<const int>) {
    if (node.function != nullptr && node.function->can_be_called())
      found.emplace(node.function->name, node.function);
    return 0;
  });
  return found;
}

}  // namespace

std::string accuracy(const Expr& formula, const std::string& indent) {
  std::string ulps, domains;
  for (const auto& [name, function] : functions_in(formula)) {
    if (function->ulp > 0)
      ulps += fmt::format("{}{} within {} ulp", ulps.empty() ? "" : ", ", name, function->ulp);
    if (function->domain != "all x" && !function->domain.empty())
      domains += fmt::format("{}domain of {}: {}\n", indent, name, function->domain);
  }
  std::string text = indent + "accuracy: + - * / sqrt correctly rounded" + (ulps.empty() ? "" : "; " + ulps) +
                     "\n" + domains;
  if (formula->has_integral)
    text += indent +
            "integrals inside: adaptive ones to the tolerance written, else to a relative one of 1e-10\n";
  return text;
}

}  // namespace jitegral::aot
