#include "api/trouble.h"

#include <atomic>
#include <chrono>
#include <cmath>
#include <mutex>

#include "engine/engine.h"
#include "expr/evaluate.h"
#include "expr/fold.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "syntax/parse.h"

namespace jitegral {
namespace {

// Hands everything on and remembers the first point without a finite value.
class Watched final : public Kernel::Code {
 public:
  Watched(const Kernel& kernel, std::atomic<bool>& found) : kernel_(kernel), found_(found) {}

  void eval(const Points& points, double* y, double* noise) const noexcept override {
    kernel_.eval(points, y, noise);
    for (std::size_t i = 0; i < points.count && !found_; ++i)
      if (!std::isfinite(y[i])) {
        const std::scoped_lock lock(mutex_);
        if (!found_.exchange(true)) place_ = points.axes[0][i];
      }
  }
  [[nodiscard]] std::uint64_t chunk() const noexcept override { return kernel_.chunk(); }
  [[nodiscard]] std::string_view tier() const noexcept override { return kernel_.tier(); }
  [[nodiscard]] double place() const { return place_; }

 private:
  const Kernel& kernel_;
  std::atomic<bool>& found_;
  mutable std::mutex mutex_;
  mutable double place_ = 0;
};

// From the variable that runs over 0..1 back to the one that was written: see plan::map_to_finite.
std::vector<double> unmapped(double t, const plan::Schedule& schedule) {
  const double distance = (1 - t) / t;
  switch (schedule.reach) {
    case plan::Reach::finite:
      return {t};
    case plan::Reach::right:
      return {schedule.lower + distance};
    case plan::Reach::left:
      return {schedule.upper - distance};
    case plan::Reach::both:
      return {distance, -distance};
  }
  return {};
}

// The values of symbols by name: a part of the text has symbols of its own for the same names.
class Values {
 public:
  Values(const Trouble& trouble, double place) : trouble_(trouble), place_(place) {}

  // nan where a symbol has no value, or the formula has integrals.
  [[nodiscard]] std::optional<double> of(const Expr& formula) const {
    if (formula->has_integral) return std::nullopt;
    Bindings bindings;
    for (const Symbol& symbol : free_symbols(formula)) {
      const auto value = find(symbol.name());
      if (!value) return std::nullopt;
      bindings.bind(symbol, *value);
    }
    return evaluate(formula, bindings);
  }

 private:
  [[nodiscard]] std::optional<double> find(const std::string& name) const {
    if (name == trouble_.integral->symbol.name()) return place_;
    for (const auto& [known, value] : trouble_.values)
      if (known == name) return value;
    return std::nullopt;
  }
  const Trouble& trouble_;
  double place_;
};

bool is_leaf(const Expr& formula) {
  return formula->kind == ExprKind::number || formula->kind == ExprKind::variable;
}

// Inside one formula: the first node whose value is not finite.
Expr innermost(const Expr& formula, const Values& values) {
  Expr blamed = formula;
  bool found = false;
  fold<Expr>(formula, [&](const Node& node, std::span<const Expr> arguments) {
    Expr here = node.kind == ExprKind::apply      ? Expr::apply(*node.function, arguments)
                : node.kind == ExprKind::variable ? Expr::variable(node.symbol)
                                                  : Expr::number(node.value);
    const auto value = found || is_leaf(here) ? std::optional<double>() : values.of(here);
    if (value && !std::isfinite(*value)) {
      found = true;
      blamed = here;
    }
    return here;
  });
  return blamed;
}

// `text` is the part as a person reads it.
Diagnostic told(const Trouble& trouble, const sema::Part& part, const std::string& text, double value,
                double place, const Values& values) {
  const auto& written = *trouble.integral->options;
  std::string where = trouble.integral->symbol.name() + " = " + to_text(place);
  for (const auto& [name, number] : trouble.values) where += ", " + name + " = " + to_text(number);
  Diagnostic diagnostic{
      Code::not_finite, part.span, {"'" + text + "'", to_text(value), where}, {}, written.source};
  const Expr inside = innermost(part.formula, values);
  if (!(inside == part.formula)) diagnostic.notes.push_back("there: " + to_text(inside) + " is not finite");
  return diagnostic;
}

// A function's bare name has no parts in the text: its body is told of.
std::optional<Diagnostic> explain_body(const Trouble& trouble) {
  const sema::Part body{trouble.integral->arguments[0], trouble.integral->options->call};
  for (double place : trouble.places) {
    const Values values(trouble, place);
    const auto value = values.of(body.formula);
    if (value && !std::isfinite(*value))
      return told(trouble, body, to_text(body.formula), *value, place, values);
  }
  return std::nullopt;
}

std::optional<syntax::Tree> tree_around(const Source& source, Span call) {
  for (Span statement : syntax::split(source).spans)
    if (statement.begin <= call.begin && call.end <= statement.end)
      if (auto tree = syntax::parse(source, statement)) return *std::move(tree);
  return std::nullopt;
}

}  // namespace

std::vector<double> find_trouble(const Kernel& kernel, std::span<const double> params,
                                 const plan::Schedule& schedule, const plan::Options& options) {
  std::atomic<bool> found = false;
  const auto watched = std::make_shared<const Watched>(kernel, found);
  const Kernel watching(watched);
  const engine::Control control{.cancelled = &found,
                                .deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1)};
  if (schedule.combs.empty())
    engine::integrate_adaptive(watching, params, schedule.ends,
                               {.tolerance = options.tolerance,
                                .max_evaluations = options.max_evals,
                                .verify = schedule.verify,
                                .rule = schedule.rule},
                               control);
  else
    engine::sum_combs(watching, params, schedule.combs, {1, engine::Backend::serial}, control);
  if (!found) return {};
  return unmapped(watched->place(), schedule);
}

std::optional<Diagnostic> explain_trouble(const Trouble& trouble, const sema::Scope& scope) {
  const auto& written = *trouble.integral->options;
  const auto tree = tree_around(written.source, written.call);
  if (!tree) return explain_body(trouble);
  const std::vector<sema::Part> parts = sema::parts(*tree, scope);
  for (double place : trouble.places) {
    const Values values(trouble, place);
    for (const sema::Part& part : parts) {
      if (part.span.begin < written.call.begin || part.span.end > written.call.end || is_leaf(part.formula))
        continue;
      const auto value = values.of(part.formula);
      if (value && !std::isfinite(*value))
        return told(trouble, part, std::string(written.source.slice(part.span)), *value, place, values);
    }
  }
  return explain_body(trouble);
}

}  // namespace jitegral
