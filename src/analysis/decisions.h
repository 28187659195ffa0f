// Operations that decide: their values are 0 or 1. Private to analysis.
#pragma once

#include "functions/function.h"

namespace jitegral::analysis {

inline bool is_comparison(Instruction instruction) {
  return instruction >= Instruction::less && instruction <= Instruction::greater;
}
inline bool is_truth_value(Instruction instruction) {
  return instruction >= Instruction::less && instruction <= Instruction::logical_not;
}

}  // namespace jitegral::analysis
