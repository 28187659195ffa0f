#include "jit/jit.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "expr/rounding.h"
#include "expr/transform.h"
#include "interpreter/interpreted.h"
#include "jit/background.h"
#include "jit/disk_cache.h"
#include "jit/kernel_key.h"
#include "jit/native_maker.h"
#include "jit/tiered.h"

namespace jitegral::jit {
namespace {

using codegen::KernelSource;

enum class Use : std::uint8_t { batches, short_grids, grids };

constexpr std::size_t remembered_kernels = 256;

// The most recently used kernels; the bound is empty where nobody asked for it.
class Memory {
 public:
  Jit::Bounded recall(const std::string& key) {
    std::scoped_lock lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return {};
    recent_.splice(recent_.begin(), recent_, found->second);
    return found->second->second;
  }

  void remember(const std::string& key, const Jit::Bounded& kernel) {
    std::scoped_lock lock(mutex_);
    if (by_key_.contains(key)) return;
    recent_.emplace_front(key, kernel);
    by_key_.emplace(recent_.front().first, recent_.begin());
    if (recent_.size() <= remembered_kernels) return;
    by_key_.erase(recent_.back().first);
    recent_.pop_back();
  }

 private:
  using Recent = std::list<std::pair<std::string, Jit::Bounded>>;
  std::mutex mutex_;
  Recent recent_;
  std::unordered_map<std::string_view, Recent::iterator> by_key_;
};

std::shared_ptr<const interpreter::Interpreted> interpreter_of(const KernelSource& source, Use use) {
  using interpreter::Interpreted;
  if (use != Use::short_grids)
    return std::make_shared<const Interpreted>(source.formula, source.axes, source.params, use == Use::grids);
  return std::make_shared<const Interpreted>(source.formula, source.axes[0], source.params,
                                             analysis::short_grid_form(source.formula, source.axes[0]));
}

// Adds the time from here to the end of the scope.
class Stopwatch {
 public:
  explicit Stopwatch(std::atomic<std::int64_t>& nanoseconds) : nanoseconds_(nanoseconds) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() {
    const auto taken = std::chrono::steady_clock::now() - start_;
    nanoseconds_ += std::chrono::duration_cast<std::chrono::nanoseconds>(taken).count();
  }

 private:
  std::atomic<std::int64_t>& nanoseconds_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

double seconds(const std::atomic<std::int64_t>& nanoseconds) {
  return static_cast<double>(nanoseconds.load()) * 1e-9;
}

}  // namespace

struct Jit::State {
  explicit State(Settings wanted) : settings(std::move(wanted)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { background->close(); }  // its jobs use this

  Settings settings;
  Memory memory;
  std::atomic<std::int64_t> compile_nanoseconds = 0;
  std::atomic<std::int64_t> waited_nanoseconds = 0;
  // Shared only so that kernels can see whether it is still there.
  std::shared_ptr<Background> background = std::make_shared<Background>();
  std::mutex starting;
  std::unique_ptr<NativeMaker> maker;  // guarded by `starting` until it is there

  // What compiles, started when first needed.
  Expected<NativeMaker*> native() {
    const std::scoped_lock lock(starting);
    if (!maker) {
      TRY(target, codegen::make_target(settings.cpu));
      TRY(made, NativeMaker::create(target, settings.cache_directory));
      maker = std::move(made);
    }
    return maker.get();
  }

  Expected<Kernel> compiled(const KernelSource& source, Use use) {
    const Stopwatch watch(compile_nanoseconds);
    TRY(native, this->native());
    if (use == Use::batches) return native->batch(source);
    return native->grid(source, use == Use::short_grids);
  }

  Expected<Kernel> make(const KernelSource& source, Use use) {
    if (settings.tier != Tier::native || node_count(source.formula) > codegen::largest_kernel)
      return interpreted(source, use);
    const Stopwatch watch(waited_nanoseconds);
    return compiled(source, use);
  }

  Expected<Kernel> remembered(const std::string& kind, const KernelSource& source, Use use) {
    const std::string key = kind + formula_key(source);
    if (const Bounded known = memory.recall(key); known.kernel) return known.kernel;
    TRY(made, make(source, use));
    memory.remember(key, {made, {}});
    return made;
  }

  // Until machine code pays.
  Kernel interpreted(const KernelSource& source, Use use) {
    auto interpreted = interpreter_of(source, use);
    const bool too_large = interpreted->nodes() > codegen::largest_kernel;
    if (settings.tier == Tier::interpreter || too_large) return Kernel(std::move(interpreted));
    auto slot = std::make_shared<Slot>();
    auto ask = [this, waiting = std::weak_ptr(background), slot, source, use] {
      const auto there = waiting.lock();  // if not, neither is *this
      if (there) there->post([this, slot, source, use] { fill(*slot, source, use); });
    };
    return Kernel(std::make_shared<const Tiered>(std::move(interpreted), slot, std::move(ask)));
  }

  // What cannot be compiled stays interpreted: nobody is there to be told.
  void fill(Slot& slot, const KernelSource& source, Use use) {
    if (auto kernel = compiled(source, use)) slot.put(*std::move(kernel));
  }
};

Jit::Jit(std::unique_ptr<State> state) : state_(std::move(state)) {}
Jit::~Jit() = default;

Expected<std::shared_ptr<Jit>> Jit::create(const Settings& settings) {
  if (settings.cpu != "native") {
    TRY(target, codegen::make_target(settings.cpu));
    TRY_VOID(codegen::check_runs_here(target));
  }
  return std::shared_ptr<Jit>(new Jit(std::make_unique<State>(settings)));
}

Expected<Kernel> Jit::kernel(const KernelSource& source, bool grid) {
  return grid ? state_->remembered("grid ", source, Use::grids)
              : state_->remembered("", source, Use::batches);
}

Expected<Kernel> Jit::short_grid_kernel(const KernelSource& source) {
  return state_->remembered("short grid ", source, Use::short_grids);
}

Expected<Jit::Bounded> Jit::bounded_kernel(const KernelSource& source) {
  const std::string key = "bounded " + formula_key(source);
  if (Bounded known = state_->memory.recall(key); known.kernel) return known;
  TRY(kernel, state_->make(source, Use::batches));
  const Expr bound = rounding_bound(source.formula, source.axes[0]);
  Bounded made{kernel, state_->interpreted({bound, source.axes, source.params}, Use::batches)};
  state_->memory.remember(key, made);
  return made;
}

Expected<codegen::Target> Jit::target() {
  TRY(native, state_->native());
  return native->target();
}

std::string Jit::default_cache_directory() { return DiskCache::default_directory(); }
double Jit::compile_seconds() const { return seconds(state_->compile_nanoseconds); }
double Jit::waited_seconds() const { return seconds(state_->waited_nanoseconds); }

}  // namespace jitegral::jit
