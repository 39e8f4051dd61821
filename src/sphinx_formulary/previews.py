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

if TYPE_CHECKING:
    from .builder import PageBuilder
    from .model import Caption, Formula, Post

Preview = dict[str, str]


def preview_path(uri: str) -> str:
    """The script for the page at *uri*, below the output folder; ``previews.js`` finds it so."""
    return f"_previews/{unquote(uri).removesuffix('.html').rstrip('/') or 'index'}.js"


def preview_script(builder: PageBuilder, docname: str, doctree: nodes.document) -> str:
    """The document itself, and by its id each formula and figure that can be referred to."""
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
    found = (node for node in doctree.findall(nodes.Element) if caption.id in node["ids"])
    node = next(found, None)
    return {
        "title": escape(caption_text(site, caption.name, "")),
        "html": _rendered(builder, [node] if node is not None else [], docname),
    }


def _rendered(builder: PageBuilder, content: list[nodes.Node], docname: str) -> str:
    tree = new_document("")
    tree += [node.deepcopy() for node in content]
    for link in list(tree.findall(nodes.reference)):
        link.replace_self(nodes.inline("", "", *link.children))
    return builder.render(tree, docname)
