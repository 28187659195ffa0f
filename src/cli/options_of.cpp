#include "cli/options_of.h"

#include <sstream>

namespace jitegral::cli {

std::vector<std::string> OptionDoc::words() const {
  std::vector<std::string> found;
  if (!takes.contains('|')) return found;
  std::istringstream text(takes);
  for (std::string word; std::getline(text, word, '|');) found.push_back(word);
  return found;
}

std::vector<OptionDoc> options_of(const CLI::App& app) {
  std::vector<OptionDoc> docs;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional() || option->get_group().empty()) continue;
    OptionDoc doc{.doc = option->get_description()};
    for (const std::string& name : option->get_snames()) doc.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) doc.names.push_back("--" + name);
    const bool flag = option->get_items_expected_max() == 0;
    if (!flag) doc.takes = option->get_option_text().empty() ? "VALUE" : option->get_option_text();
    docs.push_back(std::move(doc));
  }
  return docs;
}

std::vector<const CLI::App*> subcommands_of(const CLI::App& app) {
  std::vector<const CLI::App*> shown;
  for (const CLI::App* one :
       app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); }))
    shown.push_back(one);
  return shown;
}

}  // namespace jitegral::cli
