"""Usage: start_cython.py THREADS"""

import sys

import loop_cython

loop_cython.main(int(sys.argv[1]))
