"""Heading ids: an explicit target, else the words of the heading, Chinese ones too."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SEPARATORS = re.compile(r"[^\w]+")


def slug(text: str) -> str:
    """*text* as an id: letters of every script and digits, lower case, joined by hyphens."""
    text = unicodedata.normalize("NFKC", text).lower()
    return _SEPARATORS.sub("-", text).strip("-_") or "section"


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
            new = self._unique(slug(section[0].astext()))
            document.ids[new] = section
            section["ids"] = [*kept, new]
            moved |= dict.fromkeys(old, new)
        for name, id in document.nameids.items():
            if id in moved:
                document.nameids[name] = moved[id]
        self._tell_myst(moved)

    def _unique(self, wanted: str) -> str:
        id, count = wanted, 1
        while id in self.document.ids:
            count += 1
            id = f"{wanted}-{count}"
        return id

    def _tell_myst(self, moved: dict[str, str]) -> None:
        # MyST noted the ids while it parsed, to resolve [](page.md#heading).
        slugs = self.env.metadata[self.env.docname].get("myst_slugs", {})
        for name, (line, id, text) in list(slugs.items()):
            slugs[name] = (line, moved.get(id, id), text)


def setup_headings(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(HeadingIds)
