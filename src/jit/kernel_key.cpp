#include "jit/kernel_key.h"

#include <llvm/Config/llvm-config.h>

#include <algorithm>
#include <bit>
#include <charconv>

#include "expr/fold.h"

namespace jitegral::jit {
namespace {

// Raised when compiled kernels are called in another way.
constexpr int abi_version = 1;

std::string hexadecimal(std::uint64_t bits) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), bits, 16).ptr;
  return {digits.begin(), end};
}

std::size_t place(const std::vector<Symbol>& symbols, const Symbol& symbol) {
  return static_cast<std::size_t>(std::ranges::find(symbols, symbol) - symbols.begin());
}

std::string leaf(const Node& node, const codegen::KernelSource& source) {
  if (node.kind == ExprKind::number) return "number " + hexadecimal(std::bit_cast<std::uint64_t>(node.value));
  if (const std::size_t axis = place(source.axes, node.symbol); axis < source.axes.size())
    return "axis " + std::to_string(axis);
  return "param " + std::to_string(place(source.params, node.symbol));
}

}  // namespace

std::string maker_key(const std::string& build, const codegen::Target& target) {
  std::string key = "jitegral kernel, abi " + std::to_string(abi_version) + "\n";
  for (const std::string& part : {"build " + build, std::string("llvm " LLVM_VERSION_STRING), target.triple,
                                  target.cpu, target.features})
    key += part + "\n";
  return key;
}

std::string kernel_key(const std::string& maker, const codegen::KernelSource& source, codegen::Entry entry) {
  std::string key = maker + "entry " + std::to_string(static_cast<int>(entry)) + ", " +
                    std::to_string(source.axes.size()) + " axes, " + std::to_string(source.params.size()) +
                    " params\n";
  std::uint32_t next = 0;  // a line a node, in which earlier lines are known by their numbers
  fold<std::uint32_t>(source.formula, [&](const Node& node, std::span<const std::uint32_t> arguments) {
    if (node.kind == ExprKind::apply) {
      key += node.function->name;
      for (const std::uint32_t line : arguments) key += " " + std::to_string(line);
    } else {
      key += leaf(node, source);
    }
    key += "\n";
    return next++;
  });
  return key;
}

}  // namespace jitegral::jit
