"""LaTeX gets the same macros, and its formulas the numbers and targets that pages have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.math import wrap_displaymath

from .config import options
from .macros import definitions

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.latex import LaTeXTranslator


def add_macros(app: Sphinx, config: Config) -> None:
    """Define the macros in the preamble, before what the site itself says there."""
    preamble = [definitions(options(config).macros), config.latex_elements.get("preamble", "")]
    config.latex_elements = {**config.latex_elements, "preamble": "\n".join(preamble)}


def visit_math_block(self: LaTeXTranslator, node: nodes.math_block) -> None:
    """A display formula with the number of its page: LaTeX would count through all documents.

    Its targets stand before it.
    """
    tex = node.astext()
    shown = tex if node.get("nowrap") else wrap_displaymath(tex, None, False)
    if number := node.get("number"):
        before, end, after = shown.rpartition(r"\end{")
        shown = f"{before}\\tag{{{number}}}{end}{after}"
    self.body.append(shown)
    raise nodes.SkipNode


def setup_latex(app: Sphinx) -> None:
    """Register the visitor and connect the preamble."""
    app.add_node(nodes.math_block, override=True, latex=(visit_math_block, None))
    app.connect("config-inited", add_macros)
