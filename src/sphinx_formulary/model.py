"""What is known of the documents: plain frozen values, passed from room to room.

READ makes ``Facts`` of one document, JOIN makes one ``Site`` of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from docutils import nodes

from .warnings import Kind


@dataclass(frozen=True)
class Fault:
    """A mistake of an author: where it is, and what would be right."""

    line: int | None
    kind: Kind
    message: str


TexSource = tuple[str, bool]
"""A formula as it was written, and whether it is displayed."""


@dataclass(frozen=True)
class Symbol:
    """A symbol of an article and what it means there."""

    tex: str
    meaning: str  # Markdown
    line: int

    @property
    def source(self) -> TexSource:
        """The symbol as a formula."""
        return self.tex, False


@dataclass(frozen=True)
class Meta:
    """The front matter of a post, checked. Dates are in the site's time zone."""

    title: str
    short_title: str = ""
    date: datetime | None = None  # None only where a fault says so
    updated: datetime | None = None
    category: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    description: str = ""
    excerpt: str = ""  # Markdown
    draft: bool = False
    pin: bool = False
    series: str = ""
    aliases: tuple[str, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)  # key -> line, for later faults


@dataclass(frozen=True)
class Equation:
    """A labelled formula with its number on its page."""

    label: str
    number: int
    line: int | None
    tex: TexSource = ("", True)  # without numbers; of a line of an environment, all its lines


@dataclass(frozen=True)
class Caption:
    """A figure, table or listing that has a caption and a name."""

    name: str
    id: str
    number: int
    label: str  # its kind and number: "Fig. 2"


@dataclass(frozen=True)
class Target:
    """An explicit target: ``(name)=`` or ``:name:``."""

    name: str
    line: int | None


@dataclass(frozen=True)
class Term:
    """A term of a glossary."""

    name: str
    id: str
    line: int | None
    group: int = 0  # the same for names of one thing


@dataclass(frozen=True)
class Mention:
    """What a kept sentence names: ``eq`` a label, ``doc`` a document, ``any`` either; ``term``."""

    kind: str
    target: str
    text: str = ""  # the author's own words for it


Part = str | TexSource | Mention
"""Inline content that is kept without its nodes."""


@dataclass(frozen=True)
class Heading:
    """A section: its id, and its words."""

    id: str
    title: tuple[Part, ...]


@dataclass(frozen=True)
class Reference:
    """A place at which a document names something."""

    kind: str  # as in Mention
    target: str
    line: int | None
    heading: Heading | None = None  # None above the first
    sentence: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Tex:
    """A formula in its place."""

    source: TexSource
    line: int | None


@dataclass(frozen=True)
class Math:
    """A rendered formula. Where *error* says why it could not be, *html* shows the source."""

    utf8: bytes  # as it comes from the cache: a build decodes only what it shows
    error: str = ""

    @property
    def html(self) -> str:
        """MathML and, hidden from screen readers, KaTeX's own HTML."""
        return self.utf8.decode()

    @property
    def mathml(self) -> str:
        """The formula where KaTeX's stylesheet is not at hand."""
        html = self.html
        start, end = html.find("<math"), html.rfind("</math>")
        return html[start : end + len("</math>")] if start >= 0 else html


@dataclass(frozen=True)
class Length:
    """How much there is to read: CJK characters, other words, lines of code, formulas."""

    characters: int = 0
    words: int = 0
    code_lines: int = 0
    formulas: int = 0

    @property
    def minutes(self) -> int:
        """Reading time: 400 characters, 220 words, 60 lines of code or 60 formulas in a minute."""
        time = self.characters / 400 + self.words / 220 + self.code_lines / 60 + self.formulas / 60
        return max(1, round(time))


@dataclass(frozen=True)
class Query:
    """What a ``postlist`` asks for: posts that have all the names, as in ablog."""

    length: int | None = None
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    oldest_first: bool = False
    paginate: int | None = None
    expand: str = ""  # words of a link to the post below its card


@dataclass(frozen=True)
class FormulaQuery:
    """What a ``formula-index`` asks for: formulas of any of the names; empty for all."""

    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that the rest of the build needs to know of one document."""

    docname: str
    source: str  # hash of the file and of what it includes
    face: str  # hash of what other pages can show of it: title, headings, labels, numbers
    title: tuple[nodes.Node, ...]
    meta: Meta | None  # None for a page that is not a post
    excerpt: tuple[nodes.Node, ...] = ()
    length: Length = Length()
    equations: tuple[Equation, ...] = ()
    targets: tuple[Target, ...] = ()
    captions: tuple[Caption, ...] = ()
    terms: tuple[Term, ...] = ()
    meanings: Mapping[str, tuple[nodes.Node, ...]] = field(default_factory=dict)
    """What symbols mean, as Markdown -> as nodes."""
    references: tuple[Reference, ...] = ()
    tex: tuple[Tex, ...] = ()
    lists: tuple[Query, ...] = ()
    indexes: tuple[FormulaQuery, ...] = ()
    cited: tuple[str, ...] = ()  # BibTeX keys
    path: str = ""  # of the source, for messages
    bibliography: bool = False  # shows works and who cites them
    passages: bytes = b""  # what it says, as ``passages.py`` packs it
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Post:
    """A document that is listed: the schema's names, and what a card shows."""

    docname: str
    meta: Meta
    title: tuple[nodes.Node, ...]
    plain_title: str  # where markup cannot go
    excerpt: tuple[nodes.Node, ...]
    minutes: int
    held: str = ""  # "draft" or "future", where a preview shows it all the same


@dataclass(frozen=True)
class View:
    """A listing: posts in order, the path of its first page, and how it is headed."""

    kind: str  # all, category, tag, author, year, series
    name: str
    path: str
    posts: tuple[Post, ...]
    colour: int = 0  # of a category: which of the site's colours is its own


@dataclass(frozen=True)
class Formula:
    """A labelled formula, found by its label from anywhere."""

    label: str
    docname: str
    number: int
    tex: TexSource = ("", True)


@dataclass(frozen=True)
class Use:
    """A place where a formula is mentioned."""

    docname: str
    heading: Heading | None
    sentence: tuple[Part, ...]


@dataclass(frozen=True)
class Link:
    """A place where a document mentions another one, or something in it."""

    docname: str
    target: str
    heading: Heading | None
    sentence: tuple[Part, ...]


@dataclass(frozen=True)
class Related:
    """Another post, and what it has in common: names of links, formulas, works and tags."""

    docname: str
    shared: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Meaning:
    """What a symbol means in some posts."""

    symbol: str  # its TeX in the form that is the same however it is written
    tex: str  # as it is written in the first of them
    words: str  # Markdown
    docnames: tuple[str, ...]

    @property
    def source(self) -> TexSource:
        """The symbol as a formula."""
        return self.tex, False


@dataclass(frozen=True)
class Clash:
    """Two posts of which one refers to the other, and a symbol that they use differently."""

    symbol: str  # as in Meaning
    uses: tuple[tuple[str, Symbol], tuple[str, Symbol]]  # docname and what it says


@dataclass(frozen=True)
class Site:
    """Everything that pages show of other pages. Made in JOIN, read by all that follow."""

    posts: tuple[Post, ...] = ()  # newest first
    views: Mapping[tuple[str, str], View] = field(default_factory=dict)  # by kind and name
    formulas: Mapping[str, Formula] = field(default_factory=dict)  # by label
    math: Mapping[TexSource, Math] = field(default_factory=dict)
    cited_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # key -> docnames
    titles: Mapping[str, str] = field(default_factory=dict)  # docname -> short title
    captions: Mapping[str, tuple[str, Caption]] = field(default_factory=dict)
    """Name of a figure, table or listing -> docname, and what it is."""
    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)  # by label
    backlinks: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)  # by docname
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)  # by docname
    sheets: Mapping[str, str] = field(default_factory=dict)
    """Label -> the page that writes the formula out."""
    notation: tuple[Meaning, ...] = ()  # of all posts, as they are listed
    meanings: Mapping[str, tuple[nodes.Node, ...]] = field(default_factory=dict)
    """What symbols mean, as Markdown -> as nodes."""
    clashes: tuple[Clash, ...] = ()
    moved: Mapping[str, Mapping[str, Formula]] = field(default_factory=dict)
    """Docname -> ids that once led to a formula there -> the formula."""
    pages: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    """Page of a listing -> path of its page 1, its number, how many pages there are."""
    redirects: Mapping[str, str] = field(default_factory=dict)  # old path -> docname
    shared: str = ""  # hash of what every page depends on
    cards: Mapping[str, str] = field(default_factory=dict)  # docname -> hash of what its card shows
    digests: Mapping[str, str] = field(default_factory=dict)  # docname -> what its page depends on

    @cached_property
    def _by_docname(self) -> Mapping[str, Post]:
        return {post.docname: post for post in self.posts}

    @cached_property
    def _order(self) -> list[str]:
        return [post.docname for post in self.posts]

    @cached_property
    def mentions(self) -> Mapping[str, Mapping[str, int]]:
        """Post -> the posts that it links to -> in how many sentences."""
        found: dict[str, dict[str, int]] = {}
        for target in sorted(self.backlinks.keys() & self._by_docname.keys()):
            for link in self.backlinks[target]:
                counts = found.setdefault(link.docname, {})
                counts[target] = counts.get(target, 0) + 1
        return found

    def post(self, docname: str) -> Post | None:
        """The post of that document, if it is one."""
        return self._by_docname.get(docname)

    def neighbours(self, post: Post) -> tuple[Post | None, Post | None]:
        """The posts before and after in order of date; within its series where it has one."""
        view = self.views.get(("series", post.meta.series)) if post.meta.series else None
        posts = view.posts[::-1] if view else self.posts
        # Whole posts are slow to compare, and all of them may be asked for.
        names = [near.docname for near in posts] if view else self._order
        index = names.index(post.docname)
        before = posts[index + 1] if index + 1 < len(posts) else None
        after = posts[index - 1] if index else None
        return before, after
