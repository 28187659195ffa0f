# cython: language_level=3, boundscheck=False, cdivision=True
"""The classic loop in Cython without the interpreter lock, on OpenMP threads."""

from cython.parallel import prange
from libc.math cimport cos, M_PI

from timing import serve


cdef double integrate(double a, double b, long n_iter, int threads):
    cdef double step = (b - a) / n_iter
    cdef double total = 0
    cdef long i
    for i in prange(n_iter, nogil=True, num_threads=threads, schedule="static"):
        total += cos(a + i * step)
    return total * step


def main(int threads):
    serve(lambda n_iter: integrate(0, M_PI / 2, n_iter, threads))
