"""The names that a page can come to contain: those that what makes HTML can write. Pure.

A name is that of a class, an id, a tag or an attribute. Names are read from the sources of
templates, scripts and Python modules, never from pages: an edited article changes no stylesheet.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Set

HOLE = "\0"  # stands for what is known only when a page is made

_NAME = re.compile(r"[A-Za-z_][\w-]*")
_START = re.compile(rf"[A-Za-z][\w-]*(?={HOLE})|[A-Za-z][\w-]*-(?![\w-])")
_ATTRIBUTE = re.compile(r"""([a-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HTML = re.compile(r"<[a-z/]|=[\"']")
_TAG = re.compile(r"<([a-z][\w-]*)")
_FORMAT = re.compile(r"%(?:\(\w+\))?[sdr]|\{\w*\}")
# Words without punctuation; more than four of them are a sentence, unless one has a hyphen.
_CLASSES = re.compile(rf"(?=.*-|\W*(?:\w+\W*){{1,4}}$)[\w{HOLE}\s-]+", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`')
_INTERPOLATION = re.compile(r"\$\{[^}]*\}")


def names(css: str) -> frozenset[str]:
    """Every name in a stylesheet; words that are no selectors do no harm."""
    return frozenset(_NAME.findall(css))


def classes(css: str) -> frozenset[str]:
    """The classes that a stylesheet has rules for."""
    return frozenset(re.findall(r"\.(-?[A-Za-z_][\w-]*)", css))


def vocabulary(sources: Iterable[tuple[str, str]], wanted: Set[str]) -> frozenset[str]:
    """Those of the *wanted* names that one of the sources, (suffix, text) each, can write.

    A name that is put together (``f"align-{side}"``) counts if its end is a number or stands
    somewhere in the same source.
    """
    found: set[str] = set()
    # What a joined name can end with; few words of a source are among them.
    tails = {name[cut:] for name in wanted for cut in range(1, len(name))}
    for suffix, text in sources:
        written = list(_READERS[suffix](text))
        words = {word for item in written for word in _NAME.findall(item)}
        starts = {start for item in written for start in _START.findall(item)}
        ends = words & tails | set("0123456789")
        found |= words | {start + end for start in starts for end in ends}
    return frozenset(found & wanted)


def _from_html(text: str) -> Iterator[str]:
    """Tags, attributes and their values; not the words between the tags."""
    yield from _TAG.findall(text)
    for name, double, single in _ATTRIBUTE.findall(text):
        yield f"{name} {double}{single}"


def _from_string(text: str) -> Iterator[str]:
    """A string of a program that can be HTML or classes; no sentence, and no selector: what a
    program looks for, something else has written.
    """
    if _HTML.search(text):
        yield from _from_html(text)
    elif _CLASSES.fullmatch(text):
        yield text


def _from_template(text: str) -> Iterator[str]:
    """A Jinja template: its HTML, and the strings in its expressions."""
    text = _JINJA_COMMENT.sub("", text)
    for expression in _JINJA.findall(text):
        yield from map("".join, _QUOTED.findall(expression))
    yield from _from_html(_JINJA.sub(HOLE, text))


def _from_script(text: str) -> Iterator[str]:
    """The strings of a script."""
    for quoted in map("".join, _QUOTED.findall(text)):
        yield from _from_string(_INTERPOLATION.sub(HOLE, quoted))


def _from_python(text: str) -> Iterator[str]:
    """The strings of a module."""
    for literal in _literals(ast.parse(text)):
        yield from _from_string(_FORMAT.sub(HOLE, literal))


def _literals(node: ast.AST) -> Iterator[str]:
    """String literals below *node*, an f-string as one; docstrings are not among them."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)
        yield "".join(map(str, parts))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        is_part = isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)
        if not is_docstring and not is_part:
            yield from _literals(child)


_READERS: dict[str, Callable[[str], Iterable[str]]] = {
    ".css": classes,  # of a site or an extension: what they style, their pages contain
    ".html": _from_template,
    ".js": _from_script,
    ".py": _from_python,
}
SUFFIXES = tuple(_READERS)
