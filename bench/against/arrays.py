"""The Python module's f(array) of 10^6 numbers against NumPy and numexpr, on one thread."""

import math
from functools import partial

from markdown import as_ratio, in_words, table

WAYS = ["jitegral", "NumPy", "numexpr"]
FORMULAS = {
    "cos(x)*x": 3 * math.cos(3),
    "exp(sin(x)*cos(3*x))/(1 + x^4)": math.exp(math.sin(3) * math.cos(9)) / 82,
}


def row(shop, formula, right):
    starts = {way: partial(shop.python, "against/array.py", way, formula) for way in WAYS}
    samples = shop.take_turns(starts, right, 1e-14, often=3)
    times = [in_words(samples[way].seconds) if way in samples else "" for way in WAYS]
    ratios = [as_ratio(samples[way].ratio(samples[WAYS[0]])) if way in samples else "" for way in WAYS[1:]]
    return [f"`{formula}`", *times, *ratios]


def markdown(shop):
    head = ["f(array), f(x) =", *WAYS, *(f"times faster than {way}" for way in WAYS[1:])]
    return table(head, [row(shop, formula, right) for formula, right in FORMULAS.items()])
