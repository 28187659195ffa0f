#!/usr/bin/env python3
"""The Python module against NumPy and numexpr on cos(x)*x over 10^6 numbers, and two threads against one.

    PYTHONPATH=build/test/python bench/against/arrays.py

Answers are checked first; then all run one after the other in each round, and ratios are medians over rounds.
"""

import statistics
import threading
import time

import numexpr
import numpy

import jitegral

ROUNDS = 41
x = numpy.linspace(-3, 3, 10**6)
formula = jitegral.compile("cos(x)*x")
reference = numpy.cos(x) * x
numexpr.set_num_threads(1)
ways = {
    "jitegral": lambda: formula(x),
    "NumPy": lambda: numpy.cos(x) * x,
    "numexpr, 1 thread": lambda: numexpr.evaluate("cos(x)*x"),
}


def seconds(work):
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def arrays():
    for name, way in ways.items():
        assert numpy.abs(way() - reference).max() < 1e-15 * 4, name
    rounds = [{name: seconds(way) for name, way in ways.items()} for _ in range(ROUNDS)]
    for name in ways:
        ratio = statistics.median(r[name] / r["jitegral"] for r in rounds)
        print(f"{name}\t{statistics.median(r[name] for r in rounds) * 1e3:.2f} ms\t{ratio:.2f}")


def throughput(threads, calls, integral):
    """Integrals a second."""
    workers = [threading.Thread(target=lambda: [integral(0, 1.5) for _ in range(calls)]) for _ in range(threads)]

    def all_of_them():
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    return threads * calls / seconds(all_of_them)


def threads():
    integral = formula.integral(n_iter=10**6, n_jobs=1)
    integral(0, 1.5)
    time.sleep(0.1)
    pairs = [(throughput(1, 100, integral), throughput(2, 100, integral)) for _ in range(15)]
    print(f"two threads against one\t{statistics.median(two / one for one, two in pairs):.2f}")


arrays()
threads()
