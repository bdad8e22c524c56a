"""Put a learner's cells into the released notebook: what is graded is that notebook, with nothing of the submission but these cells.

Tags, kernels, metadata, outputs, points and versions of the submission count for nothing.
"""

import ast
import copy
import re
from difflib import SequenceMatcher

from nbformat import from_dict
from nbgrader.utils import compute_checksum

MARKS = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS\n.*?^[ \t]*### END HIDDEN TESTS\n?", re.M | re.S)
TAG = re.compile(r"<(?=[A-Za-z/!?])")
LONGEST = 400  # extra cells; more are no homework
OTHER_VERSION = "made with another version of the lesson; the checks of this one were used"
MISSING = " is missing in the submission and was put back"


def rebuild(released, submitted):
    """Return the notebook to grade and a list of sentences about what was found.

    `released` is the course's notebook with stubs and hidden tests (a notebook node), `submitted` the cells
    of `notebooks.read`.
    """
    remarks = []
    answers = [number for number, cell in enumerate(released.cells) if _about(cell).get("solution")]
    chosen = _choose(released, answers, submitted, remarks)
    _missing_checks(released, submitted, remarks)
    taken = set(chosen.values())
    place, extras = -1, {}
    texts = {_plain(_shown(cell)): number for number, cell in reversed(list(enumerate(released.cells)))}
    place_of = {number: answer for answer, number in chosen.items()}
    ids = {cell.get("id"): number for number, cell in enumerate(released.cells) if cell.get("id")}
    names = {_about(cell).get("grade_id"): number for number, cell in enumerate(released.cells) if _about(cell).get("grade_id")}
    for number, cell in enumerate(submitted):
        same = texts.get(_plain(cell.source))
        if number in taken:
            place = place_of[number]
        elif same is not None:
            # a sentence may stand twice in a lesson; what counts is where the learner has it
            place = max(place, same) if same < place else same
        elif cell.grade_id in names and not _about(released.cells[names[cell.grade_id]]).get("solution"):
            place = names[cell.grade_id]  # a check that was edited: the course's own is used
        elif cell.kind == "code" and cell.source.strip():
            # an edited cell of the course runs behind the original
            home = ids.get(cell.id)
            if home is not None and released.cells[home].cell_type == "code" and not _about(released.cells[home]):
                place = home
            extras.setdefault(place, []).append(cell)
    _reflections(released, answers, chosen, submitted, texts, remarks)
    return _assembled(released, chosen, submitted, extras, remarks), _together(remarks)


def holds_nothing_of(released, submitted):
    """Whether no cell of a submission is, or could be, an answer or a check of the lesson: another notebook was handed in."""
    marks = {_about(cell).get("grade_id") for cell in released.cells} - {None}
    asked = [defined(cell.source) for cell in released.cells if _about(cell).get("solution") and cell.cell_type == "code"]
    wanted = set().union(*asked)
    return not any(
        {cell.grade_id, cell.id} & marks or (cell.kind == "code" and wanted & defined(cell.source)) for cell in submitted
    )


def defined(source):
    """Return the names that a code cell defines at its top level, as far as it can be read."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(re.findall(r"^(?:async )?(?:def|class) +(\w+)", source, re.M)) | set(re.findall(r"^(\w+) *=[^=]", source, re.M))
    found = set()
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(statement.name)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found |= {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    return found


def _choose(released, answers, submitted, remarks):
    """Return which submitted cell answers which released cell: number -> number."""
    scores = []
    what = {number: defined(cell.source) for number, cell in enumerate(submitted) if cell.kind == "code"}
    for answer in answers:
        asked = released.cells[answer]
        name = _about(asked)["grade_id"]
        wanted = defined(asked.source) if asked.cell_type == "code" else set()
        for number, cell in enumerate(submitted):
            by_mark = 2 * (cell.grade_id == name) + (cell.id == name)
            by_text = 4 * len(wanted & what.get(number, set())) / len(wanted) if wanted else 0
            if cell.kind != asked.cell_type and not by_mark:
                continue
            # of equal cells the last one that was worked on counts
            worked = _plain(cell.source) != _plain(asked.source) and bool(cell.source.strip())
            if by_mark + by_text >= 1:
                scores.append((by_mark + by_text + 0.5 * worked if worked else 0.1 * (by_mark + by_text), number, answer))
    chosen, used = {}, set()
    for _, number, answer in sorted(scores, reverse=True):
        if answer not in chosen and number not in used:
            chosen[answer] = number
            used.add(number)
    for answer in answers:
        asked = released.cells[answer]
        name = _about(asked)["grade_id"]
        number = chosen.get(answer)
        if number is None:
            if asked.cell_type == "code":
                remarks.append(f"cell {name}{MISSING}")
            continue
        twins = [n for n, cell in enumerate(submitted) if n != number and n not in used and cell.grade_id == name]
        if twins:
            remarks.append(f"cell {name} is there {len(twins) + 1} times; the last one that was worked on counts")
            used |= {n for n in twins if _plain(submitted[n].source) == _plain(asked.source)}
        if submitted[number].grade_id != name:
            remarks.append(f"the answer to {name} was found in a cell without its mark")
    return chosen


def _missing_checks(released, submitted, remarks):
    """Say which checks were deleted or edited, or are those of another version; the course's own are used in any case."""
    other_version = False
    for cell in released.cells:
        about = _about(cell)
        if not about.get("grade_id") or about.get("solution") or not about.get("grade"):
            continue
        name = about["grade_id"]
        theirs = [other for other in submitted if name in (other.grade_id, other.id)]
        known = {_plain(_shown(cell)), _plain(cell.source)}
        if any(_plain(other.source) in known for other in submitted):
            continue
        if any(_as_released(other) for other in theirs):
            other_version = True
        else:
            remarks.append(f"cell {name} was edited; the course's own was used" if theirs else f"cell {name}{MISSING}")
    if other_version:
        remarks.append(OTHER_VERSION)


def _as_released(cell):
    """Whether a submitted cell is as some version of the course released it: nbgrader's checksum in it says what that was."""
    whole = from_dict({"cell_type": cell.kind, "source": cell.source, "metadata": {"nbgrader": cell.about}})
    try:
        return cell.about.get("checksum") == compute_checksum(whole)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return False  # a submission's metadata may hold anything


def _reflections(released, answers, chosen, submitted, texts, remarks):
    """Find written answers that lost their marks: the new text that stands where the answer was asked for."""
    used = set(chosen.values())
    for answer in answers:
        asked = released.cells[answer]
        if asked.cell_type == "code" or answer in chosen:
            continue
        name = _about(asked)["grade_id"]
        new = [n for n, cell in enumerate(submitted) if cell.kind != "code" and n not in used and _plain(cell.source) not in texts]
        before = [n for n, cell in enumerate(submitted) if (texts.get(_plain(cell.source)) or -1) == answer - 1]
        close = [n for n in new if any(n == b + 1 for b in before)]
        alike = [n for n in new if SequenceMatcher(None, submitted[n].source[:2000], asked.source[:2000]).ratio() > 0.6]
        if close or alike:
            chosen[answer] = (close or alike)[-1]
            used.add(chosen[answer])
            remarks.append(f"the answer to {name} was found in a cell without its mark")
        else:
            remarks.append(f"cell {name}{MISSING}")


def _assembled(released, chosen, submitted, extras, remarks):
    """Return the released notebook with the chosen answers in it and the extra cells behind theirs."""
    found = copy.deepcopy(released)
    cells, count, dropped = [], 0, 0
    for number in range(-1, len(released.cells)):
        if number >= 0:
            cell = found.cells[number]
            if number in chosen:
                cell.source = submitted[chosen[number]].source
                if cell.cell_type != "code" and _plain(cell.source) != _plain(released.cells[number].source):
                    # nbgrader's pages show a text as it is: a tag in it would run in the browser of whoever reads it
                    cell.source = TAG.sub("&lt;", cell.source)
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
            cells.append(cell)
        for extra in extras.get(number, []):
            count += 1
            if count > LONGEST:
                dropped += 1
                continue
            mark = {"id": f"extra-{count}"} if released.get("nbformat_minor", 0) >= 5 else {}
            cells.append(from_dict({**mark, "cell_type": "code", "metadata": {"course": {"kind": "extra"}},
                                    "source": extra.source, "outputs": [], "execution_count": None}))  # fmt: skip
    if dropped:
        remarks.append(f"{dropped} extra cells beyond the first {LONGEST} were left out")
    found.cells = cells
    return found


def _together(remarks):
    """Return the remarks with those on missing cells as one."""
    missing = [said.removesuffix(MISSING).removeprefix("cell ") for said in remarks if said.endswith(MISSING)]
    if len(missing) < 2:
        return remarks
    together = f"cells {', '.join(missing)} are missing in the submission and were put back"
    return [together, *(said for said in remarks if not said.endswith(MISSING))]


def _about(cell):
    return cell.metadata.get("nbgrader", {})


def _shown(cell):
    """The text of a released cell as the learner got it."""
    return MARKS.sub("", cell.source + "\n")


def _plain(source):
    return re.sub(r"\s+", " ", source).strip()
