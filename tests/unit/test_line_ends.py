"""What keeps punctuation in the line of the formula before it."""

import pytest
from docutils import nodes

from sphinx_formulary.line_ends import breakable, closing, keep_punctuation


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("，即", "，"),
        ("」。下", "」。"),
        (", or", ","),
        ("的", ""),
        (" ，", ""),
        ("（见", ""),
        ("", ""),
    ],
)
def test_closing_punctuation_is_what_no_line_begins_with(text, kept):
    assert closing(text) == kept


def test_a_formula_and_its_comma_are_one_node():
    paragraph = nodes.paragraph(
        "", "", nodes.math("", "x"), nodes.Text("，即"), nodes.math("", "y")
    )
    keep_punctuation(paragraph)
    together, rest, other = paragraph.children
    assert (together["classes"], together.astext()) == (["formula-end"], "x，")
    assert (rest.astext(), other.astext()) == ("即", "y")


def test_a_formula_breaks_between_its_parts():
    box = '<span class="katex-base">'
    html = f"<span>{box}a</span>{box}b</span></span>"
    assert breakable(html) == f"<span>{box}a</span><wbr>{box}b</span></span>"
    assert breakable("<code>a</code>") == "<code>a</code>"
