"""How formulas and documents are named where they are mentioned. Pure."""

from __future__ import annotations

from .model import Formula, Mention, Site


def reference_text(site: Site, formula: Formula, foreign: bool) -> str:
    """``(3)`` on the formula's own page, ``FlashAttention (3)`` elsewhere."""
    number = f"({formula.number})"
    return f"{site.titles[formula.docname]} {number}" if foreign else number


def mention_text(site: Site, mention: Mention, place: str) -> str:
    """How the page *place* names what a kept sentence mentions."""
    formula = site.formulas.get(mention.target) if mention.kind != "doc" else None
    if mention.text:
        return mention.text
    if formula:
        return reference_text(site, formula, formula.docname != place)
    return site.titles.get(mention.target, mention.target)
