#include "analysis/grid_terms.h"

#include <algorithm>

#include "analysis/places.h"
#include "expr/fold.h"
#include "expr/rebuild.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;
using Terms = std::vector<GridTerm>;

Expr apply(I instruction, std::initializer_list<Expr> arguments) {
  return Expr::apply(functions::operation(instruction), arguments);
}

Expr or_one(const Expr& factor) { return factor ? factor : Expr::number(1); }

Expr product(const Expr& a, const Expr& b) {
  if (!a || !b) return a ? a : b;
  return apply(I::multiply, {a, b});
}

Expr quotient(const Expr& a, const Expr& b) { return b ? apply(I::divide, {or_one(a), b}) : a; }

GridTerm product(const GridTerm& a, const GridTerm& b) {
  return {product(a.row, b.row), product(a.column, b.column), product(a.place, b.place)};
}

GridTerm quotient(const GridTerm& a, const GridTerm& b) {
  return {quotient(a.row, b.row), quotient(a.column, b.column), quotient(a.place, b.place)};
}

GridTerm negative(const GridTerm& a) { return {apply(I::negate, {or_one(a.row)}), a.column, a.place}; }

// Multiplies out, as long as there are few terms.
class Expansion {
 public:
  Expansion(const GridForm& form, const Symbol& x, std::size_t most) : form_(form), x_(x), most_(most) {}

  std::optional<Terms> run(const Expr& formula) {
    fold<int>(formula, [&](const Node& node, std::span<const int>) {
      Places place = place_of(node, form_, x_);
      for (const Expr& argument : node.arguments) place |= places_.at(argument.node());
      places_[&node] = place;
      terms_[&node] = terms(node, place);
      return 0;
    });
    return terms_.at(formula.node());
  }

 private:
  // Absent if there are none, or too many.
  std::optional<Terms> terms(const Node& node, Places place) {
    if (node.kind == ExprKind::variable && node.symbol == x_)
      return Terms{{.row = Expr::variable(form_.row)}, {.column = Expr::variable(form_.offset)}};
    const Expr self = rebuild(node, node.arguments);
    if (is_within(place, on_row)) return Terms{{.row = self}};
    if (is_within(place, on_offset | on_tile)) return Terms{{.column = self}};
    if (is_within(place, on_offset | on_row_offset)) return Terms{{.place = self}};
    if (node.kind != ExprKind::apply) return {};
    std::vector<const Terms*> below;
    for (const Expr& argument : node.arguments) {
      const auto& found = terms_.at(argument.node());
      if (!found) return {};
      below.push_back(&*found);
    }
    Terms all = combined(node.function->instruction, below);
    if (all.empty() || all.size() > most_) return {};
    return all;
  }

  // Empty if this cannot be multiplied out.
  static Terms combined(I instruction, std::span<const Terms* const> below) {
    switch (instruction) {
      case I::add:
        return sum(*below[0], *below[1], false);
      case I::subtract:
        return sum(*below[0], *below[1], true);
      case I::negate:
        return sum({}, *below[0], true);
      case I::multiply:
        return pairs(*below[0], *below[1],
                     static_cast<GridTerm (*)(const GridTerm&, const GridTerm&)>(product));
      case I::divide:
        if (below[1]->size() > 1) return {};
        return pairs(*below[0], *below[1],
                     static_cast<GridTerm (*)(const GridTerm&, const GridTerm&)>(quotient));
      default:
        return {};
    }
  }

  static Terms sum(const Terms& a, const Terms& b, bool subtract) {
    Terms all = a;
    for (const GridTerm& term : b) add(all, subtract ? negative(term) : term);
    return all;
  }

  template <class F>
  static Terms pairs(const Terms& a, const Terms& b, F both) {
    Terms all;
    for (const GridTerm& left : a)
      for (const GridTerm& right : b) add(all, both(left, right));
    return all;
  }

  static void add(Terms& all, const GridTerm& term) {
    const auto same = std::ranges::find_if(
        all, [&](const GridTerm& one) { return one.column == term.column && one.place == term.place; });
    if (same == all.end())
      all.push_back(term);
    else
      same->row = apply(I::add, {or_one(same->row), or_one(term.row)});
  }

  const GridForm& form_;
  const Symbol& x_;
  std::size_t most_;
  std::unordered_map<const Node*, Places> places_;
  std::unordered_map<const Node*, std::optional<Terms>> terms_;
};

}  // namespace

std::optional<std::vector<GridTerm>> grid_terms(const Expr& separated, const GridForm& form, const Symbol& x,
                                                std::size_t most) {
  return Expansion(form, x, most).run(separated);
}

}  // namespace jitegral::analysis
