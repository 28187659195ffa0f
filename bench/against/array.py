"""A formula over an array of 10^6 numbers, in one of three ways. Usage: array.py WAY FORMULA

The whole array is compared with NumPy's before the first answer; an answer is the last element.
"""

import sys

import numexpr
import numpy

import jitegral
from timing import serve

way, formula = sys.argv[1:]
in_python = formula.replace("^", "**")
numexpr.set_num_threads(1)
ways = {
    "jitegral": jitegral.compile(formula),
    "NumPy": eval(f"lambda x: {in_python}", {**vars(numpy)}),
    "numexpr": lambda x: numexpr.evaluate(in_python),
}
f = ways[way]
x = numpy.linspace(-3, 3, 10**6)
assert numpy.abs(f(x) - ways["NumPy"](x)).max() < 4e-15
serve(lambda _: f(x)[-1])
