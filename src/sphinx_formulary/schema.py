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
from .model import Fault, Meta, Symbol
from .tex import normal
from .topmatter import Nested, fault

# Keys that are not ours, but that MyST, Sphinx, ablog or Jupytext read.
FOREIGN = {
    "blogpost", "html_meta", "jupytext", "kernelspec", "myst", "no-search", "nocomments",
    "nosearch", "orphan", "sd_hide_title", "substitutions", "tocdepth",
}  # fmt: skip


_DASHED = re.compile(r"\d{4}-\d\d-\d\d")


class WrongValueError(ValueError):
    """A value is not what its key expects; the message says what would be."""


class WrongPartsError(Exception):
    """Parts of a value are wrong, each with a fault of its own; *rest* is what can be used."""

    def __init__(self, faults: list[Fault], rest: Any) -> None:
        super().__init__(faults, rest)
        self.faults, self.rest = faults, rest


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


def symbols(value: Any, zone: tzinfo) -> tuple[Symbol, ...]:
    """Symbols and what they mean: TeX without dollars, and a line of Markdown."""
    if not isinstance(value, Nested) or not value.entries:
        raise WrongValueError(r"lines below it such as '  Q: the queries, $n\times d$'")
    faults: list[Fault] = []
    found: dict[str, Symbol] = {}
    for given, meaning, line in value.entries:
        name = normal(given)
        shown = f"the symbol '{given}'" if given.isprintable() else f"the symbol {given!r}"
        if wrong := _wrong_symbol(given, meaning):
            faults.append(fault(line, f"{shown} {wrong}"))
        elif name in found:
            message = f"{shown} is given twice, first on line {found[name].line}"
            faults.append(fault(line, f"{message}; take one of them out"))
        else:
            found[name] = Symbol(given.strip(), meaning.strip(), line)
    if faults:
        raise WrongPartsError(faults, tuple(found.values()))
    return tuple(found.values())


def _wrong_symbol(tex: str, meaning: Any) -> str:
    if not tex.strip() or "$" in tex:
        return r"is to be TeX without dollars, such as 'Q' or '\alpha_t'"
    if meaning is None or meaning == "":
        return rf"has no meaning; write one, such as '{tex}: the queries, $n\times d$'"
    if not isinstance(meaning, str) or not meaning.strip():
        return f"means {meaning!r}; expected a line of text, in quotes where YAML needs them"
    if any(ord(letter) < 32 for letter in tex + meaning.strip()):
        return "has a line break in it, or a control character; in double quotes write \\ twice"
    return ""


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
    "symbols": Key("symbols", symbols),
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
    except WrongPartsError as wrong:
        found[key.field] = wrong.rest
        faults += wrong.faults
    except WrongValueError as wrong:
        faults.append(fault(line, f"'{name}' is {value!r}; expected {wrong}"))
