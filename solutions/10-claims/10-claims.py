# %% [markdown]
r"""
# Take forty-five claims to court

By the end you will have passed judgement on two articles, sentence by sentence, with evidence that you produced yourself and that anybody can produce again.

The course began with a question: why do neural networks need hidden layers?
Two short articles answer it, and nearly everything in these lessons started from a sentence of theirs.
They are good articles.
Their authors wanted to understand the thing for themselves, and wrote down what they had understood; most of it is right.
Taken together they make forty-five claims.

How many of the forty-five are right as they stand, how many are nearly right, and how many are wrong?
Guess now, three numbers that sum to 45, and write them on a piece of paper.
"""

# %%
from course_utils import datasets, network, plotting, predictions
from course_utils.figures import claims as pictures

import numpy as np
from IPython.display import Markdown

# %% [markdown]
r"""
## The rules of evidence

A court needs rules, and you have met each of these where it hurt.

- **A number.** "It can follow a curve" is an opinion; "64 hinges miss the wave by 0.0048" is evidence (lesson 05).
- **A control.** A network with sixteen hidden units succeeds: so what, if a network without any had succeeded as well? A number becomes evidence beside another number, from a trial that differs in the one thing the claim is about.
- **More than one run, and the interval.** Three ReLUs solve the ring, or they do not, depending on the seed (lesson 08).
- **The words as they stand.** Not what the author may have meant. Kindness goes into the sentence you propose instead.

And there are three verdicts.

- `OK`: right as it stands, or with a condition that every reader will supply.
- `IMPRECISE`: becomes right once a word or a condition is added, and without it somebody will be misled.
- `WRONG`: says something that an experiment of yours contradicts, mistakes one thing for another, or takes the effect for the cause.
"""

# %% [markdown]
r"""
## Fifteen sentences

Here are fifteen of the claims, in the articles' words or close to them.

- **S2** The weights determine the slope of the line; "it crosses the Y axis in some point (determined by bias)".
- **S7** After crossing features, "in a space with more dimensions, there is a perfectly flat plane or hyperplane separating two original features".
- **S10** In hidden layers the "model creates abstract interactions between inputs", which is said before any activation function has been mentioned.
- **S11** "This process can't be done with a simple model layout of one input layer and one output layer", with the raw inputs.
- **S12** "If our features can be separated by one continuous function, one hidden layer will always be enough, as long as it has enough neurons."
- **S15** Without an additional operation between the layers, the predictions "will only work with linear dependencies between features".
- **S23** ReLU "avoids the so-called vanishing gradient problem".
- **S24** "Vanishing gradients occur when small weight updates during training make the model stop learning."
- **S25** "There is, however, a Dead ReLU Units problem."
- **S28** In the process, the model warps our space, "sometimes even tearing it apart (scientifically speaking, breaking its topology)".
- **S31** "This means that in the picture above, where we see some sort of parallelogram, it's actually a hyperplane in a higher-dimensional space."
- **S33** At the end stands "a task-dependent activation function (e.g. sigmoid for binary classification, softmax for multi-class)".
- **S34** It "converts the linear separation in the transformed space into a probabilistic output, ensuring the output is interpretable".
- **S39** "Adding layers alone won't grant expressive power."
- **S45** For curves, "two or more hidden layers" with nonlinear activations are needed (the title of a text that the second article recommends).
"""

# %% [markdown]
r"""
### Exercise 1: pass judgement

Write `verdict`: a dictionary from each of the fifteen names to `"OK"`, `"IMPRECISE"` or `"WRONG"`.

You have met the evidence for every one of them, and the closing boxes of the lessons hold the numbers; look them up as a judge would.
Worked example, from outside the fifteen: "tanh is S-shaped and produces values between -1 and 1" (S18) is `"OK"`, and "hidden units are more abstract equivalents of a feature cross" (S26) is `"IMPRECISE"`, since a unit is a bend along one direction and only sums of units imitate a product.
"""


# %% exercise="verdict"
def verdict():
    """Return a dictionary: the name of each of the fifteen claims -> "OK", "IMPRECISE" or "WRONG".

    The names are S2, S7, S10, S11, S12, S15, S23, S24, S25, S28, S31, S33, S34, S39, S45.
    """
    ### BEGIN SOLUTION
    verdicts = dict.fromkeys(("S11", "S15", "S25", "S33", "S39"), "OK")
    verdicts |= dict.fromkeys(("S2", "S10", "S12", "S23", "S34"), "IMPRECISE")
    return verdicts | dict.fromkeys(("S7", "S24", "S28", "S31", "S45"), "WRONG")
    ### END SOLUTION


# %% [markdown] hints="verdict"
r"""
For each sentence: which number of yours would have come out differently if it were right? If there is none, would a careful reader be misled by it all the same?

Sort the clear cases first: what did you contradict by an experiment? Of the rest, ask which ones you had to finish with "provided that" in a closing box. A sentence is no worse for being short, if what it leaves out is harmless.
"""

# %% check="verdict" points=5
import hashlib

names = ["S2", "S7", "S10", "S11", "S12", "S15", "S23", "S24", "S25", "S28", "S31", "S33", "S34", "S39", "S45"]
given = verdict()
assert isinstance(given, dict), f"verdict should return a dictionary from names to verdicts, but yours returns {given!r}."
missing = [name for name in names if name not in given]
assert not missing, f"There is no verdict yet on {', '.join(missing)}."
more = [name for name in given if name not in names]
assert not more, f"The fifteen claims do not include {', '.join(map(str, more))}."
strange = [name for name in names if given[name] not in ("OK", "IMPRECISE", "WRONG")]
for name in strange:
    raise AssertionError(f"A verdict is one of the texts OK, IMPRECISE and WRONG; on {name} yours is {given[name]!r}.")
reviews = {
    "S2": "With the weights 1 and 2 and the bias -4, at which number does the line cross the axis? Is anything determined by the bias alone, and is anything about the sentence right?",
    "S7": "What lies on the two sides of that plane: area and price, or sold and not sold? Read the last three words again.",
    "S10": "In lesson 06 you measured a linear hidden unit and one with a bend. Which of the two made an interaction, and which of the two does the sentence speak of?",
    "S11": "Which number of lesson 02 would have to be 100 % for this sentence to fall? The sentence speaks of the raw inputs.",
    "S12": "Lesson 05 has a theorem that sounds like this one and is longer. What does it ask of the activation, and what does it say about x = 3?",
    "S15": "You folded fifty layers into one in lesson 04. Did anything survive that was not linear, apart from a constant?",
    "S23": "In lesson 06 you multiplied a ReLU network's starting weights by one half. What came back through twenty layers? And what came back with the right ones?",
    "S24": "Which was there first in lesson 06: the small update, or the product of many small factors? And does a larger step size bring the signal back?",
    "S25": "In lesson 06 you counted units that were 0 on all points. Was the count ever above zero? The sentence says no more than that.",
    "S28": "Lesson 07 measured the largest jump between neighbours with more and more steps. For which layers did it stay, and are those the ones that networks are trained with?",
    "S31": "Lesson 07: what is flat, and where is it flat? What you see in the plane of the inputs is bent; can a hyperplane of any space be bent?",
    "S33": "In lesson 09 you wrote both functions, and found that one is a case of the other. Did anything contradict the sentence?",
    "S34": "Lesson 09: what is ensured by softmax, and what did you have to count? Which word of the sentence promises more than a form?",
    "S39": "Lesson 04: deep linear networks went along another path. Did they arrive anywhere that one layer could not? The sentence speaks of what can be expressed.",
    "S45": "Lesson 05 followed the wave to within half a hundredth. With how many hidden layers?",
}
known = dict(zip(names, (
    "3cc14ece", "90931791", "bae7deb6", "704af740", "19fa0d54", "42d80156", "bd633a42", "bf4bc851", "0a53bf21", "dafe8fc1", "ac9b8581", "ffa480bd", "eea48b95", "4cafa95a", "be237dbd")))
for name in names:
    digest = hashlib.sha256(f"{name} {given[name]}".encode()).hexdigest()[:8]
    assert digest == known[name], f"The court of appeal sends {name} back to you. {reviews[name]}"
print("verdict: fifteen judgements, and every one of them would stand an appeal.")
### BEGIN HIDDEN TESTS
again = verdict()
assert again == given, "Asked twice, the court should say the same twice."
assert sorted(again.values()) == ["IMPRECISE"] * 5 + ["OK"] * 5 + ["WRONG"] * 5, "Not all of the fifteen verdicts would stand an appeal."
### END HIDDEN TESTS

# %% [markdown]
r"""
## The ledger

Now the court opens its books: all forty-five claims, in the order in which the lessons settled them.
Every number below is computed while you wait, by functions that are not yours, from seeds that you may change.
The bar shows the band in which the number has to lie; the dot is where it lies.
The same table comes out of a terminal with `python -m course_utils.claims`, and the course's own tests recompute it at every change: if a number drifts, they fail.

First session: lines, crosses, and layers without a bend.
"""

# %% figure
first = pictures.docket(["01", "02", "03", "04"], seed=0)

# %% [markdown]
r"""
Look at S5 and S9: neither author is careless, and both sentences would send a reader the wrong way, the one to squares and the other past crosses that would have done.

Second session: the bend, and what it takes to learn one.
"""

# %% figure
second = pictures.docket(["05", "06"], seed=0)

# %% [markdown]
r"""
Third session: space, probabilities, and two claims that had no lesson of their own.
S35 says that large language models are at heart "heavily trained neural networks".
The number beside it is a count: in one block of the first Transformer (Vaswani and others 2017), two thirds of the weights belong to a hidden layer of ReLUs, like yours, but 2,048 of them.
S36 is a promise: strip everything down, and one can "watch each neuron fire". You did.
"""

# %% figure
third = pictures.docket(["07", "09", "10"], seed=0)

# %% [markdown]
r"""
Last session: deep or wide, newer or older. These five take the longest, since nearly every number is a rate.
"""

# %% figure
fourth = pictures.docket(["08"], seed=0)

# %% figure
sessions = first | second | third | fourth
said = [row["verdict"] for row in sessions.values()]
tally = {word: said.count(word) for word in ("OK", "IMPRECISE", "WRONG")}
plotting.show(*pictures.tally(tally))

# %% [markdown]
r"""
Take out your piece of paper.

Five sentences in forty-five are wrong, and not one of the five is stupid: each is what one says after having seen a picture and before having measured.
The thirteen imprecise ones have something in common as well: what is missing in them is nearly always a condition. *With a bend. On a bounded region. At the right start. Counted on new data.*
"""

# %% [markdown]
r"""
## Call your own witnesses

A judge who only reads other people's numbers is no better than the articles.
So run three trials yourself, and set them up so that the other side has no complaint.

A trial trains `n` networks from `n` different seeds and counts the **successes**: networks that reach 99 % of the points within 500 steps.
The next cell does the training; how many networks, from which seeds, and beside which control is up to you.
"""


# %%
greens = {
    "ring": datasets.ring(200),
    "moons": datasets.moons(200),
    "spirals": datasets.spirals(200, turns=1),
}


def successes(task, sizes, act, seeds):
    """Return how many networks reach 99 % of the points in 500 steps, one for each seed.

    task: "ring", "moons" or "spirals" (of one turn), 200 points each.
    sizes: for example [2, 3, 1]; [2, 1] has no hidden layer. seeds: a list of whole numbers.
    act: "linear", "relu", "tanh", "sigmoid", "gelu", "silu", "sine" or "square".
    """
    X, y = greens[task]
    seeds = [int(seed) for seed in seeds]
    *_, right = network.train(
        list(sizes), X, y, act, steps=500, rate=0.05, seeds=seeds, goal=0.99)
    return int(np.sum(right[:, -1] >= 0.99))


print(successes("ring", [2, 3, 1], "relu", [0, 1, 2, 3]), "of 4 networks of three ReLUs")

# %% [markdown]
r"""
### Exercise 2: three experiments

Write `experiment`. It runs the trial of one claim, and beside it a **control arm**: the same trial, changed in the one thing that the claim is about.

| claim | on trial | what the control has to settle |
|---|---|---|
| S15: without an activation, layers give only lines | the ring, `[2, 8, 8, 1]`, `"linear"` | would these sizes succeed *with* an activation? |
| S21: one hidden layer of three ReLUs solves the ring | the ring, `[2, 3, 1]`, `"relu"` | would fewer units, or none, have done as well? |
| S45: two hidden layers are needed | the spirals, one hidden layer, `[2, 16, 1]`, `"tanh"` | would it have worked without any hidden layer? |

Return a dictionary with five entries: `stat`, the share of successes on trial; `lo` and `hi`, the ends of its 95 % interval; `n`, how many networks were on trial, at least 20; `control`, the share of successes in the control arm.
Every seed comes from `rng`, so that another `rng` makes another trial and the same one repeats it.

Worked example: 11 successes of 20 give `stat` 0.55, and by Wilson's formula (`network.wilson(11, 20)`) `lo` is 0.34 and `hi` is 0.74.
"""


# %% exercise="experiment"
def experiment(claim_id, rng):
    """Return the outcome of the trial of a claim as a dict with the keys stat, lo, hi, n, control.

    claim_id: "S15", "S21" or "S45". rng: a numpy random generator; all seeds are drawn from it.
    """
    ### BEGIN SOLUTION
    task, sizes, act, control_sizes, control_act = {
        "S15": ("ring", [2, 8, 8, 1], "linear", [2, 8, 8, 1], "tanh"),
        "S21": ("ring", [2, 3, 1], "relu", [2, 2, 1], "relu"),
        "S45": ("spirals", [2, 16, 1], "tanh", [2, 1], "tanh"),
    }[claim_id]
    n = 20
    stat, lo, hi = network.wilson(successes(task, sizes, act, rng.integers(10**6, size=n)), n)
    control = successes(task, control_sizes, control_act, rng.integers(10**6, size=n)) / n
    return {"stat": stat, "lo": lo, "hi": hi, "n": n, "control": control}
    ### END SOLUTION


# %% [markdown] hints="experiment"
r"""
How many calls of `successes` does one trial take? And where do the twenty numbers come from that its last argument asks for?

`rng.integers(10**6, size=20)` draws twenty seeds. One call for the claim and one for its control, each divided by how many networks it trained; `network.wilson` wants the count, not the share, and returns share, low and high.
"""

# %% check="experiment" points=6
import numpy as np


def trial(claim_id, seed):
    try:
        found = experiment(claim_id, np.random.default_rng(seed))
    except KeyError as error:
        raise AssertionError(f"experiment({claim_id!r}, rng) stopped with a missing name: {error}. There are three claims on trial, S15, S21 and S45.") from None
    assert isinstance(found, dict), f"experiment should return a dictionary, but yours returns {found!r}."
    assert "control" in found, (
        f"Your trial of {claim_id} has no control arm: there is no entry 'control'. Without a second number that differs in one thing, the first one proves nothing.")
    missing = [key for key in ("stat", "lo", "hi", "n") if key not in found]
    assert not missing, f"Your trial of {claim_id} does not say {', '.join(missing)}."
    stat, lo, hi, n, control = (float(found[key]) for key in ("stat", "lo", "hi", "n", "control"))
    assert n >= 20, f"Your trial of {claim_id} rests on n = {n:g}. One run is an anecdote, and a few are not much more: at least 20 networks."
    assert not (stat > 1 or control > 1), f"Your trial of {claim_id} reports stat {stat:g} and control {control:g}. Shares lie between 0 and 1: successes out of n."
    assert abs(stat * n - round(stat * n)) < 1e-6, (
        f"Your trial of {claim_id} reports {stat:.4f} from {n:g} networks, and no whole number of successes gives that share. Is it a mean accuracy? Count the networks with 99 %.")
    assert hi > lo, (
        f"Your trial of {claim_id} reports the interval from {lo:.2f} to {hi:.2f}, which has no width. {n:g} equal outcomes do not make the next one certain: "
        "the schoolbook's interval breaks down at 0 and 1, and Wilson's does not.")
    k, z = round(stat * n), 1.96
    middle = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * np.sqrt(k * (n - k) / n + z * z / 4)
    assert abs(lo - max(middle - half, 0)) < 0.04 and abs(hi - min(middle + half, 1)) < 0.04, (
        f"Your trial of {claim_id} has {k} successes of {n:g}: the 95 % interval runs from {middle - half:.2f} to {middle + half:.2f}, yours from {lo:.2f} to {hi:.2f}.")
    return stat, control


stat, control = trial("S15", 1)
assert control > 0.5, (
    f"S15: your control arm succeeds in {control:.0%} of the runs. It should be the same network, on the same points, with an activation; otherwise nobody knows whether these sizes can do it at all.")
assert stat < 0.2, f"S15: your linear networks solve the ring in {stat:.0%} of the runs. Are the trial and its control exchanged?"
shares = []
for seed in (1, 2, 3, 4):
    stat, control = trial("S21", seed)
    assert control < 0.3, (
        f"S21: your control arm succeeds in {control:.0%} of the runs, like the trial or better. What would make it fail if the claim is right? Fewer units, or no hidden layer.")
    shares.append(stat)
assert not set(shares) <= {0.0, 1.0}, (
    f"S21: four trials of yours end with the shares {shares}: all or nothing. Twenty networks from one and the same seed are one network, twenty times.")
assert len(set(shares)) > 1, (
    f"S21: four trials with four different generators gave {shares[0]:.0%} every time. Where do your seeds come from? Another rng should make another trial.")
assert 0.1 < np.mean(shares) < 0.95, f"S21: three ReLUs solve the ring in about half of the runs; yours in {np.mean(shares):.0%}. Is it [2, 3, 1] with ReLU, 99 % of the points?"
stat, control = trial("S45", 1)
assert control < 0.3, f"S45: your control arm succeeds in {control:.0%} of the runs. A control without any hidden layer would show whether the spirals need one."
assert stat > 0.7, f"S45: one hidden layer of sixteen parts the spirals in {stat:.0%} of your runs. Expected are nearly all: is it the set of one turn, and tanh?"
print("experiment: three trials, each with its control, its interval and its seeds.")
### BEGIN HIDDEN TESTS
for claim_id, low, high, control_low, control_high in (("S45", 0.7, 1, 0, 0.3), ("S21", 0.1, 0.95, 0, 0.3), ("S15", 0, 0.2, 0.5, 1)):
    shares = []
    for seed in ((10_001, 10_002) if claim_id == "S21" else (10_001,)):
        stat, control = trial(claim_id, seed)
        assert control_low <= control <= control_high, f"{claim_id}: on fresh seeds the control arm gives {control:.0%}."
        shares.append(stat)
    assert low <= np.mean(shares) <= high, f"{claim_id}: on fresh seeds the share of successes is {np.mean(shares):.0%}."
rng = np.random.default_rng(77)
before = rng.bit_generator.state
first = experiment("S21", rng)
assert rng.bit_generator.state != before, "The experiment took nothing from its rng."
assert experiment("S21", np.random.default_rng(77)) == first, "The same rng should repeat the same trial."
### END HIDDEN TESTS

# %% figure
outcomes = {
    name: experiment(name, np.random.default_rng(2026)) for name in ("S15", "S21", "S45")}
plotting.show(*pictures.trials(outcomes))

# %% [markdown]
r"""
Look at the middle row. "A ring is solved with one hidden layer and ReLU" is right, and many a network of three ReLUs does not solve it.
That a thing can be done, and that it happens when one tries, are two claims.
"""

# %% [markdown]
r"""
## How little is enough?

The articles ask what a network needs. Turn the question round, into a game of golf: the fewest parameters win.

A course has three greens: the ring, the moons, and the spirals of one turn.
You choose the sizes and the activation; the court draws twenty seeds and trains.
A design holds if at least 18 of the 20 networks, nine in ten, reach 99 % of the points within 500 steps.
A design `[2, 4, 1]` has $2 \cdot 4 + 4$ parameters in its hidden layer and $4 + 1$ in the output neuron, 17 in all.
"""

# %% predict="fewest-parameters"
predictions.ask(
    "fewest-parameters",
    "The ring, one hidden layer, and any activation of the list: "
    "linear, relu, tanh, sigmoid, gelu, silu, sine or square. "
    "With how few parameters do at least 18 of 20 networks hold?",
    ["5 (one hidden unit)", "9 (two units)", "13 (three units)", "17 (four units)"],
    why="Two ReLUs or two tanh units cannot close a border around the disc.",
)

# %% [markdown]
r"""
### Exercise 3: within par

Write `minimal_net`, your design for each green, with at most 25 parameters for the ring, 25 for the moons, and 65 for the spirals.

Worked example: `minimal_net("ring")` might return `([2, 6, 1], "relu")`, six ReLUs with 25 parameters; try with `successes` whether they hold.
"""


# %% exercise="minimal_net"
def minimal_net(dataset):
    """Return (sizes, act) for "ring", "moons" or "spirals", such that nine of ten seeds hold.

    sizes: a list that begins with 2 and ends with 1. act: the name of an activation, as in `successes`.
    """
    ### BEGIN SOLUTION
    return [2, 16 if dataset == "spirals" else 4, 1], "tanh"
    ### END SOLUTION


# %% [markdown] hints="minimal_net"
r"""
Which activation did well on the ring in lesson 07 with three units, and what would one more unit cost?

Begin with a design that surely holds, try it on forty or more seeds of your own, and take units away until it wavers. Leave a little room: the court draws other seeds than you do.
"""

# %% check="minimal_net" points=2
import numpy as np

from course_utils import datasets, network

ACTS = ("linear", "relu", "leaky_relu", "tanh", "sigmoid", "gelu", "silu", "sine", "square")


def play(design, dataset, par, seed):
    """Return a design's parameters, if it holds."""
    assert isinstance(design, (tuple, list)) and len(design) == 2 and isinstance(design[1], str), f"For {dataset!r} a design is two things, sizes and activation; yours is {design!r}."
    sizes, act = [int(size) for size in design[0]], design[1]
    assert act in ACTS, f"For {dataset!r} your activation is {act!r}; the list has {', '.join(ACTS)}."
    assert len(sizes) >= 2 and sizes[0] == 2 and sizes[-1] == 1 and min(sizes) >= 1, (
        f"For {dataset!r} your sizes are {sizes}: they should begin with the 2 inputs and end with 1 output, for example [2, 4, 1].")
    count = sum((n + 1) * m for n, m in zip(sizes, sizes[1:]))
    assert count <= par, f"On the green {dataset!r} your design {sizes} has {count} parameters, biases included; par is {par}."
    X, y = {"ring": datasets.ring, "moons": datasets.moons, "spirals": lambda n, seed: datasets.spirals(n, turns=1, seed=seed)}[dataset](200, seed=seed)
    _, _, right = network.train(sizes, X, y, act, steps=500, rate=0.05, seeds=range(seed, seed + 20), goal=0.99)
    held = int(np.sum(right[:, -1] >= 0.99))
    assert act != "linear", f"On the green {dataset!r} your layers are linear, and {held} of 20 networks hold. Lesson 04 knows what becomes of such a stack, whatever its sizes."
    assert held > 0, f"On the green {dataset!r} no network of your design {sizes}, {act}, gets 99 % of the points: this is more than bad luck. Can it draw such a border at all?"
    assert held >= 18, f"On the green {dataset!r} only {held} of 20 networks of your design {sizes}, {act}, hold; 18 are needed. It works now and then; what would make it reliable?"
    return count


used = {dataset: play(minimal_net(dataset), dataset, par, 0) for dataset, par in (("ring", 25), ("moons", 25), ("spirals", 65))}
print("minimal_net: within par, with", ", ".join(f"{count} on the {name}" for name, count in used.items()) + ".")
### BEGIN HIDDEN TESTS
for dataset, par in (("spirals", 65), ("ring", 25), ("moons", 25)):
    play(minimal_net(dataset), dataset, par, 31_000)
### END HIDDEN TESTS

# %% [markdown]
r"""
### Exercise 4: under par

Write `smaller_net`: the same three greens with at most 13, 13 and 33 parameters.
"""


# %% exercise="smaller_net"
def smaller_net(dataset):
    """Return (sizes, act) as `minimal_net` does, with at most 13, 13 and 33 parameters."""
    ### BEGIN SOLUTION
    return [2, 8 if dataset == "spirals" else 3, 1], "tanh"
    ### END SOLUTION


# %% [markdown] hints="smaller_net"
r"""
How many units do 13 parameters buy in one hidden layer, and how many do 33? With that many, which activations can close a border?

With three units nearly everything depends on the activation. Write a loop over the names and count with `successes` on fifty seeds; no theory is needed to be an honest experimenter.
"""

# %% check="smaller_net" points=1
import numpy as np

from course_utils import datasets, network


def play(design, dataset, par, seed):
    """Return a design's parameters, if it holds."""
    assert isinstance(design, (tuple, list)) and len(design) == 2 and isinstance(design[1], str), f"For {dataset!r} a design is two things, sizes and activation; yours is {design!r}."
    sizes, act = [int(size) for size in design[0]], design[1]
    count = sum((n + 1) * m for n, m in zip(sizes, sizes[1:]))
    assert count <= par, f"On the green {dataset!r} your design {sizes} has {count} parameters, and {par} are allowed now."
    X, y = {"ring": datasets.ring, "moons": datasets.moons, "spirals": lambda n, seed: datasets.spirals(n, turns=1, seed=seed)}[dataset](200, seed=seed)
    _, _, right = network.train(sizes, X, y, act, steps=500, rate=0.05, seeds=range(seed, seed + 20), goal=0.99)
    held = int(np.sum(right[:, -1] >= 0.99))
    assert held >= 18, f"On the green {dataset!r} {held} of 20 networks of your design {sizes}, {act}, hold; 18 are needed."
    return count


used = {dataset: play(smaller_net(dataset), dataset, par, 0) for dataset, par in (("ring", 13), ("moons", 13), ("spirals", 33))}
print("smaller_net: under par, with", ", ".join(f"{count} on the {name}" for name, count in used.items()) + ".")
### BEGIN HIDDEN TESTS
for dataset, par in (("spirals", 33), ("ring", 13), ("moons", 13)):
    play(smaller_net(dataset), dataset, par, 7000)
### END HIDDEN TESTS

# %% [markdown]
r"""
Here are the three greens with everything that was tried on them: five activations, one to sixteen units, forty seeds each.

**Predict, then choose a green.** Which activation holds with the fewest parameters? Is it the same one on all three?
"""

# %% figure
pictures.golf({name: minimal_net(name) for name in ("ring", "moons", "spirals")})

# %% figure
predictions.reveal(
    "fewest-parameters",
    "9 (two units)",
    "Two sine units hold. A sum of two waves has closed level lines, like the rings "
    "around a hill, while two ReLUs or two tanh units leave every border open.",
)

# %% [markdown]
r"""
So the fewest parameters for the ring belong to an activation that nearly nobody uses, and on the moons and the spirals the same two sines never hold: there tanh wins.
If you had judged by the ring alone, you would recommend the sine to everybody.
The winner of one green need not win the next.
That is the honest form of S43: how an activation gets on with the data is a matter of experiment.
"""

# %% [markdown]
r"""
## Your answer

The course was one long answer to a question that somebody asked in public. Write back.

**To the author of "Why Do We Need Neural Networks with Hidden Layers?"**
In about 300 words: why do neural networks need hidden layers?
Say what is right in the article, correct what is not, and propose for each correction the sentence that should stand there.
Every claim of yours comes with a number that you measured, or with a source, best with both.
Be kind: the author did what you did, and did it first.
"""

# %% [markdown] reflection="the-answer" points=12
r"""
### BEGIN SOLUTION
Dear author,

your article asks the right question, and most of it holds.
One neuron draws a line, and often none will do: the best line on XOR gets 0.75 of the points, and of all classes for six points in general position a line parts only half (Cover 1965).
Crosses by hand help, as you say: one product gets all of XOR.
Squares would not, for they lose the signs (0.52).
What ends this road is the number of crosses: 784 pixels have 308,504 features of degree 2.

You then let hidden layers make the combinations.
I would move the activation up: without it fifty layers with 13,393 parameters act as three numbers, and a linear hidden unit makes no interaction at all.
With it, one hidden layer is enough in this sense: for every continuous function, bounded region and tolerance some width will do, unless the activation is a polynomial (Leshno and others 1993).
My layer of 64 hinges misses a wave by 0.0048 inside its region, and says 12.5 where the wave is 0 outside.
So hierarchies do not need depth "definitely". Depth can be cheaper: 20 ReLUs in ten layers draw 1,024 pieces (Telgarsky 2015).

Two sentences I would replace.
"Gradients vanish because each layer multiplies them; small updates are the result" (Hochreiter 1991): through twenty sigmoid layers about 1e-12 comes back, whatever the step size.
"Layers bend and fold space, and never tear it": with a hundred times more steps the largest jump fell a hundredfold for tanh and ReLU, and stayed for a step.

So, why hidden layers? Because one straight cut is all that the last neuron has, and the bends before it move the points until a cut is enough.
Not always: three ReLUs solved the ring in 11 of 20 runs (34 to 74 %).
And "sure" is not "right": my networks were 96 % sure, and right on 58 % of new days.

**Rubric.** Four criteria, 0 to 3 points each, 12 points in all.

*Answers the question.* 3: says that a single neuron has only a straight cut, that the bend and not the layer makes the difference, and that bends move the points until a cut is enough. 2: one of the three is missing. 1: one of the three is there. 0: none.

*Evidence.* 3: every claim has a number of the writer's own or a source, and at least four numbers are there, one of them a rate with its interval or with n. 2: at least three numbers. 1: at least one. 0: none.

*Corrections.* 3: at least three of the article's loose or wrong sentences are set right, each with a sentence to replace it, and nothing that is right is called wrong. 2: two. 1: one. 0: none, or a right claim "corrected".

*Care.* 3: conditions are named (bounded region, which activation, which start, on new data), existence is kept apart from training, the tone is kind, 200 to 400 words. 2: one of these is missing. 1: two are missing. 0: more.
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
trials = {name: experiment(name, np.random.default_rng(1)) for name in ("S15", "S21", "S45")}


def percent(found):
    return f"{found['stat']:.0%} ({found['lo']:.0%} to {found['hi']:.0%}), control {found['control']:.0%}"


wide, inner = 512, 2048
hidden_layer, attention = 2 * wide * inner + inner + wide, 4 * wide**2
X, y = datasets.ring(200)
nets, _, right = network.train([2, 3, 1], X, y, "relu", steps=500, rate=0.05, seeds=20)
best = nets[int(np.argmax(right[:, -1]))]
fires = np.mean(network.forward(best, X, "relu")[0][0] > 0, axis=0)
Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S1 to S45 | Of the 45 claims of two good articles, most are right as they stand. | OK: {tally["OK"]}. IMPRECISE: {tally["IMPRECISE"]}. WRONG: {tally["WRONG"]}. |
| | A claim about training is a rate with an interval, beside a control. | Your trials. S15: {percent(trials["S15"])}. S21: {percent(trials["S21"])}. S45: {percent(trials["S45"])}. |
| S35 | Large language models are at heart heavily trained neural networks. So they are, with attention and more around them. | A block of the first Transformer (Vaswani and others 2017): a hidden layer of {inner:,} ReLUs holds {hidden_layer / (hidden_layer + attention):.0%} of its {hidden_layer + attention:,} weights and biases. |
| S36 | Stripped down to a tiny data set, one can watch each neuron fire. So one can. | A ring, three ReLUs, {sum(W.size + b.size for W, b in best)} numbers, {right[:, -1].max():.0%} right: the neurons fire on {", ".join(f"{share:.0%}" for share in fires)} of the points. |

**Next:** your own data, your own claims. Whatever you read about networks from now on, ask it for a number, a control, and the seeds.
""")

# %% [markdown]
r"""
## Further

### Further 1: nine parameters

Write `smallest_net`: the ring, with at most 9 parameters.
The picture above tells you that it can be done; find out whether more than one activation can.
"""


# %% exercise="smallest_net"
def smallest_net(dataset):
    """Return (sizes, act) as `minimal_net` does, for "ring", with at most 9 parameters."""
    ### BEGIN SOLUTION
    return [2, 2, 1], "sine"
    ### END SOLUTION


# %% [markdown] hints="smallest_net"
r"""
Which functions of two scores, added up, are the same all the way round a circle, or nearly?

Two activations of the list can close a border with two units. One of them is exactly right for the ring, and only about every second network finds it.
"""

# %% check="smallest_net" points=1
import numpy as np

from course_utils import datasets, network


def play(design, seed):
    assert isinstance(design, (tuple, list)) and len(design) == 2 and isinstance(design[1], str), f"A design is two things, sizes and activation; yours is {design!r}."
    sizes, act = [int(size) for size in design[0]], design[1]
    count = sum((n + 1) * m for n, m in zip(sizes, sizes[1:]))
    assert count <= 9, f"Your design {sizes} has {count} parameters, and 9 are allowed."
    X, y = datasets.ring(200, seed=seed)
    _, _, right = network.train(sizes, X, y, act, steps=500, rate=0.05, seeds=range(seed, seed + 20), goal=0.99)
    held = int(np.sum(right[:, -1] >= 0.99))
    assert act in ("sine", "square") or held, f"No network of your design {sizes}, {act}, holds: two such units leave every border open."
    assert held >= 18, f"{held} of 20 networks of your design {sizes}, {act}, hold; 18 are needed. That it can close the border is only half of it."
    return count


print("smallest_net: the ring, closed with", play(smallest_net("ring"), 0), "parameters.")
### BEGIN HIDDEN TESTS
for seed in (7000, 9000):
    play(smallest_net("ring"), seed)
### END HIDDEN TESTS

# %% [markdown]
r"""
## The twelve questions again

Before lesson 01 you were asked twelve questions, if you liked.
Here they are once more, and after the last one you are told what has changed, question by question counted with its reason.
No points, as before.
"""

# %% figure
from course_utils import inventory

inventory.ask("after")
