#!/usr/bin/env python3
"""Writes double_exponential_table.h: `python3 double_exponential.py | clang-format > double_exponential_table.h`
(needs mpmath). With 40 digits; doubles beyond t = 6.79 would overflow.
"""
from mpmath import mp, mpf, sinh, cosh, exp, pi

mp.dps = 40
STEPS = 64  # of t in 1
LAST = int(mpf('6.79') * STEPS)

print('''// Made by double_exponential.py; do not edit.
#pragma once

namespace jitegral::rules::double_exponential_table {

struct Row {
  double e;     // exp(u), u = pi/2 sinh(t)
  double s;     // sinh(u)
  double rate;  // du/dt = pi/2 cosh(t)
};
''')
print(f'inline constexpr int steps = {STEPS};  // of t in 1; row j is for t = j / steps')
print('inline constexpr Row rows[] = {')
for j in range(LAST + 1):
    t = mpf(j) / STEPS
    u = pi / 2 * sinh(t)
    print(f'    {{{float(exp(u))!r}, {float(sinh(u))!r}, {float(pi / 2 * cosh(t))!r}}},')
print('''};

}  // namespace jitegral::rules::double_exponential_table''')
