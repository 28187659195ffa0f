"""How much more two threads do than one.

A fixed grid of 10^8 points by the command line, with the same bits. And Python threads that call the module, each call
a grid of 10^6 points on the thread that calls: what two threads get done in the time of one, and what two processes
do, which is all that the machine has to give.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from markdown import in_words, table
from rounds import Sample

POINTS = 10**8
CALLS = 50
PLAIN = "hypot(x, 1)*tanh(x)"  # point by point: nothing is known of it that would help
VALUES = {  # about: the bits of one thread are the right ones
    "cos(x)": 1,
    "exp(sin(x)*cos(3*x))/(1 + x^4)": 0.9096,
    PLAIN: 1.3213,
}


class Together:
    """Two programs that work at the same time."""

    def __init__(self, start):
        self.both = [start(), start()]

    def sample(self):
        with ThreadPoolExecutor(2) as pool:
            one, other = pool.map(lambda program: program.sample(), self.both)
        return Sample(one.value, max(one.seconds, other.seconds))

    def close(self):
        for program in self.both:
            program.close()


def row(what, samples, one, two, work=1):
    """`work`: how much more of it the second did."""
    mine, others = samples[one], samples[two]
    return [what, in_words(mine.seconds), in_words(others.seconds), f"{work * mine.ratio(others):.2f}"]


def grid(shop, formula, right):
    def start(threads):
        return partial(shop.statement, f"integrate({formula}, x = 0..pi/2, n_iter = {POINTS}, n_jobs = {threads})")

    samples = shop.take_turns({"one": start(1), "two": start(2)}, right, 1e-3, often=3)
    values = {sample.value for taken in samples.values() for sample in taken}
    if len(values) != 1:
        raise SystemExit(f"different answers: {sorted(values)}")
    return row(f"`{formula}`, 10^8 points", samples, "one", "two")


def python(shop):
    def start(threads):
        return partial(shop.python, "scaling/python_threads.py", PLAIN, threads, number=CALLS)

    starts = {"one": start(1), "two": start(2), "processes": partial(Together, start(1))}
    samples = shop.take_turns(starts, VALUES[PLAIN], 1e-3, often=3)
    return [row("calls from Python threads", samples, "one", "two", 2),
            row("calls from Python processes", samples, "one", "processes", 2)]


def markdown(shop):
    rows = [grid(shop, formula, value) for formula, value in VALUES.items()]
    return table(["work", "one", "two", "two do … times as much"], [*rows, *python(shop)])
