"""Fonts with the widths of KaTeX's and without their shapes, which come with the page's own script.

Text that waits for a font takes another one's measures, and moves when the font has come. With
these behind KaTeX's fonts a formula has its place from the first paint, however slow the network.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path

from .cache import Cache, fingerprint
from .fonts import blank

FILE = "measures.js"
# Fonts of KaTeX, each with what on a page is shown in it.
FONTS = {
    "Main-Regular": 'class="katex"',
    "Math-Italic": "mathnormal",
    "Main-Bold": "mathbf",
    "AMS-Regular": "mathbb|amsrm",
    "Caligraphic-Regular": "mathcal",
    "Size1-Regular": "size1|small-op",
    "Size2-Regular": "size2|large-op",
    "Size3-Regular": "delimsizing size3",
    "Size4-Regular": "delimsizing size4|delim-size4",
}
_SCRIPT = """// Fonts of KaTeX's measures that show nothing: they keep a formula its place.
(() => {
  "use strict";
  const bytes = (data) => Uint8Array.from(atob(data), (byte) => byte.charCodeAt(0));
  const faces = %s.map(([family, weight, style, data]) =>
    new FontFace(family, bytes(data), { weight, style }));
  for (const face of faces) document.fonts.add(face);
  // What is not to come is shown in another font.
  document.fonts.addEventListener("loadingerror", ({ fontfaces }) => {
    const formulas = fontfaces.some(({ family }) => family.includes("KaTeX"));
    if (formulas) for (const face of faces) document.fonts.delete(face);
  });
})();
"""
_FACE = re.compile(r"@font-face\{[^}]*\}")
_FAMILY = re.compile(r"KaTeX_\w+")
_NAMED = re.compile(r"(?<=[{;])(font(?:-family)?:[^;}]*?)(KaTeX_\w+)")


def with_measures(css: str) -> str:
    """KaTeX's stylesheet, with the fonts of its measures behind its own."""
    faces = "".join(_FACE.findall(css))
    return faces + _NAMED.sub(r"\1\2,\2_Blank", _FACE.sub("", css))


def measures(css: str, folder: Path, cache: Cache) -> str:
    """A script with the measures of the fonts of a stylesheet, which are in a folder."""
    found = {
        name: face for face in _FACE.findall(css) for name in FONTS if f"_{name}.woff2" in face
    }
    fonts = {name: (folder / f"KaTeX_{name}.woff2").read_bytes() for name in found}
    code = Path(__file__).with_name("fonts.py").read_bytes() + Path(__file__).read_bytes()
    key = fingerprint(code, *found.values(), *fonts.values())
    return cache.get(f"{key}.js", lambda: _script(found, fonts).encode()).decode()


def _script(faces: dict[str, str], fonts: dict[str, bytes]) -> str:
    rows = [
        [
            f"{_FAMILY.findall(face)[0]}_Blank",
            _value(face, "font-weight"),
            _value(face, "font-style"),
            b64encode(blank(fonts[name])).decode(),
        ]
        for name, face in faces.items()
    ]
    return _SCRIPT % json.dumps(rows, separators=(",", ":"))


def _value(face: str, name: str) -> str:
    found = re.search(rf"{name}:([^;}}]+)", face)
    assert found, face
    return found[1]
