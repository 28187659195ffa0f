#include "cli/output.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace jitegral::cli {
namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

void print_json(const Json& json) {
  fmt::print("{}\n", json.dump(-1, ' ', false, Json::error_handler_t::replace));
  std::fflush(stdout);
}

Json to_json(const Report& report) {
  Json json{{"statement", report.statement}};
  if (!report.at.empty()) {
    Json at = Json::object();
    for (const auto& [name, value] : report.at) at[name] = value;
    json["at"] = std::move(at);
  }
  json["value"] = number(report.value);
  json["error"] = number(report.error);
  json["status"] = to_text(report.status);
  json["method"] = report.method;
  json["evaluations"] = report.evaluations;
  json["n_jobs"] = report.n_jobs;
  json["tier"] = report.tier;
  json["seconds"] = report.seconds;
  json["compile_seconds"] = report.compile_seconds;
  json["warnings"] = report.warnings;
  return json;
}

std::string value_text(double value) { return std::isnan(value) ? "nan" : fmt::format("{}", value); }

void print_text(const Report& report) {
  if (report.is_definition || !report.value) return;
  std::string row;
  for (const auto& [name, value] : report.at) row += value_text(value) + "\t";
  fmt::print("{}{}\n", row, value_text(*report.value));
  std::fflush(stdout);
}

void print_conversation(const Report& report) {
  if (!report.value) return;
  std::string line;
  for (const auto& [name, value] : report.at) line += fmt::format("{} = {}  ", name, value_text(value));
  line += "= " + value_text(*report.value);
  if (report.error) line += fmt::format("  ± {:.2g}", *report.error);
  if (report.status != Status::value)
    line += fmt::format("   {} · {} evaluations · {}", to_text(report.status), report.evaluations,
                        duration_text(report.seconds));
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

bool lacks_promise(Status status) {
  return status == Status::not_converged || status == Status::divergent || status == Status::non_finite ||
         status == Status::budget;
}

}  // namespace

std::string duration_text(double seconds) {
  if (seconds >= 1) return fmt::format("{:.3g} s", seconds);
  if (seconds >= 1e-3) return fmt::format("{:.3g} ms", seconds * 1e3);
  return fmt::format("{:.3g} µs", seconds * 1e6);
}

void Output::worsen(Exit exit) {
  if (static_cast<int>(exit) > static_cast<int>(exit_)) exit_ = exit;
}

void Output::report(const Report& report) {
  if (report.status == Status::cancelled) worsen(Exit::interrupted);
  if (lacks_promise(report.status)) worsen(Exit::no_promise);
  switch (format_) {
    case Format::json:
      return print_json(to_json(report));
    case Format::text:
      print_text(report);
      break;
    case Format::conversation:
      print_conversation(report);
      break;
  }
  if (report.status == Status::cancelled) fmt::print(stderr, "interrupted\n");
  for (const std::string& warning : report.warnings)
    fmt::print(stderr, "warning: {}: {}{}\n", to_text(report.status), warning,
               report.error ? fmt::format(" (error {:.2g})", *report.error) : "");
}

void Output::mistake(const Diagnostic& diagnostic) {
  worsen(Exit::bad_input);
  if (format_ != Format::json) {
    fmt::print(stderr, "{}\n", diagnostic.render());
    return;
  }
  const Position position = diagnostic.position();
  print_json({{"error_code", id(diagnostic.code)},
              {"message", diagnostic.message()},
              {"line", position.line},
              {"column", position.column},
              {"notes", diagnostic.notes}});
}

}  // namespace jitegral::cli
