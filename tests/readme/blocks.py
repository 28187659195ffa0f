"""Every fenced block of README.md is run. What a block is says its info string:
```jitegral        a script: each line with `# = VALUE` must give that value
```console         `$ command` lines, each followed by the output that it must print
```sh run          commands that must succeed; `sh` alone (the set-up commands, which CI runs itself) is not run
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

program, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
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


def run_block(kind, text, folder):
    if kind == "jitegral":
        run_script(text)
    elif kind == "console":
        run_console(text, folder)
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
