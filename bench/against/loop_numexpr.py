"""The classic loop with numexpr on a NumPy array. Usage: loop_numexpr.py FORMULA THREADS"""

import sys

import numexpr
import numpy as np

from timing import serve

formula = sys.argv[1].replace("atan", "arctan")
numexpr.set_num_threads(int(sys.argv[2]))


def integrate(a, b, n_iter):
    step = (b - a) / n_iter
    x = a + np.arange(n_iter) * step
    return numexpr.evaluate(formula).sum() * step


serve(lambda n_iter: integrate(0, np.pi / 2, n_iter))
