"""A real JupyterLab in a real browser: what the browser tests and the bench of the figures run in."""

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

CHROMIUM = "/usr/bin/chromium"
# the start of a script in the page: the notebook is open and its kernel answers
KERNEL_ANSWERS = """
  const app = window.jupyterapp;
  await app.restored;
  while (!app.shell.currentWidget?.sessionContext) await new Promise(done => setTimeout(done, 50));
  const { context, sessionContext } = app.shell.currentWidget;
  await context.ready;
  await sessionContext.ready;
  await sessionContext.session.kernel.info;
"""
RUN_ALL = "async () => {" + KERNEL_ANSWERS + """  // not awaited: the page comes back at once, and `window.allCellsRan` tells when the last cell, or one with an error, is done
  app.commands.execute("notebook:run-all-cells").finally(() => { window.allCellsRan = true; });
}"""
# opens another notebook, then closes those before it and ends their kernels: an empty window would bring up the launcher
OPEN_INSTEAD = """async (path) => {
  const app = window.jupyterapp;
  await app.restored;
  delete window.allCellsRan;
  const before = [...app.shell.widgets("main")];
  if (before.some((widget) => widget.context?.path === path)) throw new Error(`${path} is open: give each notebook a name of its own`);
  if (document.body.dataset.jpThemeLight !== "true") {
    await app.commands.execute("apputils:change-theme", { theme: "JupyterLab Light" });
  }
  const opened = await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
  const sessions = before.map((widget) => widget.sessionContext?.session?.id).filter(Boolean);
  for (const widget of before) widget.dispose();
  // only now: nothing is left that would miss its kernel
  await Promise.all(sessions.map((id) => app.serviceManager.sessions.shutdown(id)));
  // with the widget that had the focus gone, it may take more than one call
  while (app.shell.currentWidget !== opened) {
    app.shell.activateById(opened.id);
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
# every widget that the outputs name has drawn itself
ALL_DRAWN = """() => {
  const { content } = window.jupyterapp.shell.currentWidget;
  const widgets = content.widgets.flatMap((cell) => cell.model.outputs ? cell.model.outputs.toJSON() : [])
    .filter((output) => output.data?.["application/vnd.jupyter.widget-view+json"]).length;
  return document.querySelectorAll(".untangle[data-draws]").length >= widgets;
}"""
PROJECT = pathlib.Path(__file__).parents[1]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


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
        self.window = None

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

    def show(self, browser, name, width=1280, height=12000):
        """Return the one window of this JupyterLab with only this notebook in it, all cells run and all figures drawn.

        Opening JupyterLab costs seconds, so notebooks follow one another in the same window: never close it, and hold no
        other notebook's page. It is high, so that all cells are in sight at once.
        """
        if self.window is None or self.window.is_closed():
            self.window = self.open(browser, name, viewport={"width": width, "height": height})
        else:
            self.window.set_viewport_size({"width": width, "height": height})
            self.window.evaluate(OPEN_INSTEAD, name)
            self.window.complaints.clear()
            self.window.evaluate(RUN_ALL)
        self.window.wait_for_function("window.allCellsRan", timeout=150_000)
        self.window.wait_for_function(ALL_DRAWN, timeout=60_000)
        return self.window

    def open(self, browser, name, **options):
        """Return a new page with the notebook open and all cells started; `page.complaints` lists console errors."""
        page = browser.new_page(**options)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(error.stack or str(error)))
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.goto(f"{self.url}/lab/workspaces/{pathlib.Path(name).stem}/tree/{name}?reset")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=30_000)
        # through JupyterLab's own command, once the kernel answers: a click in the menu may come before that and be lost
        page.evaluate(RUN_ALL)
        return page


def _wait(address, server, log):
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return json.load(answer)["version"]
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
