#include "jit/kernel_key.h"

#include <llvm/Config/llvm-config.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#include "expr/fold.h"

namespace jitegral::jit {
namespace {

// Raised when compiled kernels are called in another way.
constexpr int abi_version = 1;

void append(std::string& key, std::uint64_t number, int base = 10) {
  std::array<char, 20> digits{};
  key.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number, base).ptr);
}

std::size_t place(const std::vector<Symbol>& symbols, const Symbol& symbol) {
  return static_cast<std::size_t>(std::ranges::find(symbols, symbol) - symbols.begin());
}

void append_leaf(std::string& key, const Node& node, const codegen::KernelSource& source) {
  if (node.kind == ExprKind::number) {
    key += "number ";
    return append(key, std::bit_cast<std::uint64_t>(node.value), 16);
  }
  const std::size_t axis = place(source.axes, node.symbol);
  const bool is_axis = axis < source.axes.size();
  key += is_axis ? "axis " : "param ";
  append(key, is_axis ? axis : place(source.params, node.symbol));
}

}  // namespace

std::string maker_key(const std::string& build, const codegen::Target& target) {
  std::string key = "jitegral kernel, abi " + std::to_string(abi_version) + "\n";
  for (const std::string& part : {"build " + build, std::string("llvm " LLVM_VERSION_STRING), target.triple,
                                  target.cpu, target.features})
    key += part + "\n";
  return key;
}

std::string formula_key(const codegen::KernelSource& source) {
  std::string key;
  append(key, source.axes.size());
  key += " axes, ";
  append(key, source.params.size());
  key += " params\n";
  std::uint32_t next = 0;  // a line a node, in which earlier lines are known by their numbers
  fold<std::uint32_t>(source.formula, [&](const Node& node, std::span<const std::uint32_t> arguments) {
    if (node.kind == ExprKind::apply) {
      key += node.function->name;
      for (const std::uint32_t line : arguments) {
        key += ' ';
        append(key, line);
      }
    } else {
      append_leaf(key, node, source);
    }
    key += '\n';
    return next++;
  });
  return key;
}

std::string kernel_key(const std::string& maker, const codegen::KernelSource& source, codegen::Entry entry) {
  return maker + "entry " + std::to_string(static_cast<int>(entry)) + "\n" + formula_key(source);
}

}  // namespace jitegral::jit
