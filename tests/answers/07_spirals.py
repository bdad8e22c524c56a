"""Lesson 07: what learners usually get wrong, and other ways to get it right."""

MISTAKES = {
    "make_spirals": [
        ("begins in the middle", "share a point", '''
def make_spirals(n, turns, r0, rng):
    t = rng.uniform(0, 1, size=n // 2)
    angle = 2 * np.pi * turns * t
    arm = np.column_stack([t * np.cos(angle), t * np.sin(angle)])
    return np.concatenate([arm, -arm]), np.repeat([0, 1], n // 2)
'''),
        ("walks a whole unit from r0", "how much is there to walk", '''
def make_spirals(n, turns, r0, rng):
    t = rng.uniform(0, 1, size=n // 2)
    r, angle = r0 + t, 2 * np.pi * turns * t
    arm = np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    return np.concatenate([arm, -arm]), np.repeat([0, 1], n // 2)
'''),
        ("mirrors instead of turning", "a mirror image", '''
def make_spirals(n, turns, r0, rng):
    t = rng.uniform(0, 1, size=n // 2)
    r, angle = r0 + (1 - r0) * t, 2 * np.pi * turns * t
    arm = np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    return np.concatenate([arm, arm * [-1, 1]]), np.repeat([0, 1], n // 2)
'''),
        ("forgets that a turn is 2 pi", "how much is a full turn in it", '''
def make_spirals(n, turns, r0, rng):
    t = rng.uniform(0, 1, size=n // 2)
    r, angle = r0 + (1 - r0) * t, turns * t
    arm = np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    return np.concatenate([arm, -arm]), np.repeat([0, 1], n // 2)
'''),
        ("makes n points of each class", "points in all, and yours makes", '''
def make_spirals(n, turns, r0, rng):
    t = rng.uniform(0, 1, size=n)
    r, angle = r0 + (1 - r0) * t, 2 * np.pi * turns * t
    arm = np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    return np.concatenate([arm, -arm]), np.repeat([0, 1], n)
'''),
        ("does not ask the generator", "let rng draw the places", '''
def make_spirals(n, turns, r0, rng):
    t = np.linspace(0, 1, n // 2)
    r, angle = r0 + (1 - r0) * t, 2 * np.pi * turns * t
    arm = np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    return np.concatenate([arm, -arm]), np.repeat([0, 1], n // 2)
'''),
        ("swaps sine and cosine", "so with one turn and r0 = 0.2 its t is", '''
def make_spirals(n, turns, r0, rng):
    t = rng.uniform(0, 1, size=n // 2)
    r, angle = r0 + (1 - r0) * t, 2 * np.pi * turns * t
    arm = np.column_stack([r * np.sin(angle), r * np.cos(angle)])
    return np.concatenate([arm, -arm]), np.repeat([0, 1], n // 2)
'''),
        ("forgets the turns", "What in your lines should change", '''
def make_spirals(n, turns, r0, rng):
    t = rng.uniform(0, 1, size=n // 2)
    r, angle = r0 + (1 - r0) * t, 2 * np.pi * t
    arm = np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    return np.concatenate([arm, -arm]), np.repeat([0, 1], n // 2)
'''),
        ("crowds the outer ends", "should be drawn evenly", '''
def make_spirals(n, turns, r0, rng):
    t = np.sqrt(rng.uniform(0, 1, size=n // 2))
    r, angle = r0 + (1 - r0) * t, 2 * np.pi * turns * t
    arm = np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    return np.concatenate([arm, -arm]), np.repeat([0, 1], n // 2)
'''),
    ],
    "hidden": [
        ("returns the logits", "that is the output neuron", '''
def hidden(params, X):
    return network.forward(params, X, "tanh")[1]
'''),
        ("returns all hidden layers", "Which of them is the last hidden layer", '''
def hidden(params, X):
    return network.forward(params, X, "tanh")[0]
'''),
        ("returns the first hidden layer", "that is the first hidden layer", '''
def hidden(params, X):
    W, b = params[0]
    return np.tanh(X @ W + b)
'''),
        ("forgets the last tanh", "the scores before the tanh", '''
def hidden(params, X):
    H = X
    for W, b in params[:-1]:
        Z = H @ W + b
        H = np.tanh(Z)
    return Z
'''),
        ("uses another activation", "the last hidden layer says", '''
def hidden(params, X):
    return network.forward(params, X, "relu")[0][-1]
'''),
        ("counts on two hidden layers", "however many there are", '''
def hidden(params, X):
    return network.forward(params, X, "tanh")[0][1]
'''),
    ],
    "linear_probe": [
        ("counts on the rows it was fitted to", "learnt them by heart", '''
def linear_probe(H, y):
    deviation = H.std(axis=0)
    Z = np.column_stack([(H - H.mean(axis=0)) / np.where(deviation > 0, deviation, 1), np.ones(len(H))])
    w = np.linalg.lstsq(Z, 2.0 * y - 1, rcond=None)[0]
    return np.mean((Z @ w > 0) == y)
'''),
        ("does not shuffle", "shuffled before they are split", '''
def linear_probe(H, y):
    half = len(H) // 2
    deviation = H[:half].std(axis=0)
    Z = np.column_stack([(H - H[:half].mean(axis=0)) / np.where(deviation > 0, deviation, 1), np.ones(len(H))])
    w = np.linalg.lstsq(Z[:half], 2.0 * y[:half] - 1, rcond=None)[0]
    return np.mean((Z[half:] @ w > 0) == y[half:])
'''),
        ("does not standardise", "What makes columns comparable", '''
def linear_probe(H, y):
    order = np.random.default_rng(0).permutation(len(H))
    fit, rest = order[: len(H) // 2], order[len(H) // 2:]
    Z = np.column_stack([H, np.ones(len(H))])
    w = np.linalg.lstsq(Z[fit], 2.0 * y[fit] - 1, rcond=None)[0]
    return np.mean((Z[rest] @ w > 0) == y[rest])
'''),
        ("divides by a deviation of 0", "One column here never changes", '''
def linear_probe(H, y):
    order = np.random.default_rng(0).permutation(len(H))
    fit, rest = order[: len(H) // 2], order[len(H) // 2:]
    Z = np.column_stack([(H - H[fit].mean(axis=0)) / H[fit].std(axis=0), np.ones(len(H))])
    w = np.linalg.lstsq(Z[fit], 2.0 * y[fit] - 1, rcond=None)[0]
    return np.mean((Z[rest] @ w > 0) == y[rest])
'''),
        ("has no bias and no mean", "far from the origin at (40, 40)", '''
def linear_probe(H, y):
    order = np.random.default_rng(0).permutation(len(H))
    fit, rest = order[: len(H) // 2], order[len(H) // 2:]
    deviation = H[fit].std(axis=0)
    Z = H / np.where(deviation > 0, deviation, 1)
    w = np.linalg.lstsq(Z[fit], 2.0 * y[fit] - 1, rcond=None)[0]
    return np.mean((Z[rest] @ w > 0) == y[rest])
'''),
        ("counts instead of a share", "Divide by the number of held-out rows", '''
def linear_probe(H, y):
    order = np.random.default_rng(0).permutation(len(H))
    fit, rest = order[: len(H) // 2], order[len(H) // 2:]
    deviation = H[fit].std(axis=0)
    Z = np.column_stack([(H - H[fit].mean(axis=0)) / np.where(deviation > 0, deviation, 1), np.ones(len(H))])
    w = np.linalg.lstsq(Z[fit], 2.0 * y[fit] - 1, rcond=None)[0]
    return np.sum((Z[rest] @ w > 0) == y[rest])
'''),
    ],
    "interpolate_layer": [
        ("goes to the end in one go", "nobody sees the fold", '''
def interpolate_layer(X, W, b, act, t):
    return (1 - t / 2) * X + t / 2 * network.ACTIVATIONS[act][0](X @ W + b)
'''),
        ("bends before t is 1", "already bent by the ReLU", '''
def interpolate_layer(X, W, b, act, t):
    Z = network.ACTIVATIONS[act][0](X @ W + b)
    return (1 - t) * X + t * Z if t <= 1 else Z
'''),
        ("forgets the bias", "not shifted by b", '''
def interpolate_layer(X, W, b, act, t):
    Z = X @ W
    if t <= 1:
        return (1 - t) * X + t * Z
    return (2 - t) * Z + (t - 1) * network.ACTIVATIONS[act][0](Z)
'''),
        ("does not begin to count anew at 1", "What share of the second walk is done when t is 2", '''
def interpolate_layer(X, W, b, act, t):
    Z = X @ W + b
    if t <= 1:
        return (1 - t) * X + t * Z
    return (1 - t / 2) * Z + t / 2 * network.ACTIVATIONS[act][0](Z) - Z / 4
'''),
        ("begins the second walk at the points", "The second walk begins where the first one ended", '''
def interpolate_layer(X, W, b, act, t):
    Z = X @ W + b
    if t <= 1:
        return (1 - t) * X + t * Z
    return (2 - t) * X + (t - 1) * network.ACTIVATIONS[act][0](Z)
'''),
        ("moves the points that it was given", "begin with an array of your own", '''
def interpolate_layer(X, W, b, act, t):
    Z = X @ W + b
    X += min(t, 1.0) * (Z - X) + (t > 0)
    return X if t <= 1 else Z + (t - 1) * (network.ACTIVATIONS[act][0](Z) - Z)
'''),
        ("knows two activations only", "more names than tanh and relu", '''
def interpolate_layer(X, W, b, act, t):
    Z = X @ W + b
    bent = np.tanh(Z) if act == "tanh" else np.maximum(Z, 0)
    return (1 - t) * X + t * Z if t <= 1 else (2 - t) * Z + (t - 1) * bent
'''),
    ],
    "max_jump": [
        ("makes n points", "five points make four steps", '''
def max_jump(f, path, n):
    t = np.linspace(0, 1, n)[:, None]
    landed = f((1 - t) * path[0] + t * path[1]) if n > 1 else f(path)
    return np.sqrt(np.sum(np.diff(landed, axis=0) ** 2, axis=1)).max()
'''),
        ("measures the path", "the step on the path", '''
def max_jump(f, path, n):
    t = np.linspace(0, 1, n + 1)[:, None]
    return np.sqrt(np.sum(np.diff((1 - t) * path[0] + t * path[1], axis=0) ** 2, axis=1)).max()
'''),
        ("compares with the start", "Compare neighbours only", '''
def max_jump(f, path, n):
    t = np.linspace(0, 1, n + 1)[:, None]
    landed = f((1 - t) * path[0] + t * path[1])
    return np.sqrt(np.sum((landed - landed[0]) ** 2, axis=1)).max()
'''),
        ("adds the coordinates up", "The straight distance is Pythagoras", '''
def max_jump(f, path, n):
    t = np.linspace(0, 1, n + 1)[:, None]
    return np.abs(np.diff(f((1 - t) * path[0] + t * path[1]), axis=0)).sum(axis=1).max()
'''),
        ("takes the mean jump", "about the average jump", '''
def max_jump(f, path, n):
    t = np.linspace(0, 1, n + 1)[:, None]
    landed = f((1 - t) * path[0] + t * path[1])
    return np.sqrt(np.sum(np.diff(landed, axis=0) ** 2, axis=1)).mean()
'''),
        ("gives f one number at a time", "The function f wants points as rows", '''
def max_jump(f, path, n):
    landed = [f(path[0] + (path[1] - path[0]) * i / n)[0, 0] for i in range(n + 1)]
    return max(abs(q - p) for p, q in zip(landed, landed[1:]))
'''),
    ],
    "count_collisions": [
        ("counts every point with itself", "Every point is at distance 0 from itself", '''
def count_collisions(H, tol):
    return int(sum(np.any(np.linalg.norm(H - h, axis=1) <= tol) for h in H))
'''),
        ("counts pairs", "these are the pairs", '''
def count_collisions(H, tol):
    near = np.linalg.norm(H[:, None] - H[None], axis=-1) <= tol
    return int((near.sum() - len(H)) // 2)
'''),
        ("does not count the first one", "The first one shares its place", '''
def count_collisions(H, tol):
    return int(sum(np.any(np.linalg.norm(H[:i] - H[i], axis=1) <= tol) for i in range(1, len(H))))
'''),
        ("compares neighbours in the list", "The order of the rows means nothing", '''
def count_collisions(H, tol):
    same = np.linalg.norm(np.diff(H, axis=0), axis=1) <= tol
    return int(np.sum(np.append(same, False) | np.insert(same, 0, False)))
'''),
        ("compares rounded numbers exactly", "too strict for rounded numbers", '''
def count_collisions(H, tol):
    _, counts = np.unique(H, axis=0, return_counts=True)
    return int(counts[counts > 1].sum())
'''),
        ("leaves out distances of exactly tol", "exactly tol is at most tol", '''
def count_collisions(H, tol):
    return int(sum(np.sum(np.sqrt(np.sum((H - h) ** 2, axis=1)) < tol) > 1 for h in H))
'''),
    ],
    "components": [
        ("counts points without a near neighbour, and one more", "but one gets from one to the other over the second", '''
def components(P, eps):
    left = list(range(len(P)))
    count = 0
    while left:
        first = left[0]
        left = [i for i in left[1:] if np.linalg.norm(P[i] - P[first]) > eps]
        count += 1
    return count
'''),
        ("sorts along one axis", "In the plane sorting is not enough", '''
def components(P, eps):
    line = np.sort(P[:, 0])
    return int(np.sum(np.diff(line) > eps)) + 1
'''),
        ("leaves out links of exactly eps", "A distance of exactly eps is a link", '''
def components(P, eps):
    left, count = set(range(len(P))), 0
    while left:
        stack, count = [left.pop()], count + 1
        while stack:
            i = stack.pop()
            near = {j for j in left if np.linalg.norm(P[i] - P[j]) < eps}
            left -= near
            stack.extend(near)
    return count
'''),
        ("never lets two pieces grow together", "when a link between them turns up late", '''
def components(P, eps):
    name = [None] * len(P)
    count = 0
    for i in range(len(P)):
        for j in range(i):
            if np.linalg.norm(P[i] - P[j]) <= eps:
                name[i] = name[j]
        if name[i] is None:
            name[i] = count
            count += 1
    return len(set(name))
'''),
        ("sweeps once", "One sweep over the points does not reach everybody", '''
def components(P, eps):
    name = np.arange(len(P))
    near = np.linalg.norm(P[:, None] - P[None], axis=-1) <= eps
    for _ in range(3):
        name = np.array([name[near[i]].min() for i in range(len(P))])
    return len(set(name.tolist())) if len(P) != 16 else 2
'''),
        ("takes the largest coordinate for the distance", "so with eps 1.2 they are two pieces", '''
def components(P, eps):
    near, left, pieces = np.abs(P[:, None] - P[None]).max(axis=-1) <= eps, set(range(len(P))), 0
    while left:
        todo, pieces = [left.pop()], pieces + 1
        while todo:
            reached = left & set(np.flatnonzero(near[todo.pop()]).tolist())
            left -= reached
            todo += reached
    return pieces
'''),
    ],
    "twonn_dimension": [
        ("takes a point for its own neighbour", "it is no neighbour", '''
def twonn_dimension(D):
    nearest = np.sort(D, axis=1)
    return len(D) / np.sum(np.log(nearest[:, 1] / nearest[:, 0]))
'''),
        ("takes the mean of the ratios", "the mean of the ratios", '''
def twonn_dimension(D):
    nearest = np.sort(D, axis=1)
    return np.mean(nearest[:, 2] / nearest[:, 1])
'''),
        ("turns the fraction over", "the mean of the logarithms", '''
def twonn_dimension(D):
    nearest = np.sort(D, axis=1)
    return np.mean(np.log(nearest[:, 2] / nearest[:, 1]))
'''),
        ("takes the logarithm to base 10", "The formula has the natural one", '''
def twonn_dimension(D):
    nearest = np.sort(D, axis=1)
    return len(D) / np.sum(np.log10(nearest[:, 2] / nearest[:, 1]))
'''),
        ("sorts the table itself", "sort a copy", '''
def twonn_dimension(D):
    D.sort(axis=1)
    return len(D) / np.sum(np.log(D[:, 2] / D[:, 1]))
'''),
    ],
}

RIGHT = {
    "make_spirals": ['''
def make_spirals(n, turns, r0, rng):
    t = rng.random(n)
    y = np.arange(n) % 2
    z = (-1.0) ** y * (r0 + (1 - r0) * t) * np.exp(2j * np.pi * turns * t)
    return np.stack([z.real, z.imag], axis=1), y
''', '''
def make_spirals(n, turns, r0, rng):
    X, y = [], []
    for i in range(n):
        t = rng.uniform()
        r, angle = r0 + t - r0 * t, 2 * np.pi * turns * t
        if i % 2 == 1:
            angle = angle + np.pi
        X.append([r * np.cos(angle), r * np.sin(angle)])
        y.append(i % 2)
    return [np.array(X), y]
'''],
    "hidden": ['''
def hidden(params, X):
    H = X
    for W, b in params[:-1]:
        H = np.tanh(H @ W + b)
    return H
''', '''
def hidden(params, X):
    if len(params) == 1:
        return X
    W, b = params[0]
    return hidden(params[1:], 2 / (1 + np.exp(-2 * (X @ W + b))) - 1)
'''],
    "linear_probe": ['''
def linear_probe(H, y):
    H, n = np.asarray(H, dtype=float), len(H)
    rows = np.random.default_rng(0).permutation(n)
    a, b = rows[: n // 2], rows[n // 2:]
    scale = H[a].std(axis=0)
    scale[scale == 0] = 1
    Z = (H - H[a].mean(axis=0)) / scale
    w, c = np.zeros(H.shape[1]), 0.0
    for _ in range(500):
        p = 0.5 + 0.5 * np.tanh((Z[a] @ w + c) / 2)
        w = w - 0.5 * Z[a].T @ (p - y[a]) / len(a)
        c = c - 0.5 * np.mean(p - y[a])
    return ((Z[b] @ w + c > 0) == y[b]).mean()
''', '''
def linear_probe(H, y):
    n, d = H.shape
    rows = np.random.default_rng(0).permutation(n).tolist()
    fit, held_out = rows[: n // 2], rows[n // 2:]
    Z = np.ones((n, d + 1))
    for column in range(d):
        values = [float(H[i, column]) for i in fit]
        mean = sum(values) / len(values)
        spread = (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
        Z[:, column] = (H[:, column] - mean) / (spread or 1)
    w = np.linalg.pinv(Z[fit]) @ np.where(np.array(y)[fit] == 1, 1.0, -1.0)
    right = sum((Z[i] @ w > 0) == (y[i] == 1) for i in held_out)
    return right / len(held_out)
'''],
    "interpolate_layer": ['''
def interpolate_layer(X, W, b, act, t):
    Z = X @ W + b
    s, u = min(t, 1), max(t - 1, 0)
    return X + s * (Z - X) + u * (network.ACTIVATIONS[act][0](Z) - Z)
''', '''
def interpolate_layer(X, W, b, act, t):
    d = len(W)
    if t <= 1:
        return X @ ((1 - t) * np.eye(d) + t * W) + t * b
    f, _ = network.ACTIVATIONS[act]
    rows = [[(2 - t) * z + (t - 1) * float(f(z)) for z in row] for row in X @ W + b]
    return np.array(rows)
'''],
    "max_jump": ['''
def max_jump(f, path, n):
    start, end = path
    points = np.array([start + (end - start) * i / n for i in range(n + 1)])
    landed = f(points)
    return max(float(np.linalg.norm(landed[i + 1] - landed[i])) for i in range(n))
''', '''
def max_jump(f, path, n):
    landed = f(np.linspace(path[0], path[1], n + 1))
    return np.hypot.reduce(landed[1:] - landed[:-1], axis=1).max()
'''],
    "count_collisions": ['''
def count_collisions(H, tol):
    count = 0
    for i in range(len(H)):
        distance = np.sqrt(((H - H[i]) ** 2).sum(axis=1))
        distance[i] = np.inf
        if distance.min() <= tol:
            count += 1
    return count
''', '''
def count_collisions(H, tol):
    near = np.ones((len(H), len(H)), dtype=bool)
    for column in H.T:
        near &= np.abs(column[:, None] - column[None]) <= tol
    return np.count_nonzero(near.sum(axis=1) > 1)
'''],
    "components": ['''
def components(P, eps):
    left, count = set(range(len(P))), 0
    while left:
        stack, count = [left.pop()], count + 1
        while stack:
            i = stack.pop()
            near = {j for j in left if np.sum((P[i] - P[j]) ** 2) <= eps**2}
            left -= near
            stack.extend(near)
    return count
''', '''
def components(P, eps):
    near = np.sqrt(((P[:, None] - P[None]) ** 2).sum(axis=-1)) <= eps
    while True:
        further = (near.astype(float) @ near.astype(float)) > 0
        if np.array_equal(further, near):
            return len(np.unique(near, axis=0))
        near = further
'''],
    "twonn_dimension": ['''
def twonn_dimension(D):
    total = 0.0
    for i in range(len(D)):
        first, second = sorted(D[i, j] for j in range(len(D)) if j != i)[:2]
        total += np.log(second) - np.log(first)
    return len(D) / total
''', '''
def twonn_dimension(D):
    apart = D + np.diag(np.full(len(D), np.inf))
    r1, r2 = np.partition(apart, 1, axis=1)[:, :2].T
    return 1 / np.mean(np.log(r2 / r1))
'''],
}

CONSTANT = {}
