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

static double time_of(double (*work)(long), long number, long calls, double* result) {
  const double before = now();
  for (long k = 0; k < calls; ++k) *result = work(number);
  return now() - before;
}

// Some 20 milliseconds, in batches so long that the clock does not matter. What the first calls take after a
// pause says nothing about the others: batches grow until one is long enough, and those before do not count.
static void answer(double (*work)(long), long number) {
  enum { most = 200 };
  const double long_enough = 1e-4;
  double seconds[most];
  double result = 0;
  const double start = now();
  long calls = 1;
  double taken = time_of(work, number, calls, &result);
  for (; taken < long_enough; taken = time_of(work, number, calls, &result)) calls *= 2;
  int count = 0;
  seconds[count++] = taken / (double)calls;
  while (count < most && now() - start < 0.02)
    seconds[count++] = time_of(work, number, calls, &result) / (double)calls;
  qsort(seconds, (size_t)count, sizeof seconds[0], ascending);
  printf("%.17g\t%.9g\n", result, seconds[count / 2]);
  fflush(stdout);
}

static int serve(double (*work)(long)) {
  char line[64];
  while (fgets(line, sizeof line, stdin) != NULL) answer(work, atol(line));
  return 0;
}
