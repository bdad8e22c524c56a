"""How fast the course's network trains, beside scikit-learn's and PyTorch's: `python -m course_utils.bench training`.

All three get the same points, first weights, number type and number of steps of Adam on all points at once, one thread
each. They take turns within one run, and the clock counts this process's time, so that a busy machine slows all alike.
"""

import argparse
import os
import statistics
import sys
import time
import warnings

for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[_name] = "1"

import numpy as np  # noqa: E402 - its threads are settled when it is imported

from course_utils import arguments, datasets, network  # noqa: E402

SHAPES = ([2, 8, 8, 1], [2, 16, 16, 2, 1], [2, 64, 64, 1])
RATE, GAIN, GOAL = 0.02, 2.0, 0.99
WHY = """
Why: with eight neurons a layer, most of a step is the cost of dozens of calls on small arrays, and the course's network
makes the fewest: it writes into arrays made once, keeps all weights in one row, so that Adam is ten calls whatever the
depth, and lets many networks share each call, while scikit-learn makes new arrays for every layer and PyTorch records
each operation on the way forward to find the slopes on the way back.
With 64 neurons a layer nearly all of a step is arithmetic: scikit-learn, which leaves it to the same NumPy, comes close,
and PyTorch is held up by its arithmetic too {tanh}."""


class Course:
    """The course's own network."""

    name = "course"

    def __init__(self, X, y, sizes, starts, dtype):
        self.task, self.starts, self.dtype = (sizes, X, y, "tanh"), starts, dtype

    def train(self, many, steps):
        began = time.process_time()
        network.train(*self.task, steps, RATE, start=self.starts[:many], dtype=self.dtype)
        return time.process_time() - began

    def steps_to_goal(self, most):
        _, _, accuracies = network.train(*self.task, most, RATE, start=self.starts, goal=GOAL, dtype=self.dtype)
        return _first(accuracies)


class ScikitLearn:
    """MLPClassifier, one after another when many are asked for: it knows no other way."""

    name = "scikit-learn"

    def __init__(self, X, y, sizes, starts, dtype):
        from sklearn.neural_network import MLPClassifier

        self.make, self.sizes, self.starts = MLPClassifier, sizes, starts
        self.X, self.y = X.astype(dtype), y

    def model(self, start, steps):
        model = self.make(
            self.sizes[1:-1], activation="tanh", solver="adam", alpha=0, batch_size=len(self.X),
            learning_rate_init=RATE, max_iter=steps, shuffle=False, tol=0, n_iter_no_change=steps + 1,
        )
        layers = iter(start)  # the same first weights as the others
        model._init_coef = lambda inputs, neurons, dtype: tuple(part.astype(dtype) for part in next(layers))
        return model

    def train(self, many, steps):
        models = [self.model(start, steps) for start in self.starts[:many]]
        began = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged
            for model in models:
                model.fit(self.X, self.y)
        return time.process_time() - began

    def steps_to_goal(self, most):
        taken = []
        for start in self.starts:
            model, step = self.model(start, most), 0
            while step == 0 or (step < most and np.mean(model.predict(self.X) == self.y) < GOAL):
                model.partial_fit(self.X, self.y, classes=[0, 1])
                step += 1
            taken.append(step if step < most else np.inf)
        return taken


class PyTorch:
    """Plain layers for one network, stacked matrix products for many; Adam in its fastest form, the fused one."""

    name = "PyTorch"

    def __init__(self, X, y, sizes, starts, dtype):
        import torch

        torch.set_num_threads(1)
        self.torch, self.starts = torch, starts
        self.X, self.y = torch.tensor(X.astype(dtype)), torch.tensor(y.astype(dtype))

    def ready(self, many):
        """Return a function that takes one step and returns the logits from before it, one row a network."""
        torch = self.torch
        if many == 1:
            params = [torch.tensor(part.T, dtype=self.X.dtype) for pair in self.starts[0] for part in pair]
            apply, X = torch.nn.functional.linear, self.X
        else:
            stacked = [[part[None] if part.ndim == 1 else part for part in pair] for pair in zip(*(
                [part for pair in start for part in pair] for start in self.starts[:many]), strict=True)]
            params = [torch.tensor(np.stack(parts), dtype=self.X.dtype) for parts in stacked]
            apply, X = (lambda H, W, b: torch.baddbmm(b, H, W)), self.X.expand(many, -1, -1)
        for part in params:
            part.requires_grad_()
        optimiser = torch.optim.Adam(params, lr=RATE, fused=True)
        y = self.y.expand(many, -1)

        def step():
            H = X
            for W, b in zip(params[:-2:2], params[1:-2:2], strict=True):
                H = torch.tanh(apply(H, W, b))
            logits = apply(H, *params[-2:]).reshape(many, -1)
            # the sum over networks of each one's mean: no network feels another
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, y) * many
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            return logits

        return step

    def train(self, many, steps):
        step = self.ready(many)
        began = time.process_time()
        for _ in range(steps):
            step()
        return time.process_time() - began

    def steps_to_goal(self, most):
        step = self.ready(len(self.starts))
        return _first(np.transpose([((step() > 0) == (self.y > 0.5)).double().mean(1).numpy() for _ in range(most)]))


def training(rounds=5, steps=100, seeds=20, most=1500, dtype=float):
    """Yield a line of text at a time: for each shape a table of the three libraries, then why.

    Times are medians of `rounds`; a ratio is the median of the ratios of each round. Steps to 99 % are those of the
    median network of `seeds` for one, and those after which 95 % of them are there for many (`most`: where it gives up).
    """
    X, y = datasets.spirals()
    kind = np.dtype(dtype).name
    yield f"Two spirals, {len(X)} points, tanh, {kind}, Adam at {RATE} on all points, one thread; medians of {rounds} rounds."
    libraries = []
    for library in (Course, ScikitLearn, PyTorch):
        try:
            library(X, y, [2, 1], [], dtype)
            libraries.append(library)
        except ImportError:
            yield f"{library.name} is not installed here: left out."
    for sizes in SHAPES:
        starts = [network.init(sizes, np.random.default_rng(seed), gain=GAIN) for seed in range(seeds)]
        contestants = [library(X, y, sizes, starts, dtype) for library in libraries]
        needed = [contestant.steps_to_goal(most) for contestant in contestants]
        for many in (1, seeds):
            for contestant in contestants:
                contestant.train(many, min(steps, 20))  # the first time is slower
            times = [[contestant.train(many, steps) / steps for contestant in contestants] for _ in range(rounds)]
            yield f"\n{'-'.join(map(str, sizes))}, {'one' if many == 1 else f'{many} at once'}"
            yield f"{'':14}{'us a step':>10}{'ratio':>8}{'steps to 99 %':>15}{'ms to 99 %':>12}{'ratio':>8}"
            first = None
            for k, contestant in enumerate(contestants):
                a_step = statistics.median(row[k] for row in times)
                ratio = statistics.median(row[k] / row[0] for row in times)
                # quantiles without interpolation: one of the networks may never get there
                goal = float(np.quantile(needed[k], 0.5 if many == 1 else 0.95, method="lower"))
                first = first or goal
                yield (f"{contestant.name:14}{a_step * 1e6:10.1f}{ratio:8.2f}" + (
                    f"{goal:15.0f}{goal * a_step * 1e3:12.1f}{ratio * goal / first:8.2f}" if np.isfinite(goal)
                    else f"{'not within ' + str(most):>15}"))
    yield WHY.format(tanh=_tanh(libraries, len(X), dtype))


def _tanh(libraries, n, dtype):
    """Return how long a layer's tanh takes in NumPy and, where there is one, in PyTorch."""
    z = np.linspace(-3, 3, n * 64, dtype=dtype).reshape(n, 64)
    a = z.copy()
    found = f"a tanh of {n} x 64 numbers takes NumPy {_us(lambda: np.tanh(z, out=a)):.0f} us"
    if PyTorch in libraries:
        import torch

        Z, A = torch.tensor(z), torch.tensor(z)
        found += f" and PyTorch {_us(lambda: torch.tanh(Z, out=A)):.0f} us"
    return f"({found})"


def _us(call):
    def once():
        began = time.process_time()
        for _ in range(100):
            call()
        return (time.process_time() - began) * 1e4

    return statistics.median(once() for _ in range(9))


def _first(accuracies):
    reached = np.asarray(accuracies) >= GOAL
    return np.where(reached.any(axis=1), reached.argmax(axis=1), np.inf).tolist()


def main(words=None):
    """Run the bench that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m course_utils.bench", description=__doc__.split("\n\n")[1],
        epilog="scikit-learn comes with `pip install 'untangle[bench]'`, PyTorch with `pip install torch` (a CPU build "
        "will do). What is missing is left out.",
    )
    parser.add_argument("what", choices=["training"])
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed (default: 5)")
    parser.add_argument("--steps", type=int, default=100, help="steps of Adam in a round (default: 100)")
    parser.add_argument("--most", type=int, default=1500, help="steps after which 99 %% are given up (default: 1500)")
    parser.add_argument("--float32", action="store_true", help="single precision for all three")
    chosen = parser.parse_args(words)
    try:
        rounds, steps, most = (arguments.integer(name, getattr(chosen, name), 1) for name in ("rounds", "steps", "most"))
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    for line in training(rounds, steps, most=most, dtype=np.float32 if chosen.float32 else float):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
