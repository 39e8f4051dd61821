"""What the search is made from: the site's own documents as plain values. Part of FINISH."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError

from .config import options
from .formulas import anchor, mention_text, reference_parts
from .model import Facts, Math, Mention, Part, Site, TexSource
from .npm import not_installed
from .passages import Passage, unpack
from .plain import mathml_text

if TYPE_CHECKING:
    from sphinx.config import Config

    from .builder import PageBuilder

SEARCH = "search"  # the page
EDGE = "\u2063"  # around a formula in a text; search-words.js knows it
_BEFORE = 80  # characters before a formula that say what it is


class SearchError(SphinxError):
    """The index cannot be made; the message says what to do."""

    category = "Search"


def opencc(config: Config, confdir: Path) -> Path:
    """The npm package that knows traditional characters; raises ``SearchError`` without it."""
    found = Path(confdir, options(config).node_modules, "opencc-js")
    if not found.is_dir():
        raise SearchError(not_installed("opencc-js is", found.parent, confdir))
    return found


class _Formulas:
    """The distinct formulas of a document by number, and how each reads in a line of text."""

    def __init__(self, math: Mapping[TexSource, Math], plain: dict[TexSource, str]) -> None:
        self.math, self._plain = math, plain
        self.numbers: dict[TexSource, int] = {}

    def number(self, formula: TexSource) -> int:
        """The number of a formula, which is a new one if it was not seen before."""
        return self.numbers.setdefault(formula, len(self.numbers))

    def plain(self, formula: TexSource) -> str:
        """The formula in Unicode."""
        if formula not in self._plain:
            math = self.math[formula]
            self._plain[formula] = formula[0] if math.error else mathml_text(math.mathml)
        return self._plain[formula]

    def rows(self) -> list[dict[str, Any]]:
        """TeX, HTML and whether it is displayed, by number."""
        return [
            {"tex": tex, "display": display, "html": self.math[tex, display].html}
            for tex, display in self.numbers
        ]


def findable(builder: PageBuilder, facts: Mapping[str, Facts], site: Site) -> list[str]:
    """Each document that can be found.

    Those that are no posts come first and posts in the order of their dates, so that a new post
    leaves the numbers of the others as they are.
    """
    posts = [post.docname for post in reversed(site.posts) if not post.held]
    others = [name for name, item in sorted(facts.items()) if not item.meta and _is_text(item)]
    return [name for name in (*others, *posts) if "nosearch" not in builder.env.metadata[name]]


def _is_text(facts: Facts) -> bool:
    """Whether a page has words of its own, and not only lists of others."""
    return not (facts.lists or facts.indexes or facts.bibliography)


def document(
    builder: PageBuilder, facts: Facts, site: Site, plain: dict[TexSource, str]
) -> dict[str, Any]:
    """What a document says; *plain* keeps formulas as text, since most stand in many documents."""
    formulas = _Formulas(site.math, plain)
    post, title = site.post(facts.docname), site.titles[facts.docname]
    labels = {item.tex: item.label for item in facts.equations}
    meta = post.meta if post else None
    passages = [
        _passage(passage, facts.docname, labels, site, formulas)
        for passage in unpack(facts.passages)
    ]
    return {
        "url": builder.get_target_uri(facts.docname),
        "title": post.plain_title if post else title,
        "short": title,
        "description": meta.description if meta else "",
        "tags": meta.tags if meta else (),
        "category": meta.category if meta else "",
        "date": f"{meta.date:%Y-%m-%d}" if meta and meta.date else "",
        "own": post is not None,
        "passages": passages,
        "formulas": formulas.rows(),
    }


def _passage(
    passage: Passage,
    docname: str,
    labels: Mapping[TexSource, str],
    site: Site,
    formulas: _Formulas,
) -> dict[str, Any]:
    def shown(part: Part) -> str:
        if isinstance(part, str):
            return part.replace(EDGE, "")
        if isinstance(part, Mention):
            return mention_text(site, part, docname)
        return f"{EDGE}{formulas.plain(part)}{EDGE}"

    text, found = "", []
    for part in passage.content:
        if not isinstance(part, (str, Mention)):
            label = labels.get(part, "")
            name = "".join(word for word, _ in reference_parts(site, [label], "")) if label else ""
            found.append((formulas.number(part), anchor(label), name, text[-_BEFORE:]))
            if part[1]:
                continue  # a displayed formula is no part of a sentence
        text += shown(part)
    return {
        "id": passage.id,
        "heading": "".join(map(shown, passage.heading)).replace(EDGE, ""),
        "text": text,
        "code": passage.code,
        "formulas": found,
    }


def synonyms(declared: Iterable[str], facts: Iterable[Facts]) -> list[list[str]]:
    """What goes by several names: what the site declares, and the terms of its glossaries.

    Groups that have a name in common are one.
    """
    groups = [[name.strip() for name in group.split("=")] for group in declared]
    for item in facts:
        terms: dict[int, list[str]] = {}
        for term in item.terms:
            terms.setdefault(term.group, []).append(term.name)
        groups += terms.values()
    merged: list[list[str]] = []
    for group in groups:
        same = [other for other in merged if _keys(other) & _keys(group)]
        merged = [other for other in merged if other not in same]
        merged.append(list(dict.fromkeys(name for part in (*same, group) for name in part)))
    return [group for group in merged if len(group) > 1]


def _keys(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}
