#!/usr/bin/env python3
"""ns a point of every function of vecmath beside glibc's libmvec, SLEEF and xsimd, as a Markdown table.

    bench/kernel/functions.py [--compiler clang++-22] [NAME...]

Each library's vectors of this CPU's full width go through the loop that a grid kernel is: one thread, 2^14 points,
medians of interleaved rounds. Sums are checked against libm; what is not installed is left out with a word on
standard error.
"""

import argparse
import collections
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

from markdown import table  # noqa: E402

SOURCES = HERE.parent.parent / "src" / "vecmath" / "bodies"
PROBES = {
    "LIBMVEC": ("int main() {}", ["-lmvec", "-lm"]),
    "SLEEF": ("#include <sleef.h>\nint main() {}", ["-lsleef"]),
    "XSIMD": ("#include <xsimd/xsimd.hpp>\nint main() {}", []),
}


def compile_and_link(compiler, source, out, *more):
    command = [compiler, "-std=c++23", "-O2", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-Wno-psabi",
               "-x", "c++", source, "-x", "none", "-o", str(out), *more]
    return subprocess.run(command, capture_output=True, text=True)


def build(compiler, folder):
    """The measuring program, with the libraries that are there."""
    bodies = "".join(f'#include "{body}"\n' for body in sorted(SOURCES.glob("*.cpp")))
    (folder / "vecmath_bodies.inc").write_text(bodies)
    flags, libraries = [], []
    for name, (text, link) in PROBES.items():
        probe = folder / "probe.cpp"
        probe.write_text(text)
        found = compile_and_link(compiler, str(probe), folder / "probe", *link).returncode == 0
        flags.append(f"-DWITH_{name}={int(found)}")
        libraries += link if found else []
        if not found:
            print(f"{name.lower()} is not installed", file=sys.stderr)
    out = folder / "functions"
    done = compile_and_link(compiler, str(HERE / "functions.cpp"), out, f"-I{folder}", *flags, *libraries)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return out


def markdown(_, compiler="clang++-22", names=()):
    with tempfile.TemporaryDirectory() as folder:
        program = build(compiler, pathlib.Path(folder))
        lines = subprocess.run([program, *names], check=True, capture_output=True, text=True).stdout
    cells = collections.defaultdict(dict)
    for line in lines.splitlines():
        name, library, nanoseconds, verdict = line.split("\t")
        cells[name][library] = nanoseconds if verdict == "right" else f"{nanoseconds} (wrong)"
    libraries = ["jitegral", "libmvec", "SLEEF", "xsimd"]
    rows = [[name, *(of_name.get(library, "") for library in libraries)] for name, of_name in cells.items()]
    return table(["ns a point", *libraries], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default="clang++-22")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    print(markdown(None, options.compiler, options.names))


if __name__ == "__main__":
    main()
