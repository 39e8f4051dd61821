"""``plot-figure``: code to SVG, drawn once for light and once for dark, cached by its content."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from .config import options
from .domain import note_fault
from .model import Fault
from .warnings import Kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_RUNNER = Path(__file__).with_name("draw.py")
_THEMES = ("light", "dark")
# The size of a drawing, in points
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)pt" height="([\d.]+)pt"')
_TIMEOUT = 120  # seconds; a figure that takes longer than this keeps every author waiting


class PlotFigure(SphinxDirective):
    """A figure drawn by matplotlib at build time.

    The content is the code, or the argument names a script; ``:caption:`` and ``:alt:`` belong to
    every figure, ``:name:`` is its target. The code runs alone in its own process, twice: under a
    light and a dark style. It makes one figure and neither shows nor saves it.
    """

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {
        "name": directives.unchanged_required,
        "alt": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "width": directives.length_or_percentage_or_unitless,
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        for option in ("alt", "caption"):
            if option not in self.options:
                self._fault(self.lineno, f"a figure needs ':{option}:'")
        code = self._code()
        if code is None:
            return []
        try:
            drawn = draw(code, self._cache())
        except DrawingError as error:
            self._fault(self._line(error.line), f"the figure's code fails: {error}")
            return []
        return [self._figure(drawn)]

    def _fault(self, line: int | None, message: str) -> None:
        note_fault(self.env, Fault(line, Kind.FIGURE, message))

    def _cache(self) -> Path:
        return Path(self.env._app.confdir, options(self.config).cache, "figures")

    def _code(self) -> str | None:
        if not self.arguments:
            return "\n".join(self.content) + "\n"
        relative, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        try:
            return Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self._fault(self.lineno, f"the script '{self.arguments[0]}' cannot be read: {error}")
            return None

    def _line(self, line: int | None) -> int:
        if line is None or self.arguments:
            return self.lineno
        # MyST counts the content's offset from the directive, docutils from the file's beginning.
        first = self.content_offset + (0 if self.content_offset >= self.lineno else self.lineno)
        return first + line

    def _figure(self, drawn: dict[str, Path]) -> nodes.figure:
        figure = nodes.figure("", classes=["plot-figure", *self.options.get("class", [])])
        self.set_source_info(figure)
        # A container, since themes hide the caption beside an image of the other scheme.
        images = nodes.container(classes=["plot-images"])
        folder = Path(self.env.doc2path(self.env.docname)).parent
        for theme, path in drawn.items():
            uri = Path(os.path.relpath(path, folder)).as_posix()
            image = nodes.image(uri=uri, alt=self.options.get("alt", ""), classes=[f"only-{theme}"])
            image["loading"] = "lazy"  # the one of the other scheme is never loaded
            image.attributes |= self._size(path)
            images += image
        figure += images
        if caption := self.options.get("caption"):
            parsed, messages = self.parse_inline(caption, lineno=self.lineno)
            figure += [nodes.caption(caption, "", *parsed), *messages]
        self.add_name(figure)
        return figure

    def _size(self, path: Path) -> dict[str, str]:
        """The width that the author wants, else the drawing's own size: a page keeps its place."""
        if "width" in self.options:
            return {"width": self.options["width"]}
        points = _SIZE.search(path.read_text(encoding="utf-8"))
        assert points  # matplotlib writes them
        width, height = (str(round(float(size) * 4 / 3)) for size in points.groups())
        return {"width": width, "height": height}


class DrawingError(Exception):
    """The code of a figure failed; *line* counts from 1 in the code, where it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def draw(code: str, cache: Path) -> dict[str, Path]:
    """The figure's SVG for each theme, drawn unless the cache has it.

    The name is a hash of the code, of the style and of matplotlib's version: the same code gives
    the same bytes, with neither the clock nor random ids in them.
    """
    key = hashlib.sha256()
    for part in (code, _RUNNER.read_text(encoding="utf-8"), version("matplotlib")):
        key.update(part.encode() + b"\0")
    name = key.hexdigest()[:20]
    paths = {theme: cache / f"{name}-{theme}.svg" for theme in _THEMES}
    if not all(path.is_file() for path in paths.values()):
        cache.mkdir(parents=True, exist_ok=True)
        for theme, svg in _run(code, name).items():
            side = paths[theme].with_suffix(f".{os.getpid()}.new")
            side.write_text(svg, encoding="utf-8")
            side.replace(paths[theme])
    return paths


def _run(code: str, salt: str) -> dict[str, str]:
    job = json.dumps({"code": code, "salt": salt, "themes": _THEMES})
    try:
        done = subprocess.run(
            # -P: the runner's folder has a warnings.py, which is not Python's.
            [sys.executable, "-P", str(_RUNNER)],
            input=job,
            capture_output=True,
            encoding="utf-8",
            timeout=_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DrawingError(f"it runs for more than {_TIMEOUT} seconds") from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        lines = re.findall(r'File "<figure>", line (\d+)', done.stderr)
        raise DrawingError(last, int(lines[-1]) if lines else None)
    drawn: dict[str, str] = json.loads(done.stdout)
    return drawn


def setup_figure(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("plot-figure", PlotFigure)
