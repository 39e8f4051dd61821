"""PAGES: a page for each part of every view, and of every paginated list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.environment.adapters.toctree import document_toc
from sphinx.util.logging import suppress_logging

from .builder import PageBuilder
from .cards import listing, relink
from .config import author_name, options
from .digests import cards_of, digest
from .domain import FormularyDomain
from .locale import _
from .made import Made, context
from .model import Facts, Post, Query, View
from .nodes import PostList
from .paging import Page, page_path, paginate
from .views import listed

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def heading(app: Sphinx, view: View) -> str:
    """How a view is headed, in the site's language."""
    headings: dict[str, str] = {
        "all": _("All posts"),
        "category": _("Category: %s") % view.name,
        "tag": _("Tag: %s") % view.name,
        "author": _("Posts by %s") % author_name(app.config, view.name),
        "series": _("Series: %s") % view.name,
        "year": _("Posts of %s") % view.name,
    }
    return headings[view.kind]


def numbered(title: str, page: Page[Any]) -> str:
    """The title of a page of a listing: page 1 has the listing's own."""
    return title if page.number == 1 else str(_("%s, page %d") % (title, page.number))


def listing_pages(app: Sphinx, builder: PageBuilder) -> Iterator[Made]:
    """The pages of every view, and those that follow a document with a paginated list."""
    domain = FormularyDomain.of(app.env)
    size = options(app.config).page_size
    for view in domain.site.views.values():
        for page in paginate(view.posts, size):
            yield _view_page(app, builder, view, page)
    for facts in domain.facts.values():
        for query in facts.lists:
            if query.paginate:
                yield from _following(app, builder, facts, query, query.paginate)


def _view_page(app: Sphinx, builder: PageBuilder, view: View, page: Page[Post]) -> Made:
    site = FormularyDomain.of(app.env).site
    place = page_path(view.path, page.number)
    title = numbered(heading(app, view), page)
    body = partial(listing, app, page, view.path)
    key = digest(site.shared, title, page.total, cards_of(site, page.items))
    return Made(place, key, partial(context, builder, place, title, body))


def _following(
    app: Sphinx, builder: PageBuilder, facts: Facts, query: Query, size: int
) -> Iterator[Made]:
    """Pages 2 to n of a document: it is repeated up to its list."""
    site = FormularyDomain.of(app.env).site
    for page in paginate(listed(site.posts, query, facts.docname), size)[1:]:
        place = page_path(facts.docname, page.number)
        # The document's own digest has what else it shows.
        own = site.digests[facts.docname]
        key = digest(own, page.total, cards_of(site, page.items))
        yield Made(place, key, partial(_repeated, app, builder, facts, query, page))


def _repeated(
    app: Sphinx, builder: PageBuilder, facts: Facts, query: Query, page: Page[Post]
) -> dict[str, Any]:
    docname = facts.docname
    place = page_path(docname, page.number)
    tree, mark = _cut(app.env.get_doctree(docname))
    with suppress_logging():  # page 1 reports what cannot be resolved
        tree = app.env.get_and_resolve_doctree(docname, builder, doctree=tree, tags=builder.tags)
    relink(builder, tree, docname, place)
    mark.replace_self(listing(app, page, docname, query.expand))
    context = builder.get_doc_context(docname, builder.render(tree, place), "")
    # The relations and the source are page 1's.
    own: dict[str, Any] = {"prev": None, "next": None, "parents": [], "sourcename": ""}
    own["toc"] = builder.render_partial(_contents(app, builder, docname, _ids(tree)))["fragment"]
    return context | own | {"title": numbered(context["title"], page)}


def _ids(tree: nodes.document) -> set[str]:
    return {id for node in tree.findall(nodes.Element) for id in node["ids"]}


def _contents(app: Sphinx, builder: PageBuilder, docname: str, ids: set[str]) -> nodes.Node:
    """The table of contents of a document without the headings that a part of it lacks."""
    toc = document_toc(app.env, docname, builder.tags)
    for link in list(toc.findall(nodes.reference)):
        anchor = link["anchorname"].removeprefix("#")
        item = link.parent.parent
        if anchor and anchor not in ids and item.parent is not None:
            item.parent.remove(item)
    return toc


def _cut(tree: nodes.document) -> tuple[nodes.document, nodes.Element]:
    """A document up to its paginated list, and a mark in the place of the list."""
    mark = nodes.container()
    found = next(node for node in tree.findall(PostList) if node["query"].paginate)
    found.replace_self(mark)
    node: nodes.Element = mark
    while node.parent is not None:
        parent = node.parent
        del parent[parent.index(node) + 1 :]
        node = parent
    return tree, mark
