"""What a document refers to, and on which line. Part of READ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join
from sphinx.util.nodes import traverse_parent

from .domain import FormularyDomain, note_fault
from .formulas import labels
from .model import Fault, Heading, Mention, Reference
from .sentences import parts, sentence
from .warnings import Kind

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


Places = list[tuple[addnodes.pending_xref, int | None]]


def places(doctree: nodes.document, lines: Lines) -> Places:
    """Every reference of a document with its line; call it before line breaks are joined.

    The node gets the line too, for those who resolve it: else they name that of its block.
    """
    found = [(node, lines.of(node)) for node in doctree.findall(addnodes.pending_xref)]
    for node, line in found:
        sources = (above.source for above in traverse_parent(node) if above.source)
        node.source, node.line = next(sources, doctree["source"]), line
    return found


def mentions_of(found: Places) -> dict[int, Mention]:
    """What each reference names, by the id of its node."""
    return {id(node): _mention(node) for node, _ in found}


def references(found: Places, mentions: Mapping[int, Mention]) -> Iterator[Reference]:
    """Every reference with the sentence that it stands in; call it when they are joined."""
    headings: dict[int, Heading] = {}  # one value for all references in a section
    for node, line in found:
        mention = mentions[id(node)]
        heading = _heading(node, headings, mentions)
        shown = sentence(node, mentions) if node.parent else ()
        targets = labels(mention.target) if mention.kind == "eq" else [mention.target]
        for target in targets:
            yield Reference(mention.kind, target, line, heading, shown)


def _heading(
    node: nodes.Element, known: dict[int, Heading], mentions: Mapping[int, Mention]
) -> Heading | None:
    section = node.parent
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    # The outermost section is the document itself.
    if section is None or isinstance(section.parent, nodes.document):
        return None
    if id(section) not in known:
        known[id(section)] = Heading(
            section["ids"][-1], parts(cast(nodes.Element, section[0]), mentions)
        )
    return known[id(section)]


def _mention(node: addnodes.pending_xref) -> Mention:
    target = node["reftarget"]
    text = node.astext() if node.get("refexplicit") else ""
    if node.get("refdomain") == "math":
        return Mention("eq", target, text)
    if node.get("refdomain") == "doc":
        return Mention("doc", target, text)
    if node["reftype"] == "doc":
        return Mention("doc", docname_join(node["refdoc"], target), text)
    if node["reftype"] == "term":
        return Mention("term", target, node.astext())
    return Mention("any", target, text)


def unlink_held(env: BuildEnvironment, found: Places) -> None:
    """Take out links to posts that are held back, and note each as a fault."""
    held = FormularyDomain.of(env).held
    for node, line in found:
        mention = _mention(node)
        target = mention.target
        if mention.kind == "doc" and target in held and target not in env.found_docs:
            message = (
                f"links to '{target}', which is held back ({held[target]}); "
                "publish it, or take the link out"
            )
            note_fault(env, Fault(line, Kind.HELD, message))
            text = node.astext() or target
            node.replace_self(nodes.inline("", text))


class Lines:
    """The lines of inline nodes: that of their block, and the line breaks before them in it."""

    def __init__(self) -> None:
        self._breaks: dict[int, dict[int, int]] = {}  # by id of the block, by id of the node

    def of(self, node: nodes.Node) -> int | None:
        """The line of *node* in its file."""
        block = node
        while block.parent is not None and (
            isinstance(block, (nodes.Text, nodes.Inline)) or block.line is None
        ):
            block = block.parent
        if block.line is None or block is node:
            return block.line
        if id(block) not in self._breaks:
            self._breaks[id(block)] = dict(_breaks_before(block))
        return int(block.line) + self._breaks[id(block)][id(node)]


def _breaks_before(block: nodes.Node) -> Iterator[tuple[int, int]]:
    breaks = 0
    for node in block.findall():
        yield id(node), breaks
        if isinstance(node, nodes.Text):
            breaks += node.count("\n")
