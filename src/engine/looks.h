// Looks at panels: evaluates the formula at the nodes of a panel's rule and has the rule judge the values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/engine.h"
#include "engine/panels.h"
#include "rules/double_exponential.h"

namespace jitegral::engine {

// The integral over [a, b], finite, of the bound on the rounding of a piece's formula: by Gauss's rule of
// eight points (of a bound the first digits will do), or by the middle. Zero where there is no bound.
double rounding_of(const Piece& piece, double a, double b, bool in_detail = true);

class Looks {
 public:
  // `evaluations`: those made before.
  Looks(std::span<const Piece> pieces, const Adaptive& order, std::uint64_t evaluations)
      : pieces_(pieces), order_(order), evaluations_(evaluations) {}

  // Evaluates f on the panels, each on its level, in one batch a piece.
  void see(std::span<Panel> panels);
  // Goes on to the panel's next level, which has all points of this one. False, and nothing is done, where
  // there is none or it is no use.
  bool deepen(Panel& panel);
  // The points that see() takes for new panels, at most, and that deepen() or two halves of a panel take.
  [[nodiscard]] std::uint64_t cost(std::span<const Panel> panels) const;
  [[nodiscard]] std::uint64_t cost_of_refining(const Panel& panel) const;
  [[nodiscard]] std::uint64_t evaluations() const { return evaluations_; }
  // What is remembered of a panel goes.
  void forget(Panel& panel);
  // The area that could hide where |f'| is bounded only by much more than was seen (spikes.h).
  [[nodiscard]] double room_for_spikes(const Panel& panel) const;

  // The same over a panel, by whatever rule it has.
  [[nodiscard]] double rounding(const Panel& panel, bool in_detail) const;

 private:
  void see(std::span<Panel> panels, const Piece& piece);
  struct Sampled {
    std::vector<double> y, noise;
  };
  bool see_period(Panel& panel, const Piece& piece);
  void sample(Sampled& samples, std::size_t n, double a, const Piece& piece);
  static rules::Look judged(const Sampled& samples, double a, const Piece& piece);
  void evaluate(const Piece& piece, std::span<const double> x, std::span<double> y, double* noise);
  struct Kept {
    std::vector<double> values;  // of a panel that may be deepened, then their noise
    std::optional<rules::DoubleExponential> levels;
  };
  Kept& keep(Panel& panel);
  void keep(Panel& panel, std::span<const double> y, const double* noise);
  void take_level(Panel& panel, const Piece& piece);
  void judge_levels(Panel& panel, const Piece& piece) const;
  [[nodiscard]] double rounding(const rules::DoubleExponential& levels, const Piece& piece) const;
  [[nodiscard]] const Kept& kept(const Panel& panel) const {
    return kept_[static_cast<std::size_t>(panel.kept)];
  }
  [[nodiscard]] const rules::Pair& pair(const Panel& panel) const {
    return pieces_[panel.piece].rule->pairs[panel.level];
  }

  std::span<const Piece> pieces_;
  const Adaptive& order_;
  std::uint64_t evaluations_;
  std::vector<Kept> kept_;
  std::vector<std::int32_t> free_;
};

}  // namespace jitegral::engine
