// What a processor must say of itself before code for a target may run on it. Private to codegen.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "codegen/library.h"

namespace jitegral::codegen {

// Bits in a word of cpuid's answer, as in runtime/program.h.
struct Need {
  std::uint64_t leaf, subleaf, word, bits;
};

// Empty for a baseline that every processor of the architecture has, and for architectures other than x86,
// where nobody asks. E504 if the target needs what cannot be asked for.
Expected<std::vector<Need>> needs_of(const Target& target);

// The cpu that is part of every other one of this architecture.
std::string baseline_cpu(const Target& target);

// The targets and their needs as the runtime reads them, under versions_table.
Expected<std::vector<Table>> version_tables(std::span<const Target> targets);

}  // namespace jitegral::codegen
