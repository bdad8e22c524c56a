# %% [markdown]
r"""
# Start here: two spirals and one line

In five minutes you will have met everything that the ten lessons use, and the tangle that gives the course its name.

The course answers one question: *why do neural networks need hidden layers?*
You do not have to know what any of these words mean.
You need to be able to write small Python functions, and to remember a little school algebra.

This page is a **notebook**: text, and between the text grey cells with code.
Click on the first one and press **Shift+Enter**: it runs, what it shows appears below it, and the next cell is selected.
Go through the page from top to bottom in this way.
"""

# %%
from course_utils import datasets, plotting, predictions
from course_utils.playground import Playground

import numpy as np

X, y = datasets.spirals()

# %% figure
plotting.classes(X, y, title="Two spirals")

# %% [markdown]
r"""
Four hundred points, two hundred on each spiral.
The blue circles are called class 0, the orange triangles class 1, here and in every lesson.

## Predict

Now lay a ruler across the picture, in your mind.
One side of it is to be blue and the other orange, and you may turn and shift it as you like.
How many points can you get onto the side of their own colour?

Before each big picture you will find a question like the next one.
Choose an answer, say how sure you are, from 50 % (a coin would do as well) to 100 % (certain), and press the button.
A wrong answer costs nothing.
In lesson 09 you will draw a picture of your own confidence, made from all your predictions, so be honest rather than bold.
"""

# %% predict="ruler-on-spirals"
predictions.ask(
    "ruler-on-spirals",
    "Two spirals of 200 points each. The best straight line puts how many of the 400 points on the side of their own colour?",
    ["About 50 %", "About 60 %", "About 75 %", "About 90 %"],
)

# %% [markdown]
r"""
## Play

Here are the spirals with a small network that tries to colour the plane.
At first it has no hidden layer, and all it can draw is one straight line.

**Predict, then press Play.** The line will look for a better place. Where does it give up?
Then press **Add a layer** once or twice, and Play again.
Do not worry about the names on the other controls: every one of them has its lesson.
"""

# %% figure
Playground()

# %% [markdown]
r"""
The next cell does what you did with the ruler, patiently: it turns the line through 360 directions, shifts it to every possible place, and keeps the best.
"""

# %%
best = 0
for angle in np.linspace(0, 2 * np.pi, 360, endpoint=False):
    position = X @ np.array([np.cos(angle), np.sin(angle)])
    for place in position:
        best = max(best, np.sum((position >= place) == (y == 1)))

# %% figure
predictions.reveal(
    "ruler-on-spirals",
    "About 60 %",
    f"The best of {360 * len(X):,} lines puts {best} of {len(X)} points on the side of their own colour: "
    f"{100 * best / len(X):.0f} %.",
)

# %% [markdown]
r"""
No line parts the two spirals, and a few layers of neurons can.
What do the layers do that a line cannot?
That is the course.

## Write a function, and let it be checked

In the lessons you write small functions, and each has a check right below it.
A check wants to help: when it refuses, it says what your function did at one place and what should hold there.

Try it in this order.

1. Run the exercise cell and the check as they are. The check refuses, since nothing is written yet.
2. Write something wrong on purpose, for example `return 7`, and run both cells again. Read what the check says.
3. Write it properly, and run both cells once more.

### Warm-up: how many were right?

Write `share_right`: the share of answers that are right, a number from 0 (none) to 1 (all).

Worked example: of the four answers 1, 0, 1, 1 the true ones would have been 1, 1, 1, 1. Three of four are right, so the share is 0.75.
"""


# %% exercise="share_right"
def share_right(said, true):
    """Return the share of places where `said` and `true` agree, a number from 0 to 1.

    said, true: arrays of zeros and ones, of the same length.

    >>> share_right(np.array([1, 0, 1, 1]), np.array([1, 1, 1, 1]))
    0.75
    """
    ### BEGIN SOLUTION
    return float(np.mean(said == true))
    ### END SOLUTION


# %% [markdown] hints="share_right"
r"""
Every exercise has two hints like this one, closed until you click. The first asks a question: in which places do the two arrays agree, and out of how many places?

The second one nudges: numpy compares two arrays place by place with `==`, and counts a True as 1 when it adds up or takes a mean. A loop with a counter is as good. Some copies of the course have a folder `solutions/`, with all answers, for when you want to compare.
"""

# %% check="share_right" points=0
import numpy as np

said, true = np.array([1, 0, 1, 1]), np.array([1, 1, 1, 1])
found = share_right(said, true)
assert np.ndim(found) == 0, f"share_right should return one number, but yours returns {found!r}: one answer for each place. How many of them are True?"
assert found is not None, "Your function ends without return, so its result is None."
assert found != 3, "Three of four answers are right, and yours returns 3. That is how many; the share is that number out of four."
assert found != 75, "Yours returns 75, which is the share in percent. As a number from 0 to 1 it is 0.75."
assert found != 0.25, "Yours returns 0.25: one of four answers is wrong. Asked for is the share of those that are right."
assert not (isinstance(found, (bool, np.bool_)) or found in (0, 1)), (
    f"Yours returns {found!r}, as if all or none were right. Of the answers [1 0 1 1] three agree with [1 1 1 1], and one does not.")
assert np.isclose(found, 0.75), f"Of the answers [1 0 1 1] three of four agree with [1 1 1 1], a share of 0.75, but yours returns {found!r}."
found = share_right(np.array([0, 0, 1, 0]), np.array([0, 1, 1, 0]))
assert np.isclose(found, 0.75), (
    f"Of the answers [0 0 1 0] three of four agree with [0 1 1 0], but yours returns {found!r}. An answer 0 is right, too, where 0 is true.")
print("share_right: passed. This is what a check looks like when it is content.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(1)
for n in (1, 2, 7, 100):
    said, true = rng.integers(0, 2, size=(2, n))
    kept = said.copy(), true.copy()
    count = sum(int(a == b) for a, b in zip(said.tolist(), true.tolist()))
    assert np.isclose(share_right(said, true), count / n), f"Of {n} answers {count} are right, but yours returns {share_right(said, true)}."
    assert np.array_equal(said, kept[0]) and np.array_equal(true, kept[1]), "share_right changed its arguments."
### END HIDDEN TESTS

# %% [markdown]
r"""
## Where am I?

The next cell shows what is done, what is not yet, and what you have not tried.
It reads your *saved* notebooks, so save first: **Ctrl+S** (on a Mac **Cmd+S**).
Points are there to show you the way.
Exercises under the heading *Further* are counted apart, and the course goes on without them.
"""

# %% figure
from course_utils.progress import progress

progress()

# %% [markdown]
r"""
## Before you begin, if you like

Twelve questions, each with an answer and a reason: a quarter of an hour, no points, and nobody sees them but you.
Nothing has been explained yet, so "I do not know yet" is a good answer.
They come again after lesson 10, and then you are told what has changed.
You can stop at any question and go on another day, or pass them over.
"""

# %% figure
from course_utils import inventory

inventory.ask("before")

# %% [markdown]
r"""
## If something goes wrong

**A cell hangs**, with a star in its brackets: choose *Kernel*, then *Interrupt*, and if that is no help *Kernel*, then *Restart Kernel*.

**A name is not defined**, or nothing fits together any more: choose *Kernel*, then *Restart Kernel and Run All Cells*. It stops at the first check that still refuses, which is where you are.

**You want a lesson fresh**: save and close it, choose *File*, then *New*, then *Terminal*, and write

    python -m course_utils.learn --again 04-collapse

with the name of the lesson.
If the course runs in your browser, with nothing installed, there is no terminal: rename your notebook in the list of files at the left (a right click shows *Rename*), and reload the page.
Your old notebook is kept beside the new one; nothing that you wrote is ever deleted.

**Next:** in lesson 01 you take one neuron apart. It is three numbers and a line, and there is more in it than one would think.
"""
