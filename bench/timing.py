"""What every Python program here shares: for each line it reads, a number, it calls work(number) for a while and
answers with the value and the median time. rounds.py asks."""

import statistics
import sys
import time


def seconds(work, number, batch=1):
    before = time.perf_counter()
    for _ in range(batch):
        result = work(number)
    return result, (time.perf_counter() - before) / batch


def serve(work):
    """20 milliseconds an answer, in batches so that the clock does not matter; the first time does not count if there
    are more."""
    for line in sys.stdin:
        number = int(line)
        start = time.perf_counter()
        result, once = seconds(work, number)
        batch = 1 + int(1e-4 / once)
        times = []
        while len(times) < 100 and time.perf_counter() - start < 0.02:
            result, taken = seconds(work, number, batch)
            times.append(taken)
        print(f"{float(result):.17g}\t{statistics.median(times or [once]):.9g}", flush=True)
