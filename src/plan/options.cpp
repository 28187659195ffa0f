#include "plan/options.h"

#include <algorithm>
#include <cmath>

#include "expr/print.h"

namespace jitegral::plan {
namespace {

using Entry = Expr::IntegralOptions::Entry;

constexpr double largest_n_iter = 9007199254740992.0;  // 2^53: an index is exact as a double

// One numeric option: what it must be, in words and as a test, and where it goes.
struct Number {
  std::string_view name;
  const char* wanted;
  bool (*accepts)(double);
  void (*store)(Options&, double);
};

bool is_whole(double x) { return std::trunc(x) == x; }

constexpr Number numbers[] = {
    {"n_iter", "a whole number from 1 to 2^53",
     [](double x) { return is_whole(x) && x >= 1 && x <= largest_n_iter; },
     [](Options& o, double x) { o.n_iter = static_cast<std::uint64_t>(x); }},
    {"tol", "a number from 0 to 1", [](double x) { return x >= 0 && x <= 1; },
     [](Options& o, double x) { o.tolerance.relative = x; }},
    {"abs_tol", "a number that is not negative", [](double x) { return x >= 0 && std::isfinite(x); },
     [](Options& o, double x) { o.tolerance.absolute = x; }},
    {"n_jobs", "a whole number from 1 to 1024", [](double x) { return is_whole(x) && x >= 1 && x <= 1024; },
     [](Options& o, double x) { o.jobs.n_jobs = static_cast<int>(x); }},
    {"max_evals", "a whole number above 0",
     [](double x) { return is_whole(x) && x >= 1 && x <= largest_n_iter; },
     [](Options& o, double x) { o.max_evals = static_cast<std::uint64_t>(x); }},
    {"time_limit", "a number of seconds above 0", [](double x) { return x > 0; },
     [](Options& o, double x) { o.time_limit = x; }},
    {"pv", "0 or 1", [](double x) { return x == 0 || x == 1; },
     [](Options& o, double x) { o.principal_value = x == 1; }},
};

std::unexpected<Diagnostic> bad(const Expr::IntegralOptions& written, const Entry& entry, const char* wanted,
                                double value) {
  return fail(Code::bad_option_value, written.source, entry.span, {entry.name, wanted, to_text(value)});
}

Expected<void> read_points(Options& options, const Expr::IntegralOptions& written, const Entry& entry,
                           const Bindings& bindings) {
  for (const Expr& value : entry.values) {
    const double point = evaluate(value, bindings);
    if (std::isnan(point)) return bad(written, entry, "a list of numbers", point);
    options.points.push_back(point);
  }
  return {};
}

Expected<void> read(Options& options, const Expr::IntegralOptions& written, const Entry& entry,
                    const Bindings& bindings) {
  if (entry.name == "rule") options.rule = rules::find(entry.word);
  if (entry.name == "backend")
    options.jobs.backend = entry.word == "serial" ? engine::Backend::serial : engine::Backend::tbb;
  if (entry.name == "points") return read_points(options, written, entry, bindings);
  const auto* number = std::ranges::find(numbers, std::string_view(entry.name), &Number::name);
  if (number == std::end(numbers)) return {};
  const double value = evaluate(entry.values[0], bindings);
  if (!number->accepts(value)) return bad(written, entry, number->wanted, value);
  number->store(options, value);
  return {};
}

const Entry* find(const Expr::IntegralOptions& written, std::string_view name) {
  const auto found = std::ranges::find(written.entries, name, &Entry::name);
  return found == written.entries.end() ? nullptr : &*found;
}

// A fixed rule needs n_iter, an adaptive one refuses it unless it is both; n_iter alone means `left`.
Expected<void> match_rule(Options& options, const Expr::IntegralOptions& written) {
  const Entry* rule = find(written, "rule");
  const Entry* n_iter = find(written, "n_iter");
  if (rule == nullptr) options.rule = rules::find(n_iter != nullptr ? "left" : "auto");
  const bool fixed = options.rule->panel == nullptr || (n_iter != nullptr && options.rule->combs != nullptr);
  const auto name = [&options] { return "'" + std::string(options.rule->name) + "'"; };
  if (fixed && n_iter == nullptr) return fail(Code::rule_needs_n_iter, written.source, rule->span, {name()});
  if (!fixed && n_iter != nullptr)
    return fail(Code::rule_without_n_iter, written.source, rule->span, {name()});
  if (!fixed) options.n_iter.reset();
  if (fixed && *options.n_iter < options.rule->min_points)
    return fail(Code::bad_option_value, written.source, n_iter->span,
                {"n_iter", "at least " + std::to_string(options.rule->min_points) + " for the rule " + name(),
                 std::to_string(*options.n_iter)});
  return {};
}

}  // namespace

Expected<Options> resolve(const Expr::IntegralOptions& written, const Bindings& bindings,
                          const Options& defaults) {
  Options options = defaults;
  for (const Entry& entry : written.entries) TRY_VOID(read(options, written, entry, bindings));
  TRY_VOID(match_rule(options, written));
  return options;
}

}  // namespace jitegral::plan
