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
#include "rules/gauss_table.h"

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
  Search(std::span<const Piece> pieces, const Adaptive& order, const Control& control)
      : pieces_(pieces), order_(order), monitor_(control), rounding_(order.error) {}

  Result run() {
    if (const std::optional<Result> result = at_once()) return *result;
    if (const std::optional<Status> stop = seed(1)) return nothing(*stop);
    if (panels_.size() == 0)
      return finish(converged(total(), order_.tolerance) ? Status::converged : Status::not_converged);
    while (true) {
      if (converged(total(), order_.tolerance)) {
        panels_.sum_again();
        if (converged(total(), order_.tolerance)) {
          const std::optional<Status> end = doubt();
          if (end && *end != Status::converged) return finish(*end);
          if (end && rounded()) return finish(Status::converged);
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
  // Many integrals end with their first panel: decided as below, but without sets and sums of one, and
  // without a single allocation. Nothing if there is more to do.
  std::optional<Result> at_once() {
    if (pieces_.size() != 1 || pieces_[0].ends.size() != 2 || pieces_[0].verify) return std::nullopt;
    const Piece& piece = pieces_[0];
    Panel panel{.a = piece.ends[0], .b = piece.ends[1], .at_break = true};
    if (!(panel.a < panel.b) || must_stop(1)) return std::nullopt;
    look({&panel, 1}, piece);
    first_ = panel;
    Estimate all = panel.look.estimate;
    all.error += order_.error;
    if (all.magnitude == 0 || !converged(all, order_.tolerance)) return std::nullopt;
    if (piece.rounding != nullptr) all.error += rounding_over(panel, piece);
    if (!converged(all, order_.tolerance)) return std::nullopt;
    return Result{.estimate = all, .status = Status::converged};
  }

  // f on the panels between consecutive ends, each cut into `parts`. A status if there is no budget for that.
  std::optional<Status> seed(int parts) {
    std::vector<Panel> panels;
    for (std::uint32_t i = 0; i < pieces_.size(); ++i) seed(panels, i, parts);
    const bool known = first_ && parts == 1;
    if (const std::optional<Status> stop = must_stop(known ? 0 : panels.size())) return stop;
    if (known)
      panels.front() = *first_;
    else
      look(panels);
    panels_.adopt(std::move(panels));
    initial_ = panels_.size();
    // Only zeros were seen: f may live between the nodes. (Nobody asks for the integral of the constant 0.)
    constexpr int finer = 64;
    const bool only_zeros = initial_ > 0 && panels_.total().magnitude == 0;
    return only_zeros && parts == 1 ? seed(finer) : std::nullopt;
  }

  void seed(std::vector<Panel>& panels, std::uint32_t piece, int parts) const {
    const std::span<const double> ends = pieces_[piece].ends;
    for (std::size_t i = 1; i < ends.size(); ++i) {
      double a = ends[i - 1];
      for (int k = 1; k <= parts; ++k) {
        const double b =
            k == parts ? ends[i] : std::lerp(ends[i - 1], ends[i], static_cast<double>(k) / parts);
        if (a < b) panels.push_back({.piece = piece, .a = a, .b = b, .at_break = k == 1});
        a = b;
      }
    }
  }

  // Evaluates f on the panels, in one batch a piece.
  void look(std::span<Panel> panels) {
    while (!panels.empty()) {
      const auto last = std::ranges::find_if(
          panels, [&](const Panel& panel) { return panel.piece != panels.front().piece; });
      const auto count = static_cast<std::size_t>(last - panels.begin());
      look(panels.first(count), pieces_[panels.front().piece]);
      panels = panels.subspan(count);
    }
  }

  void look(std::span<Panel> panels, const Piece& piece) {
    constexpr std::size_t few = 2 * gk::points;
    const std::size_t count = panels.size() * gk::points;
    std::array<double, 3 * few> stack;
    std::vector<double> heap(count > few ? 3 * count : 0);
    const std::span<double> all = heap.empty() ? std::span<double>(stack) : std::span(heap);
    const std::span<double> x = all.first(count);
    const std::span<double> y = all.subspan(count, count);
    double* const noise = piece.kernel->noisy() ? all.subspan(2 * count).data() : nullptr;
    for (std::size_t i = 0; i < panels.size(); ++i) {
      gk::nodes(panels[i].a, panels[i].b, x.subspan(i * gk::points).first<gk::points>());
    }
    const std::array<const double*, 1> axes{x.data()};
    piece.kernel->eval({.axes = axes, .params = piece.params, .count = count}, y.data(), noise);
    if (piece.weight != 1) {
      for (double& value : y) value *= piece.weight;
    }
    evaluations_ += count;
    for (std::size_t i = 0; i < panels.size(); ++i) {
      const std::size_t at = i * gk::points;
      see(panels[i], y.subspan(at).first<gk::points>(), noise == nullptr ? nullptr : noise + at);
      if (piece.steepest) panels[i].steepest = steepest(x.subspan(at, gk::points), y.subspan(at, gk::points));
    }
  }

  static double steepest(std::span<const double> x, std::span<const double> y) {
    double slope = 0;
    for (std::size_t i = 1; i < x.size(); ++i) {
      slope = std::max(slope, std::fabs(y[i] - y[i - 1]) / (x[i] - x[i - 1]));
    }
    return slope;
  }

  static void see(Panel& panel, std::span<const double, gk::points> y, const double* noise) {
    panel.look = gk::look(panel.a, panel.b, y, noise);
    panel.error = panel.look.estimate.error;
    panel.blind = panel.look.estimate.finite ? 0 : static_cast<std::uint8_t>(panel.blind + 1);
  }

  std::array<Panel, 2> divide(const Panel& panel, double at) {
    std::array<Panel, 2> parts{
        Panel{.piece = panel.piece, .a = panel.a, .b = at, .blind = panel.blind, .at_break = panel.at_break},
        Panel{.piece = panel.piece, .a = at, .b = panel.b, .blind = panel.blind}};
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
    const Estimate all = total();
    const double settled = panels_.settled_error() + rounding_;
    return settled > order_.tolerance.allowed(all.value) && all.error <= 2 * settled;
  }

  // The sum of all panels, with what rounding adds to the error.
  [[nodiscard]] Estimate total() const {
    Estimate total = panels_.total();
    total.error += rounding_;
    return total;
  }

  // The tolerance seems to be met. A status if that is the end of it, nothing if the search goes on.
  std::optional<Status> doubt() {
    if (halve_where_spikes_fit()) return std::nullopt;
    const bool anywhere = std::ranges::any_of(pieces_, &Piece::verify);
    if (panels_.size() == initial_ && !anywhere) return Status::converged;
    std::vector<Panel> panels = panels_.release();
    bool raised = compare_neighbours(panels);
    std::optional<Status> stop;
    const std::vector<Lengths> lengths = measure(panels);
    for (std::size_t i = 0; i < panels.size() && !stop; ++i) {
      Panel& panel = panels[i];
      const bool verify = pieces_[panel.piece].verify;
      const Lengths& length = lengths[panel.piece];
      const double due = verify ? 0 : much_longer * length.shortest;
      if (panel.checked || panel.length() < due || panel.too_short()) continue;
      const bool break_at_b = i + 1 == panels.size() || panels[i + 1].at_break;
      std::vector<Panel> parts =
          divide_again(panel, length.whole, verify && panel.at_break, verify && break_at_b);
      stop = must_stop(parts.size());
      if (stop) break;
      look(parts);
      raised = compare(panel, parts) || raised;
    }
    panels_.adopt(std::move(panels));
    if (stop || raised) return stop;
    return Status::converged;
  }

  // Halves the panels in which a spike could hide that matters. True if there were any.
  bool halve_where_spikes_fit() {
    if (std::ranges::none_of(pieces_, [](const Piece& piece) { return static_cast<bool>(piece.steepest); }))
      return false;
    std::vector<Panel> panels = panels_.release(), parts;
    const double allowed = order_.tolerance.allowed(total_of(panels)) / 16;
    bool raised = false;
    for (Panel& panel : panels) {
      const Piece& piece = pieces_[panel.piece];
      const bool known =
          !piece.steepest || panel.bounded || panel.too_short() || spikes_ >= most_spikes_in(piece);
      panel.bounded = known || room_for_spikes(panel, piece) <= allowed;
      if (panel.bounded || must_stop(2)) {
        parts.push_back(panel);
        continue;
      }
      ++spikes_;
      raised = true;
      for (const Panel& half : divide(panel, std::midpoint(panel.a, panel.b))) parts.push_back(half);
    }
    panels_.adopt(std::move(parts));
    return raised;
  }

  // Next to a singular end no bound is of use for long; elsewhere they get tighter as panels get shorter.
  static std::size_t most_spikes_in(const Piece& piece) {
    const double a = std::lerp(piece.ends.front(), piece.ends.back(), 0.25);
    const double b = std::lerp(piece.ends.front(), piece.ends.back(), 0.75);
    const bool at_ends_only = std::isfinite(piece.steepest(a, b)) &&
                              !std::isfinite(piece.steepest(piece.ends.front(), piece.ends.back()));
    return at_ends_only ? 4 : most_spikes;
  }

  static double total_of(const std::vector<Panel>& panels) {
    CompensatedSum sum;
    for (const Panel& panel : panels) sum.add(panel.value());
    return sum.value();
  }

  // What could hide where f may be much steeper than it was seen to be: over a range of length h, triangles
  // of that slope, h^2/4. Ranges are divided before the bound is believed, and further where there is none;
  // where there is none on the shortest ones (next to a singular end) nothing is held against the panel.
  static double room_for_spikes(const Panel& panel, const Piece& piece) {
    constexpr double usual = 16;
    constexpr int least = 3, most = 12;
    struct Range {
      double a, b;
      int depth;
    };
    std::vector<Range> open{{panel.a, panel.b, 0}};
    double all = 0;
    while (!open.empty()) {
      const auto [a, b, depth] = open.back();
      open.pop_back();
      const double slope = piece.steepest(a, b) * std::fabs(piece.weight);
      if (slope <= usual * panel.steepest) continue;
      const bool known = std::isfinite(slope);
      if (depth < (known ? least : most)) {
        const double middle = std::midpoint(a, b);
        open.push_back({a, middle, depth + 1});
        open.push_back({middle, b, depth + 1});
      } else if (known) {
        all += slope * (b - a) * (b - a) / 4;
      }
    }
    return all;
  }

  struct Lengths {
    double whole = 0;
    double shortest = infinity;
  };
  [[nodiscard]] std::vector<Lengths> measure(const std::vector<Panel>& panels) const {
    std::vector<Lengths> lengths(pieces_.size());
    for (const Panel& panel : panels) {
      Lengths& of = lengths[panel.piece];
      of.whole += panel.length();
      of.shortest = std::min(of.shortest, panel.length());
    }
    return lengths;
  }

  // Puts the formula's own rounding into the error, once. True if the tolerance is met with it; if not, it
  // may be met with smaller panels.
  bool rounded() {
    if (knows_rounding_) return true;
    knows_rounding_ = true;
    std::vector<Panel> panels = panels_.release();
    const bool in_detail = panels.size() <= most_panels_in_detail;
    for (const Panel& panel : panels) {
      const Piece& piece = pieces_[panel.piece];
      if (piece.rounding != nullptr)
        rounding_ += in_detail ? rounding_over(panel, piece) : rounding_at_middle(panel, piece);
    }
    panels_.adopt(std::move(panels));
    return converged(total(), order_.tolerance);
  }

  template <std::size_t n>
  static std::array<double, n> rounding_at(const std::array<double, n>& x, const Piece& piece) {
    std::array<double, n> bounds;
    const std::array<const double*, 1> axes{x.data()};
    piece.rounding->eval({.axes = axes, .params = piece.params, .count = n}, bounds.data());
    for (double& bound : bounds) bound = std::isfinite(bound) ? bound : 0;
    return bounds;
  }

  // By Gauss's rule of eight points: of a bound the first digits will do.
  static double rounding_over(const Panel& panel, const Piece& piece) {
    constexpr auto& node = rules::gauss_table::nodes[7];
    const double middle = std::midpoint(panel.a, panel.b), half = panel.b / 2 - panel.a / 2;
    std::array<double, 8> x;
    for (std::size_t i = 0; i < 4; ++i) {
      x[i] = middle - half * node[i].x;
      x[i + 4] = middle + half * node[i].x;
    }
    const std::array<double, 8> bounds = rounding_at(x, piece);
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i) sum += node[i].w * (bounds[i] + bounds[i + 4]);
    return half * sum;
  }

  static double rounding_at_middle(const Panel& panel, const Piece& piece) {
    return rounding_at(std::array{std::midpoint(panel.a, panel.b)}, piece)[0] * panel.length();
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
    Result result{.estimate = total(), .status = status};
    result.estimate.evaluations = evaluations_;
    return result;
  }

  // f needed short panels somewhere; elsewhere it may hide something of that size.
  static constexpr double much_longer = 8;
  static constexpr std::size_t most_panels_in_detail = 256;

  std::span<const Piece> pieces_;
  const Adaptive& order_;
  Monitor monitor_;
  Panels panels_;
  std::optional<Panel> first_;  // looked at already, if there is only one
  std::size_t initial_ = 0;
  std::size_t blind_halvings_ = 0;
  std::uint64_t evaluations_ = 0;
  static constexpr std::size_t most_spikes = 400;
  std::size_t spikes_ = 0;
  double rounding_ = 0;
  bool knows_rounding_ = false;
};

}  // namespace

Result integrate_adaptive(std::span<const Piece> pieces, const Adaptive& order, const Control& control) {
  return Search(pieces, order, control).run();
}

Result integrate_adaptive(const Kernel& kernel, std::span<const double> params, std::span<const double> ends,
                          const Adaptive& order, const Control& control) {
  const Piece piece{
      .kernel = &kernel, .params = params, .ends = ends, .verify = order.verify, .rounding = order.rounding};
  return integrate_adaptive({&piece, 1}, order, control);
}

}  // namespace jitegral::engine
