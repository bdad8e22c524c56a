"""Lesson 08: what learners usually get wrong, and other ways to get it right."""

RATE = '''
def success_rate(width, act, n_seeds):
    _, _, accuracies = network.train([2, width, 1], ring_X, ring_y, act, steps=300, rate=0.05, seeds={seeds})
    n, z = n_seeds, 1.96
    p = {share}
    {interval}
'''
SEEDS, SHARE = "list(range(n_seeds))", "float(np.mean(accuracies[:, -1] >= 0.99))"
WILSON = "\n    ".join([
    "m = (p + z**2 / (2 * n)) / (1 + z**2 / n)",
    "h = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))",
    "return p, m - h, m + h",
])
WALD = "\n    ".join(["h = z * np.sqrt(p * (1 - p) / n)", "return p, p - h, p + h"])


def rate(seeds=SEEDS, share=SHARE, interval=WILSON):
    return RATE.format(seeds=seeds, share=share, interval=interval)


CONTEST = '''
def fair_bake_off(acts, tasks, seeds):
    report = {{}}
    {before}
    for act in acts:
        report[act] = {{}}
        for task, run in tasks.items():
            successes = 0
            for seed in seeds:
                {run}
            report[act][task] = {said}
    return {report}
'''


def contest(run="successes += run(act, 0, seed, 300, 1)", said="network.wilson(int(successes), len(seeds))", report="report", before="count = 0"):
    return CONTEST.format(run=run, said=said, report=report, before=before)


DEAD = '''
def born_dead_rate(width, depth, rng):
    {before}
    points, dead = rng.normal(size=(100, 2)), 0
    for _ in range(500):
        H, silent = points, False
        for W, b in network.init([2] + [width] * depth, rng, "relu"):
            H = np.maximum(H @ W + b, 0)
            silent = silent or bool((H == 0).all(axis=0).any())
        dead += {verdict}
    return dead / 500
'''

MATCH = '''
def match_params(depth, budget, d_in, d_out):
    cost = lambda w: {cost}
    width = 0
    while {go}:
        width += 1
    return width
'''


def match(cost="(d_in + 1) * w + (depth - 1) * (w + 1) * w + (w + 1) * d_out", go="cost(width + 1) <= budget"):
    return MATCH.format(cost=cost, go=go)


MISTAKES = {
    "tent": [
        ("takes the weight of a hinge for the slope behind it", "by how much does it have to change",
         "def tent(x):\n    return 2 * np.maximum(x, 0) - 2 * np.maximum(x - 0.5, 0)\n"),
        ("forgets to stretch", "half as high",
         "def tent(x):\n    return np.maximum(x, 0) - 2 * np.maximum(x - 0.5, 0)\n"),
        ("repeats the tent for ever", "Two ReLUs have two corners at most",
         "def tent(x):\n    return 1 - np.abs(2 * (x % 1) - 1)\n"),
        ("asks with if", "look at one number only",
         "def tent(x):\n    return 2 * x if x < 0.5 else 2 - 2 * x\n"),
        ("puts the second hinge at 1", "The tent sends",
         "def tent(x):\n    return 2 * np.maximum(x, 0) - 4 * np.maximum(x - 1, 0)\n"),
    ],
    "compose": [
        ("multiplies", "three times the value of f", "def compose(f, x, k):\n    return k * f(x)\n"),
        ("takes a power", "the third power of f", "def compose(f, x, k):\n    return f(x) ** k\n"),
        ("always feeds the old x", "as after one time",
         "def compose(f, x, k):\n    y = x\n    for _ in range(k):\n        y = f(x)\n    return y\n"),
        ("applies once too often", "that is four times f",
         "def compose(f, x, k):\n    y = f(x)\n    for _ in range(k):\n        y = f(y)\n    return y\n"),
        ("cannot do nothing", "Zero times f",
         "def compose(f, x, k):\n    y = f(x)\n    for _ in range(k - 1):\n        y = f(y)\n    return y\n"),
    ],
    "count_pieces": [
        ("counts sign changes of y", "Its heights never change their sign",
         "def count_pieces(x, y):\n    return 1 + int(np.sum(np.diff(np.sign(y)) > 1))\n"),
        ("counts sign changes of the slope", "only where the curve changes between flat, up and down",
         "def count_pieces(x, y):\n    return 1 + int(np.sum(np.diff(np.sign(np.diff(y))) != 0))\n"),
        ("counts corners", "these are its corners", '''
def count_pieces(x, y):
    s = np.diff(y) / np.diff(x)
    return int(np.sum(np.abs(np.diff(s)) > 1e-6 * np.abs(s).max()))
'''),
        ("counts the gap that holds a corner", "one gap alone is no piece", '''
def count_pieces(x, y):
    s = np.diff(y) / np.diff(x)
    return 1 + int(np.sum(np.abs(np.diff(s)) > 1e-6 * np.abs(s).max()))
'''),
        ("compares rounded numbers exactly", "in the sixteenth digit", '''
def count_pieces(x, y):
    s = np.diff(y) / np.diff(x)
    same = s[1:] == s[:-1]
    return int(np.sum(same & ~np.append(False, same[:-1])))
'''),
        ("forgets how wide the gaps are", "The gaps are of different width", '''
def count_pieces(x, y):
    s = np.diff(y)
    same = np.isclose(s[1:], s[:-1], atol=1e-6 * np.abs(s).max())
    return max(1, int(np.sum(same & ~np.append(False, same[:-1])))) + int(not same.any())
'''),
    ],
    "match_params": [
        ("forgets the biases", "have its bias", match("d_in * w + (depth - 1) * w * w + w * d_out")),
        ("goes over the budget", "it is over the budget", match(go="cost(width) < budget + 1")),
        ("has a matrix too many", "pays for two of them", match("(d_in + 1) * w + depth * (w + 1) * w + (w + 1) * d_out")),
        ("forgets the first layer", "both ends of the network", match("(depth - 1) * (w + 1) * w + (w + 1) * d_out")),
        ("assumes two inputs and one output", "are arguments", match("3 * w + (depth - 1) * (w + 1) * w + w + 1")),
        ("divides by the matrices between hidden layers", "does a formula of yours divide", '''
def match_params(depth, budget, d_in, d_out):
    a, b = depth - 1, d_in + depth + d_out
    return int((-b + (b * b + 4 * a * (budget - d_out)) ** 0.5) / (2 * a))
'''),
        ("stops searching too early", "before the money does", '''
def match_params(depth, budget, d_in, d_out):
    best = 0
    for w in range(1, 200):
        sizes = [d_in] + [w] * depth + [d_out]
        if sum(n * m + m for n, m in zip(sizes, sizes[1:])) <= budget:
            best = w
    return best
'''),
    ],
    "success_rate": [
        ("takes the same seed again and again", "is one run, counted", rate(seeds="[0] * n_seeds")),
        ("takes the schoolbook's interval", "that is the schoolbook's", rate(interval=WALD)),
        ("averages accuracies", "a mean of their accuracies is something else", rate(share="float(np.mean(accuracies[:, -1]))")),
        ("judges the start", "which column you judge", rate(share="float(np.mean(accuracies[:, 0] >= 0.5))")),
        ("leaves z out of the half width", "too narrow by the factor 1.96", rate(interval=WILSON.replace("h = z /", "h = 1 /"))),
        ("squares the count in the wrong place", "Wilson's interval runs from", rate(interval=WILSON.replace("4 * n**2", "4 * n"))),
    ],
    "zaslavsky": [
        ("stops a term too early", "The last term of the sum is missing",
         "def zaslavsky(D, d):\n    import math\n    return sum(math.comb(D, k) for k in range(d))\n"),
        ("begins with the lines", "Even with no line",
         "def zaslavsky(D, d):\n    import math\n    return sum(math.comb(D, k) for k in range(1, d + 1))\n"),
        ("counts every pattern of sides", "occurs nowhere in the plane", "def zaslavsky(D, d):\n    return 2**D\n"),
        ("knows the plane only", "The number of dimensions counts", "def zaslavsky(D, d):\n    return 1 + D + D * (D - 1) // 2\n"),
        ("divides factorials that are not there", "some terms have nothing to choose from", '''
def zaslavsky(D, d):
    from math import factorial
    return sum(factorial(D) // (factorial(k) * factorial(D - k)) for k in range(d + 1))
'''),
    ],
    "born_dead_rate": [
        ("calls a network dead for one silent unit", "Single units may be silent", DEAD.format(before="", verdict="silent")),
        ("looks at one point", "One point, or the first one, does not tell", DEAD.format(before="", verdict="not H[0].any()")),
        ("counts the living", "the share of the living", DEAD.format(before="", verdict="bool(H.any())")),
        ("has a generator of its own", "Three generators with different seeds", DEAD.format(before="rng = np.random.default_rng(0)", verdict="not H.any()")),
    ],
    "fair_bake_off": [
        ("numbers the runs through", "the luckier draw", contest("successes += run(act, 0, count, 300, 1); count += 1")),
        ("gives one arm more steps", "budget (steps)", contest("successes += run(act, 0, seed, 600 if act == 'gelu' else 300, 1)")),
        ("gives one arm its own start", "start (spread)", contest("successes += run(act, 0, seed, 300, 0 if act == 'tanh' else 1)")),
        ("draws new points for each arm", "points (data_seed)", contest("successes += run(act, acts.index(act), seed, 300, 1)")),
        ("stops at the first failure", "Nobody stops early",
         contest("ok = run(act, 0, seed, 300, 1); successes += ok\n                if not ok: break")),
        ("runs the same seed again", "is the same run again", contest("successes += run(act, 0, seeds[0], 300, 1)")),
        ("reports the winner only", "Your report leaves out", contest(
            report="{max(report, key=lambda a: sum(r[0] for r in report[a].values())): report[max(report, key=lambda a: sum(r[0] for r in report[a].values()))]}")),
        ("takes the schoolbook's interval", "on 'ring', from", contest(
            said="(successes / len(seeds), successes / len(seeds) - 1.96 * (successes / len(seeds) * (1 - successes / len(seeds)) / len(seeds)) ** 0.5, "
                 "successes / len(seeds) + 1.96 * (successes / len(seeds) * (1 - successes / len(seeds)) / len(seeds)) ** 0.5)")),
    ],
}

CONSTANT = {"fair_bake_off": "its check watches the calls that it makes, and a replay makes none"}

RIGHT = {
    "tent": [
        "def tent(x):\n    return 1 - 2 * np.maximum(x - 0.5, 0) - 2 * np.maximum(0.5 - x, 0)\n",
        "def tent(x):\n    return np.where(x < 0.5, 2 * x, 2 - 2 * x)\n",
        '''
def tent(x):
    hidden = np.maximum(np.asarray(x)[..., None] @ np.array([[1.0, 1.0]]) + np.array([0.0, -0.5]), 0)
    return hidden @ np.array([2.0, -4.0])
''',
    ],
    "compose": [
        "def compose(f, x, k):\n    return x if k == 0 else compose(f, f(x), k - 1)\n",
        '''
def compose(f, x, k):
    result = np.array(x, dtype=float)
    while k > 0:
        result, k = f(result), k - 1
    return result
''',
    ],
    "count_pieces": [
        '''
def count_pieces(x, y):
    slopes = [(y[i + 1] - y[i]) / (x[i + 1] - x[i]) for i in range(len(x) - 1)]
    near = 1e-6 * max(abs(s) for s in slopes)
    pieces, running = 0, False
    for a, b in zip(slopes, slopes[1:]):
        equal = abs(a - b) <= near
        if equal and not running:
            pieces += 1
        running = equal
    return pieces
''',
        '''
def count_pieces(x, y):
    s = np.diff(y) / np.diff(x)
    same = (np.abs(s[1:] - s[:-1]) <= 1e-6 * np.max(np.abs(s))).astype(int)
    return int(same[0]) + np.sum(np.diff(same) == 1)
''',
    ],
    "match_params": [
        match(),
        '''
def match_params(depth, budget, d_in, d_out):
    a, b, c = depth - 1, d_in + 1 + depth - 1 + d_out, d_out - budget
    if c > 0:
        return 0
    width = -c / b if a == 0 else (-b + (b * b - 4 * a * c) ** 0.5) / (2 * a)
    return int(np.floor(width + 1e-9))
''',
        '''
def match_params(depth, budget, d_in, d_out):
    best = 0
    for w in range(1, budget + 1):
        layers = [(d_in, w)] + [(w, w)] * (depth - 1) + [(w, d_out)]
        if sum((a + 1) * b for a, b in layers) <= budget:
            best = w
        else:
            break
    return best
''',
    ],
    "success_rate": [
        rate(),
        '''
def success_rate(width, act, n_seeds):
    k = 0
    for seed in range(n_seeds):
        params, _, _ = network.train([2, width, 1], ring_X, ring_y, act=act, steps=300, rate=0.05, seeds=[seed])
        k += network.accuracy(params[0], ring_X, ring_y, act) >= 0.99
    a, b = 1.96**2, n_seeds
    root = (a * (a + 4 * k * (b - k) / b)) ** 0.5
    return [k / b, (2 * k + a - root) / (2 * (b + a)), (2 * k + a + root) / (2 * (b + a))]
''',
        '''
def success_rate(width, act, n_seeds):
    *_, found = network.train([2, width, 1], ring_X, ring_y, act, 300, 0.05, n_seeds)
    return network.wilson(int(sum(found[:, -1] >= 0.99)), n_seeds)
''',
    ],
    "zaslavsky": [
        "def zaslavsky(D, d):\n    import math\n    return sum(math.comb(D, k) for k in range(d + 1))\n",
        "def zaslavsky(D, d):\n    row = [1] * (d + 1)\n    for _ in range(D):\n        row = [1] + [row[k] + row[k - 1] for k in range(1, d + 1)]\n    return row[d]\n",
    ],
    "born_dead_rate": [
        '''
def born_dead_rate(width, depth, rng):
    points = rng.normal(size=(100, 2))
    last = []
    for _ in range(500):
        params = network.init([2] + [width] * depth + [1], rng, "relu")
        hidden, _ = network.forward(params, points, "relu")
        last.append(float(hidden[-1].max()) == 0.0)
    return np.mean(last)
''',
        '''
def born_dead_rate(width, depth, rng):
    X = rng.normal(size=(100, 2))

    def alive():
        H = X
        for W, b in network.init([2, *[width] * depth], rng, "relu"):
            H = (H @ W + b).clip(min=0)
            if not (H > 0).any():
                return False
        return True

    return 1 - sum(alive() for _ in range(500)) / 500
''',
    ],
    "fair_bake_off": [
        contest(),
        '''
def fair_bake_off(acts, tasks, seeds):
    def interval(k, n, z=1.96):
        p, d = k / n, 1 + z * z / n
        half = z * (p * (1 - p) / n + z * z / 4 / n / n) ** 0.5
        return [p, (p + z * z / 2 / n - half) / d, (p + z * z / 2 / n + half) / d]

    wins = {(act, task): 0 for act in acts for task in tasks}
    for seed in seeds:
        for task in tasks:
            for act in acts:
                wins[act, task] += tasks[task](act, data_seed=seed, net_seed=seed, steps=500, spread=0.5)
    return {act: {task: interval(wins[act, task], len(seeds)) for task in tasks} for act in acts}
''',
    ],
}
