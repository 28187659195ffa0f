// Memory for some numbers, on the stack where they are few. Their values are left unset.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace jitegral {

template <std::size_t few>
class Scratch {
 public:
  explicit Scratch(std::size_t count)
      : heap_(count > few ? count : 0),
        all_(heap_.empty() ? std::span(stack_).first(count) : std::span(heap_)) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::span<double> all() const { return all_; }

 private:
  std::array<double, few> stack_;
  std::vector<double> heap_;
  std::span<double> all_;
};

}  // namespace jitegral
