"""PAGES: old paths lead to where a post is now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .builder import PageBuilder
from .domain import FormularyDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def redirects(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each alias that is free; JOIN has reported the others."""
    if not isinstance(app.builder, PageBuilder):
        return
    site = FormularyDomain.of(app.env).site
    for alias, docname in site.redirects.items():
        post = site.post(docname)
        assert post is not None
        target = app.builder.get_relative_uri(alias, docname)
        yield alias, {"target": target, "title": post.plain_title}, "formulary/redirect.html"


def setup_redirects(app: Sphinx) -> None:
    """Connect PAGES."""
    app.connect("html-collect-pages", redirects)
