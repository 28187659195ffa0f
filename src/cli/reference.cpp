#include "cli/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "api/workspace.h"

namespace jitegral::cli {
namespace {

std::string accuracy(double ulp) {
  return ulp == 0 ? "exact or correctly rounded" : fmt::format("within {} ulp", ulp);
}

void print_function(const FunctionDoc& doc) {
  fmt::print("{}: {}\n  domain: {}\n  accuracy: {}\n  example: {}\n", doc.signature, doc.doc, doc.domain,
             accuracy(doc.ulp), doc.example);
  for (const std::string& alias : doc.aliases) fmt::print("  also written: {}\n", alias);
}

bool is_called(const FunctionDoc& doc, const std::string& name) {
  return doc.name == name || std::ranges::find(doc.aliases, name) != doc.aliases.end();
}

void print_all() {
  for (const FunctionDoc& doc : function_docs()) fmt::print("{:<18} {}\n", doc.signature, doc.doc);
  fmt::print("\nrules for integrate(..., rule = NAME):\n");
  for (const auto& [name, doc] : rule_docs()) fmt::print("{:<18} {}\n", name, doc);
}

}  // namespace

bool print_reference(const std::string& name) {
  if (name.empty()) {
    print_all();
    return true;
  }
  for (const FunctionDoc& doc : function_docs())
    if (is_called(doc, name)) {
      print_function(doc);
      return true;
    }
  for (const auto& [rule, doc] : rule_docs())
    if (rule == name) {
      fmt::print("{}: {}\n", rule, doc);
      return true;
    }
  auto failure = fail(Code::unknown_function, {"'" + name + "'"});
  fmt::print(stderr, "{}\n", failure.error().render());
  return false;
}

}  // namespace jitegral::cli
