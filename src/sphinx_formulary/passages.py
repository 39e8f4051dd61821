"""What a document says, by section, light to keep: the search is made from it. Part of READ."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx import addnodes

from .model import Mention, Part
from .nodes import FormulaIndex, PostList, tex_source
from .sentences import parts

# Of these nothing is the document's own words.
_SILENT = (nodes.comment, nodes.raw, nodes.system_message, nodes.Titular, nodes.footnote,
           nodes.citation, nodes.image, addnodes.toctree, PostList, FormulaIndex)  # fmt: skip


@dataclass(frozen=True)
class Passage:
    """A section without those below it."""

    id: str  # empty for the document itself
    heading: tuple[Part, ...]
    content: tuple[Part, ...]  # a block ends with a line break
    code: str


def passages(body: nodes.Element, mentions: Mapping[int, Mention]) -> Iterator[Passage]:
    """The passages of a document whose soft line breaks have been joined."""
    yield from _passages(body, "", (), mentions)


def _passages(
    section: nodes.Element, id: str, heading: tuple[Part, ...], mentions: Mapping[int, Mention]
) -> Iterator[Passage]:
    content: list[Part] = []
    code: list[str] = []
    below: list[nodes.section] = []
    for child in section.children:
        if isinstance(child, nodes.section):
            below.append(child)
        else:
            content += _content(child, mentions, code)
    yield Passage(id, heading, tuple(content), "\n".join(code))
    for part in below:
        title = part.children[0] if part.children else None
        words = parts(title, mentions) if isinstance(title, nodes.title) else ()
        yield from _passages(part, part["ids"][-1], words, mentions)


def _content(node: nodes.Node, mentions: Mapping[int, Mention], code: list[str]) -> Iterator[Part]:
    if isinstance(node, nodes.math_block):
        yield (node["bare"], True) if "bare" in node else tex_source(node)
        yield "\n"
    elif isinstance(node, nodes.literal_block):
        code.append(node.astext())
    elif isinstance(node, nodes.Element) and not isinstance(node, _SILENT):
        if isinstance(node, nodes.TextElement):
            yield from parts(node, mentions)
            yield "\n"
        else:
            for child in node.children:
                yield from _content(child, mentions, code)


def pack(found: Iterator[Passage]) -> bytes:
    """The passages, small: the environment keeps those of every document."""
    rows = [
        (item.id, list(map(_plain, item.heading)), list(map(_plain, item.content)), item.code)
        for item in found
    ]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 9)


def unpack(packed: bytes) -> Iterator[Passage]:
    """What was packed."""
    for id, heading, content, code in json.loads(zlib.decompress(packed)):
        yield Passage(id, tuple(map(_part, heading)), tuple(map(_part, content)), code)


def _plain(part: Part) -> Any:
    return [part.kind, part.target, part.text] if isinstance(part, Mention) else part


def _part(plain: Any) -> Part:
    if isinstance(plain, str):
        return plain
    return Mention(*plain) if len(plain) == 3 else (plain[0], plain[1])
