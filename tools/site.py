"""Build the course as a static site, with Python in the browser: `python -m tools.site [--offline] [FOLDER]`.

    notebooks/, course_utils/  ->  build/site/index.html      the front page
                                   build/site/lab/            JupyterLab without a server
                                   build/site/files/          the lessons; a learner's copies stay in their browser
                                   build/site/static/packages what Python loads there

The ordinary site takes Python itself (Pyodide, with numpy and matplotlib) from Pyodide's public content network when a
page opens. With `--offline` it lies in the site, which then asks no other host for anything: a folder for a school
without internet. Any web server shows either, below any path: `python -m http.server -d build/site`.

What is fetched for it is kept in build/site-pieces, and each piece has to match a digest: Pyodide's own lock names those
of the compiled packages, `site_files/wheels.txt` all others.
"""

import argparse
import hashlib
import html
import io
import json
import re
import shutil
import string
import struct
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

from tools import handout

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "tools" / "site_files"
PIECES = ROOT / "build" / "site-pieces"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")
# compiled, and so built by Pyodide itself; fonttools is left out, which matplotlib wants for PDF alone
COMPILED = ("contourpy", "kiwisolver", "matplotlib", "numpy", "pillow")
# the PyPI package that carries them too, for a place that does not reach Pyodide's network
CARRIER = "open-webui==0.12.4 --hash=sha256:02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
RUNTIME_SHA256 = "85d930cbff5bcf8bf8f5fb62d5b73d9a1e73f706a8a64c3e527ec980f1d32bd4"
# what only a school's server or an author needs
NOT_IN_THE_BROWSER = ("course_utils/prompt_kernel.py", "course_utils/bench.py")


class Missing(Exception):
    """A piece that could not be had, and why."""


def build(folder, offline=False, root=ROOT, pieces=PIECES, network=None):
    """Build the site in `folder`, which is replaced; raise `Missing` when a piece of it cannot be had.

    `network` is the address that an ordinary site takes Pyodide from, if not from where the kernel says.
    """
    folder, pieces = Path(folder).resolve(), Path(pieces)
    official = runtime(pieces)
    wheels = [course_wheel(root), *pure_wheels(pieces), *kernel_wheels()]
    compiled = compiled_wheels(pieces, official) if offline else []
    if folder.exists():
        shutil.rmtree(folder)
    work = pieces / "lite"
    shutil.rmtree(work, ignore_errors=True)
    (work / "lessons").mkdir(parents=True)
    for name, data in lesson_files(root).items():
        path = work / "lessons" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    shutil.copy(FILES / "overrides.json", work)
    _lite(work, folder)
    packages = folder / "static" / "packages"
    packages.mkdir()
    for name, data in [*wheels, *compiled]:
        (packages / name).write_bytes(data)
    network = network or _network(folder)
    if offline:
        for name in RUNTIME:
            (packages / name).write_bytes(official[name])
    lock = make_lock(json.loads(official["pyodide-lock.json"]), wheels, "" if offline else network)
    (packages / "pyodide-lock.json").write_text(json.dumps(lock, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    _settings(folder, lock, "./static/packages/pyodide.mjs" if offline else f"{network}pyodide.mjs")
    front_page(folder, root)
    return folder


# ---- what goes in ----


def lesson_files(root):
    """Return {name in the learner's folder: bytes}."""
    start = "notebooks/"
    return {name.removeprefix(start): data for name, data in handout.contents(root).items() if name.startswith(start)}


def course_wheel(root):
    """Return (file name, bytes) of `course_utils` as a wheel, the released lessons beside it for the self-check."""
    found = {}
    for name, data in handout.contents(root).items():
        if name.startswith(("course_utils/", "notebooks/")) and not name.startswith(NOT_IN_THE_BROWSER):
            found[name] = data
    version = re.search(r'^version = "(.+)"', (Path(root) / "pyproject.toml").read_text(encoding="utf-8"), re.M)[1]
    about = f"untangle-{version}.dist-info"
    found[f"{about}/METADATA"] = f"Metadata-Version: 2.1\nName: untangle\nVersion: {version}\n".encode()
    found[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: untangle\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    found[f"{about}/RECORD"] = "".join(f"{name},,\n" for name in [*found, f"{about}/RECORD"]).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, data in found.items():
            entry = zipfile.ZipInfo(name, date_time=(2025, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            file.writestr(entry, data)
    return f"untangle-{version}-py3-none-any.whl", packed.getvalue()


def pure_wheels(pieces):
    """Return (file name, bytes) of each package in wheels.txt, fetched once."""
    listed = (FILES / "wheels.txt").read_text(encoding="utf-8")
    wanted = re.findall(r"^(\S+) --hash=sha256:(\w+)$", listed, re.M)
    have = _by_digest(pieces / "wheels")
    if any(digest not in have for _, digest in wanted):
        _pip(pieces / "wheels", FILES / "wheels.txt", "--platform", "any", "--python-version", "3.14")
        have = _by_digest(pieces / "wheels")
    return [have[digest] for _, digest in wanted]


def kernel_wheels():
    """Return (file name, bytes) of the wheels that come with the kernel."""
    place = _extension(KERNEL) / "static" / "pypi"
    return [(path.name, path.read_bytes()) for path in sorted(place.glob("*.whl")) if "extension-3" not in path.name]


def runtime(pieces):
    """Return {file name: bytes} of Pyodide's npm package: the runtime and the official lock."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    path = pieces / f"pyodide-{PYODIDE_VERSION}.tgz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _call("npm", "pack", "--silent", f"pyodide@{PYODIDE_VERSION}", cwd=path.parent)
    if hashlib.sha256(path.read_bytes()).hexdigest() != RUNTIME_SHA256:
        raise Missing(f"{path.name} is not the one whose digest stands in {Path(__file__).name}")
    with tarfile.open(path) as packed:
        return {name: packed.extractfile(f"package/{name}").read() for name in (*RUNTIME, "pyodide-lock.json")}


def compiled_wheels(pieces, official):
    """Return (file name, bytes) of the compiled packages, each with the digest that Pyodide's own lock names."""
    wanted = {}
    for name in COMPILED:
        entry = json.loads(official["pyodide-lock.json"])["packages"][name]
        wanted[entry["sha256"]] = entry["file_name"]
    place = pieces / "compiled"
    have = _by_digest(place)
    if not have.keys() >= wanted.keys():
        place.mkdir(parents=True, exist_ok=True)
        listed = pieces / "carrier.txt"
        listed.write_text(CARRIER + "\n")
        _pip(pieces, listed)
        (carrier,) = pieces.glob("open_webui-*.whl")
        with zipfile.ZipFile(carrier) as packed:
            for name in packed.namelist():
                if Path(name).name in wanted.values():
                    (place / Path(name).name).write_bytes(packed.read(name))
        carrier.unlink()
        have = _by_digest(place)
    for digest, name in wanted.items():
        if digest not in have:
            raise Missing(f"{name} with the digest in Pyodide's lock was not found")
    return [have[digest] for digest in wanted]


def make_lock(official, wheels, network):
    """Return the lock that the site's Python loads from: the compiled packages of the official one, and `wheels`."""
    packages = {}
    for name in COMPILED:
        entry = official["packages"][name]
        packages[name] = entry | {"depends": [], "file_name": network + entry["file_name"]}
    for file_name, data in wheels:
        name, version = file_name.split("-")[:2]
        name = name.replace("_", "-").lower()
        packages[name] = {
            "name": name, "version": version, "file_name": file_name, "sha256": hashlib.sha256(data).hexdigest(),
            "depends": [], "imports": [], "install_dir": "site", "package_type": "package", "unvendored_tests": False,
        }  # fmt: skip
    return {"info": official["info"], "packages": packages}


# ---- JupyterLite ----


def _lite(work, folder):
    wanted = {
        "apps": ["lab"], "contents": ["lessons"], "settings_overrides": ["overrides.json"], "no_sourcemaps": True,
        "no_unused_shared_packages": True, "no_libarchive": True, "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(_extension(name)) for name in EXTENSIONS],
    }  # fmt: skip
    (work / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": wanted}))
    _call(sys.executable, "-m", "jupyterlite_core", "build", f"--lite-dir={work}", f"--output-dir={folder}", cwd=work)


def _settings(folder, lock, python):
    path = folder / "jupyter-lite.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    settings = found["jupyter-config-data"]
    settings |= {"appName": "Untangle", "contentsStorageName": "untangle", "settingsStorageName": "untangle-settings"}
    kernel = settings.setdefault("litePluginSettings", {}).setdefault(f"{KERNEL}:kernel", {})
    options = {"lockFileURL": "./static/packages/pyodide-lock.json", "packages": sorted(lock["packages"])}
    kernel |= {"pyodideUrl": python, "disablePyPIFallback": True, "loadPyodideOptions": options}
    path.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    # without a sign of its own, a browser asks the host for one
    lab = folder / "lab" / "index.html"
    page = lab.read_text(encoding="utf-8")
    sign = '<title>Untangle</title>\n    <link rel="icon" href="favicon.ico">'
    lab.write_text(page.replace("<title>JupyterLite</title>", sign), encoding="utf-8")


def _network(folder):
    """The address of Pyodide's content network, as the kernel of the site names it."""
    for path in sorted((folder / "extensions" / KERNEL / "static").glob("*.js")):
        found = re.search(r'"(https://[^"]+/)pyodide\.mjs"', path.read_text(encoding="utf-8"))
        if found:
            return found[1]
    raise Missing("the kernel does not say where it takes Pyodide from")


def _extension(name):
    place = Path(sysconfig.get_path("data")) / "share" / "jupyter" / "labextensions" / name
    if not place.is_dir():
        raise Missing(f"{name} is not installed (pip install -r requirements-site.txt)")
    return place


# ---- the front page ----


def front_page(folder, root):
    """Write index.html and its picture: the question of the course, and each lesson as the question it answers (the README's table)."""
    readme = (Path(root) / "README.md").read_text(encoding="utf-8")
    told = {name: words for name, *words in re.findall(r"^\| \[([^\]]+)\]\(notebooks/.*?\) \| (.*?) \| (.*?) \|$", readme, re.M)}
    names = sorted({Path(name).stem for name in lesson_files(root) if name.endswith(".ipynb")})
    items = []
    for name in names:
        question, about = map(html.escape, told.get(name, (name, "")))
        words = f"<span>{name.split('-')[0]}</span><strong>{question}</strong><span>{about}</span>"
        items.append(f'<li><a href="{address(name)}">{words}</a></li>')
    picture = Path(root) / "docs" / "untangle.png"
    shutil.copy(picture, folder)
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    page = string.Template((FILES / "index.html").read_text(encoding="utf-8"))
    page = page.substitute(lessons="\n".join(items), first=address(names[0]), width=width, height=height)
    (folder / "index.html").write_text(page, encoding="utf-8")


def address(lesson):
    """Return where a lesson opens, seen from the front page."""
    return f"lab/index.html?path={lesson}/{lesson}.ipynb"


# ---- fetching ----


def _by_digest(place):
    found = sorted(place.glob("*.whl")) if place.is_dir() else []
    read = ((path.name, path.read_bytes()) for path in found)
    return {hashlib.sha256(data).hexdigest(): (name, data) for name, data in read}


def _pip(place, listed, *words):
    place.mkdir(parents=True, exist_ok=True)
    _call(sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes",
          "--only-binary=:all:", *words, "-d", str(place), "-r", str(listed))  # fmt: skip


def _call(*command, cwd=None):
    try:
        done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    except OSError as problem:
        raise Missing(f"{command[0]} could not be started: {problem}") from None
    if done.returncode:
        said = (done.stderr or done.stdout)[-2000:]
        raise Missing(f"`{' '.join(map(str, command[:5]))} ...` ended with {done.returncode}:\n{said}")


def main(words=None):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.site", description="Build the course as a static site.")
    parser.add_argument("folder", nargs="?", default=str(ROOT / "build" / "site"), help="build/site")
    parser.add_argument("--offline", action="store_true", help="with Python in the site, which then asks no other host")
    asked = parser.parse_args(words)
    try:
        folder = build(asked.folder, asked.offline)
    except (Missing, ValueError, ImportError) as problem:
        print(f"No site was built: {problem}", file=sys.stderr)
        return 2
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder}: {size / 1e6:.0f} MB. To look at it: {sys.executable} -m http.server -d {folder} --bind 127.0.0.1")
    return 0


if __name__ == "__main__":
    sys.exit(main())
