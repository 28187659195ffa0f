#!/usr/bin/env python3
"""Sums of ten million terms: jitegral against gcc -Ofast -march=native -fopenmp with glibc's libmvec.

    bench/against/grid_libmvec.py --build build/release
    bench/against/grid_libmvec.py --build build/release --update README.md     puts the table between its marks there

The other side is loop_libmvec.c with the formula as its term: the same left Riemann sum over 0..pi/2. Both answers are
checked against a sum in long double before a time is believed. Rounds alternate; times are medians, ratios are medians
over rounds.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

import readme

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


def build(program, source, *options):
    output("gcc", *options, source, "-o", program, "-lmvec", "-lm")
    return program


def loop(folder, formula):
    """The classic loop with another term."""
    options = ["-Ofast", "-march=native", "-fopenmp", f"-DTERM={formula}", f"-DPOINTS={POINTS}", "-DREPEATS=7"]
    return build(pathlib.Path(folder) / "loop", pathlib.Path(__file__).with_name("loop_libmvec.c"), *options)


def exact(folder, formula):
    """The functions of long double have an l at the end."""
    wide = formula
    for name in ("cos", "sin", "exp", "log", "sqrt", "atan", "tanh", "pow", "erf"):
        wide = wide.replace(f"{name}(", f"{name}l(")
    wide = wide.replace("atanll", "atanl")
    source = pathlib.Path(folder) / "exact.c"
    source.write_text(EXACT % {"points": POINTS, "formula": wide})
    return float(output(build(source.with_suffix(""), source, "-O2")))


def middle(values):
    return statistics.median(values)


def ours(jitegral, formula, threads):
    statement = f"integrate({formula}, x = 0..pi/2, n_iter = {POINTS}, n_jobs = {threads})"
    lines = output(jitegral, "--tier", "native", "--json", ";".join([statement] * 8)).splitlines()
    rows = [json.loads(line) for line in lines]
    return rows[-1]["value"], middle([row["seconds"] for row in rows[1:]])


def theirs(program, threads):
    return tuple(map(float, output(program, threads).split("\t")[-2:]))  # see timing.h


def row(folder, jitegral, rounds, formula, in_c, goal, threads):
    right = exact(folder, in_c)
    program = loop(folder, in_c)
    a, b = [], []
    for _ in range(rounds):
        a.append(theirs(program, threads))
        b.append(ours(jitegral, formula, threads))
    ratio = statistics.median(x[1] / y[1] for x, y in zip(a, b))
    errors = [abs(x[-1][0] / right - 1) for x in (a, b)]
    if errors[1] > 1e-14:
        raise SystemExit(f"{formula}: {b[-1][0]!r} is not {right!r}")
    times = [statistics.median(t for _, t in x) * 1e3 for x in (a, b)]
    return (f"`{formula}` | {threads} | {times[0]:.2f} ms | {times[1]:.2f} ms | {ratio:.2g} | {goal} | "
            f"{errors[0]:.1e} | {errors[1]:.1e}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the folder of jitegral")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--update", type=pathlib.Path, metavar="FILE")
    options = parser.parse_args()
    lines = ["sum of | threads | gcc, libmvec | jitegral | times faster | goal | error, gcc | error, jitegral",
             "---|--:|--:|--:|--:|--:|--:|--:"]
    print("\n".join(lines))
    with tempfile.TemporaryDirectory() as folder:
        for formula, in_c, goal in FORMULAS:
            for threads in (1, 2):
                lines.append(row(folder, options.build / "jitegral", options.rounds, formula, in_c, goal, threads))
                print(lines[-1], flush=True)
    if options.update:
        readme.update(options.update, "grids", "\n".join(lines))


if __name__ == "__main__":
    main()
