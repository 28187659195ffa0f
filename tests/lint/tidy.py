"""clang-tidy, with the rules of .clang-tidy, over our own sources as the build compiles them."""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

source, build = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
compiled = {entry["file"] for entry in json.loads((build / "compile_commands.json").read_text())}
files = sorted(f for f in compiled if f.startswith(str(source / "src")))


def check(file):
    done = subprocess.run(["clang-tidy-22", "--quiet", "-p", str(build), file], capture_output=True, text=True)
    return file, done.returncode, done.stdout


with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    failed = [(file, text) for file, code, text in pool.map(check, files) if code != 0]
for file, text in failed:
    print(f"{file}\n{text}")
print(f"{len(files) - len(failed)} passed, {len(failed)} failed")
sys.exit(1 if failed or not files else 0)
