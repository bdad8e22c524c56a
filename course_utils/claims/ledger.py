"""The whole ledger, in the order of the claims: `LEDGER["S12"].measure()`, `table()`."""

import textwrap

from course_utils import arguments
from course_utils.claims import bends, lines, space, training  # noqa: F401  (each enters its claims)
from course_utils.claims.record import CLAIMS

LEDGER = {name: CLAIMS[name] for name in sorted(CLAIMS, key=lambda name: int(name[1:]))}


def rows(names=(), seed=0):
    """Return for each claim named (all, if none is) a dict: claim, number, words, low, high, holds."""
    chosen = [LEDGER[arguments.choice("names", name, LEDGER)] for name in arguments.texts("names", names)]
    seed, found = arguments.integer("seed", seed, 0), []
    for claim in chosen or LEDGER.values():
        number, words = claim.measure(seed)
        holds = claim.low <= number <= claim.high
        found.append({"claim": claim, "number": number, "words": words, "low": claim.low, "high": claim.high, "holds": holds})
    return found


def table(names=(), seed=0, width=150):
    """Return the claims named (all, if none is) as a text: verdict, number with its band, citation, what was measured."""
    return as_text(rows(names, seed), arguments.integer("width", width, 40, 1000))


def as_text(rows, width=150):
    """Return what `rows` returned as a text."""
    page = [f"{'':4} {'verdict':9}  {'number':>9}  {'band':^19}  {'lesson':16}  checked sources"]
    for row in rows:
        claim, outside = row["claim"], "" if row["holds"] else "   OUTSIDE ITS BAND"
        band = f"{short(row['low'])} to {short(row['high'])}"
        page.append(f"{claim.name:4} {claim.verdict:9}  {short(row['number']):>9}  {band:^19}  {claim.lesson:16}  {claim.cites}{outside}")
        for words in (f"Said: {claim.says}", f"Right: {claim.right}", f"Measured: {row['words']}"):
            page += textwrap.wrap(words, width, initial_indent=" " * 16, subsequent_indent=" " * 18)
    return "\n".join(page)


def short(number):
    """Return a number in at most nine characters."""
    if number == int(number) and abs(number) < 10**7:
        return f"{int(number):,}"
    return f"{number:.3g}"
