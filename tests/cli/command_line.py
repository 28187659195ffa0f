"""The command line: exit statuses, JSON, where results and errors go, options, interrupts, time limits, progress.

    command_line.py PROGRAM SOURCE
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the source folder stays as it is
from terminal import Terminal, expect, run_tests

ENDLESS = "integrate(cos, 0, 1, n_iter=10^15)"
FIELDS = {"statement": str, "value": (float, int, type(None)), "error": (float, int, type(None)), "status": str,
          "method": str, "evaluations": int, "n_jobs": int, "tier": str, "seconds": float, "compile_seconds": float,
          "warnings": list}
program = sys.argv[1]


def run(*arguments, text="", **more):
    return subprocess.run([program, *arguments], input=text, capture_output=True, text=True, timeout=60, **more)


def json_of(*arguments, **more):
    return [json.loads(line) for line in run("--json", *arguments, **more).stdout.splitlines()]


# arguments, exit status, standard output (None: not looked at), a part of standard error ("" means: empty)
CASES = [
    (["1 + 1"], 0, "2\n", ""),
    (["1", "2; 3", "a = 4", "a + 1"], 0, "1\n2\n3\n5\n", ""),
    (["a = 1", "f(x) = x"], 0, "", ""),
    (["-3 + 4"], 0, "1\n", ""),
    (["-x", "1"], 2, "", "-x"),
    (["0.1 + 0.2"], 0, "0.30000000000000004\n", ""),
    (["1/3"], 0, "0.3333333333333333\n", ""),
    (["2^60", "2^53"], 0, "1.152921504606847e+18\n9007199254740992\n", ""),
    (["5e-324"], 0, "5e-324\n", ""),
    (["1/0", "-1/0"], 0, "inf\n-inf\n", ""),
    (["--", "0/0", "-(0/0)", "nan", "-nan"], 0, "nan\nnan\nnan\nnan\n", ""),
    (["10*x for x in [1, 2]"], 0, "1\t10\n2\t20\n", ""),
    (["x + y for x in [1, 2] for y in [3]"], 0, "1\t3\t4\n2\t3\t5\n", ""),
    (["integrate(cos(x)*x, 0, pi/2, tol = 1e-3)"], 0, None, ""),
    (["integrate(1/x, 0, 1)"], 1, None, "warning"),
    (["integrate(cos, 0, 1, max_evals = 1)"], 1, None, "budget"),
    (["integrate(1/x, 0, 1, n_iter = 4)"], 1, "inf\n", "non_finite"),
    (["integrate(1/x, 0, 1, n_iter = 4)", "1 +* 2"], 2, "inf\n", "E103"),
    (["foo(1)"], 2, "", "<input>:1:1: error E202"),
    (["1", "foo(1)", "2"], 2, "1\n2\n", "<input>:2:1: error E202"),
    (["a = 3", "a = coss(1)", "a"], 2, "3\n", "did you mean 'cos'?"),
    (["f(x) = x + 1", "f(x) = x +* 1; f(1)"], 2, "2\n", "E103"),
    (["--cpu", "nonsense", "1"], 2, "", "E501"),
    (["-f", "/does/not/exist"], 2, "", "E601"),
    (["-f", "/"], 2, "", "E601"),
    (["--no-such-option"], 2, "", "--no-such-option"),
    (["1", "--no-such-option"], 2, "", "--no-such-option"),
    (["--tol", "2", "1"], 2, "", "--tol"),
    (["--tol", "nan", "1"], 2, "", "--tol"),
    (["--time-limit", "-1", "1"], 2, "", "--time-limit"),
    (["--time-limit", "nan", "1"], 2, "", "--time-limit"),
    (["--n-jobs", "-1", "1"], 2, "", "--n-jobs"),
    (["--n-jobs", "1.5", "1"], 2, "", "--n-jobs"),
    (["functions", "no_such_function"], 2, "", "E202"),
    (["explain", "integrate("], 2, "", "E105"),
    (["explain"], 2, "", ""),
    (["compile", "f(x) = x"], 2, "", "--output"),
    (["-pi"], 0, "-3.141592653589793\n", ""),
    (["2", "-pi*0", "ans + 1"], 0, "2\n-0\n1\n", ""),
    (["-e", "3", "-e", "ans + %1"], 0, "3\n6\n", ""),
    (["ans"], 2, "", "E212"),
    (["-e"], 2, "", "E604"),
    (["--format", "xml", "1"], 2, "", "--format"),
    (["--color", "always", "1 +* 2"], 2, "", "\x1b[31merror E103"),
    (["--color", "never", "1"], 0, "1\n", ""),
    (["help"], 2, "", ""),
    (["help", "e202"], 0, None, ""),
    (["plot", "sin(x)"], 2, "", "E314"),
    (["plot", "sin(x), 0..1", "-o", "picture.gif"], 2, "", "E604"),
    (["plot", "sin(x), 0..1", "-o", "/no/such/folder/p.svg"], 2, "", "E602"),
    (["--format", "csv", "x^2 for x in [1, 2]", "1"], 0,
     "x,value,error,status\n1,1,,value\n2,4,,value\nvalue,error,status\n1,,value\n", ""),
]


def test_cases():
    for arguments, status, output, error in CASES:
        done = run(*arguments)
        name = f"{arguments}: "
        expect(done.returncode == status, f"{name}exit status {done.returncode}, expected {status}")
        expect(output is None or done.stdout == output, f"{name}printed {done.stdout!r}, expected {output!r}")
        expect(error in done.stderr, f"{name}standard error is {done.stderr!r}, expected {error!r} in it")
        expect(status or not done.stderr, f"{name}all fine, but standard error is {done.stderr!r}")
        expect(status != 2 or done.stderr, f"{name}refused without a word")
        plain = "\x1b" not in done.stdout + done.stderr
        expect(plain or "always" in arguments, f"{name}escape codes without a terminal")


def test_input():
    expect(run(text="1 + 1\na = 5\na\n").stdout == "2\n5\n", "statements from standard input")
    expect(run(text="1 +\n").returncode == 2, "an error in standard input")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.jtg"
        path.write_text("a = 5\n\na*2\nb +\n")
        done = run("-f", str(path))
        expect(done.stdout == "10\n", "-f runs a file")
        expect(done.stderr.startswith(f"{path}:4:4: error E104"), f"-f names the file: {done.stderr!r}")
        done = run("-f", str(path), "a + 1")
        expect(done.stdout == "10\n6\n", f"statements after -f know its definitions: {done.stdout!r}")
        expect(run("-f", str(path), text="99").stdout == "10\n", "-f does not read standard input")


def test_order_of_inputs():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.jtg"
        path.write_text("#!/usr/bin/env -S jitegral -f\n20\n")
        done = run("-e", "10", "-f", str(path), "-e", "30", "%1 + %2 + %3")
        expect(done.stdout == "10\n20\n30\n60\n", f"files and statements run as they stand: {done.stdout!r}")
        expect(run("1", "-f", "-", "3", text="2\n").stdout == "1\n2\n3\n", "-f - is standard input")
        expect(run("1", "-", "3", text="2\n").stdout == "1\n2\n3\n", "- is standard input")
        path.chmod(0o755)
        done = subprocess.run([str(path)], capture_output=True, text=True,
                              env=os.environ | {"PATH": f"{Path(program).resolve().parent}:{os.environ['PATH']}"})
        expect(done.stdout == "20\n", f"a script with #! runs by itself: {done}")


def test_statements_run_as_they_come():
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        for line, answer in (("1 + 1\n", "2\n"), ("f(x) =\nx^2; f(3)\n", "9\n"), ("(1 +\n\n2)\n", "3\n")):
            process.stdin.write(line)
            process.stdin.flush()
            expect(process.stdout.readline() == answer, f"{line!r} is answered before the input ends")
        process.stdin.write("7")
        process.stdin.close()
        expect(process.stdout.read() == "7\n", "the last line needs no newline")
    done = run(text="1\n2\n\ncoss(1)\n")
    expect("<input>:4:1" in done.stderr, f"lines are counted from the start: {done.stderr!r}")


def test_numerical_trouble():
    """What is not finite is underlined, and the point told."""
    cases = [("integrate(3 + sqrt(x - 4)*x, 2, 6, n_iter = 4)", "sqrt(x - 4)", "nan", "x = 2"),
             ("integrate(2*(1/x), 0, 1, n_iter = 4)", "1/x", "inf", "x = 0"),
             ("integrate(log(y - x), x = 0..1, y = 0..1, n_iter = 4)", "log(y - x)", None, "y = 0, x = 0")]
    for text, part, value, place in cases:
        done = run(text)
        column = text.index(part) + 1
        expect(f"<input>:1:{column}: warning W701: '{part}' is {value or '-inf'} at {place}\n" in done.stderr,
               f"{text}: {done.stderr!r}")
        expect(f"| {' ' * (column - 1)}{'^' * len(part)}\n" in done.stderr, f"{text}: carets: {done.stderr!r}")
    done = run("f(t) = 2*log(t - 5)", "integrate(f, 2, 6, n_iter = 4)")
    expect("W701" in done.stderr and "log(" in done.stderr, f"inside a definition: {done.stderr!r}")
    record = json_of(cases[0][0])[0]
    expect("'sqrt(x - 4)' is nan at x = 2" in record["warnings"], f"in JSON: {record['warnings']}")


def test_pictures():
    text = run("f(x) = x", "plot f, sin(x), 0..1").stdout
    expect("⠉" in text or "⣀" in text or "⡠" in text, f"braille dots: {text!r}")
    expect(len(text.splitlines()) > 10 and "f, sin(x)" in text, f"a picture with a legend: {text!r}")
    record = json.loads(run("--json", "plot integrate(2*t, 0, u), u = 0..3").stdout)
    expect(record["variable"] == "u" and abs(record["y"][-1] - 9) < 1e-9, f"an integral over its limit: {record}")
    rows = run("--format", "csv", "plot a*x for a in [1, 2] for x in 0..2").stdout.splitlines()
    expect(rows == ["curve,x,value", "1,0,0", "1,1,1", "1,2,2", "2,0,0", "2,1,2", "2,2,4"], f"a family: {rows}")
    with tempfile.TemporaryDirectory() as folder:
        for ending, start in (("svg", b"<?xml"), ("png", b"\x89PNG")):
            path = Path(folder) / f"picture.{ending}"
            done = run("plot", "f(x) = 1/x", "f, -1..1", "-o", str(path))
            drawn = path.read_bytes() if path.exists() else b""
            expect(done.returncode == 0 and drawn.startswith(start), f"a {ending}: {done.stderr!r}")


def explanation_on_terminal(statement, size=(80, 24)):
    with Terminal([program, "explain", statement], {"NO_COLOR": "1"}, size) as terminal:
        terminal.end()
        return terminal.raw.decode().replace("\r", "")


def marks_of(shown):
    """Columns of the marks under the axis, and the values in the line below."""
    lines = shown.splitlines()
    row = next((i for i, line in enumerate(lines) if "▲" in line), None)
    if row is None:
        return [], []
    return [i for i, c in enumerate(lines[row]) if c == "▲"], lines[row + 1].split()


def test_explanations_have_pictures():
    left, width = 12, 67  # of the axis, on 80 columns
    shown = explanation_on_terminal("integrate(abs(x - 0.3)/sqrt(1 - x), 0, 1)")
    columns, values = marks_of(shown)
    expect(values == ["0.3", "1"], f"found points under the axis: {values}")
    expect(columns == [left + round(0.3*(width - 1)), left + width - 1], f"where they are: {columns}")
    expect(shown.index("target:") < shown.index("▲"), "the picture stands after the facts")
    expect(max(map(len, shown.splitlines()[-22:])) <= 80, "it fits the terminal")
    _, values = marks_of(explanation_on_terminal("integrate(exp(-(x - 1e4)^2), -inf, inf)"))
    expect("10000" in values, f"a far peak is marked: {values}")
    ends = explanation_on_terminal("integrate(exp(-(x - 1e4)^2), -inf, inf)").splitlines()[-1].split()
    expect(9990 < float(ends[0]) < 1e4 < float(ends[-1]) < 10010, f"drawn where its mass is: {ends}")
    ends = explanation_on_terminal("integrate(exp(-x^2), -inf, 1e308)").splitlines()[-1].split()
    expect(-10 < float(ends[0]) < 0 < float(ends[-1]) < 10, f"a long range is like an infinite one: {ends}")
    ends = explanation_on_terminal("integrate(exp(-x/1000), 0, inf)").splitlines()[-1].split()
    expect(float(ends[0]) == 0 and 3000 < float(ends[-1]) < 20000, f"a half line: {ends}")
    for statement in ("1 + 1", "f(a) = integrate(a*x, 0, 1)", "integrate(x*y, x = 0..1, y = 0..x)",
                      "integrate(log(-1 - x^2), 0, 1)", "integrate(x, 1, 1)", "integrate(x, 0, nan)", "integrate(x, -1e308, 1e308)"):
        expect("┤" not in explanation_on_terminal(statement), f"{statement}: nothing to draw")
    expect("┤" in explanation_on_terminal("integrate(1/x^2, 0, inf)"), "divergent ones are drawn")
    for plain in (["explain", "integrate(abs(x), -1, 1)"], ["--json", "explain", "integrate(abs(x), -1, 1)"]):
        expect("┤" not in run(*plain).stdout, "a pipe gets words only")


def test_pictures_of_explanations_as_files():
    order = ["explain", "integrate(1/sqrt(abs(x - 0.375)), 0, 1)", "-o"]
    with tempfile.TemporaryDirectory() as folder:
        svg, png = Path(folder) / "found.svg", Path(folder) / "found.png"
        done = run(*order, str(svg))
        text = svg.read_text() if svg.exists() else ""
        expect(done.returncode == 0 and "found: " in done.stdout, f"words and a file: {done}")
        expect("stroke='rgb(102, 102, 102)' stroke-dasharray" in text and "0.375</tspan>" in text, "a dashed line at what was found, named")
        values = [float(v) for v in re.findall(r"<text><tspan[^>]*>\s*(-?[\d.]+)</tspan>", text)]
        expect(values and max(values) < 1000, f"the pole is cut off: {values}")
        run(*order, str(png))
        expect(png.exists() and png.read_bytes().startswith(b"\x89PNG"), "a .png")
        for where, code in (("/no/such/folder/p.svg", "E602"), ("p.gif", "E604")):
            done = run(*order, where)
            expect(done.returncode == 2 and code in done.stderr, f"{where}: {done.stderr!r}")
        done = run("explain", "1 + 1", "-o", str(Path(folder) / "none.svg"))
        expect(done.returncode == 2 and "E605" in done.stderr, f"nothing to draw into a file: {done.stderr!r}")


def test_staying():
    with tempfile.TemporaryDirectory() as home:
        quiet = {"HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home}
        with Terminal([program, "-i", "-e", "a = 5"], quiet) as terminal:
            expect(terminal.until(r"^> $"), "-i converses afterwards")
            terminal.listens_to_keys()
            terminal.type("a + ans\r")
            expect(terminal.until(r"= 10"), f"and knows what has run: {terminal.raw!r}")
        expect(run("-i", "-e", "a = 5", text="a + 1\n").stdout == "5\n6\n" or
               run("-i", "-e", "a = 5", text="a + 1\n").stdout == "6\n", "-i reads a pipe")


def test_tables_on_a_terminal():
    with Terminal([program, "x^2 for x in [1, 20, 300]"]) as terminal:
        terminal.end()
        shown = terminal.raw.decode().replace("\r", "")
        columns = [line.split() for line in re.sub(r"\x1b\[\d*m", "", shown).splitlines()]
        expect(columns == [["x", "value"], ["1", "1"], ["20", "400"], ["300", "90000"]], f"a header: {shown!r}")
        expect("\x1b[2m" in shown, "in colour")
    with Terminal([program, "x^2 for x in [1]"], {"NO_COLOR": "1"}) as terminal:
        terminal.end()
        expect(b"\x1b" not in terminal.raw, "no colour with NO_COLOR")


def test_json():
    for record in json_of("a = 3", "f(x) = x^a", "f(2)", "1/0", "integrate(f, 0, 1)", "integrate(f, 0, 1, n_iter = 8)",
                          "integrate(1/x, 0, 1)"):
        name = f"--json {record.get('statement')!r}: "
        expect(list(record) == list(FIELDS), f"{name}fields {list(record)}")
        for field, kind in FIELDS.items():
            value = record.get(field)
            expect(isinstance(value, kind) and not isinstance(value, bool), f"{name}{field} is {value!r}")
    one, grid, poor = json_of("integrate(cos, 0, 1)", "integrate(cos, 0, 1, n_iter = 100)", "integrate(1/x, 0, 1)")
    expect(one["status"] == "converged" and 0 <= one["error"] < 1e-10, "a converged integral has an error")
    expect(one["statement"] == "integrate(cos, 0, 1)" and one["method"] == "gauss_kronrod", "statement and method")
    expect(grid["status"] == "fixed" and grid["error"] is None and grid["evaluations"] == 100, "a fixed grid has none")
    expect(grid["method"] == "left", "the method of a grid is its rule")
    expect(poor["warnings"] and all(isinstance(w, str) for w in poor["warnings"]), "a poor result comes with warnings")
    rows = json_of("a*b for a in [1, 2] for b in 0..1 step 0.5")
    expect([row["at"] for row in rows] == [{"a": a, "b": b} for a in (1, 2) for b in (0, 0.5, 1)], "at of a table")
    expect([row["value"] for row in rows] == [0, 0.5, 1, 0, 1, 2], "values of a table")
    expect(all(set(row) == set(FIELDS) | {"at"} for row in rows), "fields of a row")


def test_json_errors():
    done = run("--json", "1", "2 + coss(1)", "3")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    expect(done.returncode == 2 and len(records) == 3, "--json: an error is one of the lines")
    error = records[1] if len(records) == 3 else {}
    expect({"error_code", "message", "line", "column"} <= set(error), f"--json: fields of an error: {error}")
    expect((error.get("error_code"), error.get("line"), error.get("column")) == ("E202", 2, 5), f"its place: {error}")
    expect(done.stderr == "", "--json: nothing on standard error")


def test_same_bits():
    text = ["integrate(exp(-x^2)*sin(3*x), 0, 2, n_iter = 10^5)", "integrate(log(1 + x)/x^0.3, 0, 1)",
            "integrate(tan(x)*x^1.7, 0.1, 1)"]
    native = run(*text).stdout
    for cpu in ("x86-64-v3", "x86-64-v2", "x86-64"):
        done = run("--cpu", cpu, *text)
        fast = cpu == "x86-64-v3" or done.returncode == 0
        expect(not fast or done.stdout == native, f"--cpu {cpu}: {done.stdout!r} is not {native!r}")
    for jobs in ("1", "2", "7"):
        expect(run("--n-jobs", jobs, *text).stdout == native, f"--n-jobs {jobs} changes bits")


def test_words():
    expect(re.fullmatch(r"jitegral \d+\.\d+\.\d+\n", run("--version").stdout), "--version")
    text = run("--help").stdout
    for word in ("--json", "--file", "--cpu", "--format", "explain", "compile", "functions", "plot", "help", "integrate(cos(x)*x, 0, pi/2)"):
        expect(word in text, f"--help tells of {word}")
    expect(run("--help").returncode == 0 == run("--version").returncode, "--help and --version are fine")
    text = run("functions").stdout
    for word in ("sin(x)", "besselj(n, x)", "polylog(s, x)", "gauss_kronrod", "left"):
        expect(word in text, f"functions lists {word}")
    expect("arcsin" in run("functions", "asin").stdout, "functions asin tells its alias")
    expect(run("functions", "arcsin").stdout == run("functions", "asin").stdout, "functions arcsin is asin")
    expect(run("functions", "simpson").returncode == 0, "functions tells of a rule")
    text = run("explain", "f(x) = exp(-x)", "integrate(f, 0, inf)").stdout
    for word in ("exp(-x)", "from 0 to inf", "gauss_kronrod", "because", "target"):
        expect(word in text, f"explain says {word}: {text!r}")
    expect(run("plot", "x^2").returncode in (0, 2), "plot ends")


def test_interrupt():
    process = subprocess.Popen([program, "1", ENDLESS, "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.readline()
    time.sleep(1)
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    output, error = process.communicate(timeout=30)
    expect(time.monotonic() - start < 2, f"an interrupt took {time.monotonic() - start:.1f} s")
    expect(process.returncode == 130, f"interrupted: exit status {process.returncode}")
    expect(output == "" and "interrupted" in error, f"interrupted: {output!r}, {error!r}")


def test_time_limit():
    for arguments in ([ENDLESS[:-1] + ", time_limit = 0.2)"], ["--time-limit", "0.2", ENDLESS],
                      ["integrate(sin(1/x)*sin(1/(1-x)), 0, 1, tol=0, time_limit = 0.2)"],
                      ["--time-limit", "0.2", "integrate(sin(x*y*z*1e4), x=0..1, y=0..1, z=0..1, tol=1e-12)"]):
        start = time.monotonic()
        done = run("--json", *arguments)
        record = json.loads(done.stdout)
        seconds = time.monotonic() - start
        expect(seconds < 3, f"{arguments}: took {seconds:.1f} s")
        expect(record["status"] == "budget" and done.returncode == 1, f"{arguments}: {record}")


def test_progress():
    text = ENDLESS[:-1] + ", time_limit = 2)"
    expect("%" not in run(text).stderr, "no progress without a terminal")
    with Terminal([program, text]) as terminal:
        shown = terminal.until(r"%.* left")
        expect(shown, f"a progress line on a terminal: {terminal.raw!r}")
        expect(terminal.end() == 1, f"then it ends with 1: {terminal.status}")
    with Terminal(["/bin/sh", "-c", f"{program} '{text}' 2>/dev/null"]) as terminal:
        terminal.end()
        expect(b"%" not in terminal.raw, "the progress line goes to standard error")


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
