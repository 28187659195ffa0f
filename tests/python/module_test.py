"""The Python module, as its users see it. Run with BUILD/python on PYTHONPATH."""
import concurrent.futures
import math
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import unittest

import joblib
import numpy
import scipy.integrate

import jitegral

GLOBAL = 2.5


@jitegral.jit
def bump(x, a):
    """A docstring is fine."""
    return math.exp(-a * x**2) if 0 <= x < 1 and not a < 0 else GLOBAL * math.log(1 + abs(x), 2) // 1 - x % 3


def plain_bump(x, a):
    return math.exp(-a * x**2) if 0 <= x < 1 and not a < 0 else GLOBAL * math.log(1 + abs(x), 2) // 1 - x % 3


def integral_of(text):
    return jitegral.integrate(text, 0, 1, n_iter=10**5, n_jobs=2).value


def compiled_integral(folder, text):
    os.environ["JITEGRAL_CACHE_DIR"] = folder
    return jitegral.Session(tier="native").integrate(text, 0, 1, n_iter=10**4).value


def kernels_in(folder):
    """What is kept on disk; code that is made again is another file."""
    return {(entry.path, entry.inode()) for entry in os.scandir(folder) if entry.is_file()}


def call(f, x):
    return f(x)


class Integrate(unittest.TestCase):
    def test_text(self):
        r = jitegral.integrate("cos(x)*x", 0, math.pi / 2)
        self.assertEqual(r.status, "converged")
        self.assertLessEqual(abs(r.value - (math.pi / 2 - 1)), r.error)
        self.assertEqual(float(r), r.value)
        grid = jitegral.integrate("cos(x)*x", 0, math.pi / 2, n_iter=10**6, n_jobs=2)
        self.assertEqual((grid.status, grid.n_jobs, grid.evaluations), ("fixed", 2, 10**6))
        self.assertEqual(grid.value, jitegral.integrate("cos(x)*x", 0, math.pi / 2, n_iter=1e6, n_jobs=1).value)
        self.assertAlmostEqual(jitegral.integrate("exp(-x^2)", -math.inf, math.inf).value, math.sqrt(math.pi))
        self.assertEqual(pickle.loads(pickle.dumps(r)).value, r.value)

    def test_function(self):
        self.assertAlmostEqual(jitegral.integrate(math.cos, 0, 1).value, math.sin(1), 14)
        sizes = []

        def square(x):
            sizes.append(len(x))
            return x * x

        self.assertAlmostEqual(jitegral.integrate(square, 0, 1, vectorized=True, n_iter=5000).value, 1 / 3, 3)
        self.assertGreater(max(sizes), 100)
        self.assertAlmostEqual(jitegral.integrate(math.exp, 0, 1, n_iter=1000, n_jobs=2, rule="simpson").value, math.e - 1)
        with self.assertRaises(ZeroDivisionError):
            jitegral.integrate(lambda x: 1 / 0, 0, 1)
        with self.assertRaises(TypeError):
            jitegral.integrate(3, 0, 1)

    def test_parameters(self):
        f = jitegral.compile("exp(-a*x)", ["x", "a"])
        prepared = f.integral(tol=1e-12)
        for a in (0.5, 1.0, 2.0):
            self.assertAlmostEqual(prepared(0, math.inf, [a]).value, 1 / a)
        self.assertAlmostEqual(f.integrate(0, 1, [1.0]).value, 1 - math.exp(-1))

    def test_sessions(self):
        session = jitegral.Session(tolerance=1e-8)
        session.define("a = 2; f(t) = a*t")
        session.define("g", lambda x: x + 1)
        session.define("both", numpy.add, arity=2, vectorized=True)
        self.assertEqual(session.compile("both(f(x), g(x))")(3), 10)
        self.assertAlmostEqual(session.evaluate("integrate(both(x, g(x)), 0, 1)").value, 2)
        with self.assertRaises(jitegral.Error):
            jitegral.evaluate("f(1)")

    def test_mistakes(self):
        with self.assertRaises(jitegral.Error) as caught:
            jitegral.compile("1 + sinn(x)")
        error = caught.exception
        self.assertEqual((error.code, error.line, error.column), ("E202", 1, 5))
        self.assertIn("^^^^", str(error))
        self.assertEqual(pickle.loads(pickle.dumps(error)).code, "E202")
        with self.assertRaises(TypeError):
            jitegral.integrate("x", 0, 1, n_itr=3)
        with self.assertRaises(jitegral.Error):
            jitegral.integrate("x", 0, 1, rule="simpsn", n_iter=3)

    def test_progress(self):
        seen = []
        r = jitegral.integrate("cos(x)", 0, 1, n_iter=10**15, time_limit=0.5, progress=lambda *p: seen.append(p))
        self.assertEqual(r.status, "budget")
        self.assertGreater(len(seen), 1)
        with self.assertRaises(KeyError):
            jitegral.integrate("cos(x)", 0, 1, n_iter=10**15, progress=lambda *p: {}["stop"])


class Arrays(unittest.TestCase):
    def setUp(self):
        self.f = jitegral.compile("cos(x)*x")
        self.g = jitegral.compile("x - 2*y", ["x", "y"])

    def test_one_number(self):
        self.assertIsInstance(self.f(0.5), float)
        self.assertIsInstance(self.f(1), float)
        self.assertIsInstance(self.f(numpy.float64(0.5)), float)

    def test_layouts(self):
        x = numpy.linspace(-3, 3, 3000)
        want = [self.f(v) for v in x]
        for given in (x, list(x), x.reshape(30, 100), numpy.repeat(x, 2)[::2], x[::-1][::-1],
                      numpy.asfortranarray(x.reshape(30, 100))):
            y = self.f(given)
            self.assertEqual(y.shape, numpy.shape(given))
            self.assertEqual(list(y.ravel()), want)
        self.assertEqual(list(self.f(x[::-1])), want[::-1])
        self.assertEqual(self.f(numpy.arange(3, dtype=numpy.int32))[2], self.f(2))
        self.assertEqual(self.f(numpy.float32([0.5]))[0], self.f(0.5))
        self.assertEqual(self.f(numpy.empty((0, 3))).shape, (0, 3))
        packed = numpy.zeros(5, dtype=[("pad", "i1"), ("x", "f8")])
        self.assertEqual(list(self.f(packed["x"])), [0] * 5)

    def test_broadcasting(self):
        x, y = numpy.arange(4.0), numpy.arange(3.0)[:, None]
        numpy.testing.assert_array_equal(self.g(x, y), x - 2 * y)
        numpy.testing.assert_array_equal(self.g(x, 1), x - 2)
        numpy.testing.assert_array_equal(self.g(1, y), 1 - 2 * y)
        with self.assertRaises(ValueError):
            self.g(numpy.zeros(3), numpy.zeros(4))
        with self.assertRaises(jitegral.Error):
            self.g(numpy.zeros(3))


class Sessions(unittest.TestCase):
    def test_tiers_and_warnings(self):
        native, interpreter = jitegral.Session(tier="native"), jitegral.Session(tier="interpreter")
        r = native.integrate("cos(x)*x", 0, 1, n_iter=1000)
        self.assertEqual(r.value, interpreter.integrate("cos(x)*x", 0, 1, n_iter=1000).value)
        self.assertEqual((r.tier, r.warnings), ("native", []))
        self.assertGreater(r.compile_seconds, 0)
        self.assertIn("diverges", native.integrate("1/x", 0, 1).warnings[0])
        copy = pickle.loads(pickle.dumps(r))
        self.assertEqual((copy.compile_seconds, copy.warnings), (r.compile_seconds, r.warnings))
        with self.assertRaisesRegex(jitegral.Error, "tier must be auto, interpreter or native"):
            jitegral.Session(tier="none")


class Processes(unittest.TestCase):
    def test_pickle(self):
        f = pickle.loads(pickle.dumps(jitegral.compile("f(t, a) = cos(a*t) + integrate(s^2, s = 0..t)")))
        self.assertEqual(f.arguments, ("t", "a"))
        self.assertAlmostEqual(f(3.0, 0.0), 10)

    def test_joblib(self):
        f = jitegral.compile("x^2 + 1")
        jobs = (joblib.delayed(call)(f, x) for x in range(8))
        self.assertEqual(joblib.Parallel(n_jobs=2, backend="loky")(jobs), [x * x + 1 for x in range(8)])

    def test_multiprocessing(self):
        here = integral_of("cos(x)")  # threads are at work before the fork
        for method in ("fork", "spawn"):
            with multiprocessing.get_context(method).Pool(2) as pool:
                self.assertEqual(pool.map_async(integral_of, ["cos(x)", "cos(x)"]).get(60), [here] * 2)

    def test_futures(self):
        with concurrent.futures.ProcessPoolExecutor(2) as pool:
            self.assertEqual(list(pool.map(call, [jitegral.compile("2*x")] * 3, range(3), timeout=60)), [0, 2, 4])
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            values = list(pool.map(integral_of, [f"cos(x) + {k}" for k in range(8)]))
        self.assertAlmostEqual(values[7] - values[0], 7)

    def test_workers_take_code_from_disk(self):
        """Nothing is compiled by workers if the cache has it, however they were started."""
        text = "cos(x)*x + exp(-x)"
        before = os.environ.get("JITEGRAL_CACHE_DIR")
        with tempfile.TemporaryDirectory() as folder:
            here = compiled_integral(folder, text)
            kept = kernels_in(folder)
            self.assertTrue(kept)
            twice = [(folder, text)] * 2
            for method in ("fork", "spawn"):
                with multiprocessing.get_context(method).Pool(2) as pool:
                    self.assertEqual(pool.starmap_async(compiled_integral, twice).get(60), [here] * 2)
            with concurrent.futures.ProcessPoolExecutor(2) as pool:
                self.assertEqual(list(pool.map(compiled_integral, *zip(*twice), timeout=60)), [here] * 2)
            jobs = (joblib.delayed(compiled_integral)(*one) for one in twice)
            self.assertEqual(joblib.Parallel(n_jobs=2, backend="loky")(jobs), [here] * 2)
            self.assertEqual(kernels_in(folder), kept)
            for path, _ in kept:  # and it would be seen if they did
                os.truncate(path, os.path.getsize(path) // 2)
            self.assertEqual(joblib.Parallel(n_jobs=2, backend="loky")([joblib.delayed(compiled_integral)(folder, text)]), [here])
            self.assertNotEqual(kernels_in(folder), kept)
        os.environ.pop("JITEGRAL_CACHE_DIR") if before is None else os.environ.update(JITEGRAL_CACHE_DIR=before)

    def test_interrupt(self):
        program = textwrap.dedent("""
            import jitegral, threading, os, signal, time
            threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
            start = time.monotonic()
            try:
                jitegral.integrate("cos(x)", 0, 1, n_iter=10**15)
            except KeyboardInterrupt:
                print("stopped", time.monotonic() - start < 5)
            print(jitegral.integrate("x", 0, 1).status)
            """)
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stdout.split(), ["stopped", "True", "converged"], done.stderr)

    def test_the_lock_is_released(self):
        ticks = []
        done = threading.Event()

        def tick():
            while not done.is_set():
                ticks.append(time.monotonic())
                time.sleep(0.01)

        thread = threading.Thread(target=tick)
        thread.start()
        jitegral.integrate("cos(x)", 0, 1, n_iter=10**15, n_jobs=1, time_limit=0.5)
        done.set()
        thread.join()
        self.assertGreater(len(ticks), 5)


class Scipy(unittest.TestCase):
    def test_quad(self):
        value, error = scipy.integrate.quad(jitegral.compile("cos(x)*x").low_level_callable, 0, math.pi / 2)
        self.assertAlmostEqual(value, math.pi / 2 - 1)
        two = jitegral.compile("x*y", ["x", "y"]).low_level_callable
        self.assertAlmostEqual(scipy.integrate.nquad(two, [[0, 1], [0, 2]])[0], 1)


class Jit(unittest.TestCase):
    def test_values(self):
        for x in (-2.5, 0.0, 0.3, 1.0, 7.25):
            for a in (-1.0, 0.0, 2.0):
                self.assertAlmostEqual(bump(x, a), plain_bump(x, a), 13)
        self.assertEqual(bump.arguments, ("x", "a"))

    def refused(self, function, words):
        with self.assertRaises(jitegral.Error) as caught:
            jitegral.jit(function)
        self.assertIn(words, str(caught.exception))
        first = function.__code__.co_firstlineno
        self.assertIn(caught.exception.line, range(first, first + 6))
        self.assertIn("module_test.py", str(caught.exception))

    def test_refusals(self):
        def loop(x):
            while x > 1:
                x /= 2
            return x

        def text(x):
            return x + len("abc")

        def unknown(x):
            return x + no_such_name  # noqa: F821

        def default(x, a=1):
            return x + a

        def index(x):
            return x[0]

        def matrix(x):
            return x @ x

        def boolean(x):
            return x + True

        self.refused(loop, "one return statement")
        self.refused(text, "'len'")
        self.refused(unknown, "no_such_name")
        self.refused(default, "defaults")
        self.refused(index, "subscript")
        self.refused(matrix, "operator")
        self.refused(boolean, "True")


if __name__ == "__main__":
    unittest.main()
