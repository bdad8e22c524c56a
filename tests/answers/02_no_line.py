"""Lesson 02: what learners usually get wrong, and other ways to get it right."""

MISTAKES = {
    "best_line_accuracy": [
        ("forgets that the sides may swap names", "only its sides swap names", '''
def best_line_accuracy(X, y, n_angles=720):
    best = 0.0
    for angle in np.linspace(0, np.pi / 2, n_angles):
        along = X @ np.array([np.cos(angle), np.sin(angle)])
        for cut in np.append(along, -np.inf):
            best = max(best, np.mean((along > cut) == y))
    return best
'''),
        ("tries upright and level lines only", "neither upright nor level", '''
def best_line_accuracy(X, y, n_angles=720):
    best = 0.0
    for along in X.T:
        for cut in np.append(along, -np.inf):
            right = np.mean((along > cut) == y)
            best = max(best, right, 1 - right)
    return best
'''),
        ("tries lines through the origin only", "pass near the origin", '''
def best_line_accuracy(X, y, n_angles=720):
    best = 0.0
    for angle in np.linspace(0, 2 * np.pi, n_angles):
        best = max(best, np.mean((X @ np.array([np.cos(angle), np.sin(angle)]) > 0) == y))
    return best
'''),
        ("cuts in the middle only", "through the middle of the points", '''
def best_line_accuracy(X, y, n_angles=720):
    best = 0.0
    for angle in np.linspace(0, 2 * np.pi, n_angles):
        along = X @ np.array([np.cos(angle), np.sin(angle)])
        best = max(best, np.mean((along > along.mean()) == y))
    return best
'''),
        ("leaves out the line far away", "far away from them", '''
def best_line_accuracy(X, y, n_angles=720):
    best = 0.0
    for angle in np.linspace(0, np.pi, n_angles, endpoint=False):
        along = np.sort(X @ np.array([np.cos(angle), np.sin(angle)]))
        places = X @ np.array([np.cos(angle), np.sin(angle)])
        for cut in (along[1:] + along[:-1]) / 2:
            right = np.mean((places > cut) == y)
            best = max(best, right, 1 - right)
    return best
'''),
        ("returns per cent", "A share lies between 0 and 1", '''
def best_line_accuracy(X, y, n_angles=720):
    best = 0.0
    for angle in np.linspace(0, np.pi, n_angles, endpoint=False):
        along = X @ np.array([np.cos(angle), np.sin(angle)])
        for cut in np.append(along, -np.inf):
            right = np.mean((along > cut) == y)
            best = max(best, right, 1 - right)
    return 100 * best
'''),
    ],
    "xor_logistic_loss": [
        ("takes the logarithm of 0", "or the logarithm of a 0", '''
def xor_logistic_loss(w, b):
    p = 1 / (1 + np.exp(-(corners @ w + b)))
    return -np.mean(lamp * np.log(p) + (1 - lamp) * np.log(1 - p))
'''),
        ("sums instead of taking the mean", "cost together", '''
def xor_logistic_loss(w, b):
    return np.logaddexp(0, -(2 * lamp - 1) * (corners @ w + b)).sum()
'''),
        ("takes the logarithm to base 2", "which one do you take", '''
def xor_logistic_loss(w, b):
    return np.mean(np.logaddexp(0, -(2 * lamp - 1) * (corners @ w + b))) / np.log(2)
'''),
        ("forgets the points of class 0", "class 0 have a price as well", '''
def xor_logistic_loss(w, b):
    return np.mean(lamp * np.logaddexp(0, -(corners @ w + b)))
'''),
        ("takes the classes for signs", "makes the score vanish", '''
def xor_logistic_loss(w, b):
    return np.mean(np.logaddexp(0, -lamp * (corners @ w + b)))
'''),
        ("forgets the minus", "a price is never negative", '''
def xor_logistic_loss(w, b):
    return -np.mean(np.logaddexp(0, -(2 * lamp - 1) * (corners @ w + b)))
'''),
        ("forgets the bias", "have the margin 2", '''
def xor_logistic_loss(w, b):
    return np.mean(np.logaddexp(0, -(2 * lamp - 1) * (corners @ w)))
'''),
    ],
    "boundary_after_sigmoid": [
        ("bends it", "The S is the shape of p", 'def boundary_after_sigmoid():\n    return "a"\n'),
        ("turns it", "To turn the line", 'def boundary_after_sigmoid():\n    return "b"\n'),
        ("moves it", "How many points there are", 'def boundary_after_sigmoid():\n    return "c"\n'),
    ],
    "xor_from_lines": [
        ("listens to one line only", "Who says 'and not both'", '''
def xor_from_lines(X):
    return (X.sum(axis=1) > 0.5).astype(int)
'''),
        ("adds where it should take away", "not on twice", '''
def xor_from_lines(X):
    return (X.sum(axis=1) > 0.5).astype(int) + (X.sum(axis=1) > 1.5)
'''),
        ("fires at 0", "exactly 0. A neuron fires only above 0", '''
def xor_from_lines(X):
    return ((X.sum(axis=1) >= 0.5) & (X.sum(axis=1) < 1.5)).astype(int)
'''),
        ("lets the second line fire at 0", "its veto is not heard", '''
def xor_from_lines(X):
    return ((X.sum(axis=1) > 0.5) & (X.sum(axis=1) < 1.5)).astype(int)
'''),
        ("compares the switches", "the two lines decide everywhere", '''
def xor_from_lines(X):
    return np.where((X == 0).all(axis=1) | (X == 1).all(axis=1), 0, (X[:, 0] != X[:, 1]) | (X[:, 0] > 0.6)).astype(int)
'''),
        ("keeps a column", "one number a point", '''
def xor_from_lines(X):
    total = X.sum(axis=1, keepdims=True)
    return ((total > 0.5) & (total <= 1.5)).astype(int)
'''),
        ("swaps the two", "That is 'both'", '''
def xor_from_lines(X):
    return (X.sum(axis=1) > 1.5).astype(int)
'''),
    ],
    "nonseparability_certificate": [
        ("does not fold the signs in", "multiply each row by its class sign first", '''
def nonseparability_certificate(X, y):
    rows = np.column_stack([X, np.ones(len(X))])
    alpha = find_candidate(rows)
    alpha = alpha / alpha.sum()
    return None if np.abs(alpha @ rows).max() > 1e-9 else alpha
'''),
        ("forgets the constant 1", "the constant 1?", '''
def nonseparability_certificate(X, y):
    rows = np.where(y == 1, 1, -1)[:, None] * X
    alpha = find_candidate(rows)
    alpha = alpha / alpha.sum()
    return None if np.abs(alpha @ rows).max() > 1e-9 else alpha
'''),
        ("does not look at what is left", "nobody looked at what is left", '''
def nonseparability_certificate(X, y):
    rows = np.where(y == 1, 1, -1)[:, None] * np.column_stack([X, np.ones(len(X))])
    alpha = find_candidate(rows)
    return alpha / alpha.sum()
'''),
        ("leaves the sum as it is", "The numbers should sum to 1", '''
def nonseparability_certificate(X, y):
    rows = np.where(y == 1, 1, -1)[:, None] * np.column_stack([X, np.ones(len(X))])
    alpha = find_candidate(rows)
    return None if np.abs(alpha @ rows).max() > 1e-9 else alpha
'''),
        ("takes the classes for signs", "which sign should it have", '''
def nonseparability_certificate(X, y):
    rows = y[:, None] * np.column_stack([X, np.ones(len(X))])
    alpha = find_candidate(rows)
    alpha = alpha / alpha.sum()
    return None if np.abs(alpha @ rows).max() > 1e-9 else alpha
'''),
    ],
    "count_separable": [
        ("takes XOR and its opposite for one", "a rule and its opposite are two rules",
         "def count_separable(n):\n    return {1: 4, 2: 15, 3: 180}[n]\n"),
        ("drops the constant rules", "'Always on' and 'always off'", '''
def count_separable(n):
    places = np.array(list(itertools.product([0.0, 1.0], repeat=n)))
    rules = [np.array(rule) for rule in itertools.product([0, 1], repeat=len(places))]
    return sum(0 < rule.sum() < len(rule) and nonseparability_certificate(places, rule) is None for rule in rules)
'''),
        ("counts those that fail", "can not part", '''
def count_separable(n):
    places = np.array(list(itertools.product([0.0, 1.0], repeat=n)))
    rules = itertools.product([0, 1], repeat=len(places))
    return sum(nonseparability_certificate(places, np.array(rule)) is not None for rule in rules)
'''),
    ],
    "cover_fraction": [
        ("sums one term too many", "one term too many", '''
def cover_fraction(N, d):
    return 2 * sum(math.comb(N - 1, k) for k in range(d + 2)) / 2**N
'''),
        ("forgets the bias", "did you count the bias", '''
def cover_fraction(N, d):
    return 2 * sum(math.comb(N - 1, k) for k in range(d)) / 2**N
'''),
        ("forgets the 2", "each way counts twice", '''
def cover_fraction(N, d):
    return sum(math.comb(N - 1, k) for k in range(d + 1)) / 2**N
'''),
        ("returns the count", "That is the count", '''
def cover_fraction(N, d):
    return 2 * sum(math.comb(N - 1, k) for k in range(d + 1))
'''),
    ],
}

RIGHT = {
    "best_line_accuracy": ['''
def best_line_accuracy(X, y, n_angles=720):
    def score(a, t):
        return np.mean((np.cos(a) * X[:, 0] + np.sin(a) * X[:, 1] > t) == y)
    best = max(np.mean(y == 0), np.mean(y == 1))
    for i in range(n_angles):
        a = 2 * np.pi * i / n_angles
        places = sorted(np.cos(a) * X[:, 0] + np.sin(a) * X[:, 1])
        for p, q in zip(places, places[1:]):
            best = max(best, score(a, (p + q) / 2))
    return best
''', '''
def best_line_accuracy(X, y, n_angles=720):
    angles = np.arange(n_angles) * np.pi / n_angles
    order = np.argsort(X @ np.stack([np.cos(angles), np.sin(angles)]), axis=0)
    signs = np.where(y == 1, 1, -1)[order]
    before = np.vstack([np.zeros(n_angles), np.cumsum(signs, axis=0)])
    # ones beyond the cut plus zeros before it
    right = (np.sum(y == 1) - before) / len(y)
    return np.maximum(right, 1 - right).max()
'''],
    "xor_logistic_loss": ['''
def xor_logistic_loss(w, b):
    s = np.clip(corners @ w + b, -500, 500)
    p = np.clip(1 / (1 + np.exp(-s)), 1e-12, 1 - 1e-12)
    return -np.mean(lamp * np.log(p) + (1 - lamp) * np.log(1 - p))
''', '''
import math

def xor_logistic_loss(w, b):
    total = 0
    for i in (0, 1):
        for j in (0, 1):
            s = w[0] * i + w[1] * j + b
            m = s if i != j else -s
            total += math.log1p(math.exp(-abs(m))) + max(-m, 0)
    return total / 4
'''],
    "boundary_after_sigmoid": ['def boundary_after_sigmoid():\n    return "D"\n', 'def boundary_after_sigmoid():\n    return " d "\n'],
    "xor_from_lines": ['''
def xor_from_lines(X):
    answers = []
    for x1, x2 in X:
        total = x1 + x2
        answers.append(1 if total > 0.5 and not total > 1.5 else 0)
    return answers
''', '''
def xor_from_lines(X):
    W = np.array([[1.0, 1.0], [1.0, 1.0]])
    hidden = (X @ W + np.array([-0.5, -1.5])) > 0
    return hidden[:, 0] & ~hidden[:, 1]
'''],
    "nonseparability_certificate": ['''
def nonseparability_certificate(X, y):
    rows = []
    for x, label in zip(X, y):
        row = np.append(x, 1.0)
        rows.append(row if label == 1 else -row)
    rows = np.array(rows)
    alpha = find_candidate(rows)
    if not np.allclose(rows.T @ alpha, 0, atol=1e-9):
        return None
    return alpha / np.sum(alpha)
''', '''
def nonseparability_certificate(X, y):
    rows = (2 * y - 1).reshape(-1, 1) * np.hstack([X, np.ones((len(y), 1))])
    alpha = find_candidate(rows)
    alpha /= alpha.sum()
    if np.linalg.norm(alpha @ rows) < 1e-9:
        return list(alpha)
'''],
    "count_separable": ['''
def count_separable(n):
    X = np.array([[(i >> k) & 1 for k in range(n)] for i in range(2**n)], dtype=float)
    found = 0
    for rule in range(2 ** len(X)):
        y = np.array([(rule >> k) & 1 for k in range(len(X))])
        found += nonseparability_certificate(X, y) is None
    return found
''', '''
def count_separable(n):
    # the perceptron of lesson 01, with patience
    X = np.array(list(itertools.product([0, 1], repeat=n)))
    rows = np.column_stack([X, np.ones(len(X))])
    found = 0
    for rule in itertools.product([-1, 1], repeat=len(X)):
        w = np.zeros(n + 1)
        for _ in range(60):
            wrong = False
            for row, sign in zip(rows, rule):
                if sign * (row @ w) <= 0:
                    w, wrong = w + sign * row, True
            if not wrong:
                found += 1
                break
    return found
'''],
    "cover_fraction": ['''
def cover_fraction(N, d):
    ways = {D: 2 for D in range(1, d + 2)}
    for _ in range(N - 1):
        ways = {D: ways[D] + ways.get(D - 1, 0) for D in ways}
    return ways[d + 1] / 2**N
''', '''
def cover_fraction(N, d):
    total, term = 0, 1
    for k in range(min(d + 1, N)):
        total += term
        term = term * (N - 1 - k) // (k + 1)
    return total / 2 ** (N - 1)
'''],
}

CONSTANT = {"boundary_after_sigmoid": "it takes no argument: its answer is the value itself, which the visible check knows only by its digest"}
