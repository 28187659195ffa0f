// PreparedIntegral: the integrand, made when it is first needed.
#include "analysis/smoothness.h"
#include "api/joined.h"
#include "api/prepared.h"
#include "expr/conditioning.h"
#include "expr/opened.h"
#include "expr/transform.h"
#include "jit/host_kernel.h"

namespace jitegral {

Expected<const Integrand*> PreparedIntegral::integrand(plan::Reach reach, bool grid) const {
  auto& made = integrands_[place_of(reach, grid)];
  if (const Integrand* found = made.load(std::memory_order_acquire)) return found;
  const std::scoped_lock lock(making_);  // threads that need the same kernel wait for the first one
  if (const Integrand* found = made.load(std::memory_order_relaxed)) return found;
  TRY(fresh, make_integrand(reach, grid));
  const Integrand* ready = fresh.release();
  made.store(ready, std::memory_order_release);
  return ready;
}

Expected<std::unique_ptr<const Integrand>> PreparedIntegral::make_integrand(plan::Reach reach,
                                                                            bool grid) const {
  if (const std::size_t size = node_count(integral_->arguments[0]); size > codegen::largest_kernel) {
    const auto& written = *integral_->options;
    return fail(Code::formula_too_large, written.source, written.call,
                {std::to_string(size), std::to_string(codegen::largest_kernel)});
  }
  auto made = std::make_unique<Integrand>();
  const Expr& body = integral_->arguments[0];
  made->mapped = plan::map_to_finite(grid ? body : well_conditioned(body), integral_->symbol, reach);
  made->smooth = analysis::is_smooth(made->mapped.integrand);
  made->params = free_symbols(made->mapped.integrand);
  std::erase(made->params, made->mapped.variable);
  std::vector<Symbol> scope = parameters_;
  if (reach != plan::Reach::finite) scope.push_back(made->mapped.end);
  made->values = Selection(made->params, scope);
  TRY_VOID(compile(*made, grid));
  return made;
}

Expected<Kernel> PreparedIntegral::kernel(const codegen::KernelSource& source) const {
  if (source.formula->has_host) return jit::host_kernel(source);
  return jit_->kernel(source, false);
}

Expected<void> PreparedIntegral::compile(Integrand& made, bool grid) const {
  const Expr& formula = made.mapped.integrand;
  if (formula->has_integral) return compile_nested(made);
  codegen::KernelSource source{formula, {made.mapped.variable}, made.params};
  if (formula->has_host) {  // nothing is known of how a host's function rounds
    made.body = jit::host_kernel(source);
    return {};
  }
  if (grid) {
    made.grid.emplace(std::move(source), jit_);
    return {};
  }
  TRY(both, jit_->bounded_kernel(source));
  made.body = both.kernel;
  made.rounding = both.rounding;
  return {};
}

Expected<void> PreparedIntegral::compile_nested(Integrand& made) const {
  const std::vector<Expr> integrals = outermost_integrals(made.mapped.integrand);
  const Opened opened = open(made.mapped.integrand, integrals);
  const std::span variable(&made.mapped.variable, 1);
  for (const Expr& inner : integrals) {
    auto prepared = make(inner, jit_);
    Selection values(prepared->parameters(), joined(made.params, variable));
    made.inner.push_back({std::move(prepared), std::move(values)});
  }
  codegen::KernelSource source{opened.formula, joined(variable, opened.slots), made.params};
  TRY(body, kernel(source));
  made.body = body;
  if (!opened.noise) return {};
  source.formula = *opened.noise;
  source.axes = joined(source.axes, opened.errors);
  TRY(noise, kernel(source));
  made.noise = noise;
  return {};
}

}  // namespace jitegral
