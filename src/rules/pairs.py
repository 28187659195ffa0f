#!/usr/bin/env python3
"""Writes pair_tables.h: `python3 pairs.py | clang-format > pair_tables.h` (needs mpmath; takes some minutes).

Gauss-Kronrod: the nodes are the zeros of P_n and of the Stieltjes polynomial E_{n+1}, which is orthogonal to every
polynomial of degree <= n with the weight P_n. Clenshaw-Curtis: the nodes are cos(j pi / n), every other one of which
is a node for n / 2; weights are those of interpolation. Everything is worked out with 120 digits.
"""
from mpmath import mp, mpf, matrix, lu_solve, legendre, polyroots, sqrt, cos, pi

mp.dps = 120


def legendre_coefficients(n):
    """P_0 .. P_n as coefficients of powers, lowest first."""
    rows = [[mpf(1)], [mpf(0), mpf(1)]]
    for k in range(1, n):
        higher = [mpf(0)] + [(2 * k + 1) * c for c in rows[k]]
        for i, c in enumerate(rows[k - 1]):
            higher[i] -= k * c
        rows.append([c / (k + 1) for c in higher])
    return rows[:n + 1]


def roots(coefficients):
    return sorted(mp.re(r) for r in polyroots(list(reversed(coefficients)), maxsteps=1000, extraprec=600))


def gauss(n):
    return [(x, 2 * (1 - x * x) / ((n + 1) * legendre(n + 1, x)) ** 2) for x in roots(legendre_coefficients(n)[n])]


def stieltjes(n):
    """E_{n+1} = P_{n+1} + a sum of P_j over j < n + 1 of the same parity, in powers of x (lowest first)."""
    exact = [(x, w, [legendre(j, x) for j in range(n + 2)]) for x, w in gauss((3 * n + 4) // 2 + 1)]

    def moment(j, k):
        return sum(w * p[n] * p[j] * p[k] for _, w, p in exact)

    js = range((n + 1) % 2, n, 2)
    ks = range(1, n + 1, 2)  # for even k parity sees to it
    e = lu_solve(matrix([[moment(j, k) for j in js] for k in ks]), matrix([-moment(n + 1, k) for k in ks]))
    rows = legendre_coefficients(n + 1)
    coefficients = list(rows[n + 1])
    for factor, j in zip(e, js):
        for power, c in enumerate(rows[j]):
            coefficients[power] += factor * c
    return coefficients


def symmetric(x):
    x = sorted(x)
    return [(x[i] - x[-1 - i]) / 2 for i in range(len(x))]


def interpolatory(x):
    """The weights that integrate every polynomial of degree < len(x) over [-1, 1]."""
    rows = matrix([[legendre(k, t) for t in x] for k in range(len(x))])
    w = list(lu_solve(rows, matrix([2] + [0] * (len(x) - 1))))
    return [(w[i] + w[-1 - i]) / 2 for i in range(len(x))]


def orthonormal(x, w):
    """Polynomials orthonormal for the sum over the nodes with the weights w, as values at the nodes (Stieltjes)."""
    rows = []
    p = [mpf(1)] * len(x)
    for _ in x:
        norm = sqrt(sum(a * b * b for a, b in zip(w, p)))
        p = [v / norm for v in p]
        rows.append(p)
        q = [t * v for t, v in zip(x, p)]
        for r in rows + rows:  # twice is enough
            c = sum(a * b * d for a, b, d in zip(w, q, r))
            q = [v - c * d for v, d in zip(q, r)]
        p = q
    return rows


def at_end(x, i):
    """The i-th Lagrange polynomial at 1."""
    value = mpf(1)
    for j, t in enumerate(x):
        if j != i:
            value *= (1 - t) / (x[i] - t)
    return value


def number(v):
    return repr(float(v) if abs(v) > mpf(10) ** -60 else 0.0)


def show(name, values):
    print(f'inline constexpr double {name}[] = {{')
    for v in values:
        print(f'    {number(v)},')
    print('};')


def degrees(n):
    """Pairs of an odd and an even degree: the last two, two somewhat lower, and the same 3s lower. Whatever the place
    of a kink, not all four of them vanish there."""
    m, s = n - 1, max(2, round((n - 1) / 10))
    late = [(m, m - 1), (m - s, m - 2 * s + 1 + s % 2)]
    pairs = [(a - 3 * s, b - 3 * s) for a, b in reversed(late)] + list(reversed(late))
    return [a if a % 2 == 1 else b for a, b in pairs] + [b if a % 2 == 1 else a for a, b in pairs]


def write(name, x, w, coarse):
    """`coarse` maps the index of a node to its weight in the rule of fewer points."""
    n = len(x)
    half = range(n // 2, n)
    p = orthonormal(x, w)
    for k in range(n):
        assert abs(sum(a * t ** k for a, t in zip(w, x)) - (mpf(2) / (k + 1) if k % 2 == 0 else 0)) < mpf(10) ** -60
    ends = [at_end(x, i) for i in range(n)]
    show(f'{name}_x', [x[i] for i in half])
    print(f'inline constexpr Pair::Row {name}_rows[] = {{')
    for i in half:
        middle = i == n // 2
        odd, even = ([w[i] * p[k][i] * (mpf(k % 2 == 0) / 2 if middle else 1) for k in group]
                     for group in (degrees(n)[:4], degrees(n)[4:]))
        odd.append((ends[i] - ends[n - 1 - i]) / 2)
        even.append((ends[i] + ends[n - 1 - i]) / 2 * (mpf(1) / 2 if middle else 1))
        pairs = ', '.join('{' + number(a) + ', ' + number(b) + '}' for a, b in zip(odd, even))
        print('    {' + number(w[i]) + ', ' + number(coarse.get(i, mpf(0))) + ', {' + pairs + '}},')
    print('};')


def kronrod(n):
    inner = gauss(n)
    x = symmetric([t for t, _ in inner] + roots(stieltjes(n)))
    w = interpolatory(x)
    for k in range(2 * n + 2, 3 * n + 2, 2):  # far beyond what interpolation gives
        assert abs(sum(a * t ** k for a, t in zip(w, x)) - mpf(2) / (k + 1)) < mpf(10) ** -60
    weights = [v for _, v in sorted(inner)]
    write(f'kronrod_{2 * n + 1}', x, w, {2 * i + 1: v for i, v in enumerate(weights)})


def clenshaw_curtis(n):
    x = symmetric([cos(pi * j / n) for j in range(n + 1)])
    coarse = interpolatory(x[::2])
    write(f'chebyshev_{n + 1}', x, interpolatory(x), {2 * i: v for i, v in enumerate(coarse)})


print('''// Made by pairs.py; do not edit. Entry j belongs to the nodes +x[j] and -x[j].
#pragma once

#include "rules/pair.h"

namespace jitegral::rules::pair_table {

// x: nodes, from the middle outwards; rows: the rule's weight, that of the rule with fewer points (zero where that has
// no node), and pairs of factors of f(x) - f(-x) and of f(x) + f(-x). Their sums over j are, for the first four pairs,
// the coefficients of f in orthonormal polynomials of high degree: pair 3 has the two highest degrees, pair 2 two that
// are s and 2s lower (s is a tenth of the highest degree), pairs 1 and 0 degrees 3s lower than these (degrees() in
// pairs.py); for the last pair, the odd and even parts of the interpolating polynomial at 1.
''')
for points in (15, 21, 31, 41, 51, 61):
    kronrod(points // 2)
for points in (17, 33, 65):
    clenshaw_curtis(points - 1)
print('''
}  // namespace jitegral::rules::pair_table''')
