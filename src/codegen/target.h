// The machine that code is made for: a value that is printed, compared and set, never guessed silently.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace jitegral::codegen {

struct Target {
  std::string triple;
  std::string cpu;       // as LLVM spells it: "x86-64-v3", "znver4"
  std::string features;  // goes with the name always: a name alone may promise what the machine masks
  int lanes = 1;         // doubles in one vector register; results do not depend on it

  [[nodiscard]] std::string to_text() const;  // "x86_64-pc-linux-gnu, x86-64-v3, 4 lanes"
};

// `cpu` is "native" or a name that LLVM knows for this architecture. Errors: E501.
Expected<Target> make_target(std::string_view cpu);

// Like make_target, for another machine: `triple` as gcc spells it ("aarch64-linux-gnu"); empty: this one.
// There `cpu` is no "native", and empty means the architecture's baseline. Errors: E501, E507.
Expected<Target> make_target(std::string_view triple, std::string_view cpu);
// True if the triple is that of this process.
bool is_native(std::string_view triple);

// E502 if code for `target` would not run on this machine.
Expected<void> check_runs_here(const Target& target);

}  // namespace jitegral::codegen
