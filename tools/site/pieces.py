"""The pieces of the site that are fetched, each held to a digest, and the lock that the site's Python loads from.

What is fetched is kept in build/site-pieces: Pyodide's own lock names the digests of the compiled packages,
`files/wheels.txt` those of all others.
"""

import hashlib
import io
import json
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

from tools import handout
from tools.handout import ROOT

FILES = Path(__file__).parent / "files"
PIECES = ROOT / "build" / "site-pieces"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
# compiled, and so built by Pyodide itself; fonttools is left out, which matplotlib wants for PDF alone
COMPILED = ("contourpy", "kiwisolver", "matplotlib", "numpy", "pillow")
# the PyPI package that carries them too, for a place that does not reach Pyodide's network
CARRIER = "open-webui==0.12.4 --hash=sha256:02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
RUNTIME_SHA256 = "85d930cbff5bcf8bf8f5fb62d5b73d9a1e73f706a8a64c3e527ec980f1d32bd4"
ZIPPER = "fflate@0.8.3"
ZIPPER_SHA256 = "38c2cd824402407b43153c782274aec2ea83ea688e4aa0b743c5f2c305857d92"
# a font with the table that browsers need to set formulas; few machines have one
FONT = "@fontsource/noto-sans-math@5.3.0"
FONT_SHA256 = "8f6894fffd5863699e279c669d6eae9d3a1218cc9e20aed84efb64a98aee03d8"
# what only a school's server or an author needs
NOT_IN_THE_BROWSER = ("course_utils/prompt_kernel.py", "course_utils/bench.py")


class Missing(Exception):
    """A piece that could not be had, and why."""


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
    place = extension(KERNEL) / "static" / "pypi"
    return [(path.name, path.read_bytes()) for path in sorted(place.glob("*.whl")) if "extension-3" not in path.name]


def runtime(pieces):
    """Return {file name: bytes} of Pyodide's npm package: the runtime and the official lock."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    return npm(pieces, f"pyodide@{PYODIDE_VERSION}", RUNTIME_SHA256, (*RUNTIME, "pyodide-lock.json"))


def zipper(pieces):
    """Return the script fflate, which packs a learner's answers into one file."""
    return npm(pieces, ZIPPER, ZIPPER_SHA256, ["umd/index.js"])["umd/index.js"]


def font(pieces):
    """Return {file name: bytes} of the font for mathematics, and its licence."""
    name = "noto-sans-math-latin-400-normal.woff2"
    found = npm(pieces, FONT, FONT_SHA256, [f"files/{name}", "LICENSE"])
    return {"noto-sans-math.woff2": found[f"files/{name}"], "noto-sans-math-LICENSE.txt": found["LICENSE"]}


def npm(pieces, package, digest, names):
    """Return {name: bytes} of the files `names` of an npm package, such as "fflate@0.8.3", fetched once."""
    path = pieces / f"{re.sub('[@/]', '-', package).lstrip('-')}.tgz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        call("npm", "pack", "--silent", package, cwd=path.parent)
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise Missing(f"{path.name} is not the one whose digest stands in {Path(__file__).name}")
    with tarfile.open(path) as packed:
        return {name: packed.extractfile(f"package/{name}").read() for name in names}


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


def extension(name):
    place = Path(sysconfig.get_path("data")) / "share" / "jupyter" / "labextensions" / name
    if not place.is_dir():
        raise Missing(f"{name} is not installed (pip install -r requirements-site.txt)")
    return place


def _by_digest(place):
    found = sorted(place.glob("*.whl")) if place.is_dir() else []
    read = ((path.name, path.read_bytes()) for path in found)
    return {hashlib.sha256(data).hexdigest(): (name, data) for name, data in read}


def _pip(place, listed, *words):
    place.mkdir(parents=True, exist_ok=True)
    call(sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes",
          "--only-binary=:all:", *words, "-d", str(place), "-r", str(listed))  # fmt: skip


def call(*command, cwd=None):
    try:
        done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    except OSError as problem:
        raise Missing(f"{command[0]} could not be started: {problem}") from None
    if done.returncode:
        said = (done.stderr or done.stdout)[-2000:]
        raise Missing(f"`{' '.join(map(str, command[:5]))} ...` ended with {done.returncode}:\n{said}")
