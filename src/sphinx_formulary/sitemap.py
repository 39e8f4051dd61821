"""Which pages there are beside those of documents. Pure; part of JOIN."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from . import formula_index, notation
from .article_graph import GRAPH
from .model import Facts, Site
from .paging import Page, page_path, paginate
from .rooted import NOT_FOUND
from .search_data import SEARCH
from .views import listed, overviews

Pages = dict[str, tuple[str, int, int]]  # page -> the first of its list, its number, how many


def pages(site: Site, facts: Iterable[Facts], size: int, blog_path: str) -> Pages:
    """Every page that is not a document's; *size* is the number of posts of a page of a view."""
    found = _listings(site, facts, size, blog_path)
    if site.math:
        return found | _formula_pages(site)
    # Other formats write no formulas out, and a link to such a page is no mistake there.
    named = {formula_index.INDEX: site.formulas, notation.NOTATION: site.notation}
    return found | {page: (page, 1, 1) for page in named if named[page]}


def _listings(site: Site, facts: Iterable[Facts], size: int, blog_path: str) -> Pages:
    lists: list[tuple[str, Sequence[object], int]]
    lists = [(view.path, view.posts, size) for view in site.views.values()]
    for item in facts:
        for query in item.lists:
            if query.paginate:
                posts = listed(site.posts, query, item.docname)
                lists.append((item.docname, posts, query.paginate))
    if site.posts:
        lists.append((GRAPH, (), 1))
    own = overviews(site.views.values(), blog_path)
    return {place: (place, 1, 1) for place in (*own.values(), SEARCH, NOT_FOUND)} | {
        page_path(first, page.number): (first, page.number, page.total)
        for first, posts, length in lists
        for page in paginate(posts, length)
    }


def _formula_pages(site: Site) -> Pages:
    index = {formula_index.INDEX: (formula_index.INDEX, 1, 1)} if site.formulas else {}
    sheets: dict[str, Sequence[Page[Any]]]
    sheets = {first: pages for _category, first, pages in formula_index.sheets(site)}
    sheets[notation.NOTATION] = notation.sheets(site)
    return index | {
        page_path(first, page.number): (first, page.number, page.total)
        for first, pages in sheets.items()
        for page in pages
    }
