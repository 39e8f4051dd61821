"""The engine's own templates, styles and sidebar."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.jinja2glue import BuiltinTemplateLoader, SphinxFileSystemLoader

from .article_graph import GRAPH
from .cache import Cache
from .domain import FormularyDomain
from .formula_index import INDEX
from .graph_layout import D3
from .katex import Katex
from .locale import _
from .measures import FILE, measures, with_measures
from .model import Site, View
from .notation import NOTATION

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

HERE = Path(__file__).parent
STATIC = HERE / "static"
# Formats of KaTeX's fonts for browsers of the past; they are not copied.
_OTHER_FONTS = re.compile(r',url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)')
SCRIPTS = (
    "copy-tex.js", "copy.js", "overflow.js", "previews.js", "search-box.js", "zoom.js",
)  # fmt: skip
STYLES = ("katex/katex.min.css", "formulary.css")
# What only some pages need, and how these are known.
LISTS = re.compile(
    r'class="[^"]*\b(?:post-(?:card|none)|postlist|pagination|view-(?:list|posts)|formula-(?:index|sheet)|notation)'
)


def script_words(search: str) -> dict[str, dict[str, str]]:
    """What scripts say, in the site's language, as attributes of their elements.

    *search* is the address of the page of the search.
    """
    return {
        "copy.js": {"data-copy": _("Copy"), "data-copied": _("Copied")},
        "search-box.js": {
            "data-page": search,
            "data-search": _("Search"),
            "data-hint": _("Words, a name, or TeX"),
            "data-all": _("All results"),
            "data-close": _("Close"),
            "data-articles": _("Articles"),
            "data-formulas": _("Formulas"),
            "data-more": _("More"),
            "data-found": _("Found: articles %d, formulas %d"),
            "data-nothing": _("Nothing found. Fewer or other words may help."),
            "data-missing": _("The index of the search is missing here."),
            "data-missing-file": _(
                "The index of the search cannot be read: it is missing, or the browser forbids "
                "pages that were opened as files to load it."
            ),
            "data-broken": _("A part of the index could not be read. Reloading the page may help."),
        },
        "zoom.js": {"data-close": _("Close"), "data-enlarge": _("Enlarge: ")},
    }


def add_templates(app: Sphinx) -> None:
    """Put our templates behind the site's own and the theme's, which may override them."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        templates = app.builder.templates
        assert isinstance(templates, BuiltinTemplateLoader)
        templates.loaders.append(SphinxFileSystemLoader(HERE / "templates"))


def copy_static(target: Path, katex: Katex, d3: D3, cache: Cache) -> None:
    """Our static files, D3's scripts, KaTeX's CSS, and of its fonts those that browsers load."""
    shutil.copytree(STATIC, target, dirs_exist_ok=True)
    fonts = target / "katex" / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    css = _OTHER_FONTS.sub("", katex.css.read_text(encoding="utf-8"))
    (target / "katex" / "katex.min.css").write_text(with_measures(css), encoding="utf-8")
    words = measures(css, katex.folder / "dist" / "fonts", cache)
    (target / "katex" / FILE).write_text(words, encoding="utf-8")
    for font in sorted((katex.folder / "dist" / "fonts").glob("*.woff2")):
        shutil.copyfile(font, fonts / font.name)
    (target / "d3").mkdir(exist_ok=True)
    for script in d3.scripts():
        shutil.copyfile(script, target / "d3" / script.name)
    shutil.copyfile(d3.folder / "d3-zoom" / "LICENSE", target / "d3" / "LICENSE")


def add_context(
    app: Sphinx, pagename: str, name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give templates the categories, lists their styles, and filters their script.

    No counts: an article's page depends on no other article.
    """
    site = FormularyDomain.of(app.env).site
    context["formulary_categories"] = categories(site.views.values())
    context["formulary_blog_path"] = app.config.blog_path
    context["formulary_overviews"] = site_overviews(site)
    context["formulary_text"] = _
    body = context.get("body", "")
    if LISTS.search(body):
        app.add_css_file("formulary/listing.css", priority=300)
    if 'class="formula-filter' in body:
        app.add_js_file("formulary/formula-filter.js", defer="defer")


def site_overviews(site: Site) -> list[tuple[str, str]]:
    """The pages that show something of the whole site, with their names."""
    pages = [
        (INDEX, _("Formulas"), site.formulas),
        (GRAPH, _("Graph"), site.posts),
        (NOTATION, _("Notation"), site.notation),
    ]
    return [(page, name) for page, name, shown in pages if shown]


def categories(views: Any) -> list[View]:
    """The views of categories, by name."""
    return [view for view in views if view.kind == "category"]


def setup_assets(app: Sphinx) -> None:
    """Register them."""
    app.connect("builder-inited", add_templates)
    app.connect("html-page-context", add_context)
