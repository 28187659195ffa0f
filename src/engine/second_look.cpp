#include "engine/second_look.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jitegral::engine {

namespace {

bool raise(Panel& panel, double error) {
  if (!(error > panel.error)) return false;
  panel.error = error;
  panel.settled = false;
  return true;
}

}  // namespace

// A jump of height d somewhere between the outermost nodes is worth at most d times the distance; a kink
// less.
bool compare_neighbours(std::vector<Panel>& panels) {
  bool raised = false;
  for (std::size_t i = 1; i < panels.size(); ++i) {
    Panel& lower = panels[i - 1];
    Panel& upper = panels[i];
    if (upper.at_break) continue;
    const double difference = std::fabs(lower.look.right - upper.look.left);
    if (!(difference > lower.look.blur + upper.look.blur)) continue;
    const double unseen = lower.look.unseen * lower.length() + upper.look.unseen * upper.length();
    raised = raise(lower, difference * unseen) || raised;
    raised = raise(upper, difference * unseen) || raised;
  }
  return raised;
}

std::vector<Panel> divide_again(const Panel& panel, double whole, bool break_at_a, bool break_at_b) {
  // As far from simple fractions as a number can be.
  constexpr double golden = 0.3819660112501051;
  const auto pieces = static_cast<std::size_t>(std::max(2.0, std::ceil(16 * (panel.length() / whole))));
  std::vector<double> cuts{panel.a};
  if (break_at_a) {
    for (const double d : {1e-12, 1e-9, 1e-6, 1e-3}) cuts.push_back(panel.a + d * panel.length());
  }
  for (std::size_t i = 0; i + 1 < pieces; ++i) {
    const double fraction = (static_cast<double>(i) + golden) / static_cast<double>(pieces - 1);
    cuts.push_back(std::lerp(panel.a, panel.b, fraction));
  }
  if (break_at_b) {
    for (const double d : {1e-3, 1e-6, 1e-9, 1e-12}) cuts.push_back(panel.b - d * panel.length());
  }
  std::vector<Panel> parts;
  Panel part{.piece = panel.piece, .a = panel.a, .level = panel.level};
  for (const double cut : cuts) {
    part.b = cut;
    if (part.too_short() || Panel{.a = cut, .b = panel.b}.too_short()) continue;
    parts.push_back(part);
    part.a = cut;
  }
  part.b = panel.b;
  parts.push_back(part);
  return parts;
}

bool compare(Panel& panel, const std::vector<Panel>& pieces) {
  panel.checked = true;
  if (std::ranges::any_of(pieces, [](const Panel& piece) { return piece.blind > 0; })) {
    panel.blind = 1;
    panel.error = std::numeric_limits<double>::infinity();
    return true;
  }
  CompensatedSum difference(panel.value());
  for (const Panel& piece : pieces) difference.add(-piece.value());
  // The second look may be as wrong as the first one.
  const double disagreement = std::fabs(difference.value());
  return disagreement > panel.error && raise(panel, 2 * disagreement);
}

// On a panel [0, h] that ends at a singularity x^s, halving changes the value by the same fraction r =
// 2^-(1+s) of the last change, every time; what is still to come is change * (r + r^2 + …). The rule's own
// estimate knows only what it can see, which for s near -1 is a small part of that; and for a divergent
// integral r >= 1. The factor 2 covers series that are slower than geometric (1/(x log(x)^2)). The limit on r
// keeps errors finite, and is never reached by a panel that could still converge: r = 1 - 1/1024 needs h =
// 1e-308 to lower the error by half.
void extrapolate_changes(const Panel& panel, Panel& lower, Panel& upper) {
  const double change = std::fabs(panel.value() - (lower.value() + upper.value()));
  // Below this the value is settled, and the changes are those of noise.
  constexpr double visible = 1e-5;
  lower.change = upper.change = change;
  if (!(change > visible * (lower.magnitude() + upper.magnitude())) || panel.change < 0) return;
  constexpr double slowest = 1 - 1.0 / 1024;
  lower.ratio = upper.ratio = std::min(change / panel.change, slowest);
  const double r = std::max(panel.ratio, lower.ratio);
  const double to_come = 4 * change * r / (1 - r);
  for (Panel* child : {&lower, &upper}) {
    if (child->look.rough) child->error = std::max(child->error, to_come);
  }
}

}  // namespace jitegral::engine
