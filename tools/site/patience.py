"""What takes longer in the browser: a line at the top of a lesson, from the times that `tools.time_site` measured.

A time belongs to the source of a cell: when that changes, nothing is said of the cell until it is measured again.
"""

import hashlib
import json
import re

from tools.site.pieces import FILES

TABLE = FILES / "times.json"
LONG = 5  # seconds; below that nobody wonders whether a cell still runs


def times():
    """Return {lesson: {digest of a cell: seconds}} for the cells that take a second or more in the browser."""
    table = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
    return {lesson: {digest: seconds for _, seconds, digest in rows} for lesson, rows in table.items()}


def write(lesson, measured):
    """Put the times of a solved lesson into the table: `measured` are pairs (cell, seconds)."""
    table = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}
    table[lesson] = [[cell["id"], round(seconds, 1), digest(cell)] for cell, seconds in measured if seconds >= 1]
    rows = [f" {json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(row)}" for row in table[name]) + "\n ]" for name in sorted(table)]
    TABLE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


def digest(cell):
    """Return what a cell's time is kept under."""
    return hashlib.sha256("".join(cell["source"]).encode()).hexdigest()[:12]


def with_note(notebook, seconds):
    """Return the bytes of a notebook with a line below its title that says which cells take long, if any does.

    `notebook` are its bytes, `seconds` {digest of a cell: seconds}.
    """
    found = json.loads(notebook)
    places, heading = {}, ""
    for cell in found["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = (re.findall(r"^#+ (.+)$", source, re.M) or [heading])[-1]
        elif seconds.get(digest(cell), 0) >= LONG:
            places.setdefault(heading, []).append(f"{seconds[digest(cell)]:.0f} s")
    if not places:
        return notebook
    title, _, rest = "".join(found["cells"][0]["source"]).partition("\n")
    where = {heading: f"under *{heading}*" for heading in places} | {title.removeprefix("# "): "at the start"}
    said = "; ".join(f"{where[heading]} about {_list(spent)}" for heading, spent in places.items())
    count = sum(map(len, places.values()))
    start = "One cell takes" if count == 1 else "Some cells take"
    note = f"> **In the browser, Python computes more slowly.** {start} a while: {said}. A slow computer may need twice as long."
    found["cells"][0]["source"] = f"{title}\n\n{note}\n{rest}"
    return (json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode()


def _list(parts):
    parts = [part if parts.count(part) == 1 else f"{part} ({parts.count(part)} times)" for part in dict.fromkeys(parts)]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
