#!/usr/bin/env python3
"""The integrals of tests/api/generator_test.cpp in large numbers: how many are right, how many say that they did not
converge, how many are wrong.

    bench/integral/generator.py --test build/test/tests/api_test [--count 10000] [--first 0]

A line a family, and before it one line for each failure, which reproduces it. Exit status 1 if one answer is wrong or
a family has less than 99.5 % right.
"""

import argparse
import collections
import os
import re
import subprocess
import sys

CASES = "-tc=what is differentiated is integrated back,the families of Lyness and Kaganove"
TALLY = re.compile(r"family (.*): (\d+) right, (\d+) honest, (\d+) wrong")
CHUNK = 1000


def run(test, first, count):
    environment = {**os.environ, "JITEGRAL_FIRST": str(first), "JITEGRAL_INSTANCES": str(count)}
    return subprocess.run([test, CASES], capture_output=True, text=True, env=environment).stdout


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--test", required=True)
    arguments.add_argument("--count", type=int, default=10_000)
    arguments.add_argument("--first", type=int, default=0)
    options = arguments.parse_args()
    tallies = collections.defaultdict(lambda: [0, 0, 0])
    end = options.first + options.count
    for first in range(options.first, end, CHUNK):
        for line in run(options.test, first, min(CHUNK, end - first)).splitlines():
            if found := TALLY.search(line):
                tallies[found[1]] = [a + int(b) for a, b in zip(tallies[found[1]], found.groups()[1:])]
            elif "integrate(" in line:
                print(line[line.index("integrate("):], flush=True)
    good = bool(tallies)
    for name, (right, honest, wrong) in tallies.items():
        print(f"{name}: {right} right, {honest} honest, {wrong} wrong")
        good = good and wrong == 0 and right >= 0.995 * (right + honest)
    return 0 if good else 1


sys.exit(main())
