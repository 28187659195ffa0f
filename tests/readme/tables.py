"""bench/run.py has a place in README.md for each table, and believes no time before the answer."""
import contextlib
import importlib
import io
import pathlib
import re
import sys
import tempfile

program, root = (pathlib.Path(p) for p in sys.argv[1:3])
sys.path.insert(0, str(root / "bench"))
import run  # noqa: E402
from against.sums import Formula, ours, pure_python  # noqa: E402
from rounds import Quiet  # noqa: E402
from workshop import Workshop  # noqa: E402

marks = re.findall(r"<!-- bench:(\w+) (begin|end) -->", (root / "README.md").read_text())
assert marks == [(name, word) for name in run.TABLES for word in ("begin", "end")], marks
for module in run.TABLES.values():
    assert importlib.import_module(module).markdown

POINTS = 100
exact = sum(1 / (1 + (k * 1.5707963267948966 / POINTS) ** 2) for k in range(POINTS)) * 1.5707963267948966 / POINTS
with tempfile.TemporaryDirectory() as out:
    shop = Workshop(program.parent, pathlib.Path(out), 2, Quiet(0))
    right, wrong = Formula("1/(1 + x^2)"), Formula("1/(1 + x)")
    starts = {
        "jitegral": lambda: ours(shop, right, 1, POINTS),
        **pure_python(shop, right, POINTS),
        "another formula": lambda: ours(shop, wrong, 1, POINTS),
        "not installed": lambda: shop.compiled(["no-such-compiler"], "against/loop_libmvec.c"),
    }
    with contextlib.redirect_stderr(io.StringIO()) as said:
        samples = shop.take_turns(starts, exact, 1e-13)
assert {name: len(taken) for name, taken in samples.items()} == {"jitegral": 2, "pure Python": 2}, samples
assert all(taken.seconds > 0 for taken in samples.values())
assert re.search("another formula: it answers.*not installed", said.getvalue(), re.S), said.getvalue()
