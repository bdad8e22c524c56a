"""Hidden layers as pictures that do not jump: neurons exchanged and signed, or many of them seen by one camera.

A network is a list of pairs (W, b), one a layer, as in `course_utils.network`; it ends in one neuron.
"""

import numpy as np

from course_utils import network

ODD = ("tanh", "sine", "linear")  # f(-z) = -f(z): a neuron's sign may be turned without changing the network


def tidy(params, X, act="tanh"):
    """Return the same network with the neurons of its two-neuron layers named, and signed, to keep the picture upright.

    Two neurons of a layer may change places, and with an odd activation both signs of one may turn, without any effect
    on what the network computes. Neighbouring pictures then do not mirror each other.
    """
    params = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    H = np.asarray(X, dtype=float)
    for k in range(len(params) - 1):
        W, b = params[k]
        if len(b) == 2:
            options = [_swap(order, signs) for order in (0, 1) for signs in _signs(act)]
            if len(W) == 2:
                # an upright image first: from the unit matrix to this one, no step on the way is flat
                Q = max(options, key=lambda Q: (np.linalg.det(W @ Q) > 0, np.trace(W @ Q)))
            else:
                before = _shadow(H)[0] if H.shape[1] > 2 else np.eye(2)
                seen = (H - H.mean(0)) @ before
                Z = H @ W + b
                Q = max(options, key=lambda Q: np.sum(seen * ((Z - Z.mean(0)) @ Q)))
            following, bias = params[k + 1]
            params[k], params[k + 1] = (W @ Q, b @ Q), (Q.T @ following, bias)
            W, b = params[k]
        H = network.ACTIVATIONS[act][0](H @ W + b)
    return params


def _signs(act):
    return [(1, 1), (1, -1), (-1, 1), (-1, -1)] if act in ODD else [(1, 1)]


def _swap(order, signs):
    return np.eye(2)[:: -1 if order else 1] * np.array(signs)


def turn(H, X):
    """Return the signed exchange (2, 2) of the two neurons H (n, 2) that brings them closest to the points X (n, 2) themselves."""
    options = [_swap(order, signs) for order in (0, 1) for signs in _signs("tanh")]
    return max(options, key=lambda Q: np.sum((H - H.mean(0)) @ Q * X))


def turned(net, Q):
    """Return the network (W, b), ... with the two neurons of its last hidden layer exchanged and signed by Q (2, 2)."""
    *first, (W, b), (W_out, b_out) = net
    return [*first, (W @ Q, b @ Q), (Q.T @ W_out, b_out)]


def in_one_space(params, X, act):
    """Return all hidden layers written for one space, a camera for each stage, and the share of spread each one shows.

    The space has as many axes as the widest layer has neurons. Unused columns are 0, and stay 0 under tanh and ReLU.
    """
    size = max(2, *(len(b) for _, b in params[:-1]))
    layers, H = [], flat(X, size)
    cameras, shares = [np.eye(size, 2)], [1.0]
    for W, b in params[:-1]:
        square, bias = np.zeros((size, size)), np.zeros(size)
        square[: W.shape[0], : W.shape[1]], bias[: len(b)] = W, b
        layers.append((square, bias))
        before = H @ cameras[-1]
        H = network.ACTIVATIONS[act][0](H @ square + bias)
        camera, share = (np.eye(size, 2), 1.0) if len(b) <= 2 else _shadow(H)
        if len(b) > 2:
            # turn the camera about its axis, so that the picture does not spin between two stages
            u, _, v = np.linalg.svd((H @ camera - (H @ camera).mean(0)).T @ (before - before.mean(0)))
            camera = camera @ u @ v
        cameras.append(camera)
        shares.append(share)
    return layers, cameras, shares


def _shadow(H):
    """Return the two directions in which the rows of H spread most, (d, 2), and the share of the spread they hold."""
    _, sizes, directions = np.linalg.svd(H - H.mean(0), full_matrices=False)
    spread = np.sum(sizes**2)
    return directions[:2].T, float(np.sum(sizes[:2] ** 2) / spread) if spread > 0 else 1.0


def flat(X, size):
    """Return the points X (n, 2) as they lie in a space of `size` axes: two coordinates, then zeros."""
    return np.column_stack([X, np.zeros((len(X), size - 2))])
