"""An article's BibTeX entry says what is known, as TeX takes it."""

from datetime import UTC, datetime

import pytest

from sphinx_formulary.cite import bibtex

DATE = datetime(2026, 3, 9, tzinfo=UTC)


def test_an_entry_has_all_fields_in_order() -> None:
    entry = bibtex("lora", ["Ada Lovelace", "某人"], "LoRA", DATE, "Site", "https://example.org/x")
    assert entry == (
        "@misc{lora,\n  author = {Ada Lovelace and 某人},\n  title = {{LoRA}},\n  year = {2026},\n"
        "  month = mar,\n  howpublished = {Site},\n  url = {https://example.org/x},\n}"
    )


def test_what_is_not_known_is_left_out() -> None:
    assert bibtex("a", [], "T", None, "", "") == "@misc{a,\n  title = {{T}},\n}"


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("A & B: 5% of #1", r"A \& B: 5\% of \#1"),
        ("The $O(n^2) \\& x_1$ cost", "The $O(n^2) \\& x_1$ cost"),
        ("**Bold** and `code_name`", r"Bold and code\_name"),
    ],
)
def test_a_title_is_tex(title: str, tex: str) -> None:
    assert f"title = {{{{{tex}}}}}" in bibtex("a", [], title, None, "", "")
