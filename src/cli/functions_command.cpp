// jitegral functions: the function table as a reference.
#include <memory>

#include "cli/reference.h"
#include "cli/subcommand.h"

namespace jitegral::cli {

Subcommand add_functions(CLI::App& program) {
  auto name = std::make_shared<std::string>();
  CLI::App* app = program.add_subcommand("functions", "the functions that formulas may use");
  app->add_option("name", *name, "tell all about this one");
  return {app, [name] { return print_reference(*name) ? Exit::fine : Exit::bad_input; }};
}

}  // namespace jitegral::cli
