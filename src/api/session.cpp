// Session: text goes through syntax and sema to a Formula.
#include <algorithm>
#include <array>

#include "api/door.h"
#include "api/evaluation.h"
#include "expr/transform.h"
#include "functions/host.h"
#include "jit/host_kernel.h"
#include "syntax/parse.h"

namespace jitegral {
namespace {

// The one statement that a text holds.
Expected<syntax::Tree> only_statement(std::string_view text) {
  const Source source("<input>", std::string(text));
  const syntax::Statements statements = syntax::split(source);
  if (statements.spans.size() > 1)
    return fail(Code::not_a_formula, source, statements.spans[1], {"a second statement"});
  const Span all{0, static_cast<std::uint32_t>(source.text().size())};
  return syntax::parse(source, statements.spans.empty() ? all : statements.spans[0]);
}

Expected<Kernel> make_kernel(jit::Jit& jit, const Expr& body, const std::vector<Symbol>& arguments) {
  const codegen::KernelSource source{body, arguments, {}};
  if (body->has_host) return jit::host_kernel(source);
  return jit.kernel(source, false);
}

// How many points a function of the caller is given at once: one call of it may take long.
constexpr std::size_t scalar_points = 64;
constexpr std::size_t batch_points = 1024;

template <std::size_t... I, class F>
BatchFunction point_by_point(std::index_sequence<I...>, F function) {
  return [function = std::move(function)](std::span<const double* const> columns, std::span<double> y) {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = function(columns[I][i]...);
  };
}

// Only what the grammar takes for a name can be called.
Expected<void> check_name(std::string_view name, std::size_t arity, const sema::Scope& scope) {
  const std::string_view arguments[] = {"x", "x, y", "x, y, z"};
  const std::string as_definition = std::string(name) + "(" + std::string(arguments[arity - 1]) + ") = x";
  TRY(tree, only_statement(as_definition));
  TRY(statement, sema::elaborate(tree, scope));
  if (statement.definition.name != name)
    return fail(Code::not_a_formula, {"'" + std::string(name) + "' is no name"});
  return {};
}

}  // namespace

struct Sessions {
  using State = Session::State;

  static Expected<std::shared_ptr<State>> create(const Settings& settings) {
    TRY(jit, make_jit(settings));
    auto state = std::make_shared<State>();
    state->defaults = to_options(settings);
    state->jit = std::move(jit);
    return state;
  }

  static Expected<Formula> compile(State& session, std::string_view text,
                                   std::span<const std::string> arguments) {
    TRY(tree, only_statement(text));
    std::vector<Symbol> symbols;
    for (const std::string& name : arguments) symbols.emplace_back(name);
    TRY(function, understand(session, tree, symbols));
    return make(session, function);
  }

  static Expected<Formula> make(State& session, const sema::Definition& function) {
    auto made = std::make_shared<Door::FormulaState>();
    made->jit = session.jit;
    made->defaults = session.defaults;
    made->symbols = function.parameters;
    made->body = function.body;
    for (const Symbol& symbol : made->symbols) made->names.push_back(symbol.name());
    if (made->body->has_integral) {
      made->prepared = PreparedFormula(made->body, session.jit);
      made->values = Selection(made->prepared.parameters(), made->symbols);
    } else {
      TRY(kernel, make_kernel(*session.jit, made->body, made->symbols));
      made->kernel = kernel;
    }
    return Door::open(std::shared_ptr<const Door::FormulaState>(std::move(made)));
  }

  static Expected<sema::Definition> understand(State& session, const syntax::Tree& tree,
                                               std::span<const Symbol> arguments) {
    const std::shared_lock lock(session.mutex);
    return sema::elaborate_function(tree, session.scope, arguments);
  }

  static Expected<void> define(State& session, std::string_view text) {
    const Source source("<input>", std::string(text));
    for (Span span : syntax::split(source).spans) {
      TRY(tree, syntax::parse(source, span));
      const std::scoped_lock lock(session.mutex);
      TRY(statement, sema::elaborate(tree, session.scope));
      if (statement.kind != sema::StatementKind::definition)
        return fail(Code::not_a_formula, source, span, {"no definition"});
      const std::string name = statement.definition.name;
      session.scope.definitions.insert_or_assign(name, std::move(statement.definition));
    }
    return {};
  }

  static Expected<void> define(State& session, std::string_view name, std::size_t arity,
                               BatchFunction function, std::size_t points) {
    if (arity < 1 || arity > Host::most_arguments)
      return fail(Code::wrong_arity,
                  {"a function", "1 to " + std::to_string(Host::most_arguments) + " arguments",
                   std::to_string(arity)});
    const std::scoped_lock lock(session.mutex);
    TRY_VOID(check_name(name, arity, session.scope));
    sema::Definition made{.name = std::string(name), .is_function = true};
    for (std::size_t i = 0; i < arity; ++i) made.parameters.emplace_back(std::string(1, "xyz"[i]));
    made.host = Host::make(made.name, arity, std::move(function), points);
    session.scope.definitions.insert_or_assign(made.name, std::move(made));
    return {};
  }

  template <std::size_t Arity, class F>
  static void define_points(State& session, std::string_view name, F function) {
    auto batch = point_by_point(std::make_index_sequence<Arity>(), std::move(function));
    check(define(session, name, Arity, std::move(batch), scalar_points));
  }

  static void check(const Expected<void>& done) {
    if (!done) throw to_error(done.error());
  }
};

Session::Session(const Settings& settings) : state_(value_or_throw(Sessions::create(settings))) {}

Attempt<Session> Session::try_create(const Settings& settings) {
  auto made = Sessions::create(settings);
  if (!made) return to_error(made.error());
  return Session(*std::move(made));
}

void Session::define(std::string_view definitions) const {
  Sessions::check(Sessions::define(*state_, definitions));
}

std::optional<Error> Session::try_define(std::string_view definitions) const {
  if (auto done = Sessions::define(*state_, definitions); !done) return to_error(done.error());
  return std::nullopt;
}

void Session::define(std::string_view name, std::function<double(double)> function) const {
  Sessions::define_points<1>(*state_, name, std::move(function));
}

void Session::define(std::string_view name, std::function<double(double, double)> function) const {
  Sessions::define_points<2>(*state_, name, std::move(function));
}

void Session::define(std::string_view name, std::function<double(double, double, double)> function) const {
  Sessions::define_points<3>(*state_, name, std::move(function));
}

void Session::define_batch(std::string_view name, std::size_t arity, BatchFunction function) const {
  Sessions::check(Sessions::define(*state_, name, arity, std::move(function), batch_points));
}

Formula Session::compile(std::string_view formula, std::span<const std::string> arguments) const {
  return value_or_throw(Sessions::compile(*state_, formula, arguments));
}

Attempt<Formula> Session::try_compile(std::string_view formula,
                                      std::span<const std::string> arguments) const {
  return to_attempt(Sessions::compile(*state_, formula, arguments));
}

Result Session::evaluate(std::string_view expression, const Watch& watch) const {
  const auto prepared = [&]() -> Expected<PreparedFormula> {
    TRY(tree, only_statement(expression));
    const std::shared_lock lock(state_->mutex);
    TRY(statement, sema::elaborate(tree, state_->scope));
    if (statement.kind == sema::StatementKind::definition || !statement.loops.empty())
      return fail(Code::not_a_formula, tree.source(), tree.node(tree.root()).span,
                  {statement.loops.empty() ? "a definition" : "a table"});
    return PreparedFormula(statement.value, state_->jit);
  };
  const PreparedFormula formula = value_or_throw(prepared());
  Call call(watch, state_->jit.get());
  Evaluation evaluation;
  auto outcome = formula.run({}, {0, state_->defaults, call.control()}, evaluation);
  call.rethrow();
  return call.finish(value_or_throw(std::move(outcome)));
}

Result Session::integrate(std::string_view formula, double a, double b, const Options& options,
                          const Watch& watch) const {
  return compile(formula).integrate(a, b, options, {}, watch);
}

std::string Session::target() const { return value_or_throw(state_->jit->target()).to_text(); }

namespace {

// A function without a formula is the formula f(x).
Result integrate_host(Host::Batch function, std::size_t points, double a, double b, const Options& options,
                      const Watch& watch) {
  const auto host = Host::make("f", 1, std::move(function), points);
  Door::FormulaState formula;
  formula.symbols.emplace_back("x");
  formula.body = Expr::apply(host->row(), {Expr::variable(formula.symbols[0])});
  formula.defaults.jobs = {.n_jobs = 1};
  return Door::open(value_or_throw(formula.integral(options)))(a, b, {}, watch);
}

}  // namespace

Result integrate(const std::function<double(double)>& function, double a, double b, const Options& options,
                 const Watch& watch) {
  auto batch = point_by_point(std::index_sequence<0>(), std::cref(function));
  return integrate_host(std::move(batch), scalar_points, a, b, options, watch);
}

Result integrate_batch(const std::function<void(std::span<const double> x, std::span<double> y)>& function,
                       double a, double b, const Options& options, const Watch& watch) {
  auto batch = [&function](std::span<const double* const> columns, std::span<double> y) {
    function({columns[0], y.size()}, y);
  };
  return integrate_host(batch, batch_points, a, b, options, watch);
}

}  // namespace jitegral
