"""What every Python program here shares: for each line it reads, a number, it calls work(number) for a while and
answers with the value and the median time. rounds.py asks."""

import statistics
import sys
import time


LONG_ENOUGH = 1e-4


def seconds(work, number, calls):
    before = time.perf_counter()
    for _ in range(calls):
        result = work(number)
    return result, time.perf_counter() - before


def serve(work):
    """As answer() in timing.h."""
    for line in sys.stdin:
        number = int(line)
        start = time.perf_counter()
        calls = 1
        result, taken = seconds(work, number, calls)
        while taken < LONG_ENOUGH:
            calls *= 2
            result, taken = seconds(work, number, calls)
        times = [taken / calls]
        while len(times) < 200 and time.perf_counter() - start < 0.02:
            times.append(seconds(work, number, calls)[1] / calls)
        print(f"{float(result):.17g}\t{statistics.median(times):.9g}", flush=True)
