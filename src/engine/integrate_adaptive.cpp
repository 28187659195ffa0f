#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

#include "engine/converge.h"
#include "engine/engine.h"
#include "engine/looks.h"
#include "engine/monitor.h"
#include "engine/panels.h"
#include "engine/second_look.h"
#include "engine/spikes.h"
#include "kernel/native_kernel.h"

namespace jitegral::engine {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// A node that falls onto an integrable singularity is left behind by the first halving or the next. After
// ten, or a hundred in all, f is not finite on more than a point.
constexpr std::uint8_t most_blind = 10;
constexpr std::size_t most_blind_in_all = 100;
// QUADPACK stops after six panels whose value is settled while their error is not; here they are counted
// along a line of descent, so that one noisy place does not end the work on the others.
constexpr std::uint8_t most_stalls = 3;
// Of |f|: whoever sees no more has seen nothing.
constexpr double next_to_nothing = 1e-150;

// Many integrals end with their first panel: decided as by Search, but without sets and sums of one, and
// without a single allocation, and copied once, late: to copy what was just written piece by piece stalls
// processors. False if there is more to do; `seen` is then what was looked at, if anything was.
bool at_once(const Piece& piece, const Adaptive& order, const Control& control, Result& result,
             std::optional<Panel>& seen) {
  const bool one_panel = piece.ends.size() == 2 && piece.rule->pairs.size() == 1 && piece.weight == 1;
  const bool doubtful = piece.verify || piece.steepest || std::isfinite(piece.period.harmonics);
  if (!one_panel || doubtful || piece.kernel->noisy()) return false;
  constexpr std::size_t most = 64;
  const rules::Pair& pair = piece.rule->pairs.front();
  const double a = piece.ends[0], b = piece.ends[1];
  if (!(a < b) || pair.points > std::min<std::uint64_t>(most, order.max_evaluations)) return false;
  if (control.is_cancelled() || control.is_late()) return false;
  std::array<double, most> memory_x, memory_y;
  const std::span<double> x = std::span(memory_x).first(pair.points), y = std::span(memory_y).first(x.size());
  rules::nodes(pair, a, b, x);
  for (std::size_t i = x.size(); i % vector_width != 0; ++i) memory_x[i] = x.back();
  const std::array<const double*, 1> axes{x.data()};
  piece.kernel->eval({.axes = axes, .params = piece.params, .count = x.size(), .padded = true}, y.data());
  rules::Look look = rules::look(pair, a, b, y);
  Estimate& all = look.estimate;
  const double own_error = all.error;
  all.error += order.error;
  if (all.magnitude >= next_to_nothing && converged(all, order.tolerance)) {
    all.error += rounding_of(piece, a, b);
    result = {.estimate = all, .status = Status::converged};
    if (converged(all, order.tolerance)) return true;
  }
  all.error = own_error;
  seen.emplace(Panel{.a = a, .b = b, .at_break = true}).accept(look);
  return false;
}

class Search {
 public:
  // `first`: the only panel of all pieces, if it was looked at already.
  Search(std::span<const Piece> pieces, const Adaptive& order, const Control& control,
         const std::optional<Panel>& first)
      : pieces_(pieces),
        order_(order),
        monitor_(control),
        looks_(pieces, order, first ? first->look.estimate.evaluations : 0),
        first_(first),
        rounding_(order.error) {}

  Result run() {
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
      const Panel worst = panels_.pop();
      if (const std::optional<Status> stop = must_stop(looks_.cost_of_refining(worst))) {
        panels_.push(worst);
        return finish(*stop);
      }
      refine(worst);
      monitor_.report(
          {.fraction = std::numeric_limits<double>::quiet_NaN(), .evaluations = looks_.evaluations()});
    }
  }

 private:
  // f on the panels between consecutive ends, each cut into `parts`. A status if there is no budget for that.
  std::optional<Status> seed(int parts) {
    std::vector<Panel> panels;
    for (std::uint32_t i = 0; i < pieces_.size(); ++i) seed(panels, i, parts);
    const bool known = first_ && parts == 1;
    if (const std::optional<Status> stop = must_stop(known ? 0 : looks_.cost(panels))) return stop;
    if (known)
      panels.front() = *first_;
    else
      looks_.see(panels);
    panels_.adopt(std::move(panels));
    initial_ = panels_.size();
    // Only zeros, or next to nothing, was seen: f may live between the nodes. (Nobody asks for the integral
    // of the constant 0.)
    constexpr int finer = 64;
    const bool only_zeros = initial_ > 0 && panels_.total().magnitude < next_to_nothing;
    return only_zeros && parts == 1 ? seed(finer) : std::nullopt;
  }

  void seed(std::vector<Panel>& panels, std::uint32_t piece, int parts) const {
    const std::span<const double> ends = pieces_[piece].ends;
    for (std::size_t i = 1; i < ends.size(); ++i) {
      double a = ends[i - 1];
      const bool whole = !std::isfinite(ends[i]) || !std::isfinite(a);
      for (int k = whole ? parts : 1; k <= parts; ++k) {
        const double b =
            k == parts ? ends[i] : std::lerp(ends[i - 1], ends[i], static_cast<double>(k) / parts);
        if (a < b) panels.push_back({.piece = piece, .a = a, .b = b, .at_break = k == 1 || whole});
        a = b;
      }
    }
  }

  std::array<Panel, 2> divide(Panel& panel, double at) {
    std::array<Panel, 2> parts{
        Panel{.piece = panel.piece, .a = panel.a, .b = at, .blind = panel.blind, .at_break = panel.at_break},
        Panel{.piece = panel.piece, .a = at, .b = panel.b, .blind = panel.blind}};
    looks_.see(parts);
    looks_.forget(panel);
    return parts;
  }

  // Sees more of the panel: more points where its rule has them, or halves.
  void refine(Panel panel) {
    if (panel.blind == 0 && no_use(panel)) {
      panel.settled = true;
      panels_.push(panel);
      return;
    }
    if (looks_.deepen(panel)) return panels_.push(panel);
    auto [lower, upper] = divide(panel, panel.middle());
    if (panel.blind > 0) {
      ++blind_halvings_;
    } else if (lower.blind == 0 && upper.blind == 0 && !in_levels(panel)) {
      extrapolate_changes(panel, lower, upper);
      const int stalls = panel.stalls + (stalled(panel, lower, upper) ? 1 : 0);
      lower.stalls = upper.stalls = static_cast<std::uint8_t>(stalls);
    }
    panels_.push(lower);
    panels_.push(upper);
  }

  // Such a panel has a second look in each level.
  [[nodiscard]] bool in_levels(const Panel& panel) const {
    return pieces_[panel.piece].rule->is_double_exponential();
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
      if (panel.checked || panel.length() < due || panel.too_short() || in_levels(panel)) continue;
      const bool break_at_b = i + 1 == panels.size() || panels[i + 1].at_break;
      std::vector<Panel> parts =
          divide_again(panel, length.whole, verify && panel.at_break, verify && break_at_b);
      stop = must_stop(looks_.cost(parts));
      if (stop) break;
      looks_.see(parts);
      raised = compare(panel, parts) || raised;
      for (Panel& part : parts) looks_.forget(part);
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
      panel.bounded = known || looks_.room_for_spikes(panel) <= allowed || is_proven(panel, piece, allowed);
      if (panel.bounded || must_stop(looks_.cost_of_refining(panel))) {
        parts.push_back(panel);
        continue;
      }
      ++spikes_;
      raised = true;
      for (const Panel& half : divide(panel, panel.middle())) parts.push_back(half);
    }
    panels_.adopt(std::move(parts));
    return raised;
  }

  // The bound is for rules of degree 19 or more with positive weights.
  [[nodiscard]] bool is_proven(const Panel& panel, const Piece& piece, double allowed) const {
    const bool fits = !in_levels(panel) && panel.look.estimate.evaluations >= 21;
    return fits && piece.proven && piece.proven(panel.a, panel.b) * std::fabs(piece.weight) <= allowed;
  }

  static double total_of(const std::vector<Panel>& panels) {
    CompensatedSum sum;
    for (const Panel& panel : panels) sum.add(panel.value());
    return sum.value();
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
    for (const Panel& panel : panels) rounding_ += looks_.rounding(panel, in_detail);
    panels_.adopt(std::move(panels));
    return converged(total(), order_.tolerance);
  }

  std::optional<Status> must_stop(std::uint64_t points) const {
    if (const std::optional<Status> stop = monitor_.must_stop()) return stop;
    if (looks_.evaluations() + points > order_.max_evaluations) return Status::budget;
    return std::nullopt;
  }

  [[nodiscard]] Result nothing(Status status) const {
    return {.estimate = {.value = std::numeric_limits<double>::quiet_NaN(),
                         .error = infinity,
                         .magnitude = infinity,
                         .evaluations = looks_.evaluations()},
            .status = status};
  }

  Result finish(Status status) {
    panels_.sum_again();
    Result result{.estimate = total(), .status = status};
    result.estimate.evaluations = looks_.evaluations();
    return result;
  }

  // f needed short panels somewhere; elsewhere it may hide something of that size.
  static constexpr double much_longer = 8;
  static constexpr std::size_t most_panels_in_detail = 256;

  std::span<const Piece> pieces_;
  const Adaptive& order_;
  Monitor monitor_;
  Looks looks_;
  Panels panels_;
  const std::optional<Panel>& first_;
  std::size_t initial_ = 0;
  std::size_t blind_halvings_ = 0;
  std::size_t spikes_ = 0;
  double rounding_ = 0;
  bool knows_rounding_ = false;
};

}  // namespace

Result integrate_adaptive(std::span<const Piece> pieces, const Adaptive& order, const Control& control) {
  Result result;
  std::optional<Panel> seen;
  if (pieces.size() != 1 || !at_once(pieces[0], order, control, result, seen))
    result = Search(pieces, order, control, seen).run();
  return result;
}

Result integrate_adaptive(const Kernel& kernel, std::span<const double> params, std::span<const double> ends,
                          const Adaptive& order, const Control& control) {
  const Piece piece{.kernel = &kernel,
                    .params = params,
                    .ends = ends,
                    .rule = order.rule,
                    .verify = order.verify,
                    .rounding = order.rounding};
  return integrate_adaptive({&piece, 1}, order, control);
}

}  // namespace jitegral::engine
