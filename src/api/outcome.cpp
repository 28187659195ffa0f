#include "api/outcome.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <string>

namespace jitegral {

Status weaker(Status a, Status b) {
  static constexpr Status order[] = {Status::value,         Status::converged,  Status::fixed,
                                     Status::not_converged, Status::non_finite, Status::divergent,
                                     Status::budget,        Status::cancelled};
  return std::max(
      a, b, [](Status x, Status y) { return std::ranges::find(order, x) < std::ranges::find(order, y); });
}

namespace {

// There are few different ones, so they are kept for ever.
std::string_view kept(std::string text) {
  static std::mutex mutex;
  static auto& texts = *new std::set<std::string>;
  const std::scoped_lock lock(mutex);
  return *texts.insert(std::move(text)).first;
}

// The first word says "nothing yet" if it is `nothing`.
void join_words(std::string_view& all, std::string_view one, std::string_view nothing) {
  all = all == nothing ? one : listed(all, one);
}

}  // namespace

std::string_view listed(std::string_view one, std::string_view other) {
  if (one == other || one.contains(other)) return one;
  return kept(std::string(one) + "+" + std::string(other));
}

void Outcome::join(const Outcome& part) {
  status = weaker(status, part.status);
  evaluations += part.evaluations;
  n_jobs = std::max(n_jobs, part.n_jobs);
  join_words(method, part.method, "arithmetic");
  join_words(tier, part.tier, "scalar");
  for (const std::string& warning : part.warnings)
    if (std::ranges::find(warnings, warning) == warnings.end()) warnings.push_back(warning);
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

}  // namespace jitegral
