// jitegral plot: draws formulas in the terminal or into a file.
#include <memory>

#include "cli/runner.h"
#include "cli/subcommand.h"

namespace jitegral::cli {
namespace {

struct Order {
  std::vector<std::string> statements;
  std::string output;
};

Exit plot(const Order& order, const Preferences& preferences) {
  auto workspace = Workspace::create(preferences.settings);
  if (!workspace) return complain(preferences, workspace.error());
  Runner runner(*workspace, preferences, false);
  runner.draw_into(order.output);
  std::vector<std::string> statements = order.statements;
  if (!statements.back().starts_with("plot ")) statements.back().insert(0, "plot ");
  runner.run(typed(statements));
  return workspace->interrupted() ? Exit::interrupted : runner.exit();
}

}  // namespace

Subcommand add_plot(CLI::App& program, const Preferences& preferences) {
  auto order = std::make_shared<Order>();
  CLI::App* app = program.add_subcommand("plot", "draw formulas, for example 'sin(x), cos(x), 0..10'");
  app->add_option("statements", order->statements, "definitions, then what to draw")
      ->required()
      ->option_text("STATEMENT ...");
  app->add_option("-o,--output", order->output, "into this .svg or .png file, by gnuplot")
      ->option_text("FILE");
  return {app, [order, &preferences] { return plot(*order, preferences); }};
}

}  // namespace jitegral::cli
