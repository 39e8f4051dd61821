"""Who mentions what: each place once, each relation with its reasons."""

import pytest

from sphinx_formulary import graph
from sphinx_formulary.model import (
    Equation,
    Facts,
    Formula,
    Heading,
    Link,
    Meta,
    Post,
    Reference,
    Use,
)

FORMULAS = {name: Formula(name, name[0], 1) for name in ("a-one", "a-two", "b-one")}
HEADING = Heading("part", ("Part",))


def eq(label: str, sentence: str = "", heading: Heading | None = None) -> Reference:
    return Reference("eq", label, 1, heading, (sentence or f"by {label}",))


def named(target: str, sentence: str = "") -> Reference:
    return Reference("any", target, 1, None, (sentence or f"see {target}",))


def doc(target: str, sentence: str = "") -> Reference:
    return Reference("doc", target, 1, None, (sentence or f"read {target}",))


def facts(docname: str, *references: Reference, cited: str = "", owns: str = "") -> Facts:
    equations = tuple(Equation(label, 1, 1) for label in owns.split())
    return Facts(
        docname, "", "", (), None,
        references=references, cited=tuple(cited.split()), equations=equations,
    )  # fmt: skip


def find(kind: str, target: str) -> str | None:
    if kind != "doc" and target in FORMULAS:
        return FORMULAS[target].docname
    return target if kind == "doc" else {"fig": "c"}.get(target)


def by_name(*items: Facts) -> dict[str, Facts]:
    return {item.docname: item for item in items}


def posts(names: str, **tags: str) -> list[Post]:
    return [
        Post(name, Meta(name, tags=tuple(tags.get(name, "").split())), (), name, (), 1)
        for name in names.split()
    ]


def test_uses_are_in_the_order_of_documents_and_of_their_text() -> None:
    items = by_name(
        facts("c", eq("a-one", "last")),
        facts("a", eq("a-one", "first"), eq("a-one", "second", HEADING)),
        facts("b", named("a-one", "third")),
    )
    assert graph.uses(items, FORMULAS) == {
        "a-one": (
            Use("a", None, ("first",)),
            Use("a", HEADING, ("second",)),
            Use("b", None, ("third",)),
            Use("c", None, ("last",)),
        )
    }


@pytest.mark.parametrize(
    ("references", "labels"),
    [
        ([], {}),
        ([eq("a-one"), eq("a-one")], {"a-one": 1}),
        ([eq("a-one", "x"), eq("a-one", "y")], {"a-one": 2}),
        ([eq("a-one", "x"), eq("a-one", "x", HEADING)], {"a-one": 2}),
        ([eq("a-one", "x"), eq("a-two", "x")], {"a-one": 1, "a-two": 1}),
        ([eq("nowhere"), named("fig")], {}),
        ([doc("a-one")], {}),
    ],
)
def test_a_sentence_uses_a_formula_once(references: list[Reference], labels: dict) -> None:
    found = graph.uses(by_name(facts("z", *references)), FORMULAS)
    assert {label: len(uses) for label, uses in found.items()} == labels


def test_links_lead_from_one_document_to_another() -> None:
    items = by_name(
        facts("b", eq("a-one"), doc("b"), eq("b-one"), named("nothing"), named("fig")),
        facts("a", doc("b"), eq("a-two")),
    )
    assert [(link.docname, link.target) for link in graph.links(items, find)] == [
        ("a", "b"), ("b", "a"), ("b", "c"),
    ]  # fmt: skip


def test_backlinks_have_each_sentence_once() -> None:
    one, other = Link("b", "a", None, ("x",)), Link("b", "a", None, ("y",))
    away = Link("b", "c", None, ("x",))
    assert graph.backlinks([one, one, other, away]) == {"a": (one, other), "c": (away,)}


def related(items: list[Facts], names: str, **tags: str) -> dict[str, list[str]]:
    """For each post the related ones, with reasons: ``b link, tag x``."""
    known = by_name(*items)
    found = graph.related(posts(names, **tags), known, graph.links(known, find))
    return {
        docname: [
            f"{other.docname}: {', '.join(' '.join([kind, *ns]) for kind, ns in other.shared)}"
            for other in others
        ]
        for docname, others in found.items()
    }  # fmt: skip


@pytest.mark.parametrize(
    ("items", "tags", "of_x"),
    [
        ([facts("x"), facts("y")], {}, []),
        ([facts("x"), facts("y")], {"x": "t", "y": "t"}, []),  # one tag is too little
        ([facts("x"), facts("y")], {"x": "t u", "y": "u t v"}, ["y: tag t u"]),
        ([facts("x", cited="k"), facts("y", cited="k")], {}, ["y: work k"]),
        ([facts("x", eq("a-one")), facts("y", eq("a-one"))], {}, ["y: formula a-one"]),
        ([facts("x", doc("y")), facts("y")], {}, ["y: link "]),
        ([facts("x"), facts("y", doc("x"), doc("x"))], {}, ["y: link "]),
        ([facts("x", doc("y")), facts("y", doc("x"))], {}, ["y: link "]),
        (
            [facts("x", doc("y"), eq("a-one"), cited="k j"), facts("y", eq("a-one"), cited="j k")],
            {"x": "t", "y": "t"},
            ["y: link , formula a-one, work j k, tag t"],
        ),
    ],
)
def test_a_relation_says_why(items: list[Facts], tags: dict[str, str], of_x: list[str]) -> None:
    assert related(items, "x y", **tags)["x"] == of_x


def test_its_own_formula_is_no_formula_in_common() -> None:
    items = [facts("x", eq("x-own"), owns="x-own"), facts("y", eq("x-own"))]
    assert related(items, "x y")["x"] == []  # find() knows no document of it


def test_the_strongest_comes_first_then_the_newest_and_five_are_enough() -> None:
    names = "x p q r s t u"
    tags = dict.fromkeys(names.split(), "one two") | {"u": "one two three", "x": "one two three"}
    found = related([facts(name) for name in names.split()], names, **tags)["x"]
    assert [other[0] for other in found] == ["u", "p", "q", "r", "s"]


def test_what_many_share_says_nothing() -> None:
    names = [f"n{number:02}" for number in range(41)]
    everyone = [facts(name, cited="all") for name in names]
    assert set(map(len, related(everyone, " ".join(names)).values())) == {0}
    assert set(map(len, related(everyone[:40], " ".join(names[:40])).values())) == {5}


def test_pages_that_are_no_posts_are_not_related() -> None:
    items = [facts("x", doc("guide")), facts("guide", doc("x"))]
    assert related(items, "x") == {"x": []}
