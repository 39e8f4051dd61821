"""The theme's icon fonts, cut down to the glyphs that the slim stylesheets name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO

# Of the texts in a font a part keeps copyright, licence and the licence's address, as the licence
# asks; the font's own name is reserved for the whole font.
_NAMES = [0, 13, 14]
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{4,6})")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def codepoints(sheets: Iterable[str]) -> frozenset[int]:
    """The characters of the private use area that stylesheets show."""
    found: set[int] = set()
    for css in sheets:
        found |= {int(digits, 16) for digits in _ESCAPED.findall(css)}
        found |= set(map(ord, _PRIVATE.findall(css)))
    return frozenset(code for code in found if 0xE000 <= code <= 0xF8FF)


def subset(font: bytes, wanted: Iterable[int]) -> bytes:
    """The font, in WOFF2, with only the *wanted* characters."""
    from fontTools import subset as tool
    from fontTools.ttLib import TTFont

    options = tool.Options()
    options.flavor = "woff2"
    options.name_IDs = _NAMES
    options.layout_features = []
    options.hinting = False
    cut = tool.Subsetter(options)
    cut.populate(unicodes=wanted)
    with TTFont(BytesIO(font), recalcTimestamp=False) as opened:
        cut.subset(opened)
        opened.flavor = "woff2"
        written = BytesIO()
        opened.save(written)
    return written.getvalue()
