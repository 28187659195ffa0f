"""What a point of a left Riemann sum costs, over the number of points: bench/cost_over_n.svg.

One thread; a formula whose grid is taken apart and one that is evaluated point by point. What compiles has compiled
before. Drawn by gnuplot, as jitegral's own pictures are.
"""

import shutil

from against.sums import Formula, exact, pure_python, with_threads, without_threads
from rounds import Skipped, output
from workshop import HERE

FORMULAS = [
    Formula("cos(x)"),
    Formula("exp(sin(x)*cos(3*x))/(1 + x^4)", "exp(sin(x)*cos(3*x))/(1 + x*x*x*x)"),
]
NUMBERS = [10**k for k in range(1, 9)]
MOST = {"pure Python": 10**6, "muParser": 10**7, "NumPy": 10**7, "numexpr": 10**7, "Numba": 10**7}  # time, memory
PLOT = """set terminal svg size 960,400 font 'sans-serif,12' background 'white'
set output '{picture}'
set multiplot layout 1,2
set key below samplen 2 maxrows 2
set logscale xy
set format x '10^{{%T}}'
set xlabel 'points'
set ylabel 'ns a point'
set grid
"""


def curves(shop, formula):
    """Nanoseconds a point, by number of points, by name."""
    found = {}
    for number in NUMBERS:
        starts = with_threads(shop, formula, 1, number) | without_threads(shop, formula, number)
        starts |= pure_python(shop, formula, number)
        starts = {name: start for name, start in starts.items() if number <= MOST.get(name, number)}
        for name, samples in shop.take_turns(starts, exact(shop, formula, number), 1e-11).items():
            found.setdefault(name, {})[number] = samples.seconds / number * 1e9
    return found


def panel(formula, found):
    """gnuplot's data blocks and the command that draws them."""
    blocks, lines = [], []
    for k, (name, points) in enumerate(found.items()):
        rows = "\n".join(f"{number} {nanoseconds:.4g}" for number, nanoseconds in points.items())
        blocks.append(f"$curve{k} << end\n{rows}\nend\n")
        lines.append(f"$curve{k} with linespoints lw {1 if k else 3} pt 7 ps {0.3 if k else 0.5} title '{name}'")
    return "".join(blocks) + f"set title '{formula.text}' noenhanced\nplot {', '.join(lines)}\n"


def markdown(shop):
    if not shutil.which("gnuplot"):
        raise Skipped("gnuplot is not installed")
    picture = HERE / "cost_over_n.svg"
    panels = [panel(formula, curves(shop, formula)) for formula in FORMULAS]
    output("gnuplot", input=PLOT.format(picture=picture) + "".join(panels))
    return f"![What a point costs over the number of points](bench/{picture.name})"
