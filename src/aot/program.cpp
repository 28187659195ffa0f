#include "aot/program.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <unordered_map>

#include "analysis/critical_points.h"
#include "analysis/grid_form.h"
#include "analysis/smoothness.h"
#include "aot/python_module.h"
#include "expr/evaluate.h"
#include "expr/opened.h"
#include "expr/rounding.h"
#include "expr/transform.h"
#include "kernel/kernel.h"
#include "plan/transform.h"

namespace jitegral::aot {
namespace {

using codegen::Word;
using plan::Reach;
using Name = std::string;  // of a table, kernel or point function; empty: there is none

constexpr std::uint64_t none = ~std::uint64_t{0};
constexpr std::array reaches{Reach::finite, Reach::right, Reach::left, Reach::both};
constexpr double infinity = std::numeric_limits<double>::infinity();

std::uint64_t flag(bool value) { return value ? 1 : 0; }

// What a limit may be: its value if that is known now, else anything.
std::vector<double> possible(const Expr& limit) {
  if (!limit->has_integral && free_symbols(limit).empty()) return {evaluate(limit)};
  return {-infinity, 0, infinity};
}

// The reaches that a range between two limits may have.
bool may_have(Reach reach, const Expr& lower, const Expr& upper) {
  for (double a : possible(lower))
    for (double b : possible(upper))
      if (plan::reach_of(std::min(a, b), std::max(a, b)) == reach) return true;
  return false;
}

using Entry = Expr::IntegralOptions::Entry;

bool is_points(const Entry& entry) { return entry.name == "points"; }

bool depends_on_arguments(const Entry& entry) {
  return std::ranges::any_of(entry.values, [](const Expr& value) { return !free_symbols(value).empty(); });
}

// Those that the runtime asks for when it knows the arguments, and what holds the place until then.
struct LateOption {
  const char* name;
  double placeholder;
};
constexpr LateOption late_options[] = {{"tol", 1e-10}, {"abs_tol", 0}, {"n_iter", 1e6}};

// Where a formula that depends on nothing else has kinks, jumps or singular points between the limits that
// there may be. More of them than anybody would list (those of floor over all numbers) are left to the error
// estimate.
std::vector<double> breakpoints(const Expr& formula, const Symbol& variable, Interval range) {
  constexpr std::size_t most = 64;
  for (const Symbol& symbol : free_symbols(formula))
    if (symbol != variable) return {};
  if (formula->has_integral || analysis::is_entire(formula, variable)) return {};
  std::vector<double> found;
  for (const analysis::CriticalPoint& point : analysis::critical_points(formula, variable, range).points)
    if (std::isfinite(point.at)) found.push_back(point.at);
  return found.size() <= most ? found : std::vector<double>{};
}

// All that lies between two limits, as far as they are known now.
Interval between(const Expr& lower, const Expr& upper) {
  const std::vector<double> a = possible(lower), b = possible(upper);
  const double low = std::min(std::ranges::min(a), std::ranges::min(b));
  const double high = std::max(std::ranges::max(a), std::ranges::max(b));
  return {low, high};
}

// One function: its environment, and the tables of what is inside it.
class FunctionTables {
 public:
  FunctionTables(const NamedFormula& formula, const plan::Options& defaults, codegen::Library& library)
      : formula_(formula), defaults_(defaults), library_(library), environment_(formula.variables) {}

  // Adds everything to the library and returns the name of the runtime's Function.
  Expected<Name> make() {
    const Expr& f = formula_.formula;
    Name batch, value;
    if (f->has_integral) {
      TRY(made, expression(f));
      value = made;
    } else {
      batch = kernel(f, formula_.variables, {}, codegen::Entry::batch);
    }
    Name grid, adaptive;
    if (formula_.variables.size() == 1) {
      TRY(by_grid, own_integral(true));
      TRY(by_panels, own_integral(false));
      grid = by_grid;
      adaptive = by_panels;
    }
    Name name = table({batch, value, std::uint64_t{formula_.variables.size()}, std::uint64_t{0},
                       std::uint64_t{known_.size()}, defaults_.tolerance.relative, grid, adaptive});
    complete(name);
    return name;
  }

 private:
  // The size of the environment, and the symbols of point functions, are known only at the end.
  void complete(const Name& function) {
    auto& words = std::ranges::find(library_.tables, function, &codegen::Table::name)->words;
    words[3] = std::uint64_t{environment_.size()};
    for (const std::size_t index : points_) library_.points[index].symbols = environment_;
  }

  Name fresh(const char* kind) { return "jitegral." + formula_.name + "." + kind + std::to_string(count_++); }

  Name table(std::vector<Word> words) {
    if (words.empty()) return {};
    library_.tables.push_back({.name = fresh("table"), .words = std::move(words)});
    return library_.tables.back().name;
  }

  Name kernel(const Expr& formula, std::vector<Symbol> axes, std::vector<Symbol> params,
              codegen::Entry entry) {
    const Name name = fresh("kernel");
    library_.kernels.push_back({{formula, std::move(axes), std::move(params)}, name, {entry}});
    return codegen::symbol_of(name, entry);
  }

  // double(const double* environment)
  Name point(const Expr& formula) {
    points_.push_back(library_.points.size());
    library_.points.push_back({fresh("point"), formula, {}});
    return library_.points.back().name;
  }

  std::uint64_t place(const Symbol& symbol) {
    const auto found = std::ranges::find(environment_, symbol);
    const auto index = static_cast<std::uint64_t>(found - environment_.begin());
    if (found == environment_.end()) environment_.push_back(symbol);
    return index;
  }

  std::vector<Word> fixed_points(const Expr& formula, const Symbol& variable, Interval range) {
    std::vector<Word> names;
    for (const double at : breakpoints(formula, variable, range)) names.emplace_back(point(Expr::number(at)));
    return names;
  }

  Expected<Name> integrals(const std::vector<Expr>& list) {
    std::vector<Word> names;
    for (const Expr& one : list) {
      TRY(name, integral(one));
      names.emplace_back(name);
    }
    return table(std::move(names));
  }

  // A formula that may have integrals inside, as a runtime::Expression.
  Expected<Name> expression(const Expr& expr) {
    const std::vector<Expr> inside = outermost_integrals(expr);
    TRY(list, integrals(inside));
    const std::uint64_t count = inside.size();
    if (expr->kind == ExprKind::integral) return table({Name(), Name(), count, list, none});
    if (inside.empty()) return table({point(expr), Name(), count, Name(), none});
    const Opened opened = open(expr, inside);
    const std::uint64_t slot = environment_.size();
    environment_.insert(environment_.end(), opened.slots.begin(), opened.slots.end());
    environment_.insert(environment_.end(), opened.errors.begin(), opened.errors.end());
    return table({point(opened.formula), opened.noise ? point(*opened.noise) : Name(), count, list, slot});
  }

  // runtime::Body
  Expected<Name> body(const Expr& integrand, const Symbol& variable, Reach reach, bool grid) {
    const plan::Mapped mapped = plan::map_to_finite(integrand, variable, reach);
    const std::vector<Expr> inside = outermost_integrals(mapped.integrand);
    std::vector<Symbol> params = free_symbols(mapped.integrand);
    std::erase(params, mapped.variable);
    const Opened opened = open(mapped.integrand, inside);
    std::vector<Symbol> axes{mapped.variable};
    axes.insert(axes.end(), opened.slots.begin(), opened.slots.end());
    const bool by_grid = grid && inside.empty();
    const Name code =
        kernel(opened.formula, axes, params, by_grid ? codegen::Entry::grid : codegen::Entry::batch);
    axes.insert(axes.end(), opened.errors.begin(), opened.errors.end());
    const bool noisy = !inside.empty() && opened.noise;
    const Name noise = noisy ? kernel(*opened.noise, axes, params, codegen::Entry::batch) : Name();
    const Name rounding = inside.empty() && !grid ? kernel(rounding_bound(opened.formula, mapped.variable),
                                                           {mapped.variable}, params, codegen::Entry::batch)
                                                  : Name();
    const std::uint64_t end = reach == Reach::finite || reach == Reach::both ? none : place(mapped.end);
    std::vector<Word> places;
    for (const Symbol& symbol : params) places.emplace_back(place(symbol));
    TRY(list, integrals(inside));
    const std::uint64_t chunk =
        by_grid ? analysis::grid_form(opened.formula, mapped.variable).chunk : Kernel::usual_chunk;
    return table({by_grid ? Name() : code, by_grid ? code : Name(), noise, rounding, place(mapped.variable),
                  end, std::uint64_t{params.size()}, table(std::move(places)), std::uint64_t{chunk},
                  flag(analysis::is_smooth(mapped.integrand)), std::uint64_t{inside.size()}, list});
  }

  // The four bodies of an integral, or those that its limits allow.
  Expected<std::vector<Word>> bodies(const Expr& integrand, const Symbol& variable, bool grid,
                                     const Expr& lower, const Expr& upper) {
    std::vector<Word> made;
    for (const Reach reach : reaches) {
      const bool wanted = (reach == Reach::finite || !grid) && (!lower || may_have(reach, lower, upper));
      if (!wanted) {
        made.emplace_back(Name());
        continue;
      }
      TRY(name, body(integrand, variable, reach, grid));
      made.emplace_back(name);
    }
    return made;
  }

  // An integral as written, as a runtime::Integral.
  Expected<Name> integral(const Expr& expr) {
    if (const auto found = integrals_.find(expr); found != integrals_.end()) return found->second;
    TRY(options, options_of(expr));
    TRY(lower, expression(expr->arguments[1]));
    TRY(upper, expression(expr->arguments[2]));
    TRY(made, bodies(expr->arguments[0], expr->symbol, options.n_iter.has_value(), expr->arguments[1],
                     expr->arguments[2]));
    std::vector<Word> points;
    if (!options.n_iter)
      points =
          fixed_points(expr->arguments[0], expr->symbol, between(expr->arguments[1], expr->arguments[2]));
    for (const auto& entry : expr->options->entries)
      if (is_points(entry))
        for (const Expr& one : entry.values) points.emplace_back(point(one));
    std::uint64_t known = none;
    if (free_symbols(expr).empty()) {
      known = known_.size();
      known_.push_back(expr);
    }
    std::vector<Word> all = words(lower, upper, made, options, points, known);
    for (const LateOption& late : late_options) {
      const auto& entries = expr->options->entries;
      const auto entry = std::ranges::find(entries, late.name, &Entry::name);
      const bool asked = entry != entries.end() && depends_on_arguments(*entry);
      all.emplace_back(asked ? point(entry->values[0]) : Name());
    }
    Name name = table(std::move(all));
    integrals_.emplace(expr, name);
    return name;
  }

  std::vector<Word> words(const Name& lower, const Name& upper, const std::vector<Word>& four,
                          const plan::Options& options, std::vector<Word> points, std::uint64_t known) {
    const std::uint64_t point_count = points.size();
    const auto rule = static_cast<std::uint64_t>(options.rule - rules::table().data());
    return {lower,
            upper,
            four[0],
            four[1],
            four[2],
            four[3],
            options.tolerance.relative,
            options.tolerance.absolute,
            options.max_evals,
            options.time_limit,
            options.n_iter.value_or(0),
            rule,
            point_count,
            table(std::move(points)),
            known};
  }

  // The integral over the function's own variable, between limits that the caller gives.
  Expected<Name> own_integral(bool grid) {
    plan::Options options = defaults_;
    options.rule = rules::table().data();  // left: the classic loop
    TRY(made, bodies(formula_.formula, formula_.variables[0], grid, {}, {}));
    std::vector<Word> points;
    if (!grid) points = fixed_points(formula_.formula, formula_.variables[0], {-infinity, infinity});
    std::vector<Word> all = words({}, {}, made, options, std::move(points), none);
    all.insert(all.end(), std::size(late_options), Word{Name()});
    return table(std::move(all));
  }

  // Breakpoints, tolerances and n_iter may depend on parameters; other options are numbers. A tolerance that
  // is not written is nan.
  Expected<plan::Options> options_of(const Expr& expr) {
    Expr::IntegralOptions written = *expr->options;
    bool has_tolerance = false;
    std::erase_if(written.entries, is_points);
    for (Entry& entry : written.entries) {
      has_tolerance = has_tolerance || entry.name == "tol";
      if (!depends_on_arguments(entry)) continue;
      const auto* late = std::ranges::find(late_options, entry.name, &LateOption::name);
      if (late == std::end(late_options))
        return fail(Code::not_precompilable, written.source, entry.span,
                    {"'" + formula_.name + "'", "the option " + entry.name + " depends on a parameter"});
      entry.values = {Expr::number(late->placeholder)};
    }
    TRY(options, plan::resolve(written, {}, defaults_));
    if (!options.n_iter && options.rule->panel->is_double_exponential())
      return fail(Code::not_precompilable, written.source, written.call,
                  {"'" + formula_.name + "'", "objects have no double exponential rules"});
    if (!has_tolerance) options.tolerance.relative = std::numeric_limits<double>::quiet_NaN();
    return options;
  }

  const NamedFormula& formula_;
  const plan::Options& defaults_;
  codegen::Library& library_;
  std::vector<Symbol> environment_;
  std::vector<std::size_t> points_;  // those over the whole environment
  std::vector<Expr> known_;
  std::unordered_map<Expr, Name> integrals_;
  std::size_t count_ = 0;
};

void add_gates(codegen::Library& library, const NamedFormula& formula, const Name& table) {
  using codegen::Role;
  const std::size_t arity = formula.variables.size();
  const bool integral = formula.formula->has_integral;
  if (integral) {
    library.gates.push_back({formula.name, Role::value, arity, table});
    library.gates.push_back({formula.name + "_with_error", Role::value_error, arity, table});
  } else {
    const Name kernel = "jitegral." + formula.name + ".scalar";
    library.kernels.push_back({{formula.formula, formula.variables, {}}, kernel, {codegen::Entry::scalar}});
    library.gates.push_back({formula.name, Role::formula, arity, kernel});
  }
  library.gates.push_back({formula.name + "_batch", Role::batch, arity, table});
  if (arity == 1) {
    library.gates.push_back({formula.name + "_integrate", Role::integrate, arity, table});
    library.gates.push_back({formula.name + "_quad", Role::quad, arity, table});
  }
  library.gates.push_back({formula.name + "_cpu", Role::cpu, 0, {}});
}

}  // namespace

Expected<codegen::Library> make_library(std::span<const NamedFormula> formulas, const plan::Options& defaults,
                                        bool python) {
  codegen::Library library;
  for (const NamedFormula& formula : formulas) {
    TRY(table, FunctionTables(formula, defaults, library).make());
    python ? add_module_gates(library, formula, table) : add_gates(library, formula, table);
  }
  if (python) library.gates.push_back({"jitegral.cpu", codegen::Role::cpu, 0, {}});
  return library;
}

}  // namespace jitegral::aot
