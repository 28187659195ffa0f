// The task `small`: the sum of as many integrals of cos(a*x)*x over 0..pi/2 as are asked for, with a from 0.5
// to 1.
#pragma once

static volatile double small_end = 1.5707963267948966;  // so that no compiler works it out beforehand

static double small_sum(double (*integral)(double a), long count) {
  double sum = 0;
  for (long k = 0; k < count; ++k) sum += integral(0.5 + 0.5 * (double)k / (double)count);
  return sum;
}
