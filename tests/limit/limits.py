"""Every maximum, and what a hostile or careless person may type. Whatever comes, the program ends within ten
seconds of work and four gigabytes with a value or with an error that points at a place; it never crashes.

    limits.py PROGRAM SOURCE
"""
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time

SECONDS = 10 * int(os.environ.get("JITEGRAL_SLOWER", 1))  # of a processor; sanitizers slow programs down
PATIENCE = 60  # seconds on the clock of a busy machine
BYTES = 4 << 30


class Value(float):
    """The last statement must give this."""


class Refused(str):
    """The last statement must be refused with this code and a place."""


class Status(str):
    """The last statement must end with one of these, separated by blanks."""


SURVIVES = None  # nothing but an orderly end
# A value, or this code where the text is more than a compiler should be given.
VALUE_OR_REFUSED = "E404"


def sum_of(term, count):
    return "+".join(term.format(i) for i in range(count))


def nested_integrals(depth, limits="0..1"):
    return "integrate(" * depth + "1" + "".join(f", x{i} = {limits})" for i in range(depth))


def doublings(count):
    lines = ["f0(x) = x"] + [f"f{i}(x) = f{i - 1}(x) + f{i - 1}(x)" for i in range(1, count + 1)]
    return "\n".join(lines)


CASES = [
    # bytes that are no text
    ("nothing", "", SURVIVES),
    ("blank lines", "\n\n;;;\n  # nothing\n", SURVIVES),
    ("binary garbage", bytes(i * 7919 % 251 for i in range(4096)), Refused("E1")),
    ("every byte", bytes(range(256)), Refused("E1")),
    ("invalid UTF-8", b"1 + \xff\xfe", Refused("E101")),
    ("cut UTF-8", b"1 + \xcf", Refused("E101")),
    ("overlong UTF-8", b"1 + \xc0\xaf", Refused("E101")),
    ("a surrogate", b"\xed\xa0\x80", Refused("E101")),
    ("a NUL", b"1 + \0", Refused("E102")),
    ("a NUL between statements", b"2\n\0\n3", Value(3)),
    ("an escape sequence", b"\x1b[31m1", Refused("E102")),
    ("a byte order mark", b"\xef\xbb\xbf1 + 1", Value(2)),

    # length and depth
    ("nested parentheses", "(" * 10**5 + "1" + ")" * 10**5, Refused("E403")),
    ("open parentheses", "(" * 10**5, Refused("E403")),
    ("closing parentheses", ")" * 10**5, Refused("E106")),
    ("parentheses that fit", "(" * 250 + "1" + ")" * 250, Value(1)),
    ("nested calls", "sin(" * 10**5 + "1" + ")" * 10**5, Refused("E403")),
    ("minus signs", "-" * 10**5 + "1", Refused("E403")),
    ("nots", "!" * 10**5 + "1", Refused("E403")),
    ("a tower of powers", "^".join(["1"] * 10**5), Refused("E403")),
    ("a tower of choices", "1 ? 2 : " * 10**5 + "3", Refused("E403")),
    ("nested lists", "x for x in " + "[" * 10**5, Refused("E403")),
    ("added terms", sum_of("1", 200_000), Value(200_000)),
    ("subtracted terms", "0" + "-1" * 200_000, Value(-200_000)),
    ("multiplied terms", "*".join(["1"] * 200_000), Value(1)),
    ("compared terms", "<".join(map(str, range(100_000))), Value(1)),
    ("the same term added in an integral", f"integrate({sum_of('x', 200_000)}, 0, 1)", VALUE_OR_REFUSED),
    ("terms added in an integral", f"integrate({sum_of('sin({}*x)', 100_000)}, 0, 1)", VALUE_OR_REFUSED),
    ("terms that are too many", f"integrate({sum_of('sin({}*x)', 10_000)}, 0, 1)", Refused("E404")),
    ("terms that are just few enough", f"integrate({sum_of('{}*x', 2_500)}, 0, 2)", Value(2 * sum(range(2_500)))),
    ("a long line", sum_of("1.0000000", 10**6), Refused("E401")),
    ("a long comment", "1 #" + "x" * 10**7, Value(1)),
    ("a long blank", " " * 10**7 + "1", Value(1)),
    ("a long name", "x" * 10**6, Refused("E201")),
    ("a long number", "1" * 10**6, Value("inf")),
    ("a long fraction", "0." + "3" * 10**6, Value(1 / 3)),
    ("many words", "1 " + "- 1 " * (1 << 20), Refused("E40")),
    ("many statements", "1;" * 10**5, Value(1)),
    ("many arguments", f"max({','.join(map(str, range(10**5)))})", Value(10**5 - 1)),
    ("many parameters", f"f({','.join(f'x{i}' for i in range(10**4))}) = 1; 2", Value(2)),
    ("definitions that double the formula", doublings(60) + "\nf60(1)", Value(2**60)),
    ("an integral of a formula that doubles", doublings(60) + "\nintegrate(f60(x), 0, 1)", VALUE_OR_REFUSED),
    ("definitions that square", "\n".join(["a = 1.5"] + ["a = a*a"] * 1000) + "\na", Value("inf")),

    # integrals inside integrals
    ("nested integrals", nested_integrals(40), Refused("E405")),
    ("many ranges", f"integrate(1, {', '.join(f'x{i} = 0..1' for i in range(40))})", Refused("E405")),
    ("nested integrals through definitions",
     "f0(x) = x\n" + "\n".join(f"f{i}(x) = integrate(f{i - 1}(t), t = 0..x)" for i in range(1, 41)), Refused("E2")),
    ("nested empty integrals", nested_integrals(16, "0..0"), Value(0)),

    # options
    *[(f"n_iter = {n}", f"integrate(cos, 0, 1, n_iter = {n})", Refused("E307"))
      for n in ("0", "-1", "1e30", "2.5", "nan", "inf")],
    *[(f"{option} = {value}", f"integrate(cos, 0, 1, {option} = {value})", Refused("E307"))
      for option, value in (("tol", "-1"), ("tol", "nan"), ("tol", "2"), ("abs_tol", "-1"), ("abs_tol", "inf"),
                            ("n_jobs", "0"), ("n_jobs", "1e9"), ("n_jobs", "nan"), ("max_evals", "0"),
                            ("max_evals", "nan"), ("time_limit", "-1"), ("time_limit", "nan"), ("points", "[nan]"))],
    ("tol = 0", "integrate(exp(-x^2), 0, 1, tol = 0)", Status("not_converged budget")),
    ("max_evals = 1", "integrate(cos, 0, 1, max_evals = 1)", Status("budget")),
    ("time_limit = 1e-9", "integrate(cos, 0, 1, time_limit = 1e-9)", Status("budget")),
    ("time_limit = inf", "integrate(cos, 0, 1, time_limit = inf)", Status("converged")),
    ("a list of points", f"integrate(x, 0, 1, points = [{','.join(str(i / 1e5) for i in range(10**5))}])", Value(0.5)),
    ("the same point often", f"integrate(x, 0, 1, points = [{','.join(['0.5'] * 10**4)}])", Value(0.5)),
    ("points outside", "integrate(x, 0, 1, points = [-1, 7, inf, -inf])", Value(0.5)),
    ("an integral as an option", "integrate(cos, 0, 1, tol = integrate(x, 0, 1))", Refused("E307")),
    ("many threads", "integrate(cos, 0, 1, n_iter = 10^5, n_jobs = 1024)", Status("fixed")),
    ("few points of a rule", "integrate(cos, 0, 1, n_iter = 1, rule = simpson)", Refused("E307")),
    ("a long grid in little time", "integrate(cos, 0, 1, n_iter = 2^53, time_limit = 0.2)", Status("budget")),
    ("a long list of gauss points", "integrate(cos, 0, 1, n_iter = 10^6, rule = gauss)", Status("fixed")),

    # names
    ("an unknown name", "x + 1", Refused("E201")),
    ("an unknown function", "foo(1)", Refused("E202")),
    ("too few arguments", "atan2(1)", Refused("E203")),
    ("too many arguments", "sin(1, 2, 3)", Refused("E203")),
    ("recursion", "f(x) = f(x - 1)", Refused("E204")),
    ("recursion through redefinition", "f(x) = x; g(x) = f(x); f(x) = g(x) + 1; f(1)", Value(2)),

    # values that are none
    ("1/0", "1/0", Value("inf")),
    ("0/0", "0/0", Value("nan")),
    ("a nan limit", "integrate(cos, 0, nan)", Refused("E309")),
    ("a limit that becomes nan", "integrate(cos, 0, a/a) for a in [0]", Refused("E309")),
    ("inf to inf", "integrate(cos, inf, inf)", Value(0)),
    ("-inf to inf, reversed", "integrate(exp(-x^2), inf, -inf)", Value(-1.7724538509055160)),
    ("an integrand that is nan", "integrate(0/0 + x, 0, 1)", Status("non_finite")),
    ("an integrand that is inf", "integrate(x/0, 1, 2)", Status("non_finite")),
    ("huge limits", "integrate(1, -1e308, 1e308)", Status("converged non_finite not_converged")),
    ("a tiny range", "integrate(cos, 1, 1 + 2^-52)", Status("converged")),
    ("a huge integrand", "integrate(1e308 + x, 0, 10)", Status("non_finite not_converged")),

    # what does not exist must not be promised
    *[(f"no promise: {text}", text, Status("not_converged divergent non_finite budget"))
      for text in ("integrate(1/x, 0, 1)", "integrate(1/x, -1, 1)", "integrate(1/x^2, -1, 1)",
                   "integrate(sin, 0, inf)", "integrate(sin, -inf, inf)", "integrate(x, -inf, inf)",
                   "integrate(x^3, -inf, inf)", "integrate(1/x, 1, inf)", "integrate(1, 0, inf)",
                   "integrate(1/x, -2, 1)", "integrate(tan, 0, pi)", "integrate(x/(1 + x^2), -inf, inf)")],

    # tables
    ("a step of 0", "x for x in 0..1 step 0", Refused("E313")),
    ("a step the wrong way", "x for x in 0..1 step -1", Refused("E313")),
    ("a step of nan", "x for x in 0..1 step nan", Refused("E313")),
    ("a step of inf", "x for x in 0..1 step inf", SURVIVES),
    ("a range to inf", "x for x in 0..inf", Refused("E313")),
    ("a range from nan", "x for x in nan..1", Refused("E313")),
    ("10^15 rows", "x for x in 1..10^15", Refused("E313")),
    ("10^15 rows of three loops", "x for x in 1..10^5 for y in 1..10^5 for z in 1..10^5", Refused("E313")),
    ("a tiny step", "x for x in 0..1 step 5e-324", Refused("E313")),
    ("an integral as a limit of a table", "x for x in 0..integrate(t, 0, 1)", SURVIVES),
    ("a list", f"x for x in [{','.join(map(str, range(10**4)))}]", Value(9999)),
]


def bounded(memory):
    def limits():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    return limits


def run(program, text, memory):
    data = text if isinstance(text, bytes) else text.encode()
    return subprocess.run([program, "--json"], input=data, capture_output=True, timeout=PATIENCE,
                          preexec_fn=bounded(memory))


def complaint(expected, done):
    """What is wrong with how the program ended, or nothing."""
    if -done.returncode == signal.SIGXCPU:
        return f"worked for more than {SECONDS} s"
    if done.returncode not in (0, 1, 2):
        return f"ended with {done.returncode}: {done.stderr.decode(errors='replace')[-200:]}"
    records = [json.loads(line) for line in done.stdout.decode(errors="replace").splitlines()]
    if expected is SURVIVES:
        return None
    last = records[-1] if records else {}
    said = {key: str(last[key])[:80] for key in ("error_code", "line", "column", "value", "status") if key in last}
    if expected == VALUE_OR_REFUSED and "value" in last:
        return None
    if isinstance(expected, Value):
        value = last.get("value", 0)
        wanted = float(expected)
        fits = value is None if wanted != wanted or abs(wanted) == float("inf") else \
            "value" in last and value is not None and abs(value - wanted) <= 1e-9 * abs(wanted)
        return None if fits else f"expected {wanted}, got {said}"
    if isinstance(expected, Status):
        return None if last.get("status") in expected.split() else f"expected status {expected}, got {said}"
    if not last.get("error_code", "").startswith(expected):
        return f"expected error {expected}, got {said}"
    return None


def has_place(program, text, memory):
    """In the text form an error starts with name:line:column and shows the line with carets."""
    data = text if isinstance(text, bytes) else text.encode()
    done = subprocess.run([program], input=data, capture_output=True, timeout=PATIENCE, preexec_fn=bounded(memory))
    return re.search(rb"^<input>:\d+:\d+: error E\d+: .*\n.*\n.*\^", done.stderr, re.M) is not None


def check(program, name, text, expected, memory):
    start = time.monotonic()
    try:
        done = run(program, text, memory)
        wrong = complaint(expected, done)
        refused = done.returncode == 2 and expected is not SURVIVES and not isinstance(expected, Value)
        if wrong is None and refused and not has_place(program, text, memory):
            wrong = "the error has no place"
    except subprocess.TimeoutExpired:
        wrong = f"did not end within {PATIENCE} s"
    seconds = time.monotonic() - start
    if wrong:
        print(f"{name}: {wrong}  ({seconds:.1f} s)")
    return wrong is None


def main(program, _source):
    # a sanitizer reserves more addresses than the limit
    memory = run(program, "integrate(cos, 0, 1)", False).returncode == 0 == run(program, "1", True).returncode
    failed = sum(not check(program, name, text, expected, memory) for name, text, expected in CASES)
    print(f"{len(CASES)} cases, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
