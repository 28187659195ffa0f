// The classic loop as a compiler vectorises it with glibc's libmvec; TERM is the formula. Usage: loop_libmvec THREADS
#include <math.h>
#include <omp.h>

#include "timing.h"

// Volatile, so that nothing is known at compile time; int, because AVX2 has no conversion from wider ones.
static volatile double a = 0;
static volatile double b = 1.5707963267948966;

static double serial(long points) {
  const double left = a;
  const int n = (int)points;
  const double step = (b - left) / (double)n;
  double total = 0;
#pragma omp simd reduction(+ : total)
  for (int i = 0; i < n; ++i) {
    const double x = left + (double)i * step;
    total += TERM;
  }
  return total * step;
}

static double parallel(long points) {
  const double left = a;
  const int n = (int)points;
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
  return serve(threads > 1 ? parallel : serial);
}
