"""``postlist``: ablog's directive, with pages."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import NoUri
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import format_date

from .builder import PageBuilder
from .cards import cards, listing
from .domain import FormularyDomain, note_fault
from .model import Fault, Post, Query, Site
from .nodes import PostList
from .paging import paginate
from .views import listed
from .warnings import Kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PAGINATED = "formulary_paginated"
_FIELDS = {"date", "title", "author", "category", "tags", "series"}


def names(argument: str | None) -> tuple[str, ...]:
    """An option that is a list of names: ``a, b``."""
    return tuple(name.strip() for name in (argument or "").split(",") if name.strip())


def _format(argument: str) -> str:
    unknown = {key for _, key, _, _ in Formatter().parse(argument) if key} - _FIELDS
    if unknown:
        expected = ", ".join(sorted(_FIELDS))
        raise ValueError(f"unknown {{{unknown.pop()}}}; expected {expected}")
    return argument


class PostListDirective(SphinxDirective):
    """A list of posts: filters, order and formats as in ablog, and ``:paginate: 12``."""

    optional_arguments = 1
    option_spec = {
        "category": names,
        "tags": names,
        "author": names,
        "series": names,
        "sort": directives.flag,
        "paginate": directives.positive_int,
        "excerpts": directives.flag,
        "format": _format,
        "date": directives.unchanged_required,
        "list-style": directives.unchanged_required,
        "expand": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        given = self.options
        query = Query(
            length=directives.positive_int(self.arguments[0]) if self.arguments else None,
            category=given.get("category", ()),
            tags=given.get("tags", ()),
            author=given.get("author", ()),
            series=given.get("series", ()),
            oldest_first="sort" in given,
            paginate=self._paginate(),
            expand=given.get("expand", ""),
        )
        # A paginated list is one of cards: `:excerpts:` is what a plain list lacks.
        shown = {"cards": "excerpts" in given or query.paginate is not None}
        shown |= {key: given[key] for key in ("format", "date", "list-style") if key in given}
        node = PostList(query=query, shown=shown)
        self.set_source_info(node)
        return [node]

    def _paginate(self) -> int | None:
        size: int | None = self.options.get("paginate")
        if size is None:
            return None
        noted = self.env.current_document
        if noted.get(_PAGINATED):
            message = "a document has one paginated list; take ':paginate:' from all but the first"
            note_fault(self.env, Fault(self.lineno, Kind.LISTING, message))
            return None
        noted[_PAGINATED] = True
        return size


def show_lists(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """WRITE: put posts in the place of each ``postlist``."""
    site = FormularyDomain.of(app.env).site
    # Other builders have neither cards nor the pages that cards and pagers lead to.
    pages_exist = isinstance(app.builder, PageBuilder)
    for node in list(doctree.findall(PostList)):
        posts = listed(site.posts, node["query"], docname)
        if pages_exist and node["query"].paginate:
            pages = paginate(posts, node["query"].paginate)
            node.replace_self(listing(app, pages[0], docname, node["query"].expand))
        elif pages_exist and node["shown"]["cards"]:
            node.replace_self(cards(app, posts, docname, node["query"].expand))
        else:
            node.replace_self(_plain(app, site, posts, docname, node))


def _plain(
    app: Sphinx, site: Site, posts: Sequence[Post], docname: str, node: PostList
) -> nodes.Node:
    shown, expand = node["shown"], node["query"].expand
    style = f"postlist-style-{shown.get('list-style', 'none')}"
    bullets = nodes.bullet_list("", classes=["postlist", style])
    for post in posts:
        line = nodes.paragraph()
        for text, key, _, _ in Formatter().parse(shown.get("format", "{date} - {title}")):
            line += nodes.Text(text)
            line += _field(app, site, post, key, docname, shown) if key else []
        item = nodes.list_item("", line, classes=["ablog-post"])
        if expand:
            item += nodes.paragraph("", "", _link(app, docname, post.docname, expand))
        bullets += item
    return bullets


def _field(
    app: Sphinx, site: Site, post: Post, key: str, docname: str, shown: dict[str, Any]
) -> list[nodes.Node]:
    meta = post.meta
    if key == "title":
        return [_link(app, docname, post.docname, *(node.deepcopy() for node in post.title))]
    if key == "date":
        pattern = shown.get("date", app.config.post_date_format_short)
        date = meta.date and format_date(pattern, date=meta.date, language=app.config.language)
        return [nodes.Text(date or "")]
    kind = key.removesuffix("s") if key == "tags" else key
    names = {"tag": meta.tags, "author": meta.authors, "category": (meta.category,),
             "series": (meta.series,)}[kind]  # fmt: skip
    found: list[nodes.Node] = []
    for name in filter(None, names):
        found += [nodes.Text(", ")] if found else []
        found.append(_link(app, docname, site.views[kind, name].path, name))
    return found


def _link(app: Sphinx, docname: str, page: str, *content: nodes.Node | str) -> nodes.Element:
    children = [nodes.Text(part) if isinstance(part, str) else part for part in content]
    try:
        uri = app.builder.get_relative_uri(docname, page)
    except NoUri:  # a format that leaves this page out
        return nodes.inline("", "", *children)
    return nodes.reference("", "", *children, refuri=uri, internal=True)


def setup_postlist(app: Sphinx) -> None:
    """Take the place of ablog's directive."""
    app.add_directive("postlist", PostListDirective, override=True)
    app.add_node(PostList)
    app.connect("doctree-resolved", show_lists)
