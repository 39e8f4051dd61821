"""Front matter of a post: text in, ``Meta`` and every fault of it out. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from difflib import get_close_matches
from typing import Any

from . import topmatter
from .model import Fault, Meta
from .topmatter import fault

# Keys that are not ours, but that MyST, Sphinx, ablog or Jupytext read.
FOREIGN = {
    "blogpost", "html_meta", "jupytext", "kernelspec", "myst", "no-search", "nocomments",
    "nosearch", "orphan", "sd_hide_title", "substitutions", "tocdepth",
}  # fmt: skip


_DASHED = re.compile(r"\d{4}-\d\d-\d\d")


class WrongValueError(ValueError):
    """A value is not what its key expects; the message says what would be."""


def text(value: Any, _: tzinfo) -> str:
    """A line of text; a number is taken as it is written."""
    if isinstance(value, str) and value.strip():
        return value.strip()
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
    if isinstance(value, str) and _DASHED.match(value.strip()):
        with suppress(ValueError):
            value = datetime.fromisoformat(value.strip())
    # The year 1 is the year 0 in some zones.
    with suppress(OverflowError):
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


@dataclass(frozen=True)
class FrontMatter:
    """The checked front matter of a post, and what is wrong with it."""

    meta: Meta
    faults: tuple[Fault, ...]
    readable: bool  # False where a YAML parser would stop


def read(source: str, stem: str, zone: tzinfo, required: Sequence[str] = ()) -> FrontMatter:
    """Read the front matter of *source*; *stem* stands in for a missing title."""
    top = topmatter.read(source)
    faults = list(top.faults)
    found: dict[str, Any] = {}
    for name, value in top.values.items():
        if key := _known(name, top.lines[name], faults):
            _take(key, name, value, top.lines[name], zone, found, faults)
    for name in required:
        if top.found and name not in top.lines:
            faults.append(fault(1, f"lacks the key '{name}', which every post must have"))
    found.setdefault("title", stem)
    return FrontMatter(Meta(**found, lines=top.lines), tuple(faults), top.readable)


def _known(name: str, line: int, faults: list[Fault]) -> Key | None:
    if name in KEYS:
        return KEYS[name]
    if name not in FOREIGN and not name.startswith("html_theme."):
        near = get_close_matches(name, KEYS, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join(KEYS)}"
        faults.append(fault(line, f"unknown key '{name}'; {hint}"))
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
        faults.append(fault(line, f"'{name}' is empty; give it a value or leave it out"))
        return
    try:
        found[key.field] = key.read(value, zone)
    except WrongValueError as wrong:
        faults.append(fault(line, f"'{name}' is {value!r}; expected {wrong}"))
