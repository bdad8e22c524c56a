"""Write the submissions of a small class for lesson 04: `python -m tools.sample_class FOLDER`.

They are made from the released notebook and from the answers that the tests know, so they never go stale.
"""

import argparse
import importlib.util
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
LESSON = "04-collapse"
REFLECTION = "Both end at the same line, since eight layers collapse into one. The deep chain only gets there in fewer steps."


def notebook(answers, without=()):
    """Return the released lesson with these answers written into it, lacking the cells named in `without`."""
    found = nbformat.read(ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb", as_version=4)
    for cell in found.cells:
        if cell.id in answers:
            cell.source = answers[cell.id].strip("\n")
    found.cells = [cell for cell in found.cells if cell.id not in without]
    return nbformat.writes(found)


def submissions():
    """Return what each student handed in: file name -> text."""
    known = _load("answers", ROOT / "tests" / "answers" / f"{LESSON.replace('-', '_')}.py")
    solved = nbformat.read(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb", as_version=4)
    right = {cell.id: cell.source for cell in solved.cells if cell.metadata.course.kind == "exercise"}
    right["what-depth-bought"] = REFLECTION
    styled = {name: texts[0] for name, texts in known.RIGHT.items()}

    def mistaken(exercise, words):
        (source,) = [source for said, _, source in known.MISTAKES[exercise] if said == words]
        return {**right, exercise: source}

    half = dict(list(right.items())[:3])
    return {
        "ada.ipynb": notebook(right),
        "blaise_04-collapse.ipynb": notebook({**right, **styled}),
        "carl.ipynb": notebook(mistaken("collapse", "adds the biases up unpropagated")),
        "dorothy.ipynb": notebook(mistaken("is_affine", "asks one pair of points")),
        "emmy.ipynb": notebook(mistaken("rank_bottleneck", "takes the last width")),
        "felix.ipynb": notebook(half),
        "grace_4711_90210_04-collapse.ipynb": notebook({}),  # as Canvas names a file
        "henri.ipynb": notebook(right, without=("is_affine-check", "rank_bottleneck", "rank_bottleneck-check")),
        "ida.ipynb": "%PDF-1.7 a scan of the homework, renamed\n",
        "kurt.ipynb": notebook({**right, "minimal_bend": "def minimal_bend(Ws, bs)\n    return 0, 0"}),
    }


def write(folder):
    """Write the submissions into `folder`, which is made if need be."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in submissions().items():
        (folder / name).write_text(text, encoding="utf-8")


def _load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(words=None):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.sample_class", description="Write the submissions of a small class for lesson 04.")
    parser.add_argument("folder", help="where they go; it is made if need be")
    asked = parser.parse_args(words)
    try:
        write(asked.folder)
    except OSError as problem:
        print(f"folder should be one that can be written to, but {problem.filename} is not: {problem.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
