#include <fmt/format.h>

#include <memory>

#include "cli/desk.h"
#include "cli/options_of.h"
#include "cli/reference.h"

namespace jitegral::cli {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view gap) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(gap)) + word;
  return text;
}

std::vector<std::string> topics() {
  const std::set<std::string> all = help_topics();
  return {all.begin(), all.end()};
}

std::vector<std::string> names_of(const CLI::App& program) {
  std::vector<std::string> names;
  for (const CLI::App* one : subcommands_of(program)) names.push_back(one->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const OptionDoc& option : options_of(app))
    names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

std::string bash_values(const CLI::App& app) {
  std::string text;
  for (const OptionDoc& option : options_of(app)) {
    if (option.takes.empty()) continue;
    const auto words = option.words();
    const std::string choice = option.takes_file() ? "-f" : fmt::format("-W '{}'", joined(words, " "));
    text += fmt::format("    {}) COMPREPLY=($(compgen {} -- \"$cur\")); return ;;\n",
                        joined(option.names, "|"), choice);
  }
  return text;
}

// Inside '...' of a shell.
std::string in_quotes(std::string_view text) {
  std::string out;
  for (char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out;
}

// Inside '...[...]' of _arguments.
std::string zsh_doc(std::string_view text) {
  std::string out;
  for (char c : text)
    out += std::string_view("[]:\\").contains(c) ? std::string("\\") + c : std::string(1, c);
  return in_quotes(out);
}

std::string zsh_options(const CLI::App& app) {
  std::string text;
  for (const OptionDoc& option : options_of(app))
    for (const std::string& name : option.names) {
      std::string value;
      if (option.takes_file()) value = ":file:_files";
      if (!option.takes.empty() && value.empty())
        value = fmt::format(":value:({})", joined(option.words(), " "));
      text += fmt::format("    '*{}[{}]{}' \\\n", name, zsh_doc(option.doc), value);
    }
  return text;
}

std::string fish_options(const CLI::App& app, const std::string& condition) {
  std::string text;
  for (const OptionDoc& option : options_of(app)) {
    std::string line = "complete -c jitegral" + condition;
    for (const std::string& name : option.names)
      line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (!option.takes.empty()) line += option.takes_file() ? " -r -F" : " -x";
    if (const auto words = option.words(); !words.empty())
      line += fmt::format(" -a '{}'", joined(words, " "));
    text += fmt::format("{} -d '{}'\n", line, in_quotes(option.doc));
  }
  return text;
}

}  // namespace

std::string bash_completion(const CLI::App& program) {
  std::string text = "# bash completion of jitegral, made by `jitegral generate bash`\n_jitegral() {\n";
  text += "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} word sub=\n";
  text += "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case $word in ";
  text += joined(names_of(program), "|") + ") sub=$word; break ;; esac\n  done\n  case $prev in\n";
  text += bash_values(program);
  text += fmt::format("    functions|help) COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n",
                      joined(topics(), " "));
  text += "  esac\n  case $sub in\n";
  for (const CLI::App* one : subcommands_of(program))
    text += fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")) ;;\n", one->get_name(),
                        joined(option_names(*one), " "));
  text += fmt::format("    *) COMPREPLY=($(compgen -W '{} {}' -- \"$cur\")) ;;\n",
                      joined(option_names(program), " "), joined(names_of(program), " "));
  return text + "  esac\n}\ncomplete -o default -F _jitegral jitegral\n";
}

std::string zsh_completion(const CLI::App& program) {
  std::string text = "#compdef jitegral\n# zsh completion of jitegral, made by `jitegral generate zsh`\n";
  text += "_jitegral() {\n  local context state line\n  case ${words[2]} in\n";
  for (const CLI::App* one : subcommands_of(program)) {
    const bool about_names = one->get_name() == "functions" || one->get_name() == "help";
    const std::string rest =
        about_names ? fmt::format("'*:name:({})'", joined(topics(), " ")) : "'*:statement:'";
    text += fmt::format("  {}) _arguments '1:subcommand:' \\\n{}    {}\n    ;;\n", one->get_name(),
                        zsh_options(*one), rest);
  }
  text += "  *) _arguments \\\n" + zsh_options(program);
  text += fmt::format(
      "    '1:subcommand or statement:({})' '*:statement:'\n    ;;\n  esac\n}}\n_jitegral \"$@\"\n",
      joined(names_of(program), " "));
  return text;
}

std::string fish_completion(const CLI::App& program) {
  std::string text =
      "# fish completion of jitegral, made by `jitegral generate fish`\ncomplete -c jitegral -f\n";
  text += fish_options(program, " -n __fish_use_subcommand");
  for (const CLI::App* one : subcommands_of(program)) {
    text += fmt::format("complete -c jitegral -n __fish_use_subcommand -a {} -d '{}'\n", one->get_name(),
                        in_quotes(one->get_description()));
    text += fish_options(*one, fmt::format(" -n '__fish_seen_subcommand_from {}'", one->get_name()));
  }
  return text + fmt::format("complete -c jitegral -n '__fish_seen_subcommand_from functions help' -a '{}'\n",
                            joined(topics(), " "));
}

Subcommand add_generate(CLI::App& program) {
  auto what = std::make_shared<std::string>();
  CLI::App* app = program.add_subcommand("generate", "the man page or a shell's completion");
  app->group("");  // for the build, not for people
  app->add_option("what", *what)->required()->check(CLI::IsMember({"man", "bash", "zsh", "fish"}));
  return {app, [what, &program] {
            const auto make = *what == "man"    ? man_page
                              : *what == "bash" ? bash_completion
                              : *what == "zsh"  ? zsh_completion
                                                : fish_completion;
            fmt::print("{}", make(program));
            return Exit::fine;
          }};
}

}  // namespace jitegral::cli
