"""PAGES: the notation of the site: all symbols, what they mean, and where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes

from .builder import PageBuilder
from .cards import pager
from .digests import digest
from .domain import FormularyDomain
from .listing import numbered
from .locale import _
from .made import Made, context
from .model import Meaning, Site
from .nodes import NotationSheet
from .notation import NOTATION, initial, sheets
from .paging import Page, page_path
from .render import fragment, template

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def notation_pages(app: Sphinx, builder: PageBuilder) -> Iterator[Made]:
    """The page, if any post has symbols; where there are many, the pages."""
    site = FormularyDomain.of(app.env).site
    for page in sheets(site):
        place, title = page_path(NOTATION, page.number), numbered(_("Notation"), page)
        names = [site.titles[name] for row in page.items for name in row.docnames]
        key = digest(site.shared, title, page.total, page.items, names, _marks(site, page))
        yield Made(place, key, partial(context, builder, place, title, partial(_body, page)))


def _body(page: Page[Meaning]) -> list[nodes.Node]:
    return [NotationSheet(page=page), *pager(page, NOTATION)]


def _marks(site: Site, page: Page[Meaning]) -> list[str]:
    """The symbols of a page that posts which refer to each other use differently."""
    differing = {clash.symbol for clash in site.clashes}
    return sorted(differing & {row.symbol for row in page.items})


def visit_sheet(self: HTML5Translator, node: NotationSheet) -> None:
    """By the template ``formulary/notation.html``."""
    site = FormularyDomain.of(self.builder.env).site
    page: Page[Meaning] = node["page"]
    html = template(
        self,
        "notation.html",
        groups=[
            (letter, [list(same) for _symbol, same in groupby(rows, lambda row: row.symbol)])
            for letter, rows in groupby(page.items, lambda row: initial(row.symbol))
        ],
        total=page.total,
        differing=_marks(site, page),
        formula=lambda row: site.math[row.source].html,
        words=lambda row: fragment(self, nodes.inline("", "", *site.meanings[row.words])),
    )
    self.body.append(html)
    raise nodes.SkipNode


def setup_notation_pages(app: Sphinx) -> None:
    """Register the node."""
    app.add_node(NotationSheet, html=(visit_sheet, None))
