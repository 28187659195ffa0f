"""What every Python competitor shares: the median time of enough repeats, and the line run.py reads."""

import statistics
import time


def measure(name, task, threads, work, repeats=51, patience=3.0):
    """Calls work() `repeats` times; after `patience` seconds three times are enough."""
    result = work()
    seconds = []
    start = time.perf_counter()
    while len(seconds) < repeats and (len(seconds) < 3 or time.perf_counter() - start < patience):
        before = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - before)
    print(f"{name}\t{task}\t{threads}\t{float(result):.17g}\t{statistics.median(seconds):.9g}")
