"""Pages that stand alone: one file, no script, no request to anywhere, and nothing in them but text of anybody else's."""

import base64
import hashlib
import os
import re
import shlex
import sys
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy import make_url

HERE = Path(__file__).resolve().parent
# control characters, halves of surrogate pairs, and the marks that turn the direction of the text after them
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
LONGEST = 8000  # characters of one text on a page


def clean(value):
    """Return a text for a page: what cannot be seen is shown by its number, what is very long is cut, and both are told."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    shown = UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", value[:LONGEST])
    return shown if len(value) <= LONGEST else f"{shown} … ({len(value) - LONGEST} more characters)"


def number(points):
    """Return points as one writes them: 5, 2.5, 0.33."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def count(n, one, many=None):
    """Return "1 student", "3 students"."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def listed(names):
    """Return "a", "a and b", "a, b and c"."""
    names = list(names)
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def address(*parts):
    """Return the relative address of a file, whatever characters its folders have."""
    return "/".join(quote(part, safe="") for part in parts)


def formgrader(class_folder):
    """Return the command that opens formgrader on a class, as it is typed in the course's folder; a password is not in it."""
    jupyter = Path(sys.executable).with_name("jupyter")
    settings = [f"CLASS_FOLDER={shlex.quote(class_folder)}"]
    if os.environ.get("GRADEBOOK_URL"):
        settings.append(f"GRADEBOOK_URL={shlex.quote(make_url(os.environ['GRADEBOOK_URL']).render_as_string())}")
    return " ".join([*settings, shlex.quote(os.path.relpath(jupyter)) if jupyter.exists() else "jupyter", "lab"])


def render(template, **given):
    """Return the page that a template of this package makes of what is given; every text in it is escaped."""
    style = (HERE / "templates" / "page.css").read_text(encoding="utf-8")
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    return _environment.get_template(template).render(style=Markup(style), policy=policy, **given)


def add_filters(**filters):
    """Make functions known to the templates as filters."""
    _environment.filters |= filters


_environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=clean,
)
_environment.filters |= {"number": number, "listed": listed}
_environment.globals |= {"count": count, "address": address}
