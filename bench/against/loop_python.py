"""The classic loop as one writes it first."""

from math import cos, pi

from timing import measure


def integrate(f, a, b, n_iter):
    step = (b - a) / n_iter
    total = 0.0
    for i in range(n_iter):
        total += f(a + i * step) * step
    return total


measure("pure Python", "loop", 1, lambda: integrate(cos, 0, pi / 2, 10**6), repeats=5)
