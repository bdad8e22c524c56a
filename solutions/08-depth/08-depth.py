# %% [markdown]
r"""
# Choose between deep and wide

By the end you will have drawn 1,024 pieces with twenty neurons, staged a race of deep against wide with a clear winner, and found out what the race had really measured.

Lesson 05 settled that one hidden layer can come as close to a curve as you like, and that each ReLU adds at most one corner.
So why does anybody stack layers?
One of our two articles gives two reasons: "efficiency", and that for edges, shapes and objects "we definitely need multiple hidden layers".

Take twenty ReLUs and one input.
Side by side in one layer they draw at most 21 straight pieces.
How many could the same twenty draw if you were free to arrange them?
"""

# %%
from course_utils import datasets, network, plotting, predictions
from course_utils.figures.depth import race, recorded, region_map, tent_composer

import functools

import numpy as np
from IPython.display import Markdown

# %% figure
hinges = np.arange(1, 21) / 21  # each ReLU begins at its hinge and changes the slope there
changes = np.array([-2.0, 2.0] * 10)
places = np.linspace(0, 1, 2101)
figure, ax = plotting.new(width=620, height=190)
ax.plot(places, 21 * (places + np.maximum(places[:, None] - hinges, 0) @ changes), color=plotting.BLUE)
ax.set(xlabel="x", yticks=[0, 1], xlim=(0, 1), title="twenty ReLUs in one layer")
plotting.show(figure, "A zigzag of 21 straight pieces over the stretch from 0 to 1, the work of twenty ReLUs side by side: "
              "each corner costs one of them.")

# %% [markdown]
r"""
## Fold a line

Take a strip of paper, one unit long, and fold it in the middle.
Every place $x$ in the left half stays, and every place in the right half lands on top of a place in the left half.
Now pull the folded strip to its old length: everything moves twice as far from the left end.

A place $x$ has gone up to $2x$ if it lay in the left half, and to $2 - 2x$ if it lay in the right half.
Drawn over $x$, that is a **tent**: from 0 up to 1 in the middle, and down to 0 again.
"""

# %% [markdown]
r"""
### Exercise 1: build the tent

Write `tent` as one layer of two ReLUs: a weighted sum of two bends, and a constant if you want one.
It has to be right on the stretch from 0 to 1; outside, two ReLUs do whatever they do, but they have two corners and no more.

Worked example: the tent sends 0, 0.25, 0.5, 0.75 and 1 to 0, 0.5, 1, 0.5 and 0.
"""


# %% exercise="tent"
def tent(x):
    """Return the tent over x, made of two ReLUs: 2x from 0 to one half, 2 - 2x from there to 1.

    x: array of numbers, of any shape. It stays as it is.

    >>> tent(np.array([0.0, 0.25, 0.5, 0.75, 1.0]))
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    ### BEGIN SOLUTION
    return 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)
    ### END SOLUTION


# %% [markdown] hints="tent"
r"""
Walk from left to right. Which slope do you start with, which slope do you end with, and by how much does the slope change at one half?

Lesson 05 had a name for what the weight of a hinge is: a *change* of slope. The first hinge may sit at 0, the second sits at 0.5, and its weight takes you from the slope 2 to the slope -2.
"""

# %% check="tent" points=2
import warnings

import numpy as np


def ask(x):
    given = x.copy()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = tent(x)
    except (ValueError, TypeError, RuntimeWarning) as problem:
        raise AssertionError(f"For the array {given.tolist()} tent stopped with: {problem}. The places come as an array; "
                             "if and max look at one number only, np.maximum looks at each.") from None
    assert found is not None, "Your tent ends without return, so its result is None."
    found = np.asarray(found, dtype=float)
    assert np.array_equal(x, given), "tent changed the places that it was given; others still need them."
    assert found.shape == given.shape, f"Places of the shape {given.shape} went in, and the shape {found.shape} came out. Each place has its own height."
    return found


x = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
y = ask(x.copy())
assert not np.allclose(y, [0, 0.5, 1, 1, 1]), (
    "Your tent rises to 1 and stays there: at 0.75 it is 1. After the second hinge the slope should be -2, and yours is 0: by how much does it have to change?")
assert not np.allclose(y, [0, 0.25, 0.5, 0.25, 0]), "Your tent is half as high as it should be: at 0.5 it is 0.5. The folded strip was pulled to its old length."
assert np.allclose(y, [0, 0.5, 1, 0.5, 0]), f"The tent sends {x} to [0, 0.5, 1, 0.5, 0]; yours sends it to {y}."
far = np.linspace(-3, 3, 601)
bends = np.abs(np.diff(ask(far), 2)) > 1e-9
corners = np.sum(bends & ~np.concatenate([[False], bends[:-1]]))
assert corners <= 2, (
    f"Between 0 and 1 your tent is right, but from -3 to 3 it has {corners} corners. Two ReLUs have two corners at most, wherever one looks.")
print("tent: up, down, and two corners.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(801)
for shape in [(9,), (3, 4), (1,), (2, 2, 2)]:
    x = rng.uniform(0, 1, shape)
    assert np.allclose(ask(x.copy()), np.minimum(2 * x, 2 - 2 * x), atol=1e-12), f"For places of the shape {shape} the tent is wrong."
assert np.allclose(ask(np.array([0, 1])), [0, 0]), "For the whole numbers 0 and 1 the tent is 0."
x = rng.uniform(0, 1, 50).astype(np.float32)
assert np.allclose(ask(x.copy()), np.minimum(2 * x, 2 - 2 * x), atol=1e-5), "With numbers of type float32 the tent is wrong."
### END HIDDEN TESTS

# %% [markdown]
r"""
### Exercise 2: fold again

A second layer of two ReLUs can fold what the first one has folded, a third one can fold that, and so on.
Applying a function again to its own result is called **composing** it with itself.

Write `compose`: apply a function to $x$, then to the result, `k` times in all.

Worked example: with $f(x) = 2x + 1$ and $x = 1$, three times gives 3, 7, 15. Zero times gives $x$ itself.
"""


# %% exercise="compose"
def compose(f, x, k):
    """Return f(f(...f(x)...)), with k times f. For k = 0 that is x.

    f: a function of arrays. x: array. k: whole number, 0 or more.

    >>> compose(lambda x: 2 * x + 1, np.array([1.0]), 3)
    array([15.])
    """
    ### BEGIN SOLUTION
    for _ in range(k):
        x = f(x)
    return x
    ### END SOLUTION


# %% [markdown] hints="compose"
r"""
What goes into the second application of f: the old x, or something else?

A loop of k rounds and one variable are enough. What should the variable hold before the first round, if k could be 0?
"""

# %% check="compose" points=1
import numpy as np


def f(x):
    return 2 * x + 1


found = {k: compose(f, np.array([1.0, -2.0]), k) for k in (0, 1, 2, 3)}
assert found[3] is not None, "Your compose ends without return, so its result is None."
assert not np.allclose(found[3], [9, -9]), "For f(x) = 2x + 1, three times, yours gives 9 at x = 1: three times the value of f. It should be f of f of f: 3, then 7, then 15."
assert not np.allclose(found[3], [27, -27]), "For f(x) = 2x + 1, three times, yours gives 27 at x = 1: the third power of f. It should be f of f of f: 3, then 7, then 15."
assert not np.allclose(found[3], [3, -3]), "For f(x) = 2x + 1, three times, yours gives 3 at x = 1, as after one time. What goes into the second application?"
assert not np.allclose(found[3], [31, -17]), "For f(x) = 2x + 1, three times, yours gives 31 at x = 1: that is four times f. Count the rounds, and the application before them, too."
assert np.allclose(found[3], [15, -9]), f"For f(x) = 2x + 1, three times, x = [1, -2] should become [15, -9]; yours is {found[3]}."
assert np.allclose(found[0], [1, -2]), f"Zero times f leaves x = [1, -2] as it is; yours gives {found[0]}."
assert np.allclose(found[1], [3, -3]) and np.allclose(found[2], [7, -5]), f"Once and twice f should give [3, -3] and [7, -5]; yours gives {found[1]} and {found[2]}."
print("compose: the same fold, again and again.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(802)
for k in [0, 1, 4, 9]:
    a, b = rng.uniform(-1.5, 1.5, 2)
    x = rng.normal(size=int(rng.integers(1, 6)))
    kept = x.copy()
    calls = []

    def counted(v, a=a, b=b, calls=calls):
        calls.append(1)
        return a * np.asarray(v) + b

    power = a**k
    wanted = power * x + b * sum(a**i for i in range(k))
    assert np.allclose(compose(counted, x, k), wanted), f"{k} times {a:.2f} x + {b:.2f} came out wrong."
    assert len(calls) == k, f"For k = {k} the function was called {len(calls)} times."
    assert np.array_equal(x, kept), "compose changed x."
### END HIDDEN TESTS

# %% [markdown]
r"""
### Exercise 3: count the pieces

To see what folding buys, count straight pieces.
You get samples of a curve: places `x` in rising order and heights `y`.
From one sample to the next the curve climbs with some slope, and along a straight piece these slopes are equal.

Two things to mind.
A corner may fall between two samples; then the gap that holds it has a slope of its own, somewhere in between, and this gap is no piece.
And computers round: take two slopes as equal if they differ by less than a millionth of the steepest one.
So a **piece** is a run of two or more neighbouring gaps with equal slopes.

Worked example: $|x - 2.5|$ at $x = 0, 1, \dots, 6$ has the slopes $-1, -1, 0, 1, 1, 1$. Two pieces; the slope 0 belongs to the gap with the corner.
"""


# %% exercise="count_pieces"
def count_pieces(x, y):
    """Return the number of straight pieces of a curve: runs of at least two gaps with equal slopes.

    x: array of shape (n,), rising, not always evenly spaced. y: array of shape (n,).

    >>> count_pieces(np.array([0, 1, 2, 3, 4, 5, 6]), np.array([2.5, 1.5, 0.5, 0.5, 1.5, 2.5, 3.5]))
    2
    """
    ### BEGIN SOLUTION
    slopes = np.diff(y) / np.diff(x)
    same = np.abs(np.diff(slopes)) <= 1e-6 * np.abs(slopes).max()
    begins = same & ~np.append(False, same[:-1])
    return int(begins.sum())
    ### END SOLUTION


# %% [markdown] hints="count_pieces"
r"""
Write the slopes of the worked example in a row, and under each pair of neighbours write whether they are equal: yes, no, no, yes, yes. How many pieces are there, and where do you see them in this second row?

`np.diff` gives differences of neighbours, for heights, places and slopes alike. Each unbroken run of "yes" is one piece, so count the places where a run begins: a "yes" that has no "yes" to its left.
"""

# %% check="count_pieces" points=2
import warnings

import numpy as np


def ask(x, y):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = count_pieces(x.copy(), y.copy())
    except (RuntimeWarning, ValueError, IndexError) as problem:
        raise AssertionError(f"For {len(x)} samples count_pieces stopped with: {problem}. {len(x)} samples have {len(x) - 1} gaps, and {len(x) - 2} places where two gaps meet.") from None
    assert found is not None, "Your count_pieces ends without return, so its result is None."
    assert np.size(found) == 1, f"count_pieces should return one number; yours returns {found!r}."
    return float(np.asarray(found).ravel()[0])


x = np.arange(0, 4.01, 0.25)
stairs = np.maximum(x - 1, 0) + np.maximum(x - 2, 0) + np.maximum(x - 3, 0)
found = ask(x, stairs)
assert found != 3, "A curve with the slopes 0, 1, 2, 3, one after the other, has four pieces, and yours counts 3: these are its corners."
assert found != 2, "A curve with the slopes 0, 1, 2, 3 has four pieces, and yours counts 2: it sees only where the curve changes between flat, up and down. A piece ends wherever the slope changes."
assert found != 1, "A curve with the slopes 0, 1, 2, 3 has four pieces, and yours counts 1. Its heights never change their sign; what tells a piece is the slope."
assert found == 4, f"A curve with the slopes 0, 1, 2, 3, one after the other, has four pieces; yours counts {found:g}."
x = np.arange(0.0, 7.0)
found = ask(x, np.abs(x - 2.5))
assert found != 3, "For |x - 2.5| at the places 0 to 6 yours counts 3: the gap with the corner has the slope 0, but one gap alone is no piece."
assert found == 2, f"For |x - 2.5| at the places 0 to 6 there are two pieces; yours counts {found:g}."
x = np.linspace(0, 1, 2001)
found = ask(x, 0.1 * x + 0.3)
assert found == 1, f"The line 0.1 x + 0.3 at 2,001 places is one piece; yours counts {found:g}. The slopes differ in the sixteenth digit: are you comparing them exactly?"
x = np.arange(0.0, 30.0) ** 2
found = ask(x, 2 * x + 1)
assert found == 1, f"The line 2x + 1 at the places 0, 1, 4, 9, ... is one piece; yours counts {found:g}. The gaps are of different width: a slope is a climb divided by the way."
assert ask(np.linspace(0, 1, 50), np.full(50, 3.0)) == 1, "A flat line is one piece."
print("count_pieces: pieces, not corners, not gaps.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(803)
for pieces in [1, 2, 5, 17, 60]:
    ends = np.concatenate([[0.0], np.cumsum(rng.uniform(0.5, 1.5, pieces))])
    slopes = rng.permutation(np.linspace(-4, 5, pieces)) if pieces > 1 else np.array([0.7])
    heights = np.concatenate([[0.0], np.cumsum(slopes * np.diff(ends))])
    for x in (np.linspace(0, ends[-1], 40 * pieces + 3), np.sort(rng.uniform(0, ends[-1], 200 * pieces))):
        x = np.unique(np.round(x, 6))
        found = ask(x, np.interp(x, ends, heights))
        assert found == pieces, f"A curve of {pieces} pieces, seen at {len(x)} places, was counted as {found:g}."
for k in range(1, 8):
    x = np.linspace(0, 1, 2 ** (k + 2) + 1)
    y = x
    for _ in range(k):
        y = np.minimum(2 * y, 2 - 2 * y)
    assert ask(x, y) == 2**k, f"The tent, {k} times, has {2**k} pieces."
### END HIDDEN TESTS

# %% [markdown]
r"""
Now fold, with your own three functions.

**Predict, then move the slider.** One fold makes two pieces. How many will two folds make, how many will ten?
Watch what a fold does to a zigzag that is already there.
"""

# %% figure
tent_composer(tent, compose, count_pieces)

# %% [markdown]
r"""
Each fold works on all the pieces there are, and doubles them.
After ten folds there are $2^{10} = 1024$.

A composition is a deep network: the weighted sum at the end of one tent and the scores at the beginning of the next are two affine steps in a row, and lesson 04 folded such a pair into one.
Here it is in full, ten layers of two ReLUs.
"""

# %%
ten_layers = [(np.array([[1.0, 1.0]]), np.array([0.0, -0.5]))]
ten_layers += [(np.array([[2.0, 2.0], [-4.0, -4.0]]), np.array([0.0, -0.5]))] * 9
ten_layers += [(np.array([[2.0], [-4.0]]), np.array([0.0]))]
x = np.linspace(0, 1, 2**12 + 1)
_, heights = network.forward(ten_layers, x[:, None], "relu")
tent_pieces = count_pieces(x, heights[:, 0])
distance = np.abs(heights[:, 0] - compose(tent, x, 10)).max()
numbers = sum(W.size + b.size for W, b in ten_layers)
print(f"the network's largest distance from ten tents: {distance:.1g}")
print(f"ten layers of two: 20 ReLUs, {numbers} numbers, {tent_pieces:,} pieces")
print(f"one layer: {tent_pieces - 1:,} ReLUs, {3 * (tent_pieces - 1) + 1:,} numbers for the same curve")

# %% [markdown]
r"""
Telgarsky (2015) built a theorem on this zigzag: there are tasks that a narrow deep network solves without error, while every shallow network needs exponentially many units to come near.
Eldan and Shamir (2016) found a function of many inputs for which a single added layer makes that difference.
So the article is right: depth *can* be more efficient, and by any factor you like.
"""

# %% [markdown]
r"""
## What depth does without being told

We chose all sixty-one numbers of that network by hand.
Suppose you take 24 ReLUs and draw their weights and biases at random, as a network has them before training.
Arrange them as one layer of 24, as four layers of six, or as eight layers of three, and count the pieces of the output along a line.
"""

# %% predict="random-relus"
predictions.ask("random-relus", "24 ReLUs with random weights and biases. "
                "Which arrangement draws more pieces on a line, on average?",
                ["one layer of 24, about twice as many or more",
                 "eight layers of 3, about twice as many or more",
                 "about equally many"])


# %%
def random_pieces(widths, seed, x=np.linspace(-3, 3, 6001)):
    """Return the number of pieces of a random ReLU network of one input with these hidden layers."""
    rng = np.random.default_rng(seed)
    params = [(W, 0.5 * rng.normal(size=len(b))) for W, b in network.init([1, *widths, 1], rng, "relu")]
    return count_pieces(x, network.forward(params, x[:, None], "relu")[1][:, 0])


# %% figure
random_counts = {}
for widths in ([24], [6] * 4, [3] * 8):
    counts = np.array([random_pieces(widths, seed) for seed in range(200)])
    half = 1.96 * counts.std(ddof=1) / np.sqrt(len(counts))
    random_counts[len(widths)] = counts.mean(), half, counts
    low, high = counts.mean() - half, counts.mean() + half
    print(f"{str(widths):26s} {counts.mean():5.1f} pieces, interval {low:.1f} to {high:.1f}")

# %% figure
predictions.reveal("random-relus", "one layer of 24, about twice as many or more",
                   f"On average {random_counts[1][0]:.1f} pieces with one layer of 24 "
                   f"and {random_counts[8][0]:.1f} with eight layers of three.")
figure, axes = plotting.new(columns=3, width=860, height=270)
for ax, (depth, (mean, half, counts)) in zip(axes, random_counts.items()):
    ax.hist(counts, bins=np.arange(0, 38) - 0.5, color=plotting.BLUE, alpha=0.8)
    ax.axvline(mean, color=plotting.BLACK, lw=1.5, ls="--")
    ax.set(title=f"{depth} layer{'s' * (depth > 1)} of {24 // depth}: mean {mean:.1f}",
           xlabel="pieces", xlim=(0, 36), ylim=(0, 110))
axes[0].set_ylabel("networks of 200")
plotting.show(figure, "Histograms of the number of pieces of 200 random networks of 24 ReLUs. " + " ".join(
    f"{depth} layers of {24 // depth}: mean {mean:.1f}, plus or minus {half:.1f}, from {counts.min()} to {counts.max()}."
    for depth, (mean, half, counts) in random_counts.items()))

# %% [markdown]
r"""
(The interval of a mean is the mean plus and minus 1.96 times the spread of the counts divided by the root of their number.)

At random, depth multiplies nothing.
A fold doubles pieces only if it sits exactly across what is there, and random folds sit anywhere; in narrow layers many ReLUs are closed for good, and some of these networks are dead from birth and draw a single flat piece.
Hanin and Rolnick (2019) proved the general rule: in a random network the average number of pieces along a line grows in proportion to the number of ReLUs, and not exponentially with the depth; in their experiments training did not change that picture.

So there are two true sentences.
*In the best case depth multiplies pieces. In the ordinary case pieces are counted in ReLUs.*

Does training find the best case?
With two inputs a piece is a flat tile of the plane, bounded by the hinges.
Below, three networks of 16 ReLUs learn two spirals, and each tile has its own shade.

**Predict, then move the slider.** At the start the tiles of one layer are cut by 16 straight lines. Which of the three networks will have the most tiles after training, and where will they gather?
"""

# %% figure
region_map()

# %% [markdown]
r"""
In one layer every hinge runs straight through the whole plane.
In a deeper network the hinges of later layers have corners wherever they cross an earlier hinge: they bend in order to go where they are wanted.
No explosion, in any of the three, and no simple order between them.
"""

# %% [markdown]
r"""
## A fair race needs equal budgets

Counting pieces does not settle which network *learns* better.
For that they have to race, and a race is worth watching only if no runner has more to work with.
The budget of a network is its number of weights and biases, as you counted them in lesson 04.

### Exercise 4: match the budgets

Write `match_params`: the largest width such that a network of `depth` hidden layers, all of this width, has at most `budget` weights and biases.
If even the width 1 is too dear, return 0.

Worked example: two inputs, one output, two hidden layers of $w$ have $3w$ numbers in the first layer, $w^2 + w$ in the second and $w + 1$ in the output neuron.
For the budget 337 that gives $w = 16$: $48 + 272 + 17 = 337$.
"""


# %% exercise="match_params"
def match_params(depth, budget, d_in, d_out):
    """Return the largest width w for which the network d_in -> w -> ... -> w -> d_out is affordable.

    depth: number of hidden layers, 1 or more. budget: the most weights and biases it may have.
    d_in, d_out: number of inputs and outputs.

    >>> match_params(2, 337, 2, 1)
    16
    """
    ### BEGIN SOLUTION
    def cost(width):
        sizes = [d_in] + [width] * depth + [d_out]
        return sum(n * m + m for n, m in zip(sizes, sizes[1:]))

    width = 0
    while cost(width + 1) <= budget:
        width += 1
    return width
    ### END SOLUTION


# %% [markdown] hints="match_params"
r"""
For a given width, how many numbers does the network have? How many of its weight matrices run from one hidden layer to the next, if there are `depth` hidden layers?

Count first, for one given width, as you did in lesson 04. Then begin with the width 0 and make it larger for as long as the next one is still affordable.
"""

# %% check="match_params" points=3
import numpy as np


def ask(*arguments):
    try:
        found = match_params(*arguments)
    except (ZeroDivisionError, ValueError, TypeError) as problem:
        raise AssertionError(f"match_params{arguments} stopped with: {problem}. With depth 1 there is no matrix between hidden layers: does a formula of yours divide by how many there are?") from None
    assert found is not None, "Your match_params ends without return, so its result is None."
    assert np.size(found) == 1 and float(np.asarray(found).ravel()[0]).is_integer(), f"match_params{arguments} should return a whole number; yours returns {found!r}."
    return int(np.asarray(found).ravel()[0])


found = ask(2, 337, 2, 1)
assert found != 17 or ask(2, 336, 2, 1) != 16, (
    "For two hidden layers and the budget 337 yours says 17, and this network costs 375: it is over the budget. And for 336 even 16 is too dear by one.")
assert found != 17, "For two hidden layers and the budget 337 yours says 17, and 17 cost 375 numbers. Did you count both ends of the network, from the inputs and to the output?"
assert found != 11, "For two hidden layers and the budget 337 yours says 11. Two hidden layers have one matrix between them, and yours pays for two of them."
assert found == 16, f"For two hidden layers and the budget 337 the width 16 costs exactly 337; yours says {found}."
assert ask(2, 336, 2, 1) != 16 or ask(2, 304, 2, 1) != 16, "For the budget 304 yours says 16, and the width 16 costs 337. The weights alone cost 304: does every neuron of yours have its bias?"
assert ask(2, 336, 2, 1) == 15, f"With 336 numbers the width 16 is too dear by one, so the answer is 15; yours is {ask(2, 336, 2, 1)}. At most the budget, not about the budget."
found = ask(1, 337, 2, 1)
assert found == 84, f"One hidden layer of w costs 3w + w + 1 numbers, so 337 buy 84; yours says {found}."
assert [ask(3, 337, 2, 1), ask(4, 337, 2, 1)] == [11, 9], f"With three and four hidden layers 337 numbers buy the widths 11 and 9; yours says {ask(3, 337, 2, 1)} and {ask(4, 337, 2, 1)}."
found = ask(1, 1000, 10, 3)
assert found == 71, f"With ten inputs and three outputs one hidden layer costs 14 w + 3, so 1,000 numbers buy 71; yours says {found}. The inputs and outputs are arguments."
assert ask(2, 5, 2, 1) == 0, f"Two hidden layers of one neuron cost 7 numbers. With a budget of 5 the answer is 0; yours is {ask(2, 5, 2, 1)}."
found = ask(1, 10_001, 2, 1)
assert found == 2500, f"With one hidden layer 10,001 numbers buy the width 2,500; yours says {found}. Does your search stop before the money does?"
print("match_params: equal purses for all runners.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(804)
for _ in range(60):
    depth, d_in, d_out = (int(n) for n in rng.integers(1, 7, 3))
    budget = int(rng.integers(1, 5000))
    prices = [(d_in + 1) * w + (depth - 1) * (w + 1) * w + (w + 1) * d_out for w in range(2600)]
    wanted = max(w for w in range(2600) if w == 0 or prices[w] <= budget)
    found = ask(depth, budget, d_in, d_out)
    assert found == wanted, f"match_params({depth}, {budget}, {d_in}, {d_out}) should be {wanted}; yours is {found}."
### END HIDDEN TESTS

# %%
for depth in (1, 2, 3, 4):
    print(f"{depth} hidden layer{'s' * (depth > 1):1s} of {match_params(depth, 337, 2, 1)}")

# %% [markdown]
r"""
A stroke of luck: one layer of 84 and two layers of 16 cost exactly 337 each.
"""

# %% [markdown]
r"""
## One run is no evidence

Train the same network twice from two seeds, and once it may succeed and once fail.
So a result is a **success rate**: the share of seeds that reach the goal, together with an interval that says how far to trust it.

The interval in most schoolbooks is $p \pm z\sqrt{p(1-p)/n}$, with $p$ the rate, $n$ the number of runs and $z = 1.96$ for 95 %.
Try it on 20 successes in 20 runs: $p = 1$, the root is 0, and it claims that failure is impossible, after twenty runs.

**Wilson's interval** (1927), which you met in lesson 06, asks the question the other way round: for which true rates would our count be no surprise?
Solving for the rate gives a centre and a half width,

$$\frac{p + \frac{z^2}{2n}}{1 + \frac{z^2}{n}} \qquad\text{and}\qquad \frac{z}{1 + \frac{z^2}{n}}\sqrt{\frac{p(1-p)}{n} + \frac{z^2}{4n^2}}.$$

For 20 of 20 it says: somewhere from 84 % to 100 %.

### Exercise 5: measure a success rate

The task is the ring of lesson 06, 100 points.
Write `success_rate`. Train `n_seeds` networks with one hidden layer of `width` units and the activation `act`, from the seeds $0, 1, \dots,$ `n_seeds` $- 1$, for 300 steps at the rate 0.05.
A network **succeeds** if at the end at least 99 % of the points are on their own side.
Return the rate and the two ends of Wilson's interval, computed by your own code.

The trainer is the one that lesson 07 introduced; the cell below reminds you of what it takes and gives.

Worked example: three ReLU units from the first four seeds succeed twice; 2 of 4 gives the rate 0.5 and the interval from 0.15 to 0.85.
"""

# %%
ring_X, ring_y = datasets.ring(100)
networks, losses, accuracies = network.train(
    [2, 3, 1], ring_X, ring_y, "relu", steps=300, rate=0.05, seeds=[0, 1, 2, 3])
print("a row for each network, a column for each step and one for the start:", accuracies.shape)
print("at the end:", accuracies[:, -1])


# %% exercise="success_rate"
def success_rate(width, act, n_seeds):
    """Return (rate, low, high): how many networks 2 -> width -> 1 learn the ring, with Wilson's interval.

    Train on ring_X, ring_y with network.train: 300 steps, rate 0.05, seeds 0, 1, ..., n_seeds - 1.
    A network succeeds if at least 99 % of the points are right after the last step. Use z = 1.96.

    >>> success_rate(3, "relu", 4)          # rounded
    (0.5, 0.15, 0.85)
    """
    ### BEGIN SOLUTION
    seeds = list(range(n_seeds))
    _, _, right = network.train([2, width, 1], ring_X, ring_y, act, steps=300, rate=0.05, seeds=seeds)
    n, z = n_seeds, 1.96
    p = np.mean(right[:, -1] >= 0.99)
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return float(p), float(max(centre - half, 0)), float(min(centre + half, 1))
    ### END SOLUTION


# %% [markdown] hints="success_rate"
r"""
Which column of `accuracies` tells how each network ended, and how do you turn its numbers into a count of successes? And how many different seeds did the trainer see?

`network.train` takes a list of seeds and trains them all at once. Compare the last column with 0.99, and the mean of the answers is $p$. The formula of the interval needs $p$, $n$ and $z$ and nothing else.
"""

# %% check="success_rate" points=4
import warnings

import numpy as np
from course_utils import datasets, network


def ask(width, act, n):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = success_rate(width, act, n)
    except (RuntimeWarning, ZeroDivisionError, TypeError, ValueError, IndexError) as problem:
        raise AssertionError(f"success_rate({width}, '{act}', {n}) stopped with: {problem}") from None
    assert isinstance(found, (tuple, list, np.ndarray)) and len(found) == 3, f"success_rate should return three numbers, the rate and the two ends of the interval; yours returns {found!r}."
    return [float(np.asarray(part).ravel()[0]) for part in found]


def truth(width, act, n):
    *_, accuracies = network.train([2, width, 1], *datasets.ring(100), act, steps=300, rate=0.05, seeds=list(range(n)))
    return int(np.sum(accuracies[:, -1] >= 0.99))


def look(width, act, n):
    rate, low, high = ask(width, act, n)
    k = rate * n
    where = f"success_rate({width}, '{act}', {n})"
    assert abs(k - round(k)) < 1e-6, f"{where} has the rate {rate:.4f}, which is {k:.2f} of {n} networks. A rate counts networks that succeed; a mean of their accuracies is something else."
    assert not (round(k) in (0, n) and 2 < truth(width, act, n) < n - 2), (
        f"In {where} all {n} networks ended alike, and from {n} different seeds they do not: {n} times the same seed is one run, counted {n} times.")
    wanted = truth(width, act, n)
    assert abs(k - wanted) < 1.5, (
        f"Of the {n} networks 2 -> {width} -> 1 with '{act}' and the seeds 0 to {n - 1}, {wanted} end with at least 99 % right; yours counts {k:.0f}. Look at the sizes, the steps, the rate, and at which column you judge.")
    spread = np.sqrt(rate * (1 - rate) / n)
    middle, root = (rate + 1.96**2 / 2 / n) / (1 + 1.96**2 / n), 1.96 / (1 + 1.96**2 / n) * np.sqrt(rate * (1 - rate) / n + 1.96**2 / 4 / n**2)
    assert not np.allclose([low, high], [rate - 1.96 * spread, rate + 1.96 * spread], atol=1e-3), (
        f"For {k:.0f} of {n} your interval runs from {low:.3f} to {high:.3f}, the same way to both sides: that is the schoolbook's. Where all runs succeed it would claim to be certain.")
    assert not np.allclose([low, high], [middle - root / 1.96, middle + root / 1.96], atol=1e-3), (
        f"For {k:.0f} of {n} your interval runs from {low:.3f} to {high:.3f}: it is too narrow by the factor 1.96. Where does z stand in the half width?")
    assert abs(low - (middle - root)) < 2e-3 and abs(high - (middle + root)) < 2e-3, (
        f"For {k:.0f} of {n} Wilson's interval runs from {middle - root:.3f} to {middle + root:.3f}; yours runs from {low:.3f} to {high:.3f}.")


look(3, "relu", 20)
look(8, "tanh", 10)
look(1, "relu", 5)
look(3, "tanh", 25)
print("success_rate: a rate, and how far to trust it.")
### BEGIN HIDDEN TESTS
look(3, "relu", 30)
look(4, "relu", 13)
look(3, "tanh", 25)
look(2, "tanh", 7)
look(6, "relu", 1)
look(5, "sigmoid", 9)
### END HIDDEN TESTS

# %% figure
for width in (2, 3, 4, 6, 8):
    rate, low, high = success_rate(width, "relu", 40)
    print(f"{width} ReLU units: {rate:4.0%} of 40 seeds, interval {abs(low):.0%} to {high:.0%}")

# %% [markdown]
r"""
With one run each you could have reported any order of 3, 4 and 6 units.
With forty you see what is sure (two units hardly ever do it, if at all, and eight nearly always) and what is not (whether six are better than four).
"""

# %% [markdown]
r"""
## The race of 1988

In 1988 Alexis Wieland put a task to the young field: two spirals, three turns each, 97 points a spiral.
Lang and Witbrock (1988) solved it with three hidden layers of five units in which every layer also fed all the later ones, in some 20,000 passes through the points.
"Such a highly non-linear problem would clearly benefit from the computational power of many layers", they wrote.

Here are their points, regenerated from the published formula, and two runners with 337 numbers each: one layer of 84 tanh units, and two layers of 16.
Forty seeds each, the same points, the same trainer, the same steps.
All biases start at 0, as lesson 06 had it.

**Predict, then press Start.** Which of the two will have more runs with 99 % of the points right? Leave the switch "Biases start" where it is.
"""

# %% figure
race()

# %%
X, y = datasets.lang_witbrock()
X = X / 3.25  # from about -2 to 2


def spread_start(sizes, act, spread, seeds):
    """Return for each seed a network as lesson 06 starts it, with hidden biases of this spread around 0."""
    networks = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        *hidden, last = network.init(sizes, rng, act)
        networks.append([(W, spread * rng.normal(size=len(b))) for W, b in hidden] + [last])
    return networks


def finishers(hidden, spread, seeds, steps=2000):
    """Return how many of these tanh networks end with at least 99 % of the spirals' points right."""
    start = spread_start([2, *hidden, 1], "tanh", spread, seeds)
    *_, accuracies = network.train(
        [2, *hidden, 1], X, y, "tanh", steps, 0.02, start=start, dtype=np.float32)
    return int(np.sum(accuracies[:, -1] >= 0.99))


# %% figure
fresh = range(100, 110)
for hidden in ([84], [16, 16]):
    count = finishers(hidden, 0, fresh)
    print(f"{str(hidden):9s} biases at 0: {count:2d} of {len(fresh)} fresh seeds, 2,000 steps")

# %% [markdown]
r"""
Not one of the wide networks gets there in 8,000 steps, and nearly all of the deep ones do.
The intervals are far apart, the budgets are equal, the seeds are many, and fresh seeds on your own machine say the same.
Surely this settles it: such a task *needs* two layers.

Would you sign that?
"""

# %% predict="spread-biases"
predictions.ask("spread-biases", "Same networks, same points, same steps. Only the hidden biases now start "
                "spread out, with spread 1 instead of 0. Who finishes more often?",
                ["still the deep ones, by far", "about equally often", "now the wide ones"])

# %% figure
for hidden in ([84], [16, 16]):
    count = finishers(hidden, 1, fresh)
    print(f"{str(hidden):9s} biases spread: {count:2d} of {len(fresh)} fresh seeds, 2,000 steps")

# %% figure
finish = {name: int(np.sum(counts[:, -1] >= 0.99 * len(y))) for name, counts in recorded().items()}
predictions.reveal("spread-biases", "now the wide ones",
                   f"Of 40 runs each, after 8,000 steps: {finish['wide-1']} of the wide ones and "
                   f"{finish['deep-1']} of the deep ones; with biases at 0 it was {finish['wide-0']} and {finish['deep-0']}.")

# %% [markdown]
r"""
Go back to the figure, switch "Biases start" to "spread out", and press Start again.

A likely reason: with all biases at 0 every bend of the wide layer begins as a line through the middle of the picture, like the spokes of a wheel, and the arms of the spirals run across the spokes.
The wide network would have to move dozens of bends outwards, with little to reward it on the way.
Spread the biases, and the bends lie all over the plane from the start.
The second layer of the deep network makes its own offsets out of the first, so it can do without.

The first result was no mistake: equal budgets, many seeds, and true.
But it was a statement about two networks *with biases at 0*, and we read it as a statement about depth.
The 84 units had the ability all along; what they lacked was a start from which walking downhill finds it.
"""

# %% [markdown]
r"""
## Do hierarchies need layers?

"To work with hierarchical structures, e.g. put together edges into shapes, then shapes into objects, we definitely need multiple hidden layers."
The picture behind this sentence comes from networks that look at photographs through small shared windows, called convolutional networks.
Zeiler and Fergus (2014) showed what the layers of one of them respond to: corners and edges low down, textures above them, and whole objects at the top.
That is how one deep network did it. It is no proof that nothing else can.

In fact the sentence contradicts its own article, which said before that one hidden layer is always enough.
Take a task that looks like a hierarchy if anything does, **parity**: is the number of ones among eight bits odd?
Pairs of bits, pairs of pairs, and so on: three levels.
And here is one hidden layer of eight ReLUs that all look at the sum of the bits, hinge by hinge as in lesson 05.
"""

# %%
bits = np.array([[int(digit) for digit in f"{number:08b}"] for number in range(256)])
hidden = np.maximum(bits @ np.ones((8, 8)) - np.arange(8), 0)
says_odd = hidden @ np.array([1, -2, 2, -2, 2, -2, 2, -2]) > 0.5
parity_right = int(np.sum(says_odd == bits.sum(axis=1) % 2))
print(f"one hidden layer of 8 ReLUs: {parity_right} of 256 bit patterns right")

# %% [markdown]
r"""
"Definitely need" is too strong.
A fair sentence is: depth can save many units where the task folds onto itself, nobody can promise that a given task does, and whether training finds the saving is a matter of experiment.
"""

# %% [markdown]
r"""
## Is the newer one better?

The same caution helps with another question that is "unclear" in our second article: will newer activations "consistently outperform the classics"?
You know tanh and the ReLU; the **GELU** (Hendrycks and Gimpel 2016) is a ReLU with a soft corner, used in many language models.
One hidden layer of 64, the spirals again, 600 steps, 20 seeds; this time a run succeeds with 80 % of the points, since the budget is short.
"""


# %%
@functools.cache
def spiral_runs(act, spread, seeds=20):
    """Return for each seed whether 64 such units have 80 % of the spirals' points right after 600 steps."""
    start = spread_start([2, 64, 1], act, spread, range(seeds))
    *_, accuracies = network.train([2, 64, 1], X, y, act, 600, 0.1, start=start, dtype=np.float32)
    return [bool(last >= 0.8) for last in accuracies[:, -1]]


# %% figure
contest = {}
for act in ("tanh", "relu", "gelu"):
    rate, low, high = contest[act, 0] = network.wilson(sum(spiral_runs(act, 0)), 20)
    print(f"{act}: {rate:4.0%} of 20 seeds, interval {low:.0%} to {high:.0%}")

# %% [markdown]
r"""
Both of the younger ones beat the classic, and the intervals do not even touch.
A paper could end here.

You know by now what to ask: where did the biases start? At 0. So try two other spreads.
"""

# %% figure
for act in ("tanh", "relu", "gelu"):
    rate, low, high = contest[act, 1] = network.wilson(sum(spiral_runs(act, 1)), 20)
    print(f"spread 1, {act}: {rate:4.0%} of 20 seeds, interval {low:.0%} to {high:.0%}")

# %% figure
for act in ("tanh", "relu", "gelu"):
    rate, low, high = contest[act, 2] = network.wilson(sum(spiral_runs(act, 2)), 20)
    print(f"spread 2, {act}: {rate:4.0%} of 20 seeds, interval {low:.0%} to {high:.0%}")

# %% figure
figure, ax = plotting.new(width=620, height=330)
looks = {"tanh": (plotting.BLUE, "o"), "relu": (plotting.ORANGE, "^"), "gelu": (plotting.GREEN, "s")}
for shift, (act, (color, marker)) in enumerate(looks.items()):
    rate, low, high = np.transpose([contest[act, spread] for spread in (0, 1, 2)])
    ax.errorbar(np.arange(3) + 0.14 * (shift - 1), rate, [rate - low, high - rate],
                color=color, marker=marker, ls="", capsize=4, ms=8, label=act)
ax.set(xticks=[0, 1, 2], xlabel="spread of the hidden biases at the start",
       ylabel="share of runs that succeed", ylim=(-0.04, 1.04), xlim=(-0.5, 3.1))
ax.legend(frameon=False, loc="center right")
plotting.show(figure, "Success rates on the Lang-Witbrock spirals with 95 % intervals. " + " ".join(
    f"Bias spread {spread}: " + ", ".join(f"{act} {contest[act, spread][0]:.0%}" for act in looks) + "."
    for spread in (0, 1, 2)))

# %% [markdown]
r"""
At the spread 0 tanh comes last, at 1 and at 2 it comes first, and each time its interval lies clear of the other two.
Every single comparison was fair, and each result belongs to its own start.
Something that changes along with what you compare, or that your result silently rests on, is called a **confounder**; here it turned the last into the first.

It is no peculiarity of toys. Eger, Youssef and Gurevych (2018) compared 21 activations on eight tasks of language processing: the one that proved most stable was a little-known variant of tanh, while Ramachandran, Zoph and Le (2017) had reported gains over the ReLU for the "swish" that their search had found.
Both can be right, on their tasks, with their settings.
"""

# %% [markdown]
r"""
### Think about it

A colleague's network has one hidden layer of 50 units, and it fails on a task in 6 of 10 runs.
She may spend another 2,000 numbers.
When would you tell her to add a layer, and when to add units or to change something else? What would you measure first? Use numbers from this lesson. Four to seven sentences.
"""

# %% [markdown] reflection="layer-or-units" points=2
r"""
### BEGIN SOLUTION
Before adding anything I would find out whether the network lacks ability or lacks a good start: 4 of 10 runs succeed, so the ability is there, and 10 runs leave an interval from 17 % to 69 %, so more seeds come first.
Then I would change the start (the spread of the biases, the step size): on the spirals 84 units went from 0 of 40 to 40 of 40 by that alone, with no added number.
If a fair comparison at an equal budget is still needed, I would run both the wider and the deeper network on the same seeds with the same steps and compare rates with intervals.
I would expect a layer to pay where the task folds onto itself or is built from parts of parts (the tent: 20 ReLUs instead of 1,023), and more units where it needs many unrelated bends.
At random depth does not multiply pieces (about 6 with eight layers of three, about 23 with one layer of 24), and narrow deep networks can be dead from birth, so a layer is no safe bet.

**Rubric.**
1 point: names a condition in favour of a layer (composition, folding, efficiency) and one in favour of units or of another start, with at least one number from the lesson.
1 point: proposes a fair measurement: several seeds with an interval, equal budget, and the same start and data for both.
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
ring_rate = success_rate(3, "relu", 20)
finish = {name: int(np.sum(counts[:, -1] >= 0.99 * len(y))) for name, counts in recorded().items()}


def percent(found):
    return f"{found[0]:.0%} ({found[1]:.0%} to {found[2]:.0%})"


Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S13 | Several layers can be more efficient. True of the best case (Telgarsky 2015; Eldan and Shamir 2016); random networks show nothing like it (Hanin and Rolnick 2019). | Ten folds: {tent_pieces:,} pieces from 20 ReLUs, where one layer needs {tent_pieces - 1:,}. At random, 24 ReLUs in 1, 4, 8 layers: {", ".join(f"{mean:.1f} ± {half:.1f}" for mean, half, _ in random_counts.values())} pieces. |
| S14 | "For hierarchies we definitely need many layers." Too strong: never needed in principle, sometimes cheaper; the edges-to-objects picture describes convolutional networks (Zeiler and Fergus 2014). | Parity of eight bits with one hidden layer: {parity_right} of 256. Spirals, {match_params(1, 337, 2, 1)} against 16 + 16 units, 337 numbers each: {finish["wide-0"]} to {finish["deep-0"]} of 40 with biases at 0, {finish["wide-1"]} to {finish["deep-1"]} with spread biases. |
| S42 | It is unclear whether newer activations consistently outperform. Right: of 21 activations on eight tasks a little-known variant of tanh was the most stable (Eger, Youssef and Gurevych 2018). | Spirals, tanh against GELU: {percent(contest["tanh", 0])} to {percent(contest["gelu", 0])} at spread 0, {percent(contest["tanh", 1])} to {percent(contest["gelu", 1])} at spread 1. |
| S43 | So test empirically. Yes: with many seeds and an interval. | Three ReLUs on the ring: {percent(ring_rate)} of 20 seeds. |
| S44 | Activation is an engineering decision, and depth alone is no answer. Yes, and the start is one as well. | ReLU, 64 units, bias spread 0, 1, 2: {", ".join(percent(contest["relu", spread]) for spread in (0, 1, 2))}; tanh: {", ".join(percent(contest["tanh", spread]) for spread in (0, 1, 2))}. |

**Next:** all these networks say 0 or 1. When one of them says "92 % sure", may you believe it?
""")

# %% [markdown]
r"""
## Further

The rest is for those who want it; the course goes on without it.

### Further 1: count the tiles

Sixteen lines cut the plane into at most 137 tiles; where does that number come from?
Add lines one by one. A new line that crosses $m$ others is cut by them into $m + 1$ parts, and each part splits one tile in two.
In general position (no two hyperplanes parallel, no more of them through a point than must be) $D$ hyperplanes cut a space of $d$ dimensions into

$$\binom{D}{0} + \binom{D}{1} + \dots + \binom{D}{d}$$

regions. $\binom{D}{k}$ is the number of ways to choose $k$ things out of $D$, which is 0 if there are fewer than $k$ things.
Zaslavsky's theorem counts the regions of any arrangement, and this is its simplest case.

Write `zaslavsky`. Worked example: three lines in the plane give $1 + 3 + 3 = 7$ regions.
"""


# %% exercise="zaslavsky"
def zaslavsky(D, d):
    """Return into how many regions D hyperplanes in general position cut a space of d dimensions.

    D: whole number, 0 or more. d: whole number, 1 or more.

    >>> zaslavsky(3, 2)
    7
    """
    ### BEGIN SOLUTION
    total, ways = 0, 1
    for k in range(d + 1):
        total += ways
        ways = ways * (D - k) // (k + 1)
    return total
    ### END SOLUTION


# %% [markdown] hints="zaslavsky"
r"""
With no line at all, how many regions has the plane, and which term of the sum says so? With two planes in three dimensions, how many regions are there, and which terms are 0?

Python's `math.comb(D, k)` gives the number of choices, and it is 0 where k is larger than D. How many terms does the sum have?
"""

# %% check="zaslavsky" points=2
import math

import numpy as np


def ask(D, d):
    try:
        found = zaslavsky(D, d)
    except (ValueError, ZeroDivisionError, OverflowError) as problem:
        raise AssertionError(f"zaslavsky({D}, {d}) stopped with: {problem}. With fewer hyperplanes than dimensions some terms have nothing to choose from, and are 0.") from None
    assert found is not None, "Your zaslavsky ends without return, so its result is None."
    assert np.size(found) == 1, f"zaslavsky should return one number; yours returns {found!r}."
    return float(np.asarray(found).ravel()[0])


assert ask(3, 2) != 4, "Three lines cut the plane into 7 regions; yours says 4. The last term of the sum is missing: three pairs of lines cross, too."
assert ask(3, 2) != 6, "Three lines cut the plane into 7 regions; yours says 6. Even with no line there is one region."
assert ask(3, 2) != 8, "Three lines have eight patterns of sides, but one of the eight occurs nowhere in the plane: 7 regions."
assert ask(3, 2) == 7, f"Three lines cut the plane into 7 regions; yours says {ask(3, 2):g}."
assert ask(16, 2) == 137, f"Sixteen lines cut the plane into 137 regions; yours says {ask(16, 2):g}."
assert ask(5, 1) == 6, f"Five points cut a line into 6 parts; yours says {ask(5, 1):g}. The number of dimensions counts."
assert ask(4, 3) == 15, f"Four planes cut the space into 15 regions; yours says {ask(4, 3):g}."
assert ask(2, 5) == 4, f"Two hyperplanes in five dimensions make 4 regions; yours says {ask(2, 5):g}."
print("zaslavsky: one region to begin with, and one more for each way to meet.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(806)
table = {}


def regions(D, d):
    # a new hyperplane adds as many regions as the old ones cut it into
    if D == 0 or d == 0:
        return 1
    if (D, d) not in table:
        table[D, d] = regions(D - 1, d) + regions(D - 1, d - 1)
    return table[D, d]


for D in range(0, 26):
    for d in range(1, 9):
        assert ask(D, d) == regions(D, d), f"zaslavsky({D}, {d}) should be {regions(D, d)}; yours is {ask(D, d):g}."
for D, d in rng.integers(1, 9, (10, 2)):
    assert ask(int(D), int(D + d)) == 2 ** int(D), f"With {D} hyperplanes in {D + d} dimensions every pattern of sides occurs."
assert ask(60, 20) == sum(math.comb(60, k) for k in range(21)), "zaslavsky(60, 20) is wrong."
### END HIDDEN TESTS

# %% [markdown]
r"""
Does the formula hold? Call a witness that knows nothing of it.
A region is known by its pattern: on which side of each hyperplane it lies.
Around every point where $d$ hyperplanes meet, all $2^d$ combinations of *their* sides occur, and the other hyperplanes tell their side by computing. Collect the patterns and count.
"""


# %%
def regions_by_force(D, d, rng):
    """Return the number of side patterns of D random hyperplanes in d dimensions (D at least d)."""
    import itertools

    A, c = rng.normal(size=(D, d)), rng.normal(size=D)
    patterns = set()
    for meeting in itertools.combinations(range(D), d):
        corner = np.linalg.solve(A[list(meeting)], -c[list(meeting)])
        sides = A @ corner + c > 0
        for choice in itertools.product([False, True], repeat=d):
            sides[list(meeting)] = choice
            patterns.add(tuple(sides))
    return len(patterns)


# %% figure
rng = np.random.default_rng(8)
for D, d in [(4, 2), (8, 2), (16, 2), (5, 3), (9, 3), (6, 4)]:
    forced = regions_by_force(D, d, rng)
    print(f"{D:2d} hyperplanes in {d} dimensions: formula {zaslavsky(D, d)}, by force {forced}")

# %% [markdown]
r"""
### Further 2: born dead

Some of the random networks above drew one flat piece.
In a narrow layer it happens that all units are closed for every point; what follows gets zeros and nothing else, the slopes are zero as well, and no training can help.
Such a network is **born dead**, and with a fixed width that becomes as good as certain as the depth grows (lesson 06 named the theorem).

Write `born_dead_rate`: the share of dead networks among 500.
Draw 100 points, `rng.normal(size=(100, 2))`, and then 500 networks, `network.init([2] + [width] * depth, rng, "relu")`, where every pair is a hidden layer with the ReLU behind it.
A network is dead if its last hidden layer says 0 at all its units for all the points.

Worked example: with the width 1 each layer after the first survives only if its one weight is positive, so with the depth 3 about $1 - \tfrac12 \cdot \tfrac12 = 75$ % are dead.
"""


# %% exercise="born_dead_rate"
def born_dead_rate(width, depth, rng):
    """Return the share of 500 random ReLU networks whose last hidden layer is 0 for all of 100 points.

    width: units of each hidden layer. depth: number of hidden layers.
    rng: generator from np.random.default_rng.

    >>> born_dead_rate(1, 3, np.random.default_rng(0))          # about
    0.75
    """
    ### BEGIN SOLUTION
    points, dead = rng.normal(size=(100, 2)), 0
    for _ in range(500):
        H = points
        for W, b in network.init([2] + [width] * depth, rng, "relu"):
            H = np.maximum(H @ W + b, 0)
        dead += not H.any()
    return dead / 500
    ### END SOLUTION


# %% [markdown] hints="born_dead_rate"
r"""
What exactly has to be zero: one unit for all points, all units for one point, or all units for all points?

Two loops: over the 500 networks, and over the layers of each. Carry the points through the layers; after the last one, ask whether anything is left that is not 0. Take all chance from `rng`.
"""

# %% check="born_dead_rate" points=2
import numpy as np


def ask(width, depth, seed):
    try:
        found = born_dead_rate(width, depth, np.random.default_rng(seed))
    except (ValueError, TypeError, IndexError) as problem:
        raise AssertionError(f"born_dead_rate({width}, {depth}, rng) stopped with: {problem}") from None
    assert found is not None, "Your born_dead_rate ends without return, so its result is None."
    assert np.size(found) == 1, f"born_dead_rate should return one number; yours returns {found!r}."
    return float(np.asarray(found).ravel()[0])


found = ask(1, 1, 0)
assert found < 0.2 or found > 0.8, f"A single unit is open on one half of the plane, and points lie on both halves: the rate is 0, and yours is {found:.2f}. One point, or the first one, does not tell: all of them have to be silenced."
assert found <= 0.8, f"A single unit is open on one half of the plane, so no such network is dead; your rate is {found:.2f}. Is that the share of the living?"
assert found < 0.02, f"A single unit is open on one half of the plane, so no such network is dead; your rate is {found:.2f}."
found = ask(8, 3, 1)
assert found < 0.1, f"Three layers of eight are hardly ever dead, and your rate is {found:.2f}. Single units may be silent for all points; the network is dead only if all units of a layer are."
found = ask(1, 3, 2)
assert 0.66 < found < 0.84, f"With width 1 and depth 3 about 75 % are dead; your rate is {found:.2f}."
found = [ask(2, 5, seed) for seed in (3, 4, 5)]
assert not found[0] == found[1] == found[2], f"Three generators with different seeds gave exactly the same rate, {found[0]:.3f}. Take all chance from rng."
assert ask(2, 5, 3) == found[0], "The same seed should give the same rate: take all chance from rng, and from nowhere else."
print("born_dead_rate: who is silent from the start.")
### BEGIN HIDDEN TESTS
def witness(width, depth, rng, n=3000):
    points = rng.normal(size=(100, 2))
    H = np.broadcast_to(points, (n, 100, 2))
    for inputs in [2] + [width] * (depth - 1):
        H = np.maximum(H @ rng.normal(size=(n, inputs, width)), 0)
        top = H.max(axis=(1, 2), keepdims=True)
        H = H / np.where(top > 0, top, 1)
    return np.mean(~H.any(axis=(1, 2)))


for width, depth in [(1, 2), (1, 6), (2, 4), (2, 10), (3, 8), (5, 4)]:
    wanted = witness(width, depth, np.random.default_rng(width + 10 * depth))
    found = ask(width, depth, 10 * width + depth)
    assert abs(found - wanted) < 0.1, f"Of networks of width {width} and depth {depth} about {wanted:.0%} are dead; yours says {found:.0%}."
### END HIDDEN TESTS

# %% figure
for width in (1, 2, 3, 4, 8):
    rates = [born_dead_rate(width, depth, np.random.default_rng(width)) for depth in (2, 5, 10)]
    print(f"width {width}: " + ", ".join(f"{rate:5.1%}" for rate in rates) + " dead at depth 2, 5, 10")

# %% [markdown]
r"""
### Further 3: design a fair bake-off

Now you organise the contest.
Several activations, the **arms**, meet on several tasks, and what is graded is your design, whoever wins.

`tasks` is a dictionary from a name to a black box `run(act, data_seed, net_seed, steps, spread)`.
It draws the task's points with `data_seed` and a network's weights with `net_seed`, gives the hidden biases the `spread`, trains for `steps` steps, and returns `True` if the run reached the task's goal, else `False`.

Write `fair_bake_off`. Decide on a design in which nothing but the activation differs between the arms:

- every arm runs on every task, once for each number in `seeds` (the number is the `net_seed`);
- the points, the steps and the spread are your choice (say 200 steps or more), and the same for every arm;
- nobody stops early, nobody gets a second try, and no arm is left out of the report.

Return a dictionary `{act: {task: (rate, low, high)}}`, with Wilson's interval.
"""


# %% exercise="fair_bake_off"
def fair_bake_off(acts, tasks, seeds):
    """Return {act: {task: (rate, low, high)}} of a contest in which only the activation differs.

    acts: list of names. seeds: list of whole numbers, each the net_seed of one run.
    tasks: dict from a name to run(act, data_seed, net_seed, steps, spread) -> True or False.

    >>> always = lambda act, data_seed, net_seed, steps, spread: True
    >>> fair_bake_off(["tanh"], {"always": always}, [1, 2, 3])          # rounded
    {'tanh': {'always': (1.0, 0.44, 1.0)}}
    """
    ### BEGIN SOLUTION
    rates = {}
    for arm in acts:
        rates[arm] = {}
        for task, run in tasks.items():
            successes = sum(bool(run(arm, 0, seed, 300, 1)) for seed in seeds)
            rates[arm][task] = network.wilson(successes, len(seeds))
    return rates
    ### END SOLUTION


# %% [markdown] hints="fair_bake_off"
r"""
Write down the five arguments of a run. Which of them may depend on the arm, which on the seed, and which on nothing at all?

Three loops: over the arms, the tasks and the seeds. Count the successes of the innermost one. Fix steps, spread and data_seed once, outside of all loops, or let data_seed depend on the seed alone.
"""

# %% check="fair_bake_off" points=4
import warnings

import numpy as np


def watch(acts, names, seeds, outcome):
    """Run the learner's contest on black boxes that write down how they were called."""
    log = []

    def box(name):
        def run(act, data_seed, net_seed, steps, spread):
            log.append((str(act), name, data_seed, net_seed, steps, spread))
            return bool(outcome(act, name, net_seed))

        return run

    kept = list(acts), list(seeds)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            report = fair_bake_off(acts, {name: box(name) for name in names}, seeds)
    except (TypeError, ValueError, KeyError, ZeroDivisionError, RuntimeWarning) as problem:
        raise AssertionError(f"fair_bake_off stopped with: {problem!r}. A run takes (act, data_seed, net_seed, steps, spread) and returns True or False.") from None
    assert (list(acts), list(seeds)) == kept, "fair_bake_off changed the lists that it was given."
    return report, log


def judge(acts, names, seeds, outcome):
    report, log = watch(acts, names, seeds, outcome)
    for name in names:
        runs = {act: [call[2:] for call in log if call[:2] == (act, name)] for act in acts}
        counts = {act: len(calls) for act, calls in runs.items()}
        assert len(set(counts.values())) == 1, (
            f"On '{name}' the arms ran this many times: {counts}. Nobody stops early, and nobody gets another try.")
        assert counts[acts[0]] == len(seeds), f"On '{name}' each arm should run once for each of the {len(seeds)} seeds; yours run {counts[acts[0]]} times."
        for act in acts:
            used = [call[1] for call in runs[act]]
            assert len(set(used)) == len(used), f"On '{name}' the arm {act} ran with the net_seeds {used}: the same seed again is the same run again."
        nets = {act: sorted(call[1] for call in runs[act]) for act in acts}
        first = acts[0]
        for act in acts[1:]:
            assert nets[act] == nets[first], (
                f"On '{name}' {first} started from the net_seeds {nets[first]} and {act} from {nets[act]}: one of them may have had the luckier draw.")
        assert nets[first] == sorted(seeds), f"The net_seeds should be the numbers in seeds, {sorted(seeds)}; yours are {nets[first]}."
        for place, words in ((0, "points (data_seed)"), (2, "budget (steps)"), (3, "start (spread)")):
            by_arm = {act: sorted((call[1], call[place]) for call in runs[act]) for act in acts}
            for act in acts[1:]:
                assert by_arm[act] == by_arm[first], (
                    f"On '{name}' the arms differ in more than the activation, in their {words}: {first} has {[value for _, value in by_arm[first]]}, {act} has {[value for _, value in by_arm[act]]}.")
        assert min(call[2] for call in runs[first]) >= 1, "A run of 0 steps trains nothing."
    assert isinstance(report, dict) and all(isinstance(row, dict) for row in report.values()), f"fair_bake_off should return a dictionary of dictionaries; yours returns {report!r}."
    missing = [(act, name) for act in acts for name in names if name not in report.get(act, {})]
    assert not missing, f"Your report leaves out {missing}. Those who did badly belong in it as well."
    for act in acts:
        for name in names:
            k, n = sum(bool(outcome(act, name, seed)) for seed in seeds), len(seeds)
            found = [float(np.asarray(part).ravel()[0]) for part in np.ravel(report[act][name])]
            assert len(found) == 3, f"For {act} on '{name}' the report should hold three numbers, rate, low and high; yours holds {found}."
            assert abs(found[0] - k / n) < 1e-6, f"{act} succeeded on '{name}' in {k} of {n} runs, and your report says {found[0]:.3f}."
            p = k / n
            middle, half = (p + 1.9208 / n) / (1 + 3.8416 / n), 1.96 / (1 + 3.8416 / n) * np.sqrt(p * (1 - p) / n + 0.9604 / n**2)
            assert abs(found[1] - max(middle - half, 0)) < 3e-3 and abs(found[2] - min(middle + half, 1)) < 3e-3, (
                f"For {k} of {n} Wilson's interval runs from {middle - half:.3f} to {middle + half:.3f}; yours, for {act} on '{name}', from {found[1]:.3f} to {found[2]:.3f}.")


judge(["tanh", "relu", "gelu"], ["ring", "moons"], [3, 14, 15, 92, 65],
      lambda act, name, seed: {"tanh": seed % 2 == 0, "relu": seed > 10, "gelu": name == "ring"}[act])
print("fair_bake_off: whoever wins, it was the activation.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(807)
for trial in range(6):
    acts = [str(name) for name in rng.permutation(["tanh", "relu", "gelu", "silu", "sigmoid", "sine"])[: rng.integers(2, 7)]]
    names = [f"task {letter}" for letter in "abcd"[: rng.integers(1, 5)]]
    seeds = [int(seed) for seed in rng.permutation(1000)[: rng.integers(3, 12)]]
    salt = int(rng.integers(1, 1000))
    judge(acts, names, seeds, lambda act, name, seed: (sum(map(ord, act + name)) * seed + salt) % 3 > 0)
judge(["relu", "tanh"], ["hopeless"], [7, 8, 9, 10], lambda act, name, seed: False)
judge(["relu", "tanh"], ["child's play"], [7, 8, 9, 10], lambda act, name, seed: True)
### END HIDDEN TESTS

# %% [markdown]
r"""
Let your bake-off run: two gentle tasks with small networks, and then the spirals, three times, each time with a spread of its own planted in the box.
(The spirals' box has fixed points and a fixed budget, and takes the runs from above.)
"""


# %% figure
@functools.cache
def small_runs(draw, width, act, data_seed, steps, spread):
    points, classes = draw(100, seed=data_seed)
    start = spread_start([2, width, 1], act, spread, range(20))
    *_, accuracies = network.train([2, width, 1], points, classes, act, steps, 0.05, start=start)
    return accuracies[:, -1] >= 0.99


def small_task(draw, width):
    def run(act, data_seed, net_seed, steps, spread):
        return bool(small_runs(draw, width, act, data_seed, steps, spread)[net_seed])

    return run


def spirals_with(planted):
    return lambda act, data_seed, net_seed, steps, spread: spiral_runs(act, planted)[net_seed]


tasks = {"ring, 3 units": small_task(datasets.ring, 3), "XOR, 4 units": small_task(datasets.xor, 4)}
tasks |= {f"spirals, spread {planted}": spirals_with(planted) for planted in (0, 1, 2)}
report = fair_bake_off(["tanh", "relu", "gelu"], tasks, list(range(20)))
figure, ax = plotting.new(width=760, height=340)
for shift, (act, (color, marker)) in enumerate(looks.items()):
    rate, low, high = np.transpose([report[act][task] for task in tasks])
    ax.errorbar(np.arange(len(tasks)) + 0.16 * (shift - 1), rate, [rate - low, high - rate],
                color=color, marker=marker, ls="", capsize=4, ms=8, label=act)
ax.set(xticks=range(len(tasks)), xticklabels=[task.replace(", ", "\n") for task in tasks],
       ylabel="share of runs that succeed", ylim=(-0.04, 1.04), xlim=(-0.5, 5.2))
ax.legend(frameon=False, loc="center right")
plotting.show(figure, "Your bake-off: success rates with 95 % intervals. " + " ".join(
    f"{task}: " + ", ".join(f"{act} {report[act][task][0]:.0%}" for act in looks) + "." for task in tasks))

# %% [markdown]
r"""
Five fair comparisons, and no winner of all five.
The last three differ in nothing but a number that most reports do not mention.
A fair design protects you from comparing two things at once; it does not protect you from taking the setting you happened to choose for the world.
For that there is one remedy: vary the setting as well, and report it.
"""
