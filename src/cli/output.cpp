#include "cli/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <sstream>
#include <utility>

#include "cli/number_text.h"

namespace jitegral::cli {
namespace {

bool lacks_promise(Status status) {
  return status == Status::not_converged || status == Status::divergent || status == Status::non_finite ||
         status == Status::budget;
}

std::string worth_text(const Report& report, const Style& style) {
  const std::string status(to_text(report.status));
  std::string text = lacks_promise(report.status)         ? style.poor(status)
                     : report.status == Status::converged ? style.good(status)
                                                          : status;
  text += fmt::format(" · {} evaluations · {} · {}", report.evaluations, report.tier,
                      duration_text(report.seconds));
  return text;
}

// The value with the digits beyond its error dim.
std::string graded(const Report& report, const Style& style) {
  std::string text = value_text(*report.value);
  const std::size_t sure = sure_length(text, report.error.value_or(0));
  const std::size_t exponent = std::min(text.find('e'), text.size());
  if (sure >= exponent) return text;
  return text.substr(0, sure) + style.dim(text.substr(sure, exponent - sure)) + text.substr(exponent);
}

std::string conversation_line(const Report& report, const Style& style) {
  std::string line = "= " + graded(report, style);
  if (report.error) line += style.dim(fmt::format("  ± {:.2g}", *report.error));
  if (report.status != Status::value) line += "   " + worth_text(report, style);
  if (report.result > 0) line += style.dim(fmt::format("   %{}", report.result));
  return line;
}

void print_line(std::string line) {
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == text.npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& field : fields) line += (line.empty() ? "" : ",") + csv_field(field);
  return line;
}

std::vector<std::string> columns_of(const Report& report) {
  std::vector<std::string> columns;
  for (const auto& [name, value] : report.at) columns.push_back(name);
  columns.insert(columns.end(), {"value", "error", "status"});
  return columns;
}

std::vector<std::string> fields_of(const Report& report) {
  std::vector<std::string> fields;
  for (const auto& [name, value] : report.at) fields.push_back(value_text(value));
  fields.push_back(report.value ? value_text(*report.value) : "");
  fields.push_back(report.error ? value_text(*report.error) : "");
  fields.emplace_back(to_text(report.status));
  return fields;
}

// The first line up to the message, and the carets, stand out.
std::string painted(const std::string& message, const Style& style) {
  std::istringstream lines(message);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    if (!text.empty()) {
      const std::size_t caret = line.find_first_not_of(" |");
      const bool marks = caret != line.npos && line.find_first_not_of('^', caret) == line.npos;
      text += "\n" + (marks ? line.substr(0, caret) + style.bad(line.substr(caret)) : line);
      continue;
    }
    const std::size_t error = std::min({line.find("error "), line.find("warning "), line.size()});
    const std::size_t end = std::min(line.find(':', error), line.size());
    text = line.substr(0, error) + style.bad(line.substr(error, end - error)) + style.bold(line.substr(end));
  }
  return text;
}

// Rows come one by one, so a column is as wide as a double can be without an exponent.
constexpr int column_width = 20;
constexpr int value_width = 24;

}  // namespace

void Output::worsen(Exit exit) {
  if (static_cast<int>(exit) > static_cast<int>(exit_)) exit_ = exit;
}

// The header is printed again only where the columns change.
void Output::print_csv(const Report& report) {
  if (!report.value) return;
  if (std::vector<std::string> columns = columns_of(report); columns != columns_) {
    columns_ = std::move(columns);
    print_line(csv_line(columns_));
  }
  print_line(csv_line(fields_of(report)));
}

void Output::print_aligned(const Report& report) {
  const Style style(coloured(preferences_.colour, STDOUT_FILENO));
  if (!std::exchange(in_table_, true)) {
    std::string header;
    for (const auto& [name, value] : report.at) header += fmt::format("{:<{}}", name, column_width);
    print_line(style.dim(header + "value"));
  }
  std::string row;
  for (const auto& [name, value] : report.at) row += fmt::format("{:<{}}", value_text(value), column_width);
  const std::size_t length = value_text(*report.value).size();
  row += graded(report, style);
  if (report.error)
    row += std::string(length < value_width ? value_width - length : 1, ' ') +
           style.dim(fmt::format("± {:.2g}", *report.error));
  if (lacks_promise(report.status)) row += "  " + style.poor(to_text(report.status));
  print_line(row);
}

void Output::print_text(const Report& report) {
  if (!report.value) return;
  if (!report.at.empty() && (talking_ || isatty(STDOUT_FILENO) != 0)) return print_aligned(report);
  if (talking_)
    return print_line(conversation_line(report, Style(coloured(preferences_.colour, STDOUT_FILENO))));
  if (report.is_definition) return;
  std::string row;
  for (const auto& [name, value] : report.at) row += value_text(value) + "\t";
  print_line(row + value_text(*report.value));
}

void Output::print(const Report& report) {
  switch (preferences_.format) {
    case Format::json:
      return print_line(json_text(report));
    case Format::csv:
      return report.is_definition ? void() : print_csv(report);
    case Format::text:
      return print_text(report);
  }
}

void Output::warn(const Report& report) const {
  if (report.status == Status::cancelled) fmt::print(stderr, "interrupted\n");
  if (!report.trouble && report.warnings.empty()) return;
  const Style style(coloured(preferences_.colour, STDERR_FILENO));
  if (report.trouble) fmt::print(stderr, "{}\n", painted(report.trouble->render(), style));
  for (const std::string& warning : report.warnings)
    fmt::print(stderr, "{} {}: {}{}\n", style.poor("warning:"), to_text(report.status), warning,
               report.error ? fmt::format(" (error {:.2g})", *report.error) : "");
}

void Output::report(const Report& report) {
  if (report.status == Status::cancelled) worsen(Exit::interrupted);
  if (lacks_promise(report.status)) worsen(Exit::no_promise);
  print(report);
  if (preferences_.format != Format::json) warn(report);
}

void Output::mistake(const Diagnostic& diagnostic) {
  worsen(Exit::bad_input);
  if (preferences_.format == Format::json) return print_line(json_text(diagnostic));
  fmt::print(stderr, "{}\n",
             painted(diagnostic.render(), Style(coloured(preferences_.colour, STDERR_FILENO))));
}

}  // namespace jitegral::cli
