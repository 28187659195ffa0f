#include "jit/jit.h"

#include <llvm/ExecutionEngine/Orc/AbsoluteSymbols.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Target/TargetMachine.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstring>
#include <list>
#include <mutex>
#include <unordered_map>

#include "expr/fold.h"
#include "expr/transform.h"
#include "kernel/native_kernel.h"
#include "vecmath/vecmath.h"

namespace jitegral::jit {
namespace {

namespace orc = llvm::orc;
using codegen::Entry;
using codegen::KernelSource;

constexpr std::size_t remembered_kernels = 256;

std::unexpected<Diagnostic> failed(llvm::Error error) {
  return fail(Code::compile_failed, {llvm::toString(std::move(error))});
}

template <class F>
orc::ExecutorSymbolDef address_of(F* function) {
  return {orc::ExecutorAddr::fromPtr(function),
          llvm::JITSymbolFlags::Exported | llvm::JITSymbolFlags::Callable};
}

// All that compiled code may reach outside itself: the scalar special functions, the slow paths of vecmath,
// and what LLVM calls for operations that a small machine lacks. Nothing else of the process is visible to
// it.
orc::SymbolMap reachable_symbols(orc::LLJIT& jit) {
  orc::SymbolMap symbols;
  for (const Function& row : functions::table())
    if (row.lowering == Lowering::call)
      symbols[jit.mangleAndIntern(codegen::call_symbol(row))] = address_of(row.scalar);
#define VECMATH1(name)
#define VECMATH2(name)
#define VECMATH_COLD(name) \
  symbols[jit.mangleAndIntern("jtg_cold_" #name)] = address_of(vecmath::native().cold_##name);
#include "vecmath/vecmath.def"
#undef VECMATH1
#undef VECMATH2
#undef VECMATH_COLD
  using Unary = double (*)(double);
  const std::pair<const char*, Unary> unary[] = {{"floor", std::floor},
                                                 {"ceil", std::ceil},
                                                 {"trunc", std::trunc},
                                                 {"rint", std::rint},
                                                 {"roundeven", ::roundeven}};
  for (const auto& [name, function] : unary) symbols[jit.mangleAndIntern(name)] = address_of(function);
  using Ternary = double (*)(double, double, double);
  symbols[jit.mangleAndIntern("fma")] = address_of(static_cast<Ternary>(std::fma));
  symbols[jit.mangleAndIntern("memcpy")] = address_of(&std::memcpy);
  symbols[jit.mangleAndIntern("memset")] = address_of(&std::memset);
  return symbols;
}

// What a kernel is known by: its formula over canonical variables, so that names do not matter.
struct Key {
  Expr formula;
  std::size_t axes = 0;
  std::size_t params = 0;
  bool grid = false;
  friend bool operator==(const Key&, const Key&) = default;
};

struct HashOfKey {
  std::size_t operator()(const Key& key) const {
    return std::hash<Expr>{}(key.formula) * 31 + key.axes * 7 + key.params * 3 + (key.grid ? 1 : 0);
  }
};

const Symbol& canonical_symbol(std::size_t i) {
  static std::mutex mutex;
  static std::vector<std::unique_ptr<Symbol>> symbols;
  std::scoped_lock lock(mutex);
  while (symbols.size() <= i)
    symbols.push_back(std::make_unique<Symbol>("_" + std::to_string(symbols.size())));
  return *symbols[i];
}

KernelSource canonical(const KernelSource& source) {
  KernelSource result;
  std::unordered_map<Expr, Expr> replacement;
  std::size_t next = 0;
  auto rename = [&](const std::vector<Symbol>& from, std::vector<Symbol>& to) {
    for (const Symbol& symbol : from) {
      to.push_back(canonical_symbol(next++));
      replacement.emplace(Expr::variable(symbol), Expr::variable(to.back()));
    }
  };
  rename(source.axes, result.axes);
  rename(source.params, result.params);
  result.formula = substitute(source.formula, replacement);
  return result;
}

bool calls_scalars(const Expr& formula) {
  return fold<int>(formula, [](const Node& node, std::span<const int> below) {
           const bool here = node.function != nullptr && node.function->lowering == Lowering::call;
           return here || std::ranges::find(below, 1) != below.end() ? 1 : 0;
         }) != 0;
}

// The code of one kernel: removed when the last handle goes. Holds the LLJIT, which may outlive the Jit.
class LoadedCode {
 public:
  LoadedCode(std::shared_ptr<orc::LLJIT> jit)
      : jit_(std::move(jit)), tracker_(jit_->getMainJITDylib().createResourceTracker()) {}
  LoadedCode(const LoadedCode&) = delete;
  LoadedCode& operator=(const LoadedCode&) = delete;
  ~LoadedCode() { llvm::consumeError(tracker_->remove()); }

  Expected<void> load(const codegen::Object& object, const std::string& name) {
    auto buffer = llvm::MemoryBuffer::getMemBufferCopy(object.bytes, name);
    if (llvm::Error error = jit_->addObjectFile(tracker_, std::move(buffer))) return failed(std::move(error));
    return {};
  }

  template <class F>
  Expected<void> find(const std::string& name, F*& function) {
    auto address = jit_->lookup(name);
    if (!address) return failed(address.takeError());
    function = address->toPtr<F*>();
    return {};
  }

 private:
  std::shared_ptr<orc::LLJIT> jit_;
  orc::ResourceTrackerSP tracker_;
};

// The most recently used kernels.
class Memory {
 public:
  Kernel recall(const Key& key) {
    std::scoped_lock lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return {};
    recent_.splice(recent_.begin(), recent_, found->second);
    return found->second->second;
  }

  void remember(const Key& key, const Kernel& kernel) {
    std::scoped_lock lock(mutex_);
    if (by_key_.contains(key)) return;
    recent_.emplace_front(key, kernel);
    by_key_[key] = recent_.begin();
    if (recent_.size() <= remembered_kernels) return;
    by_key_.erase(recent_.back().first);
    recent_.pop_back();
  }

 private:
  using Recent = std::list<std::pair<Key, Kernel>>;
  std::mutex mutex_;
  Recent recent_;
  std::unordered_map<Key, Recent::iterator, HashOfKey> by_key_;
};

// Objects come ready made, so this machinery only links: the triple is all it needs to know.
Expected<std::shared_ptr<orc::LLJIT>> make_lljit(const codegen::Target& target) {
  orc::JITTargetMachineBuilder machine{llvm::Triple(target.triple)};
  auto layout = machine.getDefaultDataLayoutForTarget();
  if (!layout) return failed(layout.takeError());
  auto jit = orc::LLJITBuilder()
                 .setJITTargetMachineBuilder(std::move(machine))
                 .setDataLayout(*layout)
                 .setLinkProcessSymbolsByDefault(false)
                 .setPlatformSetUp(orc::setUpInactivePlatform)
                 .create();
  if (!jit) return failed(jit.takeError());
  // Errors are returned to callers; nothing is printed from here.
  (*jit)->getExecutionSession().setErrorReporter(
      [](llvm::Error error) { llvm::consumeError(std::move(error)); });
  if (llvm::Error error = (*jit)->getMainJITDylib().define(orc::absoluteSymbols(reachable_symbols(**jit))))
    return failed(std::move(error));
  return std::shared_ptr<orc::LLJIT>(std::move(*jit));
}

}  // namespace

struct Jit::State {
  State(const codegen::Target& target, std::shared_ptr<orc::LLJIT> made)
      : compiler(target), jit(std::move(made)) {}

  codegen::Compiler compiler;
  std::shared_ptr<orc::LLJIT> jit;
  Memory memory;
  std::atomic<std::int64_t> compile_nanoseconds = 0;
  std::atomic<std::uint64_t> next_name = 0;

  Expected<Kernel> make(const KernelSource& source, bool grid) {
    const std::string name = "k" + std::to_string(next_name++);
    const codegen::Export wanted{source, name, {grid ? Entry::grid : Entry::batch}};
    TRY(object, compiler.compile(std::span(&wanted, 1), false));
    auto code = std::make_shared<LoadedCode>(jit);
    TRY_VOID(code->load(object, name));
    NativeFunctions functions;
    if (grid) {
      TRY_VOID(code->find(name + "_grid", functions.grid));
    } else {
      TRY_VOID(code->find(name + "_batch", functions.batch));
    }
    static_assert(vector_width == codegen::vector_width);
    return native_kernel(functions, calls_scalars(source.formula), std::move(code));
  }
};

Jit::Jit(std::unique_ptr<State> state) : state_(std::move(state)) {}
Jit::~Jit() = default;

Expected<std::unique_ptr<Jit>> Jit::create(const codegen::Target& target) {
  TRY_VOID(codegen::check_runs_here(target));
  TRY(jit, make_lljit(target));
  return std::unique_ptr<Jit>(new Jit(std::make_unique<State>(target, std::move(jit))));
}

Expected<Kernel> Jit::kernel(const KernelSource& source, bool grid) {
  const KernelSource same = canonical(source);
  const Key key{same.formula, same.axes.size(), same.params.size(), grid};
  if (Kernel known = state_->memory.recall(key)) return known;
  const auto start = std::chrono::steady_clock::now();
  TRY(made, state_->make(same, grid));
  const auto taken = std::chrono::steady_clock::now() - start;
  state_->compile_nanoseconds += std::chrono::duration_cast<std::chrono::nanoseconds>(taken).count();
  state_->memory.remember(key, made);
  return made;
}

const codegen::Target& Jit::target() const { return state_->compiler.target(); }

double Jit::compile_seconds() const { return static_cast<double>(state_->compile_nanoseconds.load()) * 1e-9; }

}  // namespace jitegral::jit
