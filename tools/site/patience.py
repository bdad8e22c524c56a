"""What takes longer in the browser: a line at the top of a lesson, from the times that `tools.time_site` measured."""

import json
import re

from tools.site.pieces import FILES

TABLE = FILES / "times.json"
LONG = 5  # seconds; below that nobody wonders whether a cell still runs


def times():
    """Return {lesson: {cell id: seconds}} of the cells that take a second or more in the browser."""
    return json.loads(TABLE.read_text(encoding="utf-8"))


def with_note(notebook, seconds):
    """Return the bytes of a notebook with a line below its title that says which cells take long, if any does.

    `notebook` are its bytes, `seconds` {cell id: seconds}.
    """
    found = json.loads(notebook)
    places, heading = {}, ""
    for cell in found["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = (re.findall(r"^#+ (.+)$", source, re.M) or [heading])[-1]
        elif seconds.get(cell["id"], 0) >= LONG:
            places.setdefault(heading, []).append(f"{seconds[cell['id']]:.0f} s")
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
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
