#include "jit/native_maker.h"

#include <llvm/ExecutionEngine/Orc/AbsoluteSymbols.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Target/TargetMachine.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <optional>

#include "expr/fold.h"
#include "interpreter/interpreted.h"
#include "jit/disk_cache.h"
#include "jit/kernel_key.h"
#include "kernel/native_kernel.h"
#include "vecmath/vecmath.h"

namespace jitegral::jit {

namespace {

namespace orc = llvm::orc;
using codegen::Entry;
using codegen::KernelSource;

// Every kernel has a library of its own, so that all may have the same name.
constexpr const char* symbol = "kernel";

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
#define VECMATH1(name) symbols[jit.mangleAndIntern("jtn_" #name)] = address_of(vecmath::native().name);
#define VECMATH2(name) VECMATH1(name)
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

// The code of one kernel, in a library of its own: removed when the last handle goes. Holds the LLJIT, which
// may outlive the Jit.
class LoadedCode {
 public:
  // `name` must be unique in the LLJIT.
  static Expected<std::shared_ptr<LoadedCode>> load(std::shared_ptr<orc::LLJIT> jit, const std::string& name,
                                                    const codegen::Object& object) {
    auto library = jit->createJITDylib(name);
    if (!library) return failed(library.takeError());
    auto code = std::make_shared<LoadedCode>(std::move(jit), *library);
    library->addToLinkOrder(code->jit_->getMainJITDylib());
    auto buffer = llvm::MemoryBuffer::getMemBufferCopy(object.bytes, name);
    if (llvm::Error error = code->jit_->addObjectFile(*library, std::move(buffer)))
      return failed(std::move(error));
    return code;
  }

  LoadedCode(std::shared_ptr<orc::LLJIT> jit, orc::JITDylib& library)
      : jit_(std::move(jit)), library_(library) {}
  LoadedCode(const LoadedCode&) = delete;
  LoadedCode& operator=(const LoadedCode&) = delete;
  ~LoadedCode() { llvm::consumeError(jit_->getExecutionSession().removeJITDylib(library_)); }

  template <class F>
  Expected<void> find(const std::string& name, F*& function) {
    auto address = jit_->lookup(library_, name);
    if (!address) return failed(address.takeError());
    function = address->toPtr<F*>();
    return {};
  }

 private:
  std::shared_ptr<orc::LLJIT> jit_;
  orc::JITDylib& library_;
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

struct NativeMaker::State {
  State(const codegen::Target& target, std::shared_ptr<orc::LLJIT> made, const std::string& cache_directory)
      : compiler(target), jit(std::move(made)), build(build_id()) {
    if (build.empty() || cache_directory.empty()) return;  // without an identity nothing can be trusted
    cache.emplace(cache_directory);
    maker = maker_key(build, target);
  }

  codegen::Compiler compiler;
  std::shared_ptr<orc::LLJIT> jit;
  std::string build, maker;
  std::optional<DiskCache> cache;
  std::atomic<std::uint64_t> next_name = 0;

  Expected<std::shared_ptr<LoadedCode>> load(const codegen::Object& object) {
    return LoadedCode::load(jit, "k" + std::to_string(next_name++), object);
  }

  Expected<std::shared_ptr<LoadedCode>> compiled(const KernelSource& source, Entry entry,
                                                 const std::string& key) {
    const codegen::Export wanted{source, symbol, {entry}};
    TRY(object, compiler.compile(std::span(&wanted, 1), false));
    if (cache) cache->store(key, object.bytes);
    return load(object);
  }

  Expected<std::shared_ptr<LoadedCode>> code(const KernelSource& source, Entry entry) {
    const std::string key = cache ? kernel_key(maker, source, entry) : "";
    if (auto found = cache ? cache->find(key) : std::nullopt)
      if (auto loaded = load({std::move(*found)})) return loaded;
    return compiled(source, entry, key);
  }
};

NativeMaker::NativeMaker(std::unique_ptr<State> state) : state_(std::move(state)) {}
NativeMaker::~NativeMaker() = default;

Expected<std::unique_ptr<NativeMaker>> NativeMaker::create(const codegen::Target& target,
                                                           const std::string& cache_directory) {
  TRY_VOID(codegen::check_runs_here(target));
  TRY(jit, make_lljit(target));
  return std::unique_ptr<NativeMaker>(
      new NativeMaker(std::make_unique<State>(target, std::move(jit), cache_directory)));
}

Expected<Kernel> NativeMaker::batch(const KernelSource& source) {
  TRY(code, state_->code(source, Entry::batch));
  NativeFunctions functions;
  TRY_VOID(code->find(codegen::symbol_of(symbol, Entry::batch), functions.batch));
  return native_kernel(functions, Kernel::usual_chunk, std::move(code));
}

Expected<Kernel> NativeMaker::grid(const KernelSource& source, bool is_short) {
  analysis::GridForm form = is_short ? analysis::short_grid_form(source.formula, source.axes[0])
                                     : analysis::grid_form(source.formula, source.axes[0]);
  if (form.way == analysis::GridForm::Way::rows) return grid_of_rows(source, std::move(form));
  return grid_of_points(source, form.chunk);
}

Expected<Kernel> NativeMaker::grid_of_points(const KernelSource& source, std::uint64_t chunk) {
  TRY(code, state_->code(source, Entry::grid));
  NativeFunctions functions;
  TRY_VOID(code->find(codegen::symbol_of(symbol, Entry::grid), functions.grid));
  return native_kernel(functions, chunk, std::move(code));
}

// A row of points costs what a point does. So rows and what is not summed by rows are what machine code can
// make faster, and the interpreter does the rest.
Expected<Kernel> NativeMaker::grid_of_rows(const KernelSource& source, analysis::GridForm form) {
  TRY(rows, batch({form.row_sum, {form.row}, interpreter::row_params(form, source.params)}));
  interpreter::GridProgram::Others others{rows, {}};
  if (form.otherwise) {
    TRY(otherwise, grid_of_points(source, form.otherwise->chunk));
    others.otherwise = otherwise;
  }
  return Kernel(std::make_shared<const interpreter::Interpreted>(source.formula, source.axes[0],
                                                                 source.params, std::move(form), others));
}

const codegen::Target& NativeMaker::target() const { return state_->compiler.target(); }

}  // namespace jitegral::jit
