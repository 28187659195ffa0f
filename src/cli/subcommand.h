// The words after `jitegral`: explain, compile, functions, ... One file each; all of them stand in main.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "api/workspace.h"
#include "cli/output.h"

namespace jitegral::cli {

// What holds for every subcommand: the options that stand before it.
struct Common {
  WorkspaceSettings settings;
  Format format = Format::text;
};

// `run` is called if `app` was chosen. It owns the variables that the options of `app` are read into.
struct Subcommand {
  CLI::App* app = nullptr;
  std::function<Exit()> run;
};

Subcommand add_compile(CLI::App& program, const Common& common);
Subcommand add_explain(CLI::App& program, const Common& common);
Subcommand add_functions(CLI::App& program);

// Prints a mistake as the format wants it.
Exit complain(const Common& common, const Diagnostic& diagnostic);

// Statements on the command line are one text, a line each.
Source typed(const std::vector<std::string>& statements);

}  // namespace jitegral::cli
