"""The nodes of the engine: places where WRITE puts what JOIN knows."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from .model import TexSource


class ExcerptSource(nodes.General, nodes.Element):
    """The front matter's ``excerpt``, parsed in its place; READ takes it out again."""


class SymbolTable(nodes.General, nodes.Element):
    """The front matter's ``symbols``: a rubric and a definition list."""


class PostList(nodes.General, nodes.Element):
    """A ``postlist``: a query, and how to show what it finds."""


class PostCard(nodes.General, nodes.Element):
    """One post in a listing; its children are the excerpt."""


class Pager(nodes.General, nodes.Element):
    """Previous, numbers, next."""


class FormulaIndex(nodes.General, nodes.Element):
    """A list of labelled formulas: a query."""


class FormulaSheet(nodes.General, nodes.Element):
    """Labelled formulas, written out."""


class GraphView(nodes.General, nodes.Element):
    """The graph of articles, and the list beside it."""


class SearchView(nodes.General, nodes.Element):
    """The field of the search, its filters, and the place of its results."""


class NotationSheet(nodes.General, nodes.Element):
    """A page of the symbols of all posts."""


class ArticleHead(nodes.General, nodes.Element):
    """Date, category, tags, authors and reading time below the title of a post."""


class ArticleFoot(nodes.General, nodes.Element):
    """What follows a post: its neighbours in time or in its series."""


def formulas(tree: nodes.Node) -> Iterator[nodes.Element]:
    """Every formula below *tree*, inline or displayed."""
    for node in tree.findall(nodes.Element):
        if isinstance(node, (nodes.math, nodes.math_block)):
            yield node


def tex_source(node: nodes.Element) -> TexSource:
    """The formula of a node as KaTeX takes it."""
    return node.get("katex") or node.astext(), isinstance(node, nodes.math_block)
