// What every compiled program here shares: for each line it reads, a number, it calls work(number) for a
// while and answers with the value and the median time. rounds.py asks.
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

// 20 milliseconds, in batches so that the clock does not matter; the first time does not count if there are
// more.
static void answer(double (*work)(long), long number) {
  enum { most = 100 };
  double seconds[most];
  const double start = now();
  double result = work(number);
  const double once = now() - start;
  const int batch = 1 + (int)(1e-4 / (once + 1e-9));
  seconds[0] = once;
  int count = 0;
  while (count < most && now() - start < 0.02) {
    const double before = now();
    for (int k = 0; k < batch; ++k) result = work(number);
    seconds[count++] = (now() - before) / batch;
  }
  qsort(seconds, (size_t)count, sizeof seconds[0], ascending);
  printf("%.17g\t%.9g\n", result, seconds[count / 2]);
  fflush(stdout);
}

static int serve(double (*work)(long)) {
  char line[64];
  while (fgets(line, sizeof line, stdin) != NULL) answer(work, atol(line));
  return 0;
}
