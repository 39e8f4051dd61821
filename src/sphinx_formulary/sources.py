"""The files that decide which HTML a build can write: templates, scripts and Python modules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING

import docutils
import pygments
import sphinx

from .vocabulary import SUFFIXES

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

# Scripts that no page loads; Sphinx's search, which our builders do not have; writers of other
# formats; tests.
_LEFT_OUT = {"fontawesome.js", "bootstrap.js", "assets", "locale", "tests"}
_LEFT_OUT |= {"search", "search.html", "searchbox.html", "searchfield.html", "searchtools.js"}
_LEFT_OUT |= {"search-field.html", "search-button-field.html", "sphinx_highlight.js", "doctools.js"}
_LEFT_OUT |= {"latex2e", "xetex", "odf_odt", "html4css1", "pep_html", "s5_html", "latex.py"}
_THEMES = {"theme", "themes"}  # in packages; those that the site uses are named one by one


def sources(builder: StandaloneHTMLBuilder, themes: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The suffix and text of each file, in one order for one site."""
    found = {
        *_files(_packages(builder), _LEFT_OUT | _THEMES),
        # The theme's stylesheets are what the others decide about.
        *(path for path in _files(themes, _LEFT_OUT) if path.suffix != ".css"),
        *_files(_site(builder), set()),
    }
    for path in sorted(found):
        yield path.suffix, path.read_text(encoding="utf-8", errors="replace")


def _packages(builder: StandaloneHTMLBuilder) -> Iterator[Path]:
    """What writes HTML: Sphinx, docutils, Pygments and every extension."""
    modules = [docutils, sphinx]
    modules += [extension.module for extension in builder._app.extensions.values()]
    for module in modules:
        if module.__file__:
            file = Path(module.__file__)
            yield file.parent if file.name == "__init__.py" else file
    highlighter = Path(pygments.__file__).parent
    yield from (highlighter / "token.py", highlighter / "formatters" / "html.py")


def _site(builder: StandaloneHTMLBuilder) -> Iterator[Path]:
    confdir, config = Path(builder.confdir), builder.config
    yield confdir / "conf.py"
    for folder in (*config.templates_path, *config.html_static_path):
        if not Path(folder).is_absolute():  # else it is an extension's
            yield confdir / folder


def _files(roots: Iterable[Path], left_out: Set[str]) -> Iterator[Path]:
    for root in roots:
        for path in root.rglob("*") if root.is_dir() else [root]:
            if path.suffix in SUFFIXES and left_out.isdisjoint(path.relative_to(root).parts):
                yield path
