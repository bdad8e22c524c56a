"""The course as a static site, in a browser that reaches nothing but this machine: `make test-site` (some minutes).

It tries the site that is whole in itself, below a path of its own, with the solved lessons in it. `make test` leaves it
out: what the site is made of has to be fetched, 130 MB the first time.
"""

import os
from pathlib import Path

import pytest

from tools.build import ROOT
from tools.site import building, pieces, trying

if not os.environ.get("UNTANGLE_SITE"):
    pytest.skip("the site is tried by `make test-site`", allow_module_level=True)

SITE = Path(os.environ["UNTANGLE_SITE"])
NAMES = [path.parent.name for path in sorted((ROOT / "notebooks").glob("*/*.ipynb")) if path.stem == path.parent.name]
RED = '[data-mime-type="application/vnd.jupyter.stderr"]'


@pytest.fixture(scope="module")
def address():
    """Where the site with the solved lessons is served, below a path of its own."""
    below = f"{SITE.parent.name}/{SITE.name}/"
    with trying.serving(SITE.parent.parent, trying.solved(below)) as host:
        yield f"{host}/{below}".rstrip("/")


@pytest.fixture(scope="module")
def alone(browser):
    """A browser for which there is no host but this one."""
    started = browser.browser_type.launch(executable_path=trying.CHROMIUM, args=trying.WORDS)
    yield started
    started.close()


@pytest.fixture
def page(alone):
    with trying.learner(alone) as page:
        yield page


def told(first, cells):
    slowest = max(map(min, cells))
    print(f"from the link to the first cell {first:.1f} s, the slowest cell {slowest:.1f} s")


@pytest.mark.parametrize("name", NAMES)
def test_a_solved_lesson_runs_in_the_browser_and_its_sliders_answer_the_keyboard(address, page, name):
    told(*trying.run(page, address, name))
    assert page.locator(RED).all_inner_texts() == []
    figures = page.locator(".untangle[data-draws]")
    assert figures.count()
    assert not page.locator(".untangle-still:visible").count()
    for figure in figures.all():
        slider = figure.locator("input[type=range]:visible").first
        if slider.count():
            slider.focus()
            draws = figure.get_attribute("data-draws")
            for _ in range(3):
                page.keyboard.press("ArrowRight" if slider.evaluate("s => +s.value < +s.max") else "ArrowLeft")
            page.wait_for_function("([figure, draws]) => figure.dataset.draws !== draws", arg=[figure.element_handle(), draws])
    assert page.complaints == []


def test_the_start_button_opens_the_first_lesson_and_what_is_said_there_survives_a_reload(address, page):
    page.goto(f"{address}/")
    assert page.get_by_role("heading", level=1).inner_text() == "Why do neural networks need hidden layers?"
    assert page.get_by_role("list").get_by_role("link").count() == len(NAMES)
    page.get_by_role("link", name="Start", exact=True).click()
    told(*trying.run(page))
    question = page.locator(".untangle.predict").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button").click()
    page.wait_for_function("document.querySelector('.predict .heard').textContent.startsWith('You said')")
    said = question.locator(".heard").inner_text()
    assert "cannot be written" not in said
    table = page.get_by_role("table", name="Your progress")
    assert "● done 5 of 5" in " ".join(table.get_by_role("row").filter(has_text="perceptron").first.inner_text().split())
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_timeout(1500)
    page.reload()
    told(*trying.run(page))
    assert page.locator(".untangle.predict .heard").first.inner_text() == said
    assert page.complaints == []


def test_the_ordinary_site_takes_python_from_another_host_and_everything_else_from_its_own(tmp_path, page):
    official = pieces.runtime(pieces.PIECES)
    host = tmp_path / "host"
    host.mkdir()
    for name, data in [*official.items(), *pieces.compiled_wheels(pieces.PIECES, official)]:
        (host / name).write_bytes(data)
    with trying.serving(host) as network, trying.serving(tmp_path / "site", trying.solved()) as address:
        building.build(tmp_path / "site", network=f"{network}/")
        assert not list((tmp_path / "site").rglob("*wasm32.whl"))
        told(*trying.run(page, address, "00-start-here"))
    assert page.locator(RED).all_inner_texts() == []
    assert page.complaints == []
