"""Lesson 05: what learners usually get wrong, and other ways to get it right."""

FOUR = '''
def relu(z):
    return np.maximum(z, 0)


def leaky_relu(z, leak=0.01):
    return np.maximum(z, 0) + leak * np.minimum(z, 0)


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def tanh(z):
    return np.tanh(z)
'''


def four(**own):
    """The four activations, some of them replaced by a wrong one."""
    return FOUR + "\n\n".join(own.values())


THREE = '''
def d_relu(z):
    return (z > 0) * 1.0


def d_sigmoid(z):
    return sigmoid(z) * sigmoid(-z)


def d_tanh(z):
    return (1 - tanh(z)) * (1 + tanh(z))
'''


def three(**own):
    """The three slopes, some of them replaced by a wrong one."""
    return THREE + "\n\n".join(own.values())


def xor(W1, b1, w2, b2=0.0):
    """An answer to xor_two_relus with these numbers."""
    return f"def xor_two_relus():\n    return np.array({W1}), np.array({b1}), np.array({w2}), {b2}\n"


MISTAKES = {
    "activations": [
        ("looks for one largest", "Each score has its own activation", four(relu="def relu(z):\n    return np.max([z.max(), 0])\n")),
        ("uses Python's max", "look at one number only", four(relu="def relu(z):\n    return max(z, 0)\n")),
        ("writes into the scores", "Others still need them", four(relu="def relu(z):\n    z[z < 0] = 0\n    return z\n")),
        ("takes the size instead", "into [0, 0, 0, 3]", four(relu="def relu(z):\n    return np.abs(z)\n")),
        ("leaks with the wrong sign", "smaller, and still negative", four(leaky='''
def leaky_relu(z, leak=0.01):
    return np.maximum(z, -leak * z)
''')),
        ("forgets the argument", "With the leak 0.1,", four(leaky='''
def leaky_relu(z, leak=0.01):
    return np.maximum(z, 0.01 * z)
''')),
        ("has another leak of its own", "Without a second argument", four(leaky='''
def leaky_relu(z, leak=0.1):
    return np.maximum(z, leak * z)
''')),
        ("writes fractions into whole numbers", "has no room for fractions", four(leaky='''
def leaky_relu(z, leak=0.01):
    a = z.copy()
    a[z < 0] = leak * z[z < 0]
    return a
''')),
        ("takes the plain formula", "your formula asks for it", four(sigmoid="def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n")),
        ("chooses after both branches were computed", "also the one that it throws away", four(sigmoid='''
def sigmoid(z):
    return np.where(z > 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
''')),
        ("forgets the sign in the exponent", "it falls where it should rise", four(sigmoid='''
def sigmoid(z):
    return 1 - 0.5 * (1 + np.tanh(0.5 * z))
''')),
        ("fills an array of the scores' type", "Were the fractions cut off", four(sigmoid='''
def sigmoid(z):
    a = np.empty_like(z)
    up = z >= 0
    a[up] = 1 / (1 + np.exp(-z[up]))
    a[~up] = np.exp(z[~up]) / (1 + np.exp(z[~up]))
    return a
''')),
        ("limits the scores too far out for 32 bits", "your limit is too far out", four(sigmoid='''
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))
''')),
        ("stretches only the height", "but half as fast", four(tanh="def tanh(z):\n    return 2 * sigmoid(z) - 1\n")),
        ("takes tanh's plain formula", "can tanh use it", four(tanh='''
def tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
''')),
    ],
    "derivatives": [
        ("returns the ReLU itself", "that is the ReLU's height", three(relu="def d_relu(z):\n    return np.maximum(z, 0)\n")),
        ("takes the sign", "still 0 after a nudge", three(relu="def d_relu(z):\n    return np.sign(z)\n")),
        ("fires at 0", "At the corner this course takes", three(relu="def d_relu(z):\n    return np.where(z >= 0, 1.0, 0.0)\n")),
        ("puts the score where the height belongs", "you put the score 3 in its place", three(s="def d_sigmoid(z):\n    return z * (1 - z)\n")),
        ("returns the logistic function itself", "That is the height of the curve", three(s="def d_sigmoid(z):\n    return sigmoid(z)\n")),
        ("takes the plain formula", "safe at any score", three(s='''
def d_sigmoid(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2
''')),
        ("puts the score into tanh's slope", "tanh never falls", three(t="def d_tanh(z):\n    return 1 - z**2\n")),
        ("forgets the square", "what became of the square", three(t="def d_tanh(z):\n    return 1 - tanh(z)\n")),
    ],
    "hinge_net": [
        ("lets lists stand side by side", "not two lists side by side", '''
def hinge_net(x, knots, weights, offset):
    return offset + weights * np.maximum(x - knots, 0)
'''),
        ("forgets the offset", "only the offset 1 is left", '''
def hinge_net(x, knots, weights, offset):
    return np.maximum(x[:, None] - knots, 0) @ weights
'''),
        ("forgets the bend", "Do they bend?", '''
def hinge_net(x, knots, weights, offset):
    return (x[:, None] - knots) @ weights + offset
'''),
        ("bends after weighing", "First bend the score", '''
def hinge_net(x, knots, weights, offset):
    return np.maximum((x[:, None] - knots) * weights, 0).sum(axis=1) + offset
'''),
        ("adds up everything", "yours has the shape", '''
def hinge_net(x, knots, weights, offset):
    return offset + np.sum(weights * np.maximum(x[:, None] - knots, 0))
'''),
        ("adds the knots", "On which side of 1 does it open", '''
def hinge_net(x, knots, weights, offset):
    return np.maximum(x[:, None] + knots, 0) @ weights + offset
'''),
    ],
    "relu_interpolator": [
        ("takes slopes for weights", "each new hinge adds to the old slope", '''
def relu_interpolator(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.append(slopes, 0), values[0]
'''),
        ("forgets the offset", "only the offset can say so", '''
def relu_interpolator(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.append(np.diff(slopes, prepend=0), 0), 0.0
'''),
        ("does not divide by the distance", "how steep is that", '''
def relu_interpolator(knots, values):
    return np.append(np.diff(np.diff(values), prepend=0), 0), values[0]
'''),
        ("has one weight less", "the last of them 0", '''
def relu_interpolator(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.diff(slopes, prepend=0), values[0]
'''),
        ("loses the fractions of whole numbers", "there was no room", '''
def relu_interpolator(knots, values):
    weights = np.zeros_like(knots)
    weights[:-1] = np.diff(np.diff(values) / np.diff(knots), prepend=0)
    return weights, values[0]
'''),
        ("does not sort", "wherever that stands in the list", '''
def relu_interpolator(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.append(np.diff(slopes, prepend=0), 0), values[0]
'''),
        ("sorts and does not put back", "but they stand in the order from left to right", '''
def relu_interpolator(knots, values):
    order = np.argsort(knots)
    knots, values = knots[order], values[order]
    slopes = np.diff(values) / np.diff(knots)
    return np.append(np.diff(slopes, prepend=0), 0), values[0]
'''),
        ("sorts only the offset", "Neighbours in the list", '''
def relu_interpolator(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.append(np.diff(slopes, prepend=0), 0), values[np.argmin(knots)]
'''),
    ],
    "which_activation": [
        ("trusts in numbers", "add up to one parabola", 'def which_activation():\n    return "a"\n'),
        ("trusts in wiggles", "any sum of them", 'def which_activation():\n    return "b"\n'),
        ("takes the affine one", "does not even bend", 'def which_activation():\n    return "d"\n'),
        ("returns a number", "one of the letters a to d", "def which_activation():\n    return 3\n"),
    ],
    "xor_two_relus": [
        ("thinks of steps", "ReLU(1.5) is 1.5, not 1", xor([[1, 1], [1, 1]], [-0.5, -1.5], [1, -2])),
        # right only when W1 is read the other way round
        ("writes the neurons as rows", "With rows and columns of W1 exchanged", xor([[-1, -1], [1, 1]], [1, -1], [-1, -1], 1.0)),
        ("builds an OR", "like an OR", xor([[1, 1], [1, 1]], [0, -1], [1, -1])),
        ("has the sides only", "are on the right sides of 0", xor([[1, 1], [1, 1]], [0, -1], [3, -6], -0.5)),
        ("returns no output bias", "four things", "def xor_two_relus():\n    return np.ones((2, 2)), np.array([0, -1]), np.array([1, -2])\n"),
        ("makes the output weights a column", "The shapes should be", xor([[1, 1], [1, 1]], [0, -1], [[1], [-2]])),
        ("does not use the second neuron", "from the hidden activations", xor([[1, 1], [1, 1]], [0, -1], [1, 0])),
    ],
    "width_for_error": [
        ("does not round", "a whole number", '''
def width_for_error(curv, length, eps):
    return max(1, length * (curv / (8 * eps)) ** 0.5 * 1.0000001)
'''),
        ("rounds down", "Which way do you round", '''
def width_for_error(curv, length, eps):
    return max(1, int(length * (curv / (8 * eps)) ** 0.5))
'''),
        ("forgets the square of h", "h stands with a square", '''
def width_for_error(curv, length, eps):
    return max(1, int(np.ceil(length * curv / (8 * eps))))
'''),
        ("always takes one more", "orders 3 pieces", '''
def width_for_error(curv, length, eps):
    return int(length * (curv / (8 * eps)) ** 0.5) + 1
'''),
        ("orders nothing for a straight line", "is a straight line and needs 1 piece", '''
def width_for_error(curv, length, eps):
    return int(np.ceil(length * (curv / (8 * eps)) ** 0.5))
'''),
    ],
    "degree_of_square_net": [
        ("adds two each time", "The square of x^4 is not x^6", "def degree_of_square_net(L):\n    return 2 * L if L else 1\n"),
        ("thinks that depth is like width", "the second layer squares a parabola", "def degree_of_square_net(L):\n    return 2 if L else 1\n"),
        ("counts one layer less", "the line that comes in has degree 1", "def degree_of_square_net(L):\n    return 2 ** max(L - 1, 0)\n"),
    ],
}

RIGHT = {
    "activations": [FOUR, '''
def relu(z):
    return z * (z > 0)


def leaky_relu(z, leak=0.01):
    a = np.array(z, dtype=float)
    a[a < 0] *= leak
    return a


def sigmoid(z):
    z = np.asarray(z)
    out = np.zeros(z.shape, dtype=float)
    up = z >= 0
    out[up] = 1 / (1 + np.exp(-z[up]))
    e = np.exp(z[~up])
    out[~up] = e / (1 + e)
    return out


def tanh(z):
    return sigmoid(2 * z) - sigmoid(-2 * z)
''', '''
def relu(z):
    return (z + np.abs(z)) / 2


def leaky_relu(z, leak=0.01):
    return relu(z) - leak * relu(-z)


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def tanh(z):
    return np.sign(z) * (1 - np.exp(-2 * np.abs(z))) / (1 + np.exp(-2 * np.abs(z)))
''', FOUR + '''
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -80, 80)))
'''],
    "derivatives": [THREE, '''
def d_relu(z):
    return z > 0


def d_sigmoid(z):
    return (1 - tanh(z / 2) ** 2) / 4


def d_tanh(z):
    a = np.tanh(z)
    return 1 - a * a
''', '''
def d_relu(z):
    slope = np.zeros(z.shape)
    slope[z > 0] = 1
    return slope


def d_sigmoid(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


def d_tanh(z):
    return 4 * d_sigmoid(2 * z)
'''],
    "hinge_net": ['''
def hinge_net(x, knots, weights, offset):
    total = offset + np.zeros(len(x))
    for knot, weight in zip(knots, weights):
        total = total + weight * np.maximum(x - knot, 0)
    return total
''', '''
def hinge_net(x, knots, weights, offset):
    return [offset + sum(w * max(v - t, 0) for t, w in zip(knots, weights)) for v in x]
''', '''
def hinge_net(x, knots, weights, offset):
    hidden = relu(x.reshape(-1, 1) @ np.ones((1, len(knots))) - knots)
    return (hidden * weights).sum(axis=1) + offset
'''],
    "relu_interpolator": ['''
def relu_interpolator(knots, values):
    order = sorted(range(len(knots)), key=lambda i: knots[i])
    weights, before = [0.0] * len(knots), 0.0
    for here, there in zip(order, order[1:]):
        slope = (values[there] - values[here]) / (knots[there] - knots[here])
        weights[here] = slope - before
        before = slope
    return weights, float(values[order[0]])
''', '''
def relu_interpolator(knots, values):
    first = np.argmin(knots)
    hidden = np.maximum(knots[:, None] - knots, 0)
    weights = np.linalg.lstsq(hidden, values - values[first], rcond=None)[0]
    return weights, values[first]
'''],
    "which_activation": ['def which_activation():\n    return "C"\n', "def which_activation():\n    answer = 'c '\n    return answer\n"],
    "xor_two_relus": [
        xor([[1, -1], [-1, 1]], [0, 0], [1, 1]),
        xor([[1.0, 1.0], [1.0, 1.0]], [-0.5, -1.5], [2.0, -6.0]),
        xor([[-1, 1], [-1, 1]], [1, -1], [-1.0, -1.0], 1.0),
        "def xor_two_relus():\n    return [[1, 1], [1, 1]], [0, -1], [1, -2], 0\n",
    ],
    "width_for_error": ['''
def width_for_error(curv, length, eps):
    n = 1
    while (length / n) ** 2 / 8 * curv > eps:
        n += 1
    return n
''', '''
import math


def width_for_error(curv, length, eps):
    return max(1, math.ceil(math.sqrt(length**2 * curv / eps / 8)))
'''],
    "degree_of_square_net": ['''
def degree_of_square_net(L):
    degree = 1
    for _ in range(L):
        degree += degree
    return degree
''', '''
def degree_of_square_net(L):
    return 1 if L == 0 else 2 * degree_of_square_net(L - 1)
'''],
}

CONSTANT = {
    "which_activation": "it takes no argument: its answer is the value itself, which the visible check knows only by its digest",
    "xor_two_relus": "it takes no argument: its answer is a network, and the check computes what it does",
}
