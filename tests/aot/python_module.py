"""jitegral compile --emit python: modules that CPython imports without jitegral, LLVM or NumPy."""
import array
import importlib.util
import json
import math
import os
import pickle
import re
import subprocess
import sys
import tempfile
import threading
import unittest
import warnings
from pathlib import Path

program = sys.argv[1]

DEFINITIONS = """\
f(x) = cos(x)*x
g(x, y) = hypot(x, y) + exp(-x*y)
F(a) = integrate(exp(-a*x^2), x = 0..1)
r(x) = 1/x
D(x) = integrate(1/t, t = x..1)
größe(α) = α^2"""


def run(*command, **environment):
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})


def make(definitions, file, *options):
    return run(program, "compile", definitions, "-o", file, *options)


def load(file):
    name = Path(file).name.split(".")[0]
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module
    return module


def session(*statements):
    done = run(program, "--json", DEFINITIONS, *statements)
    return [json.loads(line) for line in done.stdout.splitlines()][-len(statements):]


class Module(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = cls.folder.name + "/all.abi3.so"
        done = make(DEFINITIONS, cls.file, "--header", cls.folder.name + "/all.pyi")
        assert done.returncode == 0, done
        cls.all = load(cls.file)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def path(self, name):
        return f"{self.folder.name}/{name}"

    def test_values_are_the_sessions(self):
        m = self.all
        calls = ["f(0.5)", "g(3, 4)", "F(2)", "größe(3)"]
        for call, one in zip(calls, session(*calls), strict=True):
            self.assertEqual(eval(call, vars(m)), one["value"], call)
        self.assertEqual(m.F_with_error(2)[0], m.F(2))
        grid, quad = session("integrate(f(x), 0, 1.5, n_iter = 123457)", "integrate(f(x), 0, 1.5)")
        self.assertEqual(m.f_integrate(0, 1.5, 123457), grid["value"])
        self.assertEqual(m.f_quad(0, 1.5), (quad["value"], quad["error"]))
        self.assertEqual(m.f_quad(b=1.5, a=0, rel_tol=1e-10, abs_tol=0), m.f_quad(0, 1.5))

    def test_buffers_without_numpy(self):
        code = f"""
import array, sys
sys.path.insert(0, {self.folder.name!r})
import all as m
x = array.array("d", [k / 8 for k in range(1003)])
y = m.f(x)
assert type(y) is array.array and y.typecode == "d" and list(y) == [m.f(one) for one in x]
assert list(m.g(x, 2)) == [m.g(one, 2) for one in x] and list(m.g(x, x)) == [m.g(one, one) for one in x]
square = memoryview(x)[:1000].cast("B").cast("d", (20, 50))
assert m.f(square).tolist() == [[m.f(one) for one in row] for row in square.tolist()]
assert list(m.f(memoryview(x)[::3])) == list(y[::3])
assert m.f(x, out=x) is x and x == y
assert len(m.f(array.array("d"))) == 0
out = array.array("d", [0, 0, 0])
assert m.g(3, 4, out=out) is out and list(out) == [m.g(3, 4)] * 3
assert "numpy" not in sys.modules and "jitegral" not in sys.modules
"""
        done = run(sys.executable, "-c", code)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_numpy(self):
        import numpy as np

        x = np.linspace(0, 3, 1200).reshape(30, 40)
        y = self.all.f(x)
        self.assertIs(type(y), np.ndarray)
        self.assertEqual(y.shape, x.shape)
        self.assertTrue(all(a == self.all.f(b) for a, b in zip(y.flat, x.flat, strict=True)))
        self.assertTrue((self.all.f(x[:, ::-3]) == y[:, ::-3]).all() and (self.all.f(x.T) == y.T).all())
        self.assertTrue((self.all.g(x, array.array("d", [1])[0]) == self.all.g(x, np.ones_like(x))).all())
        line = np.linspace(0, 3, 700)
        want = self.all.f(line[:-1])
        self.all.f(line[:-1], out=line[1:])
        self.assertTrue((line[1:] == want).all(), "a buffer may overlap the one that gets the values")
        self.assertIs(type(self.all.f(np.float64(0.5))), float)
        self.assertEqual(self.all.f(np.array(0.5)), self.all.f(0.5))

    def test_refusals(self):
        doubles, floats = array.array("d", [1, 2, 3]), array.array("f", [1, 2, 3])
        m = self.all
        for error, words, call in [
            (TypeError, "takes 1 argument, not 0", lambda: m.f()),
            (TypeError, "takes 2 arguments, not 1", lambda: m.g(1)),
            (TypeError, "neither a number nor a buffer", lambda: m.f([1.0])),
            (TypeError, "neither a number nor a buffer", lambda: m.f("1")),
            (TypeError, "argument 2 is a buffer of 'f'", lambda: m.g(1, floats)),
            (TypeError, "a buffer of 'B'", lambda: m.f(b"12345678")),
            (TypeError, "out is not a writable", lambda: m.f(doubles, out=bytes(24))),
            (TypeError, "out is not a writable", lambda: m.f(doubles, out=floats)),
            (TypeError, "out is not a writable", lambda: m.f(doubles, out=memoryview(array.array("d", [0] * 6))[::2])),
            (TypeError, "unexpected argument 'outer'", lambda: m.f(1, outer=2)),
            (ValueError, "different shapes", lambda: m.g(doubles, doubles[:2])),
            (ValueError, "different shapes", lambda: m.f(doubles, out=doubles[:2])),
            (TypeError, "'b' is missing", lambda: m.f_quad(1)),
            (TypeError, "unexpected argument 'a'", lambda: m.f_quad(1, a=2)),
            (TypeError, "takes 3 arguments, not 4", lambda: m.f_integrate(0, 1, 2, 3)),
            (TypeError, "integer", lambda: m.f_integrate(0, 1, 2.5)),
            (ValueError, "1 <= n", lambda: m.f_integrate(0, 1, 0)),
            (ValueError, "finite", lambda: m.f_integrate(0, math.inf, 5)),
            (ValueError, "rel_tol", lambda: m.f_quad(0, 1, rel_tol=2)),
            (OverflowError, "", lambda: m.f_integrate(0, 1, 10**30)),
        ]:
            with self.assertRaisesRegex(error, re.escape(words)):
                call()

    def test_warnings(self):
        """What comes without its promise is told."""
        for call in (lambda: self.all.r_quad(0, 1), lambda: self.all.D(0), lambda: self.all.D(array.array("d", [1, 0]))):
            with self.assertWarns(RuntimeWarning):
                call()
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                self.assertRaises(RuntimeWarning, call)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.assertTrue(math.isnan(self.all.D(0)))

    def test_lock_is_released(self):
        """A thread runs on while another integrates."""
        begun, counts = threading.Event(), []

        def count():
            begun.set()
            while not counts:
                total.append(1)

        total = []
        thread = threading.Thread(target=count)
        thread.start()
        begun.wait()
        before = len(total)
        self.all.f_integrate(0, 1, 50_000_000)
        during = len(total) - before
        counts.append(1)
        thread.join()
        self.assertGreater(during, 100)

    def test_documentation(self):
        import inspect

        doc = self.all.f.__doc__
        self.assertIn("cos(x) * x", doc)
        self.assertIn("ulp", doc)
        self.assertEqual(str(inspect.signature(self.all.g)), "(x, y, /, *, out=None)")
        self.assertEqual(str(inspect.signature(self.all.f_quad)), "(a, b, abs_tol=0.0, rel_tol=1e-10)")
        self.assertIn("jitegral compile 'f(x) = cos(x)*x", self.all.__doc__)
        self.assertIs(pickle.loads(pickle.dumps(self.all.f)), self.all.f)
        stub = Path(self.path("all.pyi")).read_text()
        compile(stub, "all.pyi", "exec")
        self.assertIn("def f_integrate(a: float, b: float, n: int) -> float: ...", stub)

    def test_file_stands_alone(self):
        needed = set(re.findall(r"NEEDED.*\[(.*)\]", run("readelf", "-d", self.file).stdout))
        self.assertLessEqual(needed, {"libm.so.6", "libc.so.6"})
        exported = [line.split()[-1] for line in run("nm", "-D", "--defined-only", self.file).stdout.splitlines()]
        self.assertEqual(exported, ["PyInit_all"])

    def test_kinds_and_names(self):
        for name in ("a.abi3.so", "a.cpython-311-x86_64-linux-gnu.so"):
            make("f(x) = x^2", self.path(name))
            self.assertEqual(load(self.path(name)).f(3), 9)
        make("f(x) = x^3", self.path("b.so"), "--emit", "python")
        self.assertEqual(load(self.path("b.so")).f(3), 27)
        first = Path(self.path("b.so")).read_bytes()
        make("f(x) = x^3", self.path("b.so"), "--emit", "python")
        self.assertEqual(first, Path(self.path("b.so")).read_bytes(), "the same input, other bytes")
        for text, name, word in [("lambda(x) = x", "a", "lambda"), ("f(x) = x", "a-b", "a-b"), ("f(x) = x", "3d", "3d"),
                                 ("f(x) = x; f_quad(x) = x", "a", "f_quad")]:
            done = make(text, self.path(name + ".abi3.so"))
            self.assertEqual(done.returncode, 2)
            self.assertIn("E504", done.stderr)
            self.assertIn(word, done.stderr)

    def test_cpus(self):
        """Each version that this machine can run gives the same bits; without one the import fails, politely."""
        done = make(DEFINITIONS, self.path("cpus.so"), "--emit", "python", "--cpu", "x86-64-v4,x86-64-v3,x86-64-v2")
        self.assertEqual(done.returncode, 0, done.stderr)
        code = f"""
import sys
sys.path.insert(0, {self.folder.name!r})
import cpus as m
print(m.__cpu__, m.f(0.5), m.F(2), m.f_quad(0, 1.5), m.f_integrate(0, 1.5, 100003))
"""
        outputs = {}
        for cpu in ("x86-64-v4", "x86-64-v3", "x86-64-v2", "z80"):
            done = run(sys.executable, "-c", code, JITEGRAL_CPU=cpu)
            if done.returncode == 0:
                chosen, outputs[cpu] = done.stdout.split(maxsplit=1)
                self.assertEqual(chosen, cpu)
            else:
                self.assertIn(cpu, ("x86-64-v4", "z80"))
                self.assertIn("ImportError: cpus: this processor runs none of", done.stderr)
        self.assertEqual(len(set(outputs.values())), 1, outputs)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
