"""nbgrader's feedback page, made in a fraction of the time."""

import re
from functools import lru_cache, partial

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

# what nbconvert looks for when it reads a finished page once more: pictures without words, and cells of JupyterLab's own pages
UNFINISHED = re.compile(r"<img(?![^>]*\salt=)|class=\"[^\"]*\bjp-Notebook\b", re.I)
KEPT = 500  # cells: those of a lesson are the same for every student, but for the answers


class FeedbackExporter(HTMLExporter):
    """nbconvert's page, with what is the same for every student made once.

    nbconvert also parses each finished page to give alternative texts and tab stops: a page that needs neither stays as it is.
    """

    @pass_context
    def markdown2html(self, context, source):
        """Return Markdown as HTML."""
        more = self.embed_images or context.get("cell", {}).get("attachments")
        return super().markdown2html(context, source) if more else _prose(self, source)

    def from_notebook_node(self, nb, resources=None, **kw):
        """Return the page and the resources, as nbconvert's own."""
        language = nb.metadata.get("language_info", {})
        lexer = language.get("pygments_lexer", language.get("name", None))
        resources = self._init_resources(resources)
        self.register_filter("highlight_code", self.filters.get("highlight_code", partial(_highlighted, self, lexer)))
        self.register_filter("filter_data_type", WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources))
        page, found = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return super().from_notebook_node(nb, resources, **kw) if UNFINISHED.search(page) else (page, found)


@lru_cache(KEPT)
def _prose(exporter, source):
    return HTMLExporter.markdown2html(exporter, {}, source)


def _highlighted(exporter, lexer, source, language=None, metadata=None):
    return _code(exporter, lexer, source, language, (metadata or {}).get("magics_language"))


@lru_cache(KEPT)
def _code(exporter, lexer, source, language, magics):
    return Highlight2HTML(pygments_lexer=lexer, parent=exporter)(source, language, {"magics_language": magics} if magics else None)
