"""The site in a browser that reaches no host but this machine, for its tests and for `python -m tools.time_site`."""

import contextlib
import http.server
import json
import threading
import time

import psutil

from tools.build import ROOT, lessons
from tools.lab import KERNEL_ANSWERS
from tools.site.building import address

WORDS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]  # fmt: skip
RUN_ALL = "async () => {" + KERNEL_ANSWERS + """  window.cells = [];
  const clock = async () => [performance.now() / 1000, await window.processorSeconds()];
  let began;
  sessionContext.session.kernel.iopubMessage.connect((kernel, message) => {
    if (message.header.msg_type !== "status" || message.parent_header.msg_type !== "execute_request") return;
    if (message.content.execution_state === "busy") began = clock();
    else window.cells.push(Promise.all([began, clock()]));
  });
  app.commands.execute("notebook:run-all-cells").finally(() => { window.allCellsRan = true; });
}"""


@contextlib.contextmanager
def serving(folder, instead=None):
    """Serve `folder` on a free port of this machine, to pages from any other place too; yields the address.

    `instead` gives other bytes for some paths below `folder`.
    """
    instead = instead or {}

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *words):
            super().__init__(*words, directory=str(folder))

        def do_GET(self):
            data = instead.get(self.path.split("?")[0].lstrip("/"))
            if data is None:
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def end_headers(self):
            self.send_header("Access-Control-Allow-Origin", "*")
            super().end_headers()

        def log_message(self, *words):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def solved(below=""):
    """Return {path in the site, `below` a folder: the notebook with its answers}, for `serving`."""
    return {f"{below}files/{text.stem}/{text.stem}.ipynb": text.with_suffix(".ipynb").read_bytes() for text in lessons(ROOT)}


@contextlib.contextmanager
def learner(browser, **options):
    """A page of a new learner; `page.complaints` lists console errors, failed requests, and those to other hosts."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 12000}} | options)
    context.set_default_timeout(180_000)  # a busy machine fails nobody
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    # what a page no longer waits for when it is left has not failed
    context.on("requestfailed", lambda request: None if "ABORTED" in (request.failure or "") else page.complaints.append(f"failed: {request.url}"))
    context.on("response", lambda got: page.complaints.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
    context.on("request", lambda request: None if _here(request.url) else page.complaints.append(f"outside: {request.url}"))
    page.expose_function("processorSeconds", _processor_seconds)
    yield page
    context.close()


def run(page, site=None, lesson=None):
    """Open `lesson` of the site, or else wait for the one that opens by itself, and run it from top to bottom.

    Returns (seconds, processor seconds), from the link to the end of the first cell and for each cell.
    """
    began = time.monotonic(), _processor_seconds()
    if lesson:
        page.goto(f"{site}/{address(lesson)}")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=240_000)
    page.evaluate(RUN_ALL)
    page.wait_for_function("window.cells.length || window.allCellsRan", timeout=400_000)
    first = time.monotonic() - began[0], _processor_seconds() - began[1]
    page.wait_for_function("window.allCellsRan", timeout=900_000)
    page.wait_for_function("document.querySelectorAll('.jp-InputPrompt').length && !document.body.innerText.includes('[*]:')")
    ends = page.evaluate("Promise.all(window.cells)")
    return first, [(later[0] - sooner[0], later[1] - sooner[1]) for sooner, later in ends]


def _here(address):
    return address.startswith(("http://127.0.0.1:", "data:", "blob:"))


def _processor_seconds(*_):
    """What this process's browsers have computed so far."""
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "chrom" in process.name():
                spent = process.cpu_times()
                total += spent.user + spent.system
    return total


def code_cells(lesson):
    """Return a solved lesson's code cells, in order."""
    cells = json.loads((ROOT / "solutions" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]
