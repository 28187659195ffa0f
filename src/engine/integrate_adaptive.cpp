#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

#include "engine/converge.h"
#include "engine/engine.h"
#include "engine/monitor.h"
#include "engine/panels.h"
#include "engine/second_look.h"
#include "rules/gauss_kronrod.h"

namespace jitegral::engine {

namespace {

namespace gk = rules::gauss_kronrod;
constexpr double infinity = std::numeric_limits<double>::infinity();

// A node that falls onto an integrable singularity is left behind by the first halving or the next. After
// ten, or a hundred in all, f is not finite on more than a point.
constexpr std::uint8_t most_blind = 10;
constexpr std::size_t most_blind_in_all = 100;
// QUADPACK stops after six panels whose value is settled while their error is not; here they are counted
// along a line of descent, so that one noisy place does not end the work on the others.
constexpr std::uint8_t most_stalls = 3;

class Search {
 public:
  Search(const Kernel& kernel, std::span<const double> params, const Adaptive& order, const Control& control)
      : kernel_(kernel), params_(params), order_(order), monitor_(control) {}

  Result run(std::span<const double> ends) {
    if (ends.empty() || ends.front() == ends.back()) return {.status = Status::converged};
    if (const std::optional<Status> stop = seed(ends)) return nothing(*stop);
    while (true) {
      if (converged(panels_.total(), order_.tolerance)) {
        panels_.sum_again();
        if (converged(panels_.total(), order_.tolerance)) {
          const std::optional<Status> end = doubt();
          if (end) return finish(*end == Status::converged ? rounded() : *end);
          continue;
        }
      }
      if (hopeless()) return finish(panels_.total().finite ? Status::not_converged : Status::non_finite);
      if (const std::optional<Status> stop = must_stop(2)) return finish(*stop);
      halve(panels_.pop());
      monitor_.report({.fraction = std::numeric_limits<double>::quiet_NaN(), .evaluations = evaluations_});
    }
  }

 private:
  // f on the panels between consecutive ends, in one batch; the user's ends are every `pieces`-th of them. A
  // status if there is no budget for that.
  std::optional<Status> seed(std::span<const double> ends, std::size_t pieces = 1) {
    std::vector<Panel> panels;
    for (std::size_t i = 1; i < ends.size(); ++i) {
      const bool at_break = (i - 1) % pieces == 0;
      if (ends[i - 1] < ends[i]) panels.push_back({.a = ends[i - 1], .b = ends[i], .at_break = at_break});
    }
    if (const std::optional<Status> stop = must_stop(panels.size())) return stop;
    look(panels);
    panels_.adopt(std::move(panels));
    initial_ = panels_.size();
    const bool only_zeros = panels_.total().magnitude == 0;
    return only_zeros && pieces == 1 ? seed_finer(ends) : std::nullopt;
  }

  // Only zeros were seen: f may live between the nodes. (Nobody asks for the integral of the constant 0.)
  std::optional<Status> seed_finer(std::span<const double> ends) {
    constexpr std::size_t pieces = 64;
    std::vector<double> finer;
    for (std::size_t i = 1; i < ends.size(); ++i) {
      for (std::size_t k = 0; k < pieces; ++k) {
        finer.push_back(std::lerp(ends[i - 1], ends[i], static_cast<double>(k) / pieces));
      }
    }
    finer.push_back(ends.back());
    return seed(finer, pieces);
  }

  // Evaluates f on the panels, in one batch.
  void look(std::span<Panel> panels) {
    constexpr std::size_t few = 2 * gk::points;
    const std::size_t count = panels.size() * gk::points;
    std::array<double, 3 * few> stack{};
    std::vector<double> heap(count > few ? 3 * count : 0);
    const std::span<double> all = heap.empty() ? std::span<double>(stack) : std::span(heap);
    const std::span<double> x = all.first(count);
    const std::span<double> y = all.subspan(count, count);
    double* const noise = kernel_.noisy() ? all.subspan(2 * count).data() : nullptr;
    for (std::size_t i = 0; i < panels.size(); ++i) {
      gk::nodes(panels[i].a, panels[i].b, x.subspan(i * gk::points).first<gk::points>());
    }
    const std::array<const double*, 1> axes{x.data()};
    kernel_.eval({.axes = axes, .params = params_, .count = count}, y.data(), noise);
    evaluations_ += count;
    for (std::size_t i = 0; i < panels.size(); ++i) {
      const std::size_t at = i * gk::points;
      see(panels[i], y.subspan(at).first<gk::points>(), noise == nullptr ? nullptr : noise + at);
    }
  }

  static void see(Panel& panel, std::span<const double, gk::points> y, const double* noise) {
    panel.look = gk::look(panel.a, panel.b, y, noise);
    panel.error = panel.look.estimate.error;
    panel.blind = panel.look.estimate.finite ? 0 : static_cast<std::uint8_t>(panel.blind + 1);
  }

  std::array<Panel, 2> divide(const Panel& panel, double at) {
    std::array<Panel, 2> parts{Panel{.a = panel.a, .b = at, .blind = panel.blind, .at_break = panel.at_break},
                               Panel{.a = at, .b = panel.b, .blind = panel.blind}};
    look(parts);
    return parts;
  }

  void halve(Panel panel) {
    if (panel.blind == 0 && no_use(panel)) {
      panel.settled = true;
      panels_.push(panel);
      return;
    }
    auto [lower, upper] = divide(panel, std::midpoint(panel.a, panel.b));
    if (panel.blind > 0) {
      ++blind_halvings_;
    } else if (lower.blind == 0 && upper.blind == 0) {
      extrapolate_changes(panel, lower, upper);
      const int stalls = panel.stalls + (stalled(panel, lower, upper) ? 1 : 0);
      lower.stalls = upper.stalls = static_cast<std::uint8_t>(stalls);
    }
    panels_.push(lower);
    panels_.push(upper);
  }

  static bool no_use(const Panel& panel) {
    return panel.too_short() || panel.stalls >= most_stalls || panel.error <= 2 * panel.look.floor;
  }

  // QUADPACK's sign of roundoff: the value is settled, the error does not fall. Noise is everywhere, so both
  // halves have it; a kink or a small jump leaves one of them smooth.
  static bool stalled(const Panel& panel, const Panel& lower, const Panel& upper) {
    constexpr double agree = 1e-5;
    return lower.look.rough && upper.look.rough &&
           lower.change <= agree * (lower.magnitude() + upper.magnitude()) &&
           lower.error + upper.error >= 0.5 * panel.error;
  }

  // No panel is left that could be made better, or those left cannot make up for those that cannot.
  [[nodiscard]] bool hopeless() const {
    const Panel& worst = panels_.worst();
    if (worst.settled) return true;
    if (worst.blind > 0) {
      return worst.blind > most_blind || blind_halvings_ > most_blind_in_all || worst.too_short();
    }
    const Estimate total = panels_.total();
    const double settled = panels_.settled_error();
    return settled > order_.tolerance.allowed(total.value) && total.error <= 2 * settled;
  }

  // The tolerance seems to be met. A status if that is the end of it, nothing if the search goes on.
  std::optional<Status> doubt() {
    if (panels_.size() == initial_ && !order_.verify) return Status::converged;
    std::vector<Panel> panels = panels_.release();
    bool raised = compare_neighbours(panels);
    std::optional<Status> stop;
    const double whole = panels.back().b - panels.front().a;
    const double due =
        order_.verify ? 0 : much_longer * std::ranges::min(panels, {}, &Panel::length).length();
    for (std::size_t i = 0; i < panels.size() && !stop; ++i) {
      Panel& panel = panels[i];
      if (panel.checked || panel.length() < due || panel.too_short()) continue;
      const bool break_at_b = i + 1 == panels.size() || panels[i + 1].at_break;
      std::vector<Panel> pieces =
          divide_again(panel, whole, order_.verify && panel.at_break, order_.verify && break_at_b);
      stop = must_stop(pieces.size());
      if (stop) break;
      look(pieces);
      raised = compare(panel, pieces) || raised;
    }
    panels_.adopt(std::move(panels));
    if (stop || raised) return stop;
    return Status::converged;
  }

  // Puts the formula's own rounding into the error; what is left of the promise.
  Status rounded() {
    if (!order_.rounding) return Status::converged;
    std::vector<Panel> panels = panels_.release();
    const bool every_node = panels.size() <= most_panels_in_detail;
    for (Panel& panel : panels)
      panel.error += every_node ? rounding_at_nodes(panel) : rounding_at_middle(panel);
    panels_.adopt(std::move(panels));
    return converged(panels_.total(), order_.tolerance) ? Status::converged : Status::not_converged;
  }

  template <std::size_t n>
  [[nodiscard]] std::array<double, n> rounding_at(const std::array<double, n>& x) const {
    std::array<double, n> bounds;
    const std::array<const double*, 1> axes{x.data()};
    order_.rounding.eval({.axes = axes, .params = params_, .count = n}, bounds.data());
    for (double& bound : bounds) bound = std::isfinite(bound) ? bound : 0;
    return bounds;
  }

  [[nodiscard]] double rounding_at_nodes(const Panel& panel) const {
    std::array<double, gk::points> x{};
    gk::nodes(panel.a, panel.b, x);
    return gk::look(panel.a, panel.b, rounding_at(x)).estimate.value;
  }

  [[nodiscard]] double rounding_at_middle(const Panel& panel) const {
    return rounding_at(std::array{std::midpoint(panel.a, panel.b)})[0] * panel.length();
  }

  std::optional<Status> must_stop(std::size_t panels) const {
    if (const std::optional<Status> stop = monitor_.must_stop()) return stop;
    if (evaluations_ + panels * gk::points > order_.max_evaluations) return Status::budget;
    return std::nullopt;
  }

  [[nodiscard]] Result nothing(Status status) const {
    return {.estimate = {.value = std::numeric_limits<double>::quiet_NaN(),
                         .error = infinity,
                         .magnitude = infinity,
                         .evaluations = evaluations_},
            .status = status};
  }

  Result finish(Status status) {
    panels_.sum_again();
    Result result{.estimate = panels_.total(), .status = status};
    result.estimate.evaluations = evaluations_;
    return result;
  }

  // f needed short panels somewhere; elsewhere it may hide something of that size.
  static constexpr double much_longer = 8;
  static constexpr std::size_t most_panels_in_detail = 256;

  const Kernel& kernel_;
  std::span<const double> params_;
  const Adaptive& order_;
  Monitor monitor_;
  Panels panels_;
  std::size_t initial_ = 0;
  std::size_t blind_halvings_ = 0;
  std::uint64_t evaluations_ = 0;
};

}  // namespace

Result integrate_adaptive(const Kernel& kernel, std::span<const double> params, std::span<const double> ends,
                          const Adaptive& order, const Control& control) {
  return Search(kernel, params, order, control).run(ends);
}

}  // namespace jitegral::engine
