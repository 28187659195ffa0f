#!/usr/bin/env python3
"""Writes gauss_kronrod_table.h: `python3 gauss_kronrod.py > gauss_kronrod_table.h` (needs mpmath).

Kronrod's extension: the nodes are the zeros of P_10 and of the Stieltjes polynomial E_11, which is orthogonal to
every polynomial of degree <= 10 with the weight P_10. Everything is worked out with 60 digits.
"""
from mpmath import mp, mpf, matrix, lu_solve, legendre, polyroots, quad, sqrt, taylor

mp.dps = 60
N = 10


def moment(a, b, c):
    """The integral of P_a P_b P_c over [-1, 1], exact by a Gauss rule of enough points."""
    return sum(w * legendre(a, x) * legendre(b, x) * legendre(c, x) for x, w in GAUSS_20)


def gauss(n):
    roots = sorted(polyroots(list(reversed(taylor(lambda t: legendre(n, t), 0, n))), maxsteps=500, extraprec=400))
    return [(x, 2 * (1 - x * x) / ((n + 1) * legendre(n + 1, x)) ** 2) for x in map(mp.re, roots)]


def stieltjes():
    """E_11 = P_11 + sum of e_j P_j over odd j < 11, in powers of x (highest first)."""
    js = list(range(1, N + 1, 2))
    ks = list(range(1, N + 1, 2))
    e = lu_solve(matrix([[moment(N, j, k) for j in js] for k in ks]), matrix([-moment(N, N + 1, k) for k in ks]))
    coefficients = [mpf(0)] * (N + 2)
    for factor, j in [(mpf(1), N + 1)] + list(zip(e, js)):
        for power, c in enumerate(taylor(lambda t: legendre(j, t), 0, j)):
            coefficients[power] += factor * c
    return list(reversed(coefficients))


GAUSS_20 = gauss(20)
gauss_10 = gauss(N)
x = sorted([t for t, _ in gauss_10] + [mp.re(r) for r in polyroots(stieltjes(), maxsteps=500, extraprec=400)])
n = len(x)
x = [(x[i] - x[n - 1 - i]) / 2 for i in range(n)]
w = lu_solve(matrix([[legendre(k, t) for t in x] for k in range(n)]), matrix([2] + [0] * (n - 1)))
for k in range(32):  # the rule is exact up to degree 31
    assert abs(sum(w[i] * x[i] ** k for i in range(n)) - (mpf(2) / (k + 1) if k % 2 == 0 else 0)) < mpf(10) ** -45


def orthonormal():
    """Polynomials orthonormal for the sum over the nodes with the weights w, as values at the nodes."""
    rows = []
    for k in range(n):
        p = [legendre(k, t) for t in x]
        for q in rows + rows:  # twice is enough
            c = sum(w[i] * p[i] * q[i] for i in range(n))
            p = [p[i] - c * q[i] for i in range(n)]
        norm = sqrt(sum(w[i] * p[i] ** 2 for i in range(n)))
        rows.append([v / norm for v in p])
    return rows


def at_end(i):
    """The i-th Lagrange polynomial at 1."""
    value = mpf(1)
    for j in range(n):
        if j != i:
            value *= (1 - x[j]) / (x[i] - x[j])
    return value


def show(name, doc, values):
    print(f'// {doc}')
    print(f'inline constexpr std::array<double, {len(values)}> {name} = {{')
    for v in values:
        print(f'    {float(v)!r},')
    print('};')


MID = n // 2
half = range(MID, n)
p = orthonormal()
ends = [at_end(i) for i in range(n)]
print('''// Made by gauss_kronrod.py; do not edit. Entry j belongs to the nodes +x[j] and -x[j].
#pragma once

#include <array>

namespace jitegral::rules::gauss_kronrod::table {
''')
show('x', 'nodes; those with an odd index are the Gauss nodes', [x[i] for i in half])
show('kronrod', 'weights of the 21-point rule', [w[i] for i in half])
g = dict((mp.nstr(abs(t), 20), v) for t, v in gauss_10)
show('gauss', 'weights of the 10-point rule, zero at the nodes it does not have',
     [g.get(mp.nstr(abs(x[i]), 20), mpf(0)) for i in half])
DEGREES = (11, 13, 17, 19, 12, 14, 18, 20)
print('// The sums over j of coefficient[j][k] times f(x) - f(-x) for k < 4, times f(x) + f(-x) for k >= 4, are the')
print(f'// coefficients of f in orthonormal polynomials of the degrees {DEGREES}.')
print('inline constexpr std::array<std::array<double, 8>, 11> coefficient = {{')
for i in half:
    def entry(k):
        return float(w[i] * p[k][i] * (1 if i > MID else mpf(k % 2 == 0) / 2))
    print('    {{' + ', '.join(repr(entry(k)) for k in DEGREES) + '}},')
print('}};')
show('end_even', 'the interpolating polynomial at 1 is the sum of end_even (f(x) + f(-x)) + end_odd (f(x) - f(-x))',
     [(ends[i] + ends[n - 1 - i]) / 2 * (mpf(1) / 2 if i == MID else 1) for i in half])
show('end_odd', 'and at -1 the same with a minus sign before end_odd',
     [(ends[i] - ends[n - 1 - i]) / 2 for i in half])
print('''
}  // namespace jitegral::rules::gauss_kronrod::table''')
