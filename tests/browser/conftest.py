"""A real JupyterLab in a real browser, for tests of what a learner sees."""

import os

import pytest
from boards import ours

from tools.lab import ARGUMENTS, CHROMIUM, serving


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium, driven by playwright."""
    if not os.path.exists(CHROMIUM):
        pytest.skip(f"no browser: {CHROMIUM} is missing (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """JupyterLab on a folder of its own: `lab.write(name, cells)` makes a notebook, `lab.open(...)` runs it."""
    home = tmp_path_factory.mktemp("lab")
    folder = home / "folder"
    folder.mkdir()
    with serving(folder, home) as started:
        yield started


@pytest.fixture(scope="module")
def page(request, lab, browser):
    """The module's NOTEBOOK, a list of cells, run to its end in JupyterLab; `page.complaints` lists console errors."""
    name = request.module.__name__.rpartition(".")[2].removeprefix("test_").removesuffix("_in_browser")
    lab.write(f"{name}.ipynb", request.module.NOTEBOOK)
    page = lab.show(browser, f"{name}.ipynb", height=4200)
    yield page
    assert not ours(page)


@pytest.fixture(scope="session")
def axe():
    """axe-core: `axe(page, selector)` lists the serious and critical violations inside all elements that the selector names.

    Each is one line of text: the rule, its impact, where, and what to mend. A selector that finds nothing is an error.
    `rules` names the only rules to apply, such as "color-contrast".
    """
    from axe_playwright_python.base import AXE_SCRIPT

    def violations(page, selector="body", rules=None):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        run = "([selector, options]) => axe.run({ include: [[selector]] }, options)"
        found = page.evaluate(run, [selector, options])["violations"]
        return [
            f"{rule['id']} ({rule['impact']}) at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
        ]

    return violations
