#include "cli/repl.h"

#include <fmt/format.h>
#include <histedit.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>

#include "cli/reference.h"
#include "cli/runner.h"

namespace jitegral::cli {
namespace {

namespace fs = std::filesystem;

// Where history is kept: $XDG_STATE_HOME/jitegral/history. Empty if there is no home.
fs::path history_file() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  if (state == nullptr && home == nullptr) return {};
  const fs::path base = state != nullptr ? fs::path(state) : fs::path(home) / ".local" / "state";
  std::error_code ignored;
  fs::create_directories(base / "jitegral", ignored);
  return base / "jitegral" / "history";
}

struct Conversation;

struct Command {
  std::string_view name;
  std::string_view doc;
  void (*run)(Conversation&, const std::string& argument);
};

std::span<const Command> commands();

const char* prompt_of(EditLine* editor);

// The editor, its history, and what has been typed of an unfinished statement.
struct Conversation {
  explicit Conversation(Workspace& workspace)
      : runner(workspace, Format::conversation),
        history(history_init()),
        editor(el_init("jitegral", stdin, stdout, stderr)),
        file(history_file().string()) {
    HistEvent event;
    ::history(history, &event, H_SETSIZE, 1000);
    if (!file.empty()) ::history(history, &event, H_LOAD, file.c_str());
    el_set(editor, EL_CLIENTDATA, this);
    el_set(editor, EL_PROMPT, &prompt_of);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_HIST, ::history, history);
    el_set(editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    el_source(editor, nullptr);  // the user's .editrc
  }
  ~Conversation() {
    HistEvent event;
    if (!file.empty()) ::history(history, &event, H_SAVE, file.c_str());
    el_end(editor);
    history_end(history);
  }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  void remember(const std::string& line) const {
    HistEvent event;
    if (line.find_first_not_of(" \t\n") != line.npos) ::history(history, &event, H_ENTER, line.c_str());
  }

  Runner runner;
  History* history;
  EditLine* editor;
  std::string file;
  std::string pending;
  bool over = false;
};

const char* prompt_of(EditLine* editor) {
  void* data = nullptr;
  el_get(editor, EL_CLIENTDATA, &data);
  return static_cast<Conversation*>(data)->pending.empty() ? "> " : ". ";
}

void show_help(Conversation&, const std::string& topic) {
  if (!topic.empty()) {
    print_reference(topic);
    return;
  }
  fmt::print("Type a formula, for example  integrate(cos(x)*x, 0, pi/2)  or  a = 3\n");
  for (const Command& command : commands()) fmt::print("  {:<12} {}\n", command.name, command.doc);
}

void explain(Conversation& conversation, const std::string& text) {
  if (auto explained = conversation.runner.workspace().explain(Source("<input>", text)))
    fmt::print("{}", *explained);
  else
    conversation.runner.output().mistake(explained.error());
}

std::span<const Command> commands() {
  static constexpr Command table[] = {
      {":help", "this list; :help NAME tells about a function or rule", show_help},
      {":explain", "what is found in an integral, what is chosen, and why", explain},
      {":functions", "all functions", [](Conversation&, const std::string&) { print_reference(""); }},
      {":quit", "the end (so does Ctrl-D)", [](Conversation& c, const std::string&) { c.over = true; }},
  };
  return table;
}

void obey(Conversation& conversation, const std::string& line) {
  const std::size_t space = std::min(line.find(' '), line.size());
  const std::string name = line.substr(0, space);
  std::string argument = line.substr(std::min(line.find_first_not_of(' ', space), line.size()));
  for (const Command& command : commands())
    if (command.name == name) return command.run(conversation, argument);
  std::vector<std::string_view> known;
  for (const Command& command : commands()) known.push_back(command.name);
  auto failure = fail(Code::unknown_command, {"'" + name + "'"});
  if (auto near = nearest(name, known))
    failure.error().notes.push_back("did you mean " + std::string(*near) + "?");
  conversation.runner.output().mistake(failure.error());
}

void take(Conversation& conversation, const std::string& line) {
  conversation.remember(line);
  if (conversation.pending.empty() && line.starts_with(':'))
    return obey(conversation, line.substr(0, line.find_last_not_of(" \t\n") + 1));
  conversation.pending += line;
  const Source source("<input>", conversation.pending);
  if (!split_statements(source).complete && line != "\n") return;
  conversation.pending.clear();
  conversation.runner.run(source);
}

}  // namespace

Exit converse(Workspace& workspace) {
  Conversation conversation(workspace);
  fmt::print("jitegral {} · {} · :help\n", JITEGRAL_VERSION, workspace.target());
  while (!conversation.over) {
    workspace.clear_interrupt();
    int length = 0;
    errno = 0;
    const char* line = el_gets(conversation.editor, &length);
    if (line == nullptr || length <= 0) {
      if (errno != EINTR && !workspace.interrupted()) break;
      el_reset(conversation.editor);
      conversation.pending.clear();
      fmt::print("\n");
      continue;
    }
    workspace.clear_interrupt();
    take(conversation, line);
  }
  return Exit::fine;
}

}  // namespace jitegral::cli
