"""Attacks on time, memory, processes and output, in a cell in front of all others. Some end their own process."""

CELLS = [
    ("runs in a circle", "while True: pass"),
    ("runs in a circle that ignores interrupts", "while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
    ("runs in a circle in C", "import itertools, collections\ncollections.deque(itertools.repeat(0), maxlen=0)"),
    ("blocks every signal and sleeps", "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: time.sleep(1000)"),
    ("ends at once", "import os\nos._exit(0)"),
    ("exits", "exit()"),
    ("raises SystemExit", "raise SystemExit(0)"),
    ("stops itself", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
    ("kills itself", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
    ("crashes", "import ctypes\nctypes.string_at(0)"),
    ("aborts", "import os\nos.abort()"),
    ("prints 200 MB in one line", "print('x' * 200_000_000)"),
    ("prints without end", "while True: print('and on')"),
    ("writes to the bare file of standard output", "import os\nfor _ in range(3000): os.write(1, b'x' * 60_000)"),
    ("shows a thousand pictures", "from IPython.display import Image, display\nfor _ in range(1000): display(Image(data=b'\\x89PNG' + b'0' * 100_000))"),
    ("asks for 8 GB", "import numpy as np\nx = np.ones(8 << 27)"),
    ("asks for 8 GB in small pieces", "x = []\nwhile True: x.append(bytearray(1 << 20))"),
    ("catches running out of memory and goes on asking", "x = []\nwhile True:\n    try: x.append(bytearray(1 << 22))\n    except BaseException: pass"),
    ("recurses without end", "def f(x): return f(x + 1)\nf(0)"),
    ("recurses in C", "import sys\nsys.setrecursionlimit(10**6)\nx = eval('[' * 150 + ']' * 150)\nfor _ in range(10**6): x = [x]\nrepr(x)"),
    ("is a fork bomb", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"),
    ("is a fork bomb that stops at 2,000 processes", '''
import os, time
for _ in range(11):
    try: os.fork()
    except OSError: pass
while True:
    try: time.sleep(1000)
    except BaseException: pass'''),
    ("starts processes that outlive it", '''
import os, time
for _ in range(5):
    if not os.fork():
        os.setsid()
        if os.fork(): os._exit(0)
        while True:
            try: time.sleep(1000)
            except BaseException: pass'''),
    ("starts programs that outlive it", 'import subprocess\nfor _ in range(5): subprocess.Popen(["sleep", "1000"], start_new_session=True)'),
    ("starts threads that never end", "import threading\nfor _ in range(200): threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start()"),
    ("opens files without end", "x = []\nwhile True: x.append(open('/dev/null'))"),
    ("computes a number without end", "x = 9 ** 9 ** 9"),
]  # fmt: skip
