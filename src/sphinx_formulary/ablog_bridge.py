"""ablog: its names, options and objects stay, its serial and stale pages go. Its only importer.

This is the one place that changes what another extension does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ablog import get_html_templates_path
from ablog import post as ablog_post
from ablog.blog import Blog
from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import SphinxDirective

from .domain import note_fault
from .model import Fault, Post, Site
from .warnings import Kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_REPLACED = (
    ablog_post.process_posts,  # pickles a copy of each post
    ablog_post.purge_posts,  # takes labels of other documents away
    ablog_post.process_postlist,  # goes stale
    ablog_post.generate_archive_pages,  # has no pages
    ablog_post.generate_atom_feeds,  # carries the clock
)
_CATALOGS = {"category": "category", "tags": "tag", "author": "author"}


class PostDirective(SphinxDirective):
    """ablog's ``post`` directive, which a post of ours has no use for."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        message = "the 'post' directive is not used; a post is a file with front matter"
        note_fault(self.env, Fault(self.lineno, Kind.FRONT_MATTER, message))
        return []


def disconnect(app: Sphinx) -> None:
    """Take out the handlers that our rooms replace, and let documents be read in parallel."""
    for listeners in app.events.listeners.values():
        listeners[:] = [item for item in listeners if item.handler not in _REPLACED]
    app.registry.transforms.remove(ablog_post.CheckFrontMatter)
    app.extensions["ablog"].parallel_read_safe = True


def order_templates(app: Sphinx) -> None:
    """Put ablog's templates behind the theme's.

    Its ``page.html`` takes the place of the theme's and adds a second foot to each post.
    """
    if isinstance(app.builder, StandaloneHTMLBuilder):
        loaders = app.builder.templates.loaders
        loaders.sort(key=lambda loader: get_html_templates_path() in loader.searchpath)


def register(app: Sphinx, site: Site) -> None:
    """Fill ablog's objects, which its sidebar templates and its references read."""
    Blog._dict.clear()  # it is a singleton of the process, and remembers the last build
    blog = Blog(app)
    for post in site.posts:
        if post.meta.date:
            blog.register(post.docname, _info(post))
    for (kind, name), view in site.views.items():
        for catalog, ours in _CATALOGS.items():
            if kind == ours:
                collection = blog.catalogs[catalog][name]
                collection._path = view.path
                blog.references[collection.xref] = (view.path, collection.name)


def _info(post: Post) -> dict[str, Any]:
    meta = post.meta
    assert meta.date is not None
    return {
        "docname": post.docname,
        "section": "",
        "order": 1,
        # ablog compares with a date that has no zone.
        "date": meta.date.replace(tzinfo=None),
        "update": (meta.updated or meta.date).replace(tzinfo=None),
        "title": post.plain_title,
        "excerpt": [],
        "tags": list(meta.tags),
        "author": list(meta.authors),
        "category": [meta.category] if meta.category else [],
        "location": [],
        "language": [],
        "redirect": list(meta.aliases),
        "nocomments": False,
        "image": None,
        "exclude": False,
        "canonical_link": None,
        "external_link": None,
        "doctree": None,
    }


def setup_ablog(app: Sphinx) -> None:
    """Load ablog and take over from it."""
    app.setup_extension("ablog")
    disconnect(app)
    app.add_directive("post", PostDirective, override=True)
    app.connect("builder-inited", order_templates, priority=600)  # after ablog's own (500)
