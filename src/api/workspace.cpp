// Workspace: wiring only. Text goes through syntax and sema to the Evaluator; results come back as Reports.
#include "api/workspace.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <ranges>
#include <unordered_map>

#include "aot/object.h"
#include "api/evaluation.h"
#include "api/explain.h"
#include "api/prepared.h"
#include "api/table.h"
#include "expr/print.h"
#include "expr/transform.h"
#include "sema/elaborate.h"
#include "syntax/parse.h"

namespace jitegral {

std::string_view to_text(Status status) {
  switch (status) {
    case Status::value:
      return "value";
    case Status::fixed:
      return "fixed";
    case Status::converged:
      return "converged";
    case Status::not_converged:
      return "not_converged";
    case Status::divergent:
      return "divergent";
    case Status::non_finite:
      return "non_finite";
    case Status::budget:
      return "budget";
    case Status::cancelled:
      return "cancelled";
  }
  return "";
}

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

plan::Options to_options(const Settings& settings) {
  plan::Options options;
  options.jobs.n_jobs = settings.n_jobs;
  options.tolerance.relative = settings.tolerance;
  if (settings.time_limit > 0) options.time_limit = settings.time_limit;
  return options;
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

sema::Scope first_scope() {
  sema::Scope scope;
  for (const rules::Rule& rule : rules::table()) scope.rules.push_back(rule.name);
  scope.backends = {"tbb", "serial"};
  return scope;
}

std::vector<std::string> warnings_for(const Outcome& outcome) {
  if (!outcome.warnings.empty()) return outcome.warnings;
  switch (outcome.status) {
    case Status::not_converged:
      return {"the tolerance was not reached; the error given is what was"};
    case Status::non_finite:
      return {"the formula is not finite somewhere in the range"};
    case Status::budget:
      return {"max_evals or the time limit came before the tolerance was reached"};
    case Status::divergent:
      return {"the integral does not exist"};
    default:
      return {};
  }
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

}  // namespace

struct Workspace::State {
  Settings settings;
  std::shared_ptr<jit::Jit> jit;
  sema::Scope scope = first_scope();
  KnownIntegrals known;  // the integrals inside definitions
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

  Expected<sema::Statement> understand(const Source& source, Span span) const {
    TRY(tree, syntax::parse(source, span));
    return sema::elaborate(tree, scope);
  }

  engine::Control control(const Listener& listener, Clock::time_point start, const RowCount& rows) const {
    engine::Control made{.cancelled = &stop};
    if (listener.progress)
      made.progress = [&listener, &rows, start](const engine::Progress& p) {
        listener.progress({rows.fraction(p.fraction), p.evaluations, seconds_since(start)});
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
    PreparedFormula formula(statement.value, jit);
    const auto fresh = std::make_shared<const Understood>(std::move(statement), std::move(formula));
    TRY_VOID(evaluate(*fresh, text, listener));
    if (!stop) remember(text, fresh);  // it ran to its end without a mistake, and will again
    return {};
  }

  void remember(const std::string& text, std::shared_ptr<const Understood> understood) {
    if (text.size() > longest_statement) return;
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
    }
    if (report.status != Status::cancelled) {
      scope.definitions.insert_or_assign(definition.name, definition);
      statements.clear();
    }
    if (listener.report) listener.report(report);
    return {};
  }

  Expected<void> evaluate(const Understood& understood, const std::string& text,
                          const Listener& listener) const {
    TRY(table, make_table(understood.statement.loops));
    RowCount rows{.all = table.rows()};
    Evaluation evaluation(&known);
    const Surroundings around{0, to_options(settings), control(listener, Clock::now(), rows)};
    const Selection pick(understood.formula.parameters(), table.variables());
    for (; rows.done < rows.all && !stop; ++rows.done) {
      Report report{.statement = text};
      table.read(rows.done, report.at);
      std::vector<double> loop_values;
      for (const auto& [name, value] : report.at) loop_values.push_back(value);
      TRY_VOID(complete(report, understood.formula, pick(loop_values), around, evaluation));
      if (listener.report) listener.report(report);
    }
    return {};
  }
};

Expected<Workspace> Workspace::create(const Settings& settings) {
  TRY(made, jit::Jit::create({.cpu = settings.cpu, .tier = settings.tier}));
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
bool Workspace::interrupted() const noexcept { return state_->stop; }
void Workspace::clear_interrupt() noexcept { state_->stop = false; }

Expected<std::string> Workspace::explain(const Source& source) {
  std::string text;
  for (Span span : syntax::split(source).spans) {
    TRY(statement, state_->understand(source, span));
    if (statement.kind == sema::StatementKind::definition) {
      state_->scope.definitions.insert_or_assign(statement.definition.name, statement.definition);
      continue;
    }
    TRY(explained, explain_formula(statement.value, to_options(state_->settings)));
    text += explained;
  }
  return text + "target: " + target() + "\n";
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
    std::erase_if(formulas, [&](const aot::NamedFormula& earlier) { return earlier.name == made.name; });
    if (made.is_function) formulas.push_back({made.name, made.parameters, made.body});
  }
  if (formulas.empty())
    return fail(Code::not_precompilable, {"this", "it defines no function, as f(x) = x^2 does"});
  TRY(artifact,
      aot::compile(formulas, {std::move(targets), kind, order.command, to_options(state_->settings)}));
  return Artifact{std::move(artifact.bytes), std::move(artifact.header)};
}

std::string Workspace::target() const {
  const auto target = state_->jit->target();
  return target ? target->to_text() : target.error().message();
}

std::vector<FunctionDoc> function_docs() {
  std::vector<FunctionDoc> docs;
  for (const Function& row : functions::table()) {
    if (!row.can_be_called()) continue;
    FunctionDoc doc{.name = std::string(row.name),
                    .signature = std::string(row.name) + "(" + std::string(row.arguments) + ")",
                    .doc = std::string(row.doc),
                    .domain = std::string(row.domain),
                    .example = std::string(row.example),
                    .ulp = row.ulp};
    for (std::string_view alias : row.aliases)
      if (!alias.empty()) doc.aliases.emplace_back(alias);
    docs.push_back(std::move(doc));
  }
  return docs;
}

std::string compile_kinds() { return aot::kind_names(); }

std::vector<std::pair<std::string, std::string>> rule_docs() {
  std::vector<std::pair<std::string, std::string>> docs;
  for (const rules::Rule& rule : rules::table()) docs.emplace_back(rule.name, rule.doc);
  return docs;
}

}  // namespace jitegral
