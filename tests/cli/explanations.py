"""Every message has an explanation whose wrong example gives it and whose mended example does not.

    explanations.py PROGRAM SOURCE
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

program, source = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
# No example: nothing that a person types leads to the message.
NO_EXAMPLE = {"E503", "E701", "E702"}
# Commands live at the prompt: tests/cli/repl.py runs these two.
AT_THE_PROMPT = {"E603", "E607"}
environment = dict(os.environ, PATH=f"{program.parent}:{os.environ['PATH']}")


def explained(code):
    return subprocess.run([program, "help", code], capture_output=True, text=True).stdout


def example(text, heading):
    found = re.search(rf"^{heading}\n((?:  .*\n?)+)", text, re.M)
    return "\n".join(line[2:] for line in found[1].splitlines()) if found else None


def run(text, folder):
    if text.startswith("$ "):
        command = ["sh", "-c", text[2:]]
    else:
        command = [str(program), "-e", text]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=folder, env=environment,
                          timeout=120)


def faults(code, folder):
    text = explained(code)
    if code not in text:
        return [f"{code} is not explained"]
    wrong, mended = example(text, f"This gives {code}:"), example(text, "This does not:")
    if code in NO_EXAMPLE or code in AT_THE_PROMPT:
        return [] if code in AT_THE_PROMPT or wrong is None else [f"{code} has an example now"]
    if wrong is None or mended is None:
        return [f"{code} lacks an example"]
    found = []
    done = run(wrong, folder)
    if not re.search(rf"(error|warning) {code}: ", done.stderr):
        found.append(f"{wrong!r} does not give {code}: {done.stderr!r}")
    done = run(mended, folder)
    if done.returncode != 0 or done.stderr:
        found.append(f"{mended!r} is not mended: {done.returncode}, {done.stderr!r}")
    return found


codes = re.findall(r'^DIAGNOSTIC\(\w+, "(\w\d+)"', (source / "src/base/diagnostics.def").read_text(), re.M)
with tempfile.TemporaryDirectory() as where:
    complaints = [fault for code in codes for fault in faults(code, where)]
print("\n".join(complaints + [f"{len(codes)} messages, {len(complaints)} complaints"]))
sys.exit(1 if complaints or len(codes) < 40 else 0)
