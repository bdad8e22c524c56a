"""One end of a conversation: frames over a socket, calls in both directions, errors as a type's name and a text."""

import builtins
import itertools
import json
import re
import socket
import struct
import time
import warnings

import numpy as np

from course_utils.grading.plain import BYTES, NotPlain, Reader, Writer

HEAD = struct.Struct(">II")
TEXT = 64 << 20  # how long the text part of a message may be
LOOK = 0.5  # seconds between two looks at what the other side has spent
DEPTH = 40  # how deep calls may be nested: the examiner asks, the answer asks back, ...
KNOWN = {name: value for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)}
KNOWN |= {name: value for name, value in vars(np.exceptions).items() if isinstance(value, type) and issubclass(value, Exception)}
KNOWN["LinAlgError"] = np.linalg.LinAlgError
# these would end a loop or the examiner itself in silence
NEVER = (StopIteration, StopAsyncIteration, GeneratorExit, KeyboardInterrupt, SystemExit)


class Gone(Exception):
    """The other side has ended, said something senseless, or did not answer in time (`late`)."""

    def __init__(self, sentence, late=False):
        super().__init__(sentence)
        self.late = late


class Channel:
    """Frames over a stream socket: a JSON header and a block of bytes."""

    def __init__(self, sock):
        self.sock, self.came, self.waits = sock, bytearray(), None
        self.meter = None  # tells two numbers of seconds: how long the other side computed, and how long it waited for a processor
        self.allow(None)

    def allow(self, patience, computing=None):
        """Wait for the other side for `patience` seconds (None: for ever), and for no more than `computing` seconds of its computing.

        What it waits for a processor is no part of either.
        """
        self.patience, self.computing = patience, computing
        self.begun, self.before, self.excused = time.monotonic(), None, 0.0

    def send(self, header, blob=b""):
        """Send one message; raises Gone."""
        text = json.dumps(header).encode()
        data = memoryview(HEAD.pack(len(text), len(blob)) + text + blob)
        while data:
            try:
                self._wait()
                data = data[self.sock.send(data) :]
            except TimeoutError:
                if self._late():
                    raise Gone("it did not listen in time", late=True) from None
            except OSError:
                raise Gone("it has ended") from None

    def receive(self):
        """Return the header and the bytes of the next message; raises Gone."""
        text, blob = HEAD.unpack(self._exactly(HEAD.size))
        if text > TEXT or blob > BYTES:
            raise Gone("it sent more than it may")
        header = self._exactly(text)
        blob = self._exactly(blob)
        try:
            header = json.loads(header)
        except (ValueError, RecursionError):
            raise Gone("it sent something that makes no sense") from None
        if not isinstance(header, dict):
            raise Gone("it sent something that makes no sense")
        return header, blob

    def _exactly(self, count):
        while len(self.came) < count:
            try:
                self._wait()
                got = self.sock.recv(max(1 << 16, min(count - len(self.came), 1 << 20)))
            except TimeoutError:
                if self._late():
                    raise Gone("it did not answer in time", late=True) from None
                continue
            except OSError:
                got = b""
            if not got:
                raise Gone("it has ended")
            self.came += got
        found = bytes(self.came[:count])
        del self.came[:count]
        return found

    def _wait(self):
        """Set how long the next step may take, if that has changed by much: it costs a system call."""
        if self.patience is None:
            return
        passed = time.monotonic() - self.begun
        if self.meter and self.before is None and passed >= LOOK:  # most answers come before it
            self.before = self.meter()
        left = self.patience + self.excused - passed
        if left <= 0:
            raise TimeoutError
        if self.computing is not None or (self.meter and self.before is None):
            left = min(left, LOOK)
        if self.waits is None or not 0.8 * self.waits <= left <= 1.2 * self.waits:
            self.sock.settimeout(left)
            self.waits = left

    def _late(self):
        """Whether the time for waiting is up."""
        if self.patience is None:
            return False
        computed = 0
        if self.meter:
            now = self.meter()
            computed, waited = (n - b for n, b in zip(now, self.before or now, strict=True))
            self.excused = max(self.excused, waited)
        if self.computing is not None and computed >= self.computing:
            return True
        return time.monotonic() - self.begun >= self.patience + self.excused


class Side(Channel):
    """A channel over which each side may call the functions that it was given by the other."""

    def __init__(self, sock):
        super().__init__(sock)
        self.given, self.number_of = [], {}  # our functions that the other side may call
        self.bound = {}  # its functions that we have
        self.depth = 0
        self.thrown = {}  # errors of our functions on their way back through the other side

    def call(self, number, name, args, kwargs):
        """Call the other side's function: plain data there, plain data back, errors raised here."""
        if self.depth >= DEPTH:
            raise RecursionError("calls back and forth are nested too deeply")
        if not self.depth:
            self.thrown = {}
        writer = Writer(self.export)
        header = {"do": "call", "function": number, **self.circumstances()}
        header["arguments"] = writer.write((args, kwargs))
        self.depth += 1
        try:
            self.send(header, writer.blob)
            while True:
                header, blob = self.receive()
                if header.get("do") != "call":
                    break
                self.answer(header, blob)
        finally:
            self.depth -= 1
        reader = Reader(blob, self.bind, writer.objects)
        try:
            self.noted(header)
            value = reader.read(header.get("value"))
            for place, content in header.get("changed") or ():
                if not 0 <= place < len(writer.objects):
                    raise NotPlain("a change of something that was not given")
                reader.refill(place, content)
        except (NotPlain, TypeError, ValueError, AttributeError) as error:
            raise Gone(f"it sent {error}") from None
        if "error" in header:
            raise self.error(header["error"], name)
        return value

    def answer(self, header, blob):
        """Run our function that the other side asks for, and send what came of it."""
        reader = Reader(blob, self.bind)
        writer = Writer(self.export)
        reply = {"do": "reply"}
        self.depth += 1
        try:
            if self.depth > DEPTH:
                raise RecursionError("calls back and forth are nested too deeply")
            function = self.given[self._mine(header.get("function"))]
            try:
                args, kwargs = reader.read(header.get("arguments"))
                value = self.run(function, args, kwargs, header, reply)
            finally:
                writer = Writer(self.export, reader.objects)
            reply["value"] = self.written(writer, value, function)
        except Gone:
            raise
        except BaseException as error:
            reply.pop("value", None)
            reply["error"] = self.described(error)
        finally:
            self.depth -= 1
        try:
            reply["changed"] = [[place, writer.content(reader.objects[place])] for place in reader.changed()]
        except NotPlain as error:
            reply["error"] = self.described(error)
        self.send(reply, writer.blob)

    def written(self, writer, value, function):
        """Return the value of one of our functions as data."""
        try:
            return writer.write(value)
        except NotPlain as error:
            name = getattr(function, "__name__", "the function")
            raise TypeError(f"{name} gives back {error}; a check understands numbers, texts, arrays, lists, tuples and dicts") from None

    def run(self, function, args, kwargs, header, reply):
        """Call one of our functions for the other side; a place for what has to stand around it."""
        if hasattr(type(function), "__next__"):
            value = next(function, _END)
            return (False, None) if value is _END else (True, value)
        return function(*args, **kwargs)

    def circumstances(self):
        """Return what else the other side has to know for a call."""
        return {}

    def noted(self, header):
        """Take note of what else came with a reply."""

    def export(self, function):
        """Return the mark of a function: of ours, or of one that came from the other side."""
        theirs = getattr(function, "_comes_from", None)
        if type(theirs) is tuple and theirs[0] is self:
            return ["function", "yours", theirs[1], ""]
        if id(function) not in self.number_of:
            if len(self.given) > 100_000:
                raise NotPlain("too many functions")
            self.number_of[id(function)] = len(self.given)
            self.given.append(function)
        stream = hasattr(type(function), "__next__")
        name = "stream" if stream else str(getattr(function, "__name__", "function"))
        return ["function", "stream" if stream else "mine", self.number_of[id(function)], name[:200]]

    def bind(self, mark):
        """Return a function for a mark of the other side: a stand-in for its own, or ours that comes home."""
        _, whose, number, name = mark
        if whose == "yours":
            return self.given[self._mine(number)]
        if whose not in ("mine", "stream") or type(number) is not int or not isinstance(name, str):
            raise NotPlain("a function that makes no sense")
        if whose == "stream":
            return self._stream(number)
        if number not in self.bound:
            self.bound[number] = self._stand_in(number, name)
        return self.bound[number]

    def _stand_in(self, number, name):
        def stand_in(*args, **kwargs):
            return self.call(number, name, args, kwargs)

        stand_in.__name__ = stand_in.__qualname__ = name
        stand_in._comes_from = (self, number)
        return stand_in

    def _stream(self, number):
        while True:
            more, value = self.call(number, "stream", (), {})
            if more is not True:
                return
            yield value

    def _mine(self, number):
        if type(number) is not int or not 0 <= number < len(self.given):
            raise NotPlain("a call of a function that was not given")
        return number

    def described(self, error):
        """Return an error as data: the names of its types, its text, its plain arguments."""
        names = [kind.__name__ for kind in type(error).__mro__]
        try:
            text = str(error)[:20_000]
        except Exception:
            text = ""
        plain = [part[:20_000] if isinstance(part, str) else part for part in error.args if type(part) in (str, int, float, bool)]
        found = {"types": names, "text": text}
        if len(plain) == len(error.args):
            found["args"] = plain
        origin = next((number for number, thrown in self.thrown.items() if thrown is error), None)
        found["thrown"] = next(_numbers) if origin is None else origin
        self.thrown = {**dict(itertools.islice(self.thrown.items(), max(0, len(self.thrown) - 50), None)), found["thrown"]: error}
        home = getattr(error, "_thrown_by", None)
        if type(home) is tuple and home[0] is self:
            found["home"] = home[1]
        return found

    def error(self, described, name):
        """Return the exception that a description stands for, never one that ends loops or programs."""
        if not isinstance(described, dict) or not isinstance(described.get("types"), list):
            raise Gone("it sent an error that makes no sense")
        home = described.get("home")
        if type(home) is int and home in self.thrown:
            return self.thrown[home]
        types = [kind for kind in described["types"] if isinstance(kind, str)]
        own = str(types[0])[:100] if types else "Exception"
        kind = next((KNOWN[kind] for kind in types if kind in KNOWN), Exception)
        text = str(described.get("text", ""))[:20_000]
        args = described.get("args")
        if issubclass(kind, NEVER) or not issubclass(kind, Exception):
            kind, text, args = RuntimeError, f"{name} ended with {own}: {text}", None
        elif kind is Exception and own not in ("Exception", "BaseException"):
            text, args = f"{own}: {text}", None
        try:
            found = kind(*args) if isinstance(args, list) and all(type(a) in (str, int, float, bool) for a in args) else kind(text)
        except Exception:
            found = RuntimeError(f"{own}: {text}")
        if type(described.get("thrown")) is int:
            found._thrown_by = (self, described["thrown"])
        return found


_numbers = itertools.count(1)
_END = object()


def warning_kind(name):
    """Return the warning class of that name, UserWarning if there is none."""
    found = KNOWN.get(name)
    return found if found and issubclass(found, Warning) else UserWarning


def filters():
    """Return the warning filters of this process as data."""
    return [[action, message.pattern if message else None, kind.__name__, module.pattern if module else None, line]
            for action, message, kind, module, line in _compiled(warnings.filters)]  # fmt: skip


def _compiled(found):
    for action, message, kind, module, line in found:
        yield action, re.compile(message) if isinstance(message, str) else message, kind, (
            re.compile(module) if isinstance(module, str) else module), line


def pair():
    """Return two connected sockets."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
