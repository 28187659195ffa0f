#include "cli/reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "api/workspace.h"
#include "cli/explanation_text.h"
#include "cli/number_text.h"

namespace jitegral::cli {
namespace {

// What is part of the language and not of a table.
struct Form {
  std::string_view name, signature, doc;
  std::vector<std::string_view> examples;
};

const std::vector<Form>& forms() {
  static const std::vector<Form> all{
      {"integrate",
       "integrate(formula, a, b, options)",
       "the integral of a formula with one free variable from a to b; with several variables each has a "
       "named "
       "range, outermost first",
       {"integrate(cos(x)*x, 0, pi/2)", "integrate(x*y, x = 0..1, y = 0..x)",
        "integrate(exp(-x^2), -inf, inf, tol = 1e-8)",
        "integrate(cos, 0, 1, rule = simpson, n_iter = 1000)"}},
      {"plot",
       "plot formula, ..., a..b",
       "draws formulas over a range, an integral over its upper limit, or a table",
       {"plot sin(x), cos(x), 0..2*pi", "plot integrate(exp(-t^2), 0, u), u = 0..3",
        "plot x^2 for x in 0..1 step 0.1"}},
      {"for",
       "formula for v in a..b step s",
       "a table: one row for each value of v; several loops nest, the last runs fastest",
       {"x^2 for x in 0..1 step 0.5", "x + y for x in [1, 5] for y in 0..1"}},
      {"ans", "ans", "the last value; %1, %2, ... are all of them in order", {"1 + 1; ans*10"}},
  };
  return all;
}

std::string accuracy(double ulp) {
  return ulp == 0 ? "exact or correctly rounded" : fmt::format("within {} ulp", ulp);
}

// An example with what it gives.
std::string run_example(const std::string& text) {
  std::string line = "  example: " + text + "\n";
  auto workspace = Workspace::create();
  if (!workspace) return line;
  Listener listener;
  listener.report = [&](const Report& report) {
    if (!report.value) return;
    line += "    ";
    for (const auto& [name, value] : report.at) line += fmt::format("{} = {}  ", name, value_text(value));
    line += "= " + value_text(*report.value);
    if (report.error) line += fmt::format("  ± {:.2g}", *report.error);
    line += "\n";
  };
  workspace->run(Source("<example>", text), listener);
  return line;
}

std::string about(const FunctionDoc& doc) {
  std::string text = fmt::format("{}: {}\n  domain: {}\n  accuracy: {}\n", doc.signature, doc.doc, doc.domain,
                                 accuracy(doc.ulp));
  for (const std::string& alias : doc.aliases) text += "  also written: " + alias + "\n";
  return text + run_example(doc.example);
}

std::string about(const Form& form) {
  std::string text = fmt::format("{}: {}\n", form.signature, form.doc);
  if (form.name == "integrate") {
    text += "  options:\n";
    for (const auto& [name, doc] : option_docs()) text += fmt::format("    {:<12} {}\n", name, doc);
  }
  for (std::string_view example : form.examples) text += run_example(std::string(example));
  return text;
}

bool is_called(const FunctionDoc& doc, const std::string& name) {
  return doc.name == name || std::ranges::find(doc.aliases, name) != doc.aliases.end();
}

struct Line {
  std::string_view heading;
  std::string name, doc;
};

std::vector<Line> lines() {
  std::vector<Line> all;
  for (const Form& form : forms())
    all.push_back({"the language", std::string(form.signature), std::string(form.doc)});
  for (const FunctionDoc& doc : function_docs()) {
    std::string words = doc.doc;
    for (const std::string& alias : doc.aliases) words += "; also " + alias;
    all.push_back({"functions", doc.signature, std::move(words)});
  }
  for (const auto& [name, doc] : constant_docs()) all.push_back({"constants", name, doc});
  for (const auto& [name, doc] : rule_docs())
    all.push_back({"rules for integrate(..., rule = NAME)", name, doc});
  for (const auto& [name, doc] : option_docs()) all.push_back({"options of integrate", name, doc});
  return all;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// The lines that contain a word, under their headings.
std::string list(const std::string& word) {
  std::string text;
  std::string_view heading;
  for (const Line& line : lines()) {
    if (!lower(line.name + " " + line.doc).contains(lower(word))) continue;
    if (line.heading != heading) text += fmt::format("{}{}:\n", text.empty() ? "" : "\n", line.heading);
    heading = line.heading;
    text += fmt::format("  {:<20} {}\n", line.name, line.doc);
  }
  return text;
}

std::unexpected<Diagnostic> unknown(const std::string& topic) {
  auto failure = fail(Code::unknown_function, {"'" + topic + "'"});
  const std::set<std::string> topics = help_topics();
  const std::vector<std::string_view> known(topics.begin(), topics.end());
  if (auto near = nearest(topic, known))
    failure.error().notes.push_back("did you mean '" + std::string(*near) + "'?");
  return failure;
}

}  // namespace

std::string reference() { return list(""); }

Expected<std::string> reference(const std::string& topic) {
  if (looks_like_code(topic)) return explanation_text(topic);
  for (const Form& form : forms())
    if (form.name == topic) return about(form);
  for (const FunctionDoc& doc : function_docs())
    if (is_called(doc, topic)) return about(doc);
  for (const auto& docs : {constant_docs(), rule_docs(), option_docs()})
    for (const auto& [name, doc] : docs)
      if (name == topic) return fmt::format("{}: {}\n", name, doc);
  std::string found = list(topic);
  if (found.empty()) return unknown(topic);
  return found;
}

std::set<std::string> help_topics() {
  std::set<std::string> topics;
  for (const Form& form : forms()) topics.emplace(form.name);
  for (const FunctionDoc& doc : function_docs()) topics.insert(doc.name);
  for (const auto& docs : {constant_docs(), rule_docs(), option_docs()})
    for (const auto& [name, doc] : docs) topics.insert(name);
  return topics;
}

std::string signature_of(const std::string& function) {
  for (const Form& form : forms())
    if (form.name == function && form.signature.contains('(')) return std::string(form.signature);
  for (const FunctionDoc& doc : function_docs())
    if (is_called(doc, function)) return doc.signature;
  return {};
}

}  // namespace jitegral::cli
