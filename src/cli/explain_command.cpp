// jitegral explain: what is found in an integral, what is chosen, and why.
#include <fmt/format.h>

#include <memory>

#include "cli/subcommand.h"

namespace jitegral::cli {
namespace {

Exit explain(const std::vector<std::string>& statements, const Preferences& preferences) {
  auto workspace = Workspace::create(preferences.settings);
  if (!workspace) return complain(preferences, workspace.error());
  auto text = workspace->explain(typed(statements));
  if (!text) return complain(preferences, text.error());
  fmt::print("{}", *text);
  return Exit::fine;
}

}  // namespace

Subcommand add_explain(CLI::App& program, const Preferences& preferences) {
  auto statements = std::make_shared<std::vector<std::string>>();
  CLI::App* app = program.add_subcommand("explain", "what is found in an integral, what is chosen, and why");
  app->add_option("statements", *statements)->required()->option_text("STATEMENT ...");
  return {app, [statements, &preferences] { return explain(*statements, preferences); }};
}

}  // namespace jitegral::cli
