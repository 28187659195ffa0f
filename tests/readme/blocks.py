"""Every fenced block of README.md is run. What a block is says its info string:
```jitegral        a script: each line with `# = VALUE` must give that value
```console         `$ command` lines, each followed by the output that it must print
```sh run          commands that must succeed; `sh` alone (the set-up commands, which CI runs itself) is not run
```cpp, c, python  a program against an installed jitegral; it must print what its comments say: `prints TEXT`
```cmake           the CMakeLists.txt of the last cpp program, which is built with it
"""
import glob
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

program, root, *build = (pathlib.Path(p) for p in sys.argv[1:4])  # no build: programs are left out (sanitizers)
python = sys.argv[4] if len(sys.argv) > 4 else sys.executable
environment = dict(os.environ, PATH=f"{program.parent}:{os.environ['PATH']}")


def run_script(text):
    with tempfile.NamedTemporaryFile("w", suffix=".jtg") as script:
        script.write(text)
        script.flush()
        lines = subprocess.run([program, "--json", "-f", script.name], capture_output=True, text=True).stdout
    results = [json.loads(line) for line in lines.splitlines()]
    assert all("error_code" not in r for r in results), results
    wanted = [float(v) for v in re.findall(r"# = (\S+)", text)]
    values = {line: [] for line in text.splitlines()}
    for result in results:
        for line in values:
            if result["statement"] in line and "# =" in line and result["value"] is not None:
                values[line].append(result["value"])
    got = [v[-1] for line, v in values.items() if "# =" in line]
    assert len(got) == len(wanted), f"{got} for {wanted}"
    for value, want in zip(got, wanted):
        assert abs(value - want) <= 1e-12 * max(1, abs(want)), f"{value}, the README says {want}"


def run_console(text, folder):
    for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n?)*)", text, re.M):
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment, cwd=folder)
        assert (done.stdout + done.stderr).strip() == output.strip(), f"$ {command}\n{done.stdout}{done.stderr}"


def installed(folder):
    """The prefix, made when the first block needs it."""
    prefix = pathlib.Path(folder) / "prefix"
    if not prefix.exists():
        run("cmake", "--install", build[0], "--prefix", prefix)
        environment.update(LD_LIBRARY_PATH=f"{prefix}/lib", PKG_CONFIG_PATH=f"{prefix}/lib/pkgconfig",
                           PYTHONPATH=":".join(glob.glob(f"{prefix}/lib/python3*/site-packages")))
    return prefix


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, env=environment, **more)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def check_prints(text, output):
    wanted = [line.strip() for line in re.findall(r"(?://|#|/\*) prints (.*?)(?:\*/)?$", text, re.M)]
    assert wanted and output.splitlines() == wanted, f"it prints\n{output}the README says {wanted}"


def run_program(kind, text, folder):
    installed(folder)
    source, binary = pathlib.Path(folder) / f"main.{kind}", pathlib.Path(folder) / f"main_{kind}"
    source.write_text(text)
    compiler = {"c": "gcc -std=c99 -pedantic -Wall -Werror", "cpp": "g++ -std=c++20 -Wall -Werror"}[kind]
    subprocess.run(f"{compiler} {source} $(pkg-config --cflags --libs jitegral) -lm -o {binary}", shell=True, check=True,
                   env=environment)
    check_prints(text, run(binary))


def run_python(text, folder):
    installed(folder)
    script = pathlib.Path(folder) / "example.py"
    script.write_text(text)
    check_prints(text, run(python, script))


def build_project(text, folder):
    folder = pathlib.Path(folder)
    (folder / "CMakeLists.txt").write_text(text)
    run("cmake", "-G", "Ninja", "-S", folder, "-B", folder / "out", f"-DCMAKE_PREFIX_PATH={installed(folder)}",
        "-DCMAKE_CXX_COMPILER=g++", "-DCMAKE_C_COMPILER=gcc")
    run("cmake", "--build", folder / "out")


def run_block(kind, text, folder):
    if kind == "jitegral":
        run_script(text)
    elif kind == "console":
        run_console(text, folder)
    elif kind in ("c", "cpp", "python", "cmake") and not build:
        return 0
    elif kind in ("c", "cpp"):
        run_program(kind, text, folder)
    elif kind == "python":
        run_python(text, folder)
    elif kind == "cmake":
        build_project(text, folder)
    elif kind == "sh run":
        subprocess.run(["sh", "-e", "-c", text], check=True, env=environment, cwd=folder)
    else:
        return 0
    return 1


blocks = re.findall(r"^```([^\n]*)\n(.*?)^```", (root / "README.md").read_text(), re.M | re.S)
with tempfile.TemporaryDirectory() as folder:
    run = sum(run_block(kind.strip(), text, folder) for kind, text in blocks)
print(f"{run} of {len(blocks)} blocks run")
sys.exit(0 if run >= 3 else 1)
