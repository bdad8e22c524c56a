"""The command `python -m tools.site`."""

import argparse
import sys

from tools.handout import ROOT
from tools.site.building import build
from tools.site.pieces import Missing


def main(words=None):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.site", description="Build the course as a static site.")
    parser.add_argument("folder", nargs="?", default=str(ROOT / "build" / "site"), help="build/site")
    parser.add_argument("--offline", action="store_true", help="with Python in the site, which then asks no other host")
    asked = parser.parse_args(words)
    try:
        folder = build(asked.folder, asked.offline)
    except (Missing, ValueError, ImportError) as problem:
        print(f"No site was built: {problem}", file=sys.stderr)
        return 2
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder}: {size / 1e6:.0f} MB. To look at it: {sys.executable} -m http.server -d {folder} --bind 127.0.0.1")
    return 0


if __name__ == "__main__":
    sys.exit(main())
