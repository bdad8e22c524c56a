"""nbgrader's feedback page, made in a third of the time."""

import re

from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

# what nbconvert looks for when it reads a finished page once more: pictures without words, and cells of JupyterLab's own pages
UNFINISHED = re.compile(r"<img(?![^>]*\salt=)|class=\"[^\"]*\bjp-Notebook\b", re.I)


class FeedbackExporter(HTMLExporter):
    """nbconvert parses each finished page to give alternative texts and tab stops: a page that needs neither stays as it is."""

    def from_notebook_node(self, nb, resources=None, **kw):
        """Return the page and the resources, as nbconvert's own."""
        language = nb.metadata.get("language_info", {})
        lexer = language.get("pygments_lexer", language.get("name", None))
        resources = self._init_resources(resources)
        self.register_filter("highlight_code", self.filters.get("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self)))
        self.register_filter("filter_data_type", WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources))
        page, found = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return super().from_notebook_node(nb, resources, **kw) if UNFINISHED.search(page) else (page, found)
