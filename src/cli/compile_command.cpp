// jitegral compile: an object file that needs no jitegral, and its C header.
#include <filesystem>
#include <memory>
#include <utility>

#include "cli/files.h"
#include "cli/subcommand.h"

namespace jitegral::cli {
namespace {

struct Order {
  std::vector<std::string> definitions;
  Workspace::CompileOrder made;
  std::string header;
};

// Programs may run what stands in the old file: it is left to them, not written over.
void set_aside(const std::string& path) {
  std::error_code none;
  if (std::filesystem::is_regular_file(std::filesystem::symlink_status(path, none)))
    std::filesystem::remove(path, none);
}

Expected<void> write(const Order& order, const Workspace::Artifact& artifact) {
  set_aside(order.made.file);
  TRY_VOID(write_file(order.made.file, artifact.bytes));
  if (order.header.empty()) return {};
  return write_file(order.header, artifact.header);
}

// As a shell takes it.
std::string quoted(const std::string& word) {
  constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

// The command that makes the same files again.
std::string command(const Order& order) {
  std::string text = "jitegral compile";
  for (const std::string& definition : order.definitions) text += " " + quoted(definition);
  text += " -o " + quoted(order.made.file);
  const std::pair<const char*, std::string> options[] = {{" --header ", order.header},
                                                         {" --emit ", order.made.kind},
                                                         {" --target ", order.made.target},
                                                         {" --cpu ", order.made.cpus}};
  for (const auto& [name, value] : options)
    if (!value.empty()) text += name + quoted(value);
  return text;
}

Exit compile(Order order, const Preferences& preferences) {
  order.made.command = command(order);
  auto workspace = Workspace::create(preferences.settings);
  if (!workspace) return complain(preferences, workspace.error());
  auto artifact = workspace->compile(typed(order.definitions), order.made);
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
  app->add_option("-o,--output", order->made.file, "the file to make")->required();
  app->add_option("--header", order->header, "the C header; of a Python module its type hints (.pyi)");
  app->add_option("--emit", order->made.kind,
                  "what to make, if the suffix of the file does not tell: " + compile_kinds());
  app->add_option(
      "--cpu", order->made.cpus,
      "the cpu that the code needs (x86-64-v3); several with commas, best first: the file chooses "
      "when it runs");
  app->add_option("--target", order->made.target, "another machine: aarch64-linux-gnu");
  return {app, [order, &preferences] { return compile(*order, preferences); }};
}

}  // namespace jitegral::cli
