"""The course as a static site, in a browser that reaches nothing but this machine: `make test-site` (some minutes).

It builds the site that is whole in itself, puts the solved lessons into it, serves it below a path, and works in it as a
learner does. `make test` leaves it out: what the site is made of has to be fetched, 130 MB the first time.
"""

import contextlib
import http.server
import json
import os
import shutil
import threading
import time

import pytest

from tools import site
from tools.build import ROOT

if not os.environ.get("UNTANGLE_SITE"):
    pytest.skip("the site is tried by `make test-site`", allow_module_level=True)

NAMES = [path.parent.name for path in sorted((ROOT / "notebooks").glob("*/*.ipynb")) if path.stem == path.parent.name]
RED = '[data-mime-type="application/vnd.jupyter.stderr"]'
RUN_ALL = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  while (!app.shell.currentWidget?.sessionContext) await new Promise(done => setTimeout(done, 50));
  const { context, sessionContext } = app.shell.currentWidget;
  await context.ready;
  await sessionContext.ready;
  await sessionContext.session.kernel.info;
  window.seconds = [];
  let began;
  sessionContext.session.kernel.iopubMessage.connect((kernel, message) => {
    if (message.header.msg_type !== "status" || message.parent_header.msg_type !== "execute_request") return;
    if (message.content.execution_state === "busy") began = performance.now();
    else window.seconds.push((performance.now() - began) / 1000);
  });
  app.commands.execute("notebook:run-all-cells").finally(() => { window.allCellsRan = true; });
}"""


@contextlib.contextmanager
def serving(folder):
    """Serve `folder` on a free port of this machine, to pages from any other place too."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *words):
            super().__init__(*words, directory=str(folder))

        def end_headers(self):
            self.send_header("Access-Control-Allow-Origin", "*")
            super().end_headers()

        def log_message(self, *words):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def built(folder, **more):
    try:
        site.build(folder, **more)
    except (site.Missing, ImportError) as problem:
        pytest.skip(f"the site could not be built: {problem}")
    for name in NAMES:
        shutil.copy(ROOT / "solutions" / name / f"{name}.ipynb", folder / "files" / name)
    settings = folder / "jupyter-lite.json"
    found = json.loads(settings.read_text())
    found["jupyter-config-data"]["exposeAppInBrowser"] = True
    settings.write_text(json.dumps(found))


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the site with the solved lessons is served, below a path of its own."""
    home = tmp_path_factory.mktemp("site")
    built(home / "some" / "where", offline=True)
    with serving(home) as host:
        yield f"{host}/some/where"


@pytest.fixture(scope="module")
def alone(browser):
    """A browser for which there is no host but this one."""
    words = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]  # fmt: skip
    started = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=words)
    yield started
    started.close()


@pytest.fixture
def page(alone):
    """A page of a new learner; `page.complaints` lists console errors, failed requests, and those to other hosts."""
    context = alone.new_context(viewport={"width": 1280, "height": 12000})
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    context.on("requestfailed", lambda request: page.complaints.append(f"failed: {request.url}"))
    context.on("response", lambda got: page.complaints.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
    context.on("request", lambda request: None if here(request.url) else page.complaints.append(f"outside: {request.url}"))
    yield page
    context.close()


def here(address):
    return address.startswith(("http://127.0.0.1:", "data:", "blob:"))


def run(page, address=None):
    """Open `address`, or else wait for the lesson that opens by itself, and run it from top to bottom."""
    began = time.monotonic()
    if address:
        page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.evaluate(RUN_ALL)
    page.wait_for_function("window.seconds.length || window.allCellsRan", timeout=120_000)
    first = time.monotonic() - began
    page.wait_for_function("window.allCellsRan", timeout=240_000)
    page.wait_for_timeout(1500)
    slowest = max(page.evaluate("window.seconds"))
    print(f"from the link to the first cell {first:.1f} s, the slowest cell {slowest:.1f} s")


def lesson(address, name):
    return f"{address}/{site.address(name)}"


@pytest.mark.parametrize("name", NAMES)
def test_a_solved_lesson_runs_in_the_browser_and_its_sliders_answer_the_keyboard(address, page, name):
    run(page, lesson(address, name))
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
            page.wait_for_timeout(700)
            assert figure.get_attribute("data-draws") != draws, f"{name}: a slider moved and nothing was drawn"
    assert page.complaints == []


def test_the_start_button_opens_the_first_lesson_and_what_is_said_there_survives_a_reload(address, page):
    page.goto(f"{address}/")
    assert page.get_by_role("heading", level=1).inner_text() == "Why do neural networks need hidden layers?"
    assert page.get_by_role("list").get_by_role("link").count() == len(NAMES)
    page.get_by_role("link", name="Start", exact=True).click()
    run(page)
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
    run(page)
    assert page.locator(".untangle.predict .heard").first.inner_text() == said
    assert page.complaints == []


def test_the_ordinary_site_takes_python_from_another_host_and_everything_else_from_its_own(tmp_path, page):
    official = site.runtime(site.PIECES)
    host = tmp_path / "host"
    host.mkdir()
    try:
        compiled = site.compiled_wheels(site.PIECES, official)
    except site.Missing as problem:
        pytest.skip(f"nothing to serve as the other host: {problem}")
    for name, data in [*official.items(), *compiled]:
        (host / name).write_bytes(data)
    with serving(host) as network, serving(tmp_path / "site") as address:
        built(tmp_path / "site", network=f"{network}/")
        assert not list((tmp_path / "site").rglob("*wasm32.whl"))
        run(page, lesson(address, "00-start-here"))
    assert page.locator(RED).all_inner_texts() == []
    assert page.complaints == []
