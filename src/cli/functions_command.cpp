// jitegral functions and jitegral help: the reference.
#include <fmt/format.h>

#include <memory>

#include "cli/reference.h"
#include "cli/subcommand.h"

namespace jitegral::cli {
namespace {

Exit tell(const std::string& topic, const Preferences& preferences) {
  if (topic.empty()) {
    fmt::print("{}", reference());
    return Exit::fine;
  }
  auto text = reference(topic);
  if (!text) return complain(preferences, text.error());
  fmt::print("{}", *text);
  return Exit::fine;
}

}  // namespace

Subcommand add_functions(CLI::App& program, const Preferences& preferences) {
  auto topic = std::make_shared<std::string>();
  CLI::App* app =
      program.add_subcommand("functions", "the functions, constants and rules that formulas may use");
  app->add_option("word", *topic, "all about this one, or what tells of this word")->option_text("[WORD]");
  return {app, [topic, &preferences] { return tell(*topic, preferences); }};
}

Subcommand add_help(CLI::App& program, const Preferences& preferences) {
  auto topic = std::make_shared<std::string>();
  CLI::App* app = program.add_subcommand("help", "what a message such as E202 means, or a name");
  app->add_option("topic", *topic, "a message's code, or a name")->required()->option_text("CODE|NAME");
  return {app, [topic, &preferences] { return tell(*topic, preferences); }};
}

}  // namespace jitegral::cli
