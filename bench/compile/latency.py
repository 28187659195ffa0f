"""How long it takes from text to value, to machine code, and from the start of a process to its end.

Text to value is the integral of cos(x*c)*x over 0..pi/2 to a relative 1e-10, each time with another c that is written
into the text: what a running program needs from text to text. jitegral and gp read and print through a pipe. SciPy
evaluates the text as a Python function, Numba compiles that. Machine code is what the program says of formulas after
the first ten, which start up the compiler.
"""

import itertools
import json
import math
import statistics
from functools import partial

from markdown import as_ratio, in_words, table
from rounds import Peer, Process, Program, Sample, output
from workshop import CXX, PYTHON

COUNT = 200
END = math.pi / 2
JITEGRAL = "integrate(cos(x*{:.6f})*x, 0, pi/2)"
GP = "print(intnum(x = 0, Pi/2, cos(x*{:.6f})*x))"
SCIPY = "from scipy.integrate import quad; from math import *; print(quad(lambda x: cos(x)*x, 0, pi/2)[0])"


def exact(c):
    return (math.cos(c * END) + c * END * math.sin(c * END) - 1) / c**2


def verdict(factors, values):
    """One, and the largest relative error."""
    return 1 + max(abs(value / exact(c) - 1) for c, value in zip(factors, values, strict=True))


class Typed(Program):
    """A prompt at which formulas are typed."""

    def __init__(self, command, statement, factors):
        super().__init__(command)
        self.statement, self.factors = statement, factors

    def sample(self):
        factors = list(itertools.islice(self.factors, COUNT))
        text = "".join(self.statement.format(c) + "\n" for c in factors)
        lines, seconds = self.ask(text, COUNT)
        return Sample(verdict(factors, map(float, lines)), seconds / COUNT)


GRID = JITEGRAL[:-1] + ", n_iter = 1000, n_jobs = 1)"


class Compiled:
    """The time of machine code by jitegral's own account, in a process of its own."""

    def __init__(self, shop, statement, *options):
        self.statement = statement
        self.command = [shop.jitegral, "--json", "--tier", "native", *options]
        self.environment = {"JITEGRAL_CACHE_DIR": str(shop.out)}

    def sample(self):
        factors = [1 + k / 1e4 for k in range(1, 40)]
        text = "".join(self.statement.format(c) + "\n" for c in factors)
        rows = [json.loads(line) for line in output(*self.command, input=text, env=self.environment).splitlines()]
        seconds = statistics.median(row["compile_seconds"] for row in rows[10:])
        return Sample(verdict(factors, [row["value"] for row in rows]), seconds)

    def close(self):
        pass


class Each:
    """A peer that is asked for several formulas at once; the time of one."""

    def __init__(self, peer):
        self.peer, self.close = peer, peer.close

    def sample(self):
        sample = self.peer.sample()
        return Sample(sample.value, sample.seconds / self.peer.number)


def new_factors():
    return (1 + k / 1e6 for k in itertools.count(1))


def muparser(shop):
    libraries = ["-lmuparser", "-lgsl", "-lgslcblas", "-lm"]
    return Each(Peer([shop.compiled(CXX, "compile/text_muparser_gsl.cpp", *libraries)], COUNT))


def python(shop, way, count):
    return Each(shop.python("compile/text_python.py", way, number=count))


def tables(shop):
    """What is measured, and those who do it: a group is measured in turn."""
    yield "a new formula, text to value", 1, 1e-9, {
        "jitegral": lambda: Typed([shop.jitegral], JITEGRAL, new_factors()),
        "muParser + GSL": partial(muparser, shop),
        "SciPy quad": partial(python, shop, "SciPy", COUNT),
        "gp, 38 digits": lambda: Typed(["gp", "-q", "-f"], GP, new_factors()),
        "Numba and SciPy quad": partial(python, shop, "Numba", 1),
    }
    yield "the same formula again", 1, 1e-9, {"jitegral": lambda: Typed([shop.jitegral], JITEGRAL, itertools.repeat(1))}
    yield "a process for one integral", END - 1, 1e-9, {
        "jitegral": lambda: Process(shop.jitegral, JITEGRAL.format(1)),
        "gp": lambda: Process("sh", "-c", f"echo '{GP.format(1)}' | gp -q -f"),
        "Python with SciPy": lambda: Process(PYTHON, "-c", SCIPY),
    }
    yield "machine code of a new formula", 1, 1e-4, {
        "jitegral": lambda: Compiled(shop, JITEGRAL, "--no-cache"),
        "jitegral, for a grid": lambda: Compiled(shop, GRID, "--no-cache"),
        "jitegral, for a grid, from its cache on disk": lambda: Compiled(shop, GRID),
    }


def markdown(shop):
    rows = []
    for what, right, tolerance, starts in tables(shop):
        samples = shop.take_turns(starts, right, tolerance, often=3)
        for name, taken in samples.items():
            ratio = "" if name == "jitegral" else as_ratio(taken.ratio(samples["jitegral"]))
            rows.append([what, name, in_words(taken.seconds), ratio])
    return table(["latency", "who", "time", "times jitegral's"], rows, left=2)
