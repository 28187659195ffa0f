// An adaptive integral with a handle of jitegral.
#include <jitegral/jitegral.hpp>

#include "timing.h"

static const jitegral::Integral integral = jitegral::Session().compile("cos(x)*x").integral();

static double integrate(long) { return integral(0, 1.5707963267948966).value; }

// After a few thousand calls the handle has machine code; the first answer is not counted.
int main() {
  for (int k = 0; k < 100000; ++k) integrate(1);
  return serve(integrate);
}
