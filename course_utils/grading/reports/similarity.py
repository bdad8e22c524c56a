"""Pairs of students whose answers are more alike than the task explains: a reason to look, never a proof.

Every answer becomes the set of its k-grams: runs of K tokens within one line of code, in which the names that the learner
chose are numbered by order (so that renaming changes nothing) and from which comments are left out (so that a changed
comment changes nothing). Since no k-gram crosses a line, reordered lines change nothing either. What the released cell
holds does not count, and of the rest a k-gram counts the less the more of the class wrote it: one that only the two share
counts 1, one that half of the class wrote counts 0. Free answers are treated the same way, word by word.

The measure behind it is that of Schleimer, Wilkerson and Aiken, Winnowing: local algorithms for document fingerprinting
(SIGMOD 2003), without the thinning out, which texts as short as these do not need; the weights are those of inverse document
frequency (Spärck Jones 1972).
"""

import builtins
import io
import keyword
import math
import re
import tokenize
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

K = 4  # tokens, or words, in a run
LONGEST = 20_000  # characters of an answer that are looked at
# a whole submission, or one exercise alone: this share of the shorter one, and this many k-grams that only the two have. Right
# answers in different styles share up to 0.43 of a submission with nobody else in class, and disguised copies 0.83 or more
WHOLE, WHOLE_GRAMS = 0.65, 25
ALONE, ALONE_GRAMS = 0.82, 45
_PLAIN = frozenset({*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "self"})
_IGNORED = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING)
_ROUGH = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Shared:
    """What two students share in one exercise: `share` of the shorter answer, 0 to 1, in `grams` k-grams by weight."""

    exercise: str
    share: float
    grams: float
    texts: tuple


@dataclass(frozen=True)
class Pair:
    """Two students, the share of the shorter submission that both have, and the exercises where it is much."""

    students: tuple
    share: float
    grams: float
    exercises: tuple
    comments: tuple


def pairs(answers, released, known=frozenset(), prose=frozenset()):
    """Return the suspicious pairs, the most suspicious first.

    `answers` is student -> {exercise: text}, `released` exercise -> text as handed out, `known` the names that the lesson
    defines or imports, `prose` the exercises that are free answers.
    """
    students = sorted(answers)
    number = {student: k for k, student in enumerate(students)}
    found = {}
    sizes = np.zeros(len(students))
    total = np.zeros((len(students), len(students)), dtype=np.float32)
    for exercise in sorted({exercise for given in answers.values() for exercise in given}):
        cut = words if exercise in prose else lambda text: grams(text, known)
        handed_out = cut(released.get(exercise, ""))
        own = {number[student]: cut(given[exercise]) - handed_out for student, given in answers.items() if exercise in given}
        own = {who: marks for who, marks in own.items() if marks}
        alike, size = _common(own, len(students))
        found[exercise] = alike, size
        total += alike
        sizes += size
    shorter = np.maximum(np.minimum.outer(sizes, sizes), 1)
    whole = (total >= WHOLE_GRAMS) & (total / shorter >= WHOLE)
    alone = np.zeros_like(whole)
    shares = {}
    for exercise, (alike, size) in found.items():
        shares[exercise] = alike / np.maximum(np.minimum.outer(size, size), 1)
        alone |= (alike >= ALONE_GRAMS) & (shares[exercise] >= ALONE)
    said = {
        student: set().union(*(comments(text) for exercise, text in given.items() if exercise not in prose), set())
        for student, given in answers.items()
    }
    handed_out = set().union(*(comments(text) for text in released.values()), set())
    listed = []
    for a, b in np.argwhere(np.triu(whole | alone, 1)):
        first, second = students[a], students[b]
        exercises = [
            Shared(
                exercise, float(shares[exercise][a, b]), float(alike[a, b]), (answers[first][exercise], answers[second][exercise])
            )
            for exercise, (alike, _) in found.items()
            if alike[a, b] > 0 and shares[exercise][a, b] >= WHOLE
        ]
        exercises.sort(key=lambda shared: -shared.grams)
        same = tuple(sorted((said[first] & said[second]) - handed_out))
        listed.append(Pair((first, second), float(total[a, b] / shorter[a, b]), float(total[a, b]), tuple(exercises), same))
    return sorted(listed, key=lambda pair: (-pair.share * math.log(1 + pair.grams), pair.students))


def weight(sharing, writers):
    """Return what a k-gram counts that `sharing` of `writers` students wrote: 1 if only two did, 0 from half of them on."""
    if writers <= 2:
        return 1.0
    return max(0.0, math.log(writers / (2 * (sharing - 1))) / math.log(writers / 2))


def grams(source, known=frozenset()):
    """Return the k-grams of a code cell, a set of tuples; a line with fewer than K tokens is one by itself."""
    found = set()
    for line in _lines(source[:LONGEST]):
        if len(line) > 1:
            for start in range(max(1, len(line) - K + 1)):
                found.add(_numbered(line[start : start + K], known))
    return found


def words(text):
    """Return the k-grams of a free answer, word by word."""
    said = re.findall(r"\w+", text[:LONGEST].lower())
    return {tuple(said[start : start + K]) for start in range(max(0, len(said) - K + 1))}


def comments(source):
    """Return the comments of at least three words, without case and spaces: two that chance to be the same are rare."""
    found = set()
    for line in source[:LONGEST].splitlines():
        said = re.findall(r"\w+", line.partition("#")[2].lower())
        if len(said) >= 3:
            found.add(" ".join(said))
    return found


def line_marks(text):
    """Return the lines of an answer, each with what it is without names, spaces and comments (None if that is too little)."""
    found = []
    for line in text[:LONGEST].splitlines():
        tokens = [(word, word.isidentifier()) for word in _ROUGH.findall(line.partition("#")[0])]
        found.append((line, _numbered(tokens, frozenset()) if len(tokens) > 2 else None))
    return found


def _common(own, students):
    """Return the weighted number of k-grams that each two share (n, n) and that each has (n,)."""
    # from k-gram to students: most are in few answers, so that few pairs are ever looked at
    index = defaultdict(list)
    for who, marks in own.items():
        for mark in marks:
            index[mark].append(who)
    alike = np.zeros((students, students), dtype=np.float32)
    size = np.zeros(students)
    for sharing in index.values():
        counts = weight(max(2, len(sharing)), len(own))
        size[sharing] += counts
        if counts and len(sharing) > 1:
            alike[np.ix_(sharing, sharing)] += counts
    return alike, size


def _lines(source):
    """Return the logical lines of a cell as lists of (token, whether it is a name that may be renamed)."""
    found, line = [], []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.NEWLINE:
                found.append(line)
                line = []
            elif token.type == tokenize.STRING and not line:
                pass  # a docstring says nothing about who wrote the code
            elif token.type not in _IGNORED:
                after_a_dot = bool(line) and line[-1][0] == "."
                text = token.string.replace("'", '"') if token.type == tokenize.STRING else token.string
                line.append((text, token.type == tokenize.NAME and not after_a_dot))
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        # an answer that is no Python still has words
        found = [[(word, word.isidentifier()) for word in _ROUGH.findall(text.partition("#")[0])] for text in source.splitlines()]
        line = []
    return [*found, line]


def _numbered(tokens, known):
    numbers = {}
    marks = []
    for text, is_name in tokens:
        if is_name and text not in known and text not in _PLAIN:
            marks.append(numbers.setdefault(text, len(numbers)))
        else:
            marks.append(text)
    return tuple(marks)
