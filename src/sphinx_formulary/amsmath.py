"""amsmath's environments for displayed formulas: their lines, and the labels in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .tex import tokens

_WHOLE = re.compile(
    r"\s*\\begin\{(?P<name>equation|align|alignat|gather)(?P<star>\*?)\}"
    r"(?P<columns>(?<=alignat\})\{\d+\}|(?<=alignat\*\})\{\d+\})?"
    r"(?P<body>.*)\\end\{(?P=name)(?P=star)\}\s*\Z",
    re.DOTALL,
)
_LABEL = re.compile(r"[ \t]*\\label\s*\{([^{}]*)\}")
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
    def may_be_numbered(self) -> bool:
        """Whether LaTeX would number it."""
        return not _UNNUMBERED.search(self.tex) and not _TAG.search(self.tex)


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
    if match is None or f"\\end{{{match['name']}" in match["body"]:
        return None
    before = tex[: match.start("body")].count("\n")
    body = match["body"]
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
        elif token.text == "\\\\" and not inner and not token.depth:
            end = re.compile(r"\\\\\*?(?:\s*\[[^\]]*\])?").match(body, token.start)
            assert end is not None
            yield body[start : token.start], end[0]
            start = end.end()
    if body[start:].strip():
        yield body[start:], ""
