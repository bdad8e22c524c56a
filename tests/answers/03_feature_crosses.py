"""Lesson 03: what learners usually get wrong, and other ways to get it right."""

MISTAKES = {
    "cross": [
        ("adds instead of multiplying", "which is the sum", "def cross(X):\n    return X[:, 0] + X[:, 1]\n"),
        ("multiplies the squares", "What did you do to the sign?",
         "def cross(X):\n    return X[:, 0] ** 2 * X[:, 1] ** 2\n"),
        ("takes rows for columns", "You combined two rows", "def cross(X):\n    return X[0] * X[1]\n"),
        ("keeps a column", "an array of shape (3,)", "def cross(X):\n    return X[:, [0]] * X[:, [1]]\n"),
    ],
    "hyperbola_boundary": [
        ("draws one branch", "yours is x2 = 1, but", '''
def hyperbola_boundary(x1, w, b):
    x2 = np.full(len(x1), np.nan)
    here = x1 != 0
    x2[here] = -b / (w * np.abs(x1[here]))
    return x2
'''),
        ("leaves the left branch away", "yours is x2 = nan, but", '''
def hyperbola_boundary(x1, w, b):
    x2 = np.full(len(x1), np.nan)
    x2[x1 > 0] = -b / (w * x1[x1 > 0])
    return x2
'''),
        ("divides by 0", "It divides by 0", "def hyperbola_boundary(x1, w, b):\n    return -b / (w * x1)\n"),
        ("loses the sign of b", "Which sign does b get", '''
def hyperbola_boundary(x1, w, b):
    return np.array([b / (w * x) if x != 0 else np.nan for x in x1])
'''),
        ("returns 0 where there is no answer", "no x2 makes the score zero", '''
def hyperbola_boundary(x1, w, b):
    return np.array([-b / (w * x) if x != 0 else 0.0 for x in x1])
'''),
        ("has no room for nan", "no room for nan", '''
def hyperbola_boundary(x1, w, b):
    x2 = np.full_like(x1, np.nan)
    x2[x1 != 0] = -b / (w * x1[x1 != 0])
    return x2
'''),
    ],
    "lift": [
        ("takes squares for XOR", "Squares forget the sign; XOR is about signs", '''
def lift(X, kind):
    height = X[:, 0] ** 2 * X[:, 1] ** 2 if kind == "xor" else X[:, 0] ** 2 + X[:, 1] ** 2
    return np.column_stack([X, height])
'''),
        ("takes the cross for the ring as well", "A product is 0 as soon as one of its factors is", '''
def lift(X, kind):
    return np.column_stack([X, X[:, 0] * X[:, 1]])
'''),
        ("takes the distance itself", "no root", '''
def lift(X, kind):
    height = X[:, 0] * X[:, 1] if kind == "xor" else np.hypot(X[:, 0], X[:, 1])
    return np.column_stack([X, height])
'''),
        ("returns the height alone", "That is the height alone", '''
def lift(X, kind):
    return X[:, 0] * X[:, 1] if kind == "xor" else X[:, 0] ** 2 + X[:, 1] ** 2
'''),
        ("lays the points in columns", "lays the points down in columns", '''
def lift(X, kind):
    height = X[:, 0] * X[:, 1] if kind == "xor" else X[:, 0] ** 2 + X[:, 1] ** 2
    return np.array([X[:, 0], X[:, 1], height])
'''),
        ("squares the floor, too", "Its first two coordinates should be as they were", '''
def lift(X, kind):
    height = X[:, 0] * X[:, 1] if kind == "xor" else X[:, 0] ** 2 + X[:, 1] ** 2
    return np.column_stack([X**2, height])
'''),
    ],
    "fit_lifted": [
        ("does not scale", "look at max|phi|", '''
def fit_lifted(X, y, phi, steps):
    F = phi(X)
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(steps):
        w, b = step_downhill(F, y, w, b)
    return w, b
'''),
        ("does not scale, and overflows", "out of every range", '''
def fit_lifted(X, y, phi, steps):
    F = phi(X)
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(F @ w + b)))
        w, b = w - F.T @ (p - y) / len(y), b - np.mean(p - y)
    return w, b
'''),
        ("returns weights for the scaled features", "turn them back before you return them", '''
def fit_lifted(X, y, phi, steps):
    F = phi(X)
    F = F / np.abs(F).max(axis=0)
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(steps):
        w, b = step_downhill(F, y, w, b)
    return w, b
'''),
        ("fits the points and not their features", "Did the features ever come in?", '''
def fit_lifted(X, y, phi, steps):
    size = np.abs(X).max(axis=0)
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        w, b = step_downhill(X / size, y, w, b)
    return w / size, b
'''),
        ("never moves the bias", "your bias is still exactly 0", '''
def fit_lifted(X, y, phi, steps):
    F = phi(X)
    size = np.abs(F).max(axis=0)
    w = np.zeros(F.shape[1])
    for _ in range(steps):
        w, _ = step_downhill(F / size, y, w, 0.0)
    return w / size, 0.0
'''),
        ("walks uphill", "Your walk goes up", '''
def fit_lifted(X, y, phi, steps):
    F = phi(X)
    size = np.abs(F).max(axis=0)
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(steps):
        w, b = step_downhill(F / size, y, w, b, step_size=-1.0)
    return w / size, b
'''),
        ("always takes as many steps", "is `steps` used?", '''
def fit_lifted(X, y, phi, steps):
    F = phi(X)
    size = np.abs(F).max(axis=0)
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(1000):
        w, b = step_downhill(F / size, y, w, b)
    return w / size, b
'''),
        ("returns the weights alone", "should return two things", '''
def fit_lifted(X, y, phi, steps):
    F = phi(X)
    size = np.abs(F).max(axis=0)
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(steps):
        w, b = step_downhill(F / size, y, w, b)
    return w / size
'''),
    ],
    "one_hot_cross": [
        ("multiplies the codes", "Your feature changed, the data did not",
         "def one_hot_cross(a, b):\n    return a * b\n"),
        ("codes each feature alone", "3 + 2 = 5 columns", '''
def one_hot_cross(a, b):
    columns = [a == p for p in np.unique(a)] + [b == q for q in np.unique(b)]
    return np.column_stack(columns).astype(float)
'''),
        ("leaves out pairs that do not occur", "for the four pairs that occur", '''
def one_hot_cross(a, b):
    pairs = sorted(set(zip(a.tolist(), b.tolist())))
    return np.array([[float(pair == (p, q)) for pair in pairs] for p, q in zip(a, b)])
'''),
        ("sorts by b first", "your pairs are sorted by b first", '''
def one_hot_cross(a, b):
    return np.column_stack([(a == p) & (b == q) for q in np.unique(b) for p in np.unique(a)]).astype(float)
'''),
        ("takes the code for the number of a column", "not the number of a column", '''
def one_hot_cross(a, b):
    found = np.zeros((len(a), (a.max() + 1) * (b.max() + 1)))
    found[np.arange(len(a)), a * (b.max() + 1) + b] = 1
    return found
'''),
        ("adds the two answers instead of multiplying them", "Every entry answers a yes-or-no question", '''
def one_hot_cross(a, b):
    return np.column_stack([1.0 * (a == p) + (b == q) for p in np.unique(a) for q in np.unique(b)])
'''),
        ("takes or for and", "it holds exactly one 1", '''
def one_hot_cross(a, b):
    return np.column_stack([(a == p) | (b == q) for p in np.unique(a) for q in np.unique(b)]).astype(float)
'''),
    ],
    "n_poly_features": [
        ("counts every order of the factors", "the order of the factors does not matter", '''
def n_poly_features(d, degree):
    return sum(d**k for k in range(1, degree + 1))
'''),
        ("keeps the constant", "one too many", '''
def n_poly_features(d, degree):
    from math import comb
    return comb(d + degree, degree)
'''),
        ("misses the mixed products", "The mixed one", "def n_poly_features(d, degree):\n    return d * degree\n"),
        ("allows no factor twice", "x1, x2, x1^2, x1 x2, x2^2, which are 5", '''
def n_poly_features(d, degree):
    from math import comb
    return sum(comb(d, k) for k in range(1, degree + 1))
'''),
    ],
    "poly_features": [
        ("takes every order of the factors", "6 comes twice", '''
def poly_features(X, degree):
    from itertools import product
    chosen = [c for k in range(1, degree + 1) for c in product(range(X.shape[1]), repeat=k)]
    return np.column_stack([np.prod(X[:, list(c)], axis=1) for c in chosen])
'''),
        ("keeps the constant", "the bias is already there for it", '''
def poly_features(X, degree):
    from itertools import combinations_with_replacement
    chosen = [c for k in range(degree + 1) for c in combinations_with_replacement(range(X.shape[1]), k)]
    return np.column_stack([np.prod(X[:, list(c)], axis=1) for c in chosen])
'''),
        ("misses the mixed products", "Mixed products such as x1 x2 are missing", '''
def poly_features(X, degree):
    return np.column_stack([X**k for k in range(1, degree + 1)])
'''),
        ("takes the highest degree alone", "with fewer factors", '''
def poly_features(X, degree):
    from itertools import combinations_with_replacement
    chosen = combinations_with_replacement(range(X.shape[1]), degree)
    return np.column_stack([np.prod(X[:, list(c)], axis=1) for c in chosen])
'''),
        ("multiplies two factors at most", "x1 x2 x3 is 30", '''
def poly_features(X, degree):
    d = X.shape[1]
    columns = [X[:, i] for i in range(d)] + [X[:, i] * X[:, j] for i in range(d) for j in range(i, d)]
    while degree > 2 and len(columns) < 19:
        columns.append(columns[len(columns) - 9] ** 3)
    return np.column_stack(columns)
'''),
    ],
}

RIGHT = {
    "cross": [
        "def cross(X):\n    return np.prod(X, axis=1)\n",
        "def cross(X):\n    return [first * second for first, second in X]\n",
    ],
    "hyperbola_boundary": ['''
def hyperbola_boundary(x1, w, b):
    return [-b / w / x if x != 0 else float("nan") for x in x1]
''', '''
def hyperbola_boundary(x1, w, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(x1 == 0, np.nan, -b / (w * x1))
''', '''
def hyperbola_boundary(x1, w, b):
    safe = np.where(x1 == 0, 1, x1)
    return np.where(x1 == 0, np.nan, -b / (w * safe))
'''],
    "lift": ['''
def lift(X, kind):
    lifted = np.zeros((len(X), 3))
    lifted[:, :2] = X
    for i, (x1, x2) in enumerate(X):
        if kind == "xor":
            lifted[i, 2] = x1 * x2
        elif kind == "ring":
            lifted[i, 2] = x1 * x1 + x2 * x2
    return lifted
''', '''
def lift(X, kind):
    heights = {"xor": np.prod(X, axis=1), "ring": np.linalg.norm(X, axis=1) ** 2}
    return np.hstack([X, heights[kind][:, None]])
'''],
    "fit_lifted": ['''
def fit_lifted(X, y, phi, steps):
    F = np.asarray(phi(X), dtype=float)
    middle, spread = F.mean(axis=0), F.std(axis=0)
    Z = (F - middle) / spread
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(Z @ w + b)))
        w, b = w - (p - y) @ Z / len(y), b - np.mean(p - y)
    return w / spread, b - w @ (middle / spread)
''', '''
def fit_lifted(X, y, phi, steps):
    F = phi(X)
    sizes = [max(abs(value) for value in column) for column in F.T.tolist()]
    w, b = [0.0] * len(sizes), 0.0
    G = np.column_stack([F, np.ones(len(F))]) / np.array([*sizes, 1.0])
    v = np.zeros(len(sizes) + 1)
    for _ in range(steps):
        v -= np.mean((1 / (1 + np.exp(-G @ v)) - y)[:, None] * G, axis=0)
    return [value / size for value, size in zip(v[:-1], sizes)], v[-1]
'''],
    "one_hot_cross": ['''
def one_hot_cross(a, b):
    A = (np.asarray(a)[:, None] == np.unique(a)).astype(int)
    B = (np.asarray(b)[:, None] == np.unique(b)).astype(int)
    return (A[:, :, None] * B[:, None, :]).reshape(len(a), -1)
''', '''
def one_hot_cross(a, b):
    firsts, seconds = sorted(set(a)), sorted(set(b))
    rows = []
    for p, q in zip(a, b):
        row = [0] * (len(firsts) * len(seconds))
        row[firsts.index(p) * len(seconds) + seconds.index(q)] = 1
        rows.append(row)
    return rows
''', '''
def one_hot_cross(a, b):
    p, i = np.unique(a, return_inverse=True)
    q, j = np.unique(b, return_inverse=True)
    return np.eye(len(p) * len(q))[i * len(q) + j]
'''],
    "n_poly_features": ['''
def n_poly_features(d, degree):
    of_degree = [1] + [0] * degree
    for _ in range(d):
        for k in range(1, degree + 1):
            of_degree[k] += of_degree[k - 1]
    return sum(of_degree[1:])
''', '''
def n_poly_features(d, degree):
    total, of_this_degree = 0, 1
    for k in range(1, degree + 1):
        of_this_degree = of_this_degree * (d + k - 1) // k
        total += of_this_degree
    return total
'''],
    "poly_features": ['''
def poly_features(X, degree):
    from itertools import product
    powers = [e for e in product(range(degree + 1), repeat=X.shape[1]) if 1 <= sum(e) <= degree]
    return np.column_stack([np.prod(X ** np.array(e), axis=1) for e in powers])
''', '''
def poly_features(X, degree):
    n, d = X.shape
    columns, newest = [], [(0, np.ones(n))]
    for _ in range(degree):
        newest = [(j, column * X[:, j]) for i, column in newest for j in range(i, d)]
        columns += [column for _, column in newest]
    return np.array(columns).T
'''],
}
