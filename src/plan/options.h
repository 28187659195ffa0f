// The options of one integral as numbers, checked.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "base/diagnostic.h"
#include "engine/engine.h"
#include "expr/evaluate.h"
#include "expr/expr.h"
#include "rules/rule.h"

namespace jitegral::plan {

struct Options {
  const rules::Rule* rule = nullptr;
  std::optional<std::uint64_t> n_iter;  // set for fixed rules
  engine::Tolerance tolerance;
  engine::Jobs jobs;
  std::uint64_t max_evals = 10'000'000;
  double time_limit = std::numeric_limits<double>::infinity();  // seconds
  std::vector<double> points;
  bool principal_value = false;  // Cauchy's, where poles leave no integral
};

// `defaults` hold for what is not written. Errors: E307, E311, E312, at the option's place.
Expected<Options> resolve(const Expr::IntegralOptions& written, const Bindings& bindings,
                          const Options& defaults);

}  // namespace jitegral::plan
