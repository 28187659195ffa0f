"""Tables as README shows them."""

import re


def in_words(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if seconds >= size:
            break
    return f"{seconds / size:.3g} {unit}"


def as_ratio(ratio):
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.2g}"


def table(head, rows, left=1):
    """`head` and each row are lists of cells; the first `left` columns are words."""
    rule = ["---" if k < left else "--:" for k in range(len(head))]
    return "\n".join(" | ".join(cells) for cells in (head, rule, *rows))


def update(path, name, text):
    """Puts text between a pair of marks in a Markdown file: <!-- bench:NAME begin --> and <!-- bench:NAME end -->."""
    begin, end = (f"<!-- bench:{name} {word} -->" for word in ("begin", "end"))
    old = path.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(old):
        raise SystemExit(f"{path} has no {begin} … {end}")
    path.write_text(pattern.sub(lambda _: f"{begin}\n{text}\n{end}", old, count=1), encoding="utf-8")
