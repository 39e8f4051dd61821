"""The site's TeX macros: what KaTeX or LaTeX cannot take, and their LaTeX definitions. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .model import Math, TexSource
from .tex import commands, tokens

_NAME = re.compile(r"\\(?:[A-Za-z]+|[^A-Za-z0-9\s])")

# What LaTeX itself is made of; a document in which it means something else does not compile.
_RESERVED = {
    r"\begin", r"\end", r"\par", r"\def", r"\let", r"\relax", r"\item", r"\label", r"\ref",
    r"\left", r"\right", r"\over", r"\hbox", r"\vbox", r"\input", r"\section", r"\tag", r"\\",
    r"\{", r"\}", r"\(", r"\)", r"\[", r"\]", r"\&", r"\#", r"\%", r"\$", r"\_",
}  # fmt: skip
# What only KaTeX knows.
_FOREIGN = {r"\htmlId", r"\htmlClass", r"\htmlStyle", r"\htmlData", r"\url", r"\includegraphics"}


def arguments(body: str) -> int:
    """How many arguments a macro takes."""
    return max((int(digit) for digit in _parameters(body) if digit.isdigit()), default=0)


def _parameters(body: str) -> list[str]:
    """What stands behind each ``#`` that is not the sign."""
    return re.findall(r"#(.?)", re.sub(r"\\.", "", body, flags=re.DOTALL))


def mistake(name: str, body: str) -> str:
    """Why LaTeX or KaTeX cannot take a macro; empty if both can, as far as its text tells."""
    if not _NAME.fullmatch(name):
        return r"a name is a backslash and letters, such as '\norm'"
    if name in _RESERVED or name.startswith(r"\end"):
        return "LaTeX needs this name for itself; choose another"
    if unknown := commands(body) & _FOREIGN:
        return f"LaTeX does not know {min(unknown)}"
    return _unbalanced(body) or _wrong_parameters(body)


def _unbalanced(body: str) -> str:
    depth = 0
    for token in tokens(body):
        if token.text[0] == "%":
            return "a '%' makes the rest of it a comment; take it out"
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth < 0:
            return "a brace is closed that was not opened"
    return "a brace is not closed" if depth else ""


def _wrong_parameters(body: str) -> str:
    found = _parameters(body)
    used = {int(digit) for digit in found if digit.isdigit()}
    if len(used) < len(set(found)):
        return r"'#' wants the number of an argument behind it, as in '#1'; the sign is '\#'"
    if used != set(range(1, len(used) + 1)):
        return "its arguments are #1, #2 and so on, and none may be left out"
    return ""


def trial(name: str, body: str) -> TexSource:
    """A formula that uses a macro, which shows whether KaTeX knows all of its body."""
    return name + "{x}" * arguments(body), False


def mistakes(
    macros: Mapping[str, str], math: Mapping[TexSource, Math]
) -> Iterator[tuple[str, str]]:
    """The macros that KaTeX or LaTeX cannot take, and why; *math* has their trials."""
    for name, body in macros.items():
        tried = math.get(trial(name, body))
        # Other errors may lie in the trial: not every argument is a formula.
        unknown = tried and re.search("Undefined control sequence|Too many exp", tried.error)
        if told := mistake(name, body) or (tried.error if tried and unknown else ""):
            yield name, told


def definitions(macros: Mapping[str, str]) -> str:
    """LaTeX for a preamble; a macro that LaTeX knows under that name gets the new meaning."""
    lines = [
        f"\\providecommand{{{name}}}{{}}\\renewcommand{{{name}}}{_count(body)}{{{body}}}"
        for name, body in macros.items()
        if not mistake(name, body)
    ]
    return "\n".join(lines)


def _count(body: str) -> str:
    return f"[{arguments(body)}]" if arguments(body) else ""
