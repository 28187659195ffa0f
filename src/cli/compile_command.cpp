// jitegral compile: an object file that needs no jitegral, and its C header.
#include <memory>

#include "cli/files.h"
#include "cli/subcommand.h"

namespace jitegral::cli {
namespace {

struct Order {
  std::vector<std::string> definitions;
  std::string output;
  std::string header;
  std::string cpu = "x86-64-v3";  // not silently this machine: objects travel
};

Expected<void> write(const Order& order, const Workspace::Artifact& artifact) {
  TRY_VOID(write_file(order.output, artifact.object));
  if (order.header.empty()) return {};
  return write_file(order.header, artifact.header);
}

Exit compile(const Order& order, const Preferences& preferences) {
  auto workspace = Workspace::create(preferences.settings);
  if (!workspace) return complain(preferences, workspace.error());
  auto artifact = workspace->compile(typed(order.definitions), order.cpu);
  if (!artifact) return complain(preferences, artifact.error());
  if (auto written = write(order, *artifact); !written) return complain(preferences, written.error());
  return Exit::fine;
}

}  // namespace

Subcommand add_compile(CLI::App& program, const Preferences& preferences) {
  auto order = std::make_shared<Order>();
  CLI::App* app =
      program.add_subcommand("compile", "make an object file that needs no jitegral, and its C header");
  app->add_option("definitions", order->definitions, "for example 'f(x) = cos(x)*x'")->required();
  app->add_option("-o,--output", order->output, "the object file")->required();
  app->add_option("--header", order->header, "the C header");
  app->add_option("--cpu", order->cpu, "the cpu that the object needs")->capture_default_str();
  return {app, [order, &preferences] { return compile(*order, preferences); }};
}

}  // namespace jitegral::cli
