"""PAGES: the index of formulas, and pages on which they are written out; the directive for both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import docname_join
from sphinx.util.docutils import SphinxDirective

from .builder import PageBuilder
from .cards import pager
from .digests import digest
from .domain import FormularyDomain
from .formula_index import INDEX, groups, index_shows, sheets, shown
from .listing import numbered
from .locale import _
from .made import Made, context
from .model import Formula, FormulaQuery
from .nodes import FormulaIndex, FormulaSheet
from .paging import Page, page_path
from .postlist import names
from .render import template

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class FormulaIndexDirective(SphinxDirective):
    """A list of labelled formulas: all, or those of categories, tags or documents."""

    option_spec = {"category": names, "tags": names, "document": names}

    def run(self) -> list[nodes.Node]:
        given = self.options
        documents = (docname_join(self.env.docname, name) for name in given.get("document", ()))
        query = FormulaQuery(given.get("category", ()), given.get("tags", ()), tuple(documents))
        return [FormulaIndex(query=query)]


def formula_pages(app: Sphinx, builder: PageBuilder) -> Iterator[Made]:
    """The index, if there are formulas to show, and the pages of each category."""
    site = FormularyDomain.of(app.env).site
    if not site.formulas:
        return
    title = _("Formulas")
    key = digest(site.shared, title, index_shows(site, FormulaQuery()))
    yield Made(INDEX, key, partial(context, builder, INDEX, title, _index_body))
    for category, first, pages in sheets(site):
        heading = _("Formulas: %s") % (category or _("other pages"))
        for page in pages:
            place, title = page_path(first, page.number), numbered(heading, page)
            key = digest(site.shared, title, page.total, shown(site, page.items))
            body = partial(_sheet_body, page, first)
            yield Made(place, key, partial(context, builder, place, title, body))


def _index_body() -> list[nodes.Node]:
    return [FormulaIndex(query=FormulaQuery())]


def _sheet_body(page: Page[Formula], first: str) -> list[nodes.Node]:
    return [FormulaSheet(formulas=page.items), *pager(page, first)]


def visit_index(self: HTML5Translator, node: FormulaIndex) -> None:
    """By the template ``formulary/formula-index.html``."""
    site = FormularyDomain.of(self.builder.env).site
    found = groups(site, node["query"])
    self.body.append(template(self, "formula-index.html", groups=found))
    raise nodes.SkipNode


def visit_sheet(self: HTML5Translator, node: FormulaSheet) -> None:
    """By the template ``formulary/formula-sheet.html``."""
    site = FormularyDomain.of(self.builder.env).site
    formulas: Sequence[Formula] = node["formulas"]
    found = [(formula, site.math[formula.tex].html) for formula in formulas]
    self.body.append(template(self, "formula-sheet.html", formulas=found))
    raise nodes.SkipNode


def setup_formula_pages(app: Sphinx) -> None:
    """Register the directive and the nodes."""
    app.add_directive("formula-index", FormulaIndexDirective)
    app.add_node(FormulaIndex, html=(visit_index, None))
    app.add_node(FormulaSheet, html=(visit_sheet, None))
