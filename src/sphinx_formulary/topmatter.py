"""The lines of front matter: YAML in, values with their lines and what is broken out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from .model import Fault
from .warnings import Kind

_CLOSED = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_UNCLOSED = re.compile(r"\A---[ \t]*\n((?:[^\S\n]*\S.*(?:\n|\Z))+)")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast
_TOP_LEVEL = re.compile(r"[^\s#\-]")


class _Unread(str):
    """A value that YAML cannot construct, as it was written."""


class Nested(dict[str, Any]):
    """A mapping below a key, and as *entries* all that it says, with lines: a key twice as well."""

    entries: tuple[tuple[str, Any, int], ...] = ()


@dataclass(frozen=True)
class TopMatter:
    """The values of front matter and the lines of their keys, as far as they can be read."""

    values: dict[str, Any]
    lines: dict[str, int]
    faults: tuple[Fault, ...]
    found: bool  # there is front matter, be it broken
    readable: bool  # a YAML parser would not stop


def read(source: str) -> TopMatter:
    """Read the front matter of a file.

    What is broken in one place keeps its other keys: above all a draft stays a draft.
    """
    source = source.replace("\r\n", "\n")
    faults: list[Fault] = []
    match = _CLOSED.match(source) or _UNCLOSED.match(source)
    if match is None:
        message = "has no front matter; a post begins with '---', 'title: …' and so on, and '---'"
        return TopMatter({}, {}, (fault(1, message),), found=False, readable=True)
    closed = match.re is _CLOSED
    if not closed:
        faults.append(fault(1, "the front matter is never closed; put --- below its last line"))
    values, lines, whole = _values(match.group(1), faults)
    return TopMatter(values, lines, tuple(faults), found=True, readable=whole and closed)


def blank(source: str) -> str:
    """*source* without its front matter, every line where it was."""
    match = _CLOSED.match(source) or _UNCLOSED.match(source)
    return "\n" * match.group().count("\n") + source[match.end() :] if match else source


def fault(line: int, message: str) -> Fault:
    """A fault of front matter."""
    return Fault(line, Kind.FRONT_MATTER, message)


def _values(block: str, faults: list[Fault]) -> tuple[dict[str, Any], dict[str, int], bool]:
    """Key -> value, key -> line of the file, and whether YAML can read all of it.

    A post whose YAML is broken in one place keeps its title, its date and above all its ``draft``.
    """
    try:
        values, lines = _mapping(block, 2, faults)
        return values, lines, not any(isinstance(value, _Unread) for value in values.values())
    except yaml.YAMLError as error:
        whole = error
    values, lines, told = {}, {}, len(faults)
    for chunk, line in _chunks(block):
        some, where, read = _salvage(chunk, line)
        # A key whose lines are broken has no value rather than an empty one.
        values |= {key: value for key, value in some.items() if value or read == len(chunk)}
        lines |= where
        if read < len(chunk):
            faults.append(_yaml_fault(chunk, line, read))
            lines.setdefault(chunk[0].partition(":")[0].strip(), line)
    if len(faults) == told:
        faults.append(fault(1, f"is not valid YAML: {getattr(whole, 'problem', whole)}"))
    return values, lines, False


def _chunks(block: str) -> list[tuple[list[str], int]]:
    """The lines of each top-level key, with the number of the first in the file."""
    chunks: list[tuple[list[str], int]] = []
    for number, line in enumerate(block.splitlines(), start=2):
        if not chunks or _TOP_LEVEL.match(line):
            chunks.append(([], number))
        chunks[-1][0].append(line)
    return chunks


def _salvage(chunk: list[str], line: int) -> tuple[dict[str, Any], dict[str, int], int]:
    """What can be read of a chunk's first lines, and how many of them."""
    for count in range(len(chunk), 0, -1):
        try:
            return *_mapping("\n".join(chunk[:count]), line, []), count
        except yaml.YAMLError:
            continue
    return {}, {}, 0


def _yaml_fault(chunk: list[str], line: int, read: int) -> Fault:
    problem = "it cannot be parsed"
    try:
        _mapping("\n".join(chunk), line, [])
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or problem
    hint = "put a text that contains ': ' or begins with a special character in quotes"
    return fault(line + read, f"is not valid YAML: {problem}; {hint}")


def _mapping(
    block: str, first_line: int, faults: list[Fault]
) -> tuple[dict[str, Any], dict[str, int]]:
    loader = _Loader(block)
    node = loader.get_single_node()
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        raise yaml.MarkedYAMLError(problem="expected lines of the form 'key: value'")
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        name = str(key_node.value)
        line = first_line + key_node.start_mark.line
        if name in values:
            faults.append(fault(line, f"the key '{name}' is given twice"))
        lines[name] = line
        values[name] = _construct(loader, value_node, first_line)
    return values, lines


def _construct(loader: Any, node: yaml.Node, first_line: int) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_construct(loader, item, first_line) for item in node.value]
    if isinstance(node, yaml.ScalarNode) and node.tag.endswith((":int", ":float")):
        return node.value  # 3.10, 007 and 12:30 as they were written
    try:
        value = loader.construct_object(node, deep=True)
    except (ValueError, KeyError, AttributeError, OverflowError):
        # YAML's own dates: 2026-02-30 has the form of one and is none.
        return _Unread(node.value)
    if isinstance(node, yaml.MappingNode):
        value = Nested(value)
        value.entries = tuple(
            (str(key.value), _construct(loader, item, first_line), first_line + key.start_mark.line)
            for key, item in node.value
        )
    return value
