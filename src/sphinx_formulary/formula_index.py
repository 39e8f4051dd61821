"""Which formulas an index shows, and on which pages they are written out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from .model import Formula, FormulaQuery, Site
from .paging import Page, page_path, paginate_by_weight

INDEX = "formulas"
# What is written out on one page: so many formulas, so many bytes of them.
_FORMULAS = 100
_BYTES = 800_000


@dataclass(frozen=True)
class Group:
    """The formulas of one document, under its category."""

    category: str  # empty for pages that are no posts
    docname: str
    formulas: tuple[Formula, ...]


def groups(site: Site, query: FormulaQuery) -> list[Group]:
    """The labelled formulas that a query asks for: by category, by document, by number."""
    found = sorted(
        (formula for formula in site.formulas.values() if _matches(site, formula, query)),
        key=lambda formula: (*_place(site, formula), formula.number),
    )
    return [
        Group(_category(site, docname), docname, tuple(items))
        for docname, items in groupby(found, key=lambda formula: formula.docname)
    ]


def _place(site: Site, formula: Formula) -> tuple[bool, str, str]:
    category = _category(site, formula.docname)
    return not category, category, formula.docname


def _category(site: Site, docname: str) -> str:
    post = site.post(docname)
    return post.meta.category if post else ""


def _matches(site: Site, formula: Formula, query: FormulaQuery) -> bool:
    post = site.post(formula.docname)
    if query.documents and formula.docname not in query.documents:
        return False
    if query.categories and _category(site, formula.docname) not in query.categories:
        return False
    return not query.tags or bool(post and set(query.tags) & set(post.meta.tags))


def index_shows(site: Site, query: FormulaQuery) -> list[object]:
    """All that an index shows, for its digest."""
    return [(group.category, shown(site, group.formulas)) for group in groups(site, query)]


def shown(site: Site, formulas: Iterable[Formula]) -> list[object]:
    """All that is shown of formulas beside themselves."""
    return [
        (formula, site.titles[formula.docname], len(site.uses.get(formula.label, ())),
         site.sheets.get(formula.label))
        for formula in formulas
    ]  # fmt: skip


def sheets(site: Site) -> Iterator[tuple[str, str, list[Page[Formula]]]]:
    """For each category its name, the path of its first page of formulas, and the pages."""
    everything = groups(site, FormulaQuery())
    for category, parts in groupby(everything, key=lambda group: group.category):
        formulas = [formula for group in parts for formula in group.formulas]
        pages = paginate_by_weight(
            formulas, _FORMULAS, lambda formula: len(site.math[formula.tex].utf8), _BYTES
        )
        yield category, _path(site, category), pages


def places(site: Site) -> dict[str, str]:
    """Label -> the page on which the formula is written out."""
    return {
        formula.label: page_path(first, page.number)
        for _category, first, pages in sheets(site)
        for page in pages
        for formula in page.items
    }


def _path(site: Site, category: str) -> str:
    view = site.views.get(("category", category))
    # No category has the name of an underscore.
    return f"{INDEX}/{view.path.rpartition('/')[2] if view else '_'}"
