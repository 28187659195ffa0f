"""Puts a table between a pair of marks in a Markdown file: <!-- bench:NAME begin --> and <!-- bench:NAME end -->."""

import re


def update(path, name, table):
    begin, end = (f"<!-- bench:{name} {word} -->" for word in ("begin", "end"))
    old = path.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(old):
        raise SystemExit(f"{path} has no {begin} … {end}")
    path.write_text(pattern.sub(lambda _: f"{begin}\n{table}\n{end}", old, count=1), encoding="utf-8")
