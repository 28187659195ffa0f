#!/usr/bin/env python3
"""How much faster a fixed grid of 10^8 points is on two threads than on one, and whether the answer is the same.

    bench/scaling/threads.py --jitegral build/release/jitegral [--threads 2] [--rounds 5]

Rounds alternate between the two numbers of threads; the ratio is the median over rounds.
"""

import argparse
import json
import statistics
import subprocess


def run(jitegral, threads):
    statement = f"integrate(cos(x)*x, 0, pi/2, n_iter=10^8, n_jobs={threads})"
    text = subprocess.run([jitegral, "--json", statement], capture_output=True, text=True, check=True).stdout
    row = json.loads(text.splitlines()[-1])
    return row["seconds"], row["value"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jitegral", default="jitegral")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    one, many, values = [], [], set()
    for _ in range(options.rounds):
        for threads, seconds in ((1, one), (options.threads, many)):
            time, value = run(options.jitegral, threads)
            seconds.append(time)
            values.add(value)
    ratio = statistics.median(a / b for a, b in zip(one, many))
    print(f"1 thread: {statistics.median(one):.4f} s, {options.threads} threads: {statistics.median(many):.4f} s")
    print(f"ratio: {ratio:.2f}")
    print("the same bits" if len(values) == 1 else f"different answers: {sorted(values)}")
    return 0 if len(values) == 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
