"""The conversation on a terminal: prompt, values, history, lines that go on, commands, errors, Ctrl-C and Ctrl-D.

    repl.py PROGRAM SOURCE
"""
import os
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # the source folder stays as it is
from terminal import Terminal, expect, finish

ENDLESS = "integrate(cos, 0, 1, n_iter=10^15)"
UP, CTRL_C, CTRL_D = "\x1b[A", "\x03", "\x04"
PROMPT, GOES_ON = r"^> $", r"^\. $"
program = sys.argv[1]


class Conversation(Terminal):
    """A conversation that has greeted and shows its prompt."""

    def __init__(self, home):
        super().__init__([program], {"XDG_STATE_HOME": home, "HOME": home})
        self.greeting = self.prompt()

    def prompt(self, pattern=PROMPT, seconds=10):
        """What is shown up to a prompt that listens."""
        shown = self.until(pattern, seconds)
        if shown is not None:
            self.listens_to_keys()
        return shown

    def ask(self, text, pattern=PROMPT, seconds=10):
        """Types a line and gives what is shown up to the next prompt."""
        self.type(text + "\r")
        return self.prompt(pattern, seconds) or f"(no prompt; shown: {self.raw[self.read_to:]!r})"

    def gives(self, text, part):
        shown = self.ask(text)
        expect(part in shown, f"{text!r} shows {shown!r}, expected {part!r} in it")


def test_values(home):
    with Conversation(home) as talk:
        expect(talk.greeting and ":help" in talk.greeting, f"a greeting that tells of :help: {talk.greeting!r}")
        talk.gives("1 + 1", "= 2")
        talk.gives("a = 3", "= 3")
        talk.gives("f(x) = a*x", "")
        talk.gives("f(2)", "= 6")
        talk.gives("integrate(cos, 0, pi/2)", "converged")
        talk.gives("10*x for x in [1, 2]", "2                   20")
        talk.gives("", "")
        talk.gives("4; 5", "= 5")


def test_lines_that_go_on(home):
    with Conversation(home) as talk:
        talk.ask("(1 +", GOES_ON)
        talk.ask("2", GOES_ON)
        talk.gives(")", "= 3")
        talk.ask("7 *", GOES_ON)
        talk.gives("6", "= 42")
        talk.ask("(1 +", GOES_ON)
        expect("E105" in talk.ask(""), "an empty line ends what was left open")
        talk.gives("8", "= 8")


def test_history(home):
    with Conversation(home) as talk:
        talk.ask("123 + 1")
        talk.ask("5")
        talk.type(UP + UP)
        talk.gives("", "= 124")
        talk.type(":quit\r")
        talk.end()
    with Conversation(home) as talk:
        talk.type(UP + UP)  # :quit came last
        talk.gives("", "= 124")
    expect(os.path.exists(os.path.join(home, "jitegral", "history")), "history is kept in $XDG_STATE_HOME")


def test_editing(home):
    with Conversation(home) as talk:
        talk.type("23\x01" + "1\x05" + "4\x7f")  # to the start, to the end, delete
        talk.gives("", "= 123")


def test_commands(home):
    with Conversation(home) as talk:
        shown = talk.ask(":help")
        for command in (":help", ":quit", ":explain", ":functions"):
            expect(command in shown, f":help tells of {command}")
        talk.gives(":help sin", "sine")
        talk.gives(":help besselj", "besselj(n, x)")
        talk.gives(":help no_such_name", "E202")
        talk.gives(":functions", "polylog")
        talk.gives(":explain integrate(exp(-x), 0, inf)", "gauss_kronrod")
        talk.gives(":explain integrate(abs(x - 0.25), 0, 1)", "▲")
        talk.gives(":explain integrate(", "E105")
        talk.gives(":explain", "")
        talk.gives(":halp", "E603")
        talk.gives(":halp", "did you mean :help?")
        talk.gives(":", "E603")
        talk.gives("2 + 3", "= 5")


def test_errors(home):
    with Conversation(home) as talk:
        talk.gives("a = 3", "")
        shown = talk.ask("2 + coss(1)")
        expect("<input>:1:5: error E202" in shown and "^^^^" in shown, f"an error with carets: {shown!r}")
        expect("did you mean 'cos'?" in shown, f"and the nearest name: {shown!r}")
        talk.gives("a +* 1", "E103")
        talk.gives("a + 1", "= 4")
        talk.gives("integrate(1/x, 0, 1)", "divergent")
        talk.type(CTRL_D)
        expect(talk.end() == 0, f"errors do not change the exit status of a conversation: {talk.status}")


def test_interrupt(home):
    with Conversation(home) as talk:
        talk.gives("a = 17", "")
        talk.type(ENDLESS + "\r")
        expect(talk.until(r"%.*left"), "a progress line while it works")
        start = time.monotonic()
        talk.type(CTRL_C)
        shown = talk.prompt()
        seconds = time.monotonic() - start
        expect(shown, "Ctrl-C gives the prompt back")
        expect(seconds < 1, f"Ctrl-C took {seconds:.1f} s")
        expect("interrupted" in (shown or ""), f"Ctrl-C says what happened: {shown!r}")
        talk.gives("a", "= 17")
        talk.gives(f"b = {ENDLESS[:-1]}, time_limit = 0.1)", "budget")
        talk.gives("a + 1", "= 18")


def test_interrupt_of_a_line(home):
    with Conversation(home) as talk:
        talk.gives("a = 17", "")
        for _ in range(3):
            talk.type(CTRL_C)
            expect(talk.prompt(seconds=5), "Ctrl-C at an idle prompt gives a new prompt")
        talk.type("1 + nonsense")
        time.sleep(0.2)
        talk.type(CTRL_C)
        expect(talk.prompt(seconds=5), "Ctrl-C in a line gives a new prompt")
        talk.gives("a", "= 17")
        talk.ask("(1 + ", GOES_ON)
        talk.type(CTRL_C)
        expect(talk.prompt(seconds=5), "Ctrl-C in an open bracket gives a new prompt")
        talk.gives("a + 2", "= 19")


def test_interrupt_of_a_table(home):
    with Conversation(home) as talk:
        talk.type("integrate(cos(a*x), 0, 1, n_iter = 10^9) for a in 1..10^6\r")
        talk.until(r"a = 1|left", 20)
        talk.type(CTRL_C)
        expect(talk.prompt(seconds=5), "Ctrl-C stops a table")
        talk.gives("2 + 2", "= 4")


def test_end(home):
    for last in (CTRL_D, ":quit\r"):
        with Conversation(home) as talk:
            talk.type(last)
            expect(talk.end() == 0, f"{last!r} ends with 0: {talk.status}")


def main():
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory() as home:
                test(home)
    return finish()


if __name__ == "__main__":
    sys.exit(main())
