// The panels of an adaptive integral: which one is next, and what they sum to.
#pragma once

#include <cstdint>
#include <vector>

#include "base/compensated.h"
#include "rules/estimate.h"
#include "rules/look.h"

namespace jitegral::engine {

struct Panel {
  std::uint32_t piece = 0;  // of the integral; a and b are in that piece's variable
  double a = 0;
  double b = 0;
  rules::Look look{};
  double error = 0;         // what is believed; at least look.estimate.error, infinite for a blind panel
  double steepest = 0;      // the largest slope between neighbouring nodes
  double change = -1;       // how much the value changed when the parent was halved; -1: there is no parent
  double ratio = 0;         // … and by what factor that was less than the change before
  std::int32_t kept = -1;   // where its values are kept, if they are
  std::uint8_t level = 0;   // how far its rule went
  std::uint8_t stalls = 0;  // halvings in a row that did not lower the error of a value that did not change
  std::uint8_t blind = 0;   // panels in a row, this one included, where f was not finite somewhere
  bool settled = false;     // halving it again is no use
  bool checked = false;     // the second look agreed
  bool bounded = false;     // no room for a spike
  bool at_break = false;    // a is one of the user's ends: f may jump there

  // The panel is what its rule says of it.
  void accept(const rules::Look& look_at_it) {
    look = look_at_it;
    error = look.estimate.error;
    blind = look.estimate.finite ? 0 : static_cast<std::uint8_t>(blind + 1);
  }
  [[nodiscard]] double value() const { return look.estimate.value; }
  [[nodiscard]] double magnitude() const { return look.estimate.magnitude; }
  [[nodiscard]] double length() const { return b - a; }
  // Where it is halved.
  [[nodiscard]] double middle() const;
  // Too short for different nodes (QUADPACK's test).
  [[nodiscard]] bool too_short() const;
};

// A set of panels that hands out the one with the largest error first, settled ones last; ties go to the
// left, so that the order is a function of the panels alone. Keeps sums as it goes.
class Panels {
 public:
  void push(const Panel& panel);
  Panel pop();
  [[nodiscard]] const Panel& worst() const { return heap_.front(); }
  [[nodiscard]] std::size_t size() const { return heap_.size(); }
  // Value, error and magnitude of all panels, without the evaluations. Not finite if a panel is blind.
  [[nodiscard]] Estimate total() const;
  // The part of the error that is in settled panels.
  [[nodiscard]] double settled_error() const { return settled_error_.value(); }
  // Sums everything again from the panels, piece by piece from left to right: the running sums remember what
  // was large once.
  void sum_again();
  // All panels, piece by piece from left to right, out of this set; adopt() puts them back.
  std::vector<Panel> release();
  void adopt(std::vector<Panel> panels);

 private:
  void count(const Panel& panel, double sign);

  std::vector<Panel> heap_;
  CompensatedSum value_;
  CompensatedSum error_;
  CompensatedSum magnitude_;
  CompensatedSum settled_error_;
  std::size_t blind_ = 0;
  std::size_t changes_ = 0;  // since sum_again
};

}  // namespace jitegral::engine
