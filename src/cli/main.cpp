// The command line. Exit statuses: see Exit in output.h.
#include <cstdio>
#include <exception>

#include "cli/run_command.h"
#include "cli/subcommand.h"

namespace jitegral::cli {

Exit complain(const Common& common, const Diagnostic& diagnostic) {
  Output output(common.format);
  output.mistake(diagnostic);
  return output.exit();
}

Source typed(const std::vector<std::string>& statements) {
  std::string text;
  for (const std::string& statement : statements) text += statement + "\n";
  return {"<input>", std::move(text)};
}

namespace {

// CLI11's own ranges let nan through.
CLI::Validator number_in(double low, double high, const char* wanted) {
  return {[=](const std::string& text) {
            double number = 0;
            const bool fine = CLI::detail::lexical_cast(text, number) && number >= low && number <= high;
            return fine ? std::string() : "must be " + std::string(wanted) + ", not " + text;
          },
          wanted};
}

const std::vector<std::pair<std::string, Tier>> tiers = {
    {"auto", Tier::automatic}, {"interpreter", Tier::interpreter}, {"native", Tier::native}};

void add_settings(CLI::App& app, Settings& settings) {
  app.add_option("--cpu", settings.cpu, "make code for this cpu, e.g. x86-64-v3")->capture_default_str();
  app.add_option("--tier", settings.tier, "who evaluates: auto, interpreter or native; the same bits")
      ->transform(CLI::CheckedTransformer(tiers))
      ->option_text("auto|interpreter|native");
  app.add_flag("!--no-cache", settings.cache, "keep no compiled code on disk (see JITEGRAL_CACHE_DIR)");
  app.add_option("--n-jobs", settings.n_jobs, "threads; 0 means all cores")->check(CLI::Range(0, 1024));
  app.add_option("--tol", settings.tolerance, "relative tolerance")
      ->check(number_in(0, 1, "a number from 0 to 1"))
      ->capture_default_str();
  app.add_option("--time-limit", settings.time_limit, "seconds for one integral; 0 means none")
      ->check(number_in(0, 1e18, "seconds, not negative"));
}

Exit chosen(const std::vector<Subcommand>& subcommands, const RunOrder& order, const Common& common) {
  for (const Subcommand& one : subcommands)
    if (one.app->parsed()) return one.run();
  return run(order, common);
}

int command_line(int argc, char** argv) {
  CLI::App app(
      "jitegral integrates the formula you type, at the speed of the machine.\n"
      "Without statements it reads them from standard input, or converses on a terminal.\n"
      "Example: jitegral 'integrate(cos(x)*x, 0, pi/2)'",
      "jitegral");
  Common common;
  RunOrder order;
  app.set_version_flag("--version", "jitegral " JITEGRAL_VERSION);
  app.add_option("statements", order.statements, "statements to run")->option_text("STATEMENT ...");
  app.add_option("-f,--file", order.file, "run the statements of a file first");
  app.add_flag_callback(
      "--json", [&] { common.format = Format::json; }, "one JSON object a line for every result");
  add_settings(app, common.settings);
  const std::vector<Subcommand> subcommands{add_explain(app, common), add_compile(app, common),
                                            add_functions(app)};
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    auto failure = fail(Code::bad_usage, {error.what()});
    failure.error().notes.emplace_back("see jitegral --help");
    return static_cast<int>(complain(common, failure.error()));
  }
  return static_cast<int>(chosen(subcommands, order, common));
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
