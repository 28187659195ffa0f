"""Object files: a C program that links one prints what the command line prints, and needs nothing but libm.

    object.py PROGRAM SOURCE
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

program = str(Path(sys.argv[1]).resolve())
failures = []
DEFINITIONS = "f(x) = cos(x)*x; g(x, y) = x^y + sin(y)"
CALLS = ["f(0.5)", "g(2, 3)", "f(-1e3)", "g(1.5, -2.25)"]
# every kind of body: operators, choices, powers, circular, hyperbolic
MANY = """\
h1(x) = x > 0 and not (x > 2) ? x % 0.3 : floor(x) + round(x)
h2(x) = sqrt(x) + cbrt(x) + log(x) + log1p(x) + exp2(x)
h3(x) = tan(x) + asin(x/9) + atan2(x, 2) + sinc(x) + sinpi(x)
h4(x) = sinh(x) - tanh(x)*acosh(1 + x) + erf(x) + erfc(x)
h5(x, y, z) = max(x, y, z) + hypot(x, y) + abs(z) + if(x < y, 1, 2)
c = 2.5
h6(x) = h2(c*x) + c"""
MANY_CALLS = [f"h{i}({x})" for i in (1, 2, 3, 4, 6) for x in ("0.7", "1.9", "7.25")] + ["h5(1, 2, -3)", "h5(5, 2, 9)"]


def expect(condition, words):
    if not condition:
        failures.append(words)
        print(f"failed: {words}")
    return condition


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **more)


def make(definitions, name="f", *more):
    done = run(program, "compile", definitions, "-o", f"{name}.o", "--header", f"{name}.h", *more)
    return expect(done.returncode == 0 and not done.stdout + done.stderr, f"compile {definitions!r}: {done}")


def build(calls, compiler=("cc", "-std=c99"), source="main.c"):
    """Compiles a program that prints the calls, and links it with f.o into ./main."""
    prints = "\n".join(f'  printf("%.17g\\n", {call});' for call in calls)
    twice = '#include "f.h"\n' * 2
    Path(source).write_text(f"#include <stdio.h>\n{twice}int main(void) {{\n{prints}\n  return 0;\n}}\n")
    done = run(*compiler, "-Wall", "-Wextra", "-Werror", "-pedantic", source, "f.o", "-lm", "-o", "main")
    header = Path("f.h").read_text()
    return expect(done.returncode == 0, f"{' '.join(compiler)}: {done.stderr}\n--- f.h\n{header}")


def build_cpp(calls):
    return build(calls, ("c++", "-std=c++11"), "main.cpp")


def values(definitions, calls):
    """What ./main and what the command line say."""
    done = run("./main")
    expect(done.returncode == 0, f"the program with {definitions!r} ends with {done.returncode}")
    printed = [float(line) for line in done.stdout.split()]
    wanted = [float(line) for line in run(program, definitions, *calls).stdout.split()]
    expect(len(wanted) == len(calls), f"the command line knows all of {calls}")
    return printed, wanted


def same_values(definitions, calls):
    printed, wanted = values(definitions, calls)
    for call, got, want in zip(calls, printed, wanted):
        expect(got == want, f"{definitions!r}: {call} in C is {got!r}, on the command line {want!r}")


def test_c_program():
    if make(DEFINITIONS) and build(CALLS):
        same_values(DEFINITIONS, CALLS)
        libraries = {line.split()[0].split("/")[-1] for line in run("ldd", "./main").stdout.splitlines()}
        foreign = [name for name in libraries if not re.match(r"(linux-vdso|linux-gate|ld-linux|libc\.|libm\.)", name)]
        expect(libraries and not foreign, f"the program needs {libraries}")
    undefined = run("nm", "-u", "f.o").stdout.split()
    expect(not [name for name in undefined if name.startswith(("jt", "_Z"))], f"f.o refers to {undefined}")
    exported = {line.split()[-1] for line in run("nm", "-g", "--defined-only", "f.o").stdout.splitlines()}
    expect(exported == {"f", "g"}, f"f.o exports {exported}")


def test_cpp_program():
    if make(DEFINITIONS) and build_cpp(CALLS):
        same_values(DEFINITIONS, CALLS)


def test_many_functions():
    if make(MANY) and build(MANY_CALLS):
        same_values(MANY, MANY_CALLS)


def test_shared_library():
    make(DEFINITIONS)
    done = run("cc", "-shared", "f.o", "-lm", "-o", "libf.so")
    expect(done.returncode == 0, f"f.o fits into a shared library: {done.stderr}")


def test_same_bytes():
    make(DEFINITIONS, "one")
    make(DEFINITIONS, "two")
    for kind in (".o", ".h"):
        expect(Path("one" + kind).read_bytes() == Path("two" + kind).read_bytes(), f"the same input, other {kind}")


def test_cpu():
    for cpu in ("x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"):
        make(DEFINITIONS, "f", "--cpu", cpu)
        expect(re.search(rf"\b{cpu}\b(?!-)", Path("f.h").read_text()), f"the header names {cpu}")
    make(DEFINITIONS)
    expect("x86-64-v3" in Path("f.h").read_text(), "without --cpu it is x86-64-v3, not this machine")
    make(DEFINITIONS, "f", "--cpu", "x86-64")
    if build(CALLS):
        printed, wanted = values(DEFINITIONS, CALLS)
        near = all(abs(a - b) <= 1e-14 * abs(b) for a, b in zip(printed, wanted))
        expect(len(printed) == len(wanted) and near, f"an object for x86-64 gives {printed}, not {wanted}")


REFUSED = [
    ("f(x) = gamma(x)", "E504", "gamma"),
    ("f(x) = besselj(0, x) + 1", "E504", "besselj"),
    ("f(x) = integrate(x*t, t = 0..1)", "E504", "integral"),
    ("h(x) = zeta(x); f(x) = h(x) + 1", "E504", "zeta"),
    ("f(x) = x; f(2)", "E504", "f(2)"),
    ("größe(x) = x", "E504", "größe"),
    ("double(x) = x", "E504", "double"),
    ("f(x) = x + y", "E201", "y"),
    ("f(x) = (x", "E105", ""),
    ("", "E", ""),
    ("a = 3", "E", ""),
]


def test_refusals():
    for text, code, word in REFUSED:
        Path("no.o").unlink(missing_ok=True)
        done = run(program, "compile", text, "-o", "no.o", "--header", "no.h")
        expect(done.returncode == 2 and f"error {code}" in done.stderr and word in done.stderr,
               f"compile {text!r}: {done.returncode}, {done.stderr!r}")
        expect(not os.path.exists("no.o"), f"compile {text!r} is refused, but writes an object")
    done = run(program, "compile", "f(x) = x", "-o", "f.o", "--cpu", "nonsense")
    expect(done.returncode == 2 and "E501" in done.stderr, f"--cpu nonsense: {done}")


NAMES = [("f(x) = x + 1; f(x) = x^2", "f(3)"), ("f(new, class) = new - class", "f(3, 2)"),
         ("f(α, β) = α^β", "f(3, 2)"),
         ("jtg_sin(x) = sin(x) + 1", "jtg_sin(3)"), ("jtg_cos(x) = sin(x) + cos(x)", "jtg_cos(3)")]


def test_names():
    """Whatever the names are: what compile accepts, C and C++ accept, and the last definition of a name counts."""
    for text, call in NAMES:
        done = run(program, "compile", text, "-o", "f.o", "--header", "f.h")
        if done.returncode == 2 and "E504" in done.stderr:
            continue
        if build([call]):
            same_values(text, [call])
        if build_cpp([call]):
            same_values(text, [call])


def main():
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory() as folder:
                os.chdir(folder)
                test()
                os.chdir("/")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
