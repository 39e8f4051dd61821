"""The record of published labels: one that is gone breaks links of others. Part of JOIN.

A line has a label and the document that it was published in, ``topic-name posts/topic``; behind
``->`` stands the label that took its place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .model import Formula

_LINE = re.compile(r"(?P<label>\S+) +(?P<docname>\S+)(?: +-> +(?P<successor>\S+))?")

_LABEL_GONE = (
    "the label '{label}' was published in {docname} and is gone; give the formula its label back, "
    "or write '{label} {docname} -> successor' here"
)
_DOCUMENT_GONE = (
    "'{label}' was published in {docname}, which is gone; let 'aliases:' of the document that took "
    "its place name it"
)


@dataclass(frozen=True)
class Published:
    """A label that was published, and what it is called now where that has changed."""

    label: str
    docname: str
    successor: str = ""
    line: int = 0

    @property
    def now(self) -> str:
        """The label that its links lead to."""
        return self.successor or self.label


def read(path: Path) -> str:
    """The record; an empty one where there is none yet."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def parse(text: str) -> Iterator[Published]:
    """The published labels; lines that say nothing are left out."""
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line.strip())
        if match and not line.lstrip().startswith("#"):
            found = match["label"], match["docname"], match["successor"] or ""
            yield Published(*found, line=number)


def mistakes(
    text: str, formulas: Mapping[str, Formula], documents: Collection[str]
) -> Iterator[tuple[int, str]]:
    """Lines that cannot be read, and labels whose links would arrive nowhere.

    *documents* are all that still have an address: old paths that lead on are among them.
    """
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if words and not words.startswith("#") and not _LINE.fullmatch(words):
            yield number, f"'{words}' is no record; expected 'label document' or '… -> successor'"
    for item in parse(text):
        if item.successor and item.label in formulas:
            yield item.line, f"the label '{item.label}' is there; take '-> {item.successor}' out"
            continue
        if item.now in formulas:
            if item.docname not in documents:
                yield item.line, _DOCUMENT_GONE.format(label=item.label, docname=item.docname)
            continue
        if item.successor:
            yield item.line, f"no formula has the label '{item.successor}', said to be a successor"
            continue
        yield item.line, _LABEL_GONE.format(label=item.label, docname=item.docname)


def moved(
    published: Iterable[Published],
    formulas: Mapping[str, Formula],
    redirects: Mapping[str, str],
) -> dict[str, dict[str, Formula]]:
    """For each document the ids that once led to a formula there, and where it is now.

    *redirects* lead from old paths to documents, and take the id with them.
    """
    found: dict[str, dict[str, Formula]] = {}
    for item in published:
        formula = formulas.get(item.now)
        docname = redirects.get(item.docname, item.docname)
        if item.successor and item.label in formulas:
            continue
        if formula and (formula.label, formula.docname) != (item.label, docname):
            found.setdefault(docname, {})[item.label] = formula
    return found


def record(path: Path, text: str, formulas: Mapping[str, Formula]) -> None:
    """Add the labels that the record lacks, whole or not at all."""
    known = {item.label for item in parse(text)}
    fresh = [f"{label} {formula.docname}" for label, formula in formulas.items()
             if label not in known]  # fmt: skip
    lines = text.splitlines()
    for line in sorted(fresh):
        # Behind the records that come before it; comments stay where they are.
        later = (place for place, other in enumerate(lines) if _LINE.match(other) and other > line)
        lines.insert(next(later, len(lines)), line)
    side = path.with_name(path.name + ".new")
    side.write_text("\n".join(lines) + "\n", encoding="utf-8")
    side.replace(path)
