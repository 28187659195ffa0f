"""As many fixed grids of 10^6 points as asked for, on each Python thread. Usage: python_threads.py FORMULA THREADS"""

import math
import sys
from concurrent.futures import ThreadPoolExecutor

import jitegral
from timing import serve

integral = jitegral.compile(sys.argv[1]).integral(n_iter=10**6, n_jobs=1)
threads = int(sys.argv[2])
pool = ThreadPoolExecutor(threads)


def calls(count):
    return [integral(0, math.pi / 2).value for _ in range(count)]


def work(count):
    values = set().union(*pool.map(calls, [count] * threads))
    assert len(values) == 1
    return values.pop()


serve(work)
