"""The classic loop over a NumPy array. Usage: loop_numpy.py FORMULA"""

import sys

import numpy as np
from scipy.special import erf

from timing import serve

f = eval(f"lambda x: {sys.argv[1]}", {**vars(np), "atan": np.arctan, "erf": erf})


def integrate(a, b, n_iter):
    step = (b - a) / n_iter
    return f(a + np.arange(n_iter) * step).sum() * step


serve(lambda n_iter: integrate(0, np.pi / 2, n_iter))
