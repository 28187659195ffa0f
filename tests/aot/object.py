"""Object files: a C program that links one prints what the command line prints, and needs nothing but libm.

    object.py PROGRAM SOURCE
"""
import math
import os
import re
import shutil
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
    Path(source).write_text(f"#include <stdio.h>\n#include <math.h>\n{twice}int main(void) {{\n  double error = 0;\n{prints}\n  (void)error;\n  return 0;\n}}\n")
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
    guard = {name for name in exported if name.startswith("jitegral_abi1_")}
    wanted = {"f", "f_batch", "f_integrate", "f_quad", "f_cpu", "g", "g_batch", "g_cpu"}
    expect(len(guard) == 1 and exported == guard | wanted, f"f.o exports {exported}")


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
    made = []
    for cpus in ("x86-64-v3", "x86-64-v4,x86-64-v2"):
        for suffix in (".o", ".h"):
            for _ in range(2):
                make(DEFINITIONS + ";" + INTEGRALS, "f", "--cpu", cpus)
                made.append(Path("f" + suffix).read_bytes())
            expect(made[-1] == made[-2], f"the same input for {cpus}, other f{suffix}")


# Each line of C and the statement that must print the same bits.
INTEGRALS = """\
F(a) = integrate(exp(-a*x^2), x = 0..1)
G(a, b) = integrate(exp(-a*x), x = b..inf) + a
H(a) = 2*integrate(integrate(x*y + a, y = 0..x), x = 0..1, tol = 1e-8)
K(a) = integrate(abs(x - a), x = 0..1, points = [a]) * integrate(exp(-x^2), x = -inf..inf)
L(n) = integrate(cos(n*x), x = 0..1, n_iter = 1001, rule = simpson)
M(b) = integrate(1/sqrt(x), x = 0..b)
N(n) = integrate(cos(x), x = 0..1, n_iter = 2*n, rule = simpson)
O(t, s) = integrate(1/(1+x^2), x = 0..9, tol = t, abs_tol = s)
p(x) = x < 0.3 ? 1 : exp(-x)
of_rows(x) = cos(3*x + 1)*x
of_products(x) = exp(-x^2)*sin(x)
of_points(x) = exp(sin(x)*cos(3*x))/(1 + x^4)
of_series(x) = log(x)*sqrt(2 + x)
of_pieces(x) = x < 0.3 ? floor(9*x) : min(log(x), -x)"""
# A session divides these at what it finds between the limits, an object at fixed kinks only: errors are promised, not
# bits.
NEAR = [
    ("q_quad(-INFINITY, INFINITY, 0, 1e-10, 0)", "integrate(q(x), -inf, inf)"),
    ("q_quad(-INFINITY, 2, 0, 1e-10, 0)", "integrate(q(x), -inf, 2)"),
    ("p_quad(0, INFINITY, 0, 1e-10, 0)", "integrate(p(x), 0, inf)"),
    ("p_quad(-1, 1, 0, 1e-6, 0)", "integrate(p(x), -1, 1, tol = 1e-6)"),
    ("K(0.25)", "K(0.25)"),
    ("M(2)", "M(2)"),
]
SAME = [
    ("f_integrate(0, 1.5, 1)", "integrate(f(x), 0, 1.5, n_iter = 1)"),
    ("f_integrate(0, 1.5, 1234567)", "integrate(f(x), 0, 1.5, n_iter = 1234567, n_jobs = 1)"),
    ("f_integrate(1.5, -2, 4099)", "integrate(f(x), 1.5, -2, n_iter = 4099, n_jobs = 2)"),
    ("of_rows_integrate(0, 1.5, 1234567)", "integrate(of_rows(x), 0, 1.5, n_iter = 1234567)"),
    ("of_products_integrate(0, 1.5, 1234567)", "integrate(of_products(x), 0, 1.5, n_iter = 1234567)"),
    ("of_points_integrate(0, 1.5, 1234567)", "integrate(of_points(x), 0, 1.5, n_iter = 1234567)"),
    ("of_series_integrate(0.25, 1.5, 1234567)", "integrate(of_series(x), 0.25, 1.5, n_iter = 1234567)"),
    ("of_pieces_integrate(0, 1.5, 1234567)", "integrate(of_pieces(x), 0, 1.5, n_iter = 1234567)"),
    ("f_quad(0, 1.5, 0, 1e-10, &error)", "integrate(f(x), 0, 1.5)"),
    ("f_quad(30, -20, 1e-3, 1e-13, 0)", "integrate(f(x), 30, -20, abs_tol = 1e-3, tol = 1e-13)"),
    ("F(2)", "F(2)"),
    ("F_integrate(0, 1, 100)", "integrate(F(a), a = 0..1, n_iter = 100)"),
    ("F_quad(0, 1, 0, 1e-9, 0)", "integrate(F(a), a = 0..1, tol = 1e-9)"),
    ("G(2, 0.5)", "G(2, 0.5)"),
    ("H(0.5)", "H(0.5)"),
    ("L(3)", "L(3)"),
    ("N(7)", "N(7)"),
    ("N(1024)", "N(1024)"),
    ("O(0.5, 0.001)", "O(0.5, 0.001)"),
    ("O(1e-12, 0)", "O(1e-12, 0)"),
]


def test_integrals():
    more = INTEGRALS + "\n" + DEFINITIONS + "\nq(x) = exp(-x^2)"
    both = SAME + NEAR
    if not make(more) or not build([call for call, _ in both]):
        return
    wanted = run(program, more, *[statement for _, statement in both]).stdout.split()
    got = run("./main").stdout.split()
    expect(len(wanted) == len(got) == len(both), f"{got} for {wanted}")
    for pair, have, want in zip(both, map(float, got), map(float, wanted)):
        fine = have == want if pair in SAME else abs(have - want) <= 1e-6 * abs(want)
        expect(fine, f"{pair[0]} is {have!r}, {pair[1]} is {want!r}")


def test_breakpoints():
    """Kinks, jumps and singular points at fixed places are in the object: the error is that of smooth pieces."""
    make("k(x) = abs(x - 0.3) + (x > 0.7 ? 1 : 0); s(x) = 1/sqrt(abs(x - 1/3)); K(b) = integrate(k(x), x = b..1)")
    if not build(["k_quad(0, 1, 0, 1e-10, &error)", "error", "k_quad(-5, 5, 0, 1e-10, &error)", "error",
                  "K_with_error(0, &error)", "error", "s_quad(-1, 2, 0, 1e-10, &error)", "error"]):
        return
    printed = [float(line) for line in run("./main").stdout.split()]
    expect(len(printed) == 8, f"{printed}")
    exact = [0.59, 29.39, 0.59, 2 * (math.sqrt(4 / 3) + math.sqrt(5 / 3))]
    for value, error, truth, most in zip(printed[::2], printed[1::2], exact, (1e-13, 1e-12, 1e-13, 1e-3)):
        expect(abs(value - truth) <= error <= most, f"{value!r} +- {error!r}, not {truth!r}")


def test_batches():
    """Every length, at odd addresses, in one and two variables, with integrals inside."""
    make(INTEGRALS + "\n" + DEFINITIONS)
    Path("batch.c").write_text("""
#include "f.h"
#include <stdio.h>
int main(void) {
  double x[40], y[40], r[42];
  for (int i = 0; i < 40; ++i) { x[i] = 0.25 + i; y[i] = 2 - 0.125*i; }
  for (size_t n = 0; n < 39; ++n) {
    r[0] = r[n + 1] = 77;
    f_batch(x + 1, r + 1, n);
    for (size_t i = 0; i < n; ++i) if (r[i + 1] != f(x[i + 1])) return 1;
    g_batch(x, y + 1, r + 1, n);
    for (size_t i = 0; i < n; ++i) if (r[i + 1] != g(x[i], y[i + 1])) return 2;
    if (r[0] != 77 || r[n + 1] != 77) return 3;
  }
  F_batch(x, r, 5);
  for (size_t i = 0; i < 5; ++i) if (r[i] != F(x[i])) return 4;
  return 0;
}
""")
    done = run("cc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "batch.c", "f.o", "-lm", "-o", "batch")
    expect(done.returncode == 0, done.stderr)
    expect(run("./batch").returncode == 0, f"batch.c ends with {run('./batch').returncode}")


def test_errno():
    """What went wrong is told, and never as a number that looks good."""
    make("d(x) = integrate(1/t, t = x..1); r(x) = 1/x; s(x) = cos(x); m(n) = integrate(x, x = 0..1, n_iter = n)")
    Path("errno.c").write_text("""
#include "f.h"
#include <errno.h>
#include <math.h>
int main(void) {
  double error = -1;
  errno = 0;
  if (!isnan(d(0)) || errno == 0) return 1;
  errno = 0;
  if (!(d(0.5) > 0.69) || errno != 0) return 2;
  r_quad(0, 1, 0, 1e-10, &error);
  if (errno == 0 || !(error > 1)) return 3;
  errno = 0;
  if (!isnan(s_integrate(0, 1, 0)) || errno != EDOM) return 4;
  errno = 0;
  if (!isnan(s_quad(0, NAN, 0, 1e-10, &error)) || errno != EDOM || !isinf(error)) return 5;
  errno = 0;
  if (s_quad(0, 1, 0, 1e-10, &error) != s_quad(0, 1, 0, 1e-10, 0) || errno != 0 || !(error < 1e-10)) return 6;
  for (int i = 0; i < 3; ++i) {
    const double n[] = {2.5, 0, NAN};
    errno = 0;
    if (!isnan(m(n[i])) || errno != EDOM) return 7;
  }
  return m(4) == 0.375 ? 0 : 8;
}
""")
    done = run("cc", "-D_GNU_SOURCE", "-std=c99", "-Wall", "-Werror", "errno.c", "f.o", "-lm", "-o", "errno")
    expect(done.returncode == 0, done.stderr)
    expect(run("./errno").returncode == 0, f"errno.c ends with {run('./errno').returncode}")


SPECIAL = """\
s1(x) = erfinv(x/9) + gamma(x) + lgamma(x) + digamma(x) + beta(x, 2) + zeta(x)
s2(x) = Si(x) + Ci(x) + Ei(x) + lambertw(x) + ellipk(x/9) + ellipe(x/9) + polylog(2, x/9)
s3(n, x) = besselj(n, x) + bessely(n, x) + besseli(n, x) + besselk(n, x) + airyai(x) + airybi(x)
s4(x) = besselj(0, x)"""


def test_special_functions():
    calls = [f"{s}({x})" for s in ("s1", "s2", "s4") for x in ("0.3", "1.7", "6.25")]
    calls += [f"s3({n}, {x})" for n in ("0", "1", "2.5") for x in ("0.3", "4.5", "40")]
    if make(SPECIAL) and build(calls):
        same_values(SPECIAL, calls)
        undefined = run("nm", "-u", "f.o").stdout.split()
        expect(not [name for name in undefined if name.startswith(("jt", "_Z"))], f"f.o refers to {undefined}")
        got, want = run("./main").stdout.split(), run(program, SPECIAL + "; integrate(s4(x), 0, 10)").stdout.split()
        build(["s4_quad(0, 10, 0, 1e-10, 0)"])
        expect(run("./main").stdout.split() == ["%.17g" % float(want[-1])], f"{got}, not {want}")
    make("f(x) = x")
    # The integrator and the tables of its rules are in every object, special functions only where they are called.
    expect(os.path.getsize("f.o") < 175_000, "what is not used is not in the object")


AARCH64 = ("aarch64-linux-gnu-gcc", "qemu-aarch64")


def test_aarch64():
    """The same bits on another machine, if its tools are here."""
    if not all(shutil.which(tool) for tool in AARCH64):
        print("no aarch64 tools: cross compilation is not run")
        return
    more = INTEGRALS + "\n" + DEFINITIONS + "\nq(x) = exp(-x^2)\n" + MANY
    if not make(more, "f", "--target", "aarch64-linux-gnu"):
        return
    calls = [call for call, _ in SAME + NEAR] + MANY_CALLS + CALLS
    if not build(calls, ("aarch64-linux-gnu-gcc", "-std=c99", "-static")):
        return
    got = run("qemu-aarch64", "./main").stdout.split()
    make(more)
    build(calls)
    want = run("./main").stdout.split()
    expect(len(got) == len(calls), f"qemu: {run('qemu-aarch64', './main')}")
    for call, here, there in zip(calls, want, got):
        expect(here == there, f"{call} is {there} on AArch64, here {here}")


def test_kinds():
    for suffix in ("o", "s", "ll", "bc", "a", "so"):
        done = run(program, "compile", DEFINITIONS, "-o", f"out.{suffix}", "--header", "f.h")
        if not expect(done.returncode == 0, f"out.{suffix}: {done.stderr}"):
            continue
        first = Path(f"out.{suffix}").read_bytes()
        run(program, "compile", DEFINITIONS, "-o", f"out.{suffix}")
        expect(first == Path(f"out.{suffix}").read_bytes(), f"out.{suffix} is the same twice")
        if suffix in ("s", "a", "so"):
            Path("main.c").write_text('#include "f.h"\nint main(void) { return f(0.5) == f(0.5) ? 0 : 1; }\n')
            done = run("cc", "main.c", f"./out.{suffix}", "-lm", "-o", "main")
            expect(done.returncode == 0 and run("./main").returncode == 0, f"out.{suffix}: {done.stderr}")
    for tool, file in (("llvm-as-22", "out.ll"), ("llvm-dis-22", "out.bc")):
        if shutil.which(tool):
            expect(run(tool, file, "-o", "/dev/null").returncode == 0, f"{tool} reads {file}")


def test_header_guards():
    """A header does not link with another object than its own."""
    make("f(x, y) = x + y", "g")
    make("f(x) = x")
    Path("main.c").write_text('#include "g.h"\nint main(void) { return f(1, 2) == 3; }\n')
    done = run("cc", "main.c", "f.o", "-lm", "-o", "main")
    expect(done.returncode != 0 and "jitegral_abi1_" in done.stderr, f"a strange header: {done}")


def run_as(cpu):
    return run("./main", env=dict(os.environ, JITEGRAL_CPU=cpu))


def test_cpu():
    for cpu in ("x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"):
        make(DEFINITIONS, "f", "--cpu", cpu)
        expect(re.search(rf"\b{cpu}\b(?!-)", Path("f.h").read_text()), f"the header names {cpu}")
    make(DEFINITIONS)
    expect("x86-64-v3" in Path("f.h").read_text(), "without --cpu it is x86-64-v3, not this machine")
    make(DEFINITIONS, "f", "--cpu", "x86-64")
    if build(CALLS):
        printed, wanted = values(DEFINITIONS, CALLS)
        expect(printed == wanted, f"an object for x86-64 gives {printed}, not {wanted}")


def test_several_cpus():
    """One object, each version that this machine can run: the same bits. One that it cannot run is refused."""
    make(DEFINITIONS + ";" + INTEGRALS, "f", "--cpu", "x86-64-v4,x86-64-v3,x86-64-v2,x86-64")
    calls = ['(printf("%s\\n", f_cpu() ? f_cpu() : "none"), 0.0)', *CALLS, "f_quad(0, 1.5, 0, 1e-10, 0)",
             "f_integrate(0, 1.5, 100003)", "F(2)"]
    if not build(calls):
        return
    best = run("./main").stdout.split()
    expect(best[0] in ("x86-64-v4", "x86-64-v3"), f"{best[0]} was chosen")
    runs = {cpu: run_as(cpu).stdout.split() for cpu in ("x86-64-v4", "x86-64-v3", "x86-64-v2", "x86-64")}
    for cpu, printed in runs.items():
        expect(printed[0] == cpu and printed[1:] == best[1:] or printed[0] == "none" and cpu == "x86-64-v4",
               f"as {cpu} it prints {printed}, at best {best}")
    refused = run_as("z80")
    expect(refused.returncode == 0 and refused.stdout.split()[2:] == ["nan"] * (len(calls) - 1),
           f"a cpu that is not there: {refused}")
    make(DEFINITIONS, "f", "--cpu", "sapphirerapids")
    if build(CALLS) and best[0] != "x86-64-v4":
        expect(run("./main").stdout.split() == ["nan"] * len(CALLS), "no illegal instruction, but nan")


REFUSED = [
    ("f(x) = integrate(x*t, t = 0..1, max_evals = x)", "E504", "max_evals"),
    ("f(x) = x; f_batch(x) = x", "E504", "f_batch"),
    ("malloc(x) = x", "E504", "malloc"),
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
