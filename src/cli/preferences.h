// Everything a person can set, in one table: the options of the command line, `:set`, help and completion are
// made from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/workspace.h"
#include "cli/style.h"

namespace jitegral::cli {

enum class Format : std::uint8_t { text, json, csv };

struct Preferences {
  WorkspaceSettings settings;
  Format format = Format::text;
  Colour colour = Colour::automatic;
};

// One row. `set` gives what is wrong with a text, or nothing once it is set.
struct Preference {
  std::string_view name;   // as in :set; the option is --name with - for _
  std::string_view takes;  // what the value is: "NUMBER", or the words that may be chosen, separated by |
  std::string_view doc;
  std::optional<std::string> (*set)(Preferences&, const std::string& text);
  std::string (*get)(const Preferences&);
};
std::span<const Preference> preferences();

// nullptr if there is none of this name.
const Preference* find_preference(std::string_view name);

// "--time-limit" for time_limit.
std::string option_of(const Preference& preference);

}  // namespace jitegral::cli
