"""nbgrader's settings for this course: read by every `nbgrader` command and by formgrader in JupyterLab."""

import os
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
# one class lives in one folder: submissions, grades, feedback and the gradebook itself
class_folder = os.environ.get("CLASS_FOLDER", "class")
Path(here, class_folder).mkdir(exist_ok=True)

# nbgrader starts `alembic` by its bare name: without this the first use of a gradebook fails outside an activated environment
os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")

c = get_config()  # noqa: F821  (nbgrader puts it here)

c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = "untangle"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
# nbgrader's default, `solution`, would stand right beside `solutions`
c.CourseDirectory.solution_directory = f"{class_folder}/solution"
c.CourseDirectory.submitted_directory = f"{class_folder}/submitted"
c.CourseDirectory.autograded_directory = f"{class_folder}/autograded"
c.CourseDirectory.feedback_directory = f"{class_folder}/feedback"
c.CourseDirectory.db_url = os.environ.get("GRADEBOOK_URL") or f"sqlite:///{here / class_folder / 'gradebook.db'}"
# the lesson texts hold every answer: nbgrader copies what it finds beside a notebook, so they must be named here
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.py"]
c.Exchange.root = os.environ.get("EXCHANGE_FOLDER", str(here / class_folder / "exchange"))

c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("not written yet")  # your code goes here, instead of this line'
}
c.ClearSolutions.text_stub = "*Your answer goes here.*"

from course_utils.grading import hooks  # noqa: E402

# who executes is ours: each submission in a sandbox, the checks in a process of their own
hooks.use(c, here)
c.Examine.limits = {"cell": 60, "call": 30, "check": 120, "total": 600}
