// The command line. Exit statuses: see Exit in output.h.
#include <algorithm>
#include <cstdio>
#include <exception>

#include "cli/desk.h"
#include "cli/run_command.h"
#include "cli/subcommand.h"

namespace jitegral::cli {

Exit complain(const Preferences& preferences, const Diagnostic& diagnostic) {
  Output output(preferences, false);
  output.mistake(diagnostic);
  return output.exit();
}

Source typed(const std::vector<std::string>& statements) {
  std::string text;
  for (const std::string& statement : statements) text += statement + "\n";
  return {"<input>", std::move(text)};
}

namespace {

void add_preferences(CLI::App& app, Preferences& preferences) {
  for (const Preference& one : jitegral::cli::preferences()) {
    const std::string option = option_of(one);
    const CLI::callback_t set = [&one, &preferences, option](const CLI::results_t& texts) {
      if (auto wrong = one.set(preferences, texts.front())) throw CLI::ValidationError(option, *wrong);
      return true;
    };
    app.add_option(option, set, std::string(one.doc))
        ->option_text(std::string(one.takes))
        ->default_str(one.get(preferences));
  }
  app.add_flag_callback("--json", [&] { preferences.format = Format::json; }, "the same as --format json");
  app.add_flag_callback("--no-cache", [&] { preferences.settings.cache = false; }, "the same as --cache off");
}

// What runs: filled by the parser, by option.
struct Inputs {
  std::vector<std::string> statements, evals, files;
  CLI::Option *statement = nullptr, *eval = nullptr, *file = nullptr;
};

void add_inputs(CLI::App& app, Inputs& inputs, RunOrder& order) {
  inputs.statement =
      app.add_option("statements", inputs.statements, "statements to run")->option_text("STATEMENT ...");
  inputs.eval = app.add_option("-e,--eval", inputs.evals, "run a statement")
                    ->option_text("STATEMENT")
                    ->allow_extra_args(false);
  inputs.file = app.add_option("-f,--file", inputs.files, "run the statements of a file; - is standard input")
                    ->option_text("FILE")
                    ->allow_extra_args(false);
  app.add_flag("-i,--interactive", order.stay, "converse after all has run");
  app.add_flag_callback("--no-rc", [&order] { order.startup = false; }, "converse without the start-up file");
}

// Statements and files run in the order in which they stand.
void put_in_order(const CLI::App& app, const Inputs& inputs, RunOrder& order) {
  using Kind = RunOrder::Input::Kind;
  std::size_t statement = 0, eval = 0, file = 0;
  for (const CLI::Option* option : app.parse_order()) {
    if (option == inputs.statement) order.inputs.push_back({Kind::statement, inputs.statements[statement++]});
    if (option == inputs.eval) order.inputs.push_back({Kind::statement, inputs.evals[eval++]});
    if (option == inputs.file) order.inputs.push_back({Kind::file, inputs.files[file++]});
  }
}

// -pi is a statement: no option begins with a minus and has two letters. A blank in front keeps it one.
std::vector<std::string> words_of(int argc, char** argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  bool only_statements = false;
  for (std::string& word : words) {
    only_statements = only_statements || word == "--";
    const bool letters = word.size() > 2 && word[0] == '-' && word[1] != '-';
    const bool option_and_value = letters && std::string_view("ef").contains(word[1]) && word[2] != '(';
    if (letters && !option_and_value && !only_statements) word.insert(0, " ");
  }
  return words;
}

Exit chosen(const std::vector<Subcommand>& subcommands, const RunOrder& order, Preferences& preferences) {
  for (const Subcommand& one : subcommands)
    if (one.app->parsed()) return one.run();
  return run(order, preferences);
}

int command_line(int argc, char** argv) {
  CLI::App app(
      "jitegral integrates the formula you type, at the speed of the machine.\n"
      "Without statements it reads them from standard input, or converses on a terminal.\n"
      "Example: jitegral 'integrate(cos(x)*x, 0, pi/2)'",
      "jitegral");
  Preferences preferences;
  RunOrder order;
  Inputs inputs;
  app.set_version_flag("--version", "jitegral " JITEGRAL_VERSION);
  add_inputs(app, inputs, order);
  add_preferences(app, preferences);
  const std::vector<Subcommand> subcommands{add_explain(app, preferences), add_plot(app, preferences),
                                            add_compile(app, preferences), add_functions(app, preferences),
                                            add_help(app, preferences),    add_generate(app)};
  try {
    std::vector<std::string> words = words_of(argc, argv);
    std::ranges::reverse(words);  // as CLI11 wants it
    app.parse(words);
    put_in_order(app, inputs, order);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    auto failure = fail(Code::bad_usage, {error.what()});
    failure.error().notes.emplace_back("see jitegral --help");
    return static_cast<int>(complain(preferences, failure.error()));
  }
  return static_cast<int>(chosen(subcommands, order, preferences));
}

}  // namespace
}  // namespace jitegral::cli

int main(int argc, char** argv) {
  try {
    return jitegral::cli::command_line(argc, argv);
  } catch (const std::exception& error) {  // no memory left, for one
    std::fprintf(stderr, "jitegral: %s\n", error.what());
    return static_cast<int>(jitegral::cli::Exit::bad_input);
  }
}
