"""The classic loop over a NumPy array."""

import numpy as np

from timing import measure


def integrate(f, a, b, n_iter):
    step = (b - a) / n_iter
    return f(a + np.arange(n_iter) * step).sum() * step


measure("NumPy", "loop", 1, lambda: integrate(np.cos, 0, np.pi / 2, 10**6))
