"""Print how soon every live figure of the lessons answers a key: `python -m tools.bench_figures [LESSON ...]`.

In JupyterLab in a browser, for every slider: from the key to the frame after the new picture, in milliseconds, and how much
of it is the drawing. Then the frames a second of the playground while it trains on two spirals. Promised on two free cores: a median of 50 ms, and 50
frames a second. All figures are JavaScript: matplotlib draws none that one moves.
"""

import argparse
import os
import pathlib
import shutil
import tempfile

import numpy as np

from tools.build import ROOT, lessons
from tools.lab import ARGUMENTS, CHROMIUM, serving

MOVES, WARM, PROMISED, FRAMES = 30, 3, 50, 50
# the time of the key as the browser has it, and that of the frame which follows the one that was drawn in
WATCH = """([root, slider]) => {
  window.moves = [];
  window.drawings = [];
  let pressed;
  slider.addEventListener("keydown", (event) => { pressed = event.timeStamp; });
  new MutationObserver(() => {
    const began = pressed;
    pressed = undefined;
    window.drawings.push(Number(root.dataset.milliseconds));
    if (began !== undefined) requestAnimationFrame(() => window.moves.push(performance.now() - began));
  }).observe(root, { attributes: true, attributeFilter: ["data-draws"] });
}"""
COUNT = """async (root) => {
  const frame = () => new Promise(requestAnimationFrame), seconds = 5, rates = [];
  for (let k = 0; k < seconds; k++) {
    const began = performance.now(), drawn = Number(root.dataset.draws);
    while (performance.now() - began < 1000) await frame();
    rates.push((1000 * (root.dataset.draws - drawn)) / (performance.now() - began));
  }
  return rates;
}"""


def time_sliders(page):
    """Yield (figure, slider, milliseconds of each move, of each drawing) for every slider in sight, predict questions left out."""
    for board in page.locator(".untangle[data-draws]:not(.predict)").all():
        root, figure = board.element_handle(), board.get_attribute("aria-label")
        for slider in board.locator("input[type=range]:enabled").all():
            if not slider.is_visible():
                continue
            page.evaluate(WATCH, [root, slider.element_handle()])
            slider.focus()
            key = "ArrowRight"
            for move in range(WARM + MOVES):
                value, least, most = slider.evaluate("it => [it.value, it.min, it.max].map(Number)")
                key = "ArrowLeft" if value >= most else "ArrowRight" if value <= least else key
                page.keyboard.press(key)
                page.wait_for_function("count => window.moves.length > count", arg=move, timeout=60_000)
            yield figure, slider.get_attribute("data-name"), *(page.evaluate(f"window.{times}")[WARM:] for times in ("moves", "drawings"))


def frames(page):
    """Return the frames a second, for five seconds, of the playground that trains two hidden layers of eight."""
    board = page.locator(".untangle", has=page.get_by_role("button", name="Add a layer")).first
    for _ in range(2):
        board.get_by_role("button", name="Add a layer").click()
    board.get_by_role("button", name="Play").first.click()
    rates = board.evaluate(COUNT)
    board.get_by_role("button", name="Pause").first.click()
    return rates


def load():
    """Return the load of the machine in words: the times below are no better than this."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else f"{os.cpu_count()} cores"


def main():
    """Print a line a slider, the slowest of all, and the playground's frames a second."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="names such as 04-collapse; all, if none is given")
    chosen = parser.parse_args().lessons or [text.stem for text in lessons()]
    medians = {}
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        folder = pathlib.Path(home) / "folder"
        folder.mkdir()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with serving(folder, pathlib.Path(home)) as lab:
            for name in chosen:
                shutil.copy(ROOT / "solutions" / name / f"{name}.ipynb", folder)
                page = lab.show(browser, f"{name}.ipynb")
                print(f"{name}: {load()}")
                for figure, slider, moves, drawings in time_sliders(page):
                    median, late = np.percentile(moves, [50, 95])
                    medians[name, figure, slider] = median
                    print(f"  {median:6.1f} ms, p95 {late:6.1f} ms, drawing {np.median(drawings):5.1f} ms  {slider:12} {figure}", flush=True)
                if page.get_by_role("button", name="Add a layer").count():
                    rates = frames(page)
                    print(f"  {np.median(rates):6.1f} frames a second, least {min(rates):.1f}  (promised {FRAMES}) the playground in training")
        browser.close()
    if medians:
        slowest = max(medians, key=medians.get)
        slow = sum(median > PROMISED for median in medians.values())
        print(f"{len(medians)} sliders, {MOVES} moves each: {slow} with a median above {PROMISED} ms; slowest {', '.join(slowest)} with {medians[slowest]:.1f} ms")
    print(load())


if __name__ == "__main__":
    main()
