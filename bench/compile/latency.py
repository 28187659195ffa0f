#!/usr/bin/env python3
"""How long it takes from text to value, to machine code, and to the end of the process; and others at the same.

    bench/compile/latency.py --jitegral build/release/jitegral [--count 200]

Every line is a median. Text to value is measured through a pipe, as the slope between a long and a short list of
statements, so that the start of the process does not count; it includes reading the text and printing the value. No
two of the `new` formulas are the same. Compile times are what the program itself says of the formulas after the first
ten, which start up the compiler. What is not installed is skipped with a word on standard error. Lines that are to be
compared are measured in turn, round by round.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
EXACT = 1.5707963267948966 - 1


def formula(k):
    return f"cos(x*{1 + k / 10000:.4f})*x"


def statements(kind, count):
    if kind == "new":
        return [f"integrate({formula(k)}, 0, pi/2)" for k in range(1, count + 1)]
    return ["integrate(cos(x)*x, 0, pi/2)"] * count


def run(command, text="", environment=None):
    start = time.perf_counter()
    done = subprocess.run(command, input=text, capture_output=True, text=True,
                          env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        raise SystemExit(f"{command}: {done.stderr}")
    return time.perf_counter() - start, done.stdout


def text_to_value(jitegral, kind, count):
    """Seconds a statement in a running process."""
    few, many = statements(kind, 20), statements(kind, 20 + count)
    short, _ = run([jitegral], "\n".join(few) + "\n")
    long, answers = run([jitegral], "\n".join(many) + "\n")
    if len(answers.split()) != len(many):
        raise SystemExit("answers are missing")
    return (long - short) / count


def compile_seconds(jitegral, count, directory, *options):
    """Of fresh formulas with machine code asked for: a list, the first ones left out."""
    text = "\n".join(f"integrate({formula(k)}, 0, pi/2, n_iter=1000, n_jobs=1)" for k in range(count + 10)) + "\n"
    _, out = run([jitegral, "--json", "--tier", "native", *options], text, {"JITEGRAL_CACHE_DIR": directory})
    return [json.loads(line)["compile_seconds"] for line in out.splitlines()][10:]


def process(command):
    seconds, out = run(command)
    value = float(out.split()[-1]) if out.split() else EXACT
    if abs(value - EXACT) > 1e-9:
        raise SystemExit(f"{command}: {value}")
    return seconds


def muparser_and_gsl(folder):
    program = pathlib.Path(folder) / "text_muparser_gsl"
    build = ["g++", "-O2", "-std=c++17", str(HERE / "text_muparser_gsl.cpp"), "-o", str(program),
             "-lmuparser", "-lgsl", "-lgslcblas", "-lm"]
    if subprocess.run(build, capture_output=True).returncode != 0:
        print("muParser + GSL: not installed", file=sys.stderr)
        return None
    return str(program)


def numba_first_call():
    code = ("import time; from numba import njit; import math; from scipy.integrate import quad\n"
            "t = time.perf_counter(); f = njit(lambda x: math.cos(x) * x); v = quad(f, 0, math.pi / 2)[0]\n"
            "print(time.perf_counter() - t, v)")
    done = subprocess.run(["/usr/bin/python3", "-c", code], capture_output=True, text=True)
    if done.returncode != 0:
        print("SciPy, Numba: not installed", file=sys.stderr)
        return None
    seconds, value = map(float, done.stdout.split())
    return seconds if abs(value - EXACT) < 1e-9 else None


def show(what, seconds):
    unit, scale = ("ms", 1e3) if seconds >= 1e-3 else ("µs", 1e6)
    print(f"{what:58} {scale * seconds:9.3g} {unit}", flush=True)


def compare(rounds, lines):
    """Lines are (name, function that gives seconds), called in turn."""
    times = {name: [] for name, _ in lines}
    for _ in range(rounds):
        for name, measure in lines:
            times[name].append(measure())
    for name, _ in lines:
        show(name, statistics.median(times[name]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jitegral", default="jitegral")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    jitegral, rounds = options.jitegral, options.rounds
    with tempfile.TemporaryDirectory() as folder:
        other = muparser_and_gsl(folder)
        lines = [("text to value, a new formula", lambda: text_to_value(jitegral, "new", options.count))]
        if other:
            lines.append(("  muParser + GSL, a new formula", lambda: float(run([other])[1].split()[0])))
        lines.append(("text to value, the same again", lambda: text_to_value(jitegral, "repeated", 20000)))
        compare(rounds, lines)

        question = "integrate(cos(x)*x, 0, pi/2)"
        lines = [("process: jitegral '" + question + "'", lambda: process([jitegral, question])),
                 ("  process: true", lambda: process(["/bin/true"]))]
        if gp := shutil.which("gp"):
            lines.append(("  process: gp", lambda: process([gp, "-q", "-f", str(HERE / "process.gp")])))
        compare(3 * rounds, lines)

        fresh = compile_seconds(jitegral, options.count, folder, "--no-cache")
        compile_seconds(jitegral, options.count, folder)
        hits = compile_seconds(jitegral, options.count, folder)
        show("machine code, compiled", statistics.median(fresh))
        show("machine code, from the disk", statistics.median(hits))
        if (seconds := numba_first_call()) is not None:
            show("  Numba's first call, through SciPy's quad", seconds)


if __name__ == "__main__":
    main()
