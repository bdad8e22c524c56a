"""The gradebook in PostgreSQL: a real server of Debian's package, begun by the test, gives what SQLite gives."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from nbgrader.converters.base import NbGraderException
from small_class import TOTALS, World

from course_utils.grading import batch

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[4]), default=None)


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL server in a folder of its own, reached by a socket there; the address of an empty database."""
    if PROGRAMS is None:
        pytest.skip("no PostgreSQL server: apt-get install postgresql")
    pytest.importorskip("psycopg", reason="psycopg is missing: pip install -r requirements-dev.txt")
    folder = Path(tempfile.mkdtemp(prefix="untangle-pg-"))
    with contextlib.ExitStack() as tidy:
        tidy.callback(shutil.rmtree, folder, ignore_errors=True)
        user = None
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            known = {entry.pw_name for entry in pwd.getpwall()}
            user = next((name for name in ("postgres", "nobody") if name in known), None)
            if user is None:
                pytest.skip("PostgreSQL does not run as root, and there is no user postgres or nobody")
            shutil.chown(folder, user)
            folder.chmod(0o755)
        with open(folder / "log", "w") as log:
            run = {"user": user, "cwd": "/", "stdout": log, "stderr": log, "env": {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}}
            data = str(folder / "data")
            subprocess.run([PROGRAMS.parent / "initdb", "-D", data, "-U", "course", "-A", "trust", "--no-sync", "--no-instructions"],
                           check=True, timeout=120, **run)  # fmt: skip
            process = subprocess.Popen([PROGRAMS, "-D", data, "-k", str(folder), "-F", "-c", "listen_addresses="], **run)
        tidy.callback(process.wait, 60)
        tidy.callback(process.terminate)
        ends = time.monotonic() + 60
        ready = [PROGRAMS.parent / "pg_isready", "-q", "-h", str(folder)]
        while subprocess.run(ready, check=False).returncode:
            assert process.poll() is None and time.monotonic() < ends, (folder / "log").read_text()
            time.sleep(0.1)
        yield f"postgresql+psycopg://course@/postgres?host={folder}"


def test_a_class_graded_into_postgresql_has_the_points_it_has_in_sqlite(server, tmp_path):
    world = World(tmp_path)
    for student in ("carl", "eve", "fay"):
        (world.handed_in / f"{student}.ipynb").unlink()
    with world.a_class("class", db=server) as course:
        assert course.directory.db_url == server
        rows = batch.grade(course, "attacked", world.submissions(), workers=1)
        assert {row.student: row.total for row in rows} == {name: TOTALS[name] for name in ("ada", "bob", "dan", "gus")}
        assert not list(tmp_path.rglob("gradebook.db"))
        with course.gradebook() as gradebook:
            kept = {s.student.id: s.score for s in gradebook.assignment_submissions("attacked")}
            grade = gradebook.find_grade("thoughts", "attacked", "attacked", "ada")
            grade.manual_score, grade.needs_manual_grade = 2, False
            gradebook.db.commit()
        assert kept == {"ada": 8, "bob": 5, "gus": 5}
        page = course.folder("feedback") / "ada" / "attacked" / "attacked.html"
        assert page.exists()
        again = batch.grade(course, "attacked", world.submissions(), workers=1)
        assert {row.student: row.total for row in again} == {"ada": 10, "bob": 5, "dan": None, "gus": 5}


def test_a_server_that_does_not_answer_is_named_without_the_password(tmp_path):
    pytest.importorskip("psycopg", reason="psycopg is missing: pip install -r requirements-dev.txt")
    world = World(tmp_path)
    with world.a_class("class", db="postgresql+psycopg://course:secret@127.0.0.1:9/grades") as course:
        with pytest.raises(NbGraderException, match=r"127\.0\.0\.1.*port 9") as error:
            batch.grade(course, "attacked", world.submissions(), workers=1)
        assert "secret" not in str(error.value)
