"""The symbols of all posts: what each means where, in order, and who disagrees. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from .model import Clash, Link, Meaning, Post, Site, Symbol
from .nodes import formulas, tex_source
from .paging import Page, paginate_by_weight
from .tex import normal

NOTATION = "notation"
# What is shown on one page: so many meanings, so many bytes of formulas and links.
_MEANINGS = 1000
_BYTES = 800_000
_LINK = 80  # bytes of a link besides path and title

_ATOM = re.compile(r"\\[A-Za-z]+|[^\s{}]")
_GREEK = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
    "omega",
]  # fmt: skip
_LATIN = {r"\ell": "l", r"\imath": "i", r"\jmath": "j"}
# What changes the look of a letter, and not which letter it is.
_DRESS = {
    r"\mathbf", r"\mathrm", r"\mathit", r"\mathsf", r"\mathtt", r"\mathcal", r"\mathscr",
    r"\mathfrak", r"\mathbb", r"\mathnormal", r"\boldsymbol", r"\bm", r"\pmb", r"\text",
    r"\textrm", r"\textbf", r"\textsf", r"\textit", r"\operatorname", r"\hat", r"\widehat",
    r"\bar", r"\overline", r"\underline", r"\tilde", r"\widetilde", r"\vec", r"\dot", r"\ddot",
    r"\check", r"\breve", r"\acute", r"\grave", r"\mathring", r"\left", r"\right",
}  # fmt: skip


def meanings(posts: Iterable[Post]) -> tuple[Meaning, ...]:
    """Every meaning of every symbol, in the order in which a reader looks for it."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for post in sorted(posts, key=lambda post: post.docname):
        for symbol in post.meta.symbols:
            found[normal(symbol.tex)][symbol.meaning].append((post.docname, symbol.tex))
    return tuple(
        Meaning(symbol, places[0][1], words, tuple(docname for docname, _ in places))
        for symbol in sorted(found, key=_order)
        for words, places in sorted(
            found[symbol].items(), key=lambda item: (-len(item[1]), item[0])
        )
    )


def initial(symbol: str) -> str:
    """Under what a symbol is listed: its Latin letter, ``greek``, or nothing."""
    kind, letter, *_ = _order(symbol)
    return ("greek" if kind else str(letter).upper()) if kind < 2 else ""


def _order(symbol: str) -> tuple[int, str, tuple[str, ...], str]:
    """By letter, whatever it wears: small before large, plain before dressed."""
    atoms = [atom for atom in _ATOM.findall(symbol) if atom not in _DRESS]
    first = _LATIN.get(atoms[0], atoms[0]) if atoms else ""
    rest = tuple(atom.lower() for atom in atoms[1:])
    plain = f"{len(_ATOM.findall(symbol)) - len(atoms)}{symbol.swapcase()}"
    if len(first) == 1 and first.isascii() and first.isalpha():
        return 0, first.lower(), rest, plain
    name = first.removeprefix("\\").removeprefix("var").lower()
    if first.startswith("\\") and name in _GREEK:
        return 1, f"{_GREEK.index(name):02}", rest, plain
    return 2, symbol, (), ""


def clashes(posts: Iterable[Post], links: Iterable[Link]) -> tuple[Clash, ...]:
    """Symbols that mean different things in two posts of which one refers to the other."""
    tables = {
        post.docname: {normal(symbol.tex): symbol for symbol in post.meta.symbols} for post in posts
    }
    pairs = {tuple(sorted((link.docname, link.target))) for link in links}
    return tuple(
        Clash(name, ((one, mine), (other, tables[other][name])))
        for one, other in sorted(pairs)
        if one in tables and other in tables
        for name, mine in tables[one].items()
        if name in tables[other] and tables[other][name].meaning != mine.meaning
    )


def clash_message(here: Symbol, there: Symbol, path: str) -> str:
    """What an author is told of a clash; the other post is at *path*."""
    return (
        f"'{here.tex}' means '{here.meaning}' here and '{there.meaning}' in {path}:{there.line}; "
        "if it is the same thing, use the same words"
    )


def sheets(site: Site) -> list[Page[Meaning]]:
    """The pages of the notation; none where no post has symbols or a document has their name."""
    if not site.notation or NOTATION in site.titles:
        return []
    return paginate_by_weight(site.notation, _MEANINGS, lambda row: _weight(site, row), _BYTES)


def _weight(site: Site, row: Meaning) -> int:
    shown = [row.source]
    for node in site.meanings[row.words]:
        shown += map(tex_source, formulas(node))
    links = (_LINK + len(name) + len(site.titles[name].encode()) for name in row.docnames)
    return sum(len(site.math[source].utf8) for source in shown) + sum(links)
