// Workspace: wiring only. Text goes through syntax and sema to the Evaluator; results come back as Reports.
#include "api/workspace.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <ranges>
#include <unordered_map>
#include <utility>

#include "aot/object.h"
#include "api/door.h"
#include "api/evaluation.h"
#include "api/explain.h"
#include "api/picture.h"
#include "api/prepared.h"
#include "api/table.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "sema/elaborate.h"
#include "syntax/parse.h"

namespace jitegral {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Not silently this machine: files travel.
constexpr std::string_view usual_cpu = "x86-64-v3";

Expected<std::vector<codegen::Target>> targets_of(const Workspace::CompileOrder& order) {
  if (order.cpus.empty()) {
    TRY(target, codegen::make_target(order.target, order.target.empty() ? usual_cpu : ""));
    return std::vector{target};
  }
  std::vector<codegen::Target> targets;
  for (const auto one : std::views::split(order.cpus, ',')) {
    TRY(target, codegen::make_target(order.target, std::string_view(one)));
    targets.push_back(std::move(target));
  }
  return targets;
}

void describe(Report& report, const Outcome& outcome) {
  report.status = outcome.status;
  report.method = outcome.method;
  report.tier = outcome.tier;
  report.evaluations = outcome.evaluations;
  report.n_jobs = outcome.n_jobs;
  report.warnings = warnings_for(outcome);
  if (outcome.status == Status::cancelled) return;
  report.value = outcome.value;
  const bool promises = outcome.status != Status::fixed && outcome.status != Status::value;
  if (promises) report.error = outcome.error;
}

constexpr std::size_t most_results = 5000;

}  // namespace

struct Workspace::State {
  WorkspaceSettings settings;
  std::shared_ptr<jit::Jit> jit;
  sema::Scope scope = first_scope();
  KnownIntegrals known;                      // the integrals inside definitions and results
  std::map<std::string, std::string> texts;  // of the definitions, by name
  std::atomic<bool> stop = false;

  // A statement whose names are resolved, ready to run as often as it is typed again.
  struct Understood {
    sema::Statement statement;
    PreparedFormula formula;  // of an evaluation
  };
  // By text. Any definition may change what a text means, and clears this.
  std::unordered_map<std::string, std::shared_ptr<const Understood>> statements;
  static constexpr std::size_t most_statements = 1024;
  static constexpr std::size_t longest_statement = 4096;

  // A value that may be named later, as %1, %2, …, with what its integrals came to.
  struct Result {
    Expr formula;
    double value = 0;
    KnownIntegrals integrals;
  };
  std::deque<Result> unnamed;  // those that follow scope.results: no text could have named them so far

  Expected<sema::Statement> understand(const Source& source, Span span) {
    if (names_result(source.slice(span))) show_results();
    TRY(tree, syntax::parse(source, span));
    return sema::elaborate(tree, scope);
  }

  engine::Control control(const Listener& listener, Clock::time_point start, const RowCount& rows) const {
    engine::Control made{.cancelled = &stop};
    if (listener.progress)
      made.progress = [&listener, &rows, start](const engine::Progress& p) {
        listener.progress(
            {{rows.fraction(p.fraction), p.evaluations, seconds_since(start)}, rows.all, rows.done});
      };
    return made;
  }

  Expected<void> run(const Source& source, Span span, const Listener& listener) {
    const std::string text(source.slice(span));
    if (const auto known_text = statements.find(text); known_text != statements.end()) {
      const std::shared_ptr<const Understood> again = known_text->second;
      return evaluate(*again, text, listener);
    }
    TRY(statement, understand(source, span));
    if (statement.kind == sema::StatementKind::definition)
      return define(statement.definition, text, listener);
    if (statement.kind == sema::StatementKind::plot) return plot(statement, listener);
    PreparedFormula formula(statement.value, jit);
    const auto fresh = std::make_shared<const Understood>(std::move(statement), std::move(formula));
    TRY_VOID(evaluate(*fresh, text, listener));
    if (!stop) remember(text, fresh);  // it ran to its end without a mistake, and will again
    return {};
  }

  // Perhaps: % divides, too.
  static bool names_result(std::string_view text) { return text.contains('%') || text.contains("ans"); }

  void remember(const std::string& text, std::shared_ptr<const Understood> understood) {
    // The next time it names another result.
    if (text.size() > longest_statement || names_result(text)) return;
    if (statements.size() >= most_statements) statements.clear();
    statements.insert_or_assign(text, std::move(understood));
  }

  // Evaluates and completes the report: value, worth, time.
  Expected<void> complete(Report& report, const PreparedFormula& formula, std::span<const double> values,
                          const Surroundings& around, Evaluation& run) const {
    const auto start = Clock::now();
    const double compiled = jit->compile_seconds(), waited = jit->waited_seconds();
    TRY(outcome, formula.run(values, around, run));
    report.compile_seconds = jit->compile_seconds() - compiled;
    report.seconds = std::max(0.0, seconds_since(start) - (jit->waited_seconds() - waited));
    describe(report, outcome);
    if (const auto trouble = run.take_trouble(); trouble && report.status == Status::non_finite)
      report.trouble = explain_trouble(*trouble, scope);
    return {};
  }

  Expected<void> define(const sema::Definition& definition, const std::string& text,
                        const Listener& listener) {
    Report report{.statement = text, .is_definition = true, .method = "arithmetic", .tier = "scalar"};
    if (!definition.is_function) {
      const RowCount rows;
      const PreparedFormula formula(definition.body, jit);
      Evaluation evaluation(&known);
      const Surroundings around{0, to_options(settings), control(listener, Clock::now(), rows)};
      TRY_VOID(complete(report, formula, {}, around, evaluation));
      for (const Expr& integral : outermost_integrals(definition.body))
        if (auto found = evaluation.found().find(integral); found != evaluation.found().end())
          known.insert(*found);
      keep({definition.body, 0, {}}, report);
    }
    if (report.status != Status::cancelled) {
      scope.definitions.insert_or_assign(definition.name, definition);
      texts.insert_or_assign(definition.name, text);
      statements.clear();
    }
    if (listener.report) listener.report(report);
    return {};
  }

  Expected<void> evaluate(const Understood& understood, const std::string& text, const Listener& listener) {
    TRY(table, make_table(understood.statement.loops));
    RowCount rows{.all = table.rows()};
    const auto start = Clock::now();
    auto told = start;
    Evaluation evaluation(&known);
    const Surroundings around{0, to_options(settings), control(listener, start, rows)};
    const Selection pick(understood.formula.parameters(), table.variables());
    for (bool cancelled = false; rows.done < rows.all && !cancelled; ++rows.done) {
      Report report{.statement = text};
      table.read(rows.done, report.at);
      std::vector<double> loop_values;
      for (const auto& [name, value] : report.at) loop_values.push_back(value);
      if (stop)  // it came between two rows
        report.status = Status::cancelled;
      else
        TRY_VOID(complete(report, understood.formula, pick(loop_values), around, evaluation));
      cancelled = report.status == Status::cancelled;
      if (report.at.empty()) keep({understood.statement.value, 0, evaluation.take_found()}, report);
      if (listener.report) listener.report(report);
      if (listener.progress && rows.all > 1 && !stop && seconds_since(told) > 0.1) {
        told = Clock::now();
        listener.progress({{rows.fraction(1), 0, seconds_since(start)}, rows.all, rows.done});
      }
    }
    return {};
  }

  // Makes a value the newest result.
  void keep(Result result, Report& report) {
    if (!report.value) return;
    result.value = *report.value;
    unnamed.push_back(std::move(result));
    const std::size_t count = scope.results.size() + unnamed.size();
    report.result = scope.first_result + count - 1;
    if (count > most_results) forget_oldest();
  }

  void forget_oldest() {
    ++scope.first_result;
    if (scope.results.empty()) return unnamed.pop_front();
    for (const Expr& integral : outermost_integrals(scope.results.front())) known.erase(integral);
    scope.results.pop_front();
  }

  // Where the next text may name them. Their integrals are known then, so that what uses them knows their
  // errors; copied, because a statement that is typed again is computed again.
  void show_results() {
    for (const Result& result : std::exchange(unnamed, {})) {
      std::unordered_map<Expr, Expr> copies;
      for (const Expr& integral : outermost_integrals(result.formula)) {
        const auto found = result.integrals.find(integral);
        if (found == result.integrals.end()) continue;
        const auto& parts = integral->arguments;
        Expr copy = Expr::integral(integral->symbol, parts[0], parts[1], parts[2],
                                   std::make_shared<Expr::IntegralOptions>(*integral->options));
        known.emplace(copy, found->second);
        copies.emplace(integral, std::move(copy));
      }
      const bool plain = !result.formula->has_integral;
      scope.results.push_back(plain ? Expr::number(result.value) : substitute(result.formula, copies));
    }
  }

  Expected<void> plot(const sema::Statement& statement, const Listener& listener) {
    const RowCount rows;
    Evaluation evaluation(&known);
    const Surroundings around{0, to_options(settings), control(listener, Clock::now(), rows)};
    const Prepare prepare = [&](const Expr& expr, std::span<const Symbol> scope_of_values) {
      const auto formula = std::make_shared<const PreparedFormula>(expr, jit);
      return [&, formula, pick = Selection(formula->parameters(), scope_of_values)](
                 std::span<const double> values) -> Expected<double> {
        TRY(outcome, formula->run(pick(values), around, evaluation));
        const bool none = outcome.status == Status::non_finite || outcome.status == Status::cancelled;
        return none ? std::numeric_limits<double>::quiet_NaN() : outcome.value;
      };
    };
    TRY(picture, sample(statement, settings.plot_points, prepare, [this] { return stop.load(); }));
    if (listener.picture) listener.picture(picture);
    return {};
  }
};

Expected<Workspace> Workspace::create(const WorkspaceSettings& settings) {
  TRY(made, make_jit(settings));
  auto state = std::make_unique<State>();
  state->settings = settings;
  state->jit = std::move(made);
  return Workspace(std::move(state));
}

Workspace::Workspace(std::unique_ptr<State> state) : state_(std::move(state)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

StatementSpans split_statements(const Source& source) {
  syntax::Statements found = syntax::split(source);
  return {std::move(found.spans), found.complete};
}

void Workspace::run(const Source& source, const Listener& listener) {
  for (Span span : syntax::split(source).spans) {
    if (interrupted()) return;
    run(source, span, listener);
  }
}

void Workspace::run(const Source& source, Span statement, const Listener& listener) {
  if (auto done = state_->run(source, statement, listener); !done && listener.mistake)
    listener.mistake(done.error());
}

void Workspace::interrupt() noexcept { state_->stop = true; }

const WorkspaceSettings& Workspace::settings() const { return state_->settings; }

Expected<void> Workspace::configure(const WorkspaceSettings& settings) {
  const WorkspaceSettings& now = state_->settings;
  if (settings.cpu != now.cpu || settings.tier != now.tier || settings.cache != now.cache) {
    TRY(fresh, create(settings));
    state_->jit = std::move(fresh.state_->jit);
  }
  state_->settings = settings;
  state_->statements.clear();
  return {};
}

std::vector<Workspace::Definition> Workspace::definitions() const {
  std::vector<Definition> found;
  for (const auto& [name, definition] : state_->scope.definitions) {
    Definition one{.name = name, .text = state_->texts.at(name), .is_function = definition.is_function};
    for (const Symbol& parameter : definition.parameters) one.parameters.push_back(parameter.name());
    found.push_back(std::move(one));
  }
  return found;
}

bool Workspace::interrupted() const noexcept { return state_->stop; }
void Workspace::clear_interrupt() noexcept { state_->stop = false; }

Expected<Explanation> Workspace::explain(const Source& source, bool with_pictures) {
  Explanation all;
  const int points = with_pictures ? state_->settings.plot_points : 0;
  for (Span span : syntax::split(source).spans) {
    TRY(statement, state_->understand(source, span));
    if (statement.kind == sema::StatementKind::definition) {
      state_->scope.definitions.insert_or_assign(statement.definition.name, statement.definition);
      state_->texts.insert_or_assign(statement.definition.name, std::string(source.slice(span)));
      continue;
    }
    for (const sema::Plot::Curve& curve : statement.plot.curves) {
      TRY_VOID(explain_formula(curve.body, to_options(state_->settings), points, all));
    }
    if (statement.kind == sema::StatementKind::plot) continue;
    TRY_VOID(explain_formula(statement.value, to_options(state_->settings), points, all));
  }
  all.text += "target: " + target() + "\n";
  return all;
}

Expected<std::string> Workspace::listing(const Source& source, Listing form) {
  const std::vector<Span> spans = syntax::split(source).spans;
  if (spans.size() != 1)
    return fail(Code::not_precompilable, {"this", "one formula is wanted, such as cos(x)*x"});
  state_->show_results();
  TRY(tree, syntax::parse(source, spans[0]));
  TRY(open_formula, sema::elaborate_open(tree, state_->scope));
  Expr formula = open_formula.body;
  if (const auto integrals = outermost_integrals(formula); !integrals.empty())
    formula = integrals[0]->arguments[0];
  if (formula->has_integral)
    return fail(Code::not_precompilable, source, spans[0], {"this", "integrals stand inside integrals"});
  TRY(machine, state_->jit->target());
  codegen::Compiler compiler(machine);
  const codegen::Export one{{formula, free_symbols(formula), {}}, "formula", {codegen::Entry::batch}};
  TRY(object,
      compiler.compile({&one, 1}, false, form == Listing::ir ? codegen::Form::ir : codegen::Form::assembly));
  return object.bytes;
}

Expected<Workspace::Artifact> Workspace::compile(const Source& source, const CompileOrder& order) {
  TRY(targets, targets_of(order));
  TRY(kind, aot::find_kind(order.kind, order.file));
  std::vector<aot::NamedFormula> formulas;
  for (Span span : syntax::split(source).spans) {
    TRY(statement, state_->understand(source, span));
    const sema::Definition& made = statement.definition;
    if (statement.kind != sema::StatementKind::definition)
      return fail(
          Code::not_precompilable, source, span,
          {"'" + std::string(source.slice(span)) + "'", "only definitions such as f(x) = x^2 can be"});
    state_->scope.definitions.insert_or_assign(made.name, made);
    state_->texts.insert_or_assign(made.name, std::string(source.slice(span)));
    std::erase_if(formulas, [&](const aot::NamedFormula& earlier) { return earlier.name == made.name; });
    if (made.is_function) formulas.push_back({made.name, made.parameters, made.body});
  }
  if (formulas.empty())
    return fail(Code::not_precompilable, {"this", "it defines no function, as f(x) = x^2 does"});
  TRY(artifact, aot::compile(formulas, {std::move(targets), kind, order.command, aot::module_name(order.file),
                                        to_options(state_->settings)}));
  return Artifact{std::move(artifact.bytes), std::move(artifact.header)};
}

std::string Workspace::target() const {
  const auto target = state_->jit->target();
  return target ? target->to_text() : target.error().message();
}

}  // namespace jitegral
