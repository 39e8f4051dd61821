"""PAGES: a page for each part of every view, and of every paginated list."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import new_document
from sphinx.util.logging import suppress_logging

from .builder import PageBuilder
from .cards import listing, relink
from .config import options
from .domain import FormularyDomain
from .locale import _
from .model import Site, View
from .nodes import PostList
from .paging import Page, page_path, paginate
from .views import select

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Rendered = tuple[str, dict[str, Any], str]


def heading(app: Sphinx, view: View) -> str:
    """How a view is headed, in the site's language."""
    author = app.config.blog_authors.get(view.name, (view.name, None))[0]
    headings: dict[str, str] = {
        "all": _("All posts"),
        "category": _("Category: %s") % view.name,
        "tag": _("Tag: %s") % view.name,
        "author": _("Posts by %s") % author,
        "series": _("Series: %s") % view.name,
        "year": _("Posts of %s") % view.name,
    }
    return headings[view.kind]


def overviews() -> dict[str, tuple[str, str]]:
    """Kind of collection -> path below the blog's path and heading of the page that lists them."""
    return {
        "category": ("category", _("Categories")),
        "tag": ("tag", _("Tags")),
        "author": ("author", _("Authors")),
        "series": ("series", _("Series")),
        "year": ("archive", _("Archive")),
    }


def numbered(title: str, page: Page[Any]) -> str:
    """The title of a page of a listing: page 1 has the listing's own."""
    return title if page.number == 1 else str(_("%s, page %d") % (title, page.number))


def pages(app: Sphinx) -> Iterator[Rendered]:
    """Every page that is not a document. A page of the author's own takes the place of ours."""
    builder = app.builder
    if not isinstance(builder, PageBuilder):
        return
    site = FormularyDomain.of(app.env).site
    for path, context, name in _all(app, builder, site):
        if path not in app.env.found_docs:
            yield path, context, name


def _all(app: Sphinx, builder: PageBuilder, site: Site) -> Iterator[Rendered]:
    size = options(app.config).page_size
    for view in site.views.values():
        for page in paginate(view.posts, size):
            title = numbered(heading(app, view), page)
            body = listing(app, page, view.path)
            yield _page(builder, page_path(view.path, page.number), title, body)
    for kind, (folder, title) in overviews().items():
        found = [view for view in site.views.values() if view.kind == kind]
        if found:
            place = f"{app.config.blog_path}/{folder}"
            yield _page(builder, place, title, [_overview(builder, found, place)])
    for facts in FormularyDomain.of(app.env).facts.values():
        for query in facts.lists:
            if query.paginate:
                yield from _following(app, builder, facts.docname)


def _page(builder: PageBuilder, place: str, title: str, body: list[nodes.Node]) -> Rendered:
    tree = new_document("")
    tree += nodes.section(
        "", nodes.title("", title), *body, ids=["posts"], classes=["post-listing"]
    )
    return (
        place,
        {"title": escape(title), "body": builder.render(tree, place), "meta": {}},
        "page.html",
    )


def _overview(builder: PageBuilder, found: list[View], place: str) -> nodes.Node:
    bullets = nodes.bullet_list("", classes=["view-list"])
    for view in reversed(found) if found[0].kind == "year" else found:
        uri = builder.get_relative_uri(place, view.path)
        name = builder.config.blog_authors.get(view.name, (view.name, None))[0]
        line = nodes.paragraph("", "", nodes.reference("", name, refuri=uri, internal=True))
        line += nodes.inline("", f" {len(view.posts)}", classes=["view-count"])
        bullets += nodes.list_item("", line)
    return bullets


def _following(app: Sphinx, builder: PageBuilder, docname: str) -> Iterator[Rendered]:
    """Pages 2 to n of a document: it is repeated up to its list."""
    posts = FormularyDomain.of(app.env).site.posts
    tree = app.env.get_doctree(docname)
    query = next(node["query"] for node in tree.findall(PostList) if node["query"].paginate)
    shown = [post for post in select(posts, query) if post.docname != docname]
    for page in paginate(shown, query.paginate)[1:]:
        place = page_path(docname, page.number)
        tree = _cut(app.env.get_doctree(docname), page.number)
        with suppress_logging():  # page 1 reports what cannot be resolved
            app.env.resolve_references(tree, docname, builder)
        relink(builder, tree, docname, place)
        context = builder.get_doc_context(docname, builder.render(tree, place), "")
        # The relations and the source are page 1's.
        context |= {"title": numbered(context["title"], page), "prev": None, "next": None,
                    "parents": [], "sourcename": ""}  # fmt: skip
        yield place, context, "page.html"


def _cut(tree: nodes.document, number: int) -> nodes.document:
    node: nodes.Node = next(node for node in tree.findall(PostList) if node["query"].paginate)
    node["page"] = number  # type: ignore[index]
    while node.parent is not None:
        parent = node.parent
        del parent[parent.index(node) + 1 :]
        node = parent
    return tree


def setup_listing(app: Sphinx) -> None:
    """Connect PAGES."""
    app.connect("html-collect-pages", pages)
