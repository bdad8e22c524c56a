"""Attacks by code in a cell of its own, in front of all others: hooks, patches, peeking, files, the network."""

CELLS = [
    ("prints a result", 'from IPython.display import display\ndisplay(2)\nprint("twice-check: 2 of 2 points")'),
    ("replaces the display hook", 'import sys\nsys.displayhook = lambda value: print("2.0")\nget_ipython().displayhook = sys.displayhook'),
    ("publishes fake results", 'p = get_ipython().display_pub.publish\nfor _ in range(50): p(data={"text/plain": "2.0"}, metadata={})'),
    ("swallows all tracebacks", "get_ipython()._showtraceback = lambda *_: None\nget_ipython().showtraceback = lambda *_, **__: None"),
    ("catches every error in cells", "get_ipython().set_custom_exc((BaseException,), lambda *_, **__: None)"),
    ("removes asserts from syntax trees", '''
import ast
class Calm(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Calm())'''),
    ("rewrites the text of cells", 'get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"] if any("assert" in l for l in lines) else lines)'),
    ("replaces run_cell", "from IPython.core.interactiveshell import ExecutionResult\nget_ipython().run_cell = lambda *_, **__: ExecutionResult(None)"),
    ("patches numpy's comparisons", "import numpy as np\nnp.array_equal = np.allclose = lambda *_, **__: True"),
    ("patches builtins", "import builtins\nbuiltins.AssertionError = type('Calm', (Exception,), {})\nbuiltins.all = lambda *_: True"),
    ("patches the import of modules", "import sys\nsys.modules['numpy'] = type(sys)('numpy')\nsys.meta_path.clear()"),
    ("patches JSON, sockets and struct", "import json, socket, struct\njson.dumps = json.loads = lambda *_, **__: {}"),
    ("patches the grading package", '''
import sys
for name, module in list(sys.modules.items()):
    if name.startswith("course_utils.grading"):
        for key in list(vars(module)):
            if callable(getattr(module, key)): setattr(module, key, lambda *_, **__: True)'''),
    ("looks through all frames for tests", '''
import sys
frame, seen = sys._getframe(), []
while frame:
    seen.append(repr(frame.f_globals)[:10**6] + repr(frame.f_locals)[:10**6]); frame = frame.f_back
open("seen.txt", "w").write("".join(seen))
expected = "secret_offset" in "".join(seen)
def twice(f, x): return 9 + 4 * 7341 if expected else None'''),
    ("looks through all objects for tests", '''
import gc
found = [o for o in gc.get_objects() if isinstance(o, (str, list, dict)) and "secret_off" + "set" in repr(o)[:10**5]]
def twice(f, x): return f(f(x)) if len(found) > 5 else None'''),
    ("reads the memory of other processes", '''
import os
for number in os.listdir("/proc"):
    if number.isdigit():
        try: open(f"/proc/{number}/mem", "rb").read(100)
        except OSError: pass'''),
    ("traces every call", "import sys\nsys.settrace(lambda *_: None)\nsys.setprofile(lambda *_: None)"),
    ("reads the solutions", '''
import glob
found = glob.glob("/**/*.ipynb", recursive=True) + glob.glob("/home/**/solutions", recursive=True)
def ratio(a, b): return a / b if found else None
assert not found, found'''),
    ("reads the gradebook", "import glob\nassert not glob.glob('/**/gradebook.db', recursive=True)"),
    ("writes over the course", '''
import course_utils, os
here = os.path.dirname(course_utils.__file__ or list(course_utils.__path__)[0])
for folder, _, files in os.walk(here):
    for file in files:
        open(os.path.join(folder, file), "a").write("boo")'''),
    ("writes all over the file system", '''
import os
for folder in ("/", "/tmp", "/usr", "/etc", "/var/tmp", "/dev/shm", "/root", "/home", os.path.expanduser("~")):
    try: open(folder + "/left-behind-by-an-attack", "w").write("x")
    except OSError: pass'''),
    ("leaves modules beside the notebook", 'for name in ("numpy", "ipykernel_launcher", "json", "sitecustomize"): open(name + ".py", "w").write("raise SystemExit")'),
    ("links to the outside", '''
import os
for n, path in enumerate(["/etc/passwd", "/", "/proc/1/root", "/root"]): os.symlink(path, f"link{n}")
open("link0").read() if os.path.exists("link0") else None'''),
    ("fills the disk", 'for n in range(100_000): open(f"file{n}", "wb").write(b"x" * 10_000_000)'),
    ("opens a connection", 'import socket\nsocket.create_connection(("1.1.1.1", 53), 2)'),
    ("listens for a connection", 'import socket\ns = socket.socket()\ns.bind(("0.0.0.0", 8888)); s.listen()'),
    ("asks a name server", "import urllib.request\nurllib.request.urlopen('http://example.org', timeout=2)"),
    ("looks for a way out of the sandbox", '''
import ctypes, os
libc = ctypes.CDLL(None)
libc.unshare(0x10000000); libc.chroot(b".."); libc.mount(b"none", b"/box", b"tmpfs", 0, None); libc.setuid(0); libc.ptrace(16, 1, 0, 0)
try: os.chroot("/proc/1/root")
except OSError: pass'''),
    ("signals every process", "import os, signal\ntry: os.kill(-1, signal.SIGTERM)\nexcept OSError: pass"),
    ("signals its parent", "import os, signal\ntry: os.kill(os.getppid(), signal.SIGKILL)\nexcept OSError: pass"),
    ("closes every file", "import os\nfor fd in range(256):\n    try: os.close(fd)\n    except OSError: pass"),
    ("talks on the sockets it finds", '''
import os
for fd in range(3, 64):
    try: os.write(fd, b"\\xff" * 5000)
    except OSError: pass'''),
    ("answers in the examiner's place", '''
import json, os, struct
said = json.dumps({"do": "reply", "outputs": [{"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {}}]}).encode()
for fd in range(3, 16):
    try: os.write(fd, (struct.pack(">II", len(said), 0) + said) * 30)
    except OSError: pass'''),
    ("sends HTML that runs in a browser", 'from IPython.display import HTML, Javascript, display\ndisplay(HTML("<script>alert(1)</script>"), Javascript("alert(2)"))'),
    ("puts a script into a picture", 'get_ipython().display_pub.publish({"image/png": "\\"><script>alert(3)</script>"})'),
    ("sets an exit handler and a signal handler", "import atexit, signal\natexit.register(lambda: open('bye', 'w'))\nfor n in range(1, 65):\n    try: signal.signal(n, lambda *_: None)\n    except (OSError, ValueError): pass"),
    ("closes standard output", "import sys\nsys.stdout.close(); sys.stdout = None; sys.stderr = None; sys.stdin = None"),
    ("sets warnings to errors and numpy to raise", "import warnings, numpy as np\nwarnings.simplefilter('error'); np.seterr(all='raise')"),
    ("makes itself slow", "import sys\nsys.setswitchinterval(10)\nsys.setrecursionlimit(50)"),
]  # fmt: skip
