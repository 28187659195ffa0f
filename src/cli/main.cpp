// The command line. Exit statuses: see Exit in output.h.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "api/session.h"
#include "cli/output.h"
#include "cli/reference.h"
#include "cli/repl.h"
#include "cli/runner.h"

namespace jitegral::cli {
namespace {

struct Arguments {
  std::vector<std::string> statements;
  std::string file;
  bool json = false;
  Settings settings;
  std::string output;
  std::string header;
  std::string object_cpu = "x86-64-v3";  // not silently this machine: objects travel
  std::string name;
};

Exit complain(const Arguments& arguments, const Diagnostic& diagnostic) {
  Output output(arguments.json ? Format::json : Format::text);
  output.mistake(diagnostic);
  return output.exit();
}

std::string read_all(const std::istream& stream) {
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

Expected<Source> read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown))
    return fail(Code::cannot_read, {"'" + path + "'", "it is a folder"});
  std::string text = read_all(stream);
  if (!stream.is_open() || stream.bad())
    return fail(Code::cannot_read, {"'" + path + "'", std::strerror(errno)});
  return Source(path, std::move(text));
}

Expected<void> write_file(const std::string& path, const std::string& bytes) {
  std::ofstream stream(path, std::ios::binary);
  stream << bytes;
  stream.close();
  if (!stream) return fail(Code::cannot_write, {"'" + path + "'", std::strerror(errno)});
  return {};
}

// Statements on the command line are one text, a line each.
Source typed(const Arguments& arguments) {
  std::string text;
  for (const std::string& statement : arguments.statements) text += statement + "\n";
  return {"<input>", std::move(text)};
}

Exit run_all(Session& session, const Arguments& arguments, const std::vector<Source>& sources) {
  Runner runner(session, arguments.json ? Format::json : Format::text);
  for (const Source& source : sources)
    if (!session.interrupted()) runner.run(source);
  return session.interrupted() ? Exit::interrupted : runner.exit();
}

Exit evaluate(const Arguments& arguments) {
  auto session = Session::create(arguments.settings);
  if (!session) return complain(arguments, session.error());
  std::vector<Source> sources;
  if (!arguments.file.empty()) {
    auto source = read_file(arguments.file);
    if (!source) return complain(arguments, source.error());
    sources.push_back(std::move(*source));
  }
  if (!arguments.statements.empty()) sources.push_back(typed(arguments));
  if (sources.empty() && isatty(STDIN_FILENO) != 0 && !arguments.json) return converse(*session);
  if (sources.empty()) sources.emplace_back("<input>", read_all(std::cin));
  return run_all(*session, arguments, sources);
}

Exit explain(const Arguments& arguments) {
  auto session = Session::create(arguments.settings);
  if (!session) return complain(arguments, session.error());
  auto text = session->explain(typed(arguments));
  if (!text) return complain(arguments, text.error());
  fmt::print("{}", *text);
  return Exit::fine;
}

Exit compile(const Arguments& arguments) {
  auto session = Session::create(arguments.settings);
  if (!session) return complain(arguments, session.error());
  auto artifact = session->compile(typed(arguments), arguments.object_cpu);
  if (!artifact) return complain(arguments, artifact.error());
  if (auto written = write_file(arguments.output, artifact->object); !written)
    return complain(arguments, written.error());
  if (arguments.header.empty()) return Exit::fine;
  if (auto written = write_file(arguments.header, artifact->header); !written)
    return complain(arguments, written.error());
  return Exit::fine;
}

// CLI11's own ranges let nan through.
CLI::Validator number_in(double low, double high, const char* wanted) {
  return {[=](const std::string& text) {
            double number = 0;
            const bool fine = CLI::detail::lexical_cast(text, number) && number >= low && number <= high;
            return fine ? std::string() : "must be " + std::string(wanted) + ", not " + text;
          },
          wanted};
}

void add_settings(CLI::App& app, Arguments& arguments) {
  Settings& settings = arguments.settings;
  app.add_option("--cpu", settings.cpu, "make code for this cpu, e.g. x86-64-v3")->capture_default_str();
  app.add_option("--n-jobs", settings.n_jobs, "threads; 0 means all cores")->check(CLI::Range(0, 1024));
  app.add_option("--tol", settings.tolerance, "relative tolerance")

      ->check(number_in(0, 1, "a number from 0 to 1"))

      ->capture_default_str();
  app.add_option("--time-limit", settings.time_limit, "seconds for one integral; 0 means none")
      ->check(number_in(0, 1e18, "seconds, not negative"));
}

int command_line(int argc, char** argv) {
  Arguments arguments;
  Exit exit = Exit::fine;
  CLI::App app(
      "jitegral integrates the formula you type, at the speed of the machine.\n"
      "Without statements it reads them from standard input, or converses on a terminal.\n"
      "Example: jitegral 'integrate(cos(x)*x, 0, pi/2)'",
      "jitegral");
  app.set_version_flag("--version", "jitegral " JITEGRAL_VERSION);
  app.add_option("statements", arguments.statements, "statements to run")->option_text("STATEMENT ...");
  app.add_option("-f,--file", arguments.file, "run the statements of a file first");
  app.add_flag("--json", arguments.json, "one JSON object a line for every result");
  add_settings(app, arguments);

  CLI::App* explaining =
      app.add_subcommand("explain", "what is found in an integral, what is chosen, and why");
  explaining->add_option("statements", arguments.statements)->required()->option_text("STATEMENT ...");

  CLI::App* compiling =
      app.add_subcommand("compile", "make an object file that needs no jitegral, and its C header");
  compiling->add_option("definitions", arguments.statements, "for example 'f(x) = cos(x)*x'")->required();
  compiling->add_option("-o,--output", arguments.output, "the object file")->required();
  compiling->add_option("--header", arguments.header, "the C header");
  compiling->add_option("--cpu", arguments.object_cpu, "the cpu that the object needs")
      ->capture_default_str();

  CLI::App* functions = app.add_subcommand("functions", "the functions that formulas may use");
  functions->add_option("name", arguments.name, "tell all about this one");

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    auto failure = fail(Code::bad_usage, {error.what()});
    failure.error().notes.emplace_back("see jitegral --help");
    return static_cast<int>(complain(arguments, failure.error()));
  }
  if (*explaining)
    exit = explain(arguments);
  else if (*compiling)
    exit = compile(arguments);
  else if (*functions)
    exit = print_reference(arguments.name) ? Exit::fine : Exit::bad_input;
  else
    exit = evaluate(arguments);
  return static_cast<int>(exit);
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
