"""WRITE: what an article's page says besides its text: head, foot, metadata."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape, unescape
from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.util.osutil import relative_uri

from .article_graph import GRAPH
from .builder import PageBuilder, feed_path
from .cite import bibtex
from .config import author_name, options
from .domain import FormularyDomain
from .formulas import mention_text
from .model import Link, Mention, Post
from .neighbourhood import neighbourhood
from .nodes import ArticleFoot, ArticleHead
from .paging import page_path
from .plain import plain_text
from .render import template

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.writers.html5 import HTML5Translator


def add_head_and_foot(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put head and foot around the text of a post."""
    post = FormularyDomain.of(app.env).site.post(docname)
    section = next(doctree.findall(nodes.section), None)
    if post and section is not None and isinstance(app.builder, PageBuilder):
        section.insert(1, ArticleHead(docname=docname))
        # Behind everything: MyST may put footnotes after the section.
        doctree += ArticleFoot(docname=docname)


def visit_head(self: HTML5Translator, node: ArticleHead) -> None:
    """By the template ``formulary/article-head.html``."""
    site = FormularyDomain.of(self.builder.env).site
    self.body.append(template(self, "article-head.html", post=site.post(node["docname"])))
    raise nodes.SkipNode


def by_document(places: Iterable[Link]) -> list[tuple[str, list[Link]]]:
    """Links by the document in which they stand."""
    return [(name, list(group)) for name, group in groupby(places, key=lambda link: link.docname)]


def visit_foot(self: HTML5Translator, node: ArticleFoot) -> None:
    """By the template ``formulary/article-foot.html``."""
    site = FormularyDomain.of(self.builder.env).site
    post = site.post(node["docname"])
    assert post is not None
    before, after = site.neighbours(post)
    html = template(
        self,
        "article-foot.html",
        post=post,
        before=before,
        after=after,
        backlinks=by_document(site.backlinks.get(post.docname, ())),
        near=neighbourhood(site, post.docname),
        graph=GRAPH,
        related=site.related[post.docname],
        named=lambda labels: [mention_text(site, Mention("eq", label), "") for label in labels],
        citation=_citation(self.builder, post),
        edit_url=_edit_url(self.builder, post.docname),
    )
    self.body.append(html)
    raise nodes.SkipNode


def _citation(builder: StandaloneHTMLBuilder, post: Post) -> str:
    config = builder.config
    meta = post.meta
    base = config.html_baseurl and config.html_baseurl.rstrip("/") + "/"
    url = base and urljoin(base, builder.get_target_uri(post.docname))
    key = post.docname.rpartition("/")[2]
    names = [author_name(config, name) for name in meta.authors]
    return bibtex(key, names, meta.title, meta.date, config.project, url)


def _edit_url(builder: StandaloneHTMLBuilder, docname: str) -> str:
    path = FormularyDomain.of(builder.env).facts[docname].path
    return options(builder.config).edit_url.replace("{path}", quote(path))


def add_metadata(
    app: Sphinx, pagename: str, name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``<meta>`` and ``<link>`` of articles and of listings."""
    domain = FormularyDomain.of(app.env)
    post = domain.site.post(pagename)
    tags = _post_tags(post, context.get("pageurl")) if post else []
    if facts := domain.facts.get(pagename):
        context["title"] = escape(plain_text(facts.title, domain.site.math))
    if not (post and post.meta.description):
        tags += _description(app, context, doctree)
    if app.config.blog_baseurl:
        tags.append(_feed_link(app, pagename))
    links = _pager_links(app, pagename)
    if links:
        # The neighbours of a page of a listing are pages of the listing, not of a toctree.
        context["prev"] = context["next"] = None
    tags += [f'<link rel="{rel}" href="{escape(uri)}" />' for rel, uri in links]
    context["metatags"] = context.get("metatags", "") + "\n".join(tags)


def _post_tags(post: Post, url: str | None) -> list[str]:
    meta = post.meta
    properties = {
        "og:type": "article",
        "og:title": post.plain_title,
        "og:description": meta.description,
        "og:url": url,
        "article:published_time": meta.date and meta.date.isoformat(),
        "article:modified_time": meta.updated and meta.updated.isoformat(),
        "article:section": meta.category,
    }
    tags = [
        f'<meta property="{key}" content="{escape(value)}" />'
        for key, value in properties.items()
        if value
    ]
    tags += [f'<meta property="article:tag" content="{escape(tag)}" />' for tag in meta.tags]
    if meta.description:
        tags.append(f'<meta name="description" content="{escape(meta.description)}" />')
    return tags


def _description(
    app: Sphinx, context: dict[str, Any], doctree: nodes.document | None
) -> Iterable[str]:
    """What a page says of itself where its author does not: its first paragraph, else its name."""
    if 'name="description"' not in context.get("metatags", ""):
        section = next(doctree.findall(nodes.section), ()) if doctree else ()
        first = next((node.astext() for node in section if isinstance(node, nodes.paragraph)), "")
        names = (unescape(context.get("title", "")), app.config.html_title)
        name = " — ".join(filter(None, names))
        said = shorten(first or name, 160, placeholder="…")
        yield f'<meta name="description" content="{escape(said)}" />'


def _feed_link(app: Sphinx, pagename: str) -> str:
    uri = relative_uri(app.builder.get_target_uri(pagename), feed_path(app.config))
    title = escape(app.config.blog_title)
    kind = "application/atom+xml"
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{uri}" />'


def _pager_links(app: Sphinx, pagename: str) -> list[tuple[str, str]]:
    first, number, total = FormularyDomain.of(app.env).site.pages.get(pagename, (pagename, 1, 1))
    neighbours = {"prev": number - 1, "next": number + 1}
    return [
        (rel, app.builder.get_relative_uri(pagename, page_path(first, page)))
        for rel, page in neighbours.items()
        if 1 <= page <= total
    ]


def setup_article(app: Sphinx) -> None:
    """Register the nodes and connect WRITE."""
    app.add_node(ArticleHead, html=(visit_head, None))
    app.add_node(ArticleFoot, html=(visit_foot, None))
    app.connect("doctree-resolved", add_head_and_foot)
    # After ablog (500), which sets the page's URL.
    app.connect("html-page-context", add_metadata, priority=600)
