"""Front matter of a post: text in, ``Meta`` and every fault of it out. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from difflib import get_close_matches
from typing import Any

import yaml

from .model import Fault, Meta
from .warnings import Kind

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast
_TOP_LEVEL = re.compile(r"^(?=[^\s#\-])", re.M)

# Keys that are not ours, but that MyST, Sphinx, ablog or Jupytext read.
FOREIGN = {
    "blogpost", "html_meta", "jupytext", "kernelspec", "myst", "no-search", "nocomments",
    "nosearch", "orphan", "sd_hide_title", "substitutions", "tocdepth",
}  # fmt: skip


class WrongValueError(ValueError):
    """A value is not what its key expects; the message says what would be."""


def text(value: Any, _: tzinfo) -> str:
    """A line of text. YAML reads ``3.10`` and ``2026`` as numbers: they are taken as written."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise WrongValueError("text")


def texts(value: Any, zone: tzinfo) -> tuple[str, ...]:
    """One text or a list of them, each once. A comma is a part of the text, not a separator."""
    items = value if isinstance(value, list) else [value]
    try:
        return tuple(dict.fromkeys(text(item, zone) for item in items))
    except WrongValueError:
        raise WrongValueError("text, or a list such as [a, b]") from None


def moment(value: Any, zone: tzinfo) -> datetime:
    """A date or a date with time; without an offset it is in the site's zone."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise WrongValueError("a date such as 2026-11-21 or 2026-11-21 09:30") from None
    if isinstance(value, datetime):
        return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    raise WrongValueError("a date such as 2026-11-21 or 2026-11-21 09:30")


def truth(value: Any, _: tzinfo) -> bool:
    """``true`` or ``false``."""
    if isinstance(value, bool):
        return value
    raise WrongValueError("true or false")


def paths(value: Any, zone: tzinfo) -> tuple[str, ...]:
    """Old paths of a page, relative to the site, without suffix."""
    found = []
    for given in texts(value, zone):
        path = re.sub(r"(\.html|/)$", "", given.strip("/"))
        if not path or any(part in {"", ".", ".."} for part in path.split("/")):
            raise WrongValueError("paths below the site's root, such as 2019/old-name")
        found.append(path)
    return tuple(found)


@dataclass(frozen=True)
class Key:
    """One key of the schema: the field it fills and how its value is read."""

    field: str
    read: Callable[[Any, tzinfo], Any]


KEYS = {
    "title": Key("title", text),
    "short_title": Key("short_title", text),
    "date": Key("date", moment),
    "updated": Key("updated", moment),
    "category": Key("category", text),
    "tags": Key("tags", texts),
    "author": Key("authors", texts),
    "description": Key("description", text),
    "excerpt": Key("excerpt", text),
    "draft": Key("draft", truth),
    "pin": Key("pin", truth),
    "series": Key("series", text),
    "aliases": Key("aliases", paths),
}


class _Unread(str):
    """A value that YAML cannot construct, as it was written."""


@dataclass(frozen=True)
class FrontMatter:
    """The checked front matter of a post, and what is wrong with it."""

    meta: Meta
    faults: tuple[Fault, ...]
    readable: bool  # False where a YAML parser would stop


def read(source: str, stem: str, zone: tzinfo, required: Sequence[str] = ()) -> FrontMatter:
    """Read the front matter of *source*; *stem* stands in for a missing title."""
    match = _FRONT_MATTER.match(source.replace("\r\n", "\n"))
    faults: list[Fault] = []
    values, lines, readable = _values(match.group(1), faults) if match else ({}, {}, True)
    if not match:
        faults.append(
            _fault(1, "has no front matter; a post begins with --- title, date --- lines")
        )
    found: dict[str, Any] = {}
    for name, value in values.items():
        if key := _known(name, lines[name], faults):
            _take(key, name, value, lines[name], zone, found, faults)
    for name in required:
        if match and KEYS[name].field not in found and name not in values:
            faults.append(_fault(1, f"lacks the key '{name}', which every post must have"))
    found.setdefault("title", stem)
    return FrontMatter(Meta(**found, lines=lines), tuple(faults), readable)


def _fault(line: int, message: str) -> Fault:
    return Fault(line, Kind.FRONT_MATTER, message)


def _known(name: str, line: int, faults: list[Fault]) -> Key | None:
    if name in KEYS:
        return KEYS[name]
    if name not in FOREIGN and not name.startswith("html_theme."):
        near = get_close_matches(name, KEYS, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join(KEYS)}"
        faults.append(_fault(line, f"unknown key '{name}'; {hint}"))
    return None


def _take(
    key: Key,
    name: str,
    value: Any,
    line: int,
    zone: tzinfo,
    found: dict[str, Any],
    faults: list[Fault],
) -> None:
    if value is None:
        faults.append(_fault(line, f"'{name}' is empty; give it a value or leave it out"))
        return
    try:
        found[key.field] = key.read(value, zone)
    except WrongValueError as wrong:
        faults.append(_fault(line, f"'{name}' is {value!r}; expected {wrong}"))


def _values(block: str, faults: list[Fault]) -> tuple[dict[str, Any], dict[str, int], bool]:
    """Key -> value, key -> line of the file, and whether YAML can read all of it.

    A post whose YAML is broken in one place keeps its title, its date and above all its ``draft``.
    """
    try:
        values, lines = _mapping(block, 2, faults)
        return values, lines, not any(isinstance(value, _Unread) for value in values.values())
    except yaml.YAMLError as error:
        faults.append(_yaml_fault(error))
    values, lines = {}, {}
    for part in _TOP_LEVEL.finditer(block):
        end = _TOP_LEVEL.search(block, part.end() + 1)
        chunk = block[part.start() : end.start() if end else len(block)]
        try:
            some, where = _mapping(chunk, 2 + block[: part.start()].count("\n"), [])
        except yaml.YAMLError:
            continue
        values |= some
        lines |= where
    return values, lines, False


def blank(source: str) -> str:
    """*source* without its front matter, every line where it was."""
    return _FRONT_MATTER.sub(lambda match: "\n" * match.group().count("\n"), source, count=1)


def _yaml_fault(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be parsed"
    hint = "put a text that contains ': ' or begins with a special character in quotes"
    return _fault(mark.line + 2 if mark else 1, f"is not valid YAML: {problem}; {hint}")


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
            faults.append(_fault(line, f"the key '{name}' is given twice"))
        lines[name] = line
        try:
            values[name] = loader.construct_object(value_node, deep=True)
        except ValueError:  # YAML's own dates: 2026-02-30 has the form of one and is none
            values[name] = _Unread(value_node.value)
    return values, lines
