// Which symbol a name means where: the variables that integrals, definitions and loops bring into scope.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "expr/expr.h"
#include "syntax/tree.h"

namespace jitegral::sema {

// The bound variables of a statement. Made once per Tree by one walk from the root down.
class BoundNames {
 public:
  // `arguments` are bound in all of it.
  BoundNames(const syntax::Tree& tree, std::span<const Symbol> arguments);
  // The variable that `name` means at a node; nullptr if nothing around the node binds it.
  [[nodiscard]] const Symbol* find(syntax::NodeId at, std::string_view name) const;
  // True if something in the statement binds `name`, though perhaps elsewhere.
  [[nodiscard]] bool binds(std::string_view name) const;
  // The variable that a node itself binds: a range argument `x = a..b`, a loop, or a parameter.
  [[nodiscard]] const Symbol& bound_by(syntax::NodeId binder) const {
    return frames_[binder_[binder]].symbol;
  }

 private:
  using FrameId = std::uint32_t;
  struct Frame {
    FrameId outer = 0;
    std::string_view name;
    Symbol symbol;
  };
  FrameId bind(FrameId outer, syntax::NodeId binder, std::string_view name);
  void enter(syntax::NodeId id);
  void enter_integral(const syntax::Node& call, FrameId outer);
  FrameId enter_loops(const syntax::Node& statement, FrameId outer);
  void enter_plot(const syntax::Node& plot, FrameId outer);
  void enter_parameters(const syntax::Node& definition, FrameId outer);

  const syntax::Tree& tree_;
  std::vector<Frame> frames_;      // frames_[0] is the empty outermost one
  std::vector<FrameId> frame_of_;  // by node: the innermost frame around it
  std::vector<FrameId> binder_;    // by node: the frame it opens
};

// True for an argument of integrate that names a range: x = 0..1.
bool is_range_argument(const syntax::Tree& tree, const syntax::Node& argument);

}  // namespace jitegral::sema
