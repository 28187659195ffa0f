#include "interpreter/operations_level.h"

constinit const jitegral::interpreter::Operations jitegral::interpreter::operations_x86_64_v4 =
    all_operations("x86-64-v4");
