"""Stylesheets lose the rules that no name allows; the answer is kept."""

import os

import pytest
from conftest import NODE_MODULES
from fontTools.ttLib import TTFont

from sphinx_formulary import fonts, stylesheets
from sphinx_formulary.cache import Cache
from sphinx_formulary.stylesheets import Sheet, StylesheetError, slim

CSS = """
@charset "UTF-8";
/*! Licensed to be kept */
/* a comment */
@font-face { font-family: Icons; src: url(icons.woff2) }
@keyframes used { to { color: red } }
@keyframes unused { to { color: red } }
:root { --used: 1px; --other: 2px; --unused: 3px }
html[data-theme="dark"] .kept { margin: var(--used); animation: used 1s }
.kept:not(.gone) { margin: 1px }
.gone, p { margin: 2px }
.gone:hover { margin: 3px }
:focus-visible { margin: 4px }
.parent { & .kept { margin: 5px } }
.parent { & .gone { margin: 6px } }
@media print { .kept { margin: 7px } .gone { margin: 8px } }
"""


def run(tmp_path, *, keep=(), names=("kept", "parent", "p", "html", "data-theme", "dark")):
    sheets = [Sheet("a.css", CSS, True), Sheet("b.css", ".gone { top: var(--other) }", False)]
    return slim(sheets, names, list(keep), NODE_MODULES, Cache(tmp_path))


def test_rules_that_no_page_can_use_go(tmp_path):
    css = run(tmp_path)["a.css"]
    assert ".gone" not in css.replace(":not(.gone)", "")
    assert "/*! Licensed to be kept */" in css
    for kept in ("@font-face", "used{", "--used", "--other", ":not(.gone)", ":focus-visible",
                 ".parent .kept", "p{margin:2px}", "@media print{.kept"):  # fmt: skip
        assert kept in css, kept
    for gone in ("a comment", "unused", "6px", "8px"):
        assert gone not in css, gone


def test_other_sheets_are_only_minified(tmp_path):
    assert run(tmp_path)["b.css"] == ".gone{top:var(--other)}"


def test_what_is_to_be_kept_stays(tmp_path):
    css = run(tmp_path, keep=["^gone$", "^--unused$"])["a.css"]
    assert ".gone:hover" in css
    assert "--unused" in css


def test_an_answer_is_kept_by_all_that_went_in(tmp_path, monkeypatch):
    first = run(tmp_path)

    def fail(*args, **kwargs):
        raise AssertionError("Node was started")

    monkeypatch.setattr(stylesheets, "run_node", fail)
    assert run(tmp_path) == first
    with pytest.raises(AssertionError, match="Node was started"):
        run(tmp_path, names=["kept"])


def test_missing_packages_are_an_error_that_says_how_to_get_them(tmp_path):
    with pytest.raises(StylesheetError, match="npm ci"):
        stylesheets.tools(tmp_path)


def test_the_cache_keeps_what_was_used_last(tmp_path):
    cache = Cache(tmp_path / "css", size=2)
    for number, key in enumerate("aba"):
        cache.get(key, key.encode)
        os.utime(tmp_path / "css" / key, (number, number))
    cache.get("c", b"c".strip)
    assert sorted(path.name for path in (tmp_path / "css").iterdir()) == ["a", "c"]
    assert cache.get("a", lambda: b"made again") == b"a"


def test_codepoints():
    css = r'.a{--fa:"\f0c9"}.c{content:"\2013"}.d{color:#f0c8}' + '.b{content:"\uf0c8"}'
    assert fonts.codepoints([css]) == {0xF0C9, 0xF0C8}


def test_a_font_keeps_its_licence_and_the_wanted_characters(tmp_path):
    whole = next((NODE_MODULES / "katex/dist/fonts").glob("KaTeX_Main-Regular.woff2")).read_bytes()
    cut, again = (fonts.subset(whole, {ord("A")}) for _ in range(2))
    assert cut == again
    assert len(cut) < len(whole) / 10
    (tmp_path / "cut.woff2").write_bytes(cut)
    font = TTFont(tmp_path / "cut.woff2")
    assert set(font.getBestCmap()) == {ord("A")}
    assert {record.nameID for record in font["name"].names} <= {0, 13, 14}


def test_a_font_without_hints_has_all_its_characters(tmp_path):
    path = NODE_MODULES / "katex/dist/fonts/KaTeX_Size3-Regular.woff2"
    bare = fonts.without_hints(path.read_bytes())
    (tmp_path / "bare.woff2").write_bytes(bare)
    font = TTFont(tmp_path / "bare.woff2")
    assert font.getBestCmap().keys() == TTFont(path).getBestCmap().keys()
    assert "fpgm" not in font
