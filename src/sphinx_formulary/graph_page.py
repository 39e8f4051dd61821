"""PAGES: the graph of articles, as a picture and as a list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from .article_graph import DATA, GRAPH, ArticleGraph, article_graph, chart, rays
from .builder import PageBuilder
from .digests import digest
from .domain import FormularyDomain
from .drawing import mark
from .graph_layout import BROWSER
from .locale import _
from .made import Made, context
from .model import Site
from .nodes import GraphView
from .render import template

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def graph_pages(app: Sphinx, builder: PageBuilder) -> Iterator[Made]:
    """The page, if there are articles."""
    site = FormularyDomain.of(app.env).site
    if builder.makes_graph:
        title = _("Graph")
        key = digest(site.shared, title, builder.d3.versions, _shown(article_graph(site)))
        yield Made(GRAPH, key, partial(context, builder, GRAPH, title, _body))


def _body() -> list[nodes.Node]:
    return [GraphView()]


def _shown(graph: ArticleGraph) -> object:
    return graph.categories, [
        (node.post.docname, node.post.meta.title, node.name, node.category, node.to)
        for node in graph.nodes
    ]


def visit_graph(self: HTML5Translator, node: GraphView) -> None:
    """By the template ``formulary/graph.html``."""
    builder = self.builder
    assert isinstance(builder, PageBuilder)
    site = FormularyDomain.of(builder.env).site
    graph = article_graph(site)
    drawn = chart(graph, builder.d3.layout(graph))
    shown = {
        "graph": graph,
        "chart": drawn,
        "rays": rays(graph, drawn),
        "mark": mark,
        "look": partial(_look, site, graph),
        "data": relative_uri(builder.get_target_uri(GRAPH), DATA),
    }
    self.body.append(template(self, "graph.html", **shown))
    raise nodes.SkipNode


def _look(site: Site, graph: ArticleGraph, category: int) -> str:
    view = site.views.get(("category", graph.categories[category]))
    return f"category-colour-{view.colour}" if view else ""


def load_scripts(
    app: Sphinx, pagename: str, name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load D3, our script and our styles, on this page only."""
    if pagename == GRAPH and doctree is None:
        app.add_css_file("formulary/graph.css")
        for package in BROWSER:
            app.add_js_file(f"formulary/d3/{package}.min.js", loading_method="defer")
        app.add_js_file("formulary/graph.js", loading_method="defer")


def setup_graph_page(app: Sphinx) -> None:
    """Register the node and connect WRITE."""
    app.add_node(GraphView, html=(visit_graph, None))
    app.connect("html-page-context", load_scripts)
