#!/usr/bin/env python3
"""Writes gauss_table.h: `python3 gauss.py > gauss_table.h` (needs mpmath).

Nodes are the zeros of the Legendre polynomials, weights 2 (1 - x^2) / ((n + 1) P_{n+1}(x))^2, with 50 digits.
"""
from mpmath import mp, mpf, legendre, findroot, cos, pi

mp.dps = 50
ORDERS = range(1, 11)


def rule(n):
    """(node, weight) for the nodes >= 0, ascending."""
    pairs = []
    for i in range((n + 1) // 2, 0, -1):
        guess = cos(pi * (mpf(4) * i - 1) / (4 * n + 2))
        x = mpf(0) if 2 * i == n + 1 else findroot(lambda t: legendre(n, t), guess)
        pairs.append((x, 2 * (1 - x * x) / ((n + 1) * legendre(n + 1, x)) ** 2))
    return pairs


print('''// Made by gauss.py; do not edit.
#pragma once

#include <array>

namespace jitegral::rules::gauss_table {

struct Node {
  double x;
  double w;
};

// Row n - 1: the nodes >= 0 of the n-point rule, ascending; the others are their mirror images.
inline constexpr std::array<std::array<Node, 5>, 10> nodes = {{''')
for n in ORDERS:
    print('    {{' + ', '.join(f'{{{float(x)!r}, {float(w)!r}}}' for x, w in rule(n)) + '}},')
print('''}};

}  // namespace jitegral::rules::gauss_table''')
