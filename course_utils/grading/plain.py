"""Plain data as it travels between the examiner and a submission: numbers, texts, arrays, lists, tuples, dicts, functions.

Never pickle: whoever reads builds every value itself, from a JSON text of tagged lists and one block of bytes for the arrays.
A value that has no plain form is refused by the name of its type, so an object with an `__eq__` of its own never arrives.
"""

import collections
import decimal
import fractions
import math
import types

import numpy as np

from course_utils.grading import plain_kinds as kinds
from course_utils.grading.plain_kinds import NotPlain

DEPTH = 60  # how deep lists may be nested
NODES = 2_000_000  # how many values one message may hold
BYTES = 64 << 20  # how many bytes of arrays one message may hold


class Writer:
    """Turns values into a tree for JSON and the bytes of their arrays; `objects` are those that have an identity.

    `export(function)` returns the mark under which the other side may call a function, a list that is sent as it is.
    """

    def __init__(self, export, objects=()):
        self.export, self.objects, self.parts, self.size, self.nodes = export, list(objects), [], 0, 0
        self.known = {id(value): place for place, value in enumerate(self.objects)}

    @property
    def blob(self):
        return b"".join(self.parts)

    def write(self, value, depth=0):
        """Return the tree of `value`. Raises NotPlain."""
        kind = type(value)
        if value is None or kind is bool or kind is str or kind is float:
            return value
        if kind is int:
            return value if -(2**63) <= value < 2**63 else ["int", hex(value)]
        self.nodes += 1
        if depth > DEPTH:
            raise NotPlain("lists nested more than sixty deep")
        if self.nodes > NODES:
            raise NotPlain("more than two million values at once")
        if isinstance(value, kinds.MUTABLE) and not isinstance(value, np.ma.MaskedArray):
            if id(value) in self.known:
                return ["same", self.known[id(value)]]
            self.known[id(value)] = len(self.objects)
            self.objects.append(value)
            return self._mutable(value, depth + 1)
        if isinstance(value, tuple):
            return ["tuple", [self.write(item, depth + 1) for item in tuple.__iter__(value)]]
        if isinstance(value, np.generic):
            return ["number", *self._raw(np.asarray(value))]
        return self._other(value, kind, depth + 1)

    def content(self, value):
        """Return what a changed object now holds, for `Reader.refill`."""
        if isinstance(value, np.ndarray):
            if value.dtype == object:
                return [list(value.shape), [self.write(item) for item in value.ravel().tolist()]]
            return [list(value.shape), *self._raw(np.asarray(value))]
        if isinstance(value, dict):
            return [[self.write(key), self.write(item)] for key, item in dict.items(value)]
        if isinstance(value, (np.random.Generator, np.random.RandomState)):
            return self._state(value)
        return [self.write(item) for item in value]

    def _mutable(self, value, depth):
        if isinstance(value, np.ndarray):
            value = np.asarray(value)
            if value.dtype == object:
                return ["objects", list(value.shape), [self.write(item, depth) for item in value.ravel().tolist()]]
            return ["array", list(value.shape), bool(value.flags.writeable), *self._raw(value)]
        if isinstance(value, dict):
            name = next((name for name, kind in kinds.DICTS.items() if isinstance(value, kind)), "dict")
            return [name, [[self.write(key, depth), self.write(item, depth)] for key, item in dict.items(value)]]
        if isinstance(value, np.random.Generator):
            return ["generator", self._state(value)]
        if isinstance(value, np.random.RandomState):
            return ["randomstate", self._state(value)]
        name = next(kind.__name__ for kind in (list, set, bytearray, collections.deque) if isinstance(value, kind))
        return [name, [self.write(item, depth) for item in value]]

    def _raw(self, array):
        if not kinds.DTYPE.fullmatch(array.dtype.str):
            raise NotPlain(f"an array of the type {array.dtype}")
        data = array.tobytes()
        if self.size + len(data) > BYTES:
            raise NotPlain(f"arrays of more than {BYTES >> 20} MB at once")
        self.parts.append(data)
        self.size += len(data)
        return [array.dtype.str, self.size - len(data), len(data)]

    def _state(self, generator):
        bits = generator._bit_generator if isinstance(generator, np.random.RandomState) else generator.bit_generator
        if type(bits).__name__ not in kinds.BIT_GENERATORS:
            raise NotPlain(f"a random generator on {type(bits).__name__}")
        return [type(bits).__name__, kinds.listed(bits.state)]

    def _other(self, value, kind, depth):
        for plain, bare in ((int, int.__pos__), (float, float.__pos__), (str, str.__str__)):
            if isinstance(value, plain):  # a subclass of a plain type travels as that type
                return self.write(bare(value), depth)
        if isinstance(value, complex):
            return ["complex", value.real, value.imag]
        if isinstance(value, bytes):
            return ["bytes", bytes(value).hex()]
        if isinstance(value, frozenset):
            return ["frozenset", [self.write(item, depth) for item in value]]
        if kind in kinds.VIEWS:
            return ["view", kinds.VIEWS[kind], [self.write(item, depth) for item in value]]
        if kind is range or kind is slice:
            return [kind.__name__, *(self.write(part, depth) for part in (value.start, value.stop, value.step))]
        if value is Ellipsis or value is NotImplemented:
            return [str(value)]
        if kind is fractions.Fraction or kind is decimal.Decimal:
            return [kind.__name__, str(value)]
        if isinstance(value, np.dtype) and kinds.DTYPE.fullmatch(value.str):
            return ["dtype", value.str]
        if isinstance(value, np.ufunc) and kinds.UFUNCS.get(value.__name__) is value:
            return ["ufunc", value.__name__]
        if isinstance(value, type):
            name = next((name for name, known in kinds.TYPES.items() if known is value), None)
            if name:
                return ["type", name]
        if isinstance(value, types.ModuleType):
            raise NotPlain(f"the module {value.__name__}")
        if callable(value) or hasattr(kind, "__next__"):
            return self.export(value)
        raise NotPlain(f"an object of the type {kind.__name__}")


class Reader:
    """Builds values from a tree and the bytes of its arrays; trusts neither. `bind(mark)` returns a function for its mark."""

    def __init__(self, blob, bind, objects=()):
        self.blob, self.bind, self.objects, self.nodes = memoryview(blob), bind, list(objects), 0
        self.before = {}

    def read(self, tree, depth=0):
        """Return the value of `tree`. Raises NotPlain for whatever is not exactly right."""
        try:
            return self._read(tree, depth)
        except NotPlain:
            raise
        except Exception as error:
            raise NotPlain(f"a message that is no plain data ({type(error).__name__})") from None

    def refill(self, place, content):
        """Give the object number `place` the content that the other side's copy of it has now."""
        try:
            self._refill(self.objects[place], content)
        except NotPlain:
            raise
        except Exception as error:
            raise NotPlain(f"a change that does not fit ({type(error).__name__})") from None

    def changed(self):
        """Return the numbers of the objects that are not any more what they were when they were read."""
        return [place for place, before in self.before.items() if not kinds.unchanged(self.objects[place], before)]

    def _read(self, tree, depth):
        if tree is None or isinstance(tree, (bool, int, float, str)):
            return tree
        self.nodes += 1
        if not isinstance(tree, list) or depth > DEPTH or self.nodes > NODES:
            raise NotPlain("a message that is no plain data")
        tag, *rest = tree
        return getattr(self, f"_{tag}" if tag in READ else "_unknown")(*rest, depth=depth + 1)

    def _unknown(self, *_, depth):
        raise NotPlain("a message of an unknown kind")

    def _int(self, text, depth):
        if len(text) > 20_000:
            raise NotPlain("a whole number of more than 20,000 digits")
        return int(text, 16)

    def _same(self, place, depth):
        if place < 0:
            raise NotPlain("a message that is no plain data")
        return self.objects[place]

    def _tuple(self, items, depth):
        return tuple([self._read(item, depth) for item in items])

    def _number(self, dtype, start, length, depth):
        return self._bytes_of((), dtype, start, length)[()]

    def _array(self, shape, writeable, dtype, start, length, depth):
        found = self._bytes_of(shape, dtype, start, length).copy()
        found.flags.writeable = bool(writeable)
        self.before[len(self.objects)] = found.tobytes()
        self.objects.append(found)
        return found

    def _objects(self, shape, items, depth):
        kinds.check_shape(shape, len(items))
        found = np.empty(len(items), dtype=object)
        place = self._keep(found.reshape(shape))
        for number, item in enumerate(items):
            found[number] = self._read(item, depth)
        self.before[place] = found.tolist()
        return self.objects[place]

    def _list(self, items, depth):
        place = self._keep([])
        self.objects[place] += [self._read(item, depth) for item in items]
        return self._filled(place, list)

    def _deque(self, items, depth):
        place = self._keep(collections.deque())
        self.objects[place].extend(self._read(item, depth) for item in items)
        return self._filled(place, list)

    def _bytearray(self, items, depth):
        return self._filled(self._keep(bytearray(items)), bytes)

    def _set(self, items, depth):
        place = self._keep(set())
        self.objects[place].update([self._read(item, depth) for item in items])
        return self._filled(place, set)

    def _frozenset(self, items, depth):
        return frozenset([self._read(item, depth) for item in items])

    def _dict(self, items, depth, made=dict):
        place = self._keep(made())
        for key, item in items:
            key = self._read(key, depth)
            self.objects[place][key] = self._read(item, depth)
        return self._filled(place, dict)

    def _Counter(self, items, depth):
        return self._dict(items, depth, collections.Counter)

    def _OrderedDict(self, items, depth):
        return self._dict(items, depth, collections.OrderedDict)

    def _defaultdict(self, items, depth):
        return self._dict(items, depth, collections.defaultdict)

    def _view(self, kind, items, depth):
        items = [self._read(item, depth) for item in items]
        if kind == "items":
            return dict(items).items()
        return dict.fromkeys(items).keys() if kind == "keys" else dict(enumerate(items)).values()

    def _complex(self, real, imag, depth):
        return complex(real, imag)

    def _bytes(self, text, depth):
        return bytes.fromhex(text)

    def _range(self, *parts, depth):
        return range(*(self._read(part, depth) for part in parts))

    def _slice(self, *parts, depth):
        return slice(*(self._read(part, depth) for part in parts))

    def _Ellipsis(self, depth):
        return Ellipsis

    def _NotImplemented(self, depth):
        return NotImplemented

    def _Fraction(self, text, depth):
        return fractions.Fraction(kinds.short(text))

    def _Decimal(self, text, depth):
        return decimal.Decimal(kinds.short(text))

    def _dtype(self, text, depth):
        return kinds.checked_dtype(text)

    def _ufunc(self, name, depth):
        return kinds.UFUNCS[name]

    def _type(self, name, depth):
        return kinds.TYPES[name]

    def _generator(self, state, depth):
        found = np.random.Generator(kinds.bit_generator(state))
        return self._filled(self._keep(found), lambda kept: kept.bit_generator.state)

    def _randomstate(self, state, depth):
        return self._filled(self._keep(np.random.RandomState(kinds.bit_generator(state))), lambda kept: kept._bit_generator.state)

    def _function(self, *mark, depth):
        return self.bind(["function", *mark])

    def _keep(self, value):
        self.objects.append(value)
        return len(self.objects) - 1

    def _filled(self, place, remember):
        self.before[place] = remember(self.objects[place])
        return self.objects[place]

    def _bytes_of(self, shape, dtype, start, length):
        dtype = kinds.checked_dtype(dtype)
        count = math.prod(shape)
        kinds.check_shape(shape, count)
        if start < 0 or length != count * dtype.itemsize or start + length > len(self.blob):
            raise NotPlain("an array whose size does not fit")
        if not length:
            return np.empty(shape, dtype)
        return np.frombuffer(self.blob, dtype, count, start).reshape(shape)

    def _refill(self, value, content):
        if isinstance(value, np.ndarray):
            shape, *rest = content
            if value.dtype == object:
                items = [self._read(item, 0) for item in rest[0]]
                new = np.empty(len(items), object)
                new[:] = items
                new = new.reshape(shape)
            else:
                new = self._bytes_of(shape, *rest)
            if new.shape != value.shape or new.dtype != value.dtype:
                raise NotPlain("an array whose shape was changed in place")
            value[...] = new
        elif isinstance(value, np.random.Generator):
            value.bit_generator.state = kinds.bit_generator(content).state
        elif isinstance(value, np.random.RandomState):
            value._bit_generator.state = kinds.bit_generator(content).state
        elif isinstance(value, dict):
            items = [(self._read(key, 0), self._read(item, 0)) for key, item in content]
            value.clear()
            value.update(dict(items))
        else:
            items = [self._read(item, 0) for item in content]
            value.clear()
            (value.update if isinstance(value, set) else value.extend)(items)


READ = {name[1:] for name in vars(Reader) if name.startswith("_") and not name.startswith("__")}
READ -= {"read", "refill", "keep", "filled", "bytes_of", "unknown"}
