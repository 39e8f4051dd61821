"""What a link that leads nowhere was meant for."""

import pytest

from sphinx_formulary.hints import hint

FORMULAS = ("good-mean", "good sum")
NAMES = ("good-figure", "search")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("good-maen", "; did you mean 'good-mean'?"),
        ("good-figrue", "; did you mean 'good-figure'?"),
        ("good-mean", "; it is a formula, so write [](#good-mean)"),
        ("nothing-like-it", ""),
        ("", ""),
    ],
)
def test_the_nearest_is_named(target: str, said: str) -> None:
    assert hint(target, FORMULAS, NAMES) == said


def test_what_is_equally_near_is_named_in_one_order() -> None:
    said = {hint("ab", order, ()) for order in (("abx", "aby"), ("aby", "abx"))}
    assert len(said) == 1
