"""Excerpts: nodes of a post in, the nodes that a listing shows of it out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from .cjk import measure

# What a formula counts for, in CJK characters: about the room that it takes.
INLINE_FORMULA = 4
DISPLAY_FORMULA = 16

# A closing quote or bracket belongs to the sentence before it.
_CJK_END = re.compile("[。！？…]+[」』”’）]*")
_LATIN_END = re.compile(r"""[.!?]+["')\]]*(?=\s+[^\sa-z]|\s*$)""")
_CLOSED = re.compile("[。！？…!?][」』”’）]*$")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|w\.r\.t|et al|etc|approx|cf|resp|vs|no|Dr|Mr|Ms|Prof|St"
    r"|Figs?|Eqs?|Secs?|Ch|Refs?|Thms?|Def|Prop|Tab|Alg|[A-Z])\.$",
    re.I,
)
_MORE = re.compile(r"<!--\s*more\s*-->|^\s*more\s*$")

_PROSE = (nodes.paragraph, nodes.math_block, nodes.bullet_list, nodes.enumerated_list,
          nodes.definition_list, nodes.block_quote)  # fmt: skip
_DROPPED = (nodes.comment, nodes.system_message, nodes.problematic, nodes.figure,
            nodes.table, nodes.literal_block, nodes.Admonition, nodes.target,
            addnodes.index)  # fmt: skip


def is_mark(node: nodes.Node) -> bool:
    """Whether *node* is the author's ``<!-- more -->``."""
    return isinstance(node, (nodes.comment, nodes.raw)) and bool(_MORE.match(node.astext()))


def excerpt(body: nodes.Element, chosen: Sequence[nodes.Node], length: int) -> list[nodes.Node]:
    """The excerpt of a post.

    *chosen* are the blocks of the front matter's ``excerpt`` and come first; else everything
    before a ``<!-- more -->``; else the opening blocks up to *length*, in CJK characters: those
    before the first heading, or below it where nothing stands before it.
    """
    if chosen:
        return [light(node) for node in chosen]
    blocks = list(_blocks(body))
    marks = [index for index, node in enumerate(blocks) if is_mark(node)]
    if marks:
        return [light(node) for node in blocks[: marks[0]] if isinstance(node, _PROSE)]
    lead = [node for node in body.children if isinstance(node, _PROSE)]
    return _opening(lead or [node for node in blocks if isinstance(node, _PROSE)], length)


def _blocks(body: nodes.Element) -> Iterator[nodes.Node]:
    for child in body.children:
        if isinstance(child, nodes.section):
            yield from _blocks(child)
        elif not isinstance(child, nodes.Titular):
            yield child


def _opening(blocks: Iterable[nodes.Node], length: int) -> list[nodes.Node]:
    kept: list[nodes.Node] = []
    room = length
    for block in map(light, blocks):
        size = weight(block)
        if size <= room:
            kept.append(block)
            room -= size
            continue
        if isinstance(block, nodes.paragraph):
            cut = cut_paragraph(block, room, at_least_one=not kept)
            kept += [cut] if cut else []
        if kept:
            break
    return [block for block in kept if block.children]


def weight(node: nodes.Node) -> int:
    """The length of *node* in CJK characters, formulas included."""
    if isinstance(node, nodes.Text):
        return measure(str(node))
    if isinstance(node, nodes.math):
        return INLINE_FORMULA
    if isinstance(node, nodes.math_block):
        return DISPLAY_FORMULA
    return sum(weight(child) for child in node.children)


def cut_paragraph(
    paragraph: nodes.Element, room: int, *, at_least_one: bool
) -> nodes.Element | None:
    """*paragraph* up to its last sentence end within *room*.

    Only text of the paragraph itself is cut: a formula, an emphasis or a link is kept whole or not
    at all. With *at_least_one* the first sentence is kept even where it is longer than the room.
    """
    best: tuple[int, int] | None = None
    for index, end, used in _cuts(paragraph):
        if used <= room or (best is None and at_least_one):
            best = index, end
        if used > room:
            break
    if best is None:
        return paragraph if at_least_one else None
    index, end = best
    cut = paragraph.copy()
    cut += [child.deepcopy() for child in paragraph.children[:index]]
    last = paragraph.children[index]
    cut += nodes.Text(str(last)[:end]) if isinstance(last, nodes.Text) else last.deepcopy()
    return cut


def _cuts(paragraph: nodes.Element) -> Iterator[tuple[int, int, int]]:
    """Where a sentence ends: child, position in it, length of the paragraph up to there."""
    used = open_tags = 0
    for index, child in enumerate(paragraph.children):
        last = index == len(paragraph.children) - 1
        if isinstance(child, nodes.raw):
            open_tags += _opened(child.astext())
        elif open_tags == 0:
            text = str(child) if isinstance(child, nodes.Text) else ""
            start, length = 0, used
            for end in sentence_ends(text, last=last):
                length += measure(text[start:end])
                yield index, end, length
                start = end
            if not text and _CLOSED.search(child.astext()) and not isinstance(child, nodes.math):
                yield index, 0, used + weight(child)
        used += weight(child)


def _opened(html: str) -> int:
    # An inline tag is a node of its own; nothing is cut between it and its end.
    if html.startswith("</"):
        return -1
    return 0 if html.endswith("/>") or re.match(r"<(?:br|img|wbr|!)", html) else 1


def sentence_ends(text: str, *, last: bool) -> list[int]:
    """Where sentences end in *text*, as positions behind their closing mark.

    *last* tells whether the paragraph ends with this text: a full stop that touches a formula or a
    link is not known to end anything in a Latin script.
    """
    ends = [match.end() for match in _CJK_END.finditer(text)]
    for match in _LATIN_END.finditer(text):
        touches = match.end() == len(text) and not last
        if not touches and not _ABBREVIATION.search(text[max(0, match.end() - 12) : match.end()]):
            ends.append(match.end())
    return sorted(set(ends))


def light(node: nodes.Node) -> nodes.Node:
    """A copy of *node* to show elsewhere: without ids, numbers, labels, and free of its document.

    A node that keeps its document drags the whole of it into the pickled environment.
    """
    copy = node.deepcopy()
    for part in list(copy.findall()):
        part.document = None  # type: ignore[assignment]
        if isinstance(part, _DROPPED) or _is_listing(part):
            if part.parent is not None:
                part.parent.remove(part)
        elif isinstance(part, nodes.Element):
            _anonymous(part)
    return copy


def _is_listing(node: nodes.Node) -> bool:
    # A block of code with its caption
    return isinstance(node, nodes.container) and "literal-block-wrapper" in node["classes"]


def _anonymous(part: nodes.Element) -> None:
    for name in ("ids", "names", "dupnames", "backrefs"):
        part[name] = []
    if isinstance(part, nodes.math_block):
        part["label"] = part["number"] = None
        if "bare" in part:
            part.children = [nodes.Text(part["bare"])]
            part["katex"], part["rows"] = "", []
    if isinstance(part, addnodes.pending_xref):
        part["excerpt"] = True
    if isinstance(part, nodes.footnote_reference):
        # Its footnote is on the post's own page.
        link = nodes.reference("", "", *part.children, refid=part["refid"], internal=True)
        link["classes"] = ["footnote-reference", "brackets"]
        part.parent.replace(part, link)
