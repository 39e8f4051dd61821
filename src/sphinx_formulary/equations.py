"""Numbers the formulas of a document in their order, lines of an ``align`` too. Part of READ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.nodes import fully_normalize_name, make_id
from sphinx.transforms import SphinxTransform

from .amsmath import Environment, anchored_tag, environment
from .domain import note_fault
from .formulas import anchor
from .model import Equation, Fault
from .nodes import tex_source
from .warnings import Kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Equations(SphinxTransform):
    """Gives each labelled formula its number, and each labelled line of an environment its own.

    A block with such lines keeps them as ``rows``: label, number, lines above it in the block. Its
    text is what LaTeX takes, ``katex`` the same with an id at each number, ``bare`` without any.
    """

    # Behind explicit targets (260), before headings take ids that are still free (263).
    default_priority = 261

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
                self._name(node, node["label"])
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
            anchored[index] = anchored_tag(number, map(anchor, labels))
        node["bare"] = found.tex(lambda index: "")
        node["katex"] = found.tex(lambda index: anchored.get(index, ""))
        node["rows"] = rows
        node["nowrap"] = True
        _set_text(node, found.tex(lambda index: tags.get(index, "")))
        node["ids"] = []
        for label, _, _ in rows:
            self._name(node, label)

    def _name(self, node: nodes.math_block, label: str) -> None:
        """Give a formula the label as its id, in the place of the one that the parser made."""
        id = anchor(label)
        made = make_id(f"equation-{label}")
        node["ids"] = [*(other for other in node["ids"] if other not in (made, id)), id]
        name = fully_normalize_name(label)
        if name in node["names"]:  # its ``:name:``, which is no second thing of that name
            node["names"].remove(name)
            self.document.nametypes.pop(name, None)
        self.document.ids.setdefault(id, node)
        before = node.parent[node.parent.index(node) - 1] if node.parent.index(node) else None
        if isinstance(before, nodes.target) and before.get("refid") == made:
            before["refid"] = id
        else:
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
            yield Equation(node["label"], node["number"], node.line, tex_source(node))
        rows: list[tuple[str, int, int]] = node.get("rows", [])
        for label, number, breaks in rows:
            line = node.line and node.line + breaks
            yield Equation(label, number, line, (node["bare"], True))


def setup_equations(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(Equations)
