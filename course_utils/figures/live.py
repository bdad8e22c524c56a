"""Live figures: one widget whose drawing and arithmetic run in JavaScript, and the still picture beside it.

How to add a figure: write `figures.NAME = (board) => {...}` in a JavaScript file (the worked example stands at the top
of `kit.js`), and beside it, in a module of the same name, a Python function that checks, computes and shows:

    from course_utils import plotting
    from course_utils.arguments import array, points_and_labels
    from course_utils.figures.live import LiveFigure, show

    def tilt(X, y, w):
        '''Show the line of a neuron whose bias one moves: points X (n, 2), classes y (n,), weights w (2,).'''
        X, y = points_and_labels(X, y)
        w = array("w", w, 2)
        live = LiveFigure("lines", "tilt", {"title": "A line and its bias", "X": X, "y": y, "w": w})
        still, axes = plotting.new()
        ...                                            # draw the most telling moment with matplotlib
        alt = f"{len(X)} points and the line of the weights {w[0]:g} and {w[1]:g}."
        return show(live, still, alt)

`live.state` holds what the controls hold (`live.state = {**live.state, "bias": 1}` moves the slider), `live.says` the
text below the pictures, and `live.page()` is the figure as a page that needs no kernel.
"""

import functools
import html
import json
import math
import pathlib

import anywidget
import numpy as np
import traitlets
from IPython import get_ipython
from IPython.display import HTML, display
from matplotlib.figure import Figure

from course_utils import arguments, plotting

HERE = pathlib.Path(__file__).parent
KIT = ("kit", "marks", "plane", "space")


class LiveFigure(anywidget.AnyWidget):
    """The figure `figures.<figure>` of `<script>.js` (a name beside this file, or a path), drawn from the dict `data`.

    A list of scripts is joined in its order.
    `state` gives controls their first values by name; what it leaves out starts as the JavaScript says, and Python
    hears of it when a control has moved.
    Arrays in `data` travel as lists, so keep them small (a few thousand numbers).
    """

    _ON_A_PAGE = ("figure", "data", "state", "says")

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    figure = traitlets.Unicode().tag(sync=True)
    still_id = traitlets.Unicode().tag(sync=True)
    data = traitlets.Dict().tag(sync=True)
    # no echo: Python keeps what it is told as it is, so an echo could only undo a later touch of a control
    state = traitlets.Dict().tag(sync=True, echo_update=False)
    says = traitlets.Unicode().tag(sync=True, echo_update=False)
    # how many touches of its controls Python has heard of
    touches = traitlets.Int().tag(sync=True, echo_update=False)

    def __init__(self, script, figure, data, state=None, says=""):
        for name, value in (("data", data), ("state", {} if state is None else state)):
            if not isinstance(value, dict):
                raise ValueError(f"{name} should be a dict, but it is {arguments.shown(value)}")
        if not isinstance(says, str):
            raise ValueError(f"says should be a text, but it is {arguments.shown(says)}")
        super().__init__(
            _esm=module(*(script if isinstance(script, (list, tuple)) else [script])),
            _css=style(),
            figure=arguments.text("figure", figure),
            data=plain(data),
            state=plain(state or {}, "state"),
            says=says,
        )
        self.still_id = f"still-{self.model_id}"
        self._shown_in = None

    def page(self):
        """Return a whole HTML page (a string) with this figure as it is now, for a browser without a kernel."""
        values = {name: getattr(self, name) for name in self._ON_A_PAGE}
        # "<" may not stand inside a script, lest a text in the data end it
        values = json.dumps(values).replace("<", "\\u003c")
        title = html.escape(str(self.data.get("title", "Live figure")))
        return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>:root {{ color-scheme: light dark }} body {{ margin: 0 }}
h1 {{ margin: 12px 8px 0; color: CanvasText; font: 600 20px/1.3 system-ui, sans-serif }}
{self._css}</style></head>
<body class="untangle-page"><main><h1>{title}</h1><div id="figure"></div></main><script type="module">
{self._esm}
render({{ model: pageModel({values}), el: document.getElementById("figure") }});
</script></body></html>"""

    def send_state(self, key=None):
        """Send traits to the browser; with `state` goes the count of touches it knows of, so that no later one is undone."""
        names = {key} if isinstance(key, str) else set(key or ())
        super().send_state(names | {"touches"} if "state" in names else key)

    def _ipython_display_(self):
        # a figure function both shows and returns its figure: as a cell's last value it must not appear twice
        if self._shown_in is None or self._shown_in != _cell():
            _display_widget(self)


def show(live, still_figure, alt):
    """Show a live figure and, as an output of its own, its still twin with the text `alt`; return the live figure.

    The still is what remains without a kernel; a live figure on the page hides it.
    """
    if not isinstance(live, LiveFigure):
        raise ValueError(f"live should be a LiveFigure, but it is {arguments.shown(live)}")
    if not isinstance(still_figure, Figure):
        raise ValueError(f"still_figure should be a matplotlib Figure, but it is {arguments.shown(still_figure)}")
    arguments.text("alt", alt)
    picture = plotting.as_html(still_figure, alt)
    if not live.says:
        live.says = alt
    _display_widget(live)
    display(HTML(f'<div class="{live.still_id}">{picture}</div>'))
    live._shown_in = _cell()
    return live


def module(*scripts):
    """Return the ES module of a figure's files: the kit, the files, and what the widget machinery calls."""
    parts = [HERE / f"{part}.js" for part in KIT]
    for script in scripts:
        path = arguments.path("script", script)
        if path.suffix != ".js":
            path = HERE / f"{script}.js"
        if not path.is_file():
            raise ValueError(
                f"script should be a JavaScript file in {HERE.name}/ or a path to one, but it is {script!r}"
            )
        parts.append(path)
    return "\n".join(_read(part) for part in parts) + "\nexport default { render };\n"


def style():
    """Return the style sheet of all figures."""
    return _read(HERE / "kit.css")


def plain(value, name="data"):
    """Return `value` with arrays as lists and NumPy numbers as Python's, which JSON can carry.

    Raises ValueError for anything else, and for nan and infinite numbers: of these the browser would draw an empty picture.
    """
    if isinstance(value, dict):
        return {str(key): plain(item, f"{name}[{key!r}]") for key, item in value.items()}
    if isinstance(value, np.ndarray) and value.dtype.kind in "bf" and np.isfinite(value).all():
        return value.tolist()
    if isinstance(value, (np.ndarray, np.generic)):
        return plain(value.tolist(), name)
    if isinstance(value, (list, tuple)):
        return [plain(item, name) for item in value]
    # the browser's own Python hands larger whole numbers over in a kind that JSON does not know; JavaScript rounds them anyway
    if isinstance(value, int) and abs(value) > 2**53:
        value = arguments.number(name, value)
    if value is None or isinstance(value, (bool, str, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise ValueError(f"{name} should hold only finite numbers, texts, lists and dicts, but it holds {arguments.shown(value)}")


@functools.cache
def _read(path):
    return path.read_text(encoding="utf-8")


def _cell():
    shell = get_ipython()
    return shell and shell.execution_count


def _display_widget(live):
    bundle, metadata = live._repr_mimebundle_()
    display(bundle, metadata=metadata, raw=True)
