"""The tour of README.md, typed into a real terminal: the screen must be what README.md shows. Then what README.md is too
short for: history across sessions, search, completion, code listings, a table that is interrupted.

    tour.py PROGRAM SOURCE [--update]    --update writes the screen into README.md
"""
import re
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source folder stays as it is
import pyte

from terminal import Terminal, expect, finish

program, readme = sys.argv[1], Path(sys.argv[2]) / "README.md"
COLUMNS, ROWS = 100, 40
TAB, UP, CTRL_C, CTRL_D, CTRL_R = "\t", "\x1b[A", "\x03", "\x04", "\x12"
# What is typed, a line each; Tab completes inside a line.
TOUR = [
    f"integ{TAB}cos(x)*x, 0, pi/2)",
    "2*ans",
    "f(t) = exp(-t^2) *",
    "cos(t)",
    f"integrate(f, -inf, inf, to{TAB}1e-6)",
    "f(x) for x in 0..1 step 0.5",
    "integrate(sinn(x), 0, 1)",
    "?hypot",
    "plot f, sin(x)/x, -4..4",
    ":quit",
]
# What differs from run to run: who evaluated, how long it took, the machine.
VARIES = [(re.compile(r"(interpreter|native|interpreter\+native) · [\d.]+ \S?s\b"), "interpreter · 48 µs"),
          (re.compile(r"^jitegral [\d.]+ · .* · :help$", re.M), "jitegral · :help")]


class Screen(Terminal):
    """A conversation and the screen that a person sees."""

    def __init__(self, home):
        super().__init__([program], {"XDG_STATE_HOME": home, "HOME": home, "XDG_CONFIG_HOME": home, "LC_ALL": "C.UTF-8"},
                         (COLUMNS, ROWS))
        self.screen = pyte.HistoryScreen(COLUMNS, ROWS, history=100000, ratio=1)
        self.stream = pyte.ByteStream(self.screen)
        self.shown_to = 0

    def lines(self):
        """All lines since the start, those that scrolled away too."""
        self.stream.feed(self.raw[self.shown_to:])
        self.shown_to = len(self.raw)
        gone = ["".join(line[x].data for x in range(COLUMNS)) for line in self.screen.history.top]
        return [line.rstrip() for line in [*gone, *self.screen.display]]

    def text(self):
        return "\n".join(self.lines()).rstrip()

    def wait(self, pattern, seconds=20):
        """Until the last line shown is this."""
        def fits():
            return re.search(pattern + r"\Z", self.text())
        return self.when(fits, seconds)

    def prompt(self, seconds=20):
        found = self.wait(r"(?m)^[>.]", seconds)
        self.listens_to_keys()
        return found

    def ask(self, line, seconds=20):
        """What a line adds to the screen."""
        before = len(self.text().splitlines())
        for part in re.split(f"({TAB})", line):
            self.type(part)
        self.type("\r")
        self.when(lambda: len(self.text().splitlines()) > before, seconds)
        expect(self.prompt(seconds), f"a prompt after {line!r}: {self.text()[-300:]!r}")
        return "\n".join(self.text().splitlines()[before:])


def settled(text):
    for pattern, words in VARIES:
        text = pattern.sub(words, text)
    return text


def shown_in_readme():
    found = re.search(r"^```tour\n(.*?)^```", readme.read_text(), re.M | re.S)
    return found[1].rstrip() if found else ""


def test_tour(home):
    with Screen(home) as talk:
        talk.prompt()
        for line in TOUR[:-1]:
            talk.ask(line)
        talk.type(TOUR[-1] + "\r")
        talk.when(lambda: TOUR[-1] in talk.text(), 5)
        expect(talk.end() == 0, "the tour ends well")
        shown = settled(talk.text())
    if "--update" in sys.argv:
        block = re.compile(r"^```tour\n.*?^```$", re.M | re.S)
        readme.write_text(block.sub(lambda _: f"```tour\n{shown}\n```", readme.read_text(), count=1))
    for got, wanted in zip(shown.splitlines(), shown_in_readme().splitlines()):
        expect(got == wanted, f"the screen shows {got!r}, README.md {wanted!r}")
    expect(len(shown.splitlines()) == len(shown_in_readme().splitlines()), f"lines of the tour:\n{shown}")


def test_history_of_the_tour(home):
    """In the same home, after the tour."""
    with Screen(home) as talk:
        talk.prompt()
        talk.type(UP + UP)
        expect(talk.wait(r"> plot f, sin\(x\)/x, -4\.\.4"), f"Up brings back the tour: {talk.text()[-100:]!r}")
        talk.type(CTRL_C)
        talk.prompt()
        talk.type(CTRL_R + "cos(t)")
        found = "> f(t) = exp(-t^2) * cos(t)\nbck:cos(t)"
        expect(talk.when(lambda: found in talk.text(), 5), f"Ctrl-R finds it: {talk.text()[-100:]!r}")
        talk.type("\r")
        talk.prompt()
        expect("= 1" in talk.ask("f(0)"), "and a line brought back runs")
    mode = (Path(home) / "jitegral" / "history").stat().st_mode & 0o777
    expect(mode == 0o600, f"history is for its owner only: {mode:o}")


def test_completion(home):
    with Screen(home) as talk:
        talk.prompt()
        talk.type("bes" + TAB)
        expect(talk.wait(r"> bessel"), "Tab goes as far as it is clear")
        talk.type(TAB)
        expect(talk.when(lambda: "besselk(" in talk.text(), 5), "and then lists")
        talk.type("j(")
        expect(talk.when(lambda: "besselj(n, x)" in talk.text(), 5), "the signature shows while a call is open")
        talk.type("0, 1)\r")
        expect(talk.when(lambda: "= 0.765" in talk.text(), 5), "what was completed runs")
        talk.prompt()
        talk.ask("my_function(a, b) = a + b")
        expect("= 3" in talk.ask(f"my_{TAB}1, 2)"), "Tab knows definitions")
        expect("plot_points" in talk.ask(f":se{TAB}plot{TAB}"), "Tab knows commands and settings")


def test_commands(home):
    with Screen(home) as talk:
        talk.prompt()
        expect("integral of exp(-x)" in talk.ask(":explain integrate(exp(-x), 0, inf)"), ":explain")
        expect("define" in talk.ask(":ir cos(x)*x"), ":ir shows LLVM IR")
        expect("formula_batch" in talk.ask(":asm x*x + 1"), ":asm shows machine code")
        talk.ask("a = 3; g(x) = a*x")
        expect("g(x) = a*x" in talk.ask(":vars"), ":vars")
        expect("tol must be a number" in talk.ask(":set tol x"), ":set refuses what makes no sense")
        talk.ask(":set tol 1e-3")
        expect("= 0.001" in talk.ask(":set tol"), ":set tells")
        expect("to run" in talk.ask(":time integrate(g, 0, 1)"), ":time")
        expect("runs" in talk.ask(":bench 1 + 1"), ":bench")
        talk.ask(f":save {home}/saved.jtg")
        talk.ask("a = 4")
        talk.ask(f":load {home}/saved.jtg")
        expect("= 3" in talk.ask("a"), ":load runs what :save wrote")
        expect("arcsin" in talk.ask("??inverse"), "?? searches")


def test_pasted_text(home):
    with Screen(home) as talk:
        talk.prompt()
        expect("= 3" in talk.ask("> 1 + 2"), "a pasted prompt")
        expect("= 4" in talk.ask("In[3]:= 1 + 3"), "another program's prompt")
        before = talk.text()
        talk.ask("= 4   %2")
        expect("error" not in talk.text()[len(before):], "a pasted result is passed over")


def test_interrupted_table(home):
    with Screen(home) as talk:
        talk.prompt()
        talk.type("integrate(cos(a*x), x = 0..1, n_iter = 10^9) for a in 1..10^6\r")
        rows = re.compile(r"(?m)^\d+ +-?[\d.e-]+$")
        expect(talk.when(lambda: len(rows.findall(talk.text())) >= 3, 30), f"rows come one by one: {talk.text()!r}")
        talk.type(CTRL_C)
        expect(talk.prompt(), "Ctrl-C gives the prompt back")
        expect(len(rows.findall(talk.text())) >= 3 and "interrupted" in talk.text(), "the finished rows stay")
        expect("= 4" in talk.ask("2 + 2"), "and the session lives")


def test_startup_file(home):
    folder = Path(home) / "jitegral"
    folder.mkdir(exist_ok=True)
    (folder / "jtgrc").write_text("k = 40\n:set tol 1e-4\n")
    with Screen(home) as talk:
        talk.prompt()
        expect("= 42" in talk.ask("k + 2"), "the start-up file has run")
        expect("0.0001" in talk.ask(":set tol"), "with its commands")


def main():
    tests = {name: test for name, test in globals().items() if name.startswith("test_")}
    with tempfile.TemporaryDirectory() as home:
        tests.pop("test_tour")(home)
        tests.pop("test_history_of_the_tour")(home)
    for test in tests.values():
        with tempfile.TemporaryDirectory() as home:
            test(home)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
