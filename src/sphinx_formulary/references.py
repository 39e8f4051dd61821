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


def references(doctree: nodes.document) -> Iterator[Reference]:
    """Every reference of a document, in order."""
    return map(_reference, doctree.findall(addnodes.pending_xref))


def _reference(node: addnodes.pending_xref) -> Reference:
    target = node["reftarget"]
    if node.get("refdomain") == "math":
        return Reference("eq", target, line_of(node))
    if node.get("refdomain") == "doc":
        return Reference("doc", target, line_of(node))
    if node["reftype"] == "doc":
        return Reference("doc", docname_join(node["refdoc"], target), line_of(node))
    return Reference("any", target, line_of(node))


def unlink_held(env: BuildEnvironment, doctree: nodes.document) -> None:
    """Take out links to posts that are held back, and note each as a fault."""
    held = FormularyDomain.of(env).held
    for node in list(doctree.findall(addnodes.pending_xref)):
        reference = _reference(node)
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


def line_of(node: nodes.Node) -> int | None:
    """The line of an inline node: that of its block, and the line breaks before it in the block."""
    block = node
    while block.parent is not None and (
        isinstance(block, (nodes.Text, nodes.Inline)) or block.line is None
    ):
        block = block.parent
    if block.line is None or block is node:
        return block.line
    breaks = 0
    for leaf in block.findall():
        if leaf is node:
            break
        if isinstance(leaf, nodes.Text):
            breaks += leaf.count("\n")
    return int(block.line) + breaks
