#!/usr/bin/env python3
"""Prints P and Q of tan(r) = r P(r^2)/Q(r^2) for |r| <= pi/4, P(0) = Q(0) = 1, with the smallest relative error, and
that error: Remez's exchange, P - f Q made level with the Q of the round before. Needs mpmath."""
from mpmath import cos, log, lu_solve, matrix, mp, mpf, pi, polyval, sqrt, tan

mp.dps = 60
P_DEGREE, Q_DEGREE = 3, 4
UNKNOWNS = P_DEGREE + Q_DEGREE + 1
END = (pi / 4 + mpf(2) ** -10) ** 2


def f(z):
    return tan(sqrt(z)) / sqrt(z)


def solve(points, q):
    a, b = matrix(UNKNOWNS, UNKNOWNS), matrix(UNKNOWNS, 1)
    for i, z in enumerate(points):
        row = [z**k for k in range(1, P_DEGREE + 1)] + [-f(z) * z**k for k in range(1, Q_DEGREE + 1)]
        for k, value in enumerate(row + [(-1) ** i * f(z) * polyval(q[::-1], z)]):
            a[i, k] = value
        b[i] = f(z) - 1
    found = list(lu_solve(a, b))
    return [mpf(1)] + found[:P_DEGREE], [mpf(1)] + found[P_DEGREE:-1]


def extrema(p, q):
    """The places where the error is largest between its zeros, and the error there."""
    found = []
    for i in range(1, 1501):
        z = END * i / 1500
        e = polyval(p[::-1], z) / (f(z) * polyval(q[::-1], z)) - 1
        if not found or (e > 0) != (found[-1][1] > 0):
            found.append((z, e))
        elif abs(e) > abs(found[-1][1]):
            found[-1] = (z, e)
    return found


points = [END * (1 - cos(pi * (i + mpf(1) / 2) / UNKNOWNS)) / 2 for i in range(UNKNOWNS)]
q = [mpf(1)]
for _ in range(12):
    p, q = solve(points, q)
    level = extrema(p, q)
    points = [z for z, _ in level][:UNKNOWNS]
    if len(points) < UNKNOWNS:
        break
print("// P, Q, from the square on")
for c in p[1:] + q[1:]:
    print(float(c).hex())
print("// relative error 2^", mp.nstr(log(max(abs(e) for _, e in level), 2), 5))
