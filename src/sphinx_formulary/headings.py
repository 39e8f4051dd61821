"""Ids of headings, by an explicit target or their words, and of the terms of glossaries."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SEPARATORS = re.compile(r"[^\w]+")


def slug(text: str) -> str:
    """*text* as an id: letters of every script and digits, lower case, joined by hyphens."""
    text = unicodedata.normalize("NFKC", text).lower()
    return _SEPARATORS.sub("-", text).strip("-_") or "section"


def unique(wanted: str, document: nodes.document) -> str:
    """*wanted*, with a number where the document has it already."""
    id, count = wanted, 1
    while id in document.ids:
        count += 1
        id = f"{wanted}-{count}"
    return id


class HeadingIds(SphinxTransform):
    """Replaces the ids that docutils made up: for Chinese it counts, and a count moves.

    Runs after explicit targets have come to their headings (260–262), before ids are used.
    """

    default_priority = 263

    def apply(self) -> None:
        document = self.document
        explicit = {
            document.nameids.get(name) for name, given in document.nametypes.items() if given
        }
        moved: dict[str, str] = {}
        for section in document.findall(nodes.section):
            kept = [id for id in section["ids"] if id in explicit]
            old = [id for id in section["ids"] if id not in explicit]
            for id in old:
                del document.ids[id]
            new = unique(slug(section[0].astext()), document)
            document.ids[new] = section
            section["ids"] = [*kept, new]
            moved |= dict.fromkeys(old, new)
        for name, id in document.nameids.items():
            if id in moved:
                document.nameids[name] = moved[id]
        self._tell_myst(moved)

    def _tell_myst(self, moved: dict[str, str]) -> None:
        # MyST noted the ids while it parsed, to resolve [](page.md#heading).
        slugs = self.env.metadata[self.env.docname].get("myst_slugs", {})
        for name, (line, id, text) in list(slugs.items()):
            slugs[name] = (line, moved.get(id, id), text)


class TermIds(SphinxTransform):
    """Gives terms whose letters Sphinx drops ids made of their words, for the same reason."""

    default_priority = 263

    def apply(self) -> None:
        standard = self.env.domains.standard_domain
        for term in self.document.findall(nodes.term):
            text = term.astext()
            known = standard.objects.get(("term", text))
            if known and not text.isascii() and known[1] in term["ids"]:
                del self.document.ids[known[1]]
                new = unique(f"term-{slug(text)}", self.document)
                self.document.ids[new] = term
                term["ids"] = [new]
                for index in term.findall(addnodes.index):
                    index["entries"] = [(a, b, new, *rest) for a, b, _, *rest in index["entries"]]
                place = (self.env.docname, new)
                standard.objects["term", text] = standard._terms[text.lower()] = place


def setup_headings(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(HeadingIds)
    app.add_transform(TermIds)
