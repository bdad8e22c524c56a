"""A real JupyterLab in a real browser, for tests of what a learner sees."""

import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

CHROMIUM = "/usr/bin/chromium"
RUN_ALL = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  while (!app.shell.currentWidget?.sessionContext) await new Promise(done => setTimeout(done, 50));
  const { context, sessionContext } = app.shell.currentWidget;
  await context.ready;
  await sessionContext.ready;
  await sessionContext.session.kernel.info;
  // not awaited: the page comes back at once, and `window.allCellsRan` tells when the last cell, or one with an error, is done
  app.commands.execute("notebook:run-all-cells").finally(() => { window.allCellsRan = true; });
}"""
PROJECT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium, driven by playwright."""
    if not os.path.exists(CHROMIUM):
        pytest.skip(f"no browser: {CHROMIUM} is missing (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
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


@pytest.fixture(scope="session")
def axe():
    """axe-core: `axe(page, selector)` lists the serious and critical violations inside all elements that the selector names.

    Each is one line of text: the rule, its impact, where, and what to mend. A selector that finds nothing is an error.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    def violations(page, selector="body"):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(
            "selector => axe.run({ include: [[selector]] }, { resultTypes: ['violations'] })", selector
        )["violations"]
        return [
            f"{rule['id']} ({rule['impact']}) at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
        ]

    return violations


@contextlib.contextmanager
def serving(folder, home):
    """JupyterLab on `folder`; its settings, runtime files and history stay in the temporary folder `home`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
    env = dict(os.environ, PYTHONPATH=str(PROJECT), HOME=str(home), IPYTHONDIR=str(home / "ipython"), PATH=path)
    env |= {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
               "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True",
               "--LabApp.extension_manager=readonly", "--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={folder}"]  # fmt: skip
    with open(home / "log", "wb") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=folder)
        try:
            yield Lab(f"http://127.0.0.1:{port}", folder, _wait(f"http://127.0.0.1:{port}/api", server, home / "log"))
        finally:
            server.terminate()
            server.wait(20)


class Lab:
    """Where a running JupyterLab is, and how a notebook gets into it."""

    def __init__(self, url, folder, version):
        self.url, self.folder, self.version = url, folder, version

    def write(self, name, cells):
        """Write the notebook `name` with these code cells."""
        never_run = {"outputs": [], "execution_count": None}
        made = [
            {"cell_type": "code", "id": f"cell-{i}", "metadata": {}, "source": source} | never_run
            for i, source in enumerate(cells)
        ]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        text = {"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (self.folder / name).write_text(json.dumps(text))

    def open(self, browser, name, **options):
        """Return a page with the notebook open and all cells started; `page.complaints` lists console errors."""
        page = browser.new_page(**options)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.goto(f"{self.url}/lab/workspaces/{pathlib.Path(name).stem}/tree/{name}?reset")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=30_000)
        # through JupyterLab's own command, once the kernel answers: a click in the menu may come before that and be lost
        page.evaluate(RUN_ALL)
        return page


def _wait(address, server, log):
    for _ in range(150):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return json.load(answer)["version"]
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
