"""Settings for every test: one thread for matrix products, no display, nothing written into this folder by kernels.

And how tests are shared out among processes (`pytest -n 2`): a file stays together, for the sake of its fixtures, and of
the files below the tests of each lesson do.
"""

import os
import re

import pytest

for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ["MPLBACKEND"] = "Agg"
os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")

LESSON_BY_LESSON = ("test_checks.py", "test_executor.py", "test_lessons_in_browser.py", "test_notebooks.py")


def pytest_xdist_make_scheduler(config, log):
    # groups named by marks (`--dist loadgroup`) would do, but pytest 9.2 no longer shows them to pytest-xdist 3.8
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            lesson = re.search(r"\[(\d\d-[a-z]+)", nodeid)
            return f"{file} {lesson[1]}" if lesson and file.endswith(LESSON_BY_LESSON) else file

    return Sharing(config, log)


@pytest.fixture
def shown(monkeypatch):
    """What a live figure displays, in order."""
    from course_utils.figures import live

    outputs = []
    monkeypatch.setattr(live, "display", lambda output, **_: outputs.append(output))
    return outputs
