"""Every mistake of the authors, found from the facts alone. Pure; part of JOIN."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .amsmath import without_anchored_tags
from .model import Facts, Fault, Site
from .tex import commands
from .warnings import Kind

if TYPE_CHECKING:
    from .domain import FormularyDomain

Found = Iterator[tuple[str, Fault]]  # document, fault


def faults(domain: FormularyDomain, site: Site, documents: Collection[str]) -> Found:
    """Every fault once, in the order of the documents."""
    facts = [item for _, item in sorted(domain.facts.items())]
    yield from sorted(domain.unreadable.items())
    for item in facts:
        yield from ((item.docname, fault) for fault in item.faults)
    yield from _labels(facts)
    yield from _terms(facts)
    yield from _references(facts, site)
    yield from _tex(facts, site)
    yield from _aliases(facts, site, documents)


def _labels(facts: list[Facts]) -> Found:
    places: dict[str, list[tuple[Facts, int | None]]] = defaultdict(list)
    for item in facts:
        for named in item.equations:
            places[named.label].append((item, named.line))
        for target in item.targets:
            places[target.name].append((item, target.line))
    for label, ((first, first_line), *others) in places.items():
        if not label.isascii():
            message = f"the label '{label}' is not ASCII; write one such as topic-name"
            yield first.docname, Fault(first_line, Kind.LABEL, message)
        if re.search(r"[\s,]", label) and label in {named.label for named in first.equations}:
            message = f"the label '{label}' has a space or a comma; write one such as topic-name"
            yield first.docname, Fault(first_line, Kind.LABEL, message)
        for item, line in others:
            where = f"{first.path}:{first_line}" if first_line else first.path
            message = f"the label '{label}' is used twice, first in {where}; rename one of them"
            yield item.docname, Fault(line, Kind.LABEL, message)


def _terms(facts: list[Facts]) -> Found:
    known: dict[str, str] = {}
    for item in facts:
        for term in item.terms:
            place = f"{item.path}:{term.line}" if term.line else item.path
            if (first := known.setdefault(term.name, place)) != place:
                message = f"the term '{term.name}' is defined twice, first in {first}; join them"
                yield item.docname, Fault(term.line, Kind.LABEL, message)


def _references(facts: list[Facts], site: Site) -> Found:
    for item in facts:
        for reference in item.references:
            if reference.kind == "eq" and reference.target not in site.formulas:
                near = get_close_matches(reference.target, site.formulas, n=1)
                hint = f"did you mean '{near[0]}'?" if near else "label one with $$ … $$ (label)"
                message = f"no formula has the label '{reference.target}'; {hint}"
                yield item.docname, Fault(reference.line, Kind.REFERENCE, message)


def _tex(facts: list[Facts], site: Site) -> Found:
    """Each formula once, where it stands first; the message names its other places."""
    places: dict[tuple[str, str], list[tuple[str, str, int | None]]] = defaultdict(list)
    for item in facts:
        for tex in item.tex:
            rendered = site.math.get(tex.source)
            if rendered and rendered.error:
                where = places[without_anchored_tags(tex.source[0]), rendered.error]
                if (place := (item.docname, item.path, tex.line)) not in where:
                    where.append(place)
    for (source, error), ((docname, _, line), *others) in places.items():
        also = ", ".join(f"{path}:{place}" for _, path, place in others)
        message = f"{error}{_near(error, site)}; in: {_short(source)}"
        message += f"; also in {also}" if also else ""
        yield docname, Fault(line, Kind.TEX, message)


def _near(error: str, site: Site) -> str:
    """What an unknown command was meant to be, by the commands of the site's other formulas."""
    unknown = re.search(r"Undefined control sequence: (\\[A-Za-z]+)", error)
    if unknown is None:
        return ""
    known = {
        name for (tex, _), math in site.math.items() if not math.error for name in commands(tex)
    }
    near = get_close_matches(unknown[1], known, n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


def _short(source: str, length: int = 60) -> str:
    line = " ".join(source.split())
    return line if len(line) <= length else line[:length] + "…"


def is_taken(alias: str, pages: Collection[str]) -> bool:
    """Whether an old path is that of a page, as a file or, under ``dirhtml``, as a folder."""
    return not {alias, f"{alias}/index", alias.removesuffix("/index")}.isdisjoint(pages)


def _aliases(facts: list[Facts], site: Site, documents: Collection[str]) -> Found:
    owners: dict[str, str] = {}
    for item in facts:
        for alias in item.meta.aliases if item.meta else ():
            line = item.meta.lines.get("aliases") if item.meta else None
            owner = owners.setdefault(alias, item.docname)
            if is_taken(alias, documents) or is_taken(alias, site.pages):
                message = f"the alias '{alias}' is a page of this site; take it out"
            elif owner != item.docname:
                message = f"the alias '{alias}' already leads to '{owner}'; take it out of one"
            else:
                continue
            yield item.docname, Fault(line, Kind.ALIAS, message)
