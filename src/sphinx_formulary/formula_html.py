"""WRITE: formulas in HTML, looked up among what JOIN has rendered."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _ as sphinx_text

from .builder import PageBuilder
from .domain import FormularyDomain
from .formulas import anchor, reference_parts
from .line_ends import KEPT, breakable, keep_punctuation
from .locale import _
from .measures import FILE, FONTS
from .model import Formula, Math
from .nodes import tex_source
from .render import template

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


_QUOTED = 30  # uses of a formula that are shown with their sentence

_PRELOAD = """<script>
if (location.protocol !== "file:") for (const href of %s) document.head.append(Object.assign(
  document.createElement("link"), { rel: "preload", as: "font", crossOrigin: "", href }));
</script>
"""


def _math(translator: HTML5Translator, node: nodes.Element) -> Math:
    return FormularyDomain.of(translator.builder.env).site.math[tex_source(node)]


def _rendered(translator: HTML5Translator, node: nodes.Element) -> str:
    math = _math(translator, node)
    return math.html if _is_styled(translator) else math.mathml


def _is_styled(translator: HTML5Translator) -> bool:
    # Only our own builders bring KaTeX's stylesheet; without it MathML alone can be read.
    return isinstance(translator.builder, PageBuilder)


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """An inline formula."""
    tag = self.starttag(node, "span", "", CLASS="math notranslate")
    html = _rendered(self, node)
    if KEPT in node.parent.get("classes", ()):
        html = breakable(html)
    self.body.append(f"{tag}{html}</span>")
    raise nodes.SkipNode


def prepare(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep punctuation beside formulas."""
    if isinstance(app.builder, PageBuilder):
        keep_punctuation(doctree)


def keep_old_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let links to labels of the past arrive: at the formula, or at a word on where it is now."""
    if not doctree["source"]:
        return  # an excerpt
    site = FormularyDomain.of(app.env).site
    blocks = {id: node for node in doctree.findall(nodes.math_block) for id in node["ids"]}
    for old, formula in site.moved.get(docname, {}).items():
        block = blocks.get(anchor(formula.label)) if formula.docname == docname else None
        if block is not None:
            place = block.parent.index(block)
            block.parent.insert(place, nodes.target("", "", ids=[anchor(old)]))
        elif isinstance(app.builder, PageBuilder):
            doctree += _notice(app, docname, old, formula)


def _notice(app: Sphinx, docname: str, old: str, formula: Formula) -> nodes.paragraph:
    site = FormularyDomain.of(app.env).site
    name = "".join(text for text, _formula in reference_parts(site, [formula.label], docname))
    uri = app.builder.get_relative_uri(docname, formula.docname)
    link = nodes.reference("", name, refuri=f"{uri}#{anchor(formula.label)}", internal=True)
    words = nodes.Text(_("The formula %s is now here: ") % old)
    return nodes.paragraph("", "", words, link, ids=[anchor(old)], classes=["formula-moved"])


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """A display formula, with its number and a link to itself where it has a label."""
    shown = node.copy()
    # KaTeX puts the ids of rows at their numbers.
    numbered = node.get("rows") and _is_styled(self) and not _math(self, node).error
    if numbered or node.parent["ids"] == node["ids"]:  # a theme has wrapped it, ids and all
        shown["ids"] = []
    self.body.append(self.starttag(shown, "div", CLASS="math notranslate"))
    if node.get("number"):
        self.body.append(f'<span class="eqno">({node["number"]})')
        self.add_permalink_ref(node, sphinx_text("Link to this equation"))
        self.body.append("</span>")
    self.body.append(f"{_rendered(self, node)}</div>\n")
    if _is_styled(self):
        self.body.append(_foot(self, node))
    raise nodes.SkipNode


def _foot(translator: HTML5Translator, node: nodes.math_block) -> str:
    """Where a labelled formula is used, and ways to copy it; its rows count as one."""
    site = FormularyDomain.of(translator.builder.env).site
    rows: list[tuple[str, int, int]] = node.get("rows", [])
    labels = [node["label"]] if node.get("label") else [label for label, _, _ in rows]
    if not labels:
        return ""
    found = (use for label in labels for use in site.uses.get(label, ()))
    places = list(dict.fromkeys(found))
    ids = [anchor(label) for label in labels]
    # The others are named by article and section.
    quoted, others = places[:_QUOTED], {(use.docname, use.heading): use for use in places[_QUOTED:]}
    context = {"labels": labels, "ids": ids, "count": len(places)}
    return template(
        translator, "formula-foot.html", quoted=quoted, others=others.values(), **context
    )


def add_fonts(
    app: Sphinx, pagename: str, name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let a page with formulas load the fonts that they need before its stylesheets are read.

    With KaTeX's ``font-display: block`` no formula is shown in a font that has not its measures;
    loaded so early, the fonts are mostly there when the page is first painted, and where they are
    not, their measures are (``measures.py``). Browsers refuse a preload to pages that are opened
    as files, and say so: there nothing is asked for.
    """
    body = context.get("body", "")
    if isinstance(app.builder, PageBuilder) and 'class="katex' in body:
        paths = [
            context["pathto"](f"_static/formulary/katex/fonts/KaTeX_{font}.woff2", 1)
            for font, use in FONTS.items()
            if re.search(use, body)
        ]
        context["metatags"] = context.get("metatags", "") + _PRELOAD % json.dumps(paths)
        app.add_js_file(f"formulary/katex/{FILE}")


def setup_formula_html(app: Sphinx) -> None:
    """Register as Sphinx's math renderer."""
    app.add_html_math_renderer(
        "formulary",
        inline_renderers=(visit_math, None),
        block_renderers=(visit_math_block, None),
    )
    app.connect("doctree-resolved", prepare)
    app.connect("doctree-resolved", keep_old_links)
    app.connect("html-page-context", add_fonts)
