"""The lessons as plain pages, for reading without any Python: text, mathematics, and the still twins of all figures.

The text is that of the released lesson, so that no answer stands in it. The pictures are those of the solved one, which
is run for it here; what it printed is kept beside the fetched pieces for as long as lesson and package stay the same.
"""

import base64
import hashlib
import html
import json
import re
import string
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import course_utils  # noqa: F401  (one thread for matrix products, in the kernels as well)
from course_utils.grading.rebuild import defined
from tools import handout
from tools.site.pieces import FILES, Missing

SECONDS = 300  # for one cell, on a machine that does much else


def pages(folder, root, kept, front):
    """Write `read/NAME.html` for each lesson of `front`: {name: (question, address of the notebook)}; return the names."""
    place = Path(folder) / "read"
    (place / "pictures").mkdir(parents=True)
    with ThreadPoolExecutor(2) as pool:
        ran = dict(zip(front, pool.map(lambda name: outputs(name, root, kept), front), strict=True))
    names = list(front)
    template = string.Template((FILES / "read.html").read_text(encoding="utf-8"))
    for number, name in enumerate(names):
        question, run = front[name]
        ways = []
        for step, words in ((number - 1, "Before"), (number + 1, "Next")):
            if 0 <= step < len(names):
                told = html.escape(front[names[step]][0])
                ways.append(f'<a class="{words.lower()}" href="{names[step]}.html"><span>{words}</span> <strong>{told}</strong></a>')
        lesson = json.loads((Path(root) / "notebooks" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
        page = template.substitute(
            title=html.escape(question), lesson=name.split("-")[0], run=f"../{run}", ways="\n".join(ways),
            text=body(lesson["cells"], ran[name], place / "pictures"),
        )  # fmt: skip
        (place / f"{name}.html").write_text(page, encoding="utf-8")
    return names


def outputs(name, root, kept):
    """Return {cell id: outputs} of the solved lesson, run from top to bottom."""
    path = Path(root) / "solutions" / name / f"{name}.ipynb"
    package = [data for file, data in handout.contents(root).items() if file.startswith("course_utils/")]
    digest = hashlib.sha256(b"".join(hashlib.sha256(data).digest() for data in [path.read_bytes(), *package])).hexdigest()
    known = Path(kept) / "ran" / f"{name}-{digest[:16]}.json"
    if not known.exists():
        found = _run(name, path)
        known.parent.mkdir(parents=True, exist_ok=True)
        for old in known.parent.glob(f"{name}-*.json"):
            old.unlink()
        part = known.with_suffix(".part")
        part.write_text(json.dumps(found), encoding="utf-8")
        part.replace(known)
    return json.loads(known.read_text(encoding="utf-8"))


def _run(name, path):
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as place:
        client = NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": place}})
        client.extra_arguments = ["--log-level=ERROR"]
        try:
            client.execute()
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as problem:
            raise Missing(f"{name} does not run: {problem}") from None
    return {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}


def body(cells, ran, pictures):
    """Return the lesson's cells as HTML; pictures are written to the folder `pictures`."""
    learners = {name for cell in cells if _kind(cell) == "exercise" for name in defined(_source(cell))}
    parts = []
    for cell in cells:
        source = _source(cell)
        if cell["cell_type"] == "markdown":
            parts.append(markdown(source))
            continue
        if _kind(cell) == "predict" or source.startswith("predictions.reveal("):
            parts += _outputs(ran[cell["id"]], pictures)
            continue
        parts.append(_code(cell, source))
        if _kind(cell) not in ("exercise", "check"):
            # what a learner's function prints is part of its answer; a picture shows what it is for
            own = bool(learners & set(re.findall(r"\w+", source)))
            shown = _outputs(ran[cell["id"]], pictures, own)
            live = any("widget-view" in kind for output in ran[cell["id"]] for kind in output.get("data", ()))
            if live and any("<img" in part for part in shown):
                shown.append('<p class="aside">In the notebook, this figure moves.</p>')
            parts += filter(None, shown)
    return "\n".join(parts)


def markdown(source):
    """Return a text cell as HTML, with its mathematics as MathML, which browsers draw and read aloud themselves."""
    from latex2mathml.converter import convert
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    def spaced(mathml):
        # the thin space of "ln p"; before a bracket there is none
        mathml = re.sub(r"(<mi>[a-z]{2,}</mi>)(?=<m(?!o|space|sub|sup|under))", r'\1<mspace width="0.17em" />', mathml)
        # an arrow as long as the words over it, in the few elements that browsers know
        mathml = re.sub(r'<mstyle scriptlevel="0"><mo>(&#x2192;)</mo></mstyle>', r'<mo stretchy="true">\1</mo>', mathml)
        wide = '<mspace width="0.5em" />'
        return re.sub(r'<mpadded[^>]*>(.*?)<mspace depth="[^"]*" /></mpadded>', rf"<mrow>{wide}\1{wide}</mrow>", mathml)

    class Renderer(IPythonRenderer):
        def block_math(self, body):
            return f'<span class="formula" tabindex="0">{spaced(convert(body.strip(), display="block"))}</span>'

        def inline_math(self, body):
            made = spaced(convert(body.strip()))
            # browsers do not break formulas into lines
            return f'<span class="long" tabindex="0">{made}</span>' if len(body) > 40 else made

        def latex_environment(self, name, body):
            return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

        def block_code(self, code, info=None):
            return highlighted(code) if info else f'<pre tabindex="0"><code>{html.escape(code)}</code></pre>\n'

    made = MarkdownWithMath(renderer=Renderer(escape=False, exclude_anchor_links=True)).render(source)
    return re.sub(r"<table>.*?</table>", lambda table: f'<div class="wide" tabindex="0">{table[0]}</div>', made, flags=re.S)


def highlighted(code):
    """Return Python code as HTML."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return f'<pre class="code" tabindex="0"><code>{highlight(code.strip(), PythonLexer(), HtmlFormatter(nowrap=True)).rstrip()}</code></pre>'


def _code(cell, source):
    if cell["metadata"].get("jupyter", {}).get("source_hidden"):
        first, _, rest = source.partition("\n")
        title = re.split(r"[.:]", first.lstrip("# "))[0]
        return f"<details><summary>{html.escape(title)}</summary>{highlighted(rest)}</details>"
    if _kind(cell) == "figure" and source.count("\n") > 2:
        return f"<details><summary>The code of what follows</summary>{highlighted(source)}</details>"
    if _kind(cell) == "exercise":
        return f'<div class="exercise"><p>To be written by you, in the notebook:</p>{highlighted(source)}</div>'
    return highlighted(source)


def _outputs(given, pictures, own=False):
    """Return what a cell shows, in parts; with `own`, what it prints only to those who ask for it."""
    shown, printed = [], []
    for output in given:
        data = output.get("data", {})
        if output["output_type"] == "stream" and output["name"] == "stdout":
            printed.append(output["text"].rstrip())
        elif "text/html" in data:
            shown.append(_pictured(data["text/html"], pictures))
        elif "text/markdown" in data:
            shown.append(markdown(data["text/markdown"]))
        elif "text/plain" in data and "application/vnd.jupyter.widget-view+json" not in data:
            printed.append(data["text/plain"])
    if printed:
        text = "\n".join(printed)
        said = f'<pre class="said" tabindex="0">{html.escape(text)}</pre>'
        shown.insert(0, f"<details><summary>What it prints, with a finished answer</summary>{said}</details>" if own else said)
    return shown


def _pictured(given, pictures):
    from bs4 import BeautifulSoup

    if "untangle-progress" in given:
        return ""  # there is no learner here
    tree = BeautifulSoup(given, "html.parser")
    for picture in tree.find_all("img"):
        png = base64.b64decode(picture["src"].partition("base64,")[2])
        path = pictures / f"{hashlib.sha256(png).hexdigest()[:16]}.png"
        path.write_bytes(png)
        wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        picture.attrs = {"alt": picture["alt"], "src": f"pictures/{path.name}", "loading": "lazy", "width": picture["width"],
                         "height": round(int(picture["width"]) * high / wide)}  # fmt: skip
    for still in tree.find_all("div", class_=re.compile("^still-")):
        if still.find("img"):
            still.unwrap()
        else:
            still.attrs = {"class": "predict"}
    for told in tree.find_all("div", style=re.compile("border-left: 3px")):
        told.attrs = {"class": "told"}
        told.wrap(tree.new_tag("details")).insert(0, tree.new_tag("summary", string="What is true"))
    for table in tree.find_all("table"):
        # a table says what came out, which a reader may want to guess first
        words = table.caption.get_text() if table.caption else "What it shows"
        scroll = table.wrap(tree.new_tag("div", attrs={"class": "wide", "tabindex": "0"}))
        scroll.wrap(tree.new_tag("details")).insert(0, tree.new_tag("summary", string=words))
    return str(tree)


def _kind(cell):
    return cell["metadata"].get("course", {}).get("kind")


def _source(cell):
    return "".join(cell["source"])
