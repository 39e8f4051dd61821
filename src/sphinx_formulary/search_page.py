"""PAGES: the page of the search, with filters, which can be linked to: ``search.html?q=…``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes

from .builder import PageBuilder
from .digests import digest
from .domain import FormularyDomain
from .locale import _
from .made import Made, context
from .model import Site
from .nodes import SearchView
from .render import template
from .search_data import SEARCH

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_TAGS = 200  # the most used ones: a page of all would grow with the site


def search_page(app: Sphinx, builder: PageBuilder) -> Iterator[Made]:
    """The page, which themes have links to; it is no result itself."""
    title = _("Search")
    key = digest(FormularyDomain.of(app.env).site.shared, title, _filters(builder))
    yield Made(SEARCH, key, partial(_context, builder, title))


def _context(builder: PageBuilder, title: str) -> dict[str, Any]:
    made = context(builder, SEARCH, title, lambda: [SearchView()])
    return {**made, "metatags": '<meta name="robots" content="noindex">'}


def _filters(builder: PageBuilder) -> list[tuple[str, str, list[str]]]:
    """Name, words and values of each filter that has something to choose from."""
    site = FormularyDomain.of(builder.env).site
    found = [
        ("category", _("Category"), _names(site, "category")),
        ("tag", _("Tag"), _names(site, "tag")),
        ("year", _("Year"), _names(site, "year")[::-1]),
    ]
    return [(name, words, list(values)) for name, words, values in found if values]


def _names(site: Site, kind: str) -> Sequence[str]:
    views = [view for view in site.views.values() if view.kind == kind]
    used = sorted(views, key=lambda view: -len(view.posts))[:_TAGS]
    return [view.name for view in views if view in used]


def visit_search(self: HTML5Translator, node: SearchView) -> None:
    """By the template ``formulary/search-page.html``."""
    builder = self.builder
    assert isinstance(builder, PageBuilder)
    self.body.append(template(self, "search-page.html", filters=_filters(builder)))
    raise nodes.SkipNode


def load_styles(
    app: Sphinx, pagename: str, name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the styles with the page; elsewhere the dialog brings them."""
    if pagename == SEARCH and doctree is None:
        app.add_css_file("formulary/search.css", priority=300)


def setup_search_page(app: Sphinx) -> None:
    """Register the node and connect WRITE."""
    app.add_node(SearchView, html=(visit_search, None))
    app.connect("html-page-context", load_styles)
