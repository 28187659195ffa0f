#include "interpreter/operations.h"

namespace jitegral::interpreter {

const Operations& operations(const vecmath::Native& bodies) {
  for (const Operations* level : {&operations_x86_64_v4, &operations_x86_64_v3})
    if (level->level == bodies.level) return *level;
  return operations_x86_64;
}

}  // namespace jitegral::interpreter
