"""From nodes to HTML inside a translator, and from our templates."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.i18n import format_date

from .config import author_name
from .domain import FormularyDomain
from .locale import _

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


def template(translator: HTML5Translator, name: str, **context: Any) -> str:
    """One of our templates (``formulary/<name>``), which a site may override.

    Every template has ``site``, ``title(post)``, ``link(page)``, ``path(kind, name)``,
    ``date(moment)``, ``author(label)`` and ``_``.
    """
    builder: StandaloneHTMLBuilder = translator.builder
    place = builder.current_docname
    config = builder.config
    site = FormularyDomain.of(builder.env).site

    def date(moment: datetime, pattern: str = config.post_date_format) -> str:
        return format_date(pattern, date=moment, language=config.language)

    html: str = builder.templates.render(
        f"formulary/{name}",
        {
            "site": site,
            "title": lambda post: fragment(translator, nodes.inline("", "", *post.title)),
            "link": lambda page: builder.get_relative_uri(place, page) or "#",
            "path": lambda kind, label: site.views[kind, label].path,
            "date": date,
            "author": lambda label: author_name(config, label),
            "_": _,
            **context,
        },
    )
    return html
