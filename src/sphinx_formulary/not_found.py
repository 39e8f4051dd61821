"""PAGES: what readers see at an address that leads nowhere, unless the author has a page for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes

from .builder import PageBuilder
from .digests import digest
from .domain import FormularyDomain
from .locale import _
from .made import Made, context
from .rooted import NOT_FOUND

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def not_found_page(app: Sphinx, builder: PageBuilder) -> Iterator[Made]:
    """Words, and ways on: the front page and, if there are posts, all of them."""
    site = FormularyDomain.of(app.env).site
    title = _("There is nothing at this address")
    archive = site.views["all", ""].path if site.posts else ""
    body = partial(_body, app, builder, archive)
    made = partial(context, builder, NOT_FOUND, title, body)
    yield Made(NOT_FOUND, digest(site.shared, title, archive), made)


def _body(app: Sphinx, builder: PageBuilder, archive: str) -> list[nodes.Node]:
    ways = {app.config.root_doc: _("The front page"), archive: _("All posts")}
    bullets = nodes.bullet_list("", classes=["view-list"])
    for page, name in ways.items():
        if page:
            uri = builder.get_relative_uri(NOT_FOUND, page)
            link = nodes.reference("", name, refuri=uri, internal=True)
            bullets += nodes.list_item("", nodes.paragraph("", "", link))
    words = _("The page has moved, or the link to it is wrong. From here you can go on to")
    return [nodes.paragraph("", words), bullets]
