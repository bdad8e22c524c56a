"""How smoothly the playground trains and draws: `python -m tools.bench_playground_frames` (needs playwright and chromium).

It plays the opening and the two spirals with layers of 16, 16 and 2 neurons in a headless browser without a graphics card,
and prints frames a second, epochs a frame, and the processor's time that one frame takes on the page's own thread: where
that is below 20 milliseconds, a machine with nothing else to do draws 50 frames a second.
"""

import argparse
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from course_utils.playground import Playground

SCENES = {"the opening, one line": (), "spirals, layers of 16, 16 and 2": (16, 16, 2)}


def main():
    """Print one line for each scene."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--browser", default="/usr/bin/chromium", help="the path of chromium")
    parser.add_argument("--seconds", type=float, default=5, help="how long each scene is watched")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.browser, args=["--no-sandbox", "--disable-gpu"])
        for name, layers in SCENES.items():
            print(f"{name:<34}{watch(browser, Path(folder), layers, asked.seconds)}")
        browser.close()


def watch(browser, folder, layers, seconds):
    """Return what one playground did in so many seconds of training, in words."""
    (folder / "page.html").write_text(Playground(layers=layers).page(), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1040, "height": 1300})
    page.goto((folder / "page.html").as_uri())
    session = page.context.new_cdp_session(page)
    session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    session.send("Performance.enable")

    def look():
        metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
        said = page.locator(".says").text_content()
        epoch = int(said.split("Epoch ")[1].split(":")[0].replace(",", ""))
        draws = int(page.locator(".untangle").get_attribute("data-draws"))
        return time.perf_counter(), draws, epoch, metrics["TaskDuration"]

    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1500)
    before = look()
    page.wait_for_timeout(1000 * seconds)
    spent, frames, epochs, task = (b - a for a, b in zip(before, look(), strict=True))
    page.close()
    return (
        f"{frames / spent:5.1f} frames a second, {epochs / frames:4.1f} epochs a frame, "
        f"{1000 * task / frames:5.1f} ms of the processor a frame"
    )


if __name__ == "__main__":
    main()
