"""The live figures of lesson 03: features one switches on, a ring lifted onto a bowl, all products up to a degree.

Points are rows; a neuron has the score F @ w + b for the features F of the points, and fires where it is above 0.
"""

import numpy as np
from numpy.polynomial import chebyshev

from course_utils import arguments, datasets, plotting
from course_utils.figures.live import LiveFigure, show

STEPS = 500  # downhill, for each choice of features
DEGREES, PIXELS = 20, 784
BOX, WINDOW = (-1.1, 1.1), (-1.3, 1.3)
FEATURES = {
    "x1": lambda X: X[:, 0],
    "x2": lambda X: X[:, 1],
    "x1^2": lambda X: X[:, 0] ** 2,
    "x2^2": lambda X: X[:, 1] ** 2,
    "x1 x2": lambda X: X[:, 0] * X[:, 1],
}


def toggle_features(fit_lifted):
    """Show what one neuron draws on XOR and on a ring for every choice of five features, fitted by `fit_lifted`.

    `fit_lifted(X, y, phi, steps)` is the learner's: it returns w (k,) and b for the k features of phi(X).
    Returns the live figure. Raises ValueError if `fit_lifted` is not a function or returns something else.
    """
    arguments.function("fit_lifted", fit_lifted)
    sets = {}
    for name, (X, y) in {"xor": datasets.xor(200), "ring": datasets.ring(200)}.items():
        fits = [_fit_chosen(fit_lifted, X, y, _chosen(code)) for code in range(2 ** len(FEATURES))]
        sets[name] = {"X": X.round(4), "y": y, "fits": fits}
    data = {"title": "One neuron and the features you give it", "sets": sets, "box": BOX}
    shown = [("xor", 0b00011), ("xor", 0b10000), ("ring", 0b00100), ("ring", 0b01100)]
    still, axes = plotting.new(columns=4, width=960, height=275)
    words = []
    for ax, (name, code) in zip(np.ravel(axes), shown, strict=True):
        X, y, fit = sets[name]["X"], sets[name]["y"], sets[name]["fits"][code]
        plotting.regions(ax, lambda P, fit=fit: _scores(P, fit), limits=BOX, scores=True)
        plotting.points(ax, X, y)
        chosen = ", ".join(_chosen(code))
        ax.set_title(f"{chosen}: {fit['right']} of {len(y)}", fontsize=10)
        words.append(f"{name} with {chosen}: {fit['right']} of {len(y)} points on their own side")
    alt = f"The regions of one neuron for four choices of features. {'; '.join(words)}."
    return show(LiveFigure("feature_crosses", "toggle_features", data), still, alt)


def paraboloid_lift(X, y, lift):
    """Show points X (n, 2) of the classes y lifted onto a bowl, and a level plane that one raises; below it, the cut.

    `lift(X, "ring")` is the learner's: it returns the points with a third coordinate, shape (n, 3).
    Returns the live figure. Raises ValueError for other shapes.
    """
    X, y = arguments.points_and_labels(X, y)
    arguments.function("lift", lift)
    lifted = arguments.array_from("lift", lift, (X, "ring"), len(X), 3)
    reach = 1.1 * float(np.abs(X).max()) or 1.0
    top = 1.1 * max(float((X**2).sum(axis=1).max()), 1e-6)
    low, high = float(lifted[y == 0, 2].max(initial=0)), float(lifted[y == 1, 2].min(initial=top))
    height = round((low + high) / 2, 2)
    data = {
        "title": "A ring lifted onto a bowl, and the plane that cuts it",
        "X": X.round(4), "y": y, "lifted": lifted.round(4), "reach": reach, "top": top,
    }  # fmt: skip
    fires = lifted[:, 2] > height
    alt = (
        f"{len(X)} points lifted to the height of their squared distance from the middle. "
        f"A level plane at the height {height:.2f} leaves "
        f"{np.sum(~fires & (y == 0))} of {np.sum(y == 0)} points of class 0 below "
        f"and {np.sum(fires & (y == 1))} of {np.sum(y == 1)} of class 1 above, "
        f"{np.sum(fires == y)} of {len(X)} on their own side. "
        f"On the floor the cut is a circle of radius {max(height, 0) ** 0.5:.2f}."
    )
    still, axes = plotting.new(columns=2, width=760, height=400)
    _draw_bowl(still, axes[0], lifted, y, height, reach, top)
    plotting.regions(axes[1], lambda P: (P**2).sum(axis=1) - height, limits=(-reach, reach), scores=True)
    plotting.points(axes[1], X, y)
    axes[1].set(title="the same cut from above", xlabel="$x_1$", ylabel="$x_2$")
    return show(LiveFigure("feature_crosses", "paraboloid_lift", data), still, alt)


def degree_slider():
    """Show two spirals and the boundary of a neuron with all products up to a degree of 1 to 20, and what they cost.

    `data["fits"]["200"][degree - 1]` holds the shares "train" and "test" and the number of features; "60" the same for
    60 training points. Returns the live figure.
    """
    # few points, so that learning by heart can be seen; the test points fill the same arms
    test = datasets.spirals(1000, noise=0.06, seed=2)
    sets, fits = {}, {}
    for n in (60, 200):
        X, y = datasets.spirals(n, noise=0.06, seed=1)
        sets[str(n)] = {"X": X.round(4), "y": y}
        fits[str(n)] = [_fit_products(X, y, *test, degree) for degree in range(1, DEGREES + 1)]
    data = {
        "title": "Two spirals and all products up to a degree",
        "sets": sets, "fits": fits, "window": WINDOW, "tests": len(test[0]), "pixels": PIXELS,
        "pixel_counts": [_count(PIXELS, degree) for degree in range(1, DEGREES + 1)],
    }  # fmt: skip
    shown = (3, 9, 20)
    alt = "Two spirals, 200 training points, and one neuron's boundary with all products of two inputs up to a degree."
    for degree in shown:
        f = fits["200"][degree - 1]
        alt += (
            f" Degree {degree}: {f['features']} features, {f['train']:.1%} of the training points "
            f"and {f['test']:.1%} of {len(test[0]):,} fresh points right."
        )
    alt += f" With {PIXELS} inputs degree 2 has {_count(PIXELS, 2):,} features."
    still, axes = plotting.new(columns=4, width=960, height=275)
    for ax, degree in zip(axes, shown, strict=False):
        f = fits["200"][degree - 1]
        plotting.regions(ax, lambda P, f=f, degree=degree: _products(P, degree) @ f["w"], limits=WINDOW, scores=True)
        plotting.points(ax, sets["200"]["X"], sets["200"]["y"])
        ax.set_title(f"degree {degree}: test {f['test']:.1%}", fontsize=10)
    degrees = np.arange(1, DEGREES + 1)
    axes[3].plot(degrees, [f["features"] for f in fits["200"]], color=plotting.BLACK, label="2 inputs")
    counts = [float(count) for count in data["pixel_counts"]]
    axes[3].plot(degrees, counts, "--", color=plotting.PURPLE, label=f"{PIXELS} inputs")
    axes[3].set(yscale="log", ylim=(1, 1e12), xlabel="degree")
    axes[3].set_title("features", fontsize=10)
    axes[3].legend(frameon=False, fontsize=8.5)
    return show(LiveFigure("feature_crosses", "degree_slider", data), still, alt)


# ---- numbers ----


def _chosen(code):
    """The names of the features whose bit is set in `code`, the first feature in the lowest bit."""
    return [name for place, name in enumerate(FEATURES) if code >> place & 1]


def _features(X, names):
    return np.column_stack([FEATURES[name](X) for name in names])


def _fit_chosen(fit_lifted, X, y, names):
    """The neuron on the features `names`: a weight for every feature (0: not chosen), the bias, the points right."""
    weights, b = dict.fromkeys(FEATURES, 0.0), 0.0
    if names:
        given = X, y, lambda P: _features(np.asarray(P, dtype=float), names), STEPS
        found, b = arguments.parts("fit_lifted", arguments.answer("fit_lifted", fit_lifted, given, "w and b"), ("w", "b"))
        found, b = arguments.array("fit_lifted's w", found, len(names)), arguments.single("fit_lifted's b", b)
        weights.update(zip(names, found.tolist(), strict=True))
    fit = {"w": list(weights.values()), "b": b}
    return {**fit, "right": int(np.sum((_scores(X, fit) > 0) == y))}


def _scores(X, fit):
    return _features(X, FEATURES) @ np.array(fit["w"]) + fit["b"]


def _count(inputs, degree):
    """How many products of 1 to `degree` factors there are, exactly, however many."""
    count = 1
    for k in range(1, degree + 1):
        count = count * (inputs + k) // k
    return count - 1


def _products(X, degree):
    """All products T_i(x1) T_j(x2) with i + j <= degree, the constant first: they span what the plain products span,
    and stay between -1 and 1 on the square, where x1 ** 20 beside x1 would leave no digits to compute with."""
    first, second = (chebyshev.chebvander(x, degree) for x in X.T)
    return np.column_stack([first[:, i] * second[:, j] for i in range(degree + 1) for j in range(degree + 1 - i)])


def _fit_products(X, y, test_X, test_y, degree, ridge=1e-5):
    """The weights of least logistic loss on all products up to `degree`, by Newton's method, halving steps at need."""
    F = _products(X, degree)
    held = np.full(F.shape[1], ridge)
    held[0] = 1e-9
    w = np.zeros(F.shape[1])

    def loss(w):
        score = F @ w
        return np.mean(np.logaddexp(0, score) - y * score) + held @ w**2 / 2

    for _ in range(30):
        p = 0.5 * (1 + np.tanh(F @ w / 2))
        slope = F.T @ (p - y) / len(y) + held * w
        bend = (F * (p * (1 - p))[:, None]).T @ F / len(y) + np.diag(held)
        step, size, now = np.linalg.solve(bend, slope), 1.0, loss(w)
        while size > 1e-6 and loss(w - size * step) > now:
            size /= 2
        w = w - size * step
        if now - loss(w) < 1e-7:
            break
    w = w.round(5)
    share = [float(np.mean((_products(P, degree) @ w > 0) == c)) for P, c in ((X, y), (test_X, test_y))]
    return {"w": w, "train": share[0], "test": share[1], "features": F.shape[1] - 1}


# ---- stills ----


def _draw_bowl(figure, ax, lifted, y, height, reach, top):
    place = ax.get_subplotspec()
    ax.remove()
    ax = figure.add_subplot(place, projection="3d", computed_zorder=False)
    ax.view_init(elev=14, azim=-60)
    radius, angle = np.meshgrid(np.linspace(0, top**0.5, 12), np.linspace(0, 2 * np.pi, 49))
    bowl = radius * np.cos(angle), radius * np.sin(angle), radius**2
    ax.plot_wireframe(*bowl, color="#BBBBBB", linewidth=0.4, rstride=4)
    flat = np.array([[-reach, reach], [-reach, reach]])
    for order, above in ((1, False), (3, True)):
        for k in (0, 1):
            P = lifted[(y == k) & ((lifted[:, 2] > height) == above)]
            style = {"color": plotting.CLASS_COLORS[k], "ms": 4, "mec": "white", "mew": 0.3, "zorder": order}
            ax.plot(*P.T, plotting.CLASS_MARKERS[k], **style)
    ax.plot_surface(flat, flat.T, np.full((2, 2), height), color=plotting.GREY, alpha=0.25, zorder=2)
    ax.set(zlim=(0, top), xlabel="$x_1$", ylabel="$x_2$", title=f"a plane at height {height:.2f}")
    ax.set_xticks([-1, 0, 1])
    ax.set_yticks([-1, 0, 1])
    ax.title.set_fontsize(11)
    ax.tick_params(labelsize=8)
