"""The playground's settings: what is allowed, and as a link."""

import json
import numbers
import urllib.parse

from course_utils import arguments
from course_utils.playground import inputs

MOST_LAYERS, MOST_NEURONS, MOST_POINTS, MOST_DRAWN, MOST_CLASSES = 8, 16, 2000, 500, 4
RATES = (0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3)
STRENGTHS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03)
ACTIVATIONS = ("tanh", "relu", "sigmoid", "leaky_relu", "gelu", "silu", "sine", "step", "linear")
DRAWING = "drawing"
LINK = "#playground="


def checked(state, sets):
    """Return the state with each value in its proper type, or raise a ValueError that names the wrong one.

    `sets` are the names of the point sets that `state["set"]` may choose, beside "drawing".
    """
    layers = state["layers"]
    if not isinstance(layers, (list, tuple)) or len(layers) > MOST_LAYERS:
        raise ValueError(f"layers should be a list of at most {MOST_LAYERS} sizes, but it is {arguments.shown(layers)}")
    activation = arguments.choice("activation", state["activation"], ACTIVATIONS)
    activations = [activation] * len(layers) if state.get("activations") is None else state["activations"]
    if not isinstance(activations, (list, tuple)) or len(activations) != len(layers):
        raise ValueError(f"activation should be one name, or one for each of the {len(layers)} hidden layers, but it is {arguments.shown(activations)}")
    drawing = _drawing(state.get("drawing") or [])
    enough = len({kind for _, _, kind in drawing}) > 1
    if state["set"] == DRAWING and not enough:
        raise ValueError("drawing should hold points of two classes where set is 'drawing', but it does not")
    return {
        "set": arguments.choice("set", state["set"], [*sets, *([DRAWING] if enough else [])]),
        "layers": [arguments.integer(f"layers[{i}]", size, 1, MOST_NEURONS) for i, size in enumerate(layers)],
        "activations": [arguments.choice(f"activation[{i}]", act, ACTIVATIONS) for i, act in enumerate(activations)],
        "activation": activation,
        "features": inputs.checked(state["features"]),
        "rate": _one_of("rate", state["rate"], RATES),
        "seed": arguments.integer("seed", state["seed"], 0, 999),
        "optimiser": arguments.choice("optimiser", state["optimiser"], ["adam", "sgd"]),
        "regularisation": arguments.choice("regularisation", state["regularisation"], ["none", "l1", "l2"]),
        "strength": _one_of("strength", state["strength"], STRENGTHS),
        "batch": _one_of("batch", state["batch"], (0, 1, 10, 32, 100)),
        "init": arguments.choice("init", state["init"], ["normal", "orthogonal"]),
        "test": _one_of("test", state["test"], (0, 0.2, 0.5)),
        "goal": _one_of("goal", state["goal"], (0, 0.9, 0.99, 1)),
        "hinges": arguments.choice("hinges", state["hinges"], ["none", "first", "all"]),
        "drawing": drawing,
    }


def to_link(state):
    """Return the state as the part of an address that begins with `LINK`."""
    return LINK + urllib.parse.quote(json.dumps(state, separators=(",", ":")), safe=",:")


def from_link(link):
    """Return the state, a dict, that a link made by `to_link` or by the browser holds; `checked` has still to see it."""
    _, found, code = arguments.text("link", link).partition(LINK)
    try:
        state = json.loads(urllib.parse.unquote(code))
    except ValueError:
        state = None
    if not found or not isinstance(state, dict):
        raise ValueError(f"link should hold {LINK!r} and the settings, but it is {link[:60]!r}")
    return state


def _drawing(points):
    wanted = "a list of points [x1, x2, class]"
    if not isinstance(points, (list, tuple)) or len(points) > MOST_DRAWN:
        raise ValueError(f"drawing should be {wanted}, at most {MOST_DRAWN}, but it is {arguments.shown(points)}")
    drawn = []
    for i, point in enumerate(points):
        if not isinstance(point, (list, tuple)) or len(point) != 3:
            raise ValueError(f"drawing should be {wanted}, but drawing[{i}] is {arguments.shown(point)}")
        place = [arguments.number(f"drawing[{i}][{axis}]", point[axis], -1, 1) for axis in (0, 1)]
        drawn.append([*place, arguments.integer(f"drawing[{i}][2]", point[2], 0, MOST_CLASSES - 1)])
    return drawn


def _one_of(name, value, allowed):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or value not in allowed:
        raise ValueError(f"{name} should be one of {', '.join(map(str, allowed))}, but it is {arguments.shown(value)}")
    return value
