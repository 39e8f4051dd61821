"""Who mentions what: uses of formulas, backlinks, related articles. Pure; part of JOIN."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import groupby

from .model import Facts, Formula, Link, Post, Reference, Related, Use

# What two articles share counts so much for their relation.
_WEIGHTS = {"link": 4, "formula": 3, "work": 2, "tag": 1}
_RELATED = 5  # articles that are shown as related
_LEAST = 2  # one tag in common does not make a relation
_COMMON = 40  # what more articles than this share says nothing about two of them

Find = Callable[[str, str], str | None]  # the document that a reference leads to


def uses(facts: Mapping[str, Facts], formulas: Mapping[str, Formula]) -> dict[str, tuple[Use, ...]]:
    """Where each labelled formula is mentioned, in the order of documents and of their text."""
    found: dict[str, list[Use]] = defaultdict(list)
    for docname, item in sorted(facts.items()):
        for reference in item.references:
            if names_formula(reference, formulas):
                use = Use(docname, reference.heading, reference.sentence)
                if use not in found[reference.target]:
                    found[reference.target].append(use)
    return {label: tuple(places) for label, places in found.items()}


def names_formula(reference: Reference, formulas: Mapping[str, Formula]) -> bool:
    """Whether a reference leads to a formula."""
    return reference.kind in ("eq", "any") and reference.target in formulas


def links(facts: Mapping[str, Facts], find: Find) -> tuple[Link, ...]:
    """Every mention of one document, or of something in it, in another."""
    return tuple(
        Link(docname, target, reference.heading, reference.sentence)
        for docname, item in sorted(facts.items())
        for reference in item.references
        if (target := find(reference.kind, reference.target)) and target != docname
    )


def backlinks(found: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """The links that lead to each document, one for each sentence."""
    by_target: dict[str, list[Link]] = defaultdict(list)
    for link in found:
        if link not in by_target[link.target]:
            by_target[link.target].append(link)
    return {target: tuple(places) for target, places in by_target.items()}


def related(
    posts: Iterable[Post], facts: Mapping[str, Facts], found: Iterable[Link]
) -> dict[str, tuple[Related, ...]]:
    """For each post the others that share most with it, and what that is; newest first of equals.

    A link between two of them, formulas and works that both name, and tags of both count.
    """
    order = {post.docname: place for place, post in enumerate(posts)}
    shared = _shared(order, facts, posts_tags=_tags(posts), found=found)
    return {docname: _best(shared[docname], order) for docname in order}


def _tags(posts: Iterable[Post]) -> dict[str, tuple[str, ...]]:
    return {post.docname: post.meta.tags for post in posts}


Shared = dict[str, dict[str, list[tuple[str, str]]]]  # post -> other -> kind and name of each thing


def _shared(
    order: Mapping[str, int],
    facts: Mapping[str, Facts],
    posts_tags: Mapping[str, tuple[str, ...]],
    found: Iterable[Link],
) -> Shared:
    shared: Shared = defaultdict(lambda: defaultdict(list))
    for one, other in sorted({(link.docname, link.target) for link in found}):
        if one in order and other in order:
            for here, there in ((one, other), (other, one)):
                if ("link", "") not in shared[here][there]:
                    shared[here][there].append(("link", ""))
    labels = {equation.label for item in facts.values() for equation in item.equations}
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for docname in order:
        for thing in _things(facts[docname], posts_tags[docname], labels):
            owners[thing].add(docname)
    for thing, names in sorted(owners.items()):
        if len(names) <= _COMMON:
            for one in names:
                for other in names - {one}:
                    shared[one][other].append(thing)
    return shared


def _things(facts: Facts, tags: tuple[str, ...], labels: Set[str]) -> Iterator[tuple[str, str]]:
    own = {equation.label for equation in facts.equations}
    for reference in facts.references:
        is_formula = reference.kind == "eq" or (
            reference.kind == "any" and reference.target in labels
        )
        if is_formula and reference.target not in own:
            yield "formula", reference.target
    yield from (("work", key) for key in facts.cited)
    yield from (("tag", tag) for tag in tags)


def _best(
    others: Mapping[str, list[tuple[str, str]]], order: Mapping[str, int]
) -> tuple[Related, ...]:
    scored = [
        (sum(_WEIGHTS[kind] for kind, _ in things), other, things)
        for other, things in others.items()
    ]
    scored.sort(key=lambda item: (-item[0], order[item[1]]))
    return tuple(
        Related(other, _grouped(things)) for score, other, things in scored[:_RELATED]
        if score >= _LEAST
    )  # fmt: skip


def _grouped(things: list[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kinds = list(_WEIGHTS)
    ordered = sorted(things, key=lambda thing: kinds.index(thing[0]))
    return tuple(
        (kind, tuple(name for _, name in group))
        for kind, group in groupby(ordered, key=lambda thing: thing[0])
    )
