"""Numbers of figures, tables and listings, counted in each document, and references to them.

Sphinx numbers only what stands in a toctree, which posts do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from .domain import FormularyDomain
from .formulas import caption_text, filled
from .model import Caption

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class CaptionNumbers(SphinxTransform):
    """READ: gives every figure, table and listing that has a caption its ``number``."""

    default_priority = 264

    def apply(self) -> None:
        if self.config.numfig:
            return  # the site wants Sphinx's own numbers
        counts: Counter[str] = Counter()
        names: set[str] = set()
        std = self.env.domains.standard_domain
        for node in self.document.findall(nodes.Element):
            kind = _kind(std.get_enumerable_node_type(node))
            if kind and std.get_numfig_title(node):
                counts[kind] += 1
                node["caption-number"] = counts[kind]
                node["caption-label"] = filled(self.config.numfig_format[kind], counts[kind])
                names.update(node["names"])
        for link in list(self.document.findall(nodes.reference)):
            # MyST resolves [](#name) inside a document at once, and would show the caption.
            if link.get("id_link") and link.get("refuri", "")[1:] in names:
                link.replace_self(self._pending(link))

    def _pending(self, link: nodes.reference) -> addnodes.pending_xref:
        """What MyST makes of a link to another document."""
        pending = addnodes.pending_xref(
            refdoc=self.env.docname,
            refdomain=None,
            reftype="myst",
            reftarget=link["refuri"][1:],
            refexplicit=bool(link.children),
        )
        pending.source, pending.line = link.source, link.line
        if "reftitle" in link:
            pending["reftitle"] = link["reftitle"]
        pending += nodes.inline("", "", *link.children, classes=["xref", "myst"])
        return pending


def _kind(kind: str | None) -> str:
    # Sections have a table of contents, formulas a domain of their own.
    return kind if kind in ("figure", "table", "code-block") else ""


def captions(doctree: nodes.document) -> Iterator[Caption]:
    """What has a caption and a name in a document. Part of READ."""
    for node in doctree.findall(nodes.Element):
        if "caption-number" in node:
            for name in node["names"]:
                id = doctree.nameids.get(name) or node["ids"][0]
                yield Caption(name, id, node["caption-number"], node["caption-label"])


class CaptionReferences(SphinxPostTransform):
    """WRITE: names figures, tables and listings by their number, with their article elsewhere.

    In the place of a reference that has no words of its own; for one that has, only for
    ``{numref}``, whose ``%s`` is the number. Runs before MyST's (9) and Sphinx's resolvers (10).
    """

    default_priority = 8

    def run(self, **kwargs: object) -> None:
        site = FormularyDomain.of(self.env).site
        for node in list(self.document.findall(addnodes.pending_xref)):
            docname, caption = site.captions.get(node["reftarget"], ("", None))
            counted = node["reftype"] == "numref"
            if caption is None or node["reftype"] not in _REFERENCES:
                continue
            if node["refexplicit"] and not counted:
                continue
            place = "" if "excerpt" in node else self.env.docname
            text = caption_text(site, caption.name, place)
            if node["refexplicit"]:
                text = filled(node.astext(), caption.number)
            link = make_refnode(self.app.builder, self.env.docname, docname, caption.id,
                                nodes.Text(text))  # fmt: skip
            link["classes"].append("caption-reference")
            node.replace_self(link)


_REFERENCES = {"numref", "ref", "any", "myst"}


def show_numbers(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """WRITE: put the number before the caption. LaTeX counts by itself."""
    if app.builder.format == "latex":
        return
    for node in doctree.findall(nodes.Element):
        # A theme may have put a copy of the node around it.
        caption = next((child for child in node.children if isinstance(child, _CAPTIONS)), None)
        if caption is not None and "caption-number" in node:
            label = nodes.inline("", node["caption-label"] + " ", classes=["caption-number"])
            caption.insert(0, label)


_CAPTIONS = (nodes.caption, nodes.title)


def setup_captions(app: Sphinx) -> None:
    """Register the transforms and connect WRITE."""
    app.add_transform(CaptionNumbers)
    app.add_post_transform(CaptionReferences)
    app.connect("doctree-resolved", show_numbers)
