"""The classic loop compiled by Numba; with more than one thread, prange. Usage: loop_numba.py THREADS"""

import sys
from math import cos, pi

import numba

from timing import measure

threads = int(sys.argv[1])
if threads > 1:
    numba.set_num_threads(threads)


@numba.njit(parallel=threads > 1, fastmath=True)
def integrate(a, b, n_iter):
    step = (b - a) / n_iter
    total = 0.0
    for i in numba.prange(n_iter):
        total += cos(a + i * step)
    return total * step


measure("Numba", "loop", threads, lambda: integrate(0.0, pi / 2, 10**6))
