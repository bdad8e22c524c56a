"""Twelve questions, each with an answer and a reason, asked before lesson 01 and again after lesson 10. No points.

    ask("before")        the questions, one after the other; answers are kept like predictions
    ask("after")         the same again, and then what has changed
    answer("before", 3, "b", "a")     the same without a mouse: question 3, answer b, reason a
    show()               what has changed, in words

A question counts when both the answer and its reason are right. Every wrong answer and every wrong reason is a usual
misconception, M1 to M14, the ones that the checks of the lessons know; "I do not know yet" is none of them.
The questions stand here with their answers: nothing is graded, and who peeks only spoils their own measurement.
"""

import html
from pathlib import Path

import traitlets
from IPython.display import display

from course_utils import arguments, predictions
from course_utils.figures.live import LiveFigure, style

WHEN = ("before", "after")
UNKNOWN = "I do not know yet."
MISCONCEPTIONS = {
    "M1": ("a sigmoid at the output bends the line", "02"),
    "M2": ("more linear layers help", "04"),
    "M3": ("the bias is where the line crosses the axis", "01"),
    "M4": ("crosses need squares", "03"),
    "M5": ("the codes of categories may be multiplied", "03"),
    "M6": ("a ReLU is a step", "05"),
    "M7": ("\"one layer is enough\" means small, trainable, and right everywhere", "05"),
    "M8": ("two hidden layers are required", "05"),
    "M9": ("networks tear space", "07"),
    "M10": ("the border in the picture is itself a hyperplane", "07"),
    "M11": ("vanishing gradients come from a small step size", "06"),
    "M12": ("a unit that says 0 is dead", "06"),
    "M13": ("softmax gives calibrated probabilities", "09"),
    "M14": ("one run is evidence", "08"),
}
# (question, answers, reasons), each answer and reason with its misconception, or None where it is right
QUESTIONS = [
    (
        "One neuron parts two groups of points with a straight line. Now its score is sent through an S-shaped curve, a sigmoid, "
        "and whatever comes out above one half counts as group 1. What becomes of the line?",
        [("It becomes a curve.", "M1"), ("It stays as straight as it was.", None)],
        [
            ("What goes through a bent function comes out bent.", "M1"),
            ("The S-curve keeps the order of the scores, so the same points are above the limit.", None),
            ("The line turns into a flat plane, seen from the side.", "M10"),
        ],
    ),
    (
        "A layer of neurons that only add up weighted inputs draws straight lines. You put ten more such layers behind it. "
        "What can the whole draw?",
        [("Gentle curves.", "M2"), ("Any curve, now that there are two layers or more.", "M8"), ("Straight lines, as before.", None)],
        [
            ("A weighted sum of weighted sums is a weighted sum.", None),
            ("Each further layer combines what the last one found into something richer.", "M2"),
            ("A single layer is never enough; from the second one on a network bends.", "M8"),
        ],
    ),
    (
        "A line has the weights 1 and 2 and the bias -4: it holds all points (x, y) with 1 x + 2 y - 4 = 0. "
        "Where does it cross the upright y axis?",
        [("At y = 2.", None), ("At y = -4.", "M3")],
        [
            ("The bias is the place where a line crosses that axis.", "M3"),
            ("There x is 0, and then 2 y - 4 has to be 0.", None),
            ("The weights are in charge of the slope, the bias alone of the height.", "M3"),
        ],
    ),
    (
        "Points in the four quarters of a square around (0, 0): blue at the top right and the bottom left, orange in the other two. "
        "Which one new number, made of x and y, tells the colours apart by a single limit?",
        [("x² times y².", "M4"), ("x times y.", None), ("x² plus y².", "M4")],
        [
            ("A border that is not straight needs squares.", "M4"),
            ("Any product of the two will do, since both are numbers.", "M5"),
            ("Its sign says whether the two signs are equal.", None),
        ],
    ),
    (
        "In a table a city is a number (1 Rome, 2 Oslo, 3 Lima) and so is a season (1 to 4). Somebody adds the column city times season. "
        "Then the cities are numbered in another order. What happens to what a model with one weight for this column can say?",
        [("Nothing: a model finds the right weight for any numbers.", "M5"), ("It changes, although the cities have not.", None)],
        [
            ("The numbers are only names; what belongs in the table is one column for each pair of city and season.", None),
            ("Every feature is a number, and numbers may be multiplied.", "M5"),
            ("With squares of the numbers it would work.", "M4"),
        ],
    ),
    (
        "A neuron with the activation ReLU computes the score 1.5. What does it hand on?",
        [("1.5.", None), ("1.", "M6")],
        [
            ("A neuron fires or it does not.", "M6"),
            ("ReLU keeps what is positive and makes the rest 0.", None),
            ("It is not 0, so the unit is alive, and that is 1.", "M12"),
        ],
    ),
    (
        "\"One hidden layer is always enough, with enough neurons.\" You need a certain curve between 0 and 1, to within 0.01. "
        "What does the sentence promise you, at best?",
        [
            ("That training will find a network that does it.", "M7"),
            ("That it will be right beyond 1 as well.", "M7"),
            ("Nothing: that takes two hidden layers.", "M8"),
            ("That some network with one hidden layer does it there.", None),
        ],
        [
            ("What a network can represent, it can also be taught.", "M7"),
            ("It says that suitable weights exist for that stretch, and no more.", None),
            ("The first hidden layer finds features, and the second one is needed to combine them.", "M8"),
        ],
    ),
    (
        "A network of smooth layers (tanh) parts two classes. Follow two points that lie very close together on their way through its layers. "
        "What may happen to them?",
        [("They may be drawn apart somewhat, but the closer they begin, the closer they stay.", None), ("A layer may tear the space between them.", "M9")],
        [
            ("To part two classes, space has to be cut between them.", "M9"),
            ("A small change of the inputs makes a small change of the outputs.", None),
            ("Neurons switch on and off, so neighbours can land on two sides of a jump.", "M6"),
        ],
    ),
    (
        "In the plane of its two inputs, a network with hidden layers draws a closed, bent border. Where is something flat?",
        [("The border itself is a hyperplane.", "M10"), ("In the space of the last hidden layer.", None)],
        [
            ("The border is everything that lands on a flat cut further inside.", None),
            ("A hyperplane looks bent when it is drawn in two dimensions.", "M10"),
            ("The function at the output bends the flat border round.", "M1"),
        ],
    ),
    (
        "The last layers of a deep network learn, and the first ones hardly change: their gradient has vanished. Why, most likely?",
        [
            ("The step size is too small.", "M11"),
            ("What reaches the first layers was made smaller by every layer on its way.", None),
            ("Units in the first layers said 0 for some points and are dead.", "M12"),
        ],
        [
            ("Small updates are what makes a network stop learning.", "M11"),
            ("A unit that is 0 for a point never learns again.", "M12"),
            ("The gradient is a product with a factor for each layer, and the factors are below 1.", None),
        ],
    ),
    (
        "A network ends in a softmax and says of each of a hundred pictures: cat, 95 % sure. How many of them are cats?",
        [("About 95.", "M13"), ("One has to count: it may be 95 or 60.", None)],
        [
            ("Positive numbers that sum to 1 are probabilities.", "M13"),
            ("Softmax ensures the form of a probability and not that it is true.", None),
            ("On the picture that I tried it was sure, and right.", "M14"),
        ],
    ),
    (
        "Two kinds of network are trained once each, from random weights, on the same points. Afterwards A has 97 of 100 right and B 95. "
        "Which kind is better?",
        [("A.", "M14"), ("That cannot be said from this.", None)],
        [
            ("From other random weights the order may turn round; it takes many runs of each.", None),
            ("Both had the same points, so the numbers can be compared.", "M14"),
            ("It cannot be said, for with a larger step size B would have learnt more.", "M11"),
        ],
    ),
]


def ask(when):
    """Show the questions; `when` is "before" or "after" the course. They may be left and taken up again."""
    live = Inventory(arguments.choice("when", when, WHEN))
    display(live)
    # what is left without a kernel; the live questions hide it
    text = _as_text(when)
    still = f'<div class="{live.still_id}"><pre style="white-space: pre-wrap">{html.escape(text)}</pre></div>'
    display({"text/html": still, "text/plain": text}, raw=True)


def answer(when, number, answer, reason):
    """Record the answer and the reason, letters such as "b", to question `number` (1 to 12). The first answer counts."""
    arguments.choice("when", when, WHEN)
    number = arguments.integer("number", number, 1, len(QUESTIONS))
    _, answers, reasons = QUESTIONS[number - 1]
    picked = [
        "abcdefgh".index(arguments.choice(name, letter, "abcdefgh"[: len(texts) + 1]))
        for name, letter, texts in (("answer", answer, answers), ("reason", reason, reasons))
    ]
    return _record(when, number - 1, *picked)


def recorded(when):
    """Return {question, counted from 0: (answer, reason)}, each counted from 0; the first of several counts."""
    arguments.choice("when", when, WHEN)
    found = {}
    for line in predictions._lines():
        if line["kind"] == "inventory" and line["when"] == when and line["name"] in range(len(QUESTIONS)):
            found.setdefault(line["name"], (line["answer"], line["reason"]))
    return found


def judge(number, answer, reason):
    """Return (both right, the misconceptions chosen) for the question `number`, all counted from 0."""
    _, answers, reasons = QUESTIONS[arguments.integer("number", number, 0, len(QUESTIONS) - 1)]
    # the place behind the last one is the answer "I do not know"
    answer = arguments.integer("answer", answer, 0, len(answers))
    reason = arguments.integer("reason", reason, 0, len(reasons))
    marks = [texts[place][1] if place < len(texts) else UNKNOWN for texts, place in ((answers, answer), (reasons, reason))]
    return marks == [None, None], sorted({mark for mark in marks if mark in MISCONCEPTIONS}, key=lambda m: int(m[1:]))


def gain():
    """Return (right before, right after, of how many, normalised gain), over the questions answered both times.

    The normalised gain is the share of what was still to be gained: (after - before) / (questions - before). It is None
    where there was nothing to gain.
    """
    first, second = recorded("before"), recorded("after")
    both = sorted(set(first) & set(second))
    before, after = (sum(judge(k, *found[k])[0] for k in both) for found in (first, second))
    left = len(both) - before
    return before, after, len(both), (after - before) / left if left else None


def show():
    """Show what has changed between the two times, in words."""
    text = summary()
    display({"text/html": f"<p>{html.escape(text)}</p>", "text/plain": text}, raw=True)


def summary():
    """Return in a few sentences what has changed, or what is missing to say so."""
    first, second = recorded("before"), recorded("after")
    if not second:
        return "The twelve questions have not been answered a second time yet." if first else "No question has been answered yet."
    before, after, both, share = gain()
    right = sum(judge(k, *found)[0] for k, found in second.items())
    if not both:
        said = f"You have {right} of {len(second)} right, answer and reason. There is no first time to compare with, so this is where you are."
    elif share is None and after == both:
        said = f"You had all {both} right before the course, and {after} now: there was nothing left to gain, and you came all the same."
    elif share is not None and share > 0:
        said = f"Of {both} questions you had {before} right before, answer and reason, and {after} now: {share:.0%} of what there was to gain."
    elif share == 0:
        said = f"Of {both} questions you had {before} right before, answer and reason, and {after} now. Twelve questions see only a part of a course."
    else:
        said = f"Of {both} questions you had {before} right before, answer and reason, and {after} now. Doubt is often what comes before a better answer."
    held = sorted({m for k, found in second.items() for m in judge(k, *found)[1]}, key=lambda m: int(m[1:]))
    if not held:
        return said + (" None of the fourteen misconceptions is left." if right == len(QUESTIONS) else "")
    places = "; ".join(f"{MISCONCEPTIONS[m][0]} (lesson {MISCONCEPTIONS[m][1]})" for m in held)
    return f"{said} What you chose and this course would not: {places}."


class Inventory(LiveFigure):
    """The live questions; their drawing stands in `inventory.js`."""

    def __init__(self, when):
        questions = [
            {"text": text, "answers": [*(words for words, _ in answers), UNKNOWN], "reasons": [*(words for words, _ in reasons), UNKNOWN]}
            for text, answers, reasons in QUESTIONS
        ]
        self._when = when
        data = {"title": f"Twelve questions, {when} the course", "questions": questions, **_standing(when)}
        super().__init__(Path(__file__).with_suffix(".js"), "inventory", data, says=data["title"])
        self._css = style() + Path(predictions.__file__).with_suffix(".css").read_text(encoding="utf-8")

    @traitlets.observe("state")
    def _taken(self, change):
        state, now = change["new"], self.data["recorded"]
        picked = state.get(f"answer{now}"), state.get(f"reason{now}")
        if now >= len(QUESTIONS) or state.get("record") != now:
            return
        if any(place not in range(len(texts) + 1) for place, texts in zip(picked, QUESTIONS[now][1:], strict=True)):
            return
        saved = _record(self._when, now, *picked)
        problem = "" if saved else "This folder cannot be written to, so your answers are kept until the kernel stops."
        self.data = {**self.data, **_standing(self._when), "problem": problem}


def _record(when, number, answer, reason):
    return predictions._add({"kind": "inventory", "when": when, "name": number, "answer": answer, "reason": reason})


def _standing(when):
    """How many questions are recorded from the first one on, and what to say when all are."""
    found = recorded(when)
    count = next((k for k in range(len(QUESTIONS)) if k not in found), len(QUESTIONS))
    thanks = "All twelve are written down. After lesson 10 the same questions come again; what is right is told then."
    return {"recorded": count, "problem": "", "result": summary() if when == "after" else thanks}


def _as_text(when):
    lines = [f'Twelve questions, {when} the course. To answer one without a mouse: inventory.answer("{when}", 1, "a", "b").']
    for number, (text, answers, reasons) in enumerate(QUESTIONS, 1):
        lines += ["", f"{number}. {text}"]
        for head, texts in (("Answer", answers), ("Because", reasons)):
            lines.append(f"   {head}:")
            lines += [f"     {letter}) {words}" for letter, words in zip("abcdefgh", [*(w for w, _ in texts), UNKNOWN], strict=False)]
    return "\n".join(lines)
