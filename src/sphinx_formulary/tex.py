"""TeX as its author wrote it: tokens, and the mistakes that KaTeX accepts in silence. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

_TOKEN = re.compile(
    r"\\\\\*?(?:\[[^\]]*\])?|\\(?:[A-Za-z]+|[\s\S]|$)|%[^\n]*\n?|[{}&$]|[^\\%{}&$]+"
)

# Commands one of whose arguments is text or an address, and which one.
_TEXT = {
    **dict.fromkeys(
        (r"\text", r"\textrm", r"\textsf", r"\texttt", r"\textnormal", r"\textbf", r"\textmd",
         r"\textit", r"\textup", r"\textsc", r"\emph", r"\mbox", r"\hbox", r"\fbox", r"\tag",
         r"\href", r"\url", r"\includegraphics"), 1),
    r"\colorbox": 2, r"\fcolorbox": 3,
}  # fmt: skip
# Punctuation and forms that belong to Chinese text; an ideograph in math is at least visible.
_FULL_WIDTH = re.compile("[\u3000-\u303f\uff01-\uff5e\uffe0-\uffe6‘’“”—]")
# Nearly all formulas have none of it, and need no closer look.
_SUSPECT = re.compile(rf"\\label|\\begin|{_FULL_WIDTH.pattern}")

_ALIGNED = {"align", "aligned", "alignat", "alignedat", "split"}
_MATRICES = {"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix"}
_ARRAYS = {"array", "darray", "subarray"}
_RULES = {r"\hline", r"\hdashline"}
_CASES = {"cases", "dcases", "rcases", "drcases"}


@dataclass(frozen=True)
class Token:
    """A command, a brace, an ``&``, a comment, or a run of other characters.

    The end of a row has its star and its length with it.
    """

    text: str
    start: int
    depth: int  # of braces around it
    is_text: bool  # in the argument of \\text and its like

    @property
    def ends_row(self) -> bool:
        """Whether a row of a table ends here."""
        return self.text.startswith("\\\\") or self.text == r"\cr"


def tokens(tex: str) -> Iterator[Token]:
    """The tokens of a formula."""
    depth = 0
    text_from: int | None = None  # depth of the braces whose content is text
    awaited, at = 0, -1  # arguments up to the one that is text, and the depth of its command
    for match in _TOKEN.finditer(tex):
        token = match[0]
        if token == "}":
            depth -= 1
            if text_from is not None and depth < text_from:
                text_from = None
        yield Token(token, match.start(), depth, text_from is not None)
        if token == "{":
            awaited -= awaited > 0 and depth == at
            depth += 1
            if text_from is None and awaited == 0 and at == depth - 1:
                text_from, at = depth, -1
        elif token in _TEXT and text_from is None:
            awaited, at = _TEXT[token], depth
        elif depth == at and token != "}" and token.strip() not in ("", "*"):  # \tag*{…}
            at = -1


def mistake(tex: str) -> str:
    """What is wrong with a formula that KaTeX would show all the same; empty if nothing is."""
    if tex.lstrip().startswith("$$"):
        return (
            "'$$' needs a blank line before it and nothing but its label behind it; "
            "a formula inside a sentence stands between single '$'"
        )
    if not _SUSPECT.search(tex):
        return ""
    found = list(tokens(tex))
    return _label(found) or _full_width(found) or _missing_column(found)


def _label(found: Iterable[Token]) -> str:
    if not any(token.text == r"\label" for token in found):
        return ""
    return r"'\label' is not for KaTeX; write the label behind the formula: $$ … $$ (topic-name)"


def _full_width(found: Iterable[Token]) -> str:
    for token in found:
        wrong = None if token.is_text or token.text[0] == "%" else _FULL_WIDTH.search(token.text)
        if wrong:
            narrow = chr(ord(wrong[0]) - 0xFEE0) if "！" <= wrong[0] <= "～" else ""
            instead = f"write '{narrow}', or put it" if narrow else "put it"
            return rf"the full-width '{wrong[0]}' stands in math; {instead} into \text{{…}}"
    return ""


@dataclass
class _Table:
    """An environment that is being read: the ``&`` of each row, and whether it holds anything."""

    name: str
    depth: int
    columns: list[int] = field(default_factory=lambda: [0])
    filled: list[bool] = field(default_factory=lambda: [False])

    def take(self, token: Token) -> None:
        if token.depth != self.depth:
            self.filled[-1] = True
        elif token.ends_row:
            self.columns.append(0)
            self.filled.append(False)
        elif token.text == "&":
            self.columns[-1] += 1
        elif token.text.strip(" \n\t") and token.text[0] != "%" and token.text not in _RULES:
            self.filled[-1] = True

    def mistake(self) -> str:
        rows = [
            columns for columns, filled in zip(self.columns, self.filled, strict=True)
            if filled or columns
        ]  # fmt: skip
        short = [index for index, columns in enumerate(rows, 1) if columns < self._wanted(rows)]
        if not short:
            return ""
        return f"row {short[0]} of '{self.name}' lacks an '&'{self._hint(rows)}"

    def _wanted(self, rows: list[int]) -> int:
        if self.name in _ALIGNED:  # a remark in a further column may stand on one line only
            return int(len(rows) > 1)
        if self.name in _CASES:
            return min(1, max(rows, default=0))
        if self.name in _MATRICES | _ARRAYS:
            return max(rows, default=0)
        return 0

    def _hint(self, rows: list[int]) -> str:
        if self.name in _ALIGNED:
            return "; put one before the sign at which the rows align, or write 'gathered'"
        return f", where another row has {max(rows)}; an empty cell needs its '&' as well"


def _missing_column(found: Iterable[Token]) -> str:
    tables: list[_Table] = []
    skipped = 0  # tokens of \begin{name}, which are no cell's
    stream = list(found)
    for index, token in enumerate(stream):
        if token.text in (r"\begin", r"\end"):
            name = stream[index + 2].text if index + 3 < len(stream) else ""
            skipped = 4
            if token.text == r"\end" and tables and (told := tables.pop().mistake()):
                return told
            if tables:
                tables[-1].filled[-1] = True
            if token.text == r"\begin":
                tables.append(_Table(name.rstrip("*"), token.depth))
                skipped += _arguments(stream[index + 4 :])
        if skipped:
            skipped -= 1
        elif tables:
            tables[-1].take(token)
    return ""


def _arguments(rest: list[Token]) -> int:
    """How many tokens the columns of an array take."""
    if not rest or rest[0].text != "{":
        return 0
    close = (index for index, item in enumerate(rest) if item.text == "}" and
             item.depth == rest[0].depth)  # fmt: skip
    return next(close, -1) + 1


def normal(tex: str) -> str:
    """A formula without what makes no difference: ``W_{0}`` and ``W _0`` are ``W _ 0``."""
    groups: list[list[str]] = [[]]
    for token in tokens(tex):
        if token.text == "{":
            groups.append([])
        elif token.text == "}" and len(groups) > 1:
            inner = groups.pop()
            groups[-1].append(inner[0] if len(inner) == 1 else f"{{{' '.join(inner)}}}")
        elif token.text[0] == "\\":
            groups[-1].append(token.text)
        elif token.text[0] != "%":
            groups[-1] += token.text if token.is_text else "".join(token.text.split())
    return " ".join(chain.from_iterable(groups))


def commands(tex: str) -> set[str]:
    """The names of all commands of a formula."""
    return {token.text for token in tokens(tex) if token.text[0] == "\\"}
