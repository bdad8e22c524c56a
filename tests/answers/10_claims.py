"""Lesson 10: what learners usually get wrong, and other ways to get it right."""

OK, IMPRECISE, WRONG = "S11 S15 S25 S33 S39", "S2 S10 S12 S23 S34", "S7 S24 S28 S31 S45"


def _verdict(**changed):
    found = {name: word for word, names in (("OK", OK), ("IMPRECISE", IMPRECISE), ("WRONG", WRONG)) for name in names.split()}
    return f"def verdict():\n    return {found | changed!r}\n"


_TRIAL = '''
def experiment(claim_id, rng):
    task = "spirals" if claim_id == "S45" else "ring"
    sizes, act = {{"S15": ([2, 8, 8, 1], "linear"), "S21": ([2, 3, 1], "relu"), "S45": ([2, 16, 1], "tanh")}}[claim_id]
    other, other_act = {{"S15": ([2, 8, 8, 1], "relu"), "S21": ([2, 1], "linear"), "S45": ([2, 1], "linear")}}[claim_id]
    n = {n}
    seeds = {seeds}
    k = successes(task, sizes, act, seeds)
    stat, lo, hi = {interval}
    control = {control}
    return {report}
'''
_WHOLE = {
    "n": "20",
    "seeds": "[int(s) for s in rng.integers(0, 100_000, size=n)]",
    "interval": "network.wilson(k, n)",
    "control": "successes(task, other, other_act, [int(s) for s in rng.integers(0, 100_000, size=n)]) / n",
    "report": "dict(stat=stat, lo=lo, hi=hi, n=n, control=control)",
}


def _trial(**changed):
    return _TRIAL.format(**(_WHOLE | changed))


def _nets(name, **designs):
    return f"def {name}(dataset):\n    return {designs!r}[dataset]\n"


MISTAKES = {
    "verdict": [
        ("takes the sentence on vanishing gradients for right", "the product of many small factors?", _verdict(S24="OK")),
        ("believes in tearing", "measured the largest jump between neighbours", _verdict(S28="OK")),
        ("takes one layer as always enough", "has a theorem that sounds like this one", _verdict(S12="OK")),
        ("asks for two layers", "followed the wave to within half a hundredth", _verdict(S45="IMPRECISE")),
        ("takes the border for a hyperplane", "can a hyperplane of any space be bent?", _verdict(S31="OK")),
        ("believes that ReLU ends vanishing", "starting weights by one half", _verdict(S23="OK")),
        ("takes softmax for calibrated", "promises more than a form", _verdict(S34="OK")),
        ("condemns the bias altogether", "is anything about the sentence right?", _verdict(S2="WRONG")),
        ("condemns dead units since they need not be fatal", "you counted units that were 0 on all points", _verdict(S25="WRONG")),
        ("leaves some out", "There is no verdict yet on", 'def verdict():\n    return {"S2": "IMPRECISE"}\n'),
        ("invents a verdict", "A verdict is one of the texts", _verdict(S7="HALF RIGHT")),
        ("answers with a list", "should return a dictionary", "def verdict():\n    return ['OK'] * 15\n"),
    ],
    "experiment": [
        ("has no control arm", "has no control arm", _trial(report="dict(stat=stat, lo=lo, hi=hi, n=n)")),
        ("trains one network", "One run is an anecdote", _trial(n="1")),
        ("ignores its rng", "Where do your seeds come from?", _trial(seeds="list(range(n))")),
        ("trains one seed twenty times", "one network, twenty times", _trial(seeds="[int(rng.integers(1000))] * n")),
        ("takes the schoolbook's interval", "which has no width",
         _trial(interval="k / n, k / n - 1.96 * np.sqrt(k / n * (1 - k / n) / n), k / n + 1.96 * np.sqrt(k / n * (1 - k / n) / n)")),
        ("reports counts", "Shares lie between 0 and 1", _trial(control="20 * (k == 0)", report="dict(stat=k, lo=lo, hi=hi, n=n, control=control)")),
        ("takes the trial for its own control", "your control arm succeeds in 0%",
         _trial(control="k / n")),
        ("reports a mean accuracy", "no whole number of successes",
         _trial(report="dict(stat=0.8731, lo=lo, hi=hi, n=n, control=control)")),
        ("stops at a claim", "stopped with a missing name",
         "def experiment(claim_id, rng):\n    return {'S21': 1}[claim_id]\n"),
    ],
    "minimal_net": [
        ("takes no hidden layer", "Can it draw such a border at all?", _nets("minimal_net", ring=([2, 1], "tanh"), moons=([2, 4, 1], "tanh"), spirals=([2, 16, 1], "tanh"))),
        ("takes linear layers", "what becomes of such a stack",
         _nets("minimal_net", ring=([2, 4, 1], "tanh"), moons=([2, 4, 1], "linear"), spirals=([2, 16, 1], "tanh"))),
        ("trusts in luck", "what would make it reliable?", _nets("minimal_net", ring=([2, 3, 1], "relu"), moons=([2, 4, 1], "tanh"), spirals=([2, 16, 1], "tanh"))),
        ("forgets the biases", "biases included", _nets("minimal_net", ring=([2, 8, 1], "relu"), moons=([2, 4, 1], "tanh"), spirals=([2, 16, 1], "tanh"))),
        ("forgets the ends", "begin with the 2 inputs", _nets("minimal_net", ring=([4], "tanh"), moons=([4], "tanh"), spirals=([16], "tanh"))),
        ("invents an activation", "the list has", _nets("minimal_net", ring=([2, 4, 1], "bend"), moons=([2, 4, 1], "tanh"), spirals=([2, 16, 1], "tanh"))),
        ("returns the sizes alone", "sizes and activation", "def minimal_net(dataset):\n    return [2, 4, 1]\n"),
    ],
    "smaller_net": [
        ("keeps the first design", "are allowed now", "def smaller_net(dataset):\n    return minimal_net(dataset)\n"),
        ("takes ReLUs", "hold; 18 are needed.", _nets("smaller_net", ring=([2, 3, 1], "relu"), moons=([2, 3, 1], "relu"), spirals=([2, 8, 1], "relu"))),
    ],
    "smallest_net": [
        ("takes three units", "and 9 are allowed", _nets("smallest_net", ring=([2, 3, 1], "tanh"))),
        ("takes two tanh units", "leave every border open", _nets("smallest_net", ring=([2, 2, 1], "tanh"))),
        ("takes squares", "is only half of it", _nets("smallest_net", ring=([2, 2, 1], "square"))),
    ],
}

RIGHT = {
    "verdict": [
        _verdict(),
        f'''
def verdict():
    found = {{}}
    for word, names in [("WRONG", "{WRONG}"), ("OK", "{OK}"), ("IMPRECISE", "{IMPRECISE}")]:
        for name in names.split():
            found[name] = word
    return found
''',
    ],
    "experiment": [
        _trial(),
        '''
def experiment(claim_id, rng):
    n = 30
    seeds = rng.permutation(10_000)[: 2 * n]
    if claim_id == "S15":
        k, c = successes("ring", [2, 8, 8, 1], "linear", seeds[:n]), successes("ring", (2, 8, 8, 1), "gelu", seeds[n:])
    elif claim_id == "S21":
        k, c = successes("ring", [2, 3, 1], "relu", seeds[:n]), successes("ring", [2, 1, 1], "relu", seeds[:n])
    else:
        k, c = successes("spirals", [2, 16, 1], "tanh", seeds[:n]), successes("spirals", [2, 1], "linear", seeds[:n])
    p, z = k / n, 1.96
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return {"n": np.int64(n), "stat": np.float64(p), "control": c / n, "lo": middle - half, "hi": middle + half, "note": "paired"}
''',
    ],
    "minimal_net": [
        _nets("minimal_net", ring=([2, 2, 1], "sine"), moons=([2, 3, 1], "tanh"), spirals=([2, 8, 1], "tanh")),
        '''
def minimal_net(dataset):
    if dataset == "spirals":
        return np.array([2, 16, 1]), "relu"
    return (2, 5, 1), "tanh"
''',
    ],
    "smaller_net": [
        _nets("smaller_net", ring=([2, 2, 1], "sine"), moons=((2, 3, 1), "tanh"), spirals=([2, 8, 1], "silu")),
        '''
def smaller_net(dataset):
    units = 8 if dataset == "spirals" else 3
    return [[2, units, 1], "tanh"]
''',
    ],
    "smallest_net": ['def smallest_net(dataset):\n    return (2, 2, 1), "sine"\n', 'def smallest_net(dataset):\n    return [np.array([2, 2, 1]), "sine"]\n'],
}

_DESIGN = "a design is itself the answer, and what the hidden tests vary is the points and the seeds it is trained with"
CONSTANT = {
    "verdict": "it takes no argument: its answer is the value itself, which the visible check knows only by its digests",
    "minimal_net": _DESIGN, "smaller_net": _DESIGN, "smallest_net": _DESIGN,
}
