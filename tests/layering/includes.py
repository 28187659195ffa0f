"""Who includes whom: the USES column of src/CMakeLists.txt is the truth, and third parties stay in their rooms."""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[2]) / "src"
rooms = {}
for name, uses in re.findall(r"^jitegral_room\((\w+)(?: USES ([\w ]+?))?(?: PRIVATE [^)]*)?\)",
                             (source / "CMakeLists.txt").read_text(), re.M):
    rooms[name] = set(uses.split())
rooms["cli"] = {"api", "base"}     # front ends see the door only
rooms["python"] = set()            # … or what is installed of it
doors = {"llvm/": {"codegen", "jit"}, "antlr4": {"syntax"}, "tbb/": {"engine"}, "oneapi/": {"engine"},
         "jitegral/": {"api", "python"}}


def reachable(room):
    seen, open_ = set(), [room]
    while open_:
        one = open_.pop()
        if one not in seen:
            seen.add(one)
            open_ += rooms[one]
    return seen


def faults_in(path):
    room = path.relative_to(source).parts[0]
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#include\s+["<]([^">]+)[">]', line)
        if not found:
            continue
        target = found[1]
        first = target.split("/")[0]
        allowed = rooms[room] if room in ("cli", "python") else reachable(room)
        if first in rooms and first not in allowed | {room}:
            yield f"{path}:{number}: {room} may not include {target}"
        for prefix, owners in doors.items():
            if target.startswith(prefix) and room not in owners:
                yield f"{path}:{number}: {target} belongs to {', '.join(sorted(owners))}"


def strays():
    """A function's name is spelt in its row only: no code compares or looks up one."""
    rows = (source / "functions" / "table.cpp").read_text().split("constant_rows")[0]
    names = re.findall(r'\.name = "(\w{2,})"', rows)
    for path in source.rglob("*.cpp"):
        room = path.relative_to(source).parts[0]
        if room in ("functions", "vecmath", "cli"):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for name in re.findall(r'"(\w{2,})"', line.split("//")[0]):
                if name in names and name not in ("if", "and", "or", "not", "negate", "floor", "ceil", "trunc"):
                    yield f'{path}:{number}: the name of a function, "{name}", belongs to its row'


faults = [fault for path in sorted(source.rglob("*")) if path.suffix in (".h", ".cpp") for fault in faults_in(path)]
faults += strays()
print("\n".join(faults) or "every include stays in its room")
sys.exit(1 if faults or len(rooms) < 12 else 0)
