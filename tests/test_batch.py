"""A class graded in parallel, killed and resumed: always the points and pages that nbgrader's own steps give one by one."""

import contextlib
import io
import json
import multiprocessing
import os
import signal
import subprocess
import time

import psutil
import pytest
from attacks import course as tiny
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.converters import GenerateFeedback
from small_class import HALF, LESSON, TOTALS, World

from course_utils.grading import __main__ as command
from course_utils.grading import batch, batch_pool, batch_save, batch_store, collect, cycle
from course_utils.grading.feedback import FeedbackExporter


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("course"))


def facts(course, rows):
    """Return all that a teacher sees of a class: points, sentences, nbgrader's table, pages."""
    found = {row.student: (row.points, row.by_hand, row.happened) for row in rows}
    path = course.folder("submitted").parent / "grades.csv"
    course.export(path)
    table = sorted(path.read_text().splitlines())
    pages = {row.student: (course.folder("feedback") / row.student / LESSON / f"{LESSON}.html").read_text() for row in rows if row.points}
    return found, table, pages


@pytest.fixture(scope="module")
def one_by_one(world):
    """What nbgrader's own steps make of the class, student after student in this process."""
    with world.a_class("one") as course:
        course.enrol(LESSON)
        rows = []
        for submission in world.submissions():
            problem = cycle.unreadable(submission.path)
            if problem:
                rows.append(cycle.Row(submission.student, happened=[f"not graded: {problem}"]))
                continue
            collect.take_in(submission, course.folder("submitted"), LESSON)
            course.autograde(LESSON, submission.student)
            course.feedback(LESSON, submission.student)
            row = course.read(LESSON, submission.student)
            row.happened = cycle.happened(course.folder("autograded") / row.student / LESSON / f"{LESSON}.ipynb")
            rows.append(row)
        return facts(course, rows)


@pytest.fixture(scope="module")
def parallel(world):
    """The class, graded by two workers: the course, its rows, and who was told to be done."""
    told = []
    with world.a_class("two") as course:
        rows = batch.grade(course, LESSON, world.submissions(), workers=2, progress=lambda *about: told.append(about))
        yield course, rows, told


def test_parallel_gives_the_points_sentences_pages_and_table_of_one_by_one(parallel, one_by_one):
    course, rows, _ = parallel
    found, table, pages = facts(course, rows)
    assert found == one_by_one[0]
    assert table == one_by_one[1]
    assert pages == one_by_one[2]
    assert {row.student: row.total for row in rows} == TOTALS


def test_a_feedback_page_is_nbconverts_own(parallel):
    course, _, _ = parallel
    ours = course.folder("feedback") / "carl" / LESSON / f"{LESSON}.html"
    step = cycle.Step(course, GenerateFeedback, LESSON, feedback_directory=str(course.folder("feedback").parent / "stock"))
    step.converter.exporter_class = HTMLExporter
    step("carl")
    stock = course.folder("feedback").parent / "stock" / "carl" / LESSON / f"{LESSON}.html"
    # nbconvert's went through the parser once more
    assert str(BeautifulSoup(ours.read_text(), "html.parser")) == stock.read_text()
    assert ours.read_text() != stock.read_text()


def test_what_was_read_by_hand_is_the_same_after_the_course_around_it_changed():
    def read(prose="Now think.", extra="", answer="I see.", points=2):
        cells = [new_markdown_cell(prose), new_code_cell(f"x = 1 # {prose}")]
        cells += [new_code_cell(extra, metadata={"course": {"kind": "extra"}})] if extra else []
        about = {"grade_id": "thoughts", "grade": True, "solution": True, "points": points}
        return batch_save.texts(new_notebook(cells=[*cells, new_markdown_cell(answer, metadata={"nbgrader": about})]))["thoughts"]

    assert read() == read(prose="Think of it now.") == read(points=2.0)
    assert len({read(), read(extra="plot(1)"), read(extra="plot(2)"), read(answer="I do not."), read(points=4)}) == 5


def test_what_was_made_for_one_page_does_not_stray_into_another():
    python, other = {"language_info": {"name": "python"}}, {"language_info": {"name": "r"}}
    magic, image = {"magics_language": "javascript"}, {"attachments": {"dot.png": {"image/png": "iVBORw0KGgo="}}}
    pages = [
        new_notebook(metadata=python, cells=[new_code_cell("x = 1 # one"), new_markdown_cell("![a dot](attachment:dot.png)", **image)]),
        new_notebook(metadata=python, cells=[new_code_cell("x = 2 # two"), new_markdown_cell("# the *heading*")]),
        new_notebook(metadata=other, cells=[new_code_cell("x = 1 # one"), new_markdown_cell("# the *heading*")]),
        new_notebook(metadata={"language_info": {"name": "ipython"}}, cells=[new_code_cell("x = 1 # one", metadata=magic)]),
        new_notebook(metadata={"language_info": {"name": "ipython"}}, cells=[new_code_cell("x = 1 # one")]),
    ]
    ours = FeedbackExporter(template_name="classic")
    for page in [*pages, *pages]:
        made, _ = ours.from_notebook_node(page)
        assert str(BeautifulSoup(made, "html.parser")) == HTMLExporter(template_name="classic").from_notebook_node(page)[0]


def test_a_picture_without_words_gets_nbconverts_sentence():
    picture = new_output("display_data", {"image/png": "iVBORw0KGgo="})
    page, _ = FeedbackExporter().from_notebook_node(new_notebook(cells=[new_code_cell("1", outputs=[picture])]))
    assert 'alt="No description has been provided for this image"' in page


def test_everybody_is_told_once(parallel):
    _, rows, told = parallel
    assert [done for done, _, _ in told] == list(range(1, len(rows) + 1))
    assert {student for _, _, student in told} == {row.student for row in rows}
    assert {total for _, total, _ in told} == {len(rows)}


def test_a_second_run_starts_no_worker_and_gives_the_same(world, parallel, monkeypatch):
    course, rows, _ = parallel
    monkeypatch.setattr(batch, "Pool", None)
    assert batch.grade(course, LESSON, world.submissions()) == rows


def test_only_what_changed_is_graded_again_and_points_given_by_hand_stay(tmp_path):
    world = World(tmp_path)
    for student in ("carl", "dan", "eve", "fay"):
        (world.handed_in / f"{student}.ipynb").unlink()
    with world.a_class("class") as course:
        batch.grade(course, LESSON, world.submissions(), workers=1)
        graded = {student: course.folder("autograded") / student / LESSON / f"{LESSON}.ipynb" for student in ("ada", "bob", "gus")}
        before = {student: path.stat().st_mtime_ns for student, path in graded.items()}
        with course.gradebook() as gradebook:
            for student, points in (("ada", 1.5), ("gus", 2)):
                grade = gradebook.find_grade("thoughts", LESSON, LESSON, student)
                grade.manual_score, grade.needs_manual_grade = points, False
                gradebook.find_comment("thoughts", LESSON, LESSON, student).manual_comment = "I see what you mean."
            gradebook.db.commit()
        # ada mends another answer, gus the very text that was read
        world.hand_in("ada", tiny.ANSWERS | {"double": "def double(x):\n    return 0"})
        world.hand_in("gus", HALF | {"thoughts": "I thought again."})
        rows = {row.student: row for row in batch.grade(course, LESSON, world.submissions(), workers=1)}
        after = {student: path.stat().st_mtime_ns for student, path in graded.items()}
        assert {student for student in graded if after[student] != before[student]} == {"ada", "gus"}
        assert (rows["ada"].points["double"], rows["ada"].points["thoughts"], rows["ada"].by_hand) == (0, 1.5, [])
        assert (rows["gus"].points["thoughts"], rows["gus"].by_hand) == (2, ["thoughts"])
        page = course.folder("feedback") / "ada" / LESSON / f"{LESSON}.html"
        assert "I see what you mean." in page.read_text()
        # what had been handed in first is still there
        (earlier,) = (course.folder("submitted").parent / "earlier" / "ada").rglob("*.ipynb")
        assert tiny.ANSWERS["double"] in [cell["source"] for cell in json.loads(earlier.read_text())["cells"]]
        # a comment written later comes onto the page without grading again
        with course.gradebook() as gradebook:
            gradebook.find_comment("thoughts", LESSON, LESSON, "ada").manual_comment = "Well put."
            gradebook.db.commit()
        batch.grade(course, LESSON, world.submissions(), workers=1)
        assert "Well put." in page.read_text() and graded["ada"].stat().st_mtime_ns == after["ada"]


def test_killed_workers_change_nothing(world, one_by_one):
    killed = []

    def kill(done, total, student):
        if not killed:  # both at once: what one has in hand is killed once, not twice
            killed.extend(worker.pid for worker in multiprocessing.active_children())
            for victim in killed:
                os.kill(victim, signal.SIGKILL)

    with world.a_class("shot") as course:
        rows = batch.grade(course, LESSON, world.submissions(), workers=2, progress=kill)
        assert len(killed) == 2
        assert facts(course, rows) == one_by_one
    wait_for(lambda: not any(map(psutil.pid_exists, killed)))


def test_what_kills_its_worker_twice_is_given_up_and_the_rest_is_done(world, parallel, tmp_path):
    os.mkfifo(tmp_path / "trap")
    with world.a_class("two") as course, batch_store.Store(tmp_path, LESSON) as store:
        with course.gradebook() as gradebook:
            lesson = batch.lesson_data(course, LESSON, gradebook)
        pool = batch_pool.Pool(1, lesson, world.root, {}, store.work, 60)
        try:
            # a worker that reads from it waits for what never comes
            jobs = [batch_pool.Job("grade", "trap", (str(tmp_path / "trap"), str(tmp_path / "trapped"))),
                    batch_pool.Job("grade", "ada", (str(world.handed_in / "ada.ipynb"), str(tmp_path / "ada.json")))]  # fmt: skip
            for job in jobs:
                pool.put(job)
            found = []
            for _ in range(batch_pool.TRIES):
                with held(tmp_path / "trap"):
                    pool.workers[0].process.kill()
                wait_for(lambda: not pool.workers[0].process.is_alive())
                found += pool.collect()
            wait_for(lambda: found.extend(pool.collect()) or len(found) == 2)
        finally:
            pool.close()
    assert [job.student for job, _ in found] == ["trap", "ada"]
    assert "ended 2 times (signal 9)" in found[0][1]["problem"]
    assert found[1][1] == {} and batch_store.read(tmp_path / "ada.json")["notebook"]


@contextlib.contextmanager
def held(pipe):
    """Wait until somebody reads from a named pipe, and keep them waiting."""
    found = []

    def opened():
        with contextlib.suppress(OSError):
            found.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        return found

    wait_for(opened)
    yield
    os.close(found[0])


def wait_for(condition, seconds=300):
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it never came to be"
        time.sleep(0.02)


def test_a_killed_command_leaves_no_process_and_goes_on_where_it_was(world, one_by_one):
    folder = world.root / "killed"
    begun = subprocess.Popen(world.words(), cwd=world.root, env=world.environment("killed"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    done = folder / ".batch" / "done" / LESSON
    wait_for(lambda: done.is_dir() and len(list(done.glob("*.json"))) >= 2)
    started = psutil.Process(begun.pid).children(recursive=True)
    assert started
    begun.kill()
    begun.wait()
    _, alive = psutil.wait_procs(started, timeout=60)
    assert not alive
    left = json.loads((folder / ".batch" / "lock").read_text())["folder"]
    marks = [path.stem for path in done.glob("*.json")]
    graded = {student: folder / "autograded" / student / LESSON / f"{LESSON}.ipynb" for student in marks}
    before = {student: path.stat().st_mtime_ns for student, path in graded.items()}
    assert len(before) < 6, "everybody was done before the command could be killed"
    with world.a_class("killed") as course:
        rows = batch.grade(course, LESSON, world.submissions(), workers=2)
        assert facts(course, rows) == one_by_one
    assert {student: path.stat().st_mtime_ns for student, path in graded.items()} == before
    assert not os.path.exists(left) and not list((folder / ".batch" / "results" / LESSON).iterdir())


def test_a_result_that_waits_for_the_gradebook_is_not_graded_again(world, one_by_one, monkeypatch):
    def lost(self, name):
        raise KeyboardInterrupt

    monkeypatch.setattr(batch._Batch, "_save", lost)
    with world.a_class("waiting") as course:
        with pytest.raises(KeyboardInterrupt):
            batch.grade(course, LESSON, world.submissions()[:1], workers=1)
        monkeypatch.undo()
        with world.a_class("waiting") as course:
            (place,) = (world.root / "waiting" / ".batch" / "results" / LESSON).iterdir()
            result = batch_store.read(place)
            result["notebook"] = result["notebook"].replace("I thought about it.", "I thought about it, as the result has it.")
            batch_store.write(place, result)
            (row,) = batch.grade(course, LESSON, world.submissions()[:1], workers=1)
            page = course.folder("feedback") / "ada" / LESSON / f"{LESSON}.html"
            assert row.total == 8 and "as the result has it" in page.read_text()


def test_two_commands_on_one_class_do_not_mix(world, tmp_path):
    with batch_store.Store(tmp_path, LESSON), pytest.raises(batch_store.Busy, match=f"another command .*process {os.getpid()}"):
        batch_store.Store(tmp_path, LESSON).__enter__()
    with batch_store.Store(tmp_path, LESSON):
        pass


def test_bad_arguments_are_named(world):
    with world.a_class("two") as course:
        for workers in (0, -1, 1.5, True):
            with pytest.raises(ValueError, match="workers should be"):
                batch.grade(course, LESSON, world.submissions(), workers=workers)


def test_progress_is_a_line_now_and_then_where_nobody_watches_and_a_bar_on_a_terminal():
    lines = io.StringIO()
    with command.Progress(3, lines, every=1e9) as progress:
        for done in (1, 2, 3):
            progress(done, 3, "ada")
    assert lines.getvalue().startswith("graded 3 of 3") and lines.getvalue().count("\n") == 1
    lines = io.StringIO()
    with command.Progress(3, lines, every=0) as progress:
        progress(1, 3, "ada")
    assert "graded 1 of 3" in lines.getvalue() and "left" in lines.getvalue()
    screen = io.StringIO()
    screen.isatty = lambda: True
    with command.Progress(3, screen) as progress:
        progress(1, 3, "ada")
        progress(3, 3, "bob")
    assert "3/3" in screen.getvalue() and "bob" in screen.getvalue() and "\r" in screen.getvalue()
