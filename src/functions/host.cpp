#include "functions/host.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/failure.h"

namespace jitegral {
namespace {

constexpr std::array<std::string_view, Host::most_arguments + 1> argument_names{"", "x", "x, y", "x, y, z"};

}  // namespace

std::shared_ptr<const Host> Host::make(std::string name, std::size_t arity, Batch function,
                                       std::size_t points_a_call) {
  return std::shared_ptr<const Host>(new Host(std::move(name), arity, std::move(function), points_a_call));
}

Host::Host(std::string name, std::size_t arity, Batch function, std::size_t points_a_call)
    : name_(std::move(name)),
      function_(std::move(function)),
      points_a_call_(points_a_call),
      row_{.name = name_,
           .arguments = argument_names[arity],
           .arity = static_cast<std::uint8_t>(arity),
           .max_arity = static_cast<std::uint8_t>(arity),
           .smooth = false,
           .lowering = Lowering::host,
           .enclosure = [](const Interval*) { return Interval::entire(); },
           .host = this} {}

void Host::eval(std::span<const double* const> columns, std::span<double> y) const noexcept {
  Failure* const failure = Failure::current();
  if (failure == nullptr || !failure->happened()) try {
      return function_(columns, y);
    } catch (...) {
      if (failure != nullptr) failure->record();
    }
  std::ranges::fill(y, std::numeric_limits<double>::quiet_NaN());
}

double Host::at(const double* arguments) const noexcept {
  std::array<const double*, most_arguments> columns{};
  for (std::size_t i = 0; i < row_.arity; ++i) columns[i] = arguments + i;
  double y = 0;
  eval(std::span(columns).first(row_.arity), {&y, 1});
  return y;
}

}  // namespace jitegral
