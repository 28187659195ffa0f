"""Where programs are built and found: jitegral's build folder, a temporary folder for the others."""

import os
import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass

from rounds import Peer, Quiet, Skipped, Statement, output, take_turns

HERE = pathlib.Path(__file__).resolve().parent


def find_python():
    """This interpreter if it has NumPy, else the system's: competitors may be installed for that one only."""
    for interpreter in (sys.executable, "/usr/bin/python3"):
        found = os.path.exists(interpreter)
        if found and subprocess.run([interpreter, "-c", "import numpy"], capture_output=True).returncode == 0:
            return interpreter
    return sys.executable


PYTHON = find_python()
C = ["gcc", "-O3", "-march=native"]
CXX = ["g++", "-std=c++20", "-O3", "-march=native"]


@dataclass
class Workshop:
    build: pathlib.Path  # has jitegral, libjitegral.so and the Python package
    out: pathlib.Path
    rounds: int
    quiet: Quiet

    @property
    def jitegral(self):
        return str(self.build / "jitegral")

    def statement(self, text):
        return Statement(self.jitegral, text)

    def take_turns(self, starts, right, tolerance, often=1):
        """Those that are quickly asked take more rounds."""
        return take_turns(starts, often * self.rounds, self.quiet, right, tolerance)

    def compiled(self, compiler, source, *libraries, name=None):
        """The program that a source becomes."""
        program = self.out / (name or pathlib.Path(source).stem)
        if not shutil.which(compiler[0]):
            raise Skipped(f"{compiler[0]} is not installed")
        output(*compiler, f"-I{HERE}", str(HERE / source), "-o", str(program), *libraries)
        return program

    def with_jitegral(self, source):
        """A C++ program with our library."""
        folder = self.build.resolve()
        return self.compiled([*CXX, f"-I{HERE.parent}/src/api/include"], source, f"-L{folder}", f"-Wl,-rpath,{folder}",
                             "-ljitegral")

    def python(self, source, *arguments, number=1):
        """A Python program that finds timing.py, what was built here, and our package."""
        places = os.pathsep.join(map(str, (HERE, self.out, self.build / "python")))
        environment = dict(os.environ, PYTHONPATH=places, PYTHONDONTWRITEBYTECODE="1")
        return Peer([PYTHON, HERE / source, *arguments], number, environment)
