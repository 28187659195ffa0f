"""Three tasks against other ways to integrate.

`loop` is the left Riemann sum of cos over 10^6 points of 0..pi/2; `adaptive` the integral of cos(x)*x over 0..pi/2 to a
relative 1e-10, the integrand compiled beforehand; `small` 10^5 integrals of cos(a*x)*x with different a. For the first
jitegral is asked at its command line, for the others through a handle of its C++ library.
"""

import math
import sys
from functools import partial

from against.sums import Formula, pure_python, with_threads, without_threads
from markdown import as_ratio, in_words, table
from rounds import Peer, output
from workshop import C, CXX, HERE, PYTHON

GSL = ["-lgsl", "-lgslcblas", "-lm"]
COS = Formula("cos(x)")
POINTS = 10**6
SMALL = 10**5


def cython(shop, threads):
    place = shop.out / "loop_cython"
    include = output(PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('include'))").strip()
    output("cython3", "-3", str(HERE / "against/loop_cython.pyx"), "-o", f"{place}.c")
    output(*C, "-fopenmp", "-shared", "-fPIC", f"-I{include}", f"{place}.c", "-o", f"{place}.so", "-lm")
    return shop.python("against/start_cython.py", threads, number=POINTS)


def loop(shop, threads):
    starts = with_threads(shop, COS, threads, POINTS) | {"Cython nogil": partial(cython, shop, threads)}
    if threads > 1:
        return starts
    return starts | without_threads(shop, COS, POINTS) | pure_python(shop, COS, POINTS)


def compiled(shop, number, compiler, source, *libraries):
    return Peer([shop.compiled(compiler, source, *libraries)], number)


def adaptive(shop):
    start = partial(partial, compiled, shop, 1)
    return {
        "jitegral": lambda: Peer([shop.with_jitegral("against/integral_jitegral.cpp")]),
        "Boost gauss_kronrod, 21 points": start(CXX, "against/integral_boost.cpp"),
        "GSL qag, 21 points": start(C, "against/integral_gsl.c", *GSL),
        "SciPy quad": partial(shop.python, "against/integral_scipy.py"),
    }


def small(shop):
    start = partial(partial, compiled, shop, SMALL)
    return {
        "jitegral": lambda: Peer([shop.with_jitegral("against/small_jitegral.cpp")], SMALL),
        "Boost gauss_kronrod, 15 points": start(CXX, "against/small_boost.cpp"),
        "GSL qag, 15 points": start(C, "against/small_gsl.c", *GSL),
    }


def left_sum_of_cos():
    half = math.pi / 2 / POINTS / 2
    return half * (math.cos(half) / math.sin(half) + 1)


def sum_of_small():
    """By parts."""
    end = math.pi / 2
    factors = (0.5 + 0.5 * k / SMALL for k in range(SMALL))
    return math.fsum((math.cos(a * end) - 1) / a**2 + end * math.sin(a * end) / a for a in factors)


def rows(shop, task, threads, starts, right, tolerance):
    samples = shop.take_turns(starts, right, tolerance, often=3)
    mine = samples.pop("jitegral")
    found = [[task, name, f"{threads}", in_words(theirs.seconds), as_ratio(theirs.ratio(mine))]
             for name, theirs in sorted(samples.items(), key=lambda item: -item[1].seconds)]
    found.append([task, "**jitegral**", f"{threads}", in_words(mine.seconds), ""])
    for row in found:
        print(*row, sep="\t", file=sys.stderr)
    return found


def markdown(shop):
    found = [
        *rows(shop, "loop", 1, loop(shop, 1), left_sum_of_cos(), 1e-12),
        *rows(shop, "loop", 2, loop(shop, 2), left_sum_of_cos(), 1e-12),
        *rows(shop, "adaptive", 1, adaptive(shop), math.pi / 2 - 1, 1e-10),
        *rows(shop, "small", 1, small(shop), sum_of_small(), 1e-10),
    ]
    return table(["task", "who", "threads", "time", "jitegral is … times faster"], found, left=2)
