// roff with the macros of man(7).
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/options_of.h"

namespace jitegral::cli {
namespace {

std::string roff(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\n') {
      out += out.ends_with('\n') ? "" : "\n";
    } else {
      out += c;
    }
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string entry(std::string_view term, std::string_view doc) {
  return fmt::format(".TP\n.B {}\n{}\n", roff(term), roff(doc));
}

std::string options_text(const CLI::App& app) {
  std::string text;
  for (const OptionDoc& option : options_of(app)) {
    std::string term;
    for (const std::string& name : option.names) term += (term.empty() ? "" : ", ") + name;
    text += entry(option.takes.empty() ? term : term + " " + option.takes, option.doc);
  }
  return text;
}

std::string subcommands_text(const CLI::App& program) {
  std::string text;
  for (const CLI::App* one : subcommands_of(program)) {
    text += fmt::format(".SS {}\n{}\n", roff("jitegral " + one->get_name()), roff(one->get_description()));
    text += options_text(*one);
  }
  return text;
}

std::string table(const std::vector<std::pair<std::string, std::string>>& docs) {
  std::string text;
  for (const auto& [name, doc] : docs) text += entry(name, doc);
  return text;
}

std::string functions_text() {
  std::string text;
  for (const FunctionDoc& doc : function_docs()) {
    std::string words = doc.doc;
    for (const std::string& alias : doc.aliases) words += "; also " + alias;
    text += entry(doc.signature, words);
  }
  return text;
}

std::string commands_text() {
  std::string text;
  for (const Command& command : commands())
    text += entry(fmt::format(":{} {}", command.name, command.takes), command.doc);
  return text + entry("?NAME", "the same as :help NAME");
}

constexpr std::string_view files = R"(.TP
.I $XDG_CONFIG_HOME/jitegral/jtgrc, ~/.jtgrc
The first that exists is run when a conversation begins: statements and commands, a line each.
.TP
.I $XDG_STATE_HOME/jitegral/history
What was typed, for the arrow keys and Ctrl\-R. Only its owner can read it.
)";

constexpr std::string_view exit_status = R"(.TP
.B 0
All fine.
.TP
.B 1
A result came without its promise: not_converged, divergent, non_finite or budget.
.TP
.B 2
Bad input or bad usage.
.TP
.B 130
Interrupted.
)";

}  // namespace

std::string man_page(const CLI::App& program) {
  std::string text = fmt::format(".TH JITEGRAL 1 \"\" \"jitegral {}\" \"User Commands\"\n", JITEGRAL_VERSION);
  text += ".SH NAME\njitegral \\- integrates the formula you type\n";
  text += ".SH SYNOPSIS\n.B jitegral\n[\\fIOPTION\\fR ...] [\\fISTATEMENT\\fR ...]\n.br\n";
  text += ".B jitegral\n\\fISUBCOMMAND\\fR ...\n";
  text += ".SH DESCRIPTION\n" + roff(program.get_description()) + "\n";
  text += ".SH OPTIONS\n" + options_text(program);
  text += ".SH SUBCOMMANDS\n" + subcommands_text(program);
  text +=
      ".SH CONVERSATION\nAt the prompt lines that begin with a colon are commands. Tab completes, Ctrl\\-R "
      "searches what was typed, Ctrl\\-C stops what runs, Ctrl\\-D ends.\n" +
      commands_text();
  text += ".SH FUNCTIONS\n" + functions_text();
  text += ".SH CONSTANTS\n" + table(constant_docs());
  text += ".SH OPTIONS OF INTEGRATE\n" + table(option_docs());
  text += ".SH RULES\n" + table(rule_docs());
  text += ".SH EXIT STATUS\n" + std::string(exit_status);
  text += ".SH ENVIRONMENT\n" + entry("NO_COLOR", "If it is set and not empty, nothing is coloured.");
  text += ".SH FILES\n" + std::string(files);
  return text;
}

}  // namespace jitegral::cli
