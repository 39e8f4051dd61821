"""FINISH: an Atom feed, with formulas as MathML, which feed readers show without our CSS."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from docutils import nodes
from feedgen.feed import FeedGenerator
from sphinx.util.docutils import new_document

from .builder import PageBuilder, feed_path
from .cards import excerpt_of
from .config import author_name
from .domain import FormularyDomain
from .model import Post
from .nodes import formulas, tex_source

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_feed(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed, if ``blog_baseurl`` says where the site will stand."""
    builder = app.builder
    if exception is not None or not isinstance(builder, PageBuilder):
        return
    posts = [post for post in FormularyDomain.of(app.env).site.posts if post.meta.date]
    if app.config.blog_baseurl and posts:
        path = Path(app.outdir, feed_path(app.config))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_feed(app, builder, posts[: app.config.blog_feed_length]))


def _feed(app: Sphinx, builder: PageBuilder, posts: list[Post]) -> bytes:
    base = app.config.blog_baseurl.rstrip("/") + "/"
    feed = FeedGenerator()
    feed.id(base)
    feed.title(app.config.blog_title)
    feed.link(href=base)
    feed.link(href=urljoin(base, feed_path(app.config)), rel="self")
    feed.language(app.config.language.replace("_", "-"))
    if app.config.blog_feed_subtitle:
        feed.subtitle(app.config.blog_feed_subtitle)
    # The newest of the sources' own dates: the clock would make two builds differ.
    feed.updated(max(_touched(post) for post in posts))
    for post in posts:
        _entry(app, builder, feed, post, base)
    return bytes(feed.atom_str(pretty=True))


def _touched(post: Post) -> datetime:
    assert post.meta.date is not None
    return max(post.meta.date, post.meta.updated or post.meta.date)


def _entry(app: Sphinx, builder: PageBuilder, feed: FeedGenerator, post: Post, base: str) -> None:
    uri = urljoin(base, builder.get_target_uri(post.docname))
    entry = feed.add_entry(order="append")
    entry.id(uri)
    entry.link(href=uri)
    entry.title(post.plain_title)
    entry.published(post.meta.date)
    entry.updated(_touched(post))
    entry.author([{"name": author_name(app.config, name)} for name in post.meta.authors])
    entry.category([{"term": tag} for tag in post.meta.tags])
    if post.meta.description:
        entry.summary(post.meta.description)
    entry.content(_html(app, builder, post, uri), type="html")


def _html(app: Sphinx, builder: PageBuilder, post: Post, uri: str) -> str:
    tree = new_document("")
    tree += [node.deepcopy() for node in excerpt_of(app, post)]
    site = FormularyDomain.of(app.env).site
    for link in tree.findall(nodes.reference):
        target = f"#{link['refid']}" if "refid" in link else link["refuri"]
        link["refuri"] = urljoin(uri, target)
    for node in list(formulas(tree)):
        node.replace_self(nodes.raw("", site.math[tex_source(node)].mathml, format="html"))
    for image in list(tree.findall(nodes.image)):
        image.replace_self(nodes.Text(image.get("alt", "")))
    return builder.render(tree, post.docname)


def setup_feeds(app: Sphinx) -> None:
    """Connect FINISH."""
    app.connect("build-finished", write_feed)
