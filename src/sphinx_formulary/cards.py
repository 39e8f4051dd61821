"""What a listing is made of: cards and a pager, as nodes, and their HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from sphinx.util.docutils import new_document
from sphinx.util.logging import suppress_logging
from sphinx.util.osutil import relative_uri

from .domain import FormularyDomain
from .locale import _
from .model import Post
from .nodes import Pager, PostCard
from .paging import Page, page_path, shown_numbers
from .render import fragment, template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator


def listing(app: Sphinx, page: Page[Post], first: str, expand: str = "") -> list[nodes.Node]:
    """Cards of one page of a listing and its pager; *first* is the path of page 1."""
    return [*cards(app, page.items, page_path(first, page.number), expand), *pager(page, first)]


def cards(app: Sphinx, posts: Sequence[Post], place: str, expand: str = "") -> list[nodes.Node]:
    """A card for each post, with links that are right on the page *place*; else words."""
    if not posts:
        return [nodes.paragraph("", _("There is nothing here yet."), classes=["post-none"])]
    found: list[nodes.Node] = []
    for post in posts:
        resolved = [node.deepcopy() for node in excerpt_of(app, post)]
        for node in resolved:
            relink(app.builder, node, post.docname, place)
        card = PostCard(docname=post.docname, expand=expand)
        card += resolved
        found.append(card)
    return found


def excerpt_of(app: Sphinx, post: Post) -> list[nodes.Node]:
    """The excerpt of a post with references resolved from its own place, once a build."""
    domain = FormularyDomain.of(app.env)
    if post.docname not in domain.resolved:
        tree = new_document("")
        tree += [node.deepcopy() for node in post.excerpt]
        with suppress_logging():  # the post's own page reports what cannot be resolved
            app.env.resolve_references(tree, post.docname, app.builder)
        domain.resolved[post.docname] = list(tree.children)
    return domain.resolved[post.docname]


def relink(builder: Builder, tree: nodes.Node, source: str, place: str) -> None:
    """Turn links that are right on the page *source* into links that are right on *place*."""
    old, new = builder.get_target_uri(source), builder.get_target_uri(place)
    for node in tree.findall(nodes.reference):
        if "refid" in node:
            node["refuri"] = f"{old}#{node.attributes.pop('refid')}"
        elif not node.get("internal") or urlsplit(node.get("refuri", "")).scheme:
            continue
        else:
            node["refuri"] = urljoin(old, node["refuri"])
        path, mark, anchor = node["refuri"].partition("#")
        node["refuri"] = (relative_uri(new, path) if path != new else "") + mark + anchor


def pager(page: Page[Any], first: str) -> list[nodes.Node]:
    """The pager of a page; none where there is only one."""
    if page.total == 1:
        return []
    return [Pager(first=first, number=page.number, total=page.total)]


def visit_card(self: HTML5Translator, node: PostCard) -> None:
    """``article.post-card``, by the template ``formulary/card.html``."""
    post = FormularyDomain.of(self.builder.env).site.post(node["docname"])
    assert post is not None
    shown = {"post": post, "expand": node["expand"], "excerpt": fragment(self, node)}
    self.body.append(template(self, "card.html", **shown))
    raise nodes.SkipNode


def visit_pager(self: HTML5Translator, node: Pager) -> None:
    """``nav.pagination``, by the template ``formulary/pagination.html``."""
    numbers = shown_numbers(node["number"], node["total"])
    html = template(
        self,
        "pagination.html",
        number=node["number"],
        total=node["total"],
        numbers=numbers,
        page=lambda number: page_path(node["first"], number),
    )
    self.body.append(html)
    raise nodes.SkipNode


def setup_cards(app: Sphinx) -> None:
    """Register the nodes."""
    app.add_node(PostCard, html=(visit_card, None))
    app.add_node(Pager, html=(visit_pager, None))
