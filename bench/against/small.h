// The task `small`: the sum of 10^5 integrals of cos(a*x)*x over 0..pi/2, with a from 0.5 to 1.
#pragma once

static volatile double small_end = 1.5707963267948966;  // so that no compiler works it out beforehand
static const int small_count = 100000;

static double small_sum(double (*integral)(double a)) {
  double sum = 0;
  for (int k = 0; k < small_count; ++k) sum += integral(0.5 + 0.5 * k / small_count);
  return sum;
}
