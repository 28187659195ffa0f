"""Runs the scripts of tests/language or tests/error and compares with the expectations in their comments.

    scripts.py PROGRAM SOURCE language|error

An expectation stands on the line on which its statement ends:
    1/3                    # expect: 0.3333333333333333          to 12 digits
    2^10                   # expect: 1024                        exactly, as for inf and nan
    x^2 for x in [1, 2]    # expect: 1, 4                        the rows of a table in order
    integrate(cos, 0, 1)   # expect: 0.8414709848078965 ± 1e-13, status converged
    sin(                   # expect error E105 at 1:4            line and column of the file; `:4` is in this line
A statement without one must only not fail. A `.sh` script is run with $JITEGRAL set; the error must come on
standard error, with exit status 2 unless it says `# expect exit 0`.
"""
import json
import math
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

DEFINITION = re.compile(r"\w+\s*(\([\w\s,]*\))?\s*=(?!=)")
EXPECTATION = re.compile(r"#\s*expect\b:?(.*)")
ERROR = re.compile(r"error ([EW]\d+)(?: at (\d*):(\d+))?$")
# No text that a person types leads to these.
NO_SCRIPT = {"E503": "only a mistake inside the compiler shows it",
             "E701": "programs ask for functions, see tests/api", "E702": "the same"}


class Expected:
    """What the comment of one line asks for."""

    def __init__(self, text, line=1):
        self.values, self.errors, self.status, self.exit = [], [], None, None
        for item in filter(None, (part.strip() for part in text.split(","))):
            if error := ERROR.match(item):
                code, its_line, column = error.groups()
                self.errors.append((code, its_line or str(line), column))
            elif item.startswith("status "):
                self.status = item.split()[1]
            elif item.startswith("exit "):
                self.exit = int(item.split()[1])
            else:
                value, _, tolerance = item.partition("±")
                self.values.append((value.strip(), float(tolerance) if tolerance else None))


def close_enough(got, written, tolerance):
    want = float(written)
    if math.isnan(want):
        return math.isnan(got)
    if tolerance is not None:
        return abs(got - want) <= tolerance
    if math.isinf(want) or re.fullmatch(r"-?\d+", written):
        return got == want
    return abs(got - want) <= 1e-12 * abs(want)


def without_comments(text):
    """The text with blanks in place of its comments, so that places stay what they are."""
    return re.sub(r"#.*", lambda match: " " * len(match.group()), text)


class Script:
    """A .jtg file, what the program says about it, and the complaints about that."""

    def __init__(self, program, path):
        self.path = path
        self.text = path.read_bytes().decode()
        self.expected = {}
        for number, line in enumerate(self.text.split("\n"), 1):
            if comment := EXPECTATION.search(line):
                self.expected[number] = Expected(comment.group(1), number)
        self.complaints = []
        done = run([program, "--json", "-f", str(path)])
        self.records = [json.loads(line) for line in done.stdout.splitlines()]
        self.plain = run([program, "-f", str(path)]).stdout.splitlines()
        if done.returncode not in (0, 1, 2):
            self.complain(1, f"the program ended with {done.returncode}: {done.stderr}")

    def complain(self, line, words):
        self.complaints.append(f"{self.path}:{line}: {words}")

    def results_by_line(self):
        """Evaluations with the value they print, by the line on which their statement ends."""
        found, at, last = {}, 0, None
        code, plain = without_comments(self.text), iter(self.plain)
        for record in self.records:
            if "statement" not in record:
                continue
            if not self.is_next_row(record, last):
                words = re.escape(without_comments(record["statement"]))
                at = re.compile(rf"(?:^|[;\n])\s*{words}(?=\s*(?:[;\n]|$))").search(code, at).end()
            last = record
            if DEFINITION.match(record["statement"]):
                continue
            if record["value"] is None and record["status"] != "cancelled":  # JSON knows no inf and nan
                record["value"] = float(next(plain, "nan").split("\t")[-1])
            else:
                next(plain, None)
            found.setdefault(code.count("\n", 0, at) + 1, []).append(record)
        return found

    @staticmethod
    def is_next_row(record, last):
        return last is not None and "at" in record and record["statement"] == last["statement"]

    def check_values(self):
        results = self.results_by_line()
        for line, expected in self.expected.items():
            got = results.get(line, [])
            if len(got) != len(expected.values) and (expected.values or not expected.errors):
                self.complain(line, f"expected {len(expected.values)} values, got {len(got)}")
                continue
            for record, (value, tolerance) in zip(got, expected.values):
                if not close_enough(record["value"], value, tolerance):
                    self.complain(line, f"expected {value}, got {record['value']!r}")
                self.check_promise(line, record, float(value))
                if expected.status and record["status"] != expected.status:
                    self.complain(line, f"expected status {expected.status}, got {record['status']}")

    def check_promise(self, line, record, value):
        """converged promises that the true error is at most the error given; the expectation itself is rounded."""
        if record["status"] != "converged" or not math.isfinite(value):
            return
        if abs(record["value"] - value) > record["error"] + 4.5e-16 * abs(value):
            self.complain(line, f"promised {record['value']!r} ± {record['error']}, but the value is {value!r}")

    def check_errors(self):
        got = [(r["error_code"], str(r["line"]), str(r["column"]), r["message"]) for r in self.records
               if "error_code" in r]
        for line, expected in self.expected.items():
            for code, *place in expected.errors:
                match = next((e for e in got if e[0] == code and (place[1] is None or e[1:3] == tuple(place))), None)
                if match:
                    got.remove(match)
                else:
                    where = f" at {place[0]}:{place[1]}" if place[1] else ""
                    self.complain(line, f"expected error {code}{where}, got {[':'.join(e[:3]) for e in got] or 'none'}")
        for code, line, column, message in got:
            self.complain(line, f"unexpected error {code} at {line}:{column}: {message}")

    def check(self):
        self.check_values()
        self.check_errors()
        return self.complaints


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120,
                          stdin=subprocess.DEVNULL, **more)


def check_shell_script(program, path):
    wanted = Expected(EXPECTATION.search(path.read_text()).group(1))
    with tempfile.TemporaryDirectory() as folder:
        done = run(["sh", str(path)], cwd=folder, env=os.environ | {"JITEGRAL": program})
    complaints = [f"{path}:1: expected error {code}, got: {done.stderr.strip() or 'nothing'}"
                  for code, *_ in wanted.errors if f"error {code}: " not in done.stderr and f"warning {code}: " not in done.stderr]
    status = 2 if wanted.exit is None else wanted.exit
    if done.returncode != status:
        complaints.append(f"{path}:1: expected exit status {status}, got {done.returncode}")
    return complaints


def missing_scripts(source, scripts):
    """Every row of the table has a script of its name, which expects it."""
    table = source / "src/base/diagnostics.def"
    expects = {path.stem: path.read_text(encoding="utf-8") for path in scripts}
    for code in re.findall(r'^DIAGNOSTIC\(\w+, "(\w\d+)"', table.read_text(), re.M):
        if code not in NO_SCRIPT and f"expect error {code}" not in expects.get(code, ""):
            yield f"{table}: tests/error has no script that expects {code}"


def main(program, source, folder):
    program, source = str(Path(program).resolve()), Path(source).resolve()
    scripts = sorted(p for p in (source / "tests" / folder).rglob("*") if p.suffix in (".jtg", ".sh"))
    complaints = list(missing_scripts(source, scripts)) if folder == "error" else []
    for path in scripts:
        complaints += check_shell_script(program, path) if path.suffix == ".sh" else Script(program, path).check()
    print("\n".join(complaints + [f"{len(scripts)} scripts, {len(complaints)} complaints"]))
    return 1 if complaints or not scripts else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
