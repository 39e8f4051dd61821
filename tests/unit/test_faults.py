"""Mistakes that only show across documents are told with the file and line of each place."""

from types import SimpleNamespace

import pytest

from sphinx_formulary.faults import faults
from sphinx_formulary.model import (
    Equation,
    Facts,
    Fault,
    Formula,
    Math,
    Meta,
    Reference,
    Site,
    Target,
    Tex,
)
from sphinx_formulary.warnings import Kind

SITE = Site(
    formulas={"attn-softmax": Formula("attn-softmax", "a", 1)},
    math={
        (r"\bad", False): Math(b"", r"Undefined control sequence: \bad"),
        ("x", False): Math(b"<x>"),
    },
    pages={"blog": ("blog", 1, 2), "blog/page/2": ("blog", 2, 2)},
)


def document(docname: str, *, aliases: tuple[str, ...] = (), **facts: object) -> Facts:
    meta = Meta(docname, aliases=aliases, lines={"aliases": 5})
    return Facts(docname, "", "", (), meta, path=docname, **facts)


def told(*documents: Facts, unreadable: dict[str, Fault] | None = None) -> list[tuple]:
    domain = SimpleNamespace(
        facts={item.docname: item for item in documents}, unreadable=unreadable or {}
    )
    found = faults(domain, SITE, {item.docname for item in documents})
    return [(docname, fault.line, fault.kind, fault.message) for docname, fault in found]


def eq(label: str, line: int = 7) -> Equation:
    return Equation(label, 1, line)


@pytest.mark.parametrize(
    ("documents", "docname", "line", "first"),
    [
        ([document("a", equations=(eq("x", 3),)), document("b", equations=(eq("x", 9),))],
         "b", 9, "a:3"),
        ([document("b", targets=(Target("x", 9),)), document("a", targets=(Target("x", 3),))],
         "b", 9, "a:3"),
        ([document("a", targets=(Target("x", 3),)), document("b", equations=(eq("x", 9),))],
         "b", 9, "a:3"),
        ([document("a", equations=(eq("x", 3), eq("x", 9)))], "a", 9, "a:3"),
        ([document("a", equations=(eq("x", 3),), targets=(Target("x", 9),))], "a", 9, "a:3"),
        ([document("a", targets=(Target("x", None),)), document("b", targets=(Target("x", 9),))],
         "b", 9, "a"),
    ],
    ids=["equations", "targets", "one of each", "one file", "one file, one of each", "no line"],
)  # fmt: skip
def test_a_label_used_twice_names_both_places(
    documents: list[Facts], docname: str, line: int, first: str
) -> None:
    message = f"the label 'x' is used twice, first in {first}; rename one of them"
    assert told(*documents) == [(docname, line, Kind.LABEL, message)]


def test_a_label_used_thrice_is_told_twice() -> None:
    found = told(*(document(name, equations=(eq("x"),)) for name in "abc"))
    assert [item[0] for item in found] == ["b", "c"]


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("attn-sofmax", "did you mean 'attn-softmax'?"),
        ("Attn-Softmax", "did you mean 'attn-softmax'?"),
        ("zzz", "label one with $$ … $$ (label)"),
    ],
)
def test_a_reference_to_nothing_is_told(target: str, hint: str) -> None:
    message = f"no formula has the label '{target}'; {hint}"
    item = document("a", references=(Reference("eq", target, 4),))
    assert told(item) == [("a", 4, Kind.REFERENCE, message)]


def test_what_is_right_is_not_told() -> None:
    assert (
        told(
            document(
                "a",
                equations=(eq("attn-softmax"), eq("y")),
                targets=(Target("z", 2),),
                references=(Reference("eq", "attn-softmax", 4), Reference("doc", "nowhere", 5)),
                tex=(Tex(("x", False), 6),),
                aliases=("old",),
            ),
            document("b", aliases=("older",)),
        )
        == []
    )


def test_a_bad_formula_is_told_once_with_all_its_places() -> None:
    bad = Tex((r"\bad", False), 6)
    found = told(document("a", tex=(bad, bad, Tex(bad.source, 8))), document("b", tex=(bad,)))
    [(docname, line, kind, message)] = found
    assert (docname, line, kind) == ("a", 6, Kind.TEX)
    assert message == r"Undefined control sequence: \bad; in: \bad; also in a:8, b:6"


def test_an_unknown_command_is_compared_with_those_of_other_formulas() -> None:
    wrong = Math(b"", r"KaTeX: Undefined control sequence: \sofmax")
    site = Site(math={(r"\sofmax x", False): wrong, (r"\softmax y", True): Math(b"<y>")})
    bad = document("a", tex=(Tex((r"\sofmax x", False), 1),))
    domain = SimpleNamespace(facts={"a": bad}, unreadable={})
    [(_, fault)] = faults(domain, site, {"a"})
    assert r"did you mean '\softmax'?" in fault.message


def test_a_long_formula_is_shortened() -> None:
    source = r"\bad" + " + x" * 100
    site = Site(math={(source, True): Math(b"", "wrong")})
    domain = SimpleNamespace(
        facts={"a": document("a", tex=(Tex((source, True), 1),))}, unreadable={}
    )
    [(_, fault)] = faults(domain, site, {"a"})
    assert len(fault.message) < 120
    assert fault.message.endswith("…")


@pytest.mark.parametrize(
    ("alias", "words"),
    [
        ("a", "is a page of this site"),
        ("b", "is a page of this site"),
        ("blog", "is a page of this site"),
        ("blog/page/2", "is a page of this site"),
    ],
)
def test_an_alias_that_is_a_page_is_told(alias: str, words: str) -> None:
    [(docname, line, kind, message)] = told(document("a", aliases=(alias,)), document("b"))
    assert (docname, line, kind) == ("a", 5, Kind.ALIAS)
    assert f"'{alias}' {words}" in message


def test_an_alias_of_two_posts_is_told_for_the_second() -> None:
    [(docname, line, kind, message)] = told(
        document("a", aliases=("old",)), document("b", aliases=("new", "old"))
    )
    assert (docname, line, kind) == ("b", 5, Kind.ALIAS)
    assert "'old' already leads to 'a'" in message


def test_faults_of_a_file_and_files_that_cannot_be_read_come_too() -> None:
    own = (Fault(1, Kind.FRONT_MATTER, "one"), Fault(2, Kind.FIGURE, "two"))
    found = told(
        document("b", faults=own),
        document("a", references=(Reference("eq", "zzz", 3),)),
        unreadable={"c": Fault(9, Kind.SOURCE, "is not UTF-8")},
    )
    assert {(docname, kind) for docname, _, kind, _ in found} == {
        ("a", Kind.REFERENCE),
        ("b", Kind.FIGURE),
        ("b", Kind.FRONT_MATTER),
        ("c", Kind.SOURCE),
    }
    assert len(found) == 4
