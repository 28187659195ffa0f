// The end of a careful sum: args[0] + args[1], the sums in eight lanes and what their additions have lost, as
// one number in every lane. Halves are added onto each other; see SUM in analysis/grid_form.h.
#include "body.h"

using namespace jitegral::vecmath;

static inline DoubleDouble careful_sum(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble s = two_sum(a.hi, b.hi);
  return {s.hi, (a.lo + b.lo) + s.lo};
}

template <int... lane>
static inline DoubleDouble shuffled(DoubleDouble x) {
  return {__builtin_shufflevector(x.hi, x.hi, lane...), __builtin_shufflevector(x.lo, x.lo, lane...)};
}

VECMATH_COLD_BODY void jtg_cold_total(const v8* args, v8* result) {
  DoubleDouble lanes{args[0], args[1]};
  lanes = careful_sum(lanes, shuffled<4, 5, 6, 7, 0, 1, 2, 3>(lanes));
  lanes = careful_sum(lanes, shuffled<2, 3, 0, 1, 6, 7, 4, 5>(lanes));
  lanes = careful_sum(lanes, shuffled<1, 0, 3, 2, 5, 4, 7, 6>(lanes));
  *result = abs(lanes.hi) < kInf ? lanes.hi + lanes.lo : lanes.hi;
}
