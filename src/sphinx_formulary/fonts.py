"""Fonts without what browsers do not need: glyphs that nothing shows, hints, all shapes. Pure."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Of the texts in a font a part keeps copyright, licence and the licence's address, as the licence
# asks; the name of an icon font is reserved for the whole font.
_NAMES = [0, 13, 14]
_HINTS = {"fpgm", "prep", "cvt ", "hdmx", "VDMX", "LTSH"}
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
    """The font in WOFF2 without instructions for screens of few dots."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(font), recalcTimestamp=False) as opened:
        for table in _HINTS & set(opened.keys()):
            del opened[table]
        glyphs = opened["glyf"]
        for name in glyphs.keys():  # noqa: SIM118 - no dictionary
            glyphs[name].removeHinting()
        return _saved(opened)


def subset(font: bytes, wanted: Iterable[int]) -> bytes:
    """The font in WOFF2 with only the *wanted* characters, without hints."""
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
        return _saved(opened)


def blank(font: bytes) -> bytes:
    """A font in WOFF2 with the measures of another and without its shapes.

    All characters of one width have one glyph.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(font), recalcTimestamp=False) as whole:
        widths = {code: whole["hmtx"][name][0] for code, name in whole.getBestCmap().items()}
        names = {width: f"w{width}" for width in sorted(set(widths.values()))}
        made = FontBuilder(whole["head"].unitsPerEm)
        made.setupGlyphOrder([".notdef", *names.values()])
        made.setupCharacterMap({code: names[width] for code, width in widths.items()})
        # Browsers refuse a font in which no glyph has an outline.
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        pen.lineTo((0, 1))
        pen.closePath()
        glyphs = {name: TTGlyphPen(None).glyph() for name in names.values()}
        made.setupGlyf({".notdef": pen.glyph(), **glyphs})
        advances = {name: (width, 0) for width, name in names.items()}
        made.setupHorizontalMetrics({".notdef": whole["hmtx"][".notdef"], **advances})
        made.setupNameTable({})
        made.setupPost(keepGlyphNames=False)
        for table in ("hhea", "OS/2"):
            made.font[table] = whole[table]
        made.font["head"].created = made.font["head"].modified = whole["head"].created
        made.font.recalcTimestamp = False
        return _saved(made.font)


def _saved(font: TTFont) -> bytes:
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()
