"""A macro of the site that LaTeX or KaTeX cannot take is told; the others are LaTeX's as well."""

import json
from itertools import starmap

import pytest
from conftest import NODE_MODULES
from hypothesis import given
from hypothesis import strategies as st

from sphinx_formulary.katex import Katex
from sphinx_formulary.macros import arguments, definitions, mistake, mistakes, trial

KATEX = NODE_MODULES / "katex"
NAME = "a name is a backslash and letters"
RESERVED = "LaTeX needs this name for itself"

WRONG = [
    ("norm", "x", NAME),
    ("", "x", NAME),
    ("\\", "x", NAME),
    (r"\norm1", "x", NAME),
    (r"\two words", "x", NAME),
    (r"\two\names", "x", NAME),
    (r"\1", "x", NAME),
    ("\\ ", "x", NAME),
    (r"\范数", "x", NAME),
    (r"\begin", "x", RESERVED),
    (r"\def", "x", RESERVED),
    (r"\left", "x", RESERVED),
    (r"\tag", "x", RESERVED),
    (r"\{", "x", RESERVED),
    (r"\\", "x", RESERVED),
    (r"\endproof", "x", RESERVED),
    (r"\R", r"\htmlClass{a}{x}", r"LaTeX does not know \htmlClass"),
    (r"\R", r"\includegraphics{x.png}", r"LaTeX does not know \includegraphics"),
    (r"\R", r"{\mathbb R", "a brace is not closed"),
    (r"\R", r"\mathbb{R}}{", "a brace is closed that was not opened"),
    (r"\R", r"\mathbb R % reals", "a '%' makes the rest of it a comment"),
    (r"\R", "#", "'#' wants the number of an argument"),
    (r"\R", "#a", "'#' wants the number of an argument"),
    (r"\R", "#1 + #", "'#' wants the number of an argument"),
    (r"\R", "#0", "its arguments are #1, #2 and so on"),
    (r"\R", "#2", "its arguments are #1, #2 and so on"),
    (r"\R", "#1 #3", "its arguments are #1, #2 and so on"),
]


@pytest.mark.parametrize(("name", "body", "told"), WRONG)
def test_what_latex_or_katex_cannot_take_is_told(name: str, body: str, told: str) -> None:
    assert told in mistake(name, body)
    assert definitions({name: body}) == ""


@pytest.mark.parametrize(
    ("name", "body", "count"),
    [
        (r"\R", r"\mathbb{R}", 0),
        (r"\norm", r"\left\lVert #1\right\rVert", 1),
        (r"\two", "#2 + #1 + #1", 2),
        (r"\all", "#1#2#3#4#5#6#7#8#9", 9),
        (r"\empty", "", 0),
        (r"\brace", r"\{#1\}", 1),
        (r"\percent", r"100\%", 0),
        (r"\number", r"\#\,x", 0),
        (r"\first", r"\#1", 0),
        (r"\|", r"\Vert", 0),
        (r"\*", "x", 0),
    ],
)
def test_what_both_can_take_is_defined(name: str, body: str, count: int) -> None:
    assert mistake(name, body) == ""
    assert arguments(body) == count
    number = f"[{count}]" if count else ""
    expected = rf"\providecommand{{{name}}}{{}}\renewcommand{{{name}}}{number}{{{body}}}"
    assert definitions({name: body}) == expected


def test_katex_tells_what_the_text_of_a_macro_does_not() -> None:
    site = {
        r"\R": r"\mathbb{R}",
        r"\norm": r"\lVert #1\rVert^{#2}",
        r"\unknown": r"\nosuch{#1}",
        r"\forever": r"\ever",
        r"\ever": r"x \forever",
        r"\paint": r"\textcolor{#1}{#2}",  # its arguments are not all formulas
        r"\open": r"\frac{#1",
        r"\begin": "x",
    }
    version = json.loads((KATEX / "package.json").read_text(encoding="utf-8"))["version"]
    katex = Katex(KATEX, version, site, {})
    told = dict(mistakes(site, katex.render(list(starmap(trial, site.items())))))
    assert told.keys() == {r"\unknown", r"\forever", r"\ever", r"\open", r"\begin"}
    assert r"\nosuch" in told[r"\unknown"]
    assert "a macro calls itself without end" in told[r"\forever"]


def test_without_katex_the_text_alone_tells() -> None:
    assert dict(mistakes({r"\a": r"\nosuch", r"\b": "{"}, {})) == {r"\b": "a brace is not closed"}


@given(st.text(), st.text(alphabet="\\\\{}#%1a&\n"))
def test_no_macro_is_too_odd(name: str, body: str) -> None:
    assert isinstance(mistake(name, body), str)
    assert definitions({name: body}).count("\n") == (
        body.count("\n") if not mistake(name, body) else 0
    )
