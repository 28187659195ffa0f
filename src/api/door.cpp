#include "api/door.h"

#include <limits>

#include "expr/print.h"
#include "rules/rule.h"

namespace jitegral {

struct Error::Data {
  std::string code;
  Place place;
  std::string rendered;
};

Error::Error(std::string code, const std::string& message, Place place, std::string rendered)
    : std::runtime_error(message),
      data_(std::make_shared<const Data>(Data{std::move(code), place, std::move(rendered)})) {}
Error::Error(const Error&) noexcept = default;
Error& Error::operator=(const Error&) noexcept = default;
Error::~Error() = default;
const std::string& Error::code() const noexcept { return data_->code; }
std::size_t Error::line() const noexcept { return data_->place.line; }
std::size_t Error::column() const noexcept { return data_->place.column; }
const std::string& Error::rendered() const noexcept { return data_->rendered; }

Error to_error(const Diagnostic& diagnostic) {
  Error::Place place;
  if (diagnostic.source) {
    const Position position = diagnostic.position();
    place = {position.line, position.column};
  }
  return {std::string(id(diagnostic.code)), diagnostic.message(), place, diagnostic.render()};
}

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

Cancellation::Cancellation() : state_(std::make_shared<State>()) {}
Cancellation::Cancellation(const Cancellation&) noexcept = default;
Cancellation& Cancellation::operator=(const Cancellation&) noexcept = default;
Cancellation::~Cancellation() = default;
void Cancellation::cancel() const noexcept { state_->cancelled = true; }
bool Cancellation::is_cancelled() const noexcept { return state_->cancelled; }

plan::Options to_options(const Settings& settings) {
  plan::Options options;
  options.jobs.n_jobs = settings.n_jobs;
  options.tolerance.relative = settings.tolerance;
  if (settings.time_limit > 0) options.time_limit = settings.time_limit;
  return options;
}

namespace {

Expected<Tier> find_tier(const std::string& name) {
  if (name == "auto") return Tier::automatic;
  if (name == "interpreter") return Tier::interpreter;
  if (name == "native") return Tier::native;
  return fail(Code::bad_option_value, {"tier", "auto, interpreter or native", "'" + name + "'"});
}

}  // namespace

Expected<std::shared_ptr<jit::Jit>> make_jit(const Settings& settings) {
  TRY(tier, find_tier(settings.tier));
  return jit::Jit::create({.cpu = settings.cpu,
                           .tier = tier,
                           .cache_directory = settings.cache ? jit::Jit::default_cache_directory() : ""});
}

sema::Scope first_scope() {
  sema::Scope scope;
  for (const rules::Rule& rule : rules::table()) scope.rules.push_back(rule.name);
  scope.backends = {"tbb", "serial"};
  return scope;
}

namespace {

// Writes options down, keeping where each value stands.
class Writer {
 public:
  void number(const char* name, std::optional<double> value) {
    if (value) add(name, to_text(*value), {.values = {Expr::number(*value)}});
  }
  void word(const char* name, const std::string& value) {
    if (!value.empty()) add(name, value, {.word = value});
  }
  void list(const char* name, std::span<const double> values) {
    if (values.empty()) return;
    Entry entry;
    std::string text = "[";
    for (double value : values) {
      entry.values.push_back(Expr::number(value));
      text += (text.size() == 1 ? "" : ", ") + to_text(value);
    }
    add(name, text + "]", std::move(entry));
  }
  std::shared_ptr<Expr::IntegralOptions> finish() {
    auto written = std::make_shared<Expr::IntegralOptions>();
    written->entries = std::move(entries_);
    written->call = {0, static_cast<std::uint32_t>(text_.size())};
    written->lower = written->upper = written->call;
    written->source = Source("<options>", std::move(text_));
    return written;
  }

 private:
  using Entry = Expr::IntegralOptions::Entry;
  void add(const char* name, const std::string& value, Entry entry) {
    text_ += (text_.empty() ? "" : ", ") + std::string(name) + " = ";
    entry.name = name;
    entry.span.begin = static_cast<std::uint32_t>(text_.size());
    text_ += value;
    entry.span.end = static_cast<std::uint32_t>(text_.size());
    entries_.push_back(std::move(entry));
  }
  std::string text_;
  std::vector<Entry> entries_;
};

template <class Whole>
std::optional<double> as_double(const std::optional<Whole>& value) {
  return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

}  // namespace

Expected<std::shared_ptr<Expr::IntegralOptions>> to_written(const Options& options) {
  Writer writer;
  writer.word("rule", options.rule);
  writer.number("n_iter", as_double(options.n_iter));
  writer.number("tol", options.tol);
  writer.number("abs_tol", options.abs_tol);
  writer.number("n_jobs", as_double(options.n_jobs));
  writer.word("backend", options.backend);
  writer.number("max_evals", as_double(options.max_evals));
  writer.number("time_limit", options.time_limit);
  writer.list("points", options.points);
  if (options.pv) writer.number("pv", 1);
  auto written = writer.finish();
  TRY_VOID(sema::check_words(*written, first_scope()));
  return written;
}

Call::Call(const Watch& watch, const jit::Jit* jit) : jit_(jit) {
  control_.cancelled = Door::flag(watch);
  control_.failure = &failure_;
  if (watch.progress)
    control_.progress = [this, &watch](const engine::Progress& progress) { report(watch, progress); };
}

void Call::report(const Watch& watch, const engine::Progress& progress) noexcept {
  try {
    const std::chrono::duration<double> since = Clock::now() - start_;
    watch.progress({progress.fraction, progress.evaluations, since.count()});
  } catch (...) {
    failure_.record();
  }
}

Result to_result(const Outcome& outcome) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const bool none = outcome.status == Status::cancelled;
  const bool unknown = outcome.status == Status::fixed;
  return {.value = none ? nan : outcome.value,
          .error = none || unknown ? nan : outcome.error,
          .status = outcome.status,
          .method = outcome.method,
          .tier = outcome.tier,
          .evaluations = outcome.evaluations,
          .n_jobs = outcome.n_jobs,
          .warnings = warnings_for(outcome)};
}

Result Call::finish(const Outcome& outcome) const {
  failure_.rethrow();
  Result result = to_result(outcome);
  result.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  result.compile_seconds = compiled() - compiled_before_;
  return result;
}

}  // namespace jitegral
