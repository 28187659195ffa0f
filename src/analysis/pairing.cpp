#include "analysis/pairing.h"

#include <algorithm>

#include "expr/fold.h"
#include "expr/rebuild.h"
#include "functions/pair.h"

namespace jitegral::analysis {
namespace {

// Appends the calls of both functions with one argument.
void find_calls(const functions::Pair& pair, const Expr& formula, std::vector<std::array<Expr, 2>>& calls) {
  std::array<std::vector<Expr>, 2> alone;
  fold<int>(formula, [&](const Node& node, std::span<const int>) {
    for (std::size_t i : {0U, 1U})
      if (node.function == pair.alone[i]) alone[i].push_back(Expr::of(node));
    return 0;
  });
  for (const Expr& one : alone[0]) {
    const auto same = [&](const Expr& other) { return other->arguments[0] == one->arguments[0]; };
    const auto other = std::ranges::find_if(alone[1], same);
    if (other != alone[1].end()) calls.push_back({one, *other});
  }
}

const Function& together(const Function& alone) {
  for (const functions::Pair& pair : functions::pairs())
    for (std::size_t i : {0U, 1U})
      if (&alone == pair.alone[i]) return pair.together[i];
  return alone;
}

}  // namespace

Pairing with_pairs(const Expr& formula) {
  Pairing pairing{formula, {}};
  for (const functions::Pair& pair : functions::pairs()) find_calls(pair, formula, pairing.calls);
  if (pairing.calls.empty()) return pairing;
  pairing.formula = fold<Expr>(formula, [&](const Node& node, std::span<const Expr> arguments) {
    const bool is_one = std::ranges::any_of(pairing.calls, [&](const auto& calls) {
      return calls[0].node() == &node || calls[1].node() == &node;
    });
    return is_one ? Expr::apply(together(*node.function), arguments) : rebuild(node, arguments);
  });
  return pairing;
}

}  // namespace jitegral::analysis
