"""PAGES: the pages that list all categories, all tags, all authors, all series, all years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.i18n import format_date

from .builder import PageBuilder
from .config import author_name
from .digests import digest
from .domain import FormularyDomain
from .locale import _
from .made import Made, context
from .model import Post, View
from .views import newest_first, overviews

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def heading(kind: str) -> str:
    """How the page that lists all collections of a kind is headed."""
    headings: dict[str, str] = {
        "category": _("Categories"),
        "tag": _("Tags"),
        "author": _("Authors"),
        "series": _("Series"),
        "year": _("Archive"),
    }
    return headings[kind]


def overview_pages(app: Sphinx, builder: PageBuilder) -> Iterator[Made]:
    """A page for each kind of collection; that of years, the archive, has every post."""
    site = FormularyDomain.of(app.env).site
    for kind, place in overviews(site.views.values(), app.config.blog_path).items():
        found = [view for view in site.views.values() if view.kind == kind]
        shown: list[object] = [
            (view.name, view.path, view.colour, len(view.posts)) for view in found
        ]
        if kind == "year":
            shown += [(post.docname, post.meta.title, post.meta.date) for post in site.posts]
            body = partial(_archive, builder, found[::-1], place)
        else:
            body = partial(_names, builder, found, place)
        key = digest(site.shared, shown)
        yield Made(place, key, partial(context, builder, place, heading(kind), body))


def _names(builder: PageBuilder, found: Sequence[View], place: str) -> list[nodes.Node]:
    bullets = nodes.bullet_list("", classes=["view-list"])
    for view in found:
        colour = [f"category-colour-{view.colour}"] if view.kind == "category" else []
        bullets += nodes.list_item("", _named(builder, view, place), classes=colour)
    return [bullets]


def _named(builder: PageBuilder, view: View, place: str) -> nodes.paragraph:
    uri = builder.get_relative_uri(place, view.path)
    name = author_name(builder.config, view.name) if view.kind == "author" else view.name
    line = nodes.paragraph("", "", nodes.reference("", name, refuri=uri, internal=True))
    line += nodes.inline("", f" {len(view.posts)}", classes=["view-count"])
    return line


def _archive(builder: PageBuilder, years: Sequence[View], place: str) -> list[nodes.Node]:
    return [
        nodes.section(
            "",
            nodes.title("", "", *_named(builder, view, place).children),
            _posts(builder, newest_first(view.posts), place),
            ids=[f"year-{view.name}"],
        )
        for view in years
    ]


def _posts(builder: PageBuilder, posts: Sequence[Post], place: str) -> nodes.bullet_list:
    config = builder.config
    bullets = nodes.bullet_list("", classes=["view-posts"])
    for post in posts:
        date = format_date(
            config.post_date_format_short, date=post.meta.date, language=config.language
        )
        uri = builder.get_relative_uri(place, post.docname)
        title = [node.deepcopy() for node in post.title]
        line = nodes.paragraph("", "", nodes.inline("", date, classes=["view-date"]))
        line += nodes.reference("", "", *title, refuri=uri, internal=True)
        bullets += nodes.list_item("", line)
    return bullets
