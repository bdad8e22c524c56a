"""`python -m course_utils.claims`: see the package's own words."""

import argparse
import shutil
import sys

from course_utils.claims import ledger


def main(words=None):
    """Run the command; return 0 if every number lies in its band, 1 if one does not, 2 for a wrong argument."""
    parser = argparse.ArgumentParser(
        prog="python -m course_utils.claims", description="The 45 claims, each with its number computed anew."
    )
    parser.add_argument("claim", nargs="*", help="names such as S12; all, if none is given")
    parser.add_argument("--seed", type=int, default=0, help="where every random number begins (0)")
    asked = parser.parse_args(words)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    try:
        text = ledger.table(asked.claim, asked.seed, min(shutil.get_terminal_size((150, 24)).columns, 150))
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(text)
    return int("OUTSIDE ITS BAND" in text)


if __name__ == "__main__":
    sys.exit(main())
