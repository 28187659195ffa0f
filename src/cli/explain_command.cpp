// jitegral explain: what is found in an integral, what is chosen, and why.
#include <memory>

#include "cli/runner.h"
#include "cli/subcommand.h"

namespace jitegral::cli {
namespace {

struct Order {
  std::vector<std::string> statements;
  std::string output;
};

Exit explain(const Order& order, const Preferences& preferences) {
  auto workspace = Workspace::create(preferences.settings);
  if (!workspace) return complain(preferences, workspace.error());
  Runner runner(*workspace, preferences, false);
  runner.draw_into(order.output);
  runner.explain(typed(order.statements));
  return runner.exit();
}

}  // namespace

Subcommand add_explain(CLI::App& program, const Preferences& preferences) {
  auto order = std::make_shared<Order>();
  CLI::App* app = program.add_subcommand(
      "explain", "what is found in an integral, what is chosen, and why; on a terminal with a picture");
  app->add_option("statements", order->statements)->required()->option_text("STATEMENT ...");
  app->add_option("-o,--output", order->output, "the first integral's picture, as a .svg or .png file")
      ->option_text("FILE");
  return {app, [order, &preferences] { return explain(*order, preferences); }};
}

}  // namespace jitegral::cli
