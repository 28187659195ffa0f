#include "cli/completion.h"

#include <algorithm>
#include <set>

#include "cli/commands.h"
#include "cli/preferences.h"
#include "cli/reference.h"

namespace jitegral::cli {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<signed char>(c) < 0;
}

// Where the word begins that ends the line.
std::size_t word_begin(std::string_view line) {
  std::size_t begin = line.size();
  while (begin > 0 && is_word(line[begin - 1])) --begin;
  return begin;
}

std::string trimmed_end(std::string_view text) {
  return std::string(text.substr(0, text.find_last_not_of(' ') + 1));
}

std::set<std::string> formula_words(const Workspace& workspace) {
  std::set<std::string> words{"ans", "integrate(", "plot ", "for ", "step "};
  for (const FunctionDoc& doc : function_docs()) {
    words.insert(doc.name + "(");
    for (const std::string& alias : doc.aliases) words.insert(alias + "(");
  }
  for (const auto& [name, doc] : constant_docs()) words.insert(name);
  for (const auto& one : workspace.definitions()) words.insert(one.name + (one.is_function ? "(" : ""));
  return words;
}

std::set<std::string> names(const std::vector<std::pair<std::string, std::string>>& docs,
                            std::string_view after = "") {
  std::set<std::string> words;
  for (const auto& [name, doc] : docs) words.insert(name + std::string(after));
  return words;
}

// The name of the innermost call that is open at the end of the line.
std::string open_call(std::string_view line) {
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < line.size() && line[at] != '#'; ++at) {
    if (line[at] == '(' || line[at] == '[') open.push_back(at);
    if ((line[at] == ')' || line[at] == ']') && !open.empty()) open.pop_back();
  }
  for (; !open.empty(); open.pop_back()) {
    const std::string_view before = line.substr(0, open.back());
    if (line[open.back()] == '(' && word_begin(before) < before.size())
      return std::string(before.substr(word_begin(before)));
  }
  return {};
}

std::set<std::string> words_at(const Workspace& workspace, std::string_view line, std::size_t begin) {
  const std::string before = trimmed_end(line.substr(0, begin));
  if (before == ":") return command_words();
  if (before.starts_with('?') || before.starts_with(":help")) return help_topics();
  if (before.starts_with(":set")) {
    std::set<std::string> words;
    for (const Preference& one : preferences()) words.insert(std::string(one.name));
    return words;
  }
  const std::size_t equals = before.find_last_not_of("= ");
  if (before.ends_with('=') && equals != before.npos && before.substr(0, equals + 1).ends_with("rule"))
    return names(rule_docs());
  std::set<std::string> words = formula_words(workspace);
  if (open_call(line) == "integrate" && before.ends_with(',')) words.merge(names(option_docs(), " = "));
  return words;
}

}  // namespace

Completion complete(const Workspace& workspace, std::string_view line) {
  Completion found{.begin = word_begin(line)};
  const std::string_view word = line.substr(found.begin);
  for (const std::string& candidate : words_at(workspace, line, found.begin))
    if (candidate.starts_with(word)) found.words.push_back(candidate);
  return found;
}

std::string signature_hint(const Workspace& workspace, std::string_view line) {
  const std::string name = open_call(line);
  if (name.empty()) return {};
  for (const auto& one : workspace.definitions()) {
    if (one.name != name || !one.is_function) continue;
    std::string text = name + "(";
    for (const std::string& parameter : one.parameters) text += (text.ends_with('(') ? "" : ", ") + parameter;
    return text + ")";
  }
  return signature_of(name);
}

}  // namespace jitegral::cli
