"""Lesson 01: what learners usually get wrong, and other ways to get it right."""

PERCEPTRON = '''
def perceptron(X, y, max_epochs):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        clean = True
        for x, label in zip(X, y):
            sign = 2 * label - 1
            if {wrong}:
                {step}
                mistakes += 1
                clean = False
        if clean:
            break
    return w, b, mistakes
'''
WRONG = "sign * (x @ w + b) <= 0"
STEP = "w, b = w + sign * x, b + sign"

MISTAKES = {
    "neuron": [
        ("forgets the bias", "always passes through the origin", "def neuron(X, w, b):\n    return X @ w\n"),
        ("multiplies without adding up", "d = 2 numbers per point", "def neuron(X, w, b):\n    return X * w + b\n"),
        ("returns a column", "a table with 3 rows and one column", "def neuron(X, w, b):\n    return X @ w[:, None] + b\n"),
        ("puts w first", "so X comes first", "def neuron(X, w, b):\n    return w @ X + b\n"),
        ("adds everything up", "Three points have three scores", "def neuron(X, w, b):\n    return (X * w).sum() + b\n"),
        ("subtracts the bias", "only the bias 0.5 is left, but yours", "def neuron(X, w, b):\n    return X @ w - b\n"),
        ("counts on two inputs", "may have any number of inputs", '''
def neuron(X, w, b):
    return X[:, 0] * w[0] + X[:, 1] * w[1] + b
'''),
    ],
    "line_from_weights": [
        ("forgets the sign of the slope", "Plug your point back in", '''
def line_from_weights(w, b):
    return (np.inf, np.nan) if w[1] == 0 else (w[0] / w[1], -b / w[1])
'''),
        ("takes the bias for the intercept", "right only when w2 = -1", '''
def line_from_weights(w, b):
    return (np.inf, np.nan) if w[1] == 0 else (-w[0] / w[1], b)
'''),
        ("forgets the sign of the intercept", "so the intercept is 2, but yours", '''
def line_from_weights(w, b):
    return (np.inf, np.nan) if w[1] == 0 else (-w[0] / w[1], b / w[1])
'''),
        ("turns the fraction upside down", "which of the two needs more steps", '''
def line_from_weights(w, b):
    return (np.inf, np.nan) if w[1] == 0 else (-w[1] / w[0], -b / w[1])
'''),
        ("divides by zero", "It is vertical: return", "def line_from_weights(w, b):\n    return -w[0] / w[1], -b / w[1]\n"),
        ("gives a vertical line the slope 0", "is vertical: the slope should be", '''
def line_from_weights(w, b):
    return (0, 0) if w[1] == 0 else (-w[0] / w[1], -b / w[1])
'''),
    ],
    "bias_move": [
        ("takes the bias for the crossing", "the line is where the score is 0", 'def bias_move():\n    return "a"\n'),
        ("thinks that the bias turns the line", "when one weight changes", 'def bias_move():\n    return "b"\n'),
        ("thinks of scaling", "Is it still on the line?", 'def bias_move():\n    return "d"\n'),
        ("answers with a number", "one of the letters", "def bias_move():\n    return 3\n"),
    ],
    "same_line": [
        ("compares the numbers", "may differ by their scale", '''
def same_line(w1, b1, w2, b2):
    if np.allclose(w1, w2) and np.isclose(b1, b2):
        return "same"
    return "flipped" if np.allclose(w1, -w2) and np.isclose(b1, -b2) else "different"
'''),
        ("counts a negative factor as the same", "but the sides are exchanged", '''
def same_line(w1, b1, w2, b2):
    u, v = np.append(w1, b1), np.append(w2, b2)
    return "same" if np.allclose(np.cross(u, v), 0) else "different"
'''),
        ("looks at the directions only", "are parallel lines", '''
def same_line(w1, b1, w2, b2):
    u, v = w1 / np.linalg.norm(w1), w2 / np.linalg.norm(w2)
    return "same" if np.allclose(u, v) else "flipped" if np.allclose(u, -v) else "different"
'''),
        ("divides number by number", "which quantity of a neuron is safe", '''
def same_line(w1, b1, w2, b2):
    ratio = np.append(w2, b2) / np.append(w1, b1)
    if not np.allclose(ratio, ratio[0]):
        return "different"
    return "same" if ratio[0] > 0 else "flipped"
'''),
        ("compares slopes, which a vertical line has not", "the upright line x1 = 3", '''
def same_line(w1, b1, w2, b2):
    def line(w, b):
        return (np.inf, np.nan) if w[1] == 0 else (-w[0] / w[1], -b / w[1])
    if not np.allclose(line(w1, b1), line(w2, b2)):
        return "different"
    return "same" if w1 @ w2 > 0 else "flipped"
'''),
        ("compares rounded numbers exactly", "0.30000000000000004", '''
def same_line(w1, b1, w2, b2):
    if w1[0] * w2[1] != w1[1] * w2[0] or w1[0] * b2 != b1 * w2[0] or w1[1] * b2 != b1 * w2[1]:
        return "different"
    return "same" if w1 @ w2 > 0 else "flipped"
'''),
        ("answers True", "should return 'same', 'flipped' or", '''
def same_line(w1, b1, w2, b2):
    u, v = np.append(w1, b1) / np.linalg.norm(w1), np.append(w2, b2) / np.linalg.norm(w2)
    return bool(np.allclose(u, v))
'''),
    ],
    "signed_distance": [
        ("returns the score", "did the distance double?", "def signed_distance(X, w, b):\n    return X @ w + b\n"),
        ("divides by the squared length", "more than the arrow's length", "def signed_distance(X, w, b):\n    return (X @ w + b) / (w @ w)\n"),
        ("loses the sign", "which side a point is on", "def signed_distance(X, w, b):\n    return np.abs(X @ w + b) / np.sqrt(w @ w)\n"),
        ("counts the bias to the arrow", "lead to (0.6, 0.8)", '''
def signed_distance(X, w, b):
    return (X @ w + b) / np.linalg.norm(np.append(w, b))
'''),
        ("returns a table", "Three points have three distances", '''
def signed_distance(X, w, b):
    return (X * w + b) / np.linalg.norm(w)
'''),
        ("counts on two inputs", "may have any number of coordinates", '''
def signed_distance(X, w, b):
    return (X[:, 0] * w[0] + X[:, 1] * w[1] + b) / np.hypot(w[0], w[1])
'''),
    ],
    "classify": [
        ("fires at 0", "fires only above 0, not at 0", "def classify(X, w, b):\n    return (X @ w + b >= 0).astype(int)\n"),
        ("compares with one half", "Nobody asked for more", "def classify(X, w, b):\n    return (X @ w + b > 0.5).astype(int)\n"),
        ("returns signs", "the name is 0, not -1", "def classify(X, w, b):\n    return np.where(X @ w + b > 0, 1, -1)\n"),
        ("exchanges the classes", "belongs to class 1 and the score -2", "def classify(X, w, b):\n    return np.where(X @ w + b < 0, 1.0, 0.0)\n"),
        ("returns the scores", "The classes are 0 and 1, but yours returns", "def classify(X, w, b):\n    return np.maximum(X @ w + b, 0)\n"),
    ],
    "perceptron": [
        ("multiplies by the class", "class 0 multiplies by 0", PERCEPTRON.format(wrong=WRONG, step="w, b = w + label * x, b + label")),
        ("corrects points that are right", "A point that is right is left alone", '''
def perceptron(X, y, max_epochs):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        for x, label in zip(X, y):
            sign = 2 * label - 1
            mistakes += sign * (x @ w + b) <= 0
            w, b = w + sign * x, b + sign
    return w, b, mistakes
'''),
        ("keeps the bias in an array", "The bias is one number", PERCEPTRON.format(wrong=WRONG, step=STEP).replace("0.0, 0", "np.zeros(1), 0")),
        ("never updates the bias", "If the bias never learns", PERCEPTRON.format(wrong=WRONG, step="w = w + sign * x")),
        ("lets a score of 0 pass for class 0", "yours lets it pass", PERCEPTRON.format(wrong="(x @ w + b > 0) != label", step=STEP)),
        ("lets a score of 0 pass for both classes", "your weights are still (0, 0)", PERCEPTRON.format(wrong="sign * (x @ w + b) < 0", step=STEP)),
        ("adds the points of class 0", "In which direction do you correct class 0", PERCEPTRON.format(wrong=WRONG, step="w, b = w + x, b + 1")),
        ("makes one pass only", "until a whole pass is clean", PERCEPTRON.format(wrong=WRONG, step=STEP).replace("if clean", "if True")),
        ("returns the mistakes of the last pass", "add up the mistakes of all passes", '''
def perceptron(X, y, max_epochs):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(max_epochs):
        mistakes = 0
        for x, label in zip(X, y):
            sign = 2 * label - 1
            if sign * (x @ w + b) <= 0:
                w, b, mistakes = w + sign * x, b + sign, mistakes + 1
        if mistakes == 0:
            break
    return w, b, mistakes
'''),
        ("counts passes", "7 mistakes in all passes together", '''
def perceptron(X, y, max_epochs):
    w, b, passes = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        clean = True
        for x, label in zip(X, y):
            sign = 2 * label - 1
            if sign * (x @ w + b) <= 0:
                w, b, clean = w + sign * x, b + sign, False
        if clean:
            break
        passes += 1
    return w, b, passes
'''),
        ("returns no count", "should return three things", PERCEPTRON.format(wrong=WRONG, step=STEP).replace("w, b, mistakes\n", "w, b\n")),
        ("counts on two inputs", "For one with three, (1, 2, 3)", '''
def perceptron(X, y, max_epochs):
    w, b, mistakes = np.zeros(2), 0.0, 0
    for _ in range(max_epochs):
        before = mistakes
        for x, label in zip(X, y):
            side = 1 if label == 1 else -1
            if side * (x @ w + b) <= 0:
                w, b, mistakes = w + side * x, b + side, mistakes + 1
        if mistakes == before:
            break
    return w, b, mistakes
'''),
    ],
}

RIGHT = {
    "neuron": ['''
def neuron(X, w, b):
    scores = []
    for row in X:
        total = b
        for value, weight in zip(row, w):
            total += value * weight
        scores.append(total)
    return scores
''', '''
def neuron(X, w, b):
    return (X * w).sum(axis=1) + b
''', '''
def neuron(X, w, b):
    return np.column_stack([X, np.ones(len(X))]).dot(np.append(w, b))
'''],
    "line_from_weights": ['''
def line_from_weights(w, b):
    w1, w2 = w
    if abs(w2) < 1e-300:
        return float("inf"), float("nan")
    return [-w1 / w2, -b / w2]
''', '''
def line_from_weights(w, b):
    if w[1]:
        at = lambda x1: -(w[0] * x1 + b) / w[1]
        return at(1) - at(0), at(0)
    return np.inf, np.nan
'''],
    "bias_move": ['def bias_move():\n    return "C"\n', 'def bias_move():\n    answer = "c"\n    return answer\n'],
    "same_line": ['''
def same_line(w1, b1, w2, b2):
    cross = w1[0] * w2[1] - w1[1] * w2[0]
    size = np.linalg.norm(w1) * np.linalg.norm(w2)
    if abs(cross) > 1e-9 * size:
        return "different"
    # a point of the first line, and how far it is from the second
    foot = -b1 * w1 / (w1 @ w1)
    if abs(w2 @ foot + b2) > 1e-9 * (np.linalg.norm(w2) + abs(b2)):
        return "different"
    return "same" if w1 @ w2 > 0 else "flipped"
''', '''
def same_line(w1, b1, w2, b2):
    k = int(abs(w1[1]) > abs(w1[0]))
    factor = w2[k] / w1[k]
    if factor == 0 or not np.allclose(factor * np.append(w1, b1), np.append(w2, b2)):
        return "different"
    if factor > 0:
        return "same"
    else:
        return "flipped"
'''],
    "signed_distance": ['''
def signed_distance(X, w, b):
    length = sum(v * v for v in w) ** 0.5
    return [(sum(a * v for a, v in zip(x, w)) + b) / length for x in X]
''', '''
def signed_distance(X, w, b):
    unit = w / np.linalg.norm(w)
    on_the_boundary = -b / np.linalg.norm(w) * unit
    return (X - on_the_boundary) @ unit
'''],
    "classify": ['''
def classify(X, w, b):
    return [1 if score > 0 else 0 for score in neuron(X, w, b)]
''', '''
def classify(X, w, b):
    return np.where((X * w).sum(axis=1) + b > 0, 1.0, 0.0)
''', '''
def classify(X, w, b):
    return X @ w + b > 0
'''],
    "perceptron": ['''
def perceptron(X, y, max_epochs):
    w = [0.0] * X.shape[1]
    b = 0
    mistakes = 0
    for epoch in range(max_epochs):
        mistakes_now = 0
        for i in range(len(X)):
            score = sum(w[j] * X[i, j] for j in range(len(w))) + b
            if y[i] == 1 and score <= 0:
                w = [w[j] + X[i, j] for j in range(len(w))]
                b += 1
                mistakes_now += 1
            elif y[i] == 0 and score >= 0:
                w = [w[j] - X[i, j] for j in range(len(w))]
                b -= 1
                mistakes_now += 1
        mistakes += mistakes_now
        if mistakes_now == 0:
            return w, b, mistakes
    return w, b, mistakes
''', '''
def perceptron(X, y, max_epochs):
    signs = np.where(y == 1, 1, -1)
    Z = signs[:, None] * np.column_stack([X, np.ones(len(X))])
    v, mistakes, quiet = np.zeros(Z.shape[1]), 0, 0
    for look in range(max_epochs * len(Z)):
        z = Z[look % len(Z)]
        if z @ v <= 0:
            v += z
            mistakes, quiet = mistakes + 1, 0
        else:
            quiet += 1
        if quiet == len(Z):
            break
    return v[:-1], v[-1], mistakes
'''],
}

CONSTANT = {"bias_move": "it takes no argument: its answer is the value itself, which the visible check knows only by its digest"}
