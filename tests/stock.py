"""nbgrader's own commands, as a teacher would type them."""

import json
import os
import subprocess
import sys
from pathlib import Path

# what the console script `nbgrader` does, for one command after another: its imports take longer than most commands
COMMANDS = """
import json, sys
from nbgrader.apps.nbgraderapp import NbGraderApp
codes = []
for words in json.loads(sys.argv[1]):
    try:
        NbGraderApp.launch_instance(words)
        codes.append(0)
    except SystemExit as end:
        codes.append(end.code or 0)
    NbGraderApp.clear_instance()
print(json.dumps(codes))
"""


def nbgrader(root, *commands, failing=()):
    """Run nbgrader commands, each a string, in a course folder and in one process; return what they wrote to stderr.

    Those of `failing` end in an error, the others must not.
    """
    env = dict(os.environ, PATH=str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"], PYTHONWARNINGS="ignore")
    env.pop("CLASS_FOLDER", None)
    words = json.dumps([command.split() for command in commands])
    done = subprocess.run([sys.executable, "-c", COMMANDS, words], cwd=root, env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    codes = dict(zip(commands, json.loads(done.stdout.splitlines()[-1]), strict=True))
    assert {command for command, code in codes.items() if code} == set(failing), done.stderr[-3000:]
    return done.stderr
