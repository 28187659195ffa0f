"""The left Riemann sum of a formula over 0..pi/2, by jitegral and by others."""

import os
import re
from dataclasses import dataclass
from functools import partial

from rounds import Peer
from workshop import CXX

GCC = ["gcc", "-Ofast", "-march=native", "-fopenmp"]
CLANG = ["clang-22", "-O3", "-ffast-math", "-fveclib=libmvec", "-march=native", "-fopenmp"]


@dataclass(frozen=True)
class Formula:
    text: str
    in_c: str = ""  # where it is not the same

    @property
    def c(self):
        return self.in_c or self.text

    @property
    def wide(self):
        """In C with the functions of long double, whose names have an l at the end."""
        return re.sub(r"([a-z]+)\(", r"\1l(", self.c)

    @property
    def python(self):
        return self.text.replace("^", "**")

    @property
    def callable(self):
        """In Python, as one hands a function over."""
        one_name = re.fullmatch(r"(\w+)\(x\)", self.text)
        return one_name[1] if one_name else f"lambda x: {self.python}"


def loop(shop, compiler, formula, threads, number):
    name = f"loop_{compiler[0]}_{threads}"
    program = shop.compiled([*compiler, f"-DTERM={formula.c}"], "against/loop_libmvec.c", "-lmvec", "-lm", name=name)
    return Peer([program, threads], number)


def muparser(shop, formula, threads, number):
    """Its bulk mode takes as many OpenMP threads as it may."""
    program = shop.compiled(CXX, "against/loop_muparser.cpp", "-lmuparser")
    return Peer([program, formula.text], number, dict(os.environ, OMP_NUM_THREADS=str(threads)))


def exact(shop, formula, number):
    """The same sum in long double."""
    program = Peer([shop.compiled(["gcc", "-O2", f"-DTERM={formula.wide}"], "against/loop_exact.c", "-lm")], number)
    value = program.sample().value
    program.close()
    return value


def ours(shop, formula, threads, number):
    return shop.statement(f"integrate({formula.text}, x = 0..pi/2, n_iter = {number}, n_jobs = {threads})")


def with_threads(shop, formula, threads, number):
    """Functions that start jitegral and those who can use threads, by name."""
    return {
        "jitegral": partial(ours, shop, formula, threads, number),
        "gcc, libmvec": partial(loop, shop, GCC, formula, threads, number),
        "clang, libmvec": partial(loop, shop, CLANG, formula, threads, number),
        "Numba": partial(shop.python, "against/loop_numba.py", formula.python, threads, number=number),
        "numexpr": partial(shop.python, "against/loop_numexpr.py", formula.python, threads, number=number),
        "muParser": partial(muparser, shop, formula, threads, number),
    }


def without_threads(shop, formula, number):
    return {"NumPy": partial(shop.python, "against/loop_numpy.py", formula.python, number=number)}


def pure_python(shop, formula, number):
    return {"pure Python": partial(shop.python, "against/loop_python.py", formula.callable, number=number)}
