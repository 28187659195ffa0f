"""Left Riemann sums of 10^7 terms over 0..pi/2: how many times longer the others take.

The programs of gcc and clang are one C loop with `omp parallel for simd`; Numba (without SVML in Debian) has prange and
fastmath, muParser its bulk mode. Who works on one thread only, or has no such function, leaves its cell empty. All
answers are checked against a sum in long double.
"""

import sys

from against.sums import Formula, exact, with_threads, without_threads
from markdown import as_ratio, in_words, table

POINTS = 10**7
FORMULAS = {  # and how many times faster than gcc it should be
    Formula("cos(x)"): 6,
    Formula("sin(3*x + 1)"): 6,
    Formula("exp(-2*x)"): 6,
    Formula("cos(x)*x"): 6,
    Formula("x^3*exp(-x)", "x*x*x*exp(-x)"): 6,
    Formula("exp(-x^2)", "exp(-x*x)"): 3,
    Formula("sin(x^2)", "sin(x*x)"): 3,
    Formula("log(1 + x)"): 1.3,
    Formula("sqrt(x)*atan(x)"): 1.3,
    Formula("tanh(x)"): 1.3,
    Formula("x^1.5", "pow(x, 1.5)"): 1.3,
    Formula("erf(x)"): 1.3,
    Formula("exp(sin(x)*cos(3*x))/(1 + x^4)", "exp(sin(x)*cos(3*x))/(1 + x*x*x*x)"): 1.3,
    Formula("1/(1 + x^2)", "1/(1 + x*x)"): 1,
}
OTHERS = ["gcc, libmvec", "clang, libmvec", "Numba", "numexpr", "muParser", "NumPy"]


def row(shop, formula, threads, right):
    starts = with_threads(shop, formula, threads, POINTS)
    if threads == 1:
        starts |= without_threads(shop, formula, POINTS)
    samples = shop.take_turns(starts, right, 1e-12)
    mine = samples["jitegral"]
    ratios = [as_ratio(samples[name].ratio(mine)) if name in samples else "" for name in OTHERS]
    ratios.insert(1, f"{FORMULAS[formula]}")
    return [f"`{formula.text}`", f"{threads}", in_words(mine.seconds), *ratios, f"{abs(mine.value / right - 1):.1e}"]


def markdown(shop):
    rows = []
    for formula in FORMULAS:
        right = exact(shop, formula, POINTS)
        for threads in (1, 2):
            rows.append(row(shop, formula, threads, right))
            print(*rows[-1], sep="\t", file=sys.stderr)
    return table(["sum of", "threads", "jitegral", OTHERS[0], "goal", *OTHERS[1:], "our error"], rows)
