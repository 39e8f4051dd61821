"""The files of the pydata theme, and of themes made from it, without what no page can use.

The theme brings 1.6 MB of icons as a script, Bootstrap's scripts, and CSS for all that Bootstrap
can do. Here its icons are its own fonts, cut down (``fonts.py``), and its CSS has the rules that
pages can use (``stylesheets.py``, ``vocabulary.py``). What pages load is chosen in ``theme.py``.
Other themes are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from . import fonts, stylesheets
from .cache import Cache, fingerprint
from .config import options
from .highlighting import both
from .sources import sources
from .stylesheets import Sheet
from .vocabulary import classes, names, vocabulary

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

THEME = "pydata_sphinx_theme"
ICONS = "vendor/fontawesome/webfonts"
_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
# The theme's script measures one block after the other whether it scrolls, and marks it: each time
# the whole page is laid out anew, what is far below included. overflow.js watches them instead.
_MEASURES = re.compile(
    r"""["']complete["']===document\.readyState\?(\w+)\(\):window\.addEventListener\(["']load["'],\1\)"""
)
# Icons and Bootstrap as scripts, and source maps that fit no longer.
UNUSED_FILES = ("scripts/fontawesome.js*", "scripts/bootstrap.js*", "*/*.map")


class Slim:
    """The parts of one build's theme that its pages use."""

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        config = options(builder.config)
        self.builder = builder
        self.keep = config.css_keep
        self.packages = Path(builder.confdir, config.node_modules)
        self.cache = Cache(Path(builder.confdir, config.cache, "css"))
        self.version = stylesheets.tools(self.packages)
        self.folders = [Path(folder) for folder in builder.theme.get_theme_dirs()]

    @cached_property
    def original(self) -> str:
        """All CSS of the theme and those that it is made from, templates of CSS included."""
        found = (path for folder in self.folders for path in sorted(folder.rglob("*.css*")))
        return "\n".join(path.read_text("utf-8") for path in found if path.suffix != ".map")

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the theme's CSS that pages can come to contain."""
        wanted = names(self.original)
        texts = list(sources(self.builder, self.folders))
        key = fingerprint(self.original, *(part for source in texts for part in source))
        words = self.cache.get(
            f"{key}.words", lambda: " ".join(sorted(vocabulary(texts, wanted))).encode()
        )
        return frozenset(words.decode().split())

    @cached_property
    def digest(self) -> str:
        """What the stylesheets depend on besides files that pages depend on anyway."""
        return fingerprint(self.version, *sorted(self.names), *self.keep)

    @cached_property
    def removed(self) -> frozenset[str]:
        """The classes whose rules are taken out."""
        kept = re.compile("|".join(self.keep) or r"(?!)")
        return frozenset(
            name for name in classes(self.original) - self.names if not kept.search(name)
        )

    def shrink(self, static: Path) -> None:
        """Replace the theme's files in the output's ``_static``."""
        from pydata_sphinx_theme.pygments import overwrite_pygments_css

        overwrite_pygments_css(self.builder._app, None)
        colours = static / "pygments.css"
        colours.write_text(both(colours.read_text("utf-8")), encoding="utf-8")
        for pattern in UNUSED_FILES:
            for path in static.glob(pattern):
                path.unlink()
        for script in static.glob("scripts/*.js"):
            text = _MEASURES.sub("0", script.read_text("utf-8"))
            script.write_text(_MAP.sub("", text), encoding="utf-8")
        slim = stylesheets.slim(
            self._sheets(static), self.names, self.keep, self.packages, self.cache
        )
        versions = dict(self._cut_fonts(static, slim))
        for name, css in slim.items():
            # A font that has changed has another address.
            fresh = re.sub(r"[\w-]+\.woff2", lambda font: versions.get(font[0], font[0]), css)
            (static / name).write_text(fresh, encoding="utf-8")

    def _sheets(self, static: Path) -> Iterator[Sheet]:
        for path in sorted(static.rglob("*.css")):
            name = path.relative_to(static)
            of_theme = any(any((folder / "static").glob(f"{name}*")) for folder in self.folders)
            yield Sheet(name.as_posix(), path.read_text("utf-8"), of_theme)

    def _cut_fonts(self, static: Path, sheets: dict[str, str]) -> Iterator[tuple[str, str]]:
        wanted = fonts.codepoints(sheets.values())
        for path in sorted((static / ICONS).glob("*.woff2")):
            whole = path.read_bytes()
            key = fingerprint(whole, *map(str, sorted(wanted)))
            cut = self.cache.get(f"{key}.woff2", partial(fonts.subset, whole, wanted))
            path.write_bytes(cut)
            yield path.name, f"{path.name}?v={fingerprint(cut)[:8]}"
        for path in sorted((static / "formulary").rglob("*.woff2")):
            whole = path.read_bytes()
            key = fingerprint(whole)
            path.write_bytes(self.cache.get(f"{key}.woff2", partial(fonts.without_hints, whole)))


def slim_theme(builder: StandaloneHTMLBuilder) -> Slim | None:
    """What to make slim; None with a theme that is not made from pydata's."""
    found = any(Path(folder).name == THEME for folder in builder.theme.get_theme_dirs())
    return Slim(builder) if found else None
