// The options of a CLI::App as plain data, for whoever writes about them.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace jitegral::cli {

struct OptionDoc {
  std::vector<std::string> names;  // "-f", "--file"
  std::string takes;               // "FILE", "text|json|csv"; empty for a flag
  std::string doc;
  // The words among which `takes` lets choose; empty if any text will do.
  [[nodiscard]] std::vector<std::string> words() const;
  [[nodiscard]] bool takes_file() const { return takes == "FILE"; }
};

// Without the positional ones.
std::vector<OptionDoc> options_of(const CLI::App& app);

// The subcommands that are shown.
std::vector<const CLI::App*> subcommands_of(const CLI::App& app);

}  // namespace jitegral::cli
