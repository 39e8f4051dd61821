"""From nodes to HTML inside a translator, and from our templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.i18n import format_date

from .config import author_name
from .domain import FormularyDomain
from .formulas import mention_text
from .line_ends import KEPT, breakable, closing
from .locale import _
from .model import Mention, Part, Site

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.writers.html5 import HTML5Translator


def fragment(translator: HTML5Translator, node: nodes.Node) -> str:
    """The HTML of the children of *node*."""
    outer, translator.body = translator.body, []
    for child in node.children:
        child.walkabout(translator)
    inner, translator.body = translator.body, outer
    return "".join(inner)


def text(site: Site, parts: Iterable[Part], place: str) -> str:
    """The HTML of kept inline content on the page *place*."""
    html, kept = [], ""
    row = list(parts)
    for part, after in zip(row, [*row[1:], ""], strict=True):
        shown = _part(site, part[len(kept) :] if isinstance(part, str) else part, place)
        formula = not isinstance(part, (str, Mention))
        kept = closing(after) if formula and isinstance(after, str) else ""
        html.append(f'<span class="{KEPT}">{breakable(shown)}{kept}</span>' if kept else shown)
    return "".join(html)


def _part(site: Site, part: Part, place: str) -> str:
    if isinstance(part, str):
        return escape(part)
    if isinstance(part, Mention) and part.kind == "term":
        return escape(part.text)  # a word of the sentence
    if isinstance(part, Mention):
        return f'<span class="mention">{escape(mention_text(site, part, place))}</span>'
    return f'<span class="math notranslate">{site.math[part].html}</span>'


def template(translator: HTML5Translator, name: str, **context: Any) -> str:
    """One of our templates (``formulary/<name>``), which a site may override.

    Every template has ``site``, ``title(post)``, ``text(parts)``, ``link(page)``,
    ``address(page, id)``, ``path(kind, name)``, ``date(moment)``, ``author(label)`` and ``_``.
    """
    builder: StandaloneHTMLBuilder = translator.builder
    place = builder.current_docname
    config = builder.config
    site = FormularyDomain.of(builder.env).site

    def address(page: str, anchor: str = "") -> str:
        uri = builder.get_relative_uri(place, page) if page != place else ""
        return f"{uri}#{anchor}" if anchor else uri or "#"

    def date(moment: datetime, pattern: str = config.post_date_format) -> str:
        return format_date(pattern, date=moment, language=config.language)

    html: str = builder.templates.render(
        f"formulary/{name}",
        {
            "site": site,
            "title": lambda post: fragment(translator, nodes.inline("", "", *post.title)),
            "text": lambda parts: text(site, parts, place),
            "address": address,
            "link": lambda page: builder.get_relative_uri(place, page) or "#",
            "path": lambda kind, label: site.views[kind, label].path,
            "date": date,
            "author": lambda label: author_name(config, label),
            "_": _,
            **context,
        },
    )
    return html
