"""The classic loop compiled by Numba; with more than one thread, prange. Usage: loop_numba.py FORMULA THREADS"""

import math
import sys

import numba

from timing import serve

f = numba.njit(eval(f"lambda x: {sys.argv[1]}", vars(math)), fastmath=True)
threads = int(sys.argv[2])
if threads > 1:
    numba.set_num_threads(threads)


@numba.njit(parallel=threads > 1, fastmath=True)
def integrate(a, b, n_iter):
    step = (b - a) / n_iter
    total = 0.0
    for i in numba.prange(n_iter):
        total += f(a + i * step)
    return total * step


serve(lambda n_iter: integrate(0.0, math.pi / 2, n_iter))
