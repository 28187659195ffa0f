from collections.abc import Callable, Sequence
from typing import Any, Literal, overload

import numpy
from numpy.typing import ArrayLike, NDArray

Status = Literal[
    "value", "fixed", "converged", "not_converged", "divergent", "non_finite", "budget", "cancelled"
]
ProgressCallback = Callable[[float, int, float], Any]

class Error(ValueError):
    code: str
    message: str
    line: int
    column: int
    rendered: str
    def __init__(self, code: str, message: str, line: int, column: int, rendered: str) -> None: ...

class Result:
    @property
    def value(self) -> float: ...
    @property
    def error(self) -> float: ...
    @property
    def status(self) -> Status: ...
    @property
    def method(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def evaluations(self) -> int: ...
    @property
    def n_jobs(self) -> int: ...
    @property
    def seconds(self) -> float: ...
    @property
    def compile_seconds(self) -> float: ...
    @property
    def warnings(self) -> list[str]: ...
    def __float__(self) -> float: ...

class Integral:
    def __call__(
        self, a: float, b: float, parameters: Sequence[float] = ..., progress: ProgressCallback | None = ...
    ) -> Result: ...

class Formula:
    @property
    def arguments(self) -> tuple[str, ...]: ...
    @property
    def text(self) -> str: ...
    @overload
    def __call__(self, *arguments: float) -> float: ...
    @overload
    def __call__(self, *arguments: ArrayLike) -> NDArray[numpy.float64]: ...
    def evaluate(self, *point: float) -> Result: ...
    def integral(
        self,
        *,
        rule: str | None = ...,
        n_iter: float | None = ...,
        tol: float | None = ...,
        abs_tol: float | None = ...,
        n_jobs: int | None = ...,
        backend: str | None = ...,
        max_evals: float | None = ...,
        time_limit: float | None = ...,
        memory_limit: float | None = ...,
        points: Sequence[float] | None = ...,
        pv: bool | None = ...,
    ) -> Integral: ...
    def integrate(
        self,
        a: float,
        b: float,
        parameters: Sequence[float] = ...,
        *,
        progress: ProgressCallback | None = ...,
        rule: str | None = ...,
        n_iter: float | None = ...,
        tol: float | None = ...,
        abs_tol: float | None = ...,
        n_jobs: int | None = ...,
        backend: str | None = ...,
        max_evals: float | None = ...,
        time_limit: float | None = ...,
        memory_limit: float | None = ...,
        points: Sequence[float] | None = ...,
        pv: bool | None = ...,
    ) -> Result: ...
    @property
    def low_level_callable(self) -> Any: ...

class Session:
    def __init__(
        self, cpu: str = ..., n_jobs: int = ..., tolerance: float = ..., time_limit: float = ..., tier: str = ...
    ) -> None: ...
    @property
    def target(self) -> str: ...
    def define(
        self,
        definitions: str,
        function: Callable[..., Any] | None = ...,
        *,
        arity: int | None = ...,
        vectorized: bool = ...,
    ) -> None: ...
    def compile(self, formula: str, arguments: Sequence[str] | str = ...) -> Formula: ...
    def evaluate(self, expression: str, *, progress: ProgressCallback | None = ...) -> Result: ...
    def integrate(
        self,
        formula: str | Formula | Callable[..., Any],
        a: float,
        b: float,
        *,
        vectorized: bool = ...,
        progress: ProgressCallback | None = ...,
        **options: Any,
    ) -> Result: ...

def define(
    definitions: str, function: Callable[..., Any] | None = ..., *, arity: int | None = ..., vectorized: bool = ...
) -> None: ...
def compile(formula: str, arguments: Sequence[str] | str = ...) -> Formula: ...
def evaluate(expression: str, *, progress: ProgressCallback | None = ...) -> Result: ...
def integrate(
    formula: str | Formula | Callable[..., Any],
    a: float,
    b: float,
    *,
    vectorized: bool = ...,
    progress: ProgressCallback | None = ...,
    **options: Any,
) -> Result: ...
def jit(function: Callable[..., float]) -> Formula: ...
