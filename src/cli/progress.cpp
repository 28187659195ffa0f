#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

#include "cli/number_text.h"

namespace jitegral::cli {
namespace {

constexpr double quiet_seconds = 0.5;

std::string line_for(const StatementProgress& progress) {
  const double rate = static_cast<double>(progress.rows_done) / progress.run.seconds;
  const std::string evaluations =
      progress.rows > 1
          ? fmt::format("{} of {} rows, {:.3g} a second", progress.rows_done, progress.rows, rate)
          : fmt::format("{:.3g} evaluations", static_cast<double>(progress.run.evaluations));
  if (std::isnan(progress.run.fraction) || progress.run.fraction <= 0)
    return fmt::format("{}, {}", evaluations, duration_text(progress.run.seconds));
  const double left = progress.run.seconds * (1 - progress.run.fraction) / progress.run.fraction;
  return fmt::format("{:.1f} %, {}, {} left", 100 * progress.run.fraction, evaluations, duration_text(left));
}

}  // namespace

ProgressLine::ProgressLine() : on_terminal_(isatty(STDERR_FILENO) != 0) {}

void ProgressLine::show(const StatementProgress& progress) {
  if (!on_terminal_ || progress.run.seconds < quiet_seconds) return;
  fmt::print(stderr, "\r\x1b[K{}", line_for(progress));
  std::fflush(stderr);
  shown_ = true;
}

void ProgressLine::clear() {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace jitegral::cli
