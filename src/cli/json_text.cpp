#include <nlohmann/json.hpp>

#include "cli/output.h"

namespace jitegral::cli {
namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

std::string line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string json_text(const Report& report) {
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
  if (report.trouble) json["warnings"].push_back(report.trouble->message());
  return line(json);
}

std::string json_text(const Diagnostic& diagnostic) {
  const Position position = diagnostic.position();
  return line({{"error_code", id(diagnostic.code)},
               {"message", diagnostic.message()},
               {"line", position.line},
               {"column", position.column},
               {"notes", diagnostic.notes}});
}

}  // namespace jitegral::cli
