"""The classic loop as one writes it first. Usage: loop_python.py FUNCTION"""

import math
import sys

from timing import serve


def integrate(f, a, b, n_iter):
    step = (b - a) / n_iter
    total = 0.0
    for i in range(n_iter):
        total += f(a + i * step) * step
    return total


f = eval(sys.argv[1], vars(math))
serve(lambda n_iter: integrate(f, 0, math.pi / 2, n_iter))
