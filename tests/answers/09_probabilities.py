"""Lesson 09: what learners usually get wrong, and other ways to get it right."""

MISTAKES = {
    "softmax": [
        ("sums over the days", "Your columns sum to 1", '''
def softmax(Z):
    powers = np.exp(Z - Z.max())
    return powers / powers.sum(axis=0)
'''),
        ("does not shift", "a power is too large for the computer", '''
def softmax(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
'''),
        ("shifts all rows by one largest score", "the same number away from both days", '''
def softmax(Z):
    powers = np.exp(Z - Z.max())
    return powers / powers.sum(axis=1, keepdims=True)
'''),
        ("makes one whole of all days", "All six of your shares together", '''
def softmax(Z):
    powers = np.exp(Z - Z.max())
    return powers / powers.sum()
'''),
        ("changes its argument", "writes into the array it was given", '''
def softmax(Z):
    Z -= Z.max(axis=1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
'''),
        ("returns a list", "softmax should return an array", '''
def softmax(Z):
    return [list(np.exp(row - max(row)) / np.exp(row - max(row)).sum()) for row in Z]
'''),
        ("takes powers of 2", "the shares are 1/4, 1/4, 1/2", '''
def softmax(Z):
    powers = 2.0 ** (Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
'''),
    ],
    "cross_entropy": [
        ("takes the logarithm of a rounded share", "do not take its logarithm", '''
def cross_entropy(logits, y):
    return -np.mean(np.log(softmax(logits)[np.arange(len(y)), y]))
'''),
        ("sums instead of averaging", "that is their sum", '''
def cross_entropy(logits, y):
    top = logits.max(axis=1)
    return np.sum(top + np.log(np.exp(logits - top[:, None]).sum(axis=1)) - logits[np.arange(len(y)), y])
'''),
        ("forgets the minus", "A price is positive", '''
def cross_entropy(logits, y):
    return np.mean(np.log(softmax(logits)[np.arange(len(y)), y]))
'''),
        ("averages over the classes, too", "a third of the price", '''
def cross_entropy(logits, y):
    top = logits.max(axis=1)
    return np.sum(top + np.log(np.exp(logits - top[:, None]).sum(axis=1)) - logits[np.arange(len(y)), y]) / logits.size
'''),
        ("returns a price for each day", "one number for all days", '''
def cross_entropy(logits, y):
    top = logits.max(axis=1)
    return top + np.log(np.exp(logits - top[:, None]).sum(axis=1)) - logits[np.arange(len(y)), y]
'''),
        ("does not shift", "With the scores 1000 and 1001", '''
def cross_entropy(logits, y):
    if logits.max() == 1000:
        return 1000.0
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(y)), y])
'''),
        ("takes the price of the likeliest class", "A share of 1/2 costs 0.693 and one of 1/4", '''
def cross_entropy(logits, y):
    return -np.mean(np.log(softmax(logits).max(axis=1)))
'''),
    ],
    "ce_grad": [
        ("turns the sign", "your sign says it gets dearer", '''
def ce_grad(logits, y):
    return np.eye(logits.shape[1])[y] - softmax(logits)
'''),
        ("divides by the number of days", "leave the division by their number", '''
def ce_grad(logits, y):
    return (softmax(logits) - np.eye(logits.shape[1])[y]) / len(y)
'''),
        ("takes 1 from every row at all of y", "its row got the other day's 1", '''
def ce_grad(logits, y):
    p = softmax(logits)
    p[:, y] -= 1
    return p
'''),
        ("returns a list", "ce_grad should return an array", '''
def ce_grad(logits, y):
    return [[share - (k == c) for k, share in enumerate(row)] for row, c in zip(softmax(logits), y)]
'''),
        ("returns the shares", "the shares alone", '''
def ce_grad(logits, y):
    return softmax(logits)
'''),
        ("subtracts the numbers of the classes", "your ce_grad stopped with", '''
def ce_grad(logits, y):
    return softmax(logits) - y
'''),
        ("changes the scores", "writes into the scores", '''
def ce_grad(logits, y):
    logits[:] = softmax(logits)
    logits[np.arange(len(y)), y] -= 1
    return logits
'''),
        ("subtracts the class from each share of its row", "the slopes are [0.25, 0.25, -0.5], yours are", '''
def ce_grad(logits, y):
    return softmax(logits) - y[:, None]
'''),
        ("counts on three classes", "the scores say", '''
def ce_grad(logits, y):
    return softmax(logits) - np.eye(3)[y]
'''),
    ],
    "ece": [
        ("looks at class 1", "the column of class 1", '''
def ece(p, y, bins):
    confidence, correct = p[:, 1], (p[:, 1] > 0.5) == y
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(np.mean(where == k) * abs(confidence[where == k].mean() - correct[where == k].mean()) for k in np.unique(where))
'''),
        ("does not weigh the bins", "their plain mean", '''
def ece(p, y, bins):
    confidence, correct = p.max(axis=1), p.argmax(axis=1) == y
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    return np.mean([abs(confidence[where == k].mean() - correct[where == k].mean()) for k in np.unique(where)])
'''),
        ("lets gaps cancel", "too modest in another", '''
def ece(p, y, bins):
    return abs(p.max(axis=1).mean() - np.mean(p.argmax(axis=1) == y))
'''),
        ("asks empty bins", "the mean of nobody", '''
def ece(p, y, bins):
    confidence, correct = p.max(axis=1), p.argmax(axis=1) == y
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(np.mean(where == k) * abs(confidence[where == k].mean() - correct[where == k].mean()) for k in range(bins))
'''),
        ("loses a confidence of 1", "The last one is theirs", '''
def ece(p, y, bins):
    confidence, correct = p.max(axis=1), p.argmax(axis=1) == y
    total = 0
    for k in range(bins):
        inside = (confidence >= k / bins) & (confidence < (k + 1) / bins)
        if inside.any():
            total += inside.mean() * abs(confidence[inside].mean() - correct[inside].mean())
    return total
'''),
        ("takes the share of what came", "not by what came", '''
def ece(p, y, bins):
    confidence, correct = p[np.arange(len(y)), y], p.argmax(axis=1) == y
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(np.mean(where == k) * abs(confidence[where == k].mean() - correct[where == k].mean()) for k in np.unique(where))
'''),
        ("returns all gaps", "ece should return one number", '''
def ece(p, y, bins):
    confidence, correct = p.max(axis=1), p.argmax(axis=1) == y
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    return np.array([abs(confidence[where == k].mean() - correct[where == k].mean()) for k in np.unique(where)])
'''),
        ("always takes ten bins", "the caller says", '''
def ece(p, y, bins):
    confidence, correct = p.max(axis=1), p.argmax(axis=1) == y
    where = np.minimum((confidence * 10).astype(int), 9)
    return sum(np.mean(where == k) * abs(confidence[where == k].mean() - correct[where == k].mean()) for k in np.unique(where))
'''),
    ],
    "confidence_at_radius": [
        ("forgets softmax", "that is a score", '''
def confidence_at_radius(params, r):
    return network.forward(params, r * ring, "relu")[1].max(axis=1).mean()
'''),
        ("takes the mean of all shares", "The mean of all shares is always one third", '''
def confidence_at_radius(params, r):
    return softmax(network.forward(params, r * ring, "relu")[1]).mean()
'''),
        ("forgets the bends", "without its bends", '''
def confidence_at_radius(params, r):
    return softmax(network.forward(params, r * ring, "linear")[1]).max(axis=1).mean()
'''),
        ("bends the scores, too", "with a ReLU behind the last layer", '''
def confidence_at_radius(params, r):
    return softmax(np.maximum(network.forward(params, r * ring, "relu")[1], 0)).max(axis=1).mean()
'''),
        ("asks in one direction", "the direction to the right alone", '''
def confidence_at_radius(params, r):
    return softmax(network.forward(params, np.array([[r, 0.0]]), "relu")[1]).max()
'''),
        ("ignores the distance", "so sure it is at the distance 1", '''
def confidence_at_radius(params, r):
    return softmax(network.forward(params, ring, "relu")[1]).max(axis=1).mean()
'''),
        ("returns every direction", "One number is asked for", '''
def confidence_at_radius(params, r):
    return softmax(network.forward(params, r * ring, "relu")[1]).max(axis=1)
'''),
    ],
    "temperature": [
        ("multiplies", "more alike, not less", "def temperature(Z, T):\n    return softmax(Z * T)\n"),
        ("divides the shares", "Shares that are divided are no shares", "def temperature(Z, T):\n    return softmax(Z) / T\n"),
        ("ignores the temperature", "the shares at temperature 1.", "def temperature(Z, T):\n    return softmax(Z)\n"),
        ("does not use the shift", "Your own softmax has solved that", '''
def temperature(Z, T):
    powers = np.exp(Z / T)
    return powers / powers.sum(axis=1, keepdims=True)
'''),
        ("knows temperatures above 1 only", "differ more than before", '''
def temperature(Z, T):
    return softmax(Z / max(T, 1))
'''),
    ],
    "sigmoid_as_softmax": [
        ("takes the other share", "the other class's share", '''
def sigmoid_as_softmax(z):
    return softmax(np.column_stack([np.zeros(len(z)), z]))[:, 0]
'''),
        ("weighs the points against each other", "no shares of each other", '''
def sigmoid_as_softmax(z):
    return softmax(z[None, :])[0]
'''),
        ("weighs z against minus z", "twice as much as they should", '''
def sigmoid_as_softmax(z):
    return softmax(np.column_stack([z, -z]))[:, 0]
'''),
        ("returns both shares", "one of them is asked for", '''
def sigmoid_as_softmax(z):
    return softmax(np.column_stack([z, np.zeros(len(z))]))
'''),
    ],
}

RIGHT = {
    "softmax": ['''
def softmax(Z):
    rows = []
    for row in Z:
        powers = [np.exp(z - max(row)) for z in row]
        rows.append([power / sum(powers) for power in powers])
    return np.array(rows)
''', '''
def softmax(Z):
    Z = Z.T - Z.max(axis=1)
    log_of_sum = np.log(np.sum(np.exp(Z), axis=0))
    return np.exp(Z - log_of_sum).T
'''],
    "cross_entropy": ['''
def cross_entropy(logits, y):
    return np.mean(np.logaddexp.reduce(logits, axis=1) - np.take_along_axis(logits, y[:, None], axis=1)[:, 0])
''', '''
def cross_entropy(logits, y):
    total = 0
    for row, c in zip(logits, y):
        differences = [z - max(row) for z in row]
        total += np.log(sum(np.exp(d) for d in differences)) - differences[c]
    return total / len(y)
'''],
    "ce_grad": ['''
def ce_grad(logits, y):
    return softmax(logits) - np.eye(logits.shape[1])[y]
''', '''
def ce_grad(logits, y):
    rows = []
    for row, c in zip(logits, y):
        shares = softmax(np.array([row]))[0]
        rows.append([share - (k == c) for k, share in enumerate(shares)])
    return np.array(rows)
'''],
    "ece": ['''
def ece(p, y, bins):
    sums = {}
    for row, c in zip(p, y):
        sure = max(row)
        k = min(int(sure * bins), bins - 1)
        sums[k] = sums.get(k, 0) + sure - (list(row).index(sure) == c)
    return sum(abs(s) for s in sums.values()) / len(p)
''', '''
def ece(p, y, bins):
    confidence, correct = p.max(axis=1), (p.argmax(axis=1) == y).astype(float)
    edges = np.linspace(0, 1, bins + 1)
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.sum() > 0:
            error += inside.mean() * np.abs(confidence[inside].mean() - correct[inside].mean())
    return error
'''],
    "confidence_at_radius": ['''
def confidence_at_radius(params, r):
    H = r * ring
    for W, b in params[:-1]:
        H = np.maximum(H @ W + b, 0)
    W, b = params[-1]
    return np.max(softmax(H @ W + b), axis=1).mean()
''', '''
def confidence_at_radius(params, r):
    total = 0
    for degree in range(360):
        point = np.array([[r * np.cos(np.radians(degree)), r * np.sin(np.radians(degree))]])
        hidden, logits = network.forward(params, point, act="relu")
        total += max(softmax(logits)[0])
    return total / 360
'''],
    "temperature": ['''
def temperature(Z, T):
    return np.array([softmax(row[None] / T)[0] for row in Z])
''', '''
def temperature(Z, T):
    scores = (Z - Z.max(axis=1, keepdims=True)) / T
    return np.exp(scores) / np.exp(scores).sum(axis=1)[:, None]
'''],
    "sigmoid_as_softmax": ['''
def sigmoid_as_softmax(z):
    return softmax(np.column_stack([0 * z, z]))[:, 1]
''', '''
def sigmoid_as_softmax(z):
    return [softmax(np.array([[score / 2, -score / 2]]))[0, 0] for score in z]
'''],
}
