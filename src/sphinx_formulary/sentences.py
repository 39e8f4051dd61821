"""The sentence in which something is mentioned, in parts that are light to keep. Part of READ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docutils import nodes

from .cjk import measure
from .excerpt import INLINE_FORMULA, sentence_ends
from .model import Mention, Part
from .nodes import tex_source

# What is kept on either side of a mention, in CJK characters.
_ROOM = 60

# Where a citation was left out
_GAP = re.compile("[ ]+(?=[，。；：！？、）》」』”’…])")
_UNIT = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)  # no word is cut
_SILENT = (nodes.footnote_reference, nodes.citation_reference, nodes.raw, nodes.image,
           nodes.comment, nodes.math_block, nodes.target)  # fmt: skip


@dataclass(frozen=True)
class _Unit:
    part: Part
    weight: int
    ends: bool = False  # whether a sentence ends behind it


def parts(element: nodes.Element, mentions: Mapping[int, Mention]) -> tuple[Part, ...]:
    """Inline content as text, formulas and mentions, which are found by the id of their node."""
    return _merged(_leaves(element, mentions))


def sentence(node: nodes.Element, mentions: Mapping[int, Mention]) -> tuple[Part, ...]:
    """The sentence around *node*; a long one is cut on both sides.

    *mentions* has what each reference names, by the id of its node. Call it when soft line breaks
    have been joined.
    """
    block: nodes.Element = node.parent
    while isinstance(block, nodes.Inline) and block.parent is not None:
        block = block.parent
    own = mentions[id(node)]
    units = list(_units(_leaves(block, mentions)))
    at = next((index for index, unit in enumerate(units) if unit.part is own), None)
    if at is None:
        return (own,)
    before = _taken(reversed(units[:at]), closing=False)
    after = _taken(units[at + 1 :], closing=True)
    if sum(unit.weight for unit in (*before, *after)) > 2 * _ROOM:
        before, after = _cut(before), _cut(after)
    shown = (*reversed(before), _Unit(own, 0), *after)
    return _merged(unit.part for unit in shown)


def _leaves(element: nodes.Element, mentions: Mapping[int, Mention]) -> Iterator[Part]:
    for node in element.children:
        if id(node) in mentions:
            yield mentions[id(node)]
        elif isinstance(node, nodes.Text):
            yield str(node).replace("\n", " ")
        elif isinstance(node, nodes.math):
            yield tex_source(node)
        elif isinstance(node, nodes.Element) and not isinstance(node, _SILENT):
            yield from _leaves(node, mentions)


def _units(leaves: Iterable[Part]) -> Iterator[_Unit]:
    for part in _joined(leaves):
        if not isinstance(part, str):
            yield _Unit(part, INLINE_FORMULA)
            continue
        ends, position = set(sentence_ends(part, last=False)), 0
        for text in _UNIT.findall(part):
            position += len(text)
            yield _Unit(text, measure(text), position in ends)


def _taken(units: Iterable[_Unit], *, closing: bool) -> list[_Unit]:
    """Units up to the end of a sentence; *closing* tells whether it belongs to this one."""
    taken: list[_Unit] = []
    for unit in units:
        if not unit.ends:
            taken.append(unit)
            continue
        return [*taken, unit] if closing else taken
    return taken


def _cut(units: list[_Unit]) -> list[_Unit]:
    """As many as there is room for."""
    room = _ROOM
    for index, unit in enumerate(units):
        room -= unit.weight
        if room < 0:
            return [*units[:index], _Unit("…", 0)]
    return units


def _joined(leaves: Iterable[Part]) -> list[Part]:
    """The same with neighbouring texts as one."""
    joined: list[Part] = []
    for part in leaves:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _merged(leaves: Iterable[Part]) -> tuple[Part, ...]:
    merged = _joined(leaves)
    if merged and isinstance(merged[0], str):
        merged[0] = merged[0].lstrip()
    texts = (_GAP.sub("", part) if isinstance(part, str) else part for part in merged)
    return tuple(part for part in texts if part)
