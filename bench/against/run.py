#!/usr/bin/env python3
"""Times jitegral against other ways to integrate, on this machine, and prints a Markdown table.

    bench/against/run.py --build build/release
    bench/against/run.py --build build/release --update README.md     puts the table between its marks there

Three tasks: `loop`, the left Riemann sum of cos over 10^6 points of 0..pi/2; `adaptive`, the integral of cos(x)*x over
0..pi/2 to a relative 1e-10; and `small`, 10^5 integrals of cos(a*x)*x with different a. For the first jitegral is asked
at its command line, for the others through a handle of its C++ library. Every answer is checked before a time is
believed. Competitors are built in a temporary folder; what is not installed is skipped with a word on standard error. A
round runs jitegral and the competitor one right after the other, and ratios are medians over rounds, so that a machine
that changes its pace changes both. jitegral's time is its integration time; compiling the formula is measured by
bench/compile.
"""

import argparse
import functools
import json
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import readme

HERE = pathlib.Path(__file__).resolve().parent
LOOP = "integrate(cos, 0, pi/2, n_iter=10^6, n_jobs={threads})"


@dataclass
class Competitor:
    """One source file here; `build` makes something out of it, {out} being the temporary folder."""

    source: str
    threads: int
    run: list
    build: tuple = ()
    calls: str = ""  # a symbol that the program must refer to for its name to be true


@dataclass
class Measurement:
    name: str
    task: str
    threads: int
    result: float
    seconds: float


def find_python():
    """This interpreter if it has NumPy, else the system's: competitors may be installed for that one only."""
    for interpreter in (sys.executable, "/usr/bin/python3"):
        found = os.path.exists(interpreter)
        if found and subprocess.run([interpreter, "-c", "import numpy"], capture_output=True).returncode == 0:
            return interpreter
    return sys.executable


PYTHON = find_python()


def python(source, *arguments):
    return [PYTHON, str(HERE / source), *map(str, arguments)]


def build(compiler, source, program, *libraries):
    return [[*compiler, "-march=native", "-I{here}", "{here}/" + source, "-o", "{out}/" + program, *libraries]]


def competitors():
    cxx = ["g++", "-std=c++20", "-O3"]
    cython = [
        ["cython3", "-3", "{here}/loop_cython.pyx", "-o", "{out}/loop_cython.c"],
        ["gcc", "-O3", "-march=native", "-fopenmp", "-shared", "-fPIC", "-I{python}", "{out}/loop_cython.c"]
        + ["-o", "{out}/loop_cython.so", "-lm"],
    ]
    libmvec = build(["gcc", "-Ofast", "-fopenmp"], "loop_libmvec.c", "loop_libmvec", "-lmvec", "-lm")
    muparser = build(cxx, "loop_muparser.cpp", "loop_muparser", "-lmuparser")
    gsl = build(["gcc", "-O3"], "integral_gsl.c", "integral_gsl", "-lgsl", "-lgslcblas", "-lm")
    boost = build(cxx, "integral_boost.cpp", "integral_boost")
    small_gsl = build(["gcc", "-O3"], "small_gsl.c", "small_gsl", "-lgsl", "-lgslcblas", "-lm")
    small_boost = build(cxx, "small_boost.cpp", "small_boost")
    start_cython = [PYTHON, "-c", "import sys, loop_cython; loop_cython.main(int(sys.argv[1]))", "{threads}"]
    return [
        Competitor("loop_python.py", 1, python("loop_python.py")),
        Competitor("loop_muparser.cpp", 1, ["{out}/loop_muparser"], muparser),
        Competitor("loop_numpy.py", 1, python("loop_numpy.py")),
        *(Competitor("loop_numba.py", n, python("loop_numba.py", n)) for n in (1, 2)),
        *(Competitor("loop_cython.pyx", n, start_cython, cython) for n in (1, 2)),
        *(Competitor("loop_libmvec.c", n, ["{out}/loop_libmvec", "{threads}"], libmvec, "_ZGV") for n in (1, 2)),
        Competitor("integral_scipy.py", 1, python("integral_scipy.py")),
        Competitor("integral_gsl.c", 1, ["{out}/integral_gsl"], gsl),
        Competitor("integral_boost.cpp", 1, ["{out}/integral_boost"], boost),
        Competitor("small_gsl.c", 1, ["{out}/small_gsl"], small_gsl),
        Competitor("small_boost.cpp", 1, ["{out}/small_boost"], small_boost),
    ]


class Skipped(Exception):
    """The reason why a competitor cannot be measured here."""


def call(command, **options):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, **options)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise Skipped(str(problem)) from None
    if done.returncode != 0:
        lines = [line for line in done.stderr.strip().splitlines() if line.strip()]
        wrong = [line for line in lines if "rror" in line]
        raise Skipped((wrong or lines or ["it failed"])[0])
    return done.stdout


# Our own programs, by task: the library's handles.
HANDLES = {"adaptive": "integral_jitegral.cpp", "small": "small_jitegral.cpp"}


def expected(task):
    """The left sum in closed form, and integration by parts."""
    if task == "adaptive":
        return math.pi / 2 - 1
    if task == "small":
        end, n = math.pi / 2, 10**5
        return math.fsum(
            (math.cos(a * end) - 1) / a**2 + end * math.sin(a * end) / a for a in (0.5 + 0.5 * k / n for k in range(n))
        )
    half = math.pi / 2 / 10**6 / 2
    return half * (math.cos(half) / math.sin(half) + 1)


def check(measurement):
    wrong = abs(measurement.result / expected(measurement.task) - 1)
    limit = 1e-12 if measurement.task == "loop" else 1e-10
    if not wrong <= limit:
        raise Skipped(f"{measurement.name} gives {measurement.result!r}, relative error {wrong:.1e}")
    return measurement


class Bench:
    def __init__(self, folder, out):
        self.jitegral = str(folder / "jitegral")
        self.folder = str(folder.resolve())
        self.out = out
        include = call([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('include'))"]).strip()
        self.places = {"here": str(HERE), "out": out, "python": include}
        self.environment = dict(os.environ, PYTHONPATH=f"{out}{os.pathsep}{HERE}", PYTHONDONTWRITEBYTECODE="1")

    def build(self, competitor):
        for command in competitor.build:
            if not shutil.which(command[0]):
                raise Skipped(f"{command[0]} is not installed")
            call([part.format(**self.places) for part in command])
        if competitor.calls and shutil.which("nm"):
            program = competitor.run[0].format(**self.places)
            if competitor.calls not in call(["nm", "-D", "--undefined-only", program]):
                raise Skipped(f"it was built without {competitor.calls}*, so libmvec would not be measured")

    def measure(self, competitor):
        command = [part.format(**self.places, threads=competitor.threads) for part in competitor.run]
        lines = call(command, env=self.environment).strip().splitlines()
        if not lines or lines[-1].count("\t") != 4:
            raise Skipped(f"{competitor.source} did not print its line")
        name, task, threads, result, seconds = lines[-1].split("\t")
        return check(Measurement(name, task, int(threads), float(result), float(seconds)))

    def measure_jitegral(self, task, threads):
        return self.measure(self.handle(task)) if task in HANDLES else self.measure_statement(task, threads)

    @functools.cache
    def handle(self, task):
        source = HANDLES[task]
        program = source.removesuffix(".cpp")
        library = ["-L" + self.folder, "-Wl,-rpath," + self.folder, "-ljitegral"]
        include = "-I{here}/../../src/api/include"
        steps = build(["g++", "-std=c++20", "-O3", include], source, program, *library)
        competitor = Competitor(source, 1, ["{out}/" + program], steps)
        self.build(competitor)
        return competitor

    def measure_statement(self, task, threads, statements=120):
        """The same statement many times in one process; the first third warms up."""
        statement = LOOP.format(threads=threads)
        text = call([self.jitegral, "--json", "; ".join([statement] * statements)])
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        if len(rows) != statements or any(row.get("value") is None for row in rows):
            raise SystemExit(f"jitegral did not answer {statement}: {text[:200]}")
        seconds = statistics.median(row["seconds"] for row in rows[statements // 3 :])
        return check(Measurement("jitegral", task, threads, rows[-1]["value"], seconds))


def compare(bench, competitor, rounds):
    """Alternating rounds. Returns the competitor's and jitegral's median, and the median ratio."""
    bench.build(competitor)
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(bench.measure(competitor))
        ours.append(bench.measure_jitegral(theirs[-1].task, competitor.threads))
    ratio = statistics.median(t.seconds / o.seconds for t, o in zip(theirs, ours))
    median = Measurement(**vars(theirs[-1]))
    median.seconds = statistics.median(t.seconds for t in theirs)
    return median, [o.seconds for o in ours], ratio


def in_words(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if seconds >= size:
            break
    return f"{seconds / size:.3g} {unit}"


def as_ratio(ratio):
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.2g}"


def table(bench, rounds):
    rows, ours = [], {}
    for competitor in competitors():
        try:
            median, seconds, ratio = compare(bench, competitor, rounds)
        except Skipped as reason:
            print(f"skipped {competitor.source} on {competitor.threads} threads: {reason}", file=sys.stderr)
            continue
        print(f"{median.name}, {median.threads}: {in_words(median.seconds)}, {as_ratio(ratio)}", file=sys.stderr)
        ours.setdefault((median.task, median.threads), []).extend(seconds)
        rows.append((median.task, median.threads, median.name, median.seconds, as_ratio(ratio)))
    rows += [(task, n, "**jitegral**", statistics.median(s), "") for (task, n), s in ours.items()]
    tasks = ["loop", *HANDLES]
    rows.sort(key=lambda row: (tasks.index(row[0]), row[1], -row[3]))
    lines = ["task | who | threads | time | jitegral is … times faster", "---|---|--:|--:|--:"]
    return "\n".join(lines + [f"{t} | {who} | {n} | {in_words(s)} | {ratio}" for t, n, who, s, ratio in rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the folder of jitegral and libjitegral.so")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--update", type=pathlib.Path, metavar="FILE")
    options = parser.parse_args()
    if not (options.build / "jitegral").exists():
        raise SystemExit(f"there is no jitegral in {options.build}")
    with tempfile.TemporaryDirectory() as out:
        text = table(Bench(options.build, out), options.rounds)
    print(text)
    if options.update:
        readme.update(options.update, "against", text)


if __name__ == "__main__":
    main()
