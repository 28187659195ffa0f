#include "cli/runner.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

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

Runner::Runner(Workspace& workspace, Format format) : workspace_(workspace), output_(format) {
  running = &workspace;
  handle_interrupts();
}

Runner::~Runner() { running = nullptr; }

void Runner::run(const Source& source) {
  Listener listener;
  listener.report = [this](const Report& report) {
    progress_.clear();
    output_.report(report);
  };
  listener.mistake = [this](const Diagnostic& diagnostic) {
    progress_.clear();
    output_.mistake(diagnostic);
  };
  listener.progress = [this](const Progress& progress) { progress_.show(progress); };
  workspace_.run(source, listener);
  progress_.clear();
}

}  // namespace jitegral::cli
