#include "sema/names.h"

#include <algorithm>

namespace jitegral::sema {

using syntax::Kind;
using syntax::Node;
using syntax::NodeId;

bool is_range_argument(const syntax::Tree& tree, const Node& argument) {
  return argument.kind == Kind::named && tree.node(argument.children[0]).kind == Kind::range;
}

BoundNames::BoundNames(const syntax::Tree& tree, std::span<const Symbol> arguments)
    : tree_(tree), frames_(1), binder_(tree.size(), 0) {
  FrameId outer = 0;
  for (const Symbol& argument : arguments) {
    frames_.push_back({outer, argument.name(), argument});
    outer = static_cast<FrameId>(frames_.size() - 1);
  }
  frame_of_.assign(tree.size(), outer);
  for (NodeId id = tree.root() + 1; id-- > 0;) enter(id);  // parents come after their children
}

const Symbol* BoundNames::find(NodeId at, std::string_view name) const {
  for (FrameId frame = frame_of_[at]; frame != 0; frame = frames_[frame].outer)
    if (frames_[frame].name == name) return &frames_[frame].symbol;
  return nullptr;
}

bool BoundNames::binds(std::string_view name) const {
  return std::ranges::any_of(frames_, [&](const Frame& frame) { return frame.name == name; });
}

BoundNames::FrameId BoundNames::bind(FrameId outer, NodeId binder, std::string_view name) {
  frames_.push_back({outer, name, Symbol(std::string(name))});
  return binder_[binder] = static_cast<FrameId>(frames_.size() - 1);
}

void BoundNames::enter(NodeId id) {
  const Node& node = tree_.node(id);
  const FrameId outer = frame_of_[id];
  for (NodeId child : node.children) frame_of_[child] = outer;
  if (node.kind == Kind::call && node.text == "integrate") enter_integral(node, outer);
  if (node.kind == Kind::evaluation) frame_of_[node.children[0]] = enter_loops(node, outer);
  if (node.kind == Kind::plot) enter_plot(node, outer);
  if (node.kind == Kind::function_definition) enter_parameters(node, outer);
}

// A range sees the variables of the ranges before it, the formula sees all of them.
void BoundNames::enter_integral(const Node& call, FrameId outer) {
  FrameId inner = outer;
  for (NodeId child : call.children) {
    const Node& argument = tree_.node(child);
    if (!is_range_argument(tree_, argument)) continue;
    frame_of_[child] = inner;
    inner = bind(inner, child, argument.text);
  }
  for (NodeId child : call.children)
    if (tree_.node(child).kind != Kind::named) frame_of_[child] = inner;
}

// Gives the frame in which all loops of a statement are bound.
BoundNames::FrameId BoundNames::enter_loops(const Node& statement, FrameId outer) {
  FrameId inner = outer;
  for (const NodeId loop : statement.children) {
    if (tree_.node(loop).kind != Kind::loop) continue;
    frame_of_[loop] = inner;
    inner = bind(inner, loop, tree_.node(loop).text);
  }
  return inner;
}

// Either ranges bind, as in integrate, or loops do.
void BoundNames::enter_plot(const Node& plot, FrameId outer) {
  const FrameId inner = enter_loops(plot, outer);
  if (inner == outer) return enter_integral(plot, outer);
  for (NodeId child : plot.children)
    if (tree_.node(child).kind != Kind::loop) frame_of_[child] = inner;
}

void BoundNames::enter_parameters(const Node& definition, FrameId outer) {
  FrameId inner = outer;
  for (std::size_t i = 1; i < definition.children.size(); ++i)
    inner = bind(inner, definition.children[i], tree_.node(definition.children[i]).text);
  frame_of_[definition.children[0]] = inner;
}

}  // namespace jitegral::sema
