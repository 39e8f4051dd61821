"""How formulas, figures and documents are named where they are mentioned. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from .locale import _
from .model import Formula, Mention, Site


def anchor(label: str) -> str:
    """The id of a labelled formula: the label, which is a part of its address for good."""
    return re.sub(r"\s+", "-", label)


def labels(target: str) -> list[str]:
    """The labels that one reference names: ``a-one, a-two``."""
    return [label.strip() for label in target.split(",")]


def reference_parts(
    site: Site, wanted: Sequence[str], place: str
) -> Iterator[tuple[str, Formula | None]]:
    """The words by which the page *place* names formulas, each with the formula that it leads to.

    ``(3)`` on the formula's own page, ``FlashAttention (3)`` elsewhere, ``(3)–(5)`` for three or
    more in a row. What stands between has no formula, and an unknown label is shown as it is.
    """
    found = [(label, site.formulas.get(label)) for label in wanted]
    for index, (docname, group) in enumerate(groupby(found, lambda item: _home(item[1]))):
        if index:
            yield _(", "), None
        items = list(group)
        formulas = [formula for _label, formula in items if formula]
        if not formulas:
            yield _(", ").join(label for label, _formula in items), None
            continue
        named = f"{site.titles[docname]} " if docname != place else ""
        for first, (text, formula) in enumerate(_numbers(formulas)):
            yield (text if first else named + text), formula


def _home(formula: Formula | None) -> str:
    return formula.docname if formula else ""


def _numbers(formulas: Sequence[Formula]) -> Iterator[tuple[str, Formula | None]]:
    runs = groupby(enumerate(formulas), lambda item: item[1].number - item[0])
    for index, (_key, group) in enumerate(runs):
        run = [formula for _index, formula in group]
        shown = [run[0], run[-1]] if len(run) > 2 else run
        between = "–" if len(run) > 2 else _(", ")
        for place, formula in enumerate(shown):
            if place or index:
                yield (between if place else _(", ")), None
            yield f"({formula.number})", formula


def caption_text(site: Site, name: str, place: str) -> str:
    """``Fig. 2`` on the page of the figure, ``FlashAttention Fig. 2`` elsewhere."""
    docname, caption = site.captions[name]
    return caption.label if docname == place else f"{site.titles[docname]} {caption.label}"


def filled(words: str, number: int) -> str:
    """The words of a reference that has a place for the number."""
    return words.replace("%s", str(number)).replace("{number}", str(number))


def mention_text(site: Site, mention: Mention, place: str) -> str:
    """How the page *place* names what a kept sentence mentions."""
    if mention.kind == "term":
        return mention.text
    if mention.text:
        _docname, caption = site.captions.get(mention.target, ("", None))
        return filled(mention.text, caption.number) if caption else mention.text
    if mention.kind == "eq" or mention.target in site.formulas:
        return "".join(text for text, _f in reference_parts(site, labels(mention.target), place))
    if mention.kind != "doc" and mention.target in site.captions:
        return caption_text(site, mention.target, place)
    return site.titles.get(mention.target, mention.target)
