"""Attacks by what an answer does or gives back, each in the place of the answer to one exercise."""

# words, exercise, answer
ANSWERS = [
    ("gives back an object that equals everything", "twice", '''
class Yes:
    def __eq__(self, other): return True
    def __getattr__(self, name): return self
    def __call__(self, *_, **__): return self
    def __bool__(self): return True
    def __iter__(self): return iter([self, self])
def twice(f, x): return Yes()'''),
    ("gives back a number that equals everything", "twice", '''
class Yes(int):
    def __eq__(self, other): return True
    __hash__ = int.__hash__
def twice(f, x): return Yes()'''),
    ("gives back an array that equals everything", "twice", '''
import numpy as np
class Yes(np.ndarray):
    def __eq__(self, other): return np.bool_(True)
def twice(f, x): return np.zeros(3).view(Yes)'''),
    ("is an object that answers every call", "twice", '''
class Yes:
    def __eq__(self, other): return True
    def __call__(self, *_): return self
twice = Yes()'''),
    ("gives back an array of objects that equal everything", "twice", '''
import numpy as np
class Yes:
    def __eq__(self, other): return True
def twice(f, x): return np.array([Yes()], dtype=object)'''),
    ("gives back itself", "twice", "def twice(f, x): return twice"),
    ("gives back the function it was given", "twice", "def twice(f, x): return f"),
    ("asks the examiner's function for its insides", "twice", '''
def twice(f, x):
    seen = [repr(c.cell_contents) for c in (f.__closure__ or ())] + [repr(f.__globals__.get("secret_offset")), repr(f.__code__.co_consts)]
    return 9 + 4 * 7341 if "7341" in "".join(seen) else None'''),
    ("looks for the expected value in errors", "twice", '''
import traceback
def twice(f, x):
    try: f(None)
    except Exception as error:
        frames = "".join(traceback.format_exception(error)) + repr([t.f_locals for t, _ in traceback.walk_tb(error.__traceback__)])
        return 9 + 4 * 7341 if "7341" in frames or "secret_offset" in frames else None'''),
    ("ends a loop of the examiner", "ratio", "def ratio(a, b): raise StopIteration"),
    ("asks the examiner to exit", "ratio", "def ratio(a, b): raise SystemExit(0)"),
    ("interrupts the examiner", "ratio", "def ratio(a, b): raise KeyboardInterrupt"),
    ("raises an error that is no error", "ratio", '''
class Odd(BaseException):
    def __str__(self): raise ValueError
def ratio(a, b): raise Odd'''),
    ("raises an error that eats its text", "ratio", '''
class Odd(ValueError):
    args = property(lambda self: 1 / 0)
    def __str__(self): return "x" * 10**8
def ratio(a, b): raise Odd'''),
    ("gives back a list in a list in a list", "ratio", '''
def ratio(a, b):
    x = []
    for _ in range(100_000): x = [x]
    return x'''),
    ("gives back a list that holds itself", "ratio", "def ratio(a, b):\n    x = []\n    x.append(x)\n    return x"),
    ("gives back far too much", "ratio", "import numpy as np\ndef ratio(a, b): return np.zeros(12_000_000)"),
    ("gives back a number of a million digits", "ratio", "def ratio(a, b): return 10 ** 1_000_000"),
    ("gives back an array of no size and a huge shape", "ratio", "import numpy as np\ndef ratio(a, b): return np.empty((0, 2**50))"),
    ("gives back a class, a module, a file", "ratio", "import sys\ndef ratio(a, b): return [int, sys, open('/dev/null')]"),
    ("gives back a stream without end", "ratio", "import itertools\ndef ratio(a, b): return itertools.count()"),
    ("calls the examiner's function without end", "twice", "def twice(f, x):\n    while True: x = f(0)"),
    ("calls itself through the examiner without end", "twice", "def twice(f, x):\n    return f(twice)"),
    ("ends its process in the middle of a call", "ratio", "import os\ndef ratio(a, b): os._exit(0)"),
    ("stops its process in the middle of a call", "ratio", "import os, signal\ndef ratio(a, b): os.kill(os.getpid(), signal.SIGSTOP)"),
    ("never answers and ignores interrupts", "ratio", "def ratio(a, b):\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass"),
    ("forks and answers twice", "ratio", "import os\ndef ratio(a, b):\n    os.fork()\n    return 7"),
    ("sends nonsense in the place of an answer", "ratio", '''
import os
def ratio(a, b):
    for fd in range(3, 16):
        try: os.write(fd, b"\\x00\\x00\\x00\\x05\\x00\\x00\\x00\\x00[1,2]" * 3)
        except OSError: pass'''),
    ("sends a pickle", "ratio", '''
import os, pickle, struct
class Boom:
    def __reduce__(self): return os.system, ("touch /tmp/left-behind-by-an-attack",)
def ratio(a, b):
    data = pickle.dumps(Boom())
    for fd in range(3, 16):
        try: os.write(fd, struct.pack(">II", len(data), 0) + data)
        except OSError: pass
    return data'''),
    ("claims a function that it was not given", "ratio", '''
import json, os, struct
said = json.dumps({"do": "call", "function": 99, "arguments": ["tuple", []]}).encode()
def ratio(a, b):
    for fd in range(3, 16):
        try: os.write(fd, struct.pack(">II", len(said), 0) + said)
        except OSError: pass'''),
]  # fmt: skip
