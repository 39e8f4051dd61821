"""Fonts that have the measures of KaTeX's and none of their shapes."""

import json
import re
from base64 import b64decode
from io import BytesIO

import pytest
from conftest import NODE_MODULES
from fontTools.ttLib import TTFont

from sphinx_formulary.cache import Cache
from sphinx_formulary.fonts import blank
from sphinx_formulary.measures import FONTS, measures, with_measures

DIST = NODE_MODULES / "katex" / "dist"
FACE = '@font-face{font-family:"KaTeX_Main";src:url(a)}'


def widths(font: TTFont) -> dict[int, int]:
    return {code: font["hmtx"][name][0] for code, name in font.getBestCmap().items()}


@pytest.mark.parametrize("name", FONTS)
def test_every_character_has_its_width_and_no_outline(name):
    whole = (DIST / "fonts" / f"KaTeX_{name}.woff2").read_bytes()
    made = blank(whole)
    assert len(made) < 1200
    assert blank(whole) == made
    with TTFont(BytesIO(whole)) as before, TTFont(BytesIO(made)) as after:
        assert widths(after) == widths(before)
        assert {after["glyf"][name].numberOfContours for name in after.getBestCmap().values()} == {
            0
        }
        for measure in ("ascent", "descent", "lineGap"):
            assert getattr(after["hhea"], measure) == getattr(before["hhea"], measure)


def test_the_script_has_every_font_that_pages_ask_for_early(tmp_path):
    css = (DIST / "katex.min.css").read_text(encoding="utf-8")
    script = measures(css, DIST / "fonts", Cache(tmp_path))
    rows = json.loads(re.search(r"faces = (\[\[.*?\]\])", script)[1])
    assert len(rows) == len(FONTS)
    assert ["KaTeX_Main_Blank", "700", "normal"] in [row[:3] for row in rows]
    assert all(b64decode(row[3]).startswith(b"wOF2") for row in rows)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".a{font-family:KaTeX_Main}", ".a{font-family:KaTeX_Main,KaTeX_Main_Blank}"),
        (".a{font:1em/1 KaTeX_Main,serif}", ".a{font:1em/1 KaTeX_Main,KaTeX_Main_Blank,serif}"),
        (f"{FACE}.a{{color:red}}", f"{FACE}.a{{color:red}}"),
    ],
)
def test_rules_name_the_measures_and_faces_do_not(css, expected):
    assert with_measures(css) == expected
