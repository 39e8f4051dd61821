"""Formulas as plain text, for where markup cannot go: ``<title>``, feeds, messages. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from xml.etree import ElementTree

from docutils import nodes

from .model import Math, TexSource
from .nodes import tex_source

_EDGE = "\0"  # of a word; a space where two words meet
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\u200b"))
_SUPERSCRIPTS = dict(zip("0123456789+-−=()niT⊤′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵀᵀ′", strict=True))
_SUBSCRIPTS = dict(zip("0123456789+-−=()aeijkmnprtx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₖₘₙₚᵣₜₓ", strict=True))
_ACCENTS = {
    mark: accent
    for accent, marks in [
        ("\u0302", "^ˆ"), ("\u0303", "~˜"), ("\u0304", "ˉ¯‾"),
        ("\u0307", "˙"), ("\u0308", "¨"), ("\u20d7", "→⃗"), ("\u0301", "´ˊ"), ("\u0300", "`ˋ"),
    ]
    for mark in marks
}  # fmt: skip


def plain_text(content: Iterable[nodes.Node], math: Mapping[TexSource, Math]) -> str:
    """The text of inline nodes, with formulas in Unicode; a formula not in *math* as its TeX."""
    return "".join(_plain(node, math) for node in content)


def _plain(node: nodes.Node, math: Mapping[TexSource, Math]) -> str:
    if isinstance(node, nodes.math):
        rendered = math.get(tex_source(node))
        return mathml_text(rendered.mathml) if rendered and not rendered.error else node.astext()
    return plain_text(node.children, math) if node.children else node.astext()


def mathml_text(mathml: str) -> str:
    """What MathML says, in a line: ``O(n²)``, ``(a+b)/2``, ``√x``."""
    text = _text(ElementTree.fromstring(mathml)).translate(_INVISIBLE)
    return re.sub(f"{_EDGE}+", "", re.sub(rf"(?<=[^\W_]){_EDGE}+(?=[^\W_])", " ", text)).strip()


def _text(element: ElementTree.Element) -> str:
    parts = [_text(child) for child in element]
    shown = _ELEMENTS.get(element.tag.rpartition("}")[2])
    if shown:
        return shown(*parts)
    return "".join(parts) if parts else _lettered(element)


def _lettered(element: ElementTree.Element) -> str:
    text = element.text or ""
    if element.get("mathvariant") == "double-struck" and len(text) == 1:
        size = "SMALL" if text.islower() else "CAPITAL"
        for name in ("DOUBLE-STRUCK", "MATHEMATICAL DOUBLE-STRUCK"):
            with suppress(KeyError):
                return unicodedata.lookup(f"{name} {size} {text}")
    # log n, not logn
    return f"{_EDGE}{text}{_EDGE}" if element.tag.endswith("}mi") and len(text) > 1 else text


def _script(text: str, mark: str, letters: Mapping[str, str]) -> str:
    text = text.strip(_EDGE)
    if all(letter in letters for letter in text):
        return "".join(letters[letter] for letter in text)
    return mark + _group(text)


def _group(text: str) -> str:
    text = text.strip(_EDGE)
    closed = text.startswith("(") and text.find(")") == len(text) - 1
    return text if len(text) == 1 or text.isalnum() or closed else f"({text})"


def _above(base: str, script: str) -> str:
    return base + (_ACCENTS.get(script) or _script(script, "^", _SUPERSCRIPTS))


def _below(base: str, script: str) -> str:
    return base + _script(script, "_", _SUBSCRIPTS)


_ELEMENTS: Mapping[str, Callable[..., str]] = {
    "annotation": lambda *parts: "",
    "mphantom": lambda *parts: "",
    "mspace": lambda *parts: " ",
    "mfrac": lambda over, under: f"{_group(over)}/{_group(under)}",
    "msqrt": lambda *parts: "√" + _group("".join(parts)),
    "mroot": lambda base, degree: _script(degree, "", _SUPERSCRIPTS) + "√" + _group(base),
    "msup": _above,
    "mover": _above,
    "msub": _below,
    "munder": _below,
    "msubsup": lambda base, below, above: _above(_below(base, below), above),
    "munderover": lambda base, below, above: _above(_below(base, below), above),
    "mtr": lambda *cells: " ".join(cells),
    "mtable": lambda *rows: "; ".join(rows),
}
