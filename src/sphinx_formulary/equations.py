"""Numbers the formulas of a document in their order, lines of an ``align`` too. Part of READ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.nodes import make_id
from sphinx.transforms import SphinxTransform

from .amsmath import Environment, anchored_tag, environment
from .domain import note_fault
from .model import Equation, Fault
from .warnings import Kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Equations(SphinxTransform):
    """Gives each labelled formula its number, and each labelled line of an environment its own.

    A block with such lines keeps them as ``rows``: label, number, lines above it in the block. Its
    text is what LaTeX takes, ``katex`` the same with an id at each number, ``bare`` without any.
    """

    default_priority = 264

    def apply(self) -> None:
        self.number = 0
        for node in list(self.document.findall(nodes.math_block)):
            found = environment(node.astext())
            if found and found.name == "equation":
                self._unwrap(node, found)
            elif found:
                self._rows(node, found)
            if node.get("label"):
                node["number"] = self._next()
                node["docname"] = self.env.docname
                _check_tag(self, node, node.astext())

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _unwrap(self, node: nodes.math_block, found: Environment) -> None:
        line = found.lines[0]
        if (line.labels and node.get("label")) or len(line.labels) > 1:
            message = "a formula has one label; take the others out"
            note_fault(self.env, Fault(node.line, Kind.LABEL, message))
        if line.labels and not node.get("label"):
            node["label"] = line.labels[0]
            self._target(node, make_id(f"equation-{line.labels[0]}"))
        _set_text(node, line.tex.strip())
        node["nowrap"] = False

    def _rows(self, node: nodes.math_block, found: Environment) -> None:
        # LaTeX gives a label that is not on a line to the last one.
        outer, node["label"], node["number"] = node.get("label"), None, None
        tags: dict[int, str] = {}
        anchored: dict[int, str] = {}
        rows = []
        last = len(found.lines) - 1
        for index, line in enumerate(found.lines):
            labels = [*line.labels, *([outer] if outer and index == last else [])]
            everything = self.config.math_number_all and not found.starred
            if not labels and not (everything and line.may_be_numbered):
                continue
            if labels:
                _check_tag(self, node, line.tex)
            number = self._next()
            rows += [(label, number, line.breaks) for label in labels]
            if line.has_tag:
                continue  # which is told; KaTeX takes no second one
            tags[index] = f" \\tag{{{number}}}"
            anchored[index] = anchored_tag(
                number, [make_id(f"equation-{label}") for label in labels]
            )
        node["bare"] = found.tex(lambda index: "")
        node["katex"] = found.tex(lambda index: anchored.get(index, ""))
        node["rows"] = rows
        node["nowrap"] = True
        _set_text(node, found.tex(lambda index: tags.get(index, "")))
        for label, _, _ in rows:
            self._target(node, make_id(f"equation-{label}"))

    def _target(self, node: nodes.math_block, id: str) -> None:
        if id not in node["ids"]:
            node["ids"].append(id)
            node.parent.insert(node.parent.index(node), nodes.target("", "", refid=id))


def _set_text(node: nodes.math_block, tex: str) -> None:
    node.children.clear()
    node += nodes.Text(tex)


def _check_tag(transform: SphinxTransform, node: nodes.math_block, tex: str) -> None:
    if r"\tag" in tex:
        message = r"a labelled formula gets its number by itself; take '\tag' or the label out"
        note_fault(transform.env, Fault(node.line, Kind.TEX, message))


def equations(doctree: nodes.document) -> Iterator[Equation]:
    """The labelled formulas of a document, and labelled lines, in order."""
    for node in doctree.findall(nodes.math_block):
        if node.get("label") and node.get("number"):
            yield Equation(node["label"], node["number"], node.line)
        rows: list[tuple[str, int, int]] = node.get("rows", [])
        for label, number, breaks in rows:
            yield Equation(label, number, node.line and node.line + breaks)


def setup_equations(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(Equations)
