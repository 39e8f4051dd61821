"""amsmath's environments for displayed formulas: their lines, and the labels in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .tex import tokens

_WHOLE = re.compile(
    r"\s*\\begin\{(?P<name>equation|align|alignat|gather)(?P<star>\*?)\}"
    r"(?P<columns>(?<=alignat\})\{\d+\}|(?<=alignat\*\})\{\d+\})?"
    r"(?P<body>.*)\\end\{(?P=name)(?P=star)\}\s*\Z",
    re.DOTALL,
)
_LABEL = re.compile(r"[ \t]*\\label\s*\{\s*([^{}\s][^{}]*)\}")
_UNNUMBERED = re.compile(r"\\(?:notag|nonumber)(?![A-Za-z])")
_TAG = re.compile(r"\\tag(?![A-Za-z])")


@dataclass(frozen=True)
class Line:
    """A line of an environment: its TeX without labels, its label, and how it ends."""

    tex: str
    labels: tuple[str, ...]
    end: str  # the line break with its optional length; empty for the last
    breaks: int  # of lines in the source before its label

    @property
    def has_tag(self) -> bool:
        """Whether its author has given it a number."""
        return bool(_TAG.search(self.tex))

    @property
    def may_be_numbered(self) -> bool:
        """Whether LaTeX would number it."""
        return not self.has_tag and not _UNNUMBERED.search(self.tex)


@dataclass(frozen=True)
class Environment:
    """A whole formula in one of amsmath's environments that number their lines."""

    name: str
    starred: bool
    columns: str
    lines: tuple[Line, ...]

    def tex(self, tag: Callable[[int], str]) -> str:
        """The same as KaTeX and LaTeX take it, with ``tag(index)`` at the end of each line."""
        body = "".join(
            _UNNUMBERED.sub("", line.tex).rstrip()
            + tag(index)
            + (line.end if index + 1 < len(self.lines) else "")
            for index, line in enumerate(self.lines)
        )
        return f"\\begin{{{self.name}*}}{self.columns}{body}\n\\end{{{self.name}*}}"


def environment(tex: str) -> Environment | None:
    """The environment that a formula consists of, if it is one whose lines can have numbers."""
    match = _WHOLE.match(tex)
    if match is None or re.search(rf"\\end\{{{match['name']}\*?\}}", match["body"]):
        return None
    before = tex[: match.start("body")].count("\n")
    # A comment would take what we put behind a line.
    body = "".join("\n" if token.text[0] == "%" else token.text for token in tokens(match["body"]))
    broken = [(body, "")] if match["name"] == "equation" else list(_split(body))
    lines = []
    for text, end in broken:
        labels = list(_LABEL.finditer(text))
        breaks = before + (text[: labels[0].start()].count("\n") if labels else 0)
        names = tuple(label[1].strip() for label in labels)
        lines.append(Line(_LABEL.sub("", text), names, end, breaks))
        before += text.count("\n") + end.count("\n")
    return Environment(match["name"], bool(match["star"]), match["columns"] or "", tuple(lines))


def _split(body: str) -> Iterator[tuple[str, str]]:
    r"""Lines at the ``\\\\`` that no brace and no inner environment holds."""
    inner = start = 0
    for token in tokens(body):
        if token.text == r"\begin":
            inner += 1
        elif token.text == r"\end":
            inner -= 1
        elif token.ends_row and not inner and not token.depth:
            yield body[start : token.start], token.text
            start = token.start + len(token.text)
    if body[start:].strip():
        yield body[start:], ""


_ANCHORED_TAG = r" \tag{\htmlId{"


def anchored_tag(number: int, ids: Iterable[str]) -> str:
    """The number of a line, with the ids of its labels, as KaTeX takes it."""
    text = str(number)
    for id in ids:
        text = f"\\htmlId{{{id}}}{{{text}}}"
    return f" \\tag{{{text}}}"


def without_anchored_tags(tex: str) -> str:
    """A formula as its author wrote it."""
    before, mark, rest = tex.partition(_ANCHORED_TAG)
    if not mark:
        return tex
    inner = tokens(_ANCHORED_TAG + rest)
    end = next(token.start for token in inner if token.text == "}" and token.depth == 0)
    return before + without_anchored_tags((_ANCHORED_TAG + rest)[end + 1 :])
