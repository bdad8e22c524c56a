"""Lesson 04: what learners usually get wrong, and other ways to get it right."""

MISTAKES = {
    "collapse": [
        ("multiplies the matrices in the wrong order", "In which order do a 2x3 and a 3x1", '''
def collapse(Ws, bs):
    W, b = Ws[0], bs[0]
    for W_next, b_next in zip(Ws[1:], bs[1:]):
        W, b = W_next @ W, b @ W_next + b_next
    return W, b
'''),
        ("adds the biases up unpropagated", "push b1 through W2 first", '''
def collapse(Ws, bs):
    W = Ws[0]
    for W_next in Ws[1:]:
        W = W @ W_next
    return W, sum(b for b in bs) if all(b.shape == bs[0].shape for b in bs) else bs[0] @ Ws[1] + bs[1]
'''),
        ("loses the last bias", "the last layer's own bias", '''
def collapse(Ws, bs):
    W, b = Ws[0], bs[0]
    for k in range(1, len(Ws)):
        W, b = W @ Ws[k], b @ Ws[k] + (bs[k] if k < len(Ws) - 1 else 0)
    return W, b
'''),
        ("returns only the weights", "two things", '''
def collapse(Ws, bs):
    W = Ws[0]
    for W_next in Ws[1:]:
        W = W @ W_next
    return W
'''),
    ],
    "is_affine": [
        ("demands that f(0) is 0", "it asks for the value at zero", '''
def is_affine(f, dim, rng):
    if not np.allclose(f(np.zeros((1, dim))), 0):
        return False
    u, v, t = rng.uniform(-3, 3, (300, dim)), rng.uniform(-3, 3, (300, dim)), rng.uniform(0, 1, (300, 1))
    g = lambda X: np.asarray(f(X)).reshape(len(X), -1)
    return bool(np.allclose(g(t * u + (1 - t) * v), t * g(u) + (1 - t) * g(v)))
'''),
        ("tests sums only", "sums are too much to ask", '''
def is_affine(f, dim, rng):
    u, v = rng.uniform(-3, 3, (300, dim)), rng.uniform(-3, 3, (300, dim))
    return bool(np.allclose(f(u + v), f(u) + f(v)))
'''),
        ("asks one pair of points", "few points get there", '''
def is_affine(f, dim, rng):
    u, v, t = rng.uniform(-3, 3, (1, dim)), rng.uniform(-3, 3, (1, dim)), rng.uniform(0, 1)
    return bool(np.allclose(f(t * u + (1 - t) * v), t * f(u) + (1 - t) * f(v)))
'''),
        ("compares rounded numbers exactly", "the computer's rounding", '''
def is_affine(f, dim, rng):
    u, v, t = rng.uniform(-3, 3, (300, dim)), rng.uniform(-3, 3, (300, dim)), rng.uniform(0, 1, (300, 1))
    g = lambda X: np.asarray(f(X)).reshape(len(X), -1)
    return bool((g(t * u + (1 - t) * v) == t * g(u) + (1 - t) * g(v)).all())
'''),
        ("tests doubling only", "It doubles when its input doubles", '''
def is_affine(f, dim, rng):
    u = rng.uniform(-1.5, 1.5, (300, dim))
    zero = f(np.zeros((1, dim)))
    return bool(np.allclose(f(2 * u) - zero, 2 * (f(u) - zero)))
'''),
        ("tests mirrored points only", "do not mirror each other", '''
def is_affine(f, dim, rng):
    u = rng.uniform(-3, 3, (300, dim))
    return bool(np.allclose((f(u) + f(-u)) / 2, f(np.zeros((1, dim)))))
'''),
    ],
    "rank_bottleneck": [
        ("takes the last width", "The last width alone does not tell", "def rank_bottleneck(sizes):\n    return sizes[-1]\n"),
        ("looks at the hidden layers only", "Count the ends, too", "def rank_bottleneck(sizes):\n    return min(sizes[1:-1])\n"),
        ("forgets that one output is one number", "One output is one number per point",
         "def rank_bottleneck(sizes):\n    return min(sizes[:-1])\n"),
    ],
    "count_params": [
        ("forgets the biases", "each of its neurons has a bias besides", '''
def count_params(sizes):
    return sum(n * m for n, m in zip(sizes, sizes[1:]))
'''),
        ("gives the inputs biases", "two too many", '''
def count_params(sizes):
    return sum(n * m for n, m in zip(sizes, sizes[1:])) + sum(sizes)
'''),
        ("forgets the one neuron's bias", "that neuron has a bias as well", '''
def effective_params(sizes):
    return sizes[0] * sizes[-1]
'''),
        ("ignores the bottleneck", "a column times a row", '''
def effective_params(sizes):
    return sizes[0] * sizes[-1] + sizes[-1]
'''),
        ("counts on three sizes", "may have any number of layers. For", '''
def count_params(sizes):
    n, h, m = sizes
    return n * h + h + h * m + m
'''),
        ("counts the first and the last layer only", "9 + 12 + 4 = 25", '''
def count_params(sizes):
    return (sizes[0] + 1) * sizes[1] + (sizes[-2] + 1) * sizes[-1]
'''),
    ],
    "find_the_impostors": [
        ("names the honest boxes", "These are the honest ones", '''
def find_the_impostors(boxes):
    rng = np.random.default_rng(0)
    return sorted(name for name, f in boxes.items() if is_affine(f, 4, rng))
'''),
        ("goes by the name", "do not go by the name", '''
def find_the_impostors(boxes):
    return sorted(name for name in boxes if "pool" in name or "sort" in name)
'''),
        ("lets sorting pass", "Sorting only moves numbers about", '''
def find_the_impostors(boxes):
    rng = np.random.default_rng(0)
    X = rng.uniform(-3, 3, (50, 4))
    moves_only = lambda f: f(X).shape == X.shape and np.allclose(np.sort(f(X), axis=1), np.sort(X, axis=1))
    return sorted(name for name, f in boxes.items() if not is_affine(f, 4, rng) and not moves_only(f))
'''),
        ("returns the verdicts instead of the names", "should return a list of names", '''
def find_the_impostors(boxes):
    rng = np.random.default_rng(0)
    return {name: not is_affine(f, 4, rng) for name, f in boxes.items()}
'''),
        ("does not sort", "in alphabetical order", '''
def find_the_impostors(boxes):
    rng = np.random.default_rng(0)
    return sorted((name for name, f in boxes.items() if not is_affine(f, 4, rng)), reverse=True)
'''),
    ],
    "proof": [
        ("keeps the false block", "Block d is false", 'def proof():\n    return list("ecdbgfa")\n'),
        ("supposes too late", "nobody has yet supposed anything", 'def proof():\n    return list("ebcgfa")\n'),
        ("concludes too early", "does not speak of every number of layers", 'def proof():\n    return list("ecbgaf")\n'),
        ("claims before multiplying out", "Read it aloud", 'def proof():\n    return list("ecbfga")\n'),
        ("leaves a step out", "uses each of the six true blocks once", 'def proof():\n    return list("ecbfa")\n'),
    ],
    "minimal_bend": [
        ("always takes the first neuron", "stays positive", "def minimal_bend(Ws, bs):\n    return 0, 0\n"),
        ("takes a negative bias for a change of sign", "it stays negative all over the square", '''
def minimal_bend(Ws, bs):
    for layer, (W, b) in enumerate(zip(Ws, bs)):
        for neuron in range(len(b)):
            if b[neuron] < 0 or layer == 0 and abs(b[neuron]) < 1:
                return layer, neuron
'''),
        ("does not ask who listens", "nobody listens", '''
def minimal_bend(Ws, bs):
    for layer in range(len(Ws)):
        W, b = collapse(Ws[: layer + 1], bs[: layer + 1])
        for neuron in range(len(b)):
            if abs(b[neuron]) < np.abs(W[:, neuron]).sum():
                return layer, neuron
'''),
        ("counts from one", "counted from 0", '''
def minimal_bend(Ws, bs):
    for layer in range(len(Ws)):
        W, b = collapse(Ws[: layer + 1], bs[: layer + 1])
        for neuron in range(len(b)):
            if abs(b[neuron]) < np.abs(W[:, neuron]).sum():
                return layer + 1, neuron + 1
'''),
    ],
}

RIGHT = {
    "collapse": ['''
def collapse(Ws, bs):
    def through(X):
        for W, b in zip(Ws, bs):
            X = X @ W + b
        return X
    n = len(Ws[0])
    b = through(np.zeros((1, n)))[0]
    return through(np.eye(n)) - b, b
''', '''
def collapse(Ws, bs):
    stacked = np.eye(Ws[0].shape[0] + 1)
    for W, b in zip(Ws, bs):
        layer = np.zeros((W.shape[0] + 1, W.shape[1] + 1))
        layer[:-1, :-1], layer[-1, :-1], layer[-1, -1] = W, b, 1
        stacked = stacked @ layer
    return [stacked[:-1, :-1], stacked[-1, :-1]]
''', '''
def collapse(Ws, bs):
    if len(Ws) == 1:
        return Ws[0].copy(), bs[0].copy()
    W, b = collapse(Ws[1:], bs[1:])
    return Ws[0].dot(W), bs[0].dot(W) + b
'''],
    "is_affine": ['''
def is_affine(f, dim, rng):
    X = rng.uniform(-3, 3, size=(400, dim))
    Y = np.asarray(f(X)).reshape(400, -1)
    design = np.column_stack([X, np.ones(400)])
    rest = Y - design @ np.linalg.lstsq(design, Y, rcond=None)[0]
    return bool(np.abs(rest).max() <= 1e-7 * max(np.abs(Y).max(), 1e-9))
''', '''
def is_affine(f, dim, rng):
    for _ in range(200):
        u, v = rng.uniform(-3, 3, size=(2, 1, dim))
        t = rng.random()
        left, right = f(t * u + (1 - t) * v), t * f(u) + (1 - t) * f(v)
        if not np.allclose(left, right, rtol=1e-6, atol=1e-9 * (1 + np.abs(f(u)).max() + np.abs(f(v)).max())):
            return False
    return True
'''],
    "rank_bottleneck": ['''
def rank_bottleneck(sizes):
    return sorted(sizes)[0]
''', '''
def rank_bottleneck(sizes):
    product = np.eye(sizes[0])
    rng = np.random.default_rng(7)
    for n, m in zip(sizes, sizes[1:]):
        product = product @ rng.normal(size=(n, m))
    return int(np.linalg.matrix_rank(product))
'''],
    "count_params": ['''
def count_params(sizes):
    total = 0
    for k in range(1, len(sizes)):
        total += (sizes[k - 1] + 1) * sizes[k]
    return total


def effective_params(sizes):
    r = rank_bottleneck(sizes)
    return (sizes[0] - r) * r + sizes[-1] * r + sizes[-1]
''', '''
def count_params(sizes):
    sizes = np.array(sizes)
    return int(np.sum(sizes[:-1] * sizes[1:]) + np.sum(sizes[1:]))


def effective_params(sizes):
    n, m = sizes[0], sizes[-1]
    r = rank_bottleneck(sizes)
    return n * m - (n - r) * (m - r) + m
'''],
    "find_the_impostors": ['''
def find_the_impostors(boxes):
    found = []
    for name in boxes:
        if is_affine(boxes[name], 4, np.random.default_rng(11)) == False:
            found.append(name)
    found.sort()
    return found
''', '''
def find_the_impostors(boxes):
    rng = np.random.default_rng(3)
    def bends(f):
        X = rng.uniform(-3, 3, size=(300, 4))
        Y = np.asarray(f(X)).reshape(300, -1)
        design = np.column_stack([X, np.ones(300)])
        return np.abs(Y - design @ np.linalg.lstsq(design, Y, rcond=None)[0]).max() > 1e-6
    return [name for name in sorted(boxes) if bends(boxes[name])]
'''],
    "proof": ['def proof():\n    return list("cbgfea")\n', 'def proof():\n    return ("E", "C", "B", "G", "F", "A")\n'],
    "minimal_bend": ['''
def minimal_bend(Ws, bs):
    rng = np.random.default_rng(0)
    X = np.concatenate([rng.uniform(-1, 1, size=(400, 2)), [[1, 1], [1, -1], [-1, 1], [-1, -1]]])
    plain = X
    for W, b in zip(Ws, bs):
        plain = plain @ W + b
    for layer in reversed(range(len(Ws))):
        for neuron in range(Ws[layer].shape[1]):
            H = X
            for k, (W, b) in enumerate(zip(Ws, bs)):
                H = H @ W + b
                if k == layer:
                    if not (H[:, neuron].min() < 0 < H[:, neuron].max()):
                        H = None
                        break
                    H[:, neuron] = np.maximum(H[:, neuron], 0)
            if H is not None and np.abs(H - plain).max() > 1e-9:
                return layer, neuron
''', '''
def minimal_bend(Ws, bs):
    corners = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
    best, where = 0, None
    H = corners
    for layer, (W, b) in enumerate(zip(Ws, bs)):
        H = H @ W + b
        weight = np.eye(W.shape[1])
        for V in Ws[layer + 1:]:
            weight = weight @ V
        for neuron in range(W.shape[1]):
            low, high = H[:, neuron].min(), H[:, neuron].max()
            score = min(-low, high) * np.abs(weight[neuron]).max()
            if score > best:
                best, where = score, [layer, neuron]
    return where
'''],
}

CONSTANT = {"proof": "it takes no argument: its answer is the value itself, which the visible check knows only by its digest"}
