"""What the site is made of, without a browser: the pages for reading, the line on patience, the pieces and their digests."""

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import zipfile

import pytest
import tiny

from course_utils import plotting
from tools.build import ROOT, lessons
from tools.site import building, patience, pieces, reading

NAMES = [text.stem for text in lessons()]


def released(name):
    return (ROOT / "notebooks" / name / f"{name}.ipynb").read_bytes()


def first_text(notebook):
    return "".join(json.loads(notebook)["cells"][0]["source"])


def test_most_measured_times_are_of_cells_that_are_still_so_and_none_is_over_20_seconds():
    times = patience.times()
    assert sorted(times) == NAMES
    for name, cells in times.items():
        now = {patience.digest(cell) for cell in json.loads(released(name))["cells"]}
        assert len(now & cells.keys()) >= len(cells) / 2, f"measure anew: python -m tools.time_site --write {name}"
        assert max(cells.values()) <= 20


def test_a_lesson_with_a_slow_cell_says_so_below_its_title_and_changes_in_nothing_else():
    before = json.loads(released("08-depth"))
    slow, quick, *_ = (patience.digest(cell) for cell in before["cells"] if cell["metadata"]["course"]["kind"] == "figure")
    after = patience.with_note(released("08-depth"), {slow: 11.7, quick: patience.LONG - 0.1})
    title, _, rest = first_text(released("08-depth")).partition("\n")
    assert first_text(after).startswith(title) and first_text(after).endswith(rest)
    note = first_text(after).removeprefix(title).removesuffix(rest)
    assert "One cell takes a while" in note and "about 12 s." in note
    assert json.loads(after)["cells"][1:] == before["cells"][1:]


def test_a_lesson_without_a_slow_cell_stays_as_it_is():
    quick = patience.digest(json.loads(released("01-one-line"))["cells"][1])
    assert patience.with_note(released("01-one-line"), {quick: patience.LONG - 0.1}) == released("01-one-line")


def test_mathematics_becomes_mathml_and_asks_no_other_host():
    made = reading.markdown("Take $x_1$.\n\n$$p = \\begin{cases} 1 & x \\ge 0 \\\\ 0 & \\text{else} \\end{cases}$$\n\n| a | b |\n|---|---|\n| $\\ln p$ | 2 |")
    assert made.count("<math") == 3 and "<msub><mi>x</mi><mn>1</mn></msub>" in made and "<mtable>" in made
    assert "$" not in made and "\\" not in made and made.count("http") == made.count('xmlns="http://www.w3.org/1998/Math/MathML"')
    assert '<mi>ln</mi><mspace width="0.17em" /><mi>p</mi>' in made


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_of_a_lesson_is_understood(name):
    for cell in json.loads(released(name))["cells"]:
        if cell["cell_type"] == "markdown":
            made = reading.markdown("".join(cell["source"]))
            assert "<merror" not in made
            for math in made.split("<math")[1:]:
                assert "\\" not in math.split("</math>")[0]


def cells_and_outputs():
    figure, axes = plotting.new()
    plotting.points(axes, [[0, 0], [1, 1]], [0, 1])
    picture = {"output_type": "display_data", "data": {"text/html": f'<div class="still-5">{plotting.as_html(figure, "Two points")}</div>'}}
    live = {"output_type": "display_data", "data": {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "LiveFigure(...)"}}
    said = {"output_type": "stream", "name": "stdout", "text": "the answer is 42\n"}
    exercise, check, use, given = tiny.exercise("double", tiny.STUB), tiny.check("double", "assert double(1) == 2"), tiny.code("print(double(21))"), tiny.code("draw()")
    cells = json.loads(json.dumps([exercise, check, use, given]))
    for cell, name in zip(cells, ("double", "double-check", "use", "given"), strict=True):
        cell["id"] = name
    return cells, {"double": [], "double-check": [said], "use": [said], "given": [live, picture, said | {"text": "3 points"}]}


def test_a_page_shows_stills_with_their_words_and_hides_what_a_finished_answer_prints(tmp_path):
    page = reading.body(*cells_and_outputs(), tmp_path)
    (picture,) = tmp_path.iterdir()
    assert f'alt="Two points" height="430" loading="lazy" src="pictures/{picture.name}" width="400"' in page
    assert picture.read_bytes().startswith(b"\x89PNG") and "still-5" not in page and "LiveFigure" not in page
    assert "In the notebook, this figure moves." in page
    assert page.count("the answer is 42") == 1
    assert "<details><summary>What it prints, with a finished answer</summary>" in page.split("the answer is 42")[0]
    assert page.count("What it prints") == 1 and "3 points" in page


def test_the_readme_names_the_question_of_every_lesson_for_the_front_page():
    assert sorted(building.told(ROOT)) == NAMES == building.lesson_names(ROOT)


def npm_package(path, content):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as packed:
        entry = tarfile.TarInfo("package/umd/index.js")
        entry.size = len(content)
        packed.addfile(entry, io.BytesIO(content))
    path.write_bytes(data.getvalue())
    return hashlib.sha256(data.getvalue()).hexdigest()


def test_a_piece_with_another_digest_is_refused(tmp_path, monkeypatch):
    digest = npm_package(tmp_path / "fflate-0.8.3.tgz", b"zip")
    with pytest.raises(pieces.Missing, match=r"fflate-0\.8\.3\.tgz is not the one"):
        pieces.zipper(tmp_path)
    monkeypatch.setattr(pieces, "ZIPPER_SHA256", digest)
    assert pieces.zipper(tmp_path) == b"zip"


def test_the_course_travels_as_a_wheel_with_the_released_lessons_and_without_the_grading():
    name, data = pieces.course_wheel(ROOT)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
    assert name.startswith("untangle-") and "course_utils/learn.py" in names and "notebooks/04-collapse/04-collapse.ipynb" in names
    assert not [found for found in names if "grading" in found or "solutions" in found]
    assert data == pieces.course_wheel(ROOT)[1], "the same tree gives the same bytes"


def test_the_site_is_built_without_what_only_authors_have():
    without = "import sys; sys.modules.update(dict.fromkeys(['jupytext', 'playwright', 'pytest'])); import tools.site.__main__"
    done = subprocess.run([sys.executable, "-c", without], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
