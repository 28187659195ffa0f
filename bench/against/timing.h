// What every compiled competitor shares: the median time of enough repeats, and the line run.py reads.
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void* a, const void* b) {
  const double x = *(const double*)a;
  const double y = *(const double*)b;
  return (x > y) - (x < y);
}

#ifndef REPEATS
#define REPEATS 101
#endif
enum { repeats = REPEATS };

// Runs work() for a while; a short one is timed in batches so that the clock does not matter.
static void measure(const char* name, const char* task, int threads, double (*work)(void)) {
  const double start = now();
  double result = work();
  result = work();
  const int batch = 1 + (int)(1e-4 / ((now() - start) / 2 + 1e-9));
  double seconds[repeats];
  for (int i = 0; i < repeats; ++i) {
    const double before = now();
    for (int k = 0; k < batch; ++k) result = work();
    seconds[i] = (now() - before) / batch;
  }
  qsort(seconds, repeats, sizeof seconds[0], ascending);
  printf("%s\t%s\t%d\t%.17g\t%.9g\n", name, task, threads, result, seconds[repeats / 2]);
}
