// Look-ups in the table.
#include "functions/function.h"

#include <cctype>
#include <unordered_map>

#include "functions/host.h"

namespace jitegral {

double Function::at(const double* args) const { return host != nullptr ? host->at(args) : scalar(args); }

}  // namespace jitegral

namespace jitegral::functions {
namespace {

template <class Row>
std::unordered_map<std::string_view, const Row*> index(std::span<const Row> rows) {
  std::unordered_map<std::string_view, const Row*> by_name;
  for (const Row& row : rows) {
    by_name.emplace(row.name, &row);
    for (std::string_view alias : row.aliases)
      if (!alias.empty()) by_name.emplace(alias, &row);
  }
  return by_name;
}

template <class Row>
const Row* look_up(const std::unordered_map<std::string_view, const Row*>& by_name, std::string_view name) {
  auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

void add_typable(std::vector<std::string_view>& names, std::string_view name) {
  if (!name.empty() && std::ispunct(static_cast<unsigned char>(name.front())) == 0) names.push_back(name);
}

bool is_typable(const Function& row) { return row.can_be_called(); }
bool is_typable(const Constant&) { return true; }

template <class Row>
std::vector<std::string_view> names_of(std::span<const Row> rows) {
  std::vector<std::string_view> names;
  for (const Row& row : rows) {
    if (!is_typable(row)) continue;
    add_typable(names, row.name);
    for (std::string_view alias : row.aliases) add_typable(names, alias);
  }
  return names;
}

}  // namespace

const Function* find(std::string_view name) {
  static const auto by_name = index(table());
  return look_up(by_name, name);
}

const Constant* find_constant(std::string_view name) {
  static const auto by_name = index(constants());
  return look_up(by_name, name);
}

const Function& operation(Instruction instruction) {
  static const auto by_instruction = [] {
    std::array<const Function*, 256> rows{};
    for (const Function& row : table())
      if (row.lowering == Lowering::instruction) rows[static_cast<std::size_t>(row.instruction)] = &row;
    return rows;
  }();
  return *by_instruction[static_cast<std::size_t>(instruction)];
}

std::vector<std::string_view> function_names() { return names_of(table()); }
std::vector<std::string_view> constant_names() { return names_of(constants()); }

}  // namespace jitegral::functions
