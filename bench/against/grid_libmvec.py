#!/usr/bin/env python3
"""Sums of ten million terms: jitegral against gcc -Ofast -march=native -fopenmp with glibc's libmvec.

    bench/against/grid_libmvec.py build/release/jitegral [rounds]

For each formula a C program is written, with the same left Riemann sum over 0..pi/2. Both answers are checked against a
sum in long double before a time is believed. Rounds alternate; times are medians, ratios are medians over rounds.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

POINTS = 10**7
FORMULAS = [  # jitegral's, C's, the ratio to reach
    ("cos(x)", "cos(x)", 6),
    ("sin(3*x + 1)", "sin(3*x + 1)", 6),
    ("exp(-2*x)", "exp(-2*x)", 6),
    ("cos(x)*x", "cos(x)*x", 6),
    ("x^3*exp(-x)", "x*x*x*exp(-x)", 6),
    ("exp(-x^2)", "exp(-x*x)", 3),
    ("sin(x^2)", "sin(x*x)", 3),
    ("log(1 + x)", "log(1 + x)", 1.3),
    ("sqrt(x)*atan(x)", "sqrt(x)*atan(x)", 1.3),
    ("tanh(x)", "tanh(x)", 1.3),
    ("x^1.5", "pow(x, 1.5)", 1.3),
    ("erf(x)", "erf(x)", 1.3),
    ("exp(sin(x)*cos(3*x))/(1 + x^4)", "exp(sin(x)*cos(3*x))/(1 + x*x*x*x)", 1.3),
    ("1/(1 + x^2)", "1/(1 + x*x)", 1),
]
C = r"""
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static volatile double a = 0, b = 1.5707963267948966;
static volatile int n_iter = %(points)d;

__attribute__((noinline)) static double serial(void) {
  const double left = a;
  const int n = n_iter;
  const double step = (b - left) / (double)n;
  double total = 0;
#pragma omp simd reduction(+ : total)
  for (int i = 0; i < n; ++i) { const double x = left + (double)i * step; total += %(formula)s; }
  return total * step;
}

__attribute__((noinline)) static double parallel(void) {
  const double left = a;
  const int n = n_iter;
  const double step = (b - left) / (double)n;
  double total = 0;
#pragma omp parallel for simd reduction(+ : total)
  for (int i = 0; i < n; ++i) { const double x = left + (double)i * step; total += %(formula)s; }
  return total * step;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char** argv) {
  const int threads = atoi(argv[1]);
  omp_set_num_threads(threads);
  double (*work)(void) = threads > 1 ? parallel : serial;
  double result = work();
  for (int i = 0; i < 7; ++i) {
    const double before = now();
    result = work();
    printf("%%.17g %%.9g\n", result, now() - before);
  }
  return argc < 2;
}
"""
EXACT = r"""
#include <math.h>
#include <stdio.h>
int main(void) {
  const double step = 1.5707963267948966 / %(points)d;
  long double total = 0, lost = 0;
  for (int i = 0; i < %(points)d; ++i) {
    const long double x = (long double)i * step, y = %(formula)s - lost, sum = total + y;
    lost = (sum - total) - y;
    total = sum;
  }
  printf("%%.21Lg\n", total * step);
}
"""


def output(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def build(folder, name, source, *options):
    path = pathlib.Path(folder) / f"{name}.c"
    path.write_text(source)
    output("gcc", *options, path, "-o", path.with_suffix(""), "-lmvec", "-lm")
    return path.with_suffix("")


def exact(folder, formula):
    """The functions of long double have an l at the end."""
    wide = formula
    for name in ("cos", "sin", "exp", "log", "sqrt", "atan", "tanh", "pow", "erf"):
        wide = wide.replace(f"{name}(", f"{name}l(")
    wide = wide.replace("atanll", "atanl")
    return float(output(build(folder, "exact", EXACT % {"points": POINTS, "formula": wide}, "-O2")))


def middle(values):
    return statistics.median(values)


def ours(jitegral, formula, threads):
    statement = f"integrate({formula}, x = 0..pi/2, n_iter = {POINTS}, n_jobs = {threads})"
    rows = [json.loads(line) for line in output(jitegral, "--tier", "native", "--json", ";".join([statement] * 8)).splitlines()]
    return rows[-1]["value"], middle([row["seconds"] for row in rows[1:]])


def theirs(program, threads):
    rows = [list(map(float, line.split())) for line in output(program, threads).splitlines()]
    return rows[-1][0], middle([seconds for _, seconds in rows])


def main():
    jitegral = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    print("formula | threads | gcc, libmvec | jitegral | times faster | goal | error, gcc | error, jitegral")
    print("---|--:|--:|--:|--:|--:|--:|--:")
    with tempfile.TemporaryDirectory() as folder:
        for formula, in_c, goal in FORMULAS:
            right = exact(folder, in_c)
            program = build(folder, "loop", C % {"points": POINTS, "formula": in_c}, "-Ofast", "-march=native", "-fopenmp")
            for threads in (1, 2):
                a, b = [], []
                for _ in range(rounds):
                    a.append(theirs(program, threads))
                    b.append(ours(jitegral, formula, threads))
                ratio = statistics.median(x[1] / y[1] for x, y in zip(a, b))
                errors = [abs(x[-1][0] / right - 1) for x in (a, b)]
                if errors[1] > 1e-14:
                    raise SystemExit(f"{formula}: {b[-1][0]!r} is not {right!r}")
                seconds = [statistics.median(t for _, t in x) for x in (a, b)]
                print(f"{formula} | {threads} | {seconds[0] * 1e3:.2f} ms | {seconds[1] * 1e3:.2f} ms | {ratio:.2f} | {goal} | "
                      f"{errors[0]:.1e} | {errors[1]:.1e}", flush=True)


if __name__ == "__main__":
    main()
