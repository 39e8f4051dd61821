"""WRITE: what a reference shows before it is followed, in one script for each document.

A script, and not JSON, since browsers let no page that was opened as a file read another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docutils import nodes
from sphinx.util.docutils import new_document
from sphinx.util.i18n import format_date

from .cards import excerpt_of
from .domain import FormularyDomain
from .formulas import anchor, caption_text, reference_parts
from .plain import plain_text

if TYPE_CHECKING:
    from .builder import PageBuilder
    from .model import Caption, Formula, Post

Preview = dict[str, str]


def preview_path(uri: str) -> str:
    """The script for the page at *uri*, below the output folder; ``previews.js`` finds it so."""
    return f"_previews/{unquote(uri).removesuffix('.html').rstrip('/') or 'index'}.js"


def preview_script(builder: PageBuilder, docname: str, doctree: nodes.document) -> str:
    """The document itself, and by its id each formula, figure and term that is referred to."""
    uri = unquote(builder.get_target_uri(docname))
    shown = json.dumps(dict(_previews(builder, docname, doctree)), ensure_ascii=False)
    return f"formularyPreview({json.dumps(uri, ensure_ascii=False)}, {shown});\n"


def _previews(
    builder: PageBuilder, docname: str, doctree: nodes.document
) -> Iterator[tuple[str, Preview]]:
    domain = FormularyDomain.of(builder.env)
    site, facts = domain.site, domain.facts[docname]
    post = site.post(docname)
    yield "", _of_post(builder, post) if post else {"title": escape(site.titles[docname])}
    for equation in facts.equations:
        if formula := site.formulas.get(equation.label):
            yield anchor(equation.label), _of_formula(builder, formula)
    for caption in facts.captions:
        yield caption.id, _of_caption(builder, caption, docname, doctree)
    for term in facts.terms:
        if (node := _by_id(doctree, term.id)) is not None:
            yield term.id, _of_term(builder, node, docname)


def _of_post(builder: PageBuilder, post: Post) -> Preview:
    config = builder.config
    date = post.meta.date
    return {
        "title": escape(post.plain_title),
        "date": format_date(config.post_date_format, date=date, language=config.language)
        if date
        else "",
        "html": _rendered(builder, excerpt_of(builder._app, post), post.docname),
    }


def _of_formula(builder: PageBuilder, formula: Formula) -> Preview:
    site = FormularyDomain.of(builder.env).site
    name = "".join(text for text, _ in reference_parts(site, [formula.label], ""))
    return {"title": escape(name), "html": site.math[formula.tex].html}


def _of_caption(
    builder: PageBuilder, caption: Caption, docname: str, doctree: nodes.document
) -> Preview:
    site = FormularyDomain.of(builder.env).site
    node = _by_id(doctree, caption.id)
    return {
        "title": escape(caption_text(site, caption.name, "")),
        "html": _rendered(builder, [node] if node is not None else [], docname),
    }


def _of_term(builder: PageBuilder, term: nodes.Element, docname: str) -> Preview:
    """All names of what is defined, and the definition."""
    math = FormularyDomain.of(builder.env).site.math
    item = term.parent
    names = [plain_text(name.children, math) for name in item if isinstance(name, nodes.term)]
    content = [part for node in item if isinstance(node, nodes.definition) for part in node]
    return {"title": escape(" / ".join(names)), "html": _rendered(builder, content, docname)}


def _by_id(doctree: nodes.document, id: str) -> nodes.Element | None:
    return next((node for node in doctree.findall(nodes.Element) if id in node["ids"]), None)


def _rendered(builder: PageBuilder, content: list[nodes.Node], docname: str) -> str:
    tree = new_document("")
    tree += [node.deepcopy() for node in content]
    for link in list(tree.findall(nodes.reference)):
        link.replace_self(nodes.inline("", "", *link.children))
    return builder.render(tree, docname)
