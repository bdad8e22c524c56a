"""Print how long the lessons take in the browser: `python -m tools.time_site [--write] [LESSON ...]`.

It opens the site of `make site OFFLINE=1` in a browser of its own, runs the solved lessons there, and says the time from
the link to the first cell that ran, and the slowest cell of each lesson. Promised: about 10 s to the first cell, and no
cell over 20 s. A cell counts with its processor time where that is less, so that a busy machine distorts little.
With `--write` the times become the table from which the site says at the top of a lesson what takes longer there.
"""

import argparse
import os
import statistics
import sys
import tempfile

from tools.build import ROOT, lessons
from tools.lab import CHROMIUM
from tools.site import building, patience, trying
from tools.site.pieces import Missing


def time_lesson(browser, site, name):
    """Return (seconds, processor seconds) to the first cell of a solved lesson, and a list of (cell, (the same for it))."""
    with trying.learner(browser) as page:
        first, cells = trying.run(page, site, name)
        if page.complaints or len(cells) != len(trying.code_cells(name)):
            raise Missing(f"{name} did not run to its end: {len(cells)} cells; {page.complaints}")
    return first, list(zip(trying.code_cells(name), cells, strict=True))


def main(words=None):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.time_site", description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="names such as 04-collapse; all, if none is given")
    parser.add_argument("--write", action="store_true", help=f"write {patience.TABLE.relative_to(ROOT)}")
    parser.add_argument("--site", help="a site that is there already; without it one is built")
    asked = parser.parse_args(words)
    if not os.path.exists(CHROMIUM):
        print(f"no browser: {CHROMIUM} is missing (apt-get install chromium)", file=sys.stderr)
        return 2
    try:
        return _time(asked)
    except (Missing, ImportError) as problem:
        print(f"Nothing was timed: {problem}", file=sys.stderr)
        return 2


def _time(asked):
    from playwright.sync_api import sync_playwright

    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    starts = []
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = asked.site or building.build(os.path.join(place, "site"), offline=True)
        with trying.serving(folder, trying.solved()) as site:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=trying.WORDS)
            for name in asked.lessons or [text.stem for text in lessons()]:
                first, cells = time_lesson(browser, site, name)
                starts.append(first)
                if asked.write:
                    patience.write(name, [(cell, min(spent)) for cell, spent in cells])
                slowest, spent = max(cells, key=lambda pair: min(pair[1]))
                print(f"{name}: {first[0]:.1f} s from the link to the first cell ({first[1]:.1f} s of processor time); slowest of "
                      f"{len(cells)} cells {slowest['id']} with {min(spent):.1f} s ({spent[0]:.1f} s on the clock)", flush=True)  # fmt: skip
            browser.close()
    clock, processor = (statistics.median(times) for times in zip(*starts, strict=True))
    print(f"from the link to the first cell: {clock:.1f} s, {processor:.1f} s of processor time (medians of {len(starts)})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
