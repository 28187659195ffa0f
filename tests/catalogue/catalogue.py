"""Integrals with exact values, tol = 1e-10, no hints: `converged` must be true, at least 97 % of the rows must be
right, the smooth ones among them, and what has no integral must be called divergent. Rows that are smooth between their
breakpoints take 200 evaluations at most in the median.

With --all every row is printed. Columns of integrals.tsv: set, id, expression, lower, upper, exact, value, class.
"""
import csv
import json
import pathlib
import statistics
import subprocess
import sys

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
unknown = "gammalower"  # a function the language does not have
smooth_classes = {"smooth", "poly", "periodic", "smooth-wiggly", "4 peaks"}
broken_classes = {"jump", "kink", "kinks", "discontinuous", "removable", "removable-right", "removable-interior", "chirp",
                  "peak", "oscillatory", "interior-alg"}  # smooth between points that the formula shows


def statement(row):
    lowers, uppers = row["lower"].split(","), row["upper"].split(",")
    names = ["x"] if len(lowers) == 1 else [f"x{i + 1}" for i in range(len(lowers))]
    ranges = ", ".join(f"{name} = {a}..{b}" for name, a, b in zip(names, lowers, uppers))
    options = "max_evals = 10^6, time_limit = 20" + (", pv = 1" if row["set"] == "pv" else "")
    return f"integrate({row['expression']}, {ranges}, {options})"


def run(row):
    text = "euler = euler_gamma; " + statement(row)
    done = subprocess.run([program, "--json", text], capture_output=True, text=True, timeout=120)
    return json.loads(done.stdout.splitlines()[-1])


def verdict(row, result):
    if "error_code" in result:
        return "refused"
    if result["status"] != "converged":
        return result["status"]
    if row["exact"] == "divergent":
        return "LIE"
    error = abs(result["value"] - float(row["value"]))
    allowed = max(result["error"], 4e-16 * abs(float(row["value"])))
    return "right" if error <= allowed and error <= 1e-9 * abs(float(row["value"])) + 1e-15 else "LIE"


def wanted(row):
    dimensions = row["lower"].count(",") + 1
    return dimensions <= 2 and unknown not in row["expression"]


with open(root / "tests/catalogue/integrals.tsv", newline="") as file:
    rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if wanted(row)]
tally, faults, smooth = {}, [], []
for row in rows:
    result = run(row)
    found = verdict(row, result)
    tally[found] = tally.get(found, 0) + 1
    must_be_right = row["class"] in smooth_classes
    must_diverge = row["exact"] == "divergent"
    if found == "LIE" or (must_be_right and found != "right") or (must_diverge and found != "divergent"):
        faults.append(f"{found}: {row['set']}/{row['id']} value {row['value']}: {json.dumps(result)}")
    one_dimensional = "," not in row["lower"]
    if one_dimensional and row["class"] in smooth_classes | broken_classes and found == "right":
        smooth.append(result["evaluations"])
    if "--all" in sys.argv:
        print(found, row["set"], row["id"], result.get("value"), row["value"], result.get("error"),
              result.get("evaluations"), sep="\t")
print("\n".join(faults))
print(", ".join(f"{count} {name}" for name, count in sorted(tally.items())))
median = statistics.median(smooth)
print(f"{len(smooth)} rows are smooth between breakpoints: {median:g} evaluations in the median")
convergent = sum(row["exact"] != "divergent" for row in rows)
enough = tally.get("right", 0) >= 0.97 * convergent
sys.exit(1 if faults or len(rows) < 100 or not enough or median > 200 else 0)
