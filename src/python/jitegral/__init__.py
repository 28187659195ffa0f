"""Integrates formulas at the speed of the machine.

    >>> import jitegral
    >>> r = jitegral.integrate("cos(x)*x", 0, 1.5)
    >>> float(r), r.error, r.status
    >>> f = jitegral.compile("exp(-a*x^2)", ["x", "a"])
    >>> f(0.5, 2), f(numpy.linspace(0, 1, 1000), 2)

Formulas are written in the language of the command line. Native code runs without the interpreter's lock, so
threads run side by side; results do not depend on the number of threads.
"""
import inspect
import os
import threading

from . import _jitegral
from ._jit import formula_of
from ._jitegral import Integral, Options, Result

__all__ = ["Error", "Formula", "Integral", "Result", "Session", "compile", "define", "evaluate", "integrate", "jit"]


class Error(ValueError):
    """A mistake in a formula, an option or a limit. `str()` shows the place, as the command line does.

    Attributes: code (stable, e.g. "E202"), message, line and column (from 1; 0 without a text), rendered.
    """

    def __init__(self, code, message, line, column, rendered):
        super().__init__(code, message, line, column, rendered)
        self.code, self.message, self.line, self.column, self.rendered = code, message, line, column, rendered

    def __str__(self):
        return self.rendered


def _options(given):
    options = Options()
    for name, value in given.items():
        if not hasattr(options, name):
            raise TypeError(f"integrate() got an unexpected keyword argument {name!r}")
        if value is None or (name == "n_jobs" and value == -1):
            continue
        whole = name in ("n_iter", "n_jobs", "max_evals", "memory_limit")
        setattr(options, name, int(value) if whole and int(value) == value else value)
    return options


def _attach(native):
    """Class decorator: gives the members of the class to a type of the extension module."""
    def attach(members):
        for name, member in vars(members).items():
            if name not in ("__module__", "__dict__", "__weakref__", "__qualname__"):
                setattr(native, name, member)
        return native
    return attach


@_attach(_jitegral.Formula)
class Formula:
    """A compiled formula. Made by compile(), Session.compile() and @jit.

    Called with numbers it gives a float; with arrays (or anything NumPy takes for one) it broadcasts its arguments
    and gives an array. Contiguous float64 arrays are not copied. Can be pickled: the other process compiles the
    formula again.
    """

    def evaluate(self, *point):
        """The value at one point, and what it is worth, as a Result."""
        return self._evaluate(point)

    def integral(self, **options):
        """Prepares the integral over the first argument; the result is called with limits and parameters."""
        return self._integral(_options(options))

    def integrate(self, a, b, parameters=(), *, progress=None, **options):
        """The integral over the first argument from a to b, given the values of the other arguments."""
        return self.integral(**options)(a, b, parameters, progress)

    @property
    def low_level_callable(self):
        """A scipy.LowLevelCallable, for scipy.integrate.quad and its like."""
        from scipy import LowLevelCallable
        return LowLevelCallable(self._capsule())

    def __reduce__(self):
        return compile, (self.text, self.arguments)

    def __repr__(self):
        return f"Formula({', '.join(self.arguments)}: {self.text})"


@_attach(_jitegral.Session)
class Session:
    """Definitions, and the machinery that makes code. May be used from several threads."""

    def define(self, definitions, function=None, *, arity=None, vectorized=False):
        """define("a = 3; f(t) = a*t") runs definitions. define("g", function) makes a Python function of one to
        three arguments usable in formulas; with vectorized=True it gets arrays and gives an array. It must give the
        same value for the same arguments, and is called with the interpreter's lock held."""
        if function is None:
            return self._define(definitions)
        return self._define_function(definitions, _arity(function) if arity is None else arity, function, vectorized)

    def compile(self, formula, arguments=()):
        """A Formula. `formula` is an expression over `arguments` (its one free name, if none are given), the name
        of a function, or says itself what its arguments are: "f(x, a) = exp(-a*x^2)"."""
        return self._compile(formula, _names(arguments))

    def evaluate(self, expression, *, progress=None):
        """The value of an expression without free names, as a Result."""
        return self._evaluate(expression, progress)

    def integrate(self, formula, a, b, *, vectorized=False, progress=None, **options):
        """The integral from a to b of a formula (text or Formula) or of a Python function.

        Options: rule, n_iter, tol, abs_tol, n_jobs (-1: all cores), backend, max_evals, time_limit, memory_limit,
        points, pv. progress(fraction, evaluations, seconds) is called about ten times a second. A Python function is
        called from one thread unless n_jobs says otherwise; with vectorized=True it gets arrays.
        """
        if isinstance(formula, str):
            formula = self.compile(formula)
        if isinstance(formula, Formula):
            return formula.integrate(a, b, progress=progress, **options)
        if not callable(formula):
            raise TypeError(f"a formula or a function is wanted, not {type(formula).__name__}")
        return _jitegral._integrate_function(formula, a, b, _options(options), vectorized, progress)


def _names(arguments):
    if isinstance(arguments, str):
        arguments = arguments.replace(",", " ").split()
    return list(arguments)


def _arity(function):
    try:
        return len(inspect.signature(function).parameters)
    except (TypeError, ValueError):  # many functions written in C
        return 1


class _Default:
    """The session behind the functions of this module, made when it is first needed."""

    session = None
    lock = threading.Lock()
    abandoned = []


def _session():
    if _Default.session is None:
        with _Default.lock:
            if _Default.session is None:
                _Default.session = Session()
    return _Default.session


def define(definitions, function=None, *, arity=None, vectorized=False):
    return _session().define(definitions, function, arity=arity, vectorized=vectorized)


def compile(formula, arguments=()):
    return _session().compile(formula, arguments)


def evaluate(expression, *, progress=None):
    return _session().evaluate(expression, progress=progress)


def integrate(formula, a, b, *, vectorized=False, progress=None, **options):
    return _session().integrate(formula, a, b, vectorized=vectorized, progress=progress, **options)


def jit(function):
    """Compiles a plain Python function whose body is one arithmetic expression (or a docstring and that): numbers,
    arguments, names of numbers outside, + - * / ** %, comparisons, and/or/not, `b if a else c`, abs, min, max, and
    the functions of math. What it cannot take is an Error that names the line.

    Names outside are read when the decorator runs. `a and b` is a truth value here: 1.0 or 0.0.
    """
    text, arguments = formula_of(function)
    return compile(text, arguments)


for _name in ("define", "compile", "evaluate", "integrate"):
    globals()[_name].__doc__ = getattr(Session, _name).__doc__

def _forked():
    """A forked process has none of its parent's threads, so it gets a session of its own. The parent's is kept:
    ending it would wait for a thread that is not there."""
    _Default.abandoned.append(_Default.session)
    _Default.session, _Default.lock = None, threading.Lock()
    _jitegral._this_is_the_main_thread()


_jitegral._this_is_the_main_thread()
os.register_at_fork(after_in_child=_forked)
