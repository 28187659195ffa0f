"""A Python function as a formula: what @jitegral.jit understands."""
import ast
import inspect
import math
import textwrap

OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^",
             ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!=", ast.GtE: ">=", ast.Gt: ">",
             ast.And: "and", ast.Or: "or", ast.Not: "not", ast.USub: "-", ast.UAdd: "+"}
# Functions that mean the same here; those with another name there.
SAME = {"acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "cos", "cosh", "erf", "erfc", "exp",
        "exp2", "expm1", "floor", "gamma", "hypot", "lgamma", "log10", "log1p", "log2", "pow", "sin", "sinh", "sqrt",
        "tan", "tanh", "trunc"}
RENAMED = {"fabs": "abs"}
BUILTINS = {abs: "abs", min: "min", max: "max", pow: "pow"}


class _Translator:
    def __init__(self, function, first_line, names):
        self.function, self.first_line, self.names = function, first_line, names
        self.arguments = set()

    def refuse(self, node, why):
        from . import Error
        code = self.function.__code__
        line = self.first_line + node.lineno - 1
        rendered = f"{code.co_filename}:{line}:{node.col_offset + 1}: error E702: @jit cannot take {why}"
        return Error("E702", f"@jit cannot take {why}", line, node.col_offset + 1, rendered)

    def number(self, node, value):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.refuse(node, f"{value!r}, which is not a number")
        try:
            value = float(value)
        except OverflowError:
            raise self.refuse(node, "a number this large") from None
        return f"({value!r})"

    def outside(self, node):
        """What a name or an attribute means where the function stands."""
        if isinstance(node, ast.Name):
            if node.id in self.names:
                return self.names[node.id]
            raise self.refuse(node, f"the unknown name {node.id!r}")
        if isinstance(node, ast.Attribute):
            owner = self.outside(node.value)
            if inspect.ismodule(owner) and hasattr(owner, node.attr):
                return getattr(owner, node.attr)
        raise self.refuse(node, f"{ast.unparse(node)!r}")

    def called(self, node):
        target = self.outside(node.func)
        if node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
            raise self.refuse(node, "keyword or starred arguments")
        count = len(node.args)
        name = getattr(target, "__name__", "")
        if getattr(math, name, None) is target or _is_numpy(target):
            if name == "log" and count == 2:
                return "(log({0})/log({1}))"
            if name == "log" and count == 1 or name in SAME:
                return f"{name}({', '.join(f'{{{i}}}' for i in range(count))})"
            if name in RENAMED:
                return RENAMED[name] + "({0})"
        try:
            known = BUILTINS.get(target)
        except TypeError:
            known = None
        if known is None:
            raise self.refuse(node, f"a call of {ast.unparse(node.func)!r}")
        return f"{known}({', '.join(f'{{{i}}}' for i in range(count))})"

    def expression(self, root):
        """Bottom up and without recursion: a long sum is a deep tree."""
        done = {}
        stack = [root]
        while stack:
            node = stack[-1]
            children = [c for c in self.operands(node) if id(c) not in done]
            if children:
                stack += children
                continue
            stack.pop()
            done[id(node)] = self.combined(node, done)
        return done[id(root)]

    def operands(self, node):
        if isinstance(node, ast.BinOp):
            return [node.left, node.right]
        if isinstance(node, ast.UnaryOp):
            return [node.operand]
        if isinstance(node, ast.BoolOp):
            return node.values
        if isinstance(node, ast.Compare):
            return [node.left, *node.comparators]
        if isinstance(node, ast.IfExp):
            return [node.test, node.body, node.orelse]
        if isinstance(node, ast.Call):
            self.called(node)  # refuses what it does not know before it looks into the arguments
            return node.args
        return []

    def sign(self, node, operator):
        if type(operator) not in OPERATORS:
            raise self.refuse(node, f"the operator of {ast.unparse(node)!r}")
        return OPERATORS[type(operator)]

    def combined(self, node, done):
        parts = [done[id(c)] for c in self.operands(node)]
        if isinstance(node, ast.BinOp):
            if isinstance(node.op, ast.FloorDiv):
                return f"floor({parts[0]}/{parts[1]})"
            if isinstance(node.op, ast.Mod):  # the sign of the divisor, as in Python
                return f"({parts[0]} - {parts[1]}*floor({parts[0]}/{parts[1]}))"
            return f"({parts[0]} {self.sign(node, node.op)} {parts[1]})"
        if isinstance(node, ast.UnaryOp):
            return f"({self.sign(node, node.op)} {parts[0]})"
        if isinstance(node, ast.BoolOp):
            return "(" + f" {self.sign(node, node.op)} ".join(parts) + ")"
        if isinstance(node, ast.Compare):
            signs = [self.sign(node, op) for op in node.ops]
            return "(" + parts[0] + "".join(f" {s} {p}" for s, p in zip(signs, parts[1:])) + ")"
        if isinstance(node, ast.IfExp):
            return f"({parts[0]} ? {parts[1]} : {parts[2]})"
        if isinstance(node, ast.Call):
            return self.called(node).format(*parts)
        if isinstance(node, ast.Constant):
            return self.number(node, node.value)
        if isinstance(node, ast.Name) and node.id in self.arguments:
            return node.id
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self.number(node, self.outside(node))
        raise self.refuse(node, f"{type(node).__name__.lower()} expressions such as {ast.unparse(node)!r}")


def _is_numpy(target):
    return type(target).__module__ == "numpy" and type(target).__name__ == "ufunc"


def _names_around(function):
    closure = inspect.getclosurevars(function)
    return {**closure.builtins, **closure.globals, **closure.nonlocals}


def formula_of(function):
    """(formula, names of its arguments) for a function whose body is `return expression`, or a lambda."""
    source, first_line = inspect.getsourcelines(function)
    tree = ast.parse(textwrap.dedent("".join(source)).strip().rstrip(","))
    found = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.Lambda, ast.AsyncFunctionDef))]
    translator = _Translator(function, first_line, _names_around(function))
    if len(found) != 1 or not isinstance(found[0], (ast.FunctionDef, ast.Lambda)):
        raise translator.refuse(tree.body[0], "anything but one plain function")
    definition = found[0]
    a = definition.args
    if a.vararg or a.kwarg or a.kwonlyargs or a.defaults:
        raise translator.refuse(definition, "arguments with defaults, keywords or stars")
    arguments = [argument.arg for argument in a.posonlyargs + a.args]
    translator.arguments = set(arguments)
    if isinstance(definition, ast.Lambda):
        return translator.expression(definition.body), arguments
    body = definition.body
    if len(body) > 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]  # a docstring
    if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
        wrong = next((s for s in body if not isinstance(s, ast.Return)), body[0])
        raise translator.refuse(wrong, "anything but one return statement")
    return translator.expression(body[0].value), arguments
