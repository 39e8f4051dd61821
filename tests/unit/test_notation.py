"""Symbols of several posts: in what order, under which letter, and who disagrees."""

import pytest
from docutils import nodes

from sphinx_formulary.model import Link, Math, Meta, Post, Site, Symbol
from sphinx_formulary.notation import clash_message, clashes, initial, meanings, sheets
from sphinx_formulary.tex import normal


def post(name: str, **symbols: str) -> Post:
    return of(name, symbols)


def of(name: str, symbols: dict[str, str]) -> Post:
    found = (Symbol(tex, words, line) for line, (tex, words) in enumerate(symbols.items(), 5))
    return Post(name, Meta(name, symbols=tuple(found)), (), name, (), 1)


def link(one: str, other: str) -> Link:
    return Link(one, other, None, ())


def test_the_same_words_for_a_symbol_are_one_meaning() -> None:
    posts = [post("c", n="length"), post("a", n="length"), post("b", n="classes", d="width")]
    assert [(row.tex, row.words, row.docnames) for row in meanings(posts)] == [
        ("d", "width", ("b",)),
        ("n", "length", ("a", "c")),
        ("n", "classes", ("b",)),
    ]


def test_ways_of_writing_a_symbol_are_one_symbol() -> None:
    posts = [of("a", {"W_{0}": "weights"}), of("b", {"W_0": "weights"}), of("c", {"W _0": "other"})]
    rows = meanings(posts)
    assert [(row.tex, row.docnames) for row in rows] == [("W_{0}", ("a", "b")), ("W _0", ("c",))]
    assert {row.symbol for row in rows} == {"W _ 0"}


ORDER = [
    "a", "A", r"\bar A", "A_k", "b", r"\tilde{c}", "D", r"\ell", r"\mathcal L", "L_k",
    r"\mathbb{R}", "w_j", "x", r"\hat x", "x_0", "z",
    r"\alpha", r"\alpha_t", r"\Gamma", r"\varepsilon", r"\Theta", r"\omega",
    r"\int", r"\softmax",
]  # fmt: skip


def test_letters_come_before_greek_before_the_rest() -> None:
    posts = [of("a", dict.fromkeys(reversed(ORDER), "x"))]
    assert [row.tex for row in meanings(posts)] == ORDER


@pytest.mark.parametrize(
    ("tex", "letter"),
    [("d", "D"), ("D", "D"), (r"\hat{d}_1", "D"), (r"\mathcal{V}", "V"), (r"\ell", "L"),
     (r"\operatorname{ulp}(x)", "U"), (r"\alpha_t", "greek"), (r"\bar\varphi", "greek"),
     (r"\softmax", ""), ("1", ""), ("[x]", "")],
)  # fmt: skip
def test_a_symbol_stands_under_its_letter(tex: str, letter: str) -> None:
    assert initial(normal(tex)) == letter


def test_posts_that_refer_to_each_other_may_disagree() -> None:
    posts = [
        of("a", {"d": "width", "n": "length", "W_0": "weights"}),
        of("b", {"d": "heads", "n": "length", "W_{0}": "other weights"}),
        of("c", {"d": "classes"}),
    ]
    both = [link("b", "a"), link("a", "b"), link("a", "guide"), link("a", "a")]
    found = clashes(posts, both)
    assert [(clash.symbol, [name for name, _ in clash.uses]) for clash in found] == [
        ("d", ["a", "b"]),
        ("W _ 0", ["a", "b"]),
    ]
    (_, here), (_, there) = found[1].uses
    assert clash_message(here, there, "posts/b.md") == (
        "'W_0' means 'weights' here and 'other weights' in posts/b.md:7; "
        "if it is the same thing, use the same words"
    )
    assert clashes(posts, []) == ()


def site_of(count: int, letters: str, words: str) -> Site:
    posts = [
        of(f"posts/{number:03}", dict.fromkeys(letters, words % number)) for number in range(count)
    ]
    formula = Math(b"<span>" + b"x" * 2600 + b"</span>")
    known = {words % number for number in range(count)}
    shown = (nodes.Text("some "), nodes.math("", "n"))
    return Site(
        notation=meanings(posts),
        meanings=dict.fromkeys(known, shown),
        titles={post.docname: "A title of some length" for post in posts},
        math=dict.fromkeys([(letter, False) for letter in (*letters, "n")], formula),
    )


@pytest.mark.parametrize(
    ("words", "least", "most"), [("same%.0s", 1, 2), ("all different %d", 40, 60)]
)
def test_no_page_is_large_though_the_site_is(words: str, least: int, most: int) -> None:
    site = site_of(500, "abcdefghijklmno", words)
    pages = sheets(site)
    assert least <= len(pages) <= most
    assert sum(len(page.items) for page in pages) == len(site.notation)
    for page in pages:
        links = sum(len(row.docnames) for row in page.items)
        assert 2 * 2600 * len(page.items) + 80 * links < 900_000


def test_a_document_may_take_the_place_of_the_page() -> None:
    site = site_of(2, "ab", "%d")
    assert len(sheets(site)) == 1
    assert sheets(Site()) == []
    own = Site(notation=site.notation, titles={**site.titles, "notation": "Ours"})
    assert sheets(own) == []
