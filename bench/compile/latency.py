#!/usr/bin/env python3
"""How long a formula takes from text to machine code, for many different formulas in one process.

    bench/compile/latency.py --jitegral build/release/jitegral [--count 200]

No two formulas are the same, so no cache helps; the first ones, which start up the compiler, are left out.
"""

import argparse
import json
import statistics
import subprocess


def compile_times(jitegral, count, warm_up=10):
    factors = [1 + k / 10000 for k in range(1, count + warm_up + 1)]
    statements = [f"integrate(cos(x*{factor:.4f})*x, 0, pi/2, n_iter=10^6, n_jobs=1)" for factor in factors]
    command = [jitegral, "--json", "; ".join(statements)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    if len(rows) != len(statements):
        raise SystemExit(f"{len(statements)} statements, but {len(rows)} answers")
    return [row["compile_seconds"] for row in rows[warm_up:]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jitegral", default="jitegral")
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    times = sorted(compile_times(options.jitegral, options.count))
    median, p90 = statistics.median(times), times[int(0.9 * (len(times) - 1))]
    print(f"{len(times)} formulas: median {1e3 * median:.3f} ms, p90 {1e3 * p90:.3f} ms")


if __name__ == "__main__":
    main()
