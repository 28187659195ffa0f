#include "cli/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "cli/files.h"
#include "cli/number_text.h"
#include "cli/reference.h"

namespace jitegral::cli {
namespace {

void show(Conversation& conversation, const Expected<std::string>& text) {
  if (text)
    fmt::print("{}", *text);
  else
    conversation.mistake(text.error());
}

void help(Conversation& conversation, const std::string& topic) {
  if (!topic.empty()) return show(conversation, reference(topic));
  fmt::print("Type a formula, for example  integrate(cos(x)*x, 0, pi/2)  or  a = 3\n");
  for (const Command& command : commands())
    fmt::print("  {:<22} {}\n", fmt::format(":{} {}", command.name, command.takes), command.doc);
  fmt::print("Keys: Tab completes, Ctrl-R searches what was typed, Ctrl-C stops, Ctrl-D ends.\n");
}

void list_functions(Conversation& conversation, const std::string& word) {
  show(conversation, word.empty() ? reference() : reference(word));
}

void list_variables(Conversation& conversation, const std::string&) {
  for (const auto& one : conversation.workspace().definitions()) fmt::print("{}\n", one.text);
}

void show_preference(const Preference& one, const Preferences& preferences) {
  fmt::print("{:<12} = {:<8} {} ({})\n", one.name, one.get(preferences), one.doc, one.takes);
}

void refuse_setting(Conversation& conversation, const std::string& name) {
  std::vector<std::string_view> known;
  for (const Preference& one : preferences()) known.push_back(one.name);
  auto failure = fail(Code::bad_setting, {"'" + name + "'", "is not a setting"});
  if (auto near = nearest(name, known))
    failure.error().notes.push_back("did you mean " + std::string(*near) + "?");
  conversation.mistake(failure.error());
}

// :set, :set NAME, :set NAME VALUE, :set NAME = VALUE
void set(Conversation& conversation, const std::string& argument) {
  Preferences& now = conversation.preferences();
  if (argument.empty())
    for (const Preference& one : preferences()) show_preference(one, now);
  if (argument.empty()) return;
  const std::size_t end = std::min(argument.find_first_of(" ="), argument.size());
  const std::string name = argument.substr(0, end);
  const std::size_t begin = argument.find_first_not_of(" =", end);
  const Preference* one = find_preference(name);
  if (one == nullptr) return refuse_setting(conversation, name);
  if (begin == argument.npos) return show_preference(*one, now);
  Preferences wanted = now;
  if (auto wrong = one->set(wanted, argument.substr(begin)))
    return conversation.mistake(fail(Code::bad_setting, {name, *wrong}).error());
  if (auto done = conversation.workspace().configure(wanted.settings); !done)
    return conversation.mistake(done.error());
  now = wanted;
}

void time(Conversation& conversation, const std::string& argument) {
  if (argument == "on" || argument == "off") {
    conversation.shows_time = argument == "on";
    return;
  }
  if (!argument.empty() && !conversation.run(argument + "\n")) return;
  const Report& last = conversation.runner().last();
  fmt::print("{}: {} to run, {} to compile\n", last.statement.empty() ? "nothing yet" : last.statement,
             duration_text(last.seconds), duration_text(last.compile_seconds));
}

void explain(Conversation& conversation, const std::string& text) {
  conversation.runner().explain(Source("<input>", text));
}

void show_listing(Conversation& conversation, const std::string& text, Workspace::Listing form) {
  show(conversation, conversation.workspace().listing(Source("<input>", text), form));
}

void save(Conversation& conversation, const std::string& path) {
  if (auto written = write_file(path, conversation.accepted()); !written)
    conversation.mistake(written.error());
}

void load(Conversation& conversation, const std::string& path) {
  if (auto done = conversation.take_file(path); !done) conversation.mistake(done.error());
}

// The middle one of the times that a statement takes, run again and again for about a second.
void bench(Conversation& conversation, const std::string& text) {
  using Clock = std::chrono::steady_clock;
  const Source source("<input>", text + "\n");
  std::vector<double> seconds;
  std::optional<Diagnostic> wrong;
  Report last;
  Listener listener;
  listener.report = [&](const Report& report) { last = report; };
  listener.mistake = [&](const Diagnostic& diagnostic) { wrong = diagnostic; };
  Workspace& workspace = conversation.workspace();
  const auto end = Clock::now() + std::chrono::seconds(1);
  while (!wrong && !workspace.interrupted() && (seconds.size() < 3 || Clock::now() < end)) {
    const auto start = Clock::now();
    for (Span span : split_statements(source).spans) workspace.run(source, span, listener);
    seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  }
  if (wrong) return conversation.mistake(*wrong);
  std::ranges::sort(seconds);
  const double median = seconds[seconds.size() / 2];
  fmt::print("{} runs: {} in the middle, {} at best", seconds.size(), duration_text(median),
             duration_text(seconds.front()));
  if (last.evaluations > 0)
    fmt::print(" · {} evaluations · {} each", count_text(static_cast<double>(last.evaluations)),
               duration_text(median / static_cast<double>(last.evaluations)));
  fmt::print("\n");
}

void quit(Conversation& conversation, const std::string&) { conversation.end(); }

constexpr Command table[] = {
    {"help", "[NAME]", "this list, or all about a function, rule, option or message", help},
    {"functions", "[WORD]", "what formulas may use, or what of it tells of a word", list_functions},
    {"vars", "", "what has been defined", list_variables},
    {"set", "[NAME [VALUE]]", "settings: show or change them", set},
    {"time", "[STATEMENT|on|off]", "how long the last statement took, or this one, or each", time},
    {"explain", "STATEMENT",
     "what is found in an integral, what is chosen, and why; on a terminal with a picture", explain},
    {"ir", "FORMULA", "what is made of a formula, as LLVM IR",
     [](Conversation& c, const std::string& text) { show_listing(c, text, Workspace::Listing::ir); }},
    {"asm", "FORMULA", "the same as machine code",
     [](Conversation& c, const std::string& text) { show_listing(c, text, Workspace::Listing::assembly); }},
    {"plot", "FORMULA, ..., A..B", "the same as the statement plot",
     [](Conversation& c, const std::string& text) { c.run("plot " + text + "\n"); }},
    {"bench", "STATEMENT", "runs it again and again and tells the time", bench},
    {"save", "FILE", "writes what was typed without a mistake as a script", save},
    {"load", "FILE", "runs a script here", load},
    {"quit", "", "the end (so does Ctrl-D)", quit},
};

// The command of this name, or the only one that begins so.
const Command* find(std::string_view name) {
  const Command* found = nullptr;
  for (const Command& command : table) {
    if (command.name == name) return &command;
    if (name.empty() || !command.name.starts_with(name)) continue;
    if (found != nullptr) return nullptr;
    found = &command;
  }
  return found;
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin));
}

void refuse(Conversation& conversation, const std::string& name) {
  std::vector<std::string_view> known;
  for (const Command& command : table) known.push_back(command.name);
  auto failure = fail(Code::unknown_command, {"':" + name + "'"});
  if (auto near = nearest(name, known))
    failure.error().notes.push_back("did you mean :" + std::string(*near) + "?");
  failure.error().notes.emplace_back("see :help");
  conversation.mistake(failure.error());
}

}  // namespace

std::span<const Command> commands() { return table; }

bool is_command(std::string_view line) { return line.starts_with(':') || line.starts_with('?'); }

void obey(Conversation& conversation, const std::string& line) {
  if (line.starts_with("??")) return list_functions(conversation, trimmed(line.substr(2)));
  if (line.starts_with('?')) return help(conversation, trimmed(line.substr(1)));
  const std::size_t space = std::min(line.find_first_of(" \t"), line.size());
  const std::string name = line.substr(1, space - 1);
  const Command* command = find(name);
  if (command == nullptr) return refuse(conversation, name);
  command->run(conversation, trimmed(line.substr(space)));
}

std::set<std::string> command_words() {
  std::set<std::string> words;
  for (const Command& command : table)
    words.insert(std::string(command.name) + (command.takes.empty() ? "" : " "));
  return words;
}

}  // namespace jitegral::cli
