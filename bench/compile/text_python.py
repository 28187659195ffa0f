"""Formulas not seen before, from text to the value of their integral. Usage: text_python.py SciPy|Numba

Answers one and the largest relative error.
"""

import itertools
import math
import sys

import numba
from scipy import LowLevelCallable
from scipy.integrate import quad

from timing import serve

END = math.pi / 2
factors = (1 + k / 1e6 for k in itertools.count(1))
integrands = {
    "SciPy": lambda f: f,
    "Numba": lambda f: LowLevelCallable(numba.cfunc("float64(float64)", fastmath=True)(f).ctypes),
}
integrand = integrands[sys.argv[1]]


def error():
    c = next(factors)
    f = eval(f"lambda x: cos(x*{c:.6f})*x", vars(math))
    value = quad(integrand(f), 0, END, epsabs=0, epsrel=1e-10)[0]
    return abs(value * c**2 / (math.cos(c * END) + c * END * math.sin(c * END) - 1) - 1)


serve(lambda count: 1 + max(error() for _ in range(count)))
