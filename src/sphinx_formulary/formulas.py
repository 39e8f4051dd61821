"""How a formula is referred to."""

from __future__ import annotations

from .model import Formula, Site


def reference_text(site: Site, formula: Formula, foreign: bool) -> str:
    """``(3)`` on the formula's own page, ``FlashAttention (3)`` elsewhere."""
    number = f"({formula.number})"
    return f"{site.titles[formula.docname]} {number}" if foreign else number
