"""What a document refers to, and on which line. Part of READ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from .domain import FormularyDomain, note_fault
from .model import Fault, Reference
from .warnings import Kind

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def references(doctree: nodes.document, lines: Lines) -> Iterator[Reference]:
    """Every reference of a document, in order."""
    for node in doctree.findall(addnodes.pending_xref):
        yield _reference(node, lines)


def _reference(node: addnodes.pending_xref, lines: Lines) -> Reference:
    line = lines.of(node)
    target = node["reftarget"]
    if node.get("refdomain") == "math":
        return Reference("eq", target, line)
    if node.get("refdomain") == "doc":
        return Reference("doc", target, line)
    if node["reftype"] == "doc":
        return Reference("doc", docname_join(node["refdoc"], target), line)
    return Reference("any", target, line)


def unlink_held(env: BuildEnvironment, doctree: nodes.document, lines: Lines) -> None:
    """Take out links to posts that are held back, and note each as a fault."""
    held = FormularyDomain.of(env).held
    for node in list(doctree.findall(addnodes.pending_xref)):
        reference = _reference(node, lines)
        if (
            reference.kind == "doc"
            and reference.target in held
            and reference.target not in env.found_docs
        ):
            message = (
                f"links to '{reference.target}', which is held back ({held[reference.target]}); "
                "publish it, or take the link out"
            )
            note_fault(env, Fault(reference.line, Kind.HELD, message))
            text = node.astext() or reference.target
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
