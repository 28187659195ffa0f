// Entry: grid_form. Functions are taken apart (Separation) and the formula is multiplied out if it can be
// (grid_terms.h), then what depends on a part of a point's place only gets a name and a list (Hoisting), then
// it is said when that is right and when it pays. Where that does not add up whole rows, their series does
// (row_series.h).
#include "analysis/grid_form.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "analysis/error_tolerance.h"
#include "analysis/grid_terms.h"
#include "analysis/pairing.h"
#include "analysis/places.h"
#include "analysis/row_series.h"
#include "expr/expansion.h"
#include "expr/fold.h"
#include "expr/rebuild.h"
#include "expr/transform.h"
#include "functions/near.h"

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

constexpr int most_vectors = 2048;  // of values kept: they shall stay in a cache, and on the stack

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

// The function of this node, of another argument, of which nothing is known.
Expr of(const Node& node, const Expr& argument) {
  std::vector<Expr> arguments(node.arguments.begin(), node.arguments.end());
  arguments.back() = argument;
  return Expr::apply(*functions::general(node.function), arguments);
}

// A product of values keeps the relative accuracy of its factors, a sum of them does not.
bool is_product(const Expr& theorem) { return theorem->function->instruction == I::multiply; }

// f(first + second) by the addition theorem of f, in terms of functions of either.
Expr apart(const Node& node, const Expr& first, const Expr& second) {
  std::vector<Expr> arguments(node.arguments.begin(), node.arguments.end());
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
      return rebuild(node, arguments);
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

// Gives names to the largest subexpressions that do not depend on the whole place.
class Hoisting {
 public:
  Hoisting(GridForm& form, const Symbol& x) : form_(form), x_(x) {}

  // Names what is the same at all points.
  Expr constants(const Expr& formula) {
    return hoisted(formula, [this](Places places) { return places == nowhere ? &form_.once : nullptr; });
  }
  // Names what has any list.
  Expr parts(const Expr& formula) {
    return hoisted(formula, [this](Places places) { return list_of(places); });
  }
  // A name for a whole value, which has a list.
  Expr whole(const Expr& value) {
    Places places = nowhere;
    fold<int>(value, [&](const Node& node, std::span<const int>) {
      places |= place_of(node, form_, x_);
      return 0;
    });
    return named(value, *list_of(places));
  }
  // A value of a row, even if it is the same in all rows.
  Expr of_row(const Expr& value) { return named(value, form_.by_row); }

 private:
  using List = std::vector<GridForm::Named>;

  // Values below a named one stay as they are.
  template <class ListOf>
  Expr hoisted(const Expr& formula, ListOf list_of) {
    std::unordered_map<const Node*, Places> places;
    return fold<Expr>(formula, [&](const Node& node, std::span<const Expr> arguments) {
      Places place = place_of(node, form_, x_);
      for (const Expr& argument : node.arguments) place |= places.at(argument.node());
      places[&node] = place;
      if (list_of(place) != nullptr) return rebuild(node, node.arguments);
      std::vector<Expr> rebuilt;
      for (std::size_t i = 0; i < arguments.size(); ++i)
        rebuilt.push_back(name(arguments[i], list_of(places.at(node.arguments[i].node()))));
      return rebuild(node, rebuilt);
    });
  }

  // The list that such values belong to; none if they have to be computed at each point.
  [[nodiscard]] List* list_of(Places places) const {
    switch (places) {
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

  // `value` itself if it has no list, or if nothing is gained by a name.
  Expr name(const Expr& value, List* list) {
    if (list == nullptr || (list == &form_.once && value->kind != ExprKind::apply)) return value;
    return named(value, *list);
  }

  Expr named(const Expr& value, List& list) {
    auto [found, is_new] = names_.try_emplace(value);
    if (is_new) {
      list.push_back({Symbol("part" + std::to_string(names_.size())), value});
      found->second = variable(list.back().symbol);
    }
    return found->second;
  }

  GridForm& form_;
  const Symbol& x_;
  std::unordered_map<Expr, Expr> names_;
};

// The three ways to sum a separated formula, the best one first. Each says whether it is one.

bool sum_rows(GridForm& form, const std::vector<GridTerm>& terms) {
  const auto is_in_all_tiles = [&](const GridTerm& term) {
    return !term.place && (!term.column || replaced(term.column, form.tile, number(0)) == term.column);
  };
  if (!std::ranges::all_of(terms, is_in_all_tiles)) return false;
  Expr total;
  for (const GridTerm& term : terms) {
    const Expr column = term.column ? term.column : number(1);
    form.sums.push_back({Symbol("sum" + std::to_string(form.sums.size())), column});
    const Expr named = variable(form.sums.back().symbol);
    const Expr row = term.row ? product(term.row, named) : named;
    total = total ? sum(total, row) : row;
  }
  form.row_sum = total;
  return true;
}

bool sum_products(GridForm& form, Hoisting& hoisting, const std::vector<GridTerm>& terms) {
  constexpr std::size_t most = 6;  // the sums of more do not fit the registers
  if (terms.size() > most) return false;
  std::vector<Expr> columns;
  for (const GridTerm& term : terms) {
    const Expr column = term.column ? hoisting.whole(term.column) : Expr{};
    auto found = std::ranges::find(form.products, column, &GridForm::Product::column);
    if (found == form.products.end()) found = form.products.insert(found, {column, {}});
    found->terms.push_back(
        {hoisting.of_row(term.row ? term.row : number(1)), term.place ? hoisting.whole(term.place) : Expr{}});
  }
  return true;
}

// |f| is at most `limit` at both argument and -argument.
Expr stays_below(const Node& f, const Expr& argument, double limit) {
  const std::vector<Interval> anything(f.arguments.size(), Interval::entire());
  if (f.function->enclosure(anything.data()).largest() <= limit) return number(1);
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
  const double before = times(form.by_column, form.columns) + times(form.sums, form.columns) +
                        times(form.by_place, places) + guard * saved;
  const double in_tile =
      times(form.by_row, form.rows / 8) + times(form.by_tile_column, form.columns) + times(form.sums, 1);
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

// Chooses the way, and fills in what it needs.
void lay_out(GridForm& form, Hoisting& hoisting, const Expr& separated, const Symbol& x) {
  constexpr std::size_t most_terms = 16;
  using Way = GridForm::Way;
  const auto terms = grid_terms(separated, form, x, most_terms);
  if (terms && sum_rows(form, *terms)) {
    form.way = Way::rows;
    form.row_sum = with_pairs(form.row_sum).formula;
  } else if (terms && sum_products(form, hoisting, *terms)) {
    form.way = Way::products;
  } else {
    form.way = Way::points;
    form.body = with_pairs(hoisting.parts(separated)).formula;
  }
  // With a table of places, columns are computed in each tile as rows are: about as many of either.
  form.columns = form.by_place.empty() ? 16 : 4;
  form.rows = GridForm::tile_points / (8 * form.columns);
  if (form.chunk > 64) form.chunk = form.way == Way::rows ? 1U << 19U : 1U << 16U;
}

bool calls(const Expr& formula, Lowering lowering) {
  return any_node(formula, [&](const Node& node) {
    return node.function != nullptr && node.function->lowering == lowering;
  });
}

// What is done once a chunk (the total of lanes, a look at the clock) takes as long as a hundred quick
// points. Special functions are called point by point and may take a microsecond.
std::uint64_t chunk(const Expr& formula) {
  constexpr std::size_t quick = 400;
  if (calls(formula, Lowering::call)) return 64;
  if (node_count(formula) > quick) return 4096;
  return calls(formula, Lowering::vecmath) ? 1U << 14U : 1U << 16U;
}

// Rows by their series, and `other` for what remains; absent if there is no series.
std::optional<GridForm> series_form(const Expr& formula, const Symbol& variable, const GridForm& other) {
  GridForm form = new_form();
  const Symbol total("total_offset");
  const auto series =
      row_series(formula, variable, {form.row, total, form.middle, form.radius, form.row_length});
  if (!series) return {};
  form.way = GridForm::Way::rows;
  form.columns = series_row_points / 8;
  form.rows = GridForm::tile_points / series_row_points;
  form.row_place = 0.5 * (series_row_points - 1);
  form.plain = other.plain;
  form.once = other.once;
  form.sums = {{total, Expr::variable(form.offset)}};
  form.row_sum = with_pairs(series->sum).formula;
  form.valid = series->valid;
  form.least_count = GridForm::proofs_pay;
  form.chunk = 1U << 16U;
  form.otherwise = std::make_shared<const GridForm>(other);
  return form;
}

}  // namespace

GridForm short_grid_form(const Expr& formula, const Symbol& variable) {
  GridForm form = new_form();
  Separation separation(form, formula, variable);
  const Expr separated = separation.run();
  Hoisting hoisting(form, variable);
  form.plain = with_pairs(hoisting.constants(formula)).formula;
  form.chunk = chunk(formula);
  const auto& found = separation.found();
  if (found.empty()) return form;
  GridForm plain = form;
  lay_out(form, hoisting, hoisting.constants(separated), variable);
  if (vectors(form) > most_vectors) return plain;
  form.valid = number(1);
  for (const Candidate& one : found) {
    form.separated.push_back(rebuild(one.node, one.node.arguments));
    form.valid = simplify(apply(I::logical_and, {form.valid, validity(form, one, variable)}));
  }
  form.least_count = least_count(form);
  return form;
}

GridForm grid_form(const Expr& formula, const Symbol& variable) {
  GridForm separated = short_grid_form(formula, variable);
  if (separated.way == GridForm::Way::rows || separated.chunk < GridForm::proofs_pay) return separated;
  return series_form(formula, variable, separated).value_or(separated);
}

}  // namespace jitegral::analysis
