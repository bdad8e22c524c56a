"""Lesson 06: what learners usually get wrong, and other ways to get it right."""

BACKWARD = '''
def backward(params, X, y, act):
    f, slope = ACTIVATIONS[act]
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(f(Z[-1]))
    n = len(X)
    D = (1 / (1 + np.exp(-Z[-1])) - y.reshape(-1, 1)) / n
    grads = [None] * len(params)
    for k in range(len(params) - 1, -1, -1):
        grads[k] = (A[k].T @ D, D.sum(axis=0))
        if k:
            D = (D @ params[k][0].T) * slope(Z[k - 1])
    return grads
'''


def backward(old, new):
    """The usual backward pass with one slip; it is right but for a naive logistic function."""
    careful = BACKWARD.replace("1 / (1 + np.exp(-Z[-1]))", "sigmoid(Z[-1])")
    assert old in careful
    return careful.replace(old, new)


GRAD_CHECK = '''
def grad_check(loss, params, grads, eps):
    row, v = to_row(params).astype(float), to_row(grads)
    u = np.zeros(len(row))
    for k in range(len(row)):
        up, down = row.copy(), row.copy()
        up[k] += eps
        down[k] -= eps
        u[k] = (loss(from_row(up, params)) - loss(from_row(down, params))) / (2 * eps)
    size = np.linalg.norm(u) + np.linalg.norm(v)
    return 0.0 if size == 0 else np.linalg.norm(u - v) / size
'''


def grad_check(old, new):
    assert old in GRAD_CHECK
    return GRAD_CHECK.replace(old, new)


INIT = '''
def init(sizes, rng, act):
    params = []
    for n, m in zip(sizes[:-1], sizes[1:]):
        variance = (2 if act == "relu" else 1) / n
        params.append((rng.normal(0, np.sqrt(variance), size=(n, m)), np.zeros(m)))
    return params
'''


def init(old, new):
    assert old in INIT
    return INIT.replace(old, new)


SIGNAL = '''
def signal_ratio(depth, act, scale):
    rng = np.random.default_rng(5)
    f, slope = ACTIVATIONS[act]
    params = [(scale * W, b) for W, b in init([100] * (depth + 1), rng, act)]
    A, Z = [rng.normal(size=(50, 100))], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(f(Z[-1]))
    D = rng.normal(size=(50, 100))
    sent = np.linalg.norm(D)
    for k in range(depth - 1, 0, -1):
        D = (D * slope(Z[k])) @ params[k][0].T
    return np.linalg.norm(D) / sent
'''


def signal(old, new):
    assert old in SIGNAL
    return SIGNAL.replace(old, new)


MISTAKES = {
    "forward": [
        ("lets the output layer bend as well", "the activation has cut it off", '''
def forward(params, X, act):
    f, _ = ACTIVATIONS[act]
    hidden, H = [], X
    for W, b in params:
        H = f(H @ W + b)
        hidden.append(H)
    return hidden[:-1], hidden[-1]
'''),
        ("applies the logistic function to the output", "it went through the logistic function", '''
def forward(params, X, act):
    f, _ = ACTIVATIONS[act]
    hidden = []
    for W, b in params[:-1]:
        X = f(X @ W + b)
        hidden.append(X)
    return hidden, sigmoid(X @ params[-1][0] + params[-1][1])
'''),
        ("keeps the scores instead of the outputs", "hidden holds the scores before the activation", '''
def forward(params, X, act):
    f, _ = ACTIVATIONS[act]
    hidden = []
    for W, b in params[:-1]:
        z = X @ W + b
        hidden.append(z)
        X = f(z)
    return hidden, X @ params[-1][0] + params[-1][1]
'''),
        ("forgets the activation", "a network in which nothing bends", '''
def forward(params, X, act):
    hidden = []
    for W, b in params[:-1]:
        X = X @ W + b
        hidden.append(X)
    return hidden, X @ params[-1][0] + params[-1][1]
'''),
        ("counts the points among the hidden layers", "The inputs are no hidden layer", '''
def forward(params, X, act):
    f, _ = ACTIVATIONS[act]
    hidden = [X]
    for W, b in params[:-1]:
        hidden.append(f(hidden[-1] @ W + b))
    return hidden, hidden[-1] @ params[-1][0] + params[-1][1]
'''),
        ("counts the output among the hidden layers", "which is not hidden", '''
def forward(params, X, act):
    f, _ = ACTIVATIONS[act]
    hidden = []
    for k, (W, b) in enumerate(params):
        X = X @ W + b if k == len(params) - 1 else f(X @ W + b)
        hidden.append(X)
    return hidden, X
'''),
        ("always bends like the ReLU", "Which of the two arguments tells you the activation", '''
def forward(params, X, act):
    hidden = []
    for W, b in params[:-1]:
        X = np.maximum(X @ W + b, 0)
        hidden.append(X)
    return hidden, X @ params[-1][0] + params[-1][1]
'''),
        ("multiplies from the wrong side", "on which side of W do they stand", '''
def forward(params, X, act):
    f, _ = ACTIVATIONS[act]
    hidden = []
    for W, b in params[:-1]:
        X = f(W @ X + b)
        hidden.append(X)
    return hidden, params[-1][0] @ X + params[-1][1]
'''),
        ("knows two activations only", "any of them may come", '''
def forward(params, X, act):
    hidden, H = [], X
    for W, b in params[:-1]:
        H = np.maximum(H @ W + b, 0) if act == "relu" else np.tanh(H @ W + b)
        hidden.append(H)
    return hidden, H @ params[-1][0] + params[-1][1]
'''),
    ],
    "backward": [
        ("forgets the mean", "Where does 1/n come in", backward(" / n\n", "\n")),
        ("takes the difference the wrong way round", "p - y or y - p", backward("D = (", "D = -(")),
        ("takes the slope at the output", "belongs at the score z", backward("slope(Z[k - 1])", "slope(A[k])")),
        ("forgets the slope of the bend", "never through the bends", backward(" * slope(Z[k - 1])", "")),
        ("does not turn W on the way back", "output i collects over all j",
         backward("params[k][0].T", "(params[k][0].T if params[k][0].shape[1] == 1 else params[k][0])")),
        ("multiplies in an order that does not fit", "has to be turned on its side", backward("A[k].T @ D", "A[k] @ D")),
        ("does not sum the bias's slopes", "what becomes of the three rows", backward("D.sum(axis=0)", "D * np.ones((n, 1))")),
        ("averages the bias's slopes once more", "Twice is too often", backward("D.sum(axis=0)", "D.mean(axis=0)")),
        ("returns the layers in the order of the way back", "They should stand in the order of params",
         backward("return grads", "return grads[::-1]")),
        ("lets a flat y meet a column", "fills a whole 3 x 3 table", backward("y.reshape(-1, 1)", "y")),
        ("compares with -1 and 1", "and so do the classes", backward("y.reshape(-1, 1)", "(2 * y.reshape(-1, 1) - 1)")),
        ("compares the logit with the class", "the logit after the logistic function", backward("sigmoid(Z[-1])", "Z[-1]")),
        ("multiplies by the slope of the logistic function", "For this price it cancels",
         backward(" / n\n", " / n * sigmoid(Z[-1]) * sigmoid(-Z[-1])\n")),
        ("lets the exponential overflow", "your sigmoid of lesson 05 copes", BACKWARD),
    ],
    "grad_check": [
        ("looks to one side only", "Looking to one side only",
         grad_check("(loss(from_row(up, params)) - loss(from_row(down, params))) / (2 * eps)",
                    "(loss(from_row(up, params)) - loss(params)) / eps")),
        ("takes the plain difference", "your answer is 13.30, the plain difference", grad_check("np.linalg.norm(u - v) / size", "np.linalg.norm(u - v)")),
        ("takes the largest plain difference", "your answer is 12.00, the plain difference", grad_check("np.linalg.norm(u - v) / size", "np.abs(u - v).max()")),
        ("divides by eps", "your nudges say twice as much", grad_check("(2 * eps)", "eps")),
        ("divides by one length", "the length of one row", grad_check("np.linalg.norm(u) + np.linalg.norm(v)", "np.linalg.norm(u)")),
        ("compares number by number", "you compare number by number",
         grad_check("np.linalg.norm(u - v) / size", "np.max(np.abs(u - v) / (np.abs(u) + np.abs(v)))")),
        ("leaves the network nudged", "some numbers are still nudged", '''
def grad_check(loss, params, grads, eps):
    u = []
    for W, b in params:
        for part in (W, b):
            for place in np.ndindex(part.shape):
                part[place] += eps
                up = loss(params)
                part[place] -= 2 * eps
                u.append((up - loss(params)) / (2 * eps))
    v = to_row(grads)
    return np.linalg.norm(u - v) / (np.linalg.norm(u) + np.linalg.norm(v))
'''),
        ("divides by nothing", "there is nothing to divide by", grad_check("0.0 if size == 0 else ", "")),
    ],
    "init": [
        ("begins at zero", "all would take the same steps", init("rng.normal(0, np.sqrt(variance), size=(n, m))", "np.zeros((n, m))")),
        ("takes the variance for the deviation", "the deviation is its root", init("np.sqrt(variance)", "variance")),
        ("goes by the neurons that receive", "which of the two counts", init("else 1) / n", "else 1) / m")),
        ("draws the biases, too", "Chance is needed once", init("np.zeros(m)", "rng.normal(size=m)")),
        ("turns W on its side", "With points in rows it is", init("size=(n, m)", "size=(m, n)")),
        ("spreads evenly", "Here they shall be normally distributed",
         init("rng.normal(0, np.sqrt(variance), size=(n, m))", "rng.uniform(-np.sqrt(variance), np.sqrt(variance), size=(n, m))")),
        ("does not ask for the activation", "by what factor should their variance", init('(2 if act == "relu" else 1)', "1")),
        ("always doubles", "as for a ReLU", init('(2 if act == "relu" else 1)', "2")),
        ("doubles the deviation", "It is the variance that doubles", init('(2 if act == "relu" else 1)', '(4 if act == "relu" else 1)')),
        ("draws from another generator", "Twice the same generator", init("rng.normal", "np.random.default_rng().normal")),
        ("makes a generator of its own", "Two generators with different seeds", init("    params = []\n", "    params, rng = [], np.random.default_rng(0)\n")),
        ("doubles for all but tanh", "Only the ReLU asks for more", '''
def init(sizes, rng, act):
    gain = 1 if act == "tanh" else 2
    return [(rng.normal(0, np.sqrt(gain / n), size=(n, m)), np.zeros(m)) for n, m in zip(sizes, sizes[1:])]
'''),
    ],
    "dead_fraction": [
        ("counts zero outputs", "Count units", "def dead_fraction(W, b, X):\n    return np.mean(X @ W + b <= 0)\n"),
        ("counts silent points", "down a column, and not along a row", "def dead_fraction(W, b, X):\n    return np.mean((X @ W + b <= 0).all(axis=1))\n"),
        ("takes some for all", "and not for some", "def dead_fraction(W, b, X):\n    return np.mean((X @ W + b <= 0).any(axis=0))\n"),
        ("forgets the score 0", "misses one of the dead", "def dead_fraction(W, b, X):\n    return np.mean((X @ W + b < 0).all(axis=0))\n"),
        ("counts instead of sharing", "the number of dead units", "def dead_fraction(W, b, X):\n    return (np.maximum(X @ W + b, 0).sum(axis=0) == 0).sum()\n"),
    ],
    "signal_ratio": [
        ("divides the wrong way round", "which length is divided by which", signal("np.linalg.norm(D) / sent", "sent / np.linalg.norm(D)")),
        ("forgets the slopes", "do the slopes come in", signal("(D * slope(Z[k]))", "D")),
        ("passes the first layer as well", "it passed the first layer's own bend", signal("range(depth - 1, 0, -1)", "range(depth - 1, -1, -1)")),
        ("forgets the scale", "Is scale used on the way back", signal("(scale * W, b)", "(W, b)")),
        ("measures the way forward", "on the way forward is another matter",
         signal("return np.linalg.norm(D) / sent", "return 1.0 if depth == 1 else np.linalg.norm(A[-1]) * 10 / np.linalg.norm(A[1])")),
        ("takes the slopes of the layer before", "of the layer that is passed", '''
def signal_ratio(depth, act, scale):
    rng = np.random.default_rng(1)
    f, slope = ACTIVATIONS[act]
    H, layers = rng.normal(size=(50, 100)), []
    for W, b in init([100] * (depth + 1), rng, act):
        z = H @ (scale * W) + b
        layers.append((scale * W, slope(z)))
        H = f(z)
    sent = signal = rng.normal(size=(50, 100))
    for k in range(depth - 1, 0, -1):
        signal = (signal @ layers[k][0].T) * layers[k - 1][1]
    return float(np.linalg.norm(signal) / np.linalg.norm(sent))
'''),
    ],
    "cause_of_vanishing": [
        ("blames the step size", "does not take the learning rate", 'def cause_of_vanishing():\n    return "a"\n'),
        ("takes rest for the cause", "moving or not", 'def cause_of_vanishing():\n    return "b"\n'),
        ("believes in early perfection", "hardly the best values", 'def cause_of_vanishing():\n    return "d"\n'),
    ],
    "interaction": [
        ("climbs from corner to corner", "use all four corners", '''
def interaction(f, a, b):
    low, high = f(np.array([a, b]))
    return high - low
'''),
        ("forgets the corner a", "the constant is left over", '''
def interaction(f, a, b):
    v = f(np.array([[b[0], b[1]], [a[0], b[1]], [b[0], a[1]]]))
    return v[0] - v[1] - v[2]
'''),
        ("compares along the diagonal", "and not along a diagonal", '''
def interaction(f, a, b):
    a, b = np.array(a), np.array(b)
    v = f(np.array([a, (a + b) / 2, b]))
    return v[0] - 2 * v[1] + v[2]
'''),
        ("takes the climbs in the wrong order", "comes first, and the one at", '''
def interaction(f, a, b):
    v = f(np.array([[b[0], b[1]], [a[0], b[1]], [b[0], a[1]], [a[0], a[1]]]))
    return v[2] - v[3] - v[0] + v[1]
'''),
        ("always takes the unit square", "as on the unit square", '''
def interaction(f, a, b):
    v = f(np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]))
    return v[0] - v[1] - v[2] + v[3]
'''),
        ("asks for one point as a flat array", "takes points as rows", '''
def interaction(f, a, b):
    at = lambda p, q: f(np.array([p, q]))
    return at(b[0], b[1]) - at(a[0], b[1]) - at(b[0], a[1]) + at(a[0], a[1])
'''),
        ("drops the sign", "An interaction has a sign", '''
def interaction(f, a, b):
    one, two, three, four = f(np.array([[b[0], b[1]], [a[0], b[1]], [b[0], a[1]], [a[0], a[1]]]))
    return abs((one - two) - (three - four))
'''),
    ],
}

RIGHT = {
    "forward": ['''
def forward(params, X, act):
    bend = ACTIVATIONS[act][0]
    hidden = []
    for k in range(len(params) - 1):
        inputs = X if k == 0 else hidden[k - 1]
        hidden.append(bend(np.dot(inputs, params[k][0]) + params[k][1]))
    last = hidden[-1] if hidden else X
    return hidden, np.dot(last, params[-1][0]) + params[-1][1]
''', '''
def forward(params, X, act):
    H, outputs = X, []
    for k, (W, b) in enumerate(params):
        z = np.array([x @ W + b for x in H])
        if k == len(params) - 1:
            return tuple(outputs), z
        H = ACTIVATIONS[act][0](z)
        outputs.append(H)
'''],
    "backward": ['''
def backward(params, X, y, act):
    f, slope = ACTIVATIONS[act]
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(f(Z[-1]))
    D = (sigmoid(Z[-1][:, 0]) - y).reshape(-1, 1)
    grads = []
    for k in reversed(range(len(params))):
        grads.append((A[k].T @ D / len(X), D.mean(axis=0)))
        if k > 0:
            D = slope(Z[k - 1]) * (D @ params[k][0].T)
    return grads[::-1]
''', '''
def backward(params, X, y, act):
    # point by point: outer products, added up
    f, slope = ACTIVATIONS[act]
    grads = [[np.zeros(W.shape), np.zeros(b.shape)] for W, b in params]
    for x, kind in zip(X, y):
        outputs, scores = [x], []
        for W, b in params:
            scores.append(outputs[-1] @ W + b)
            outputs.append(f(scores[-1]))
        blame = (0.5 + 0.5 * np.tanh(scores[-1] / 2) - kind) / len(X)
        for k in range(len(params) - 1, -1, -1):
            grads[k][0] += np.outer(outputs[k], blame)
            grads[k][1] += blame
            if k > 0:
                blame = params[k][0] @ blame * slope(scores[k - 1])
    return grads
'''],
    "grad_check": [GRAD_CHECK, '''
def grad_check(loss, params, grads, eps):
    top = left = right = 0.0
    for layer, (slopes, pair) in enumerate(zip(grads, params)):
        for part in (0, 1):
            for place in np.ndindex(pair[part].shape):
                prices = []
                for sign in (1, -1):
                    copy = [[np.array(W, dtype=float), np.array(b, dtype=float)] for W, b in params]
                    copy[layer][part][place] += sign * eps
                    prices.append(loss([(W, b) for W, b in copy]))
                u, v = (prices[0] - prices[1]) / (2 * eps), slopes[part][place]
                top, left, right = top + (u - v) ** 2, left + u**2, right + v**2
    if left == right == 0:
        return 0
    return top**0.5 / (left**0.5 + right**0.5)
'''],
    "init": [INIT, '''
def init(sizes, rng, act):
    gain = {"relu": 2.0}.get(act, 1.0)
    return [[rng.standard_normal((sizes[k], sizes[k + 1])) * (gain / sizes[k]) ** 0.5, np.zeros(sizes[k + 1])] for k in range(len(sizes) - 1)]
'''],
    "dead_fraction": ['''
def dead_fraction(W, b, X):
    outputs = np.maximum(X @ W + b, 0)
    return (outputs.max(axis=0) == 0).mean()
''', '''
def dead_fraction(W, b, X):
    dead = 0
    for k in range(W.shape[1]):
        if not any(x @ W[:, k] + b[k] > 0 for x in X):
            dead += 1
    return dead / W.shape[1]
'''],
    "signal_ratio": [SIGNAL, '''
def signal_ratio(depth, act, scale):
    # through backward's own recipe, with another width of the crowd of points
    rng = np.random.default_rng(11)
    f, slope = ACTIVATIONS[act]
    H, tables = rng.standard_normal((50, 100)), []
    for W, b in init([100] * (depth + 1), rng, act):
        W = W * scale
        z = H @ W + b
        H = f(z)
        tables.append(np.einsum("nj,ij->nij", slope(z), W))
    D = rng.standard_normal((50, 100))
    ratio = 1.0
    for table in tables[:0:-1]:
        before = np.sqrt((D**2).sum())
        D = np.einsum("nij,nj->ni", table, D)
        ratio *= np.sqrt((D**2).sum()) / before
    return ratio
'''],
    "cause_of_vanishing": ['def cause_of_vanishing():\n    return "C"\n', 'def cause_of_vanishing():\n    return " c "\n'],
    "interaction": ['''
def interaction(f, a, b):
    (a1, a2), (b1, b2) = a, b
    at = lambda p, q: f(np.array([[p, q]]))[0]
    return (at(b1, b2) - at(a1, b2)) - (at(b1, a2) - at(a1, a2))
''', '''
def interaction(f, a, b):
    x1, x2 = np.meshgrid([a[0], b[0]], [a[1], b[1]])
    values = np.reshape(f(np.column_stack([x1.ravel(), x2.ravel()])), (2, 2))
    return np.diff(np.diff(values, axis=1), axis=0).item()
'''],
}

CONSTANT = {"cause_of_vanishing": "it takes no argument: its answer is the value itself, which the visible check knows only by its digest"}
