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
from .formula_index import INDEX, PAGE_SIZE, groups, sheet_path, sheets
from .listing import numbered
from .locale import _
from .made import Made, context
from .model import Formula, FormulaQuery, Site
from .nodes import FormulaIndex, FormulaSheet
from .paging import Page, page_path, paginate
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
    key = digest(site.shared, title, index_digest(site, FormulaQuery()))
    body = partial(_index_body)
    yield Made(INDEX, key, partial(context, builder, INDEX, title, body))
    for category, first, formulas in sheets(site):
        heading = _("Formulas: %s") % (category or _("other pages"))
        for page in paginate(formulas, PAGE_SIZE):
            place, shown = page_path(first, page.number), numbered(heading, page)
            shows = [_shown(site, formula) for formula in page.items]
            key = digest(site.shared, shown, page.total, shows)
            body = partial(_sheet_body, page, first)
            yield Made(place, key, partial(context, builder, place, shown, body))


def _index_body() -> list[nodes.Node]:
    return [FormulaIndex(query=FormulaQuery())]


def _sheet_body(page: Page[Formula], first: str) -> list[nodes.Node]:
    return [FormulaSheet(formulas=page.items), *pager(page, first)]


def index_digest(site: Site, query: FormulaQuery) -> list[object]:
    """What an index depends on."""
    return [
        (group.category, sheet_path(site, group.category),
         [_shown(site, formula) for formula in group.formulas])
        for group in groups(site, query)
    ]  # fmt: skip


def _shown(site: Site, formula: Formula) -> object:
    return formula, site.titles[formula.docname], len(site.uses.get(formula.label, ()))


def visit_index(self: HTML5Translator, node: FormulaIndex) -> None:
    """By the template ``formulary/formula-index.html``."""
    site = FormularyDomain.of(self.builder.env).site
    found = groups(site, node["query"])
    places = _places(site) if isinstance(self.builder, PageBuilder) else {}
    self.body.append(template(self, "formula-index.html", groups=found, places=places))
    raise nodes.SkipNode


def _places(site: Site) -> dict[str, str]:
    """Label -> the page on which it is written out."""
    return {
        formula.label: page_path(first, page.number)
        for _category, first, formulas in sheets(site)
        for page in paginate(formulas, PAGE_SIZE)
        for formula in page.items
    }


def visit_sheet(self: HTML5Translator, node: FormulaSheet) -> None:
    """By the template ``formulary/formula-sheet.html``."""
    site = FormularyDomain.of(self.builder.env).site
    formulas: Sequence[Formula] = node["formulas"]
    shown = [(formula, site.math[formula.tex].html) for formula in formulas]
    self.body.append(template(self, "formula-sheet.html", formulas=shown))
    raise nodes.SkipNode


def setup_formula_pages(app: Sphinx) -> None:
    """Register the directive and the nodes."""
    app.add_directive("formula-index", FormulaIndexDirective)
    app.add_node(FormulaIndex, html=(visit_index, None))
    app.add_node(FormulaSheet, html=(visit_sheet, None))
