#include "cli/run_command.h"

#include <unistd.h>

#include <iostream>
#include <sstream>

#include "cli/files.h"
#include "cli/repl.h"
#include "cli/runner.h"

namespace jitegral::cli {
namespace {

std::string standard_input() {
  std::ostringstream text;
  text << std::cin.rdbuf();
  return std::move(text).str();
}

Exit run_all(Workspace& workspace, Format format, const std::vector<Source>& sources) {
  Runner runner(workspace, format);
  for (const Source& source : sources)
    if (!workspace.interrupted()) runner.run(source);
  return workspace.interrupted() ? Exit::interrupted : runner.exit();
}

}  // namespace

Exit run(const RunOrder& order, const Common& common) {
  auto workspace = Workspace::create(common.settings);
  if (!workspace) return complain(common, workspace.error());
  std::vector<Source> sources;
  if (!order.file.empty()) {
    auto source = read_file(order.file);
    if (!source) return complain(common, source.error());
    sources.push_back(std::move(*source));
  }
  if (!order.statements.empty()) sources.push_back(typed(order.statements));
  const bool on_terminal = isatty(STDIN_FILENO) != 0 && common.format == Format::text;
  if (sources.empty() && on_terminal) return converse(*workspace);
  if (sources.empty()) sources.emplace_back("<input>", standard_input());
  return run_all(*workspace, common.format, sources);
}

}  // namespace jitegral::cli
