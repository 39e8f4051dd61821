"""WRITE: the table of an article's symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .builder import PageBuilder
from .nodes import SymbolTable
from .render import fragment, template

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def visit_table(self: HTML5Translator, node: SymbolTable) -> None:
    """By the template ``formulary/article-symbols.html`` on our pages."""
    if isinstance(self.builder, PageBuilder):
        _rubric, symbols = node.children
        table = fragment(self, nodes.container("", symbols))
        shown = {"count": len(symbols.children), "table": table}
        self.body.append(template(self, "article-symbols.html", **shown))
        raise nodes.SkipNode


def _show_children(self: nodes.NodeVisitor, node: SymbolTable) -> None:
    """Other formats show the rubric and the list."""


def setup_symbols(app: Sphinx) -> None:
    """Register the node."""
    plain = (_show_children, _show_children)
    app.add_node(
        SymbolTable,
        html=(visit_table, _show_children),
        latex=plain,
        text=plain,
        man=plain,
        texinfo=plain,
    )
