"""A comma after a formula stays in its line. Pure.

No line begins with closing punctuation. Browsers keep to that between characters, but break between
the box that is the last part of a formula and a comma, unless both stand in what forbids breaks. In
there a formula may break between its parts as ever.
"""

from __future__ import annotations

import re

from docutils import nodes

KEPT = "formula-end"
_CLOSING = re.compile("[、，。；：？！）」』》〉】〕”’…—,.;:?!)]+")
_PART = '<span class="katex-base">'  # a line may break between two of these


def closing(text: str) -> str:
    """The closing punctuation with which a text begins."""
    found = _CLOSING.match(text)
    return found[0] if found else ""


def breakable(formula: str) -> str:
    """The HTML of a formula, with breaks between its parts where breaks are forbidden."""
    first, part, rest = formula.partition(_PART)
    return first + part + rest.replace(_PART, f"<wbr>{_PART}")


def keep_punctuation(doctree: nodes.Node) -> None:
    """Put inline formulas and the punctuation after them into one node."""
    for math in list(doctree.findall(nodes.math)):
        after = math.next_node(descend=False, siblings=True)
        if isinstance(after, nodes.Text) and (kept := closing(after)):
            math.parent.replace(after, nodes.Text(after[len(kept) :]))
            together = nodes.inline(classes=[KEPT])
            math.replace_self(together)
            together += [math, nodes.Text(kept)]
