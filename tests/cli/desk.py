"""What is made from the tables: help, completion, man page. A row of the function table shows up in all of them.

    desk.py PROGRAM SOURCE
"""
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source folder stays as it is
from pathlib import Path

from terminal import Terminal, expect, run_tests

program, source = sys.argv[1], Path(sys.argv[2])


def run(*arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, timeout=60)


def rows():
    """The names in the function table, as its source has them: what can be called, and the constants."""
    table, constants = (source / "src/functions/table.cpp").read_text().split("constant_rows", 1)
    calls = re.findall(r'\{\.name = "([A-Za-z]\w+)"', table)
    return [name for name in calls if name not in ("and", "or", "not", "negate")], \
        re.findall(r'\{\.name = "(\w+)"', constants)


def made():
    return {kind: run("generate", kind).stdout for kind in ("man", "bash", "zsh", "fish")}


def test_rows_show_up_everywhere():
    functions, constants = rows()
    expect(len(functions) > 50 and len(constants) > 5, f"{len(functions)} functions and {len(constants)} constants read")
    texts = made() | {"functions": run("functions").stdout}
    for name in functions + constants:
        for kind, text in texts.items():
            expect(re.search(rf"\b{name}\b", text), f"{name} is not in {kind}")
    for name in functions[::7] + constants:
        expect(name in run("help", name).stdout, f"help {name}")


def test_rows_complete_at_the_prompt():
    functions, _ = rows()
    with tempfile.TemporaryDirectory() as home, Terminal([program], {"HOME": home, "XDG_STATE_HOME": home}) as talk:
        talk.until(r"^> $")
        talk.listens_to_keys()
        for name in ("besselj", "gamma", "sinpi"):
            expect(name in functions, f"{name} is a row")
            talk.type(name[:-1] + "\t")
            expect(talk.until(rf"{name}\("), f"Tab completes {name[:-1]}: {talk.raw[-200:]!r}")
            talk.type("\x15")


def test_options_show_up_everywhere():
    options = re.findall(r"^ +(?:-\w,)?(--[\w-]+)", run("--help").stdout, re.M)
    expect({"--tol", "--n-jobs", "--format", "--file", "--json"} <= set(options), f"options in --help: {options}")
    for kind, text in made().items():
        text = text.replace("\\-", "-")
        for option in options:
            expect(re.search(rf"(--|-l ){option[2:]}\b", text), f"{option} is not in {kind}")


def test_examples_of_the_reference():
    """Help runs the examples of its rows."""
    for topic, value in (("sinpi", "= "), ("integrate", "= 0.5707963267948966"), ("?", None)):
        done = run("help", topic)
        expect(value is None or value in done.stdout, f"help {topic} shows a value: {done.stdout!r}")


def test_search():
    done = run("functions", "bessel")
    for name in ("besselj", "bessely", "besseli", "besselk"):
        expect(name in done.stdout, f"functions bessel lists {name}")
    expect("sinpi" not in done.stdout, "and nothing else")
    done = run("functions", "sinn")
    expect(done.returncode == 2 and "did you mean 'sin'" in done.stderr, f"functions sinn: {done.stderr!r}")


def test_shells_take_the_completions():
    texts = made()
    with tempfile.TemporaryDirectory() as folder:
        for shell, check in (("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"]), ("fish", ["fish", "-n"])):
            path = Path(folder) / shell
            path.write_text(texts[shell])
            try:
                done = subprocess.run([*check, str(path)], capture_output=True, text=True)
            except FileNotFoundError:
                print(f"{shell} is not here: its completion is not checked")
                continue
            expect(done.returncode == 0 and not done.stderr, f"{shell}: {done.stderr}")
        script = f"source {folder}/bash; COMP_WORDS=(jitegral functions bessel); COMP_CWORD=2; _jitegral; " \
                 "echo ${COMPREPLY[@]}"
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
        expect({"besselj", "besselk"} <= set(done.stdout.split()), f"bash completes: {done.stdout!r} {done.stderr!r}")
        script = f"source {folder}/bash; COMP_WORDS=(jitegral --format ''); COMP_CWORD=2; _jitegral; echo ${{COMPREPLY[@]}}"
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
        expect(done.stdout.split() == ["text", "json", "csv"], f"bash completes values: {done.stdout!r}")


def test_man_page_is_clean():
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=made()["man"], capture_output=True, text=True)
    expect(done.returncode == 0 and not done.stderr, f"groff: {done.stderr}")


if __name__ == "__main__":
    sys.exit(run_tests(globals()))
