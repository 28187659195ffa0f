#include "api/outcome.h"

#include <algorithm>

namespace jitegral {

Status weaker(Status a, Status b) {
  static constexpr Status order[] = {Status::value,         Status::converged,  Status::fixed,
                                     Status::not_converged, Status::non_finite, Status::divergent,
                                     Status::budget,        Status::cancelled};
  return std::max(
      a, b, [](Status x, Status y) { return std::ranges::find(order, x) < std::ranges::find(order, y); });
}

namespace {

// A list without repetitions, but for the word that says "nothing yet".
void join_words(std::string& all, const std::string& one, std::string_view nothing) {
  if (all == nothing)
    all = one;
  else if (all.find(one) == std::string::npos)
    all += "+" + one;
}

}  // namespace

void Outcome::join(const Outcome& part) {
  status = weaker(status, part.status);
  evaluations += part.evaluations;
  n_jobs = std::max(n_jobs, part.n_jobs);
  join_words(method, part.method, "arithmetic");
  join_words(tier, part.tier, "scalar");
  for (const std::string& warning : part.warnings)
    if (std::ranges::find(warnings, warning) == warnings.end()) warnings.push_back(warning);
}

}  // namespace jitegral
