// The tables of functions, constants, options and rules as documentation.
#include "api/workspace.h"

#include "aot/object.h"
#include "expr/print.h"
#include "functions/function.h"
#include "rules/rule.h"
#include "sema/elaborate.h"

namespace jitegral {

std::vector<FunctionDoc> function_docs() {
  std::vector<FunctionDoc> docs;
  for (const Function& row : functions::table()) {
    if (!row.can_be_called()) continue;
    FunctionDoc doc{.name = std::string(row.name),
                    .signature = std::string(row.name) + "(" + std::string(row.arguments) + ")",
                    .doc = std::string(row.doc),
                    .domain = std::string(row.domain),
                    .example = std::string(row.example),
                    .ulp = row.ulp};
    for (std::string_view alias : row.aliases)
      if (!alias.empty()) doc.aliases.emplace_back(alias);
    docs.push_back(std::move(doc));
  }
  return docs;
}

std::vector<std::pair<std::string, std::string>> constant_docs() {
  std::vector<std::pair<std::string, std::string>> docs;
  for (const Constant& constant : functions::constants())
    docs.emplace_back(constant.name, std::string(constant.doc) + " (" + to_text(constant.value) + ")");
  return docs;
}

std::vector<std::pair<std::string, std::string>> option_docs() {
  std::vector<std::pair<std::string, std::string>> docs;
  for (const sema::Option& option : sema::integral_options()) docs.emplace_back(option.name, option.doc);
  return docs;
}

std::string compile_kinds() { return aot::kind_names(); }

std::vector<std::pair<std::string, std::string>> rule_docs() {
  std::vector<std::pair<std::string, std::string>> docs;
  for (const rules::Rule& rule : rules::table()) docs.emplace_back(rule.name, rule.doc);
  return docs;
}

}  // namespace jitegral
