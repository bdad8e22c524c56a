"""What holds for the live figures of every lesson; the fixture `shown` is in conftest.py."""

import re


def right_collapse(Ws, bs):
    """What lesson 04 asks for, for the figures that ask it."""
    W, b = Ws[0], bs[0]
    for V, c in zip(Ws[1:], bs[1:], strict=True):
        W, b = W @ V, b @ V + c
    return W, b


def alt(shown):
    return re.search(r'<img[^>]*alt="([^"]+)"', shown[1].data)[1]


def stands_beside_its_still(figure, shown):
    """The figure and its still twin are two outputs, and the twin's text says numbers."""
    widget, still = shown
    assert widget["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    assert len(alt(shown)) > 60 and re.search(r"\d", alt(shown))
    assert f'class="{figure.still_id}"' in still.data


def is_whole_on_a_page(figure, name):
    """The page holds the whole figure and asks nothing of the network."""
    page = figure.page()
    assert f"figures.{name} = " in page
    assert not re.findall(r"""(?:src|href)=|import\s|url\(|https?://(?!www\.w3\.org)""", page)
