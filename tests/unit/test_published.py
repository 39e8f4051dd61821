"""The record of published labels: what it says, what is wrong in it, what it becomes."""

from pathlib import Path

import pytest

from sphinx_formulary.model import Formula
from sphinx_formulary.published import Published, mistakes, moved, parse, read, record

FORMULAS = {
    "one": Formula("one", "posts/a", 1),
    "two": Formula("two", "posts/a", 2),
    "three": Formula("three", "posts/b", 1),
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("one posts/a", [Published("one", "posts/a", "", 1)]),
        ("  one   posts/a  \n", [Published("one", "posts/a", "", 1)]),
        ("\n# a note\none posts/a\n", [Published("one", "posts/a", "", 3)]),
        ("# note", []),
        ("old posts/a -> one", [Published("old", "posts/a", "one", 1)]),
        ("old posts/a->one", [Published("old", "posts/a->one", "", 1)]),
        ("one", []),
        ("old posts/a -> one more", []),
        ("old posts/a ->", []),
    ],
)
def test_lines_of_the_record(text: str, found: list[Published]) -> None:
    assert list(parse(text)) == found


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", []),
        ("# all labels\n\none posts/a\nthree posts/b\n", []),
        ("# labels", []),
        ("# old -> new", []),
        ("one posts/elsewhere", []),
        ("old posts/a -> one", []),
        ("one", [(1, "'one' is no record; expected 'label document' or '… -> successor'")]),
        ("\nold a ->", [(2, "'old a ->' is no record")]),
        ("one posts/a\ngone posts/a", [(2, "label 'gone' was published in posts/a and is gone")]),
        ("gone posts/a", [(1, "or write 'gone posts/a -> successor' here")]),
        ("old posts/a -> gone", [(1, "no formula has the label 'gone', said to be a successor")]),
        ("gone a\nwhat\nlost a", [(2, "'what' is no"), (1, "label 'gone'"), (3, "label 'lost'")]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, messages: list[tuple[int, str]]) -> None:
    found = list(mistakes(text, FORMULAS, {"posts/a", "posts/b", "posts/elsewhere"}))
    assert [line for line, _ in found] == [line for line, _ in messages]
    for (_, said), (_, expected) in zip(found, messages, strict=True):
        assert expected in said


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("one posts/a", {}),
        ("old posts/a -> one", {"posts/a": {"old": "one"}}),
        (
            "old posts/b -> one\nolder posts/a -> two",
            {"posts/b": {"old": "one"}, "posts/a": {"older": "two"}},
        ),
        ("one posts/b", {"posts/b": {"one": "one"}}),
        ("gone posts/a", {}),
        ("old posts/a -> gone", {}),
        ("one posts/past", {}),
        ("three posts/past\nold posts/past -> two", {"posts/a": {"three": "three", "old": "two"}}),
    ],
)
def test_old_ids_know_where_their_formula_is(text: str, old: dict[str, dict[str, str]]) -> None:
    found = moved(parse(text), FORMULAS, {"posts/past": "posts/a"})
    assert {
        docname: {id: formula.label for id, formula in ids.items()}
        for docname, ids in found.items()
    } == old


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "one posts/a\nthree posts/b\ntwo posts/a\n"),
        ("one posts/elsewhere\n", "one posts/elsewhere\nthree posts/b\ntwo posts/a\n"),
        ("zzz posts/a -> one\n", "one posts/a\nthree posts/b\ntwo posts/a\nzzz posts/a -> one\n"),
        ("gone posts/z\n", "gone posts/z\none posts/a\nthree posts/b\ntwo posts/a\n"),
        ("what is this\n", "one posts/a\nthree posts/b\ntwo posts/a\nwhat is this\n"),
    ],
)
def test_recording_adds_and_keeps(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "labels.txt"
    record(path, before, FORMULAS)
    assert read(path) == after
    record(path, after, FORMULAS)
    assert read(path) == after
    assert [item.name for item in tmp_path.iterdir()] == ["labels.txt"]


def test_recording_keeps_comments_where_they_are(tmp_path: Path) -> None:
    path = tmp_path / "labels.txt"
    text = "# of a\none posts/a\ntwo posts/a\n\n# of b\nthree posts/b\n"
    record(path, text, FORMULAS)
    assert read(path) == text


def test_there_may_be_no_record_yet(tmp_path: Path) -> None:
    assert read(tmp_path / "labels.txt") == ""
