"""How pages name formulas, figures and documents of other pages."""

import pytest

from sphinx_formulary.formulas import anchor, caption_text, labels, mention_text, reference_parts
from sphinx_formulary.model import Caption, Formula, Mention, Site

SITE = Site(
    formulas={
        f"{docname}{number}": Formula(f"{docname}{number}", docname, number)
        for docname in "ab"
        for number in range(1, 13)
    },
    titles={"a": "Alpha", "b": "Beta & Co"},
    captions={"fig": ("a", Caption("fig", "id1", 2, "Fig. 2"))},
)


def shown(wanted: str, place: str) -> str:
    """The reference in one line; what is a link is in brackets with its label."""
    return "".join(
        f"[{text}|{formula.label}]" if formula else str(text)
        for text, formula in reference_parts(SITE, labels(wanted), place)
    )


@pytest.mark.parametrize(
    ("wanted", "place", "words"),
    [
        ("a3", "a", "[(3)|a3]"),
        ("a3", "b", "[Alpha (3)|a3]"),
        ("a3", "", "[Alpha (3)|a3]"),
        ("b3", "a", "[Beta & Co (3)|b3]"),
        ("a3, a4", "a", "[(3)|a3], [(4)|a4]"),
        ("a3,a4", "b", "[Alpha (3)|a3], [(4)|a4]"),
        ("a3, a4, a5", "a", "[(3)|a3]–[(5)|a5]"),
        ("a3, a4, a5", "b", "[Alpha (3)|a3]–[(5)|a5]"),
        ("a3, a4, a5, a6, a8", "a", "[(3)|a3]–[(6)|a6], [(8)|a8]"),
        ("a1, a3, a4, a5", "a", "[(1)|a1], [(3)|a3]–[(5)|a5]"),
        ("a1, a2, a5, a6, a7, a9", "b", "[Alpha (1)|a1], [(2)|a2], [(5)|a5]–[(7)|a7], [(9)|a9]"),
        ("a9, a10, a11", "a", "[(9)|a9]–[(11)|a11]"),
        ("a5, a4, a3", "a", "[(5)|a5], [(4)|a4], [(3)|a3]"),
        ("a3, a3", "a", "[(3)|a3], [(3)|a3]"),
        ("a1, b2", "a", "[(1)|a1], [Beta & Co (2)|b2]"),
        ("a1, b2, a2", "b", "[Alpha (1)|a1], [(2)|b2], [Alpha (2)|a2]"),
        ("a1, b2, b3, b4", "a", "[(1)|a1], [Beta & Co (2)|b2]–[(4)|b4]"),
        ("a1, a2, b3", "a", "[(1)|a1], [(2)|a2], [Beta & Co (3)|b3]"),
        ("nowhere", "a", "nowhere"),
        ("nowhere, none", "a", "nowhere, none"),
        ("a1, nowhere, a2", "a", "[(1)|a1], nowhere, [(2)|a2]"),
        ("nowhere, a1, a2, a3", "b", "nowhere, [Alpha (1)|a1]–[(3)|a3]"),
    ],
)
def test_a_reference_names_formulas(wanted: str, place: str, words: str) -> None:
    assert shown(wanted, place) == words


def test_the_label_is_the_id() -> None:
    assert [anchor(name) for name in ("attn-scaled", "A.b_c:d", "two words")] == [
        "attn-scaled", "A.b_c:d", "two-words",
    ]  # fmt: skip


def test_a_caption_is_named_by_its_article_elsewhere() -> None:
    assert caption_text(SITE, "fig", "a") == "Fig. 2"
    assert caption_text(SITE, "fig", "b") == "Alpha Fig. 2"
    assert caption_text(SITE, "fig", "") == "Alpha Fig. 2"


@pytest.mark.parametrize(
    ("mention", "words"),
    [
        (Mention("eq", "a1"), "Alpha (1)"),
        (Mention("eq", "a1, a2, a3"), "Alpha (1)–(3)"),
        (Mention("eq", "nowhere"), "nowhere"),
        (Mention("eq", "a1", "that one"), "that one"),
        (Mention("any", "a1"), "Alpha (1)"),
        (Mention("any", "fig"), "Alpha Fig. 2"),
        (Mention("any", "nowhere"), "nowhere"),
        (Mention("doc", "a"), "Alpha"),
        (Mention("doc", "fig"), "fig"),
        (Mention("doc", "b", "a text"), "a text"),
    ],
)
def test_a_kept_sentence_names_what_it_mentions(mention: Mention, words: str) -> None:
    assert mention_text(SITE, mention, "b") == words
