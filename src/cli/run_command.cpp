#include "cli/run_command.h"

#include <unistd.h>

#include "cli/files.h"
#include "cli/repl.h"
#include "cli/runner.h"
#include "cli/startup.h"
#include "cli/stream.h"

namespace jitegral::cli {
namespace {

// Neighbouring statements are one text, so that messages count them as its lines.
struct Piece {
  std::vector<std::string> statements;
  std::string file;
};

std::vector<Piece> pieces_of(const std::vector<RunOrder::Input>& inputs) {
  std::vector<Piece> pieces;
  for (const RunOrder::Input& input : inputs) {
    if (input.kind == RunOrder::Input::Kind::file || input.text == "-") {
      pieces.push_back({{}, input.text});
      continue;
    }
    if (pieces.empty() || !pieces.back().file.empty()) pieces.emplace_back();
    pieces.back().statements.push_back(input.text);
  }
  return pieces;
}

void run_piece(Runner& runner, const Piece& piece) {
  if (piece.file == "-") return run_stream(runner, STDIN_FILENO, "<input>");
  if (piece.file.empty()) {
    runner.run(typed(piece.statements));
    return;
  }
  if (auto source = read_file(piece.file))
    runner.run(*source);
  else
    runner.output().mistake(source.error());
}

Exit worse(Exit a, Exit b) { return static_cast<int>(a) > static_cast<int>(b) ? a : b; }

}  // namespace

Exit run(const RunOrder& order, Preferences& preferences) {
  auto workspace = Workspace::create(preferences.settings);
  if (!workspace) return complain(preferences, workspace.error());
  const bool on_terminal = isatty(STDIN_FILENO) != 0;
  const bool nothing_given = order.inputs.empty();
  Exit exit = Exit::fine;
  if (!nothing_given || !on_terminal || (preferences.format != Format::text && !order.stay)) {
    Runner runner(*workspace, preferences, false);
    for (const Piece& piece : pieces_of(order.inputs))
      if (!workspace->interrupted()) run_piece(runner, piece);
    if (nothing_given || (order.stay && !on_terminal)) run_stream(runner, STDIN_FILENO, "<input>");
    exit = workspace->interrupted() ? Exit::interrupted : runner.exit();
    if (!order.stay || !on_terminal) return exit;
  }
  return worse(exit, converse(*workspace, preferences, order.startup ? startup_file().string() : ""));
}

}  // namespace jitegral::cli
