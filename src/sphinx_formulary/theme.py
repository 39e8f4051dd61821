"""What a page loads with the pydata theme and the themes made from it. Other themes load their own.

A small script of ours does what the theme asks of Bootstrap: menus, tooltips, the way to the top.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.jinja2glue import SphinxFileSystemLoader

from .slim import THEME, Slim
from .warnings import Kind, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx

OVERRIDES = Path(__file__).with_name("overrides")
STYLES = ("basic.css", "styles/pydata-sphinx-theme.css", "formulary/theme.css")
SCRIPTS = ("formulary/theme.js", "scripts/pydata-sphinx-theme.js")
# Sphinx's, for its search and for going to the next page by keys.
UNUSED = {"_static/doctools.js", "_static/sphinx_highlight.js", "_static/translations.js"}
# What no script needs before the page is there; as they come, the first paint waits for them.
LATER = {"_static/scripts/sphinx-book-theme.js"}


def _slim(app: Sphinx) -> Slim | None:
    return getattr(app.builder, "slim", None)


def put_templates_first(app: Sphinx) -> None:
    """Put our templates behind the site's own, and before the theme's."""
    if slim := _slim(app):
        templates: Any = app.builder.templates
        place = next(
            index
            for index, loader in enumerate(templates.loaders)
            if any(Path(path).is_relative_to(folder) for path in loader.searchpath
                   for folder in slim.folders)
        )  # fmt: skip
        templates.loaders.insert(place, SphinxFileSystemLoader(OVERRIDES))
        templates.templatepathlen = place  # "!layout.html" is ours


def take_over_pygments(app: Sphinx) -> None:
    """Let the theme not write ``pygments.css`` at the end of the build.

    We have it written before the pages, whose ``?v=`` is then that of the file that readers get.
    """
    if _slim(app):
        for listener in list(app.events.listeners["build-finished"]):
            if listener.handler.__module__ == f"{THEME}.pygments":
                app.disconnect(listener.id)


def choose_files(
    app: Sphinx, pagename: str, name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load what a page of the theme needs, and nothing else."""
    if slim := _slim(app):
        layouts = (folder for folder in slim.folders if (folder / "layout.html").is_file())
        context["formulary_layout"] = f"{next(layouts).name}/layout.html"
        for style in STYLES:
            app.add_css_file(style, priority=100)
        for script in SCRIPTS:
            app.add_js_file(script, loading_method="defer")
        if str(context.get("theme_navigation_with_keys")).lower() != "true":
            context["script_files"] = [
                _deferred(script) if str(script.filename).partition("?")[0] in LATER else script
                for script in context["script_files"]
                if str(script.filename) not in UNUSED
            ]


def _deferred(script: Any) -> Any:
    attributes = {**script.attributes, "defer": "defer"}
    return type(script)(script.filename, priority=script.priority, **attributes)


def check_classes(
    app: Sphinx, pagename: str, name: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say which classes of a document have lost their rules."""
    slim = _slim(app)
    if slim and doctree is not None:
        for element in doctree.findall(nodes.Element):
            for lost in sorted(slim.removed.intersection(_written_classes(element))):
                warn(
                    Kind.CLASS,
                    f"the class {lost!r} has lost its rules: no template or directive names it; "
                    f"to have them in the site's CSS, add '^{lost}$' to 'formulary_css_keep' in "
                    "conf.py",
                    (pagename, element.line),
                )


def _written_classes(element: nodes.Element) -> list[str]:
    if isinstance(element, nodes.raw):
        values = re.findall(r"""\bclass\s*=\s*["']([^"']*)""", element.astext())
        return " ".join(values).split()
    return list(element["classes"])


def setup_theme(app: Sphinx) -> None:
    """Connect to the builder."""
    # After ablog's templates have been put in their place (600).
    app.connect("builder-inited", put_templates_first, priority=700)
    app.connect("builder-inited", take_over_pygments)
    # After the theme has added its files (500).
    app.connect("html-page-context", choose_files, priority=900)
    app.connect("html-page-context", check_classes, priority=900)
