"""A check runs in one process and the answer in another, and a check cannot tell: warnings, errors, functions, time."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from course_utils.grading import channel, executor, processes, sandbox
from course_utils.grading.limits import Allowance, Limits
from tools.build import ROOT

QUICK = Limits(cell=2, call=1, check=2, patience=3, total=60, grace=0.5)


@pytest.fixture(scope="module", autouse=True)
def ended():
    yield
    executor.stop()


def notebook(answer, check, points=4, before="import numpy as np"):
    about = {"cell_type": "code", "schema_version": 3, "task": False}
    new = nbformat.v4.new_code_cell
    return nbformat.v4.new_notebook(cells=[
        new(before),
        new(answer, metadata={"nbgrader": {**about, "grade_id": "f", "solution": True, "grade": False, "locked": False}}),
        new(check, metadata={"nbgrader": {**about, "grade_id": "f-check", "solution": False, "grade": True, "locked": True, "points": points}}),
    ])  # fmt: skip


def checked(answer, check, **what):
    """Return the outputs of the check, and what is known of the run."""
    made = notebook(answer, check, **what)
    found = executor.run(made, QUICK)
    return made.cells[-1].outputs, found


RIGHT = [
    ("a warning in an answer is an error where the check says so", "def f(x): return np.array(1.0) / x", '''
import warnings, numpy as np
try:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        f(0)
except RuntimeWarning as problem:
    assert "divide by zero" in str(problem)
else:
    raise AssertionError("no warning arrived")'''),
    ("numpy's error state holds in the answer", "def f(x): return np.array(1.0) / x", '''
import numpy as np
with np.errstate(all="raise"):
    try: f(0)
    except FloatingPointError: pass
    else: raise AssertionError("no error arrived")'''),
    ("warnings can be recorded", "import warnings\ndef f(): warnings.warn('mind', DeprecationWarning)", '''
import warnings
with warnings.catch_warnings(record=True) as noted:
    warnings.simplefilter("always")
    f()
assert [str(w.message) for w in noted] == ["mind"] and noted[0].category is DeprecationWarning'''),
    ("an error of a builtin type arrives as that type", "def f(kind): raise kind('why')", '''
for kind in (ValueError, ZeroDivisionError, KeyError, NotImplementedError, RecursionError, OverflowError):
    try: f(kind)
    except kind as error: assert "why" in str(error)''', ),
    ("an error of numpy arrives as that type", "def f(): return np.linalg.inv(np.zeros((2, 2)))", '''
import numpy as np
try: f()
except np.linalg.LinAlgError: pass'''),
    ("an error of a check's own passes through an answer and is still the same", "def f(ask):\n    return ask(1)", '''
class Found(Exception): pass
thrown = Found("here")
def ask(x): raise thrown
try: f(ask)
except Found as error: assert error is thrown'''),
    ("an array is changed in place", "def f(x): x *= 2", "import numpy as np\nx = np.arange(3.0)\nview = x[1:]\nf(x)\nassert view.tolist() == [2, 4]"),
    ("a list given back is the one that was given", "def f(x):\n    x.append(1)\n    return x", "x = []\nassert f(x) is x and x == [1]"),
    ("a generator of random numbers comes back advanced", "def f(rng): return rng.random()", '''
import numpy as np
rng, twin = np.random.default_rng(3), np.random.default_rng(3)
assert [f(rng), rng.random()] == [twin.random(), twin.random()]'''),
    ("functions in dicts are called back", "def f(boxes): return {name: box(2) for name, box in boxes.items()}",
     "asked = []\nassert f({'a': lambda x: asked.append(x) or x * 3, 'b': abs}) == {'a': 6, 'b': 2} and asked == [2]"),
    ("an answer may give back a function", "def f(k):\n    return lambda x: k * x", "g = f(3)\nassert g(4) == 12 and callable(g)"),
    ("a function comes home as itself", "def f(g): return g", "g = lambda: 1\nassert f(g) is g"),
    ("a stream is read as far as it is needed", "import itertools\ndef f(): return (n * n for n in itertools.count())",
     "import itertools\nassert list(itertools.islice(f(), 4)) == [0, 1, 4, 9]"),
    ("keywords and defaults arrive", "def f(a, *, b=2, **more): return (a, b, more)", "assert f(1, c=3) == (1, 2, {'c': 3})"),
    ("what an answer prints can be read", "def f(): print('hello')", '''
import contextlib, io
said = io.StringIO()
with contextlib.redirect_stdout(said): f()
assert said.getvalue() == "hello\\n"'''),
    ("a value of the answer's cell can be checked", "result = {'a': np.arange(3)}", "assert result['a'].sum() == 3"),
    ("what the released cells import is there", "def f(x): return x", "assert np.array_equal(f(np.arange(3)), [0, 1, 2])"),
    ("a check may define functions of its own that call the answer", "def f(x): return x + 1", "def both(x):\n    return [f(v) for v in (x, x)]\nassert both(1) == [2, 2]"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "answer", "check"), [pytest.param(*row, id=row[0]) for row in RIGHT])
def test_a_check_sees_what_it_would_see_in_one_process(words, answer, check):
    outputs, _ = checked(answer, check)
    assert [output for output in outputs if output.output_type == "error"] == []


@pytest.mark.parametrize(
    ("end", "points"),
    [("2", 2), ("0", 0), ("np.float64(0.25)", 0.25), ("np.int64(3)", 3), ("7", 4), ("-1", 0), ("float('nan')", 0), ("True", None), ("False", None),
     ("np.bool_(False)", None), ("'0'", None), ("None", None), ("[0]", None), ("f(1)", 1)],
)  # fmt: skip
def test_a_number_at_the_end_of_a_check_is_partial_credit_and_nothing_else_is(end, points):
    outputs, _ = checked("def f(x): return x", f"import numpy as np\nassert f(1) == 1\n{end}")
    assert [float(output.data["text/plain"]) for output in outputs] == ([] if points is None else [points])


def test_a_warning_costs_nothing_and_is_reported():
    outputs, found = checked("def f(x): return np.array(1.0) / x", "assert f(0) > 1")
    assert outputs == [] and "divide by zero" in found["warnings"]["f-check"][0]


def test_an_answer_that_takes_too_long_is_an_error_that_says_so_and_later_calls_go_on():
    outputs, found = checked("def f(x):\n    while x: pass\n    return 5", '''
try: f(1)
except TimeoutError as error: assert "f" in str(error) or "1 seconds" in str(error)
assert f(0) == 5''')
    assert outputs == [] and found["remarks"] == []


def test_an_answer_that_cannot_be_stopped_costs_its_check_only():
    made = notebook("import signal\ndef f(x):\n    signal.signal(signal.SIGALRM, signal.SIG_IGN)\n    while x: pass\n    return 5", "f(1)")
    made.cells.append(notebook("", "assert f(0) == 5").cells[-1])
    found = executor.run(made, QUICK)
    first, second = (cell.outputs for cell in made.cells[-2:])
    assert first[0].ename == "TimeoutError" and second == []
    assert "no answer within 1 seconds" in found["remarks"][0]


def test_time_on_the_wall_is_not_held_against_an_answer_that_hardly_computes():
    outputs, found = checked("import time\ndef f(x): time.sleep(x)", "f(1.4)")
    assert outputs == [] and found["remarks"] == []
    outputs, found = checked("import time\ndef f(x): time.sleep(x)", "f(60)")
    assert outputs[0].ename == "TimeoutError" and found["seconds"] > QUICK.call * QUICK.patience


def test_computing_in_a_child_is_counted():
    patient = Limits(cell=2, call=1, check=50, patience=60, total=60, grace=0.5)
    made = notebook("import os\ndef f(x):\n    if not os.fork():\n        while x: pass\n    os.wait()", "f(1)")
    found = executor.run(made, patient)
    assert made.cells[-1].outputs[0].ename == "TimeoutError"
    assert found["seconds"] < 30, "only the clock on the wall stopped it"


def test_the_kernel_tells_how_long_a_process_waited_for_a_processor():
    one = {min(os.sched_getaffinity(0))}
    spins = [sys.executable, "-c", f"import os\nos.sched_setaffinity(0, {one})\nwhile True: pass"]
    crowd = [subprocess.Popen(spins) for _ in range(2)]
    try:
        ends = time.monotonic() + 60
        while not all(processes.waiting(process.pid) > 0.1 and processes.spent(process.pid)[1] > 0.1 for process in crowd):
            assert time.monotonic() < ends, "two processes share one processor and neither waits"
            time.sleep(0.05)
    finally:
        for process in crowd:
            process.kill()
            process.wait()


def test_waiting_for_a_processor_is_no_part_of_an_allowance():
    waited = [0.0]
    allowed = Allowance(0.01, 2, lambda: (0.0, waited[0]))
    time.sleep(0.1)
    assert allowed.used_up()
    waited[0] = 3600
    assert not allowed.used_up()


@pytest.mark.parametrize("chatty", [False, True])
def test_a_channel_waits_longer_for_who_waits_for_a_processor(monkeypatch, chatty):
    monkeypatch.setattr(channel, "LOOK", 0.02)
    here, there = channel.pair()
    with here, there:
        for starved in (1.0, 0.0):
            side, begun = channel.Channel(here), time.monotonic()
            side.meter = lambda begun=begun, starved=starved: (0.0, min(starved, time.monotonic() - begun))
            side.allow(0.2)
            with pytest.raises(channel.Gone) as gone:
                while True:
                    if chatty:  # no single answer takes long, and all of them together do
                        there.send(channel.HEAD.pack(2, 0) + b"{}")
                        time.sleep(0.005)
                    side.receive()
            assert gone.value.late
            assert time.monotonic() - begun >= (1.1 if starved else 0.2)


def test_a_value_that_a_check_cannot_use_is_named():
    outputs, _ = checked("class Net: pass\ndef f(): return Net()", "assert f() == 1")
    assert "an object of the type Net" in outputs[0].evalue


def test_a_check_without_an_end_is_stopped():
    outputs, _ = checked("def f(x): return x", "while f(1): pass")
    assert outputs[0].ename == "TimeoutError"


@pytest.mark.parametrize("tier", sandbox.TIERS[:3])
def test_each_kind_of_sandbox_that_works_here_shuts_a_submission_in(tier):
    try:
        executor.find_tier(tier)
    except executor.NoWalls as problem:
        pytest.skip(str(problem))
    made = notebook(
        "import os, socket\nopen('mine.txt', 'w').write('x')\nfound = sorted(os.listdir('.')), os.getuid(), len(os.environ)\n"
        "def tries(name):\n    try: open(name, 'w')\n    except OSError as error: return type(error).__name__\n"
        "def connects():\n    try: socket.socket()\n    except OSError as error: return type(error).__name__",
        "assert found[0] == ['mine.txt'] and found[1] != 0 and found[2] < 12, found\n"
        "for name in ('/usr/x', '/tmp/x', '/etc/x', '/dev/shm/x'):\n    assert tries(name), f'{name} can be written'\n"
        "assert connects() == 'PermissionError', connects()",
    )
    found = executor.run(made, QUICK, tier)
    assert made.cells[-1].outputs == [] and found["tier"] == tier


def test_a_machine_without_walls_grades_nothing_unless_limits_are_asked_for_by_name(monkeypatch):
    executor.stop()
    monkeypatch.setattr(executor, "_problem", lambda warm, tier: "not here")
    with pytest.raises(executor.NoWalls, match="by name"):
        executor.find_tier()
    assert executor.find_tier("limits")[0] == "limits"
    with pytest.raises(ValueError, match="namespaces, bubblewrap, landlock, limits"):
        executor.find_tier("docker")
    executor.stop()


ENDLESS = """
import os, sys
sys.path[:0] = {paths!r}
import test_examiner as tests
from course_utils.grading import executor
from course_utils.grading.limits import Limits
executor.find_tier()
print(executor.server().home, flush=True)
code = "import os, signal\\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\\nos.fork()\\nwhile True: pass"
executor.run(tests.notebook(code, "1"), Limits())
"""


def test_nothing_goes_on_when_the_command_is_killed(tmp_path):
    code = ENDLESS.format(paths=[str(ROOT), str(ROOT / "tests")])
    env = dict(os.environ, TMPDIR=str(tmp_path))
    command = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True)
    home = command.stdout.readline().strip()
    assert home
    waited(lambda: len(running(home)) >= 4, "the submission should run by now")
    command.kill()
    command.wait()
    command.stdout.close()
    waited(lambda: not running(home), "a process goes on without the command that started it")
    waited(lambda: not list(tmp_path.iterdir()), "folders are left behind")


def running(home):
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if home.encode() in Path("/proc", number, "environ").read_bytes():
                found.append(number)
    return found


def waited(condition, complaint):
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.05)


def test_limits_that_make_no_sense_are_named():
    with pytest.raises(ValueError, match="cell"):
        Limits(cell=0)
    with pytest.raises(ValueError, match="memory"):
        Limits(memory="2 GB")
