// The words after `jitegral`: explain, compile, functions, ... One file each; all of them stand in main.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "api/workspace.h"
#include "cli/output.h"
#include "cli/preferences.h"

namespace jitegral::cli {

// `run` is called if `app` was chosen. It owns the variables that the options of `app` are read into.
struct Subcommand {
  CLI::App* app = nullptr;
  std::function<Exit()> run;
};

// `preferences` are what the options before the subcommand say.
Subcommand add_compile(CLI::App& program, const Preferences& preferences);
Subcommand add_explain(CLI::App& program, const Preferences& preferences);
Subcommand add_functions(CLI::App& program, const Preferences& preferences);
Subcommand add_help(CLI::App& program, const Preferences& preferences);
Subcommand add_plot(CLI::App& program, const Preferences& preferences);

// Prints a mistake as the format wants it.
Exit complain(const Preferences& preferences, const Diagnostic& diagnostic);

// Statements on the command line are one text, a line each.
Source typed(const std::vector<std::string>& statements);

}  // namespace jitegral::cli
