#!/usr/bin/env python3
"""Measures jitegral against others on this machine and prints Markdown tables.

    bench/run.py                            all tables
    bench/run.py formulas threads           these
    bench/run.py --update README.md         puts each between its marks there, and draws bench/cost_over_n.svg

All of them take about ten minutes with five rounds. Needs the release build (`cmake --workflow --preset release`) and a
machine with little else to do: nobody is asked before it is idle, until patience ends. Competitors come with
`.ci/install bench`; those that are not there are left out with a word on standard error. They are built in a temporary
folder, everything is started, and then asked in turn, round by round: times and ratios are medians over rounds. Every
answer is checked.
"""

import argparse
import importlib
import pathlib
import sys
import tempfile
import time

import markdown
from rounds import Quiet, Skipped
from workshop import HERE, Workshop

TABLES = {
    "tasks": "against.tasks",
    "formulas": "against.formulas",
    "cost": "against.cost",
    "arrays": "against.arrays",
    "latency": "compile.latency",
    "threads": "scaling.threads",
    "kernels": "kernel.functions",
}


def options():
    modules = [f"{name}: {importlib.import_module(module).__doc__}" for name, module in TABLES.items()]
    parser = argparse.ArgumentParser(description="\n".join([__doc__, *modules]),
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"one of {', '.join(TABLES)}")
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build/release",
                        help="the folder of jitegral, libjitegral.so and the Python package; build/release")
    parser.add_argument("--rounds", type=int, default=5, help="%(default)s")
    parser.add_argument("--patience", type=float, default=120,
                        help="seconds in all that are waited for others to be done; %(default)s")
    parser.add_argument("--update", type=pathlib.Path, metavar="FILE", help="a Markdown file with marks")
    found = parser.parse_args()
    if unknown := set(found.tables) - set(TABLES):
        parser.error(f"no such table: {', '.join(unknown)}")
    if not (found.build / "jitegral").exists():
        parser.error(f"there is no jitegral in {found.build}")
    return found


def main():
    asked = options()
    quiet = Quiet(asked.patience)
    for name in asked.tables or TABLES:
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as out:
            shop = Workshop(asked.build.resolve(), pathlib.Path(out), asked.rounds, quiet)
            try:
                text = importlib.import_module(TABLES[name]).markdown(shop)
            except Skipped as problem:
                print(f"left out {name}: {problem}", file=sys.stderr)
                continue
        print(text, flush=True)
        print(f"{name} took {time.monotonic() - start:.0f} s", file=sys.stderr)
        if asked.update:
            markdown.update(asked.update, name, text)


if __name__ == "__main__":
    main()
