"""PAGES: every page that is no document, if what it shows has changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .builder import PageBuilder
from .formula_pages import formula_pages
from .graph_page import graph_pages
from .listing import listing_pages
from .not_found import not_found_page
from .notation_pages import notation_pages
from .overviews import overview_pages
from .search_page import search_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx


_MAKERS = (
    listing_pages, overview_pages, formula_pages, graph_pages, notation_pages, search_page,
    not_found_page,
)  # fmt: skip


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each of them. A page of the author's own takes the place of ours."""
    builder = app.builder
    if isinstance(builder, PageBuilder):
        found = [
            page
            for make in _MAKERS
            for page in make(app, builder)
            if page.place not in app.env.found_docs
        ]
        outdated = builder.outdated_listings({page.place: page.digest for page in found})
        for page in found:
            if page.place in outdated:
                yield page.place, page.context(), "page.html"


def setup_pages(app: Sphinx) -> None:
    """Connect PAGES."""
    app.connect("html-collect-pages", pages)
