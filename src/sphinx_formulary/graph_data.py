"""FINISH: the graph of articles as data, for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from .article_graph import DATA, ArticleGraph, article_graph, chart
from .builder import PageBuilder
from .domain import FormularyDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_graph(app: Sphinx, exception: Exception | None) -> None:
    """Write ``graph.json`` beside the page, if it has changed."""
    builder = app.builder
    if exception is None and isinstance(builder, PageBuilder) and builder.makes_graph:
        path = Path(app.outdir, DATA)
        text = _json(builder, article_graph(FormularyDomain.of(app.env).site))
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _json(builder: PageBuilder, graph: ArticleGraph) -> str:
    drawn = chart(graph, builder.d3.layout(graph))
    names = [node.post.docname for node in graph.nodes]
    nodes = [
        {
            "docname": node.post.docname,
            "url": builder.get_target_uri(node.post.docname),
            "title": node.post.plain_title,
            "name": node.name,
            "category": node.post.meta.category,
            "tags": node.post.meta.tags,
            "date": node.post.meta.date and node.post.meta.date.isoformat(),
            "x": x,
            "y": y,
        }
        for node, (x, y) in zip(graph.nodes, drawn.places, strict=True)
    ]
    links = [
        {"source": names[source], "target": names[target], "count": count}
        for source, target, count in graph.links
    ]
    data = {"width": drawn.width, "height": drawn.height, "nodes": nodes, "links": links}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def setup_graph_data(app: Sphinx) -> None:
    """Connect FINISH."""
    app.connect("build-finished", write_graph)
