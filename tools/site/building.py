"""Put the site together: JupyterLite with the lessons and their Python, the front page, and the pages for reading."""

import html
import json
import re
import shutil
import string
import struct
import sys
from pathlib import Path

from tools import handout
from tools.handout import ROOT
from tools.site import patience, pieces, reading
from tools.site.pieces import FILES, KERNEL, Missing

EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")


def build(folder, offline=False, root=ROOT, kept=pieces.PIECES, network=None):
    """Build the site in `folder`, which is replaced; raise `Missing` when a piece of it cannot be had.

    `kept` is the folder for what is fetched, and `network` the address that an ordinary site takes Pyodide from, if
    not from where the kernel says.
    """
    folder, kept = Path(folder).resolve(), Path(kept)
    official = pieces.runtime(kept)
    wheels = [pieces.course_wheel(root), *pieces.pure_wheels(kept), *pieces.kernel_wheels()]
    compiled = pieces.compiled_wheels(kept, official) if offline else []
    if folder.exists():
        shutil.rmtree(folder)
    work = kept / "lite"
    shutil.rmtree(work, ignore_errors=True)
    (work / "lessons").mkdir(parents=True)
    slow = patience.times()
    for name, data in lesson_files(root).items():
        path = work / "lessons" / name
        path.parent.mkdir(exist_ok=True)
        lesson = name.split("/")[0]
        path.write_bytes(patience.with_note(data, slow.get(lesson, {})) if name.endswith(".ipynb") else data)
    shutil.copy(FILES / "overrides.json", work)
    _lite(work, folder)
    packages = folder / "static" / "packages"
    packages.mkdir()
    for name, data in {"fflate.js": pieces.zipper(kept), **pieces.font(kept)}.items():
        (folder / "static" / name).write_bytes(data)
    shutil.copy(FILES / "answers.js", folder)
    for name, data in [*wheels, *compiled]:
        (packages / name).write_bytes(data)
    network = network or _network(folder)
    if offline:
        for name in pieces.RUNTIME:
            (packages / name).write_bytes(official[name])
    lock = pieces.make_lock(json.loads(official["pyodide-lock.json"]), wheels, "" if offline else network)
    (packages / "pyodide-lock.json").write_text(json.dumps(lock, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    _settings(folder, lock, "./static/packages/pyodide.mjs" if offline else f"{network}pyodide.mjs")
    front_page(folder, root)
    questions = told(root)
    front = {name: (questions.get(name, (name,))[0], address(name)) for name in lesson_names(root)}
    reading.pages(folder, root, kept, front)
    return folder


def lesson_files(root):
    """Return {name in the learner's folder: bytes}."""
    start = "notebooks/"
    return {name.removeprefix(start): data for name, data in handout.contents(root).items() if name.startswith(start)}


def lesson_names(root):
    """Return the names of the lessons, in order."""
    return sorted(Path(name).stem for name in lesson_files(root) if name == f"{Path(name).stem}/{Path(name).stem}.ipynb")


def address(lesson):
    """Return where a lesson opens, seen from the front page."""
    return f"lab/index.html?path={lesson}/{lesson}.ipynb"


def told(root):
    """Return {lesson: (its question, what it is about)}, as the README's table has them."""
    readme = (Path(root) / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[([^\]]+)\]\(notebooks/.*?\) \| (.*?) \| (.*?) \|$", readme, re.M)
    return {name: tuple(words) for name, *words in rows}


def front_page(folder, root):
    """Write index.html and its picture: the question of the course, and each lesson as the question it answers."""
    names = lesson_names(root)
    items = []
    for name in names:
        question, about = map(html.escape, told(root).get(name, (name, "")))
        number = name.split("-")[0]
        said = f'<span class="number">{number}</span><span><strong>{question}</strong><span class="about">{about}</span></span>'
        which = f'<span class="hidden"> lesson {number}</span>'
        run = f'<a class="button" href="{address(name)}">Run{which}</a>'
        read = f'<a class="button quiet" href="read/{name}.html">Read{which}</a>'
        items.append(f'<li>{said}<span class="ways">{run}{read}</span></li>')
    shutil.copy(FILES / "site.css", folder)
    picture = Path(root) / "docs" / "untangle.png"
    shutil.copy(picture, folder)
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    page = string.Template((FILES / "index.html").read_text(encoding="utf-8"))
    page = page.substitute(lessons="\n".join(items), first=address(names[0]), width=width, height=height)
    (folder / "index.html").write_text(page, encoding="utf-8")


def _lite(work, folder):
    wanted = {
        "apps": ["lab"], "contents": ["lessons"], "settings_overrides": ["overrides.json"], "no_sourcemaps": True,
        "no_unused_shared_packages": True, "no_libarchive": True, "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(pieces.extension(name)) for name in EXTENSIONS],
    }  # fmt: skip
    (work / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": wanted}))
    pieces.call(sys.executable, "-m", "jupyterlite_core", "build", f"--lite-dir={work}", f"--output-dir={folder}", cwd=work)


def _settings(folder, lock, python):
    path = folder / "jupyter-lite.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    settings = found["jupyter-config-data"]
    settings |= {"appName": "Untangle", "contentsStorageName": "untangle", "settingsStorageName": "untangle-settings"}
    # for the button that saves all answers, which first has JupyterLab save what is open
    settings["exposeAppInBrowser"] = True
    kernel = settings.setdefault("litePluginSettings", {}).setdefault(f"{KERNEL}:kernel", {})
    options = {"lockFileURL": "./static/packages/pyodide-lock.json", "packages": sorted(lock["packages"])}
    kernel |= {"pyodideUrl": python, "disablePyPIFallback": True, "loadPyodideOptions": options}
    path.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    # without a sign of its own, a browser asks the host for one
    lab = folder / "lab" / "index.html"
    page = lab.read_text(encoding="utf-8")
    sign = '<title>Untangle</title>\n    <link rel="icon" href="favicon.ico">'
    bar = (FILES / "lab.html").read_text(encoding="utf-8")
    page = page.replace("<title>JupyterLite</title>", sign).replace("</body>", f"{bar}</body>")
    lab.write_text(page.replace("Loading JupyterLite...", "Loading the lesson ..."), encoding="utf-8")


def _network(folder):
    """The address of Pyodide's content network, as the kernel of the site names it."""
    for path in sorted((folder / "extensions" / KERNEL / "static").glob("*.js")):
        found = re.search(r'"(https://[^"]+/)pyodide\.mjs"', path.read_text(encoding="utf-8"))
        if found:
            return found[1]
    raise Missing("the kernel does not say where it takes Pyodide from")
