"""WRITE: a link to a document shows its title with its formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join

from .excerpt import light
from .nodes import formulas

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class TitledLinks(SphinxPostTransform):
    """Gives a link without words of its own the title as nodes.

    Sphinx and MyST, whose resolvers run later (9 and 10), take the title's text, in which a formula
    is raw TeX.
    """

    default_priority = 8

    def run(self, **kwargs: object) -> None:
        for link in self.document.findall(addnodes.pending_xref):
            docname = _document(link)
            title = self.env.titles.get(docname) if docname else None
            if title is not None and not link["refexplicit"] and any(formulas(title)):
                link[:] = [nodes.inline("", "", *light(title).children)]
                # Sphinx's own resolver keeps no nodes, MyST's does.
                link.attributes |= _MYST | {"reftarget": docname}


_MYST = {"refdomain": "doc", "reftype": "myst", "reftargetid": None, "refexplicit": True}


def _document(link: addnodes.pending_xref) -> str | None:
    """The document that a link leads to as a whole."""
    if link.get("refdomain") == "doc" and not link.get("reftargetid"):
        return str(link["reftarget"])
    if link.get("reftype") == "doc":
        return docname_join(link["refdoc"], link["reftarget"])
    return None


def setup_titles(app: Sphinx) -> None:
    """Register the post-transform."""
    app.add_post_transform(TitledLinks)
