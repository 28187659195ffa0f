// Entry: grid_form. Functions are taken apart (Separation), then what depends on a part of a point's place
// only gets a name and a list (Hoisting), then it is said when that is right and when it pays.
#include "analysis/grid_form.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "analysis/error_tolerance.h"
#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"

namespace jitegral::analysis {
namespace {

using I = Instruction;

Expr apply(I instruction, std::initializer_list<Expr> arguments) {
  return Expr::apply(functions::operation(instruction), arguments);
}
Expr sum(const Expr& a, const Expr& b) { return apply(I::add, {a, b}); }
Expr product(const Expr& a, const Expr& b) { return apply(I::multiply, {a, b}); }
Expr absolute(const Expr& a) { return apply(I::absolute, {a}); }
Expr number(double value) { return Expr::number(value); }
Expr variable(const Symbol& symbol) { return Expr::variable(symbol); }

Expr replaced(const Expr& expr, const Symbol& symbol, const Expr& by) {
  return substitute(expr, {{variable(symbol), by}});
}

constexpr int not_polynomial = 1000;

// The degree in `variable`, from those of the arguments.
int degree_of(const Node& node, std::span<const int> below, const Symbol& variable) {
  if (node.kind == ExprKind::variable) return node.symbol == variable ? 1 : 0;
  if (std::ranges::all_of(below, [](int degree) { return degree == 0; })) return 0;
  switch (node.function->instruction) {
    case I::add:
    case I::subtract:
      return std::max(below[0], below[1]);
    case I::multiply:
      return std::min(below[0] + below[1], not_polynomial);
    case I::divide:
      return below[1] == 0 ? below[0] : not_polynomial;
    case I::negate:
      return below[0];
    default:
      return not_polynomial;
  }
}

// f(p) for a row f with an addition theorem and a polynomial p(x) = p(m) + slope(m)*(x-m) + bend/2*(x-m)^2.
struct Candidate {
  const Node& node;  // p is the last argument; the others do not depend on x
  Expr slope;        // a formula in x
  Expr bend;         // without x; absent for degree one

  [[nodiscard]] const Expr& polynomial() const { return node.arguments.back(); }
};

// The function of this node, of another argument.
Expr of(const Node& node, const Expr& argument) {
  std::vector<Expr> arguments = node.arguments;
  arguments.back() = argument;
  return Expr::apply(*node.function, arguments);
}

// A product of values keeps the relative accuracy of its factors, a sum of them does not.
bool is_product(const Expr& theorem) { return theorem->function->instruction == I::multiply; }

// f(first + second) by the addition theorem of f, in terms of functions of either.
Expr apart(const Node& node, const Expr& first, const Expr& second) {
  std::vector<Expr> arguments = node.arguments;
  arguments.back() = first;
  arguments.push_back(second);
  return expand(node.function->addition, arguments);
}

// The same for three summands: what the theorem has of second + third is taken apart again.
Expr apart(const Node& node, const Expr& first, const Expr& second, const Expr& third) {
  const Expr rest = variable(Symbol("rest"));
  return fold<Expr>(apart(node, first, rest), [&](const Node& inner, std::span<const Expr> arguments) {
    if (inner.kind == ExprKind::apply && inner.arguments.back() == rest) return apart(inner, second, third);
    return rebuild(inner, arguments);
  });
}

// Finds the functions that can be taken apart, and does it.
class Separation {
 public:
  Separation(GridForm& form, const Expr& formula, const Symbol& x) : form_(form), formula_(formula), x_(x) {}

  // The formula over x, form.offset, row_offset, row and tile.
  Expr run() {
    const auto tolerances = error_tolerances(formula_);
    std::unordered_map<const Node*, int> degrees;
    return fold<Expr>(formula_, [&](const Node& node, std::span<const Expr> arguments) {
      std::vector<int> below;
      for (const Expr& argument : node.arguments) below.push_back(degrees.at(argument.node()));
      degrees[&node] = degree_of(node, below, x_);
      if (Expr result = separated(node, below, tolerances.at(&node))) return result;
      return std::ranges::equal(arguments, node.arguments) ? rebuild(node, node.arguments)
                                                           : rebuild(node, arguments);
    });
  }
  [[nodiscard]] const std::vector<Candidate>& found() const { return found_; }

 private:
  // Absent if the node is not to be taken apart.
  Expr separated(const Node& node, std::span<const int> below, Tolerance tolerance) {
    if (node.kind != ExprKind::apply || node.function->addition.empty()) return {};
    if (below.back() < 1 || below.back() > 2) return {};
    if (std::ranges::any_of(below.first(below.size() - 1), [](int degree) { return degree != 0; })) return {};
    const Expr offset = variable(form_.offset);
    const Expr at_row = replaced(node.arguments.back(), x_, variable(form_.row));
    const Candidate candidate = expanded(node, below.back());
    Expr result;
    if (!candidate.bend) {
      result = apart(node, at_row, simplify(product(candidate.slope, offset)));
    } else {
      const Expr slope = replaced(candidate.slope, x_, variable(form_.tile));
      const Expr bow = product(product(number(0.5), candidate.bend), product(offset, offset));
      const Expr cross = product(product(candidate.bend, variable(form_.row_offset)), offset);
      result = apart(node, at_row, simplify(sum(product(slope, offset), bow)), simplify(cross));
    }
    if (tolerance < (is_product(result) ? Tolerance::relative : Tolerance::absolute)) return {};
    found_.push_back(candidate);
    return result;
  }

  Candidate expanded(const Node& node, int degree) const {
    const Expr slope = *differentiate(node.arguments.back(), x_);  // polynomials have derivatives
    return {node, slope, degree == 2 ? *differentiate(slope, x_) : Expr{}};
  }

  GridForm& form_;
  const Expr& formula_;
  const Symbol& x_;
  std::vector<Candidate> found_;
};

// On what part of a point's place a value depends: a set of these.
enum Place : unsigned { nowhere = 0, on_x = 1, on_row = 2, on_tile = 4, on_offset = 8, on_row_offset = 16 };

// Gives names to the largest subexpressions that do not depend on the whole place.
class Hoisting {
 public:
  Hoisting(GridForm& form, const Symbol& x) : form_(form), x_(x) {}

  Expr run(const Expr& formula) {
    std::unordered_map<const Node*, unsigned> places;
    return fold<Expr>(formula, [&](const Node& node, std::span<const Expr> arguments) {
      unsigned place = place_of(node);
      for (const Expr& argument : node.arguments) place |= places.at(argument.node());
      places[&node] = place;
      Expr self = rebuild(node, node.arguments);
      if (list_of(place) != nullptr) return self;
      std::vector<Expr> named;
      for (std::size_t i = 0; i < arguments.size(); ++i)
        named.push_back(name(arguments[i], places.at(node.arguments[i].node())));
      return rebuild(node, named);
    });
  }

 private:
  [[nodiscard]] unsigned place_of(const Node& node) const {
    if (node.kind != ExprKind::variable) return nowhere;
    if (node.symbol == x_) return on_x;
    if (node.symbol == form_.row) return on_row;
    if (node.symbol == form_.tile) return on_tile;
    if (node.symbol == form_.offset) return on_offset;
    return node.symbol == form_.row_offset ? on_row_offset : nowhere;
  }

  // The list that such values belong to; none if they have to be computed at each point.
  [[nodiscard]] std::vector<GridForm::Named>* list_of(unsigned place) const {
    switch (place) {
      case nowhere:
        return &form_.once;
      case on_row:
        return &form_.by_row;
      case on_offset:
        return &form_.by_column;
      case on_offset | on_row_offset:
        return &form_.by_place;
      case on_offset | on_tile:
        return &form_.by_tile_column;
      default:
        return nullptr;
    }
  }

  // `value` itself if nothing is gained by a name.
  Expr name(const Expr& value, unsigned place) {
    auto* list = list_of(place);
    if (list == nullptr || (place == nowhere && value->kind != ExprKind::apply)) return value;
    auto [found, is_new] = names_.try_emplace(value);
    if (is_new) {
      list->push_back({Symbol("part" + std::to_string(names_.size())), value});
      found->second = variable(list->back().symbol);
    }
    return found->second;
  }

  GridForm& form_;
  const Symbol& x_;
  std::unordered_map<Expr, Expr> names_;
};

// |f| is at most `limit` at both argument and -argument.
Expr stays_below(const Node& f, const Expr& argument, double limit) {
  const auto is_below = [&](const Expr& at) {
    return apply(I::less_equal, {absolute(of(f, at)), number(limit)});
  };
  return apply(I::logical_and, {is_below(argument), is_below(apply(I::negate, {argument}))});
}

// The factors that the addition theorem of f has for a second summand up to `argument` are near 1, so that
// rounding that costs little; where terms are added, so near that not much cancels.
Expr stays_near_one(const Node& f, const Expr& argument) {
  const Expr second = variable(Symbol("second"));
  const Expr theorem = apart(f, number(0), second);
  const double limit = is_product(theorem) ? 2.75 : 1.03125;
  Expr all = number(1);
  fold<int>(theorem, [&](const Node& node, std::span<const int>) {
    if (node.kind == ExprKind::apply && node.arguments.back() == second)
      all = apply(I::logical_and, {all, stays_below(node, argument, limit)});
    return 0;
  });
  return all;
}

// |p| <= |p(m)| + |p'(m)| r + |p''|/2 r^2 on the whole call, and the like for what p grows by along a row,
// and along a row more in one row of a tile than in another.
Expr validity(const GridForm& form, const Candidate& f, const Symbol& x) {
  constexpr double largest = 1e300;
  const Expr radius = variable(form.radius), length = variable(form.row_length);
  const auto at_middle = [&](const Expr& e) { return absolute(replaced(e, x, variable(form.middle))); };
  const Expr slope = at_middle(f.slope);
  Expr reach = sum(at_middle(f.polynomial()), product(slope, radius));
  Expr along_row = product(slope, length);
  Expr valid = number(1);
  if (f.bend) {
    const Expr bend = absolute(f.bend);
    reach = sum(reach, product(product(number(0.5), bend), product(radius, radius)));
    along_row = product(sum(slope, product(bend, sum(radius, length))), length);
    valid = stays_near_one(f.node, product(bend, product(product(number(form.rows), length), length)));
  }
  valid = apply(I::logical_and, {valid, stays_near_one(f.node, along_row)});
  return apply(I::logical_and, {valid, stays_below(f.node, reach, largest)});
}

// What is computed once or in each tile, in vectors.
int vectors(const GridForm& form) {
  const auto size = [](const auto& list) { return static_cast<int>(list.size()); };
  return (size(form.by_column) + size(form.by_tile_column) + size(form.by_place) * form.rows) * form.columns +
         size(form.by_row) * form.rows / 8;
}

// Evaluations of functions are what costs: those before the first tile, and those in each, are weighed
// against the ones saved. From twice the point of balance on it surely pays.
std::uint64_t least_count(const GridForm& form) {
  const auto times = [](const auto& list, int vectors) { return static_cast<double>(list.size()) * vectors; };
  constexpr double guard = 6;
  const int places = form.rows * form.columns;
  const double saved = static_cast<double>(form.separated.size());
  const double before = times(form.by_column, form.columns) + times(form.by_place, places) + guard * saved;
  const double in_tile = times(form.by_row, form.rows / 8) + times(form.by_tile_column, form.columns);
  const double tiles = 2 * before / (places * saved - in_tile);
  return GridForm::tile_points * (1 + static_cast<std::uint64_t>(tiles));
}

GridForm new_form() {
  return {.offset = Symbol("offset"),
          .row_offset = Symbol("row_offset"),
          .row = Symbol("row"),
          .tile = Symbol("tile"),
          .middle = Symbol("middle"),
          .radius = Symbol("radius"),
          .row_length = Symbol("row_length")};
}

// Special functions are called point by point and may take a microsecond.
bool calls_scalars(const Expr& formula) {
  return fold<int>(formula, [](const Node& node, std::span<const int> below) {
           const bool here = node.function != nullptr && node.function->lowering == Lowering::call;
           return here || std::ranges::find(below, 1) != below.end() ? 1 : 0;
         }) != 0;
}

}  // namespace

GridForm grid_form(const Expr& formula, const Symbol& variable) {
  constexpr int most_vectors = 2048;  // they shall stay in a cache, and on the stack
  GridForm form = new_form();
  Separation separation(form, formula, variable);
  const Expr separated = separation.run();
  Hoisting hoisting(form, variable);
  form.plain = hoisting.run(formula);
  form.chunk = calls_scalars(formula) ? 64 : 4096;
  const auto& found = separation.found();
  if (found.empty()) return form;
  GridForm plain = form;
  form.body = hoisting.run(separated);
  // The places of a tile hold a table if there is one: fewer columns, because they are computed per tile
  // then.
  form.columns = form.by_place.empty() ? 16 : 8;
  form.rows = GridForm::tile_points / (8 * form.columns);
  if (vectors(form) > most_vectors) return plain;
  form.valid = number(1);
  for (const Candidate& one : found) {
    form.separated.push_back(rebuild(one.node, one.node.arguments));
    form.valid = simplify(apply(I::logical_and, {form.valid, validity(form, one, variable)}));
  }
  form.least_count = least_count(form);
  if (form.chunk > 64) form.chunk = 65536;
  return form;
}

}  // namespace jitegral::analysis
