"""The data that travels between an examiner and a submission: it arrives as it was, or it is refused by name."""

import collections
import decimal
import enum
import fractions
import json

import numpy as np
import pytest

from course_utils.grading.plain import NotPlain, Reader, Writer


def no_functions(_):
    raise NotPlain("a function")


def sent(value):
    writer = Writer(no_functions)
    tree = json.loads(json.dumps(writer.write(value)))
    return Reader(writer.blob, no_functions).read(tree)


class Colour(enum.IntEnum):
    RED = 3


VALUES = [
    None, True, 0, -7, 2**63, -(10**400), 0.1, -0.0, float("inf"), "", "naïve \ud800 \x00", b"\x00\xff", 1 + 2j, ..., range(2, 9, 3), slice(None, 3),
    [], [1, [2, ("three",)]], (1,), {"a": [1], (2, 3): None}, {1, 2}, frozenset({"x"}), fractions.Fraction(1, 3), decimal.Decimal("0.10"),
    collections.Counter("aab"), collections.OrderedDict(b=1, a=2), collections.deque([1, 2]), bytearray(b"ab"),
    np.float64(0.1), np.int8(-3), np.bool_(True), np.str_("x"), np.complex64(1j), np.exp, np.dtype("f4"), int, np.float32, type(None),
]  # fmt: skip
ARRAYS = [
    np.arange(6.0).reshape(2, 3), np.arange(6, dtype=np.int16)[::-2], np.zeros((0, 4)), np.array(5), np.array([True, False]), np.array(["a", "bcd"]),
    np.asfortranarray(np.arange(4.0).reshape(2, 2)), np.array([1, "a", None, [2]], dtype=object), np.arange(3, dtype=">i4"), np.array([1j]),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: f"{type(value).__name__} {str(value)[:20]!a}")
def test_a_plain_value_arrives_as_it_was(value):
    found = sent(value)
    assert type(found) is type(value) and found == value and repr(found) == repr(value)


@pytest.mark.parametrize("value", ARRAYS, ids=lambda value: f"{value.dtype} {value.shape}")
def test_an_array_arrives_with_its_type_and_shape(value):
    found = sent(value)
    assert found.dtype == value.dtype and found.shape == value.shape and np.array_equal(found, value)
    assert found.flags.writeable


def test_a_read_only_array_stays_read_only():
    value = np.arange(3)
    value.flags.writeable = False
    assert not sent(value).flags.writeable


def test_not_a_number_and_a_subclass_of_a_number_arrive_as_plain_numbers():
    assert np.isnan(sent(float("nan")))
    found = sent(Colour.RED)
    assert type(found) is int and found == 3


@pytest.mark.parametrize("bits", [np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64])
def test_a_random_generator_goes_on_where_it_was(bits):
    rng, twin = np.random.Generator(bits(7)), np.random.Generator(bits(7))
    rng.normal(size=3), twin.normal(size=3)
    assert np.array_equal(sent(rng).normal(size=5), twin.normal(size=5))


def test_one_list_in_two_places_is_one_list_on_the_other_side():
    inner = [1]
    found = sent([inner, inner])
    found[0].append(2)
    assert found[1] == [1, 2]


@pytest.mark.parametrize("value", [object(), NotPlain, np.ma.masked_array([1], [True]), np.array([(1, 2)], dtype="i4,i4"), json],
                         ids=["an object", "a class", "a masked array", "a structured array", "a module"])  # fmt: skip
def test_what_is_not_plain_is_refused_by_name(value):
    with pytest.raises(NotPlain):
        sent(value)


def test_a_list_nested_too_deep_is_refused():
    value = []
    for _ in range(100):
        value = [value]
    with pytest.raises(NotPlain, match="sixty"):
        sent(value)


TREES = [
    ["array", [2], True, "|O", 0, 16], ["array", [2**40, 2**40], True, "<f8", 0, 8], ["array", [-1], True, "<f8", 0, 8],
    ["array", [1], True, "<f8", -8, 8], ["array", [1], True, "<f8", 0, 9], ["array", [9], True, "<f8", 0, 72], ["array", ["1"], True, "<f8", 0, 8],
    ["array", [0, 2**50], True, "<f8", 0, 0], ["array", [1], True, "f8,O", 0, 8], ["same", 3], ["same", -1], ["read", 1], ["keep", 1], ["__init__"],
    ["refill", 0], ["unknown"], [], {}, ["dict", [[["list", []], 1]]], ["int", "0x" + "f" * 10**5], ["type", "os.system"], ["ufunc", "load"],
    ["generator", ["PCG64", {}]], ["generator", ["os", {}]], ["Decimal", "1" * 10**5], ["frozenset", [["list", []]]], ["tuple", 5], ["list"],
    ["function", "yours", 0, ""], ["bytes", "zz"], ["range", None, 1, 1], ["number", "<U9999999", 0, 10**8], ["objects", [3], [1]], [["list"], 1],
]  # fmt: skip


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: str(tree)[:40])
def test_a_message_that_is_not_exactly_right_is_refused(tree):
    with pytest.raises(NotPlain):
        Reader(bytes(16), no_functions).read(tree)


def test_what_was_changed_on_one_side_is_changed_on_the_other():
    here = np.arange(3.0), [1, 2], {"a": 1}, {5}, np.random.default_rng(1), np.arange(2)
    writer = Writer(no_functions)
    reader = Reader(writer.blob, no_functions)
    tree = writer.write(here)
    reader = Reader(writer.blob, no_functions)
    there = reader.read(tree)
    there[0][1] = 9
    there[1].append([3])
    there[2]["b"] = there[0]
    there[3].clear()
    there[4].random()
    back = Writer(no_functions, reader.objects)
    changed = [[place, back.content(reader.objects[place])] for place in reader.changed()]
    assert len(changed) == 5
    home = Reader(back.blob, no_functions, writer.objects)
    for place, content in json.loads(json.dumps(changed)):
        home.refill(place, content)
    assert here[0].tolist() == [0, 9, 2] and here[1] == [1, 2, [3]] and here[3] == set() and here[5].tolist() == [0, 1]
    assert here[2]["b"] is here[0]
    twin = np.random.default_rng(1)
    twin.random()
    assert here[4].random() == twin.random()
