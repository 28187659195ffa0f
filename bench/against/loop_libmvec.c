// The classic loop as gcc vectorises it with glibc's libmvec. Usage: loop_libmvec THREADS
#include <math.h>
#include <omp.h>
#include <stdlib.h>

#include "timing.h"

// grid_libmvec.py sums other terms, and more of them.
#ifndef TERM
#define TERM cos(x)
#define POINTS 1000000
#endif

// Volatile, so that nothing is known at compile time; int, because AVX2 has no conversion from wider ones.
static volatile double a = 0;
static volatile double b = 1.5707963267948966;
static volatile int n_iter = POINTS;

__attribute__((noinline)) static double integrate_serial(void) {
  const double left = a;
  const int n = n_iter;
  const double step = (b - left) / (double)n;
  double total = 0;
#pragma omp simd reduction(+ : total)
  for (int i = 0; i < n; ++i) {
    const double x = left + (double)i * step;
    total += TERM;
  }
  return total * step;
}

__attribute__((noinline)) static double integrate_parallel(void) {
  const double left = a;
  const int n = n_iter;
  const double step = (b - left) / (double)n;
  double total = 0;
#pragma omp parallel for simd reduction(+ : total)
  for (int i = 0; i < n; ++i) {
    const double x = left + (double)i * step;
    total += TERM;
  }
  return total * step;
}

int main(int argc, char** argv) {
  const int threads = argc > 1 ? atoi(argv[1]) : 1;
  omp_set_num_threads(threads);
  measure("gcc -Ofast, libmvec", "loop", threads, threads > 1 ? integrate_parallel : integrate_serial);
  return 0;
}
