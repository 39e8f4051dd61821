"""Fonts without what browsers do not need: glyphs that nothing shows, and hints. Pure."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from io import BytesIO

# Of the texts in a font a part keeps copyright, licence and the licence's address, as the licence
# asks; the name of an icon font is reserved for the whole font.
_NAMES = [0, 13, 14]
logging.getLogger("fontTools.subset").setLevel(logging.WARNING)  # it tells every step

_ESCAPED = re.compile(r"\\([0-9a-fA-F]{4,6})")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def codepoints(sheets: Iterable[str]) -> frozenset[int]:
    """The characters of the private use area that stylesheets show."""
    found: set[int] = set()
    for css in sheets:
        found |= {int(digits, 16) for digits in _ESCAPED.findall(css)}
        found |= set(map(ord, _PRIVATE.findall(css)))
    return frozenset(code for code in found if 0xE000 <= code <= 0xF8FF)


def without_hints(font: bytes) -> bytes:
    """The font with all its characters, without instructions for screens of few dots."""
    return subset(font, range(0x110000), ["*"])


def subset(font: bytes, wanted: Iterable[int], features: Iterable[str] = ()) -> bytes:
    """The font, in WOFF2, with only the *wanted* characters, without hints."""
    from fontTools import subset as tool
    from fontTools.ttLib import TTFont

    options = tool.Options()
    options.flavor = "woff2"
    options.name_IDs = _NAMES
    options.layout_features = list(features)
    options.hinting = False
    cut = tool.Subsetter(options)
    cut.populate(unicodes=wanted)
    with TTFont(BytesIO(font), recalcTimestamp=False) as opened:
        cut.subset(opened)
        opened.flavor = "woff2"
        written = BytesIO()
        opened.save(written)
    return written.getvalue()
