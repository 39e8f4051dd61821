"""Which formulas an index shows, and on which pages they are written out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .model import Formula, FormulaQuery, Site

INDEX = "formulas"
PAGE_SIZE = 100


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


def sheets(site: Site) -> Iterator[tuple[str, str, Sequence[Formula]]]:
    """For each category its name, the path of its first page of formulas, and the formulas."""
    everything = groups(site, FormulaQuery())
    for category, parts in groupby(everything, key=lambda group: group.category):
        formulas = [formula for group in parts for formula in group.formulas]
        yield category, sheet_path(site, category), formulas


def sheet_path(site: Site, category: str) -> str:
    """The path of the first page that writes out the formulas of a category."""
    view = site.views.get(("category", category))
    # No category has the name of an underscore.
    return f"{INDEX}/{view.path.rpartition('/')[2] if view else '_'}"
