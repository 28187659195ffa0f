#include "engine/looks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/scratch.h"
#include "engine/spikes.h"
#include "rules/gauss_table.h"

namespace jitegral::engine {

namespace {

double steepest(std::span<const double> x, std::span<const double> y) {
  double slope = 0;
  for (std::size_t i = 1; i < x.size(); ++i) {
    slope = std::max(slope, std::fabs(y[i] - y[i - 1]) / (x[i] - x[i - 1]));
  }
  return slope;
}

void judge(Panel& panel, const Piece& piece, const rules::Pair& pair, std::span<const double> x,
           std::span<const double> y, const double* noise) {
  panel.accept(rules::look(pair, panel.a, panel.b, y, noise));
  if (piece.steepest) panel.steepest = steepest(x, y);
}

}  // namespace

std::uint64_t Looks::cost(std::span<const Panel> panels) const {
  return std::accumulate(
      panels.begin(), panels.end(), std::uint64_t{0}, [this](std::uint64_t sum, const Panel& panel) {
        const bool levels = pieces_[panel.piece].rule->is_double_exponential();
        return sum + (levels ? rules::DoubleExponential::first_points : pair(panel).points);
      });
}

std::uint64_t Looks::cost_of_refining(const Panel& panel) const {
  return std::max(2 * cost({&panel, 1}), panel.look.estimate.evaluations);
}

void Looks::see(std::span<Panel> panels) {
  while (!panels.empty()) {
    const auto last =
        std::ranges::find_if(panels, [&](const Panel& panel) { return panel.piece != panels.front().piece; });
    const auto count = static_cast<std::size_t>(last - panels.begin());
    see(panels.first(count), pieces_[panels.front().piece]);
    panels = panels.subspan(count);
  }
}

void Looks::see(std::span<Panel> panels, const Piece& piece) {
  if (piece.rule->is_double_exponential()) {
    for (Panel& panel : panels) {
      keep(panel).levels.emplace(panel.a, panel.b);
      take_level(panel, piece);
      take_level(panel, piece);
      judge_levels(panel, piece);
    }
    return;
  }
  if (panels.size() == 1 && see_period(panels.front(), piece)) return;
  const std::size_t count = cost(panels);
  const Scratch<192> scratch(3 * count);  // on the stack for 64 points
  const std::span<double> x = scratch.all().first(count);
  const std::span<double> y = scratch.all().subspan(count, count);
  double* const noise = piece.kernel->noisy() ? scratch.all().subspan(2 * count).data() : nullptr;
  std::size_t at = 0;
  for (const Panel& panel : panels) {
    const rules::Pair& rule = pair(panel);
    rules::nodes(rule, panel.a, panel.b, x.subspan(at, rule.points));
    at += rule.points;
  }
  evaluate(piece, x, y, noise);
  at = 0;
  for (Panel& panel : panels) {
    const rules::Pair& rule = pair(panel);
    const std::span<const double> values = y.subspan(at, rule.points);
    const double* const own_noise = noise == nullptr ? nullptr : noise + at;
    judge(panel, piece, rule, x.subspan(at, rule.points), values, own_noise);
    if (panel.level + std::size_t{1} < piece.rule->pairs.size()) keep(panel, values, own_noise);
    at += rule.points;
  }
}

// The first points tell how many are needed. Their error is proven, so that no other doubt is left. False,
// and the panel is as it was, where that is too many.
bool Looks::see_period(Panel& panel, const Piece& piece) {
  const rules::Period& period = piece.period;
  const bool whole = panel.a == piece.ends.front() && panel.b == piece.ends.back();
  const auto affordable = [&](std::size_t n) {
    return evaluations_ + n + cost({&panel, 1}) <= order_.max_evaluations;
  };
  if (!whole || std::isinf(period.harmonics) || !affordable(rules::Period::first)) return false;
  Sampled samples;
  sample(samples, rules::Period::first, panel.a, piece);
  rules::Look look = judged(samples, panel.a, piece);
  // The rest is left for rounding and for other pieces.
  const double wanted = std::max(order_.tolerance.allowed(look.estimate.value), look.floor) / 4;
  const std::size_t needed = period.points_for(wanted / std::fabs(piece.weight));
  if (!look.estimate.finite || needed == 0 || !affordable(needed)) return false;
  if (needed > rules::Period::first) {
    sample(samples, needed, panel.a, piece);
    look = judged(samples, panel.a, piece);
  }
  if (!look.estimate.finite) return false;
  panel.accept(look);
  panel.checked = panel.bounded = true;
  return true;
}

// The values at n points of a period, a multiple of those that are known already.
void Looks::sample(Sampled& samples, std::size_t n, double a, const Piece& piece) {
  const std::size_t stride = samples.y.empty() ? 0 : n / samples.y.size();
  const auto is_known = [stride](std::size_t i) { return stride > 0 && i % stride == 0; };
  std::vector<double> all(n), x;
  rules::nodes(piece.period, a, all);
  for (std::size_t i = 0; i < n; ++i)
    if (!is_known(i)) x.push_back(all[i]);
  std::vector<double> y(x.size()), noise(piece.kernel->noisy() ? x.size() : 0);
  evaluate(piece, x, y, noise.empty() ? nullptr : noise.data());
  const auto merged = [&](std::span<const double> old, std::span<const double> fresh) {
    std::vector<double> both(n);
    for (std::size_t i = 0, next = 0; i < n; ++i) both[i] = is_known(i) ? old[i / stride] : fresh[next++];
    return both;
  };
  if (!noise.empty()) samples.noise = merged(samples.noise, noise);
  samples.y = merged(samples.y, y);
}

rules::Look Looks::judged(const Sampled& samples, double a, const Piece& piece) {
  return rules::look(piece.period, a, piece.weight, samples.y,
                     samples.noise.empty() ? nullptr : samples.noise.data());
}

void Looks::evaluate(const Piece& piece, std::span<const double> x, std::span<double> y, double* noise) {
  const std::array<const double*, 1> axes{x.data()};
  piece.kernel->eval({.axes = axes, .params = piece.params, .count = x.size()}, y.data(), noise);
  if (piece.weight != 1) {
    for (double& value : y) value *= piece.weight;
  }
  evaluations_ += x.size();
}

Looks::Kept& Looks::keep(Panel& panel) {
  if (panel.kept < 0) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::int32_t>(kept_.size()));
      kept_.emplace_back();
    }
    panel.kept = free_.back();
    free_.pop_back();
  }
  return kept_[static_cast<std::size_t>(panel.kept)];
}

void Looks::keep(Panel& panel, std::span<const double> y, const double* noise) {
  std::vector<double>& values = keep(panel).values;
  values.assign(y.begin(), y.end());
  if (noise != nullptr) values.insert(values.end(), noise, noise + y.size());
}

void Looks::forget(Panel& panel) {
  if (panel.kept < 0) return;
  kept_[static_cast<std::size_t>(panel.kept)] = {};
  free_.push_back(panel.kept);
  panel.kept = -1;
}

void Looks::take_level(Panel& panel, const Piece& piece) {
  rules::DoubleExponential& levels = *keep(panel).levels;
  const std::vector<double> x = levels.points();
  std::vector<double> y(x.size()), noise(piece.kernel->noisy() ? x.size() : 0);
  double* const noises = noise.empty() ? nullptr : noise.data();
  evaluate(piece, x, y, noises);
  levels.take(y, noises);
}

void Looks::judge_levels(Panel& panel, const Piece& piece) const {
  panel.accept(kept(panel).levels->look(piece.verify));
}

double Looks::room_for_spikes(const Panel& panel) const {
  const Piece& piece = pieces_[panel.piece];
  if (!piece.rule->is_double_exponential()) return engine::room_for_spikes(panel, piece);
  return room_between(kept(panel).levels->seen(), piece);
}

// Twice the points of the first level are cheaper than two new panels; later the coefficients must promise
// something.
bool Looks::deepen(Panel& panel) {
  if (panel.kept < 0 || panel.blind > 0) return false;
  const Piece& piece = pieces_[panel.piece];
  if (piece.rule->is_double_exponential()) {
    if (!kept(panel).levels->is_worth_more()) return false;
    take_level(panel, piece);
    judge_levels(panel, piece);
    panel.bounded = false;
    return true;
  }
  if (panel.level > 0 && panel.look.rough) return false;
  const rules::Pair& finer = piece.rule->pairs[++panel.level];
  const std::size_t n = finer.points, fresh = n / 2;
  std::vector<double> x(n), y(n), noise(piece.kernel->noisy() ? n : 0), at(fresh), values(fresh),
      noises(fresh);
  rules::nodes(finer, panel.a, panel.b, x);
  for (std::size_t i = 0; i < fresh; ++i) at[i] = x[2 * i + 1];
  evaluate(piece, at, values, noise.empty() ? nullptr : noises.data());
  const std::vector<double>& before_it = kept(panel).values;
  for (std::size_t i = 0; i < n; ++i) {
    y[i] = i % 2 == 1 ? values[i / 2] : before_it[i / 2];
    if (!noise.empty()) noise[i] = i % 2 == 1 ? noises[i / 2] : before_it[fresh + 1 + i / 2];
  }
  const double before =
      panel.error - panel.look.estimate.error;  // what halvings add to a rough panel's error
  judge(panel, piece, finer, x, y, noise.empty() ? nullptr : noise.data());
  if (panel.look.rough) panel.error += std::max(0.0, before);
  panel.checked = panel.bounded = false;
  if (panel.level + std::size_t{1} < piece.rule->pairs.size())
    keep(panel, y, noise.empty() ? nullptr : noise.data());
  else
    forget(panel);
  return true;
}

double Looks::rounding(const Panel& panel, bool in_detail) const {
  const Piece& piece = pieces_[panel.piece];
  if (piece.rounding == nullptr) return 0;
  if (piece.rule->is_double_exponential()) return rounding(*kept(panel).levels, piece);
  return rounding_of(piece, panel.a, panel.b, in_detail);
}

double rounding_of(const Piece& piece, double a, double b, bool in_detail) {
  if (piece.rounding == nullptr) return 0;
  constexpr auto& node = rules::gauss_table::nodes[7];
  const double middle = std::midpoint(a, b), half = b / 2 - a / 2;
  std::array<double, 8> x, bounds;
  for (std::size_t i = 0; i < 4; ++i) {
    x[i] = middle - half * node[i].x;
    x[i + 4] = middle + half * node[i].x;
  }
  if (!in_detail) x[0] = middle;
  const std::array<const double*, 1> axes{x.data()};
  const std::size_t count = in_detail ? x.size() : 1;
  piece.rounding->eval({.axes = axes, .params = piece.params, .count = count}, bounds.data());
  const auto integral = [&] {
    if (!in_detail) return bounds[0] * (b - a);
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i) sum += node[i].w * (bounds[i] + bounds[i + 4]);
    return half * sum;
  };
  if (const double all = integral(); std::isfinite(all)) return all;
  for (double& bound : std::span(bounds).first(count)) bound = std::isfinite(bound) ? bound : 0;
  return integral();
}

double Looks::rounding(const rules::DoubleExponential& levels, const Piece& piece) const {
  std::vector<double> x;
  for (const auto& point : levels.seen()) x.push_back(point.x);
  std::vector<double> bounds(x.size());
  const std::array<const double*, 1> axes{x.data()};
  piece.rounding->eval({.axes = axes, .params = piece.params, .count = x.size()}, bounds.data());
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double term = bounds[i] * levels.seen()[i].weight;
    if (std::isfinite(term)) sum += term;
  }
  return sum * levels.step() * std::fabs(piece.weight);
}

}  // namespace jitegral::engine
