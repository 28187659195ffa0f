#include "cli/runner.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>

#include "cli/plot.h"

namespace jitegral::cli {
namespace {

std::atomic<Workspace*> running = nullptr;  // what a signal handler can reach

void on_interrupt(int) {
  Workspace* workspace = running.load();
  if (workspace == nullptr || workspace->interrupted()) _exit(static_cast<int>(Exit::interrupted));
  workspace->interrupt();
}

void handle_interrupts() {
  struct sigaction action{};
  action.sa_handler = on_interrupt;  // no SA_RESTART: a prompt that waits for a line must notice
  sigaction(SIGINT, &action, nullptr);
}

}  // namespace

Runner::Runner(Workspace& workspace, const Preferences& preferences, bool talking)
    : workspace_(workspace), preferences_(preferences), output_(preferences, talking) {
  running = &workspace;
  handle_interrupts();
}

Runner::~Runner() { running = nullptr; }

bool Runner::run(const Source& source) {
  bool fine = true;
  for (Span statement : split_statements(source).spans) {
    if (workspace_.interrupted()) return fine;
    fine = run(source, statement) && fine;
  }
  return fine;
}

bool Runner::run(const Source& source, Span statement) {
  bool fine = true;
  Listener listener;
  listener.report = [this](const Report& report) {
    progress_.clear();
    output_.report(report);
    last_ = report;
  };
  listener.mistake = [this, &fine](const Diagnostic& diagnostic) {
    fine = false;
    progress_.clear();
    output_.mistake(diagnostic);
  };
  listener.picture = [this](const Picture& picture) {
    progress_.clear();
    draw(picture);
  };
  listener.progress = [this](const StatementProgress& progress) { progress_.show(progress); };
  output_.begin();
  workspace_.run(source, statement, listener);
  progress_.clear();
  return fine;
}

bool Runner::explain(const Source& source) {
  const bool into_file = !picture_file_.empty();
  const bool on_screen = !into_file && preferences_.format == Format::text && isatty(STDOUT_FILENO) != 0;
  auto explained = workspace_.explain(source, into_file || on_screen);
  if (explained && into_file && explained->pictures.empty())
    explained = fail(Code::cannot_draw, {"there is no integral over one variable with known limits"});
  if (!explained) {
    output_.mistake(explained.error());
    return false;
  }
  fmt::print("{}", explained->text);
  if (into_file) explained->pictures.resize(1);
  for (const Picture& picture : explained->pictures) draw(picture);
  return true;
}

void Runner::draw(const Picture& picture) {
  if (!picture_file_.empty()) {
    if (auto drawn = draw_file(picture, picture_file_); !drawn) output_.mistake(drawn.error());
    return;
  }
  if (preferences_.format != Format::text) {
    fmt::print("{}", preferences_.format == Format::json ? json_text(picture) : csv_text(picture));
  } else {
    fmt::print("{}", draw_text(picture, screen_size(), Style(coloured(preferences_.colour, STDOUT_FILENO))));
  }
  std::fflush(stdout);
}

}  // namespace jitegral::cli
