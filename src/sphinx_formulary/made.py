"""A page that is no document: where it is, what it depends on, what is on it. Part of PAGES."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from docutils import nodes
from sphinx.util.docutils import new_document

from .builder import PageBuilder


@dataclass(frozen=True)
class Made:
    """Its path, what it depends on, and how its context is made."""

    place: str
    digest: str
    context: Callable[[], dict[str, Any]]


def context(
    builder: PageBuilder, place: str, title: str, body: Callable[[], list[nodes.Node]]
) -> dict[str, Any]:
    """The context of a page that has a heading and *body*."""
    tree = new_document("")
    tree += nodes.section(
        "", nodes.title("", title), *body(), ids=["posts"], classes=["post-listing"]
    )
    return {"title": escape(title), "body": builder.render(tree, place), "meta": {}}
