"""The pictures of lesson 10: the ledger page, the tally of verdicts, three trials beside their controls, and the golf course."""

import html
from itertools import pairwise
from pathlib import Path

import numpy as np
from IPython.display import display

from course_utils import arguments, datasets, network, plotting
from course_utils.claims import ledger
from course_utils.figures.live import LiveFigure, show

RECORD = Path(__file__).with_name("golf.npz")
GREENS = ("ring", "moons", "spirals")
GOLFERS = ("relu", "tanh", "gelu", "sine", "square")
UNITS = (1, 2, 3, 4, 5, 6, 8, 12, 16)
RUNS = 40
_TRAINED = [act for act in network.ACTIVATIONS if act != "step"]  # a step has no slope to learn by
LOOKS = {"OK": ("●", plotting.GREEN), "IMPRECISE": ("◐", plotting.BLUE), "WRONG": ("○", plotting.ORANGE)}


def docket(lessons, seed=0):
    """Show the claims that these lessons settle, each with its number computed now; return {claim: verdict and number}.

    `lessons` lists the numbers of lessons as texts, such as "04"; `seed` is where every random number begins.
    """
    known = sorted({claim.lesson[:2] for claim in ledger.LEDGER.values()})
    lessons = arguments.texts("lessons", lessons, 1)
    lessons = [arguments.choice(f"lessons[{k}]", lesson, known) for k, lesson in enumerate(lessons)]
    seed = arguments.integer("seed", seed, 0, 10**12)
    names = [name for name, claim in ledger.LEDGER.items() if claim.lesson[:2] in lessons]
    rows = ledger.rows(names, seed)
    display({"text/html": _page(rows, seed), "text/plain": ledger.as_text(rows)}, raw=True)
    return {row["claim"].name: {"verdict": row["claim"].verdict, "number": row["number"]} for row in rows}


def tally(counts):
    """Return (figure, alt): how many of the claims are OK, IMPRECISE and WRONG, as one bar."""
    if not isinstance(counts, dict):
        raise ValueError(f"counts should be a dict with numbers under {', '.join(LOOKS)}, but it is {arguments.shown(counts)}")
    counts = {word: arguments.integer(f"counts[{word!r}]", counts.get(word), 0, 1000) for word in LOOKS}
    figure, ax = plotting.new(width=800, height=90)
    left = 0
    for word, count in counts.items():
        ax.barh(0, count, left=left, color=LOOKS[word][1], edgecolor="white", linewidth=2)
        if count:
            ax.text(left + count / 2, 0, f"{count} {word}", color="white", ha="center", va="center", fontsize=9, fontweight="bold")
        left += count
    ax.axis("off")
    said = ", ".join(f"{count} {word}" for word, count in counts.items())
    return figure, f"The verdicts on {left} claims as one bar: {said}."


def trials(outcomes):
    """Return (figure, alt): for each trial its share of successes with the interval, and its control arm.

    `outcomes` is a dict from a trial's name to a dict with the shares "stat", "lo", "hi" and "control" and the number "n".
    """
    if not isinstance(outcomes, dict) or not 1 <= len(outcomes) <= 60:
        raise ValueError(f"outcomes should be a dict from 1 to 60 names to what was found, but it is {arguments.shown(outcomes)}")
    for name, found in outcomes.items():
        arguments.text("a name in outcomes", name)
        if not isinstance(found, dict):
            raise ValueError(f"outcomes[{name!r}] should be a dict with stat, lo, hi, control and n, but it is {arguments.shown(found)}")
    figure, ax = plotting.new(width=620, height=90 + 60 * len(outcomes))
    said = []
    for row, (name, found) in enumerate(outcomes.items()):
        stat, lo, hi, control = (arguments.number(f"outcomes[{name!r}][{key!r}]", found.get(key), 0, 1) for key in ("stat", "lo", "hi", "control"))
        ax.plot([lo, hi], [row, row], color=plotting.ORANGE, linewidth=3, solid_capstyle="butt", zorder=2)
        ax.plot(stat, row, "^", color=plotting.ORANGE, markersize=10, label="on trial, with its interval" if row == 0 else None, zorder=3)
        ax.plot(control, row, "o", color=plotting.BLUE, markersize=9, label="control arm" if row == 0 else None, zorder=3)
        said.append(f"{name}: {stat:.0%} on trial, interval {lo:.0%} to {hi:.0%}, control {control:.0%}")
    ax.set(yticks=range(len(outcomes)), yticklabels=list(outcomes), xlim=(-0.03, 1.03), ylim=(len(outcomes) - 0.5, -0.5), xlabel="share of successes")
    ax.grid(axis="x", color="#E5E5E5", linewidth=0.8)
    figure.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=9.5)
    least = min(arguments.integer(f"outcomes[{name!r}]['n']", found.get("n"), 1) for name, found in outcomes.items())
    return figure, f"{len(outcomes)} trials of {least} networks or more. {'. '.join(said)}."


def golf(own):
    """Show, for each green, the share of forty networks that hold against their parameters, and the learner's designs.

    `own` is a dict from "ring", "moons" and "spirals" to (sizes, activation).
    """
    if not isinstance(own, dict):
        raise ValueError(f"own should be a dict from {', '.join(GREENS)} to (sizes, activation), but it is {arguments.shown(own)}")
    designs = {}
    for green in GREENS:
        if green not in own:
            raise ValueError(f"own should have a design for each of {', '.join(GREENS)}, but {green!r} is missing")
        if not isinstance(own[green], (list, tuple)) or len(own[green]) != 2:
            raise ValueError(f"own[{green!r}] should be a pair (sizes, activation), but it is {arguments.shown(own[green])}")
        sizes, act = own[green]
        designs[green] = arguments.sizes(f"own[{green!r}][0]", sizes, 2, 1), arguments.choice(f"own[{green!r}][1]", act, _TRAINED)
    balls = {}
    for green, (sizes, act) in designs.items():
        held = successes(green, sizes, act, 20)
        balls[green] = {"count": parameters(sizes), "rate": held / 20, "words": f"{'-'.join(map(str, sizes))}, {act}"}
    rates = {green: {act: (found / RUNS).tolist() for act, found in played.items()} for green, played in recorded().items()}
    counts = [parameters([2, units, 1]) for units in UNITS]
    data = {"title": "Golf: parameters against success", "greens": list(GREENS), "acts": list(GOLFERS), "counts": counts, "rates": rates, "own": balls}
    figure, axes = plotting.new(columns=3, width=940, height=360)
    styles = {"relu": ("-", "o", plotting.BLUE), "tanh": ("--", "s", plotting.GREEN), "gelu": ("-.", "D", plotting.PURPLE),
              "sine": (":", "v", plotting.ORANGE), "square": ("-", "x", plotting.GREY)}  # fmt: skip
    alts = []
    for ax, green in zip(axes, GREENS, strict=True):
        for act, (style, marker, color) in styles.items():
            ax.plot(counts, rates[green][act], style, marker=marker, markersize=4.5, color=color, label=act if green == GREENS[0] else None)
        ax.axhline(0.9, color="#999999", linewidth=1)
        ball = balls[green]
        ax.plot(ball["count"], ball["rate"], "*", color=plotting.BLACK, markersize=13, label="your design" if green == GREENS[0] else None)
        ax.set(xscale="log", title=green, xlabel="parameters", xticks=[5, 9, 17, 33, 65], xticklabels=[5, 9, 17, 33, 65], ylim=(-0.04, 1.06))
        ax.minorticks_off()
        alts.append(f"{green}: {winner(green)}; yours, {ball['words']}, {ball['count']} parameters, holds in {ball['rate']:.0%}")
    axes[0].set_ylabel("share of networks that hold")
    figure.legend(loc="outside lower center", ncols=6, frameon=False, fontsize=9.5)
    return show(LiveFigure("claims", "golf", data), figure, f"Share of networks that hold against parameters, on three greens. {'. '.join(alts)}.")


def winner(green):
    """Return in words which of the recorded designs holds in nine of ten runs with the fewest parameters."""
    played = recorded()[arguments.choice("green", green, GREENS)]
    for place, units in enumerate(UNITS):
        held = [act for act in GOLFERS if played[act][place] >= 0.9 * RUNS]
        if held:
            return f"the first to hold is {' and '.join(held)} with {parameters([2, units, 1])} parameters"
    return "none of the designs tried holds"


def parameters(sizes):
    """Return how many weights and biases a network of these sizes has."""
    return sum((n + 1) * m for n, m in pairwise(arguments.sizes("sizes", sizes)))


def successes(green, sizes, act, runs):
    """Return how many of the networks with the seeds 0 to runs - 1 reach 99 % of a green's points within 500 steps."""
    arguments.choice("green", green, GREENS)
    runs = arguments.integer("runs", runs, 1, 1000)
    X, y = {"ring": datasets.ring, "moons": datasets.moons, "spirals": lambda n: datasets.spirals(n, turns=1)}[green](200)
    right = network.train(sizes, X, y, act, 500, 0.05, runs, goal=0.99)[2][:, -1]
    return int(np.sum(right >= 0.99))


def record():
    """Play every design of one hidden layer; return {green: {activation: successes of RUNS, one for each of UNITS}}."""
    return {
        green: {act: np.array([successes(green, [2, units, 1], act, RUNS) for units in UNITS]) for act in GOLFERS} for green in GREENS
    }


def recorded():
    """Return what `record` returned when it was last run."""
    with np.load(RECORD) as file:
        return {green: {act: file[f"{green}-{act}"].astype(int) for act in GOLFERS} for green in GREENS}


def _page(rows, seed):
    made = []
    for row in rows:
        claim = row["claim"]
        sign, color = LOOKS[claim.verdict]
        sources = f'<div class="aside">{html.escape(claim.cites)}</div>' if claim.cites else ""
        made.append(
            f'<tr><th scope="row">{claim.name}</th>'
            f'<td class="verdict"><span aria-hidden="true" style="color: {color}">{sign}</span> {claim.verdict}</td>'
            f"<td>{html.escape(claim.says)}<div class=\"aside\">{html.escape(claim.right)}</div></td>"
            f"<td>{html.escape(row['words'])}{sources}</td>"
            f'<td class="number">{ledger.short(row["number"])}{_band(row)}</td></tr>'
        )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Claim", "Verdict", "Said, and right", "Measured now, and sources", "Number in its band"))
    holds = sum(row["holds"] for row in rows)
    caption = f"{len(rows)} claims, {holds} numbers in their band, seed {seed}"
    return (
        f"<style>{_STYLE}</style><table class=\"untangle-docket\"><caption>{caption}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(made)}</tbody></table>"
    )


def _band(row):
    """A strip for the band with a dot where the number lies; a band of one number is a tick."""
    low, high, number = row["low"], row["high"], row["number"]
    place = 0.5 if high == low else np.clip((number - low) / (high - low), -0.08, 1.08)
    color = "currentColor" if row["holds"] else plotting.ORANGE
    words = f"{ledger.short(number)}, band {ledger.short(low)} to {ledger.short(high)}"
    return (
        f'<svg role="img" aria-label="{words}" width="96" height="14" viewBox="0 0 96 14"><title>{words}</title>'
        f'<path d="M10 7H86M10 3V11M86 3V11" stroke="#888" fill="none"/><circle cx="{10 + 76 * place:.1f}" cy="7" r="4" fill="{color}"/></svg>'
    )


_STYLE = """
.untangle-docket { max-width: 1080px; border-collapse: collapse; font-size: 13px; line-height: 1.45; table-layout: auto; }
.untangle-docket caption { text-align: left; padding: 4px 8px; font-weight: 600; color: var(--jp-ui-font-color1, inherit); }
.untangle-docket th, .untangle-docket td { text-align: left !important; vertical-align: top; padding: 7px 8px !important; white-space: normal !important; }
.untangle-docket tbody tr { border-top: 1px solid var(--jp-border-color2, #ddd); background: none !important; }
.untangle-docket .verdict { white-space: nowrap !important; }
.untangle-docket .number { min-width: 104px; font-variant-numeric: tabular-nums; }
.untangle-docket .number svg { display: block; margin-top: 3px; }
.untangle-docket .aside { color: var(--jp-ui-font-color2, #555); padding-top: 2px; }
"""
