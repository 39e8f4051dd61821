"""Works: author–year labels, and which articles cite a work. The only room that knows bibtex.

It does nothing unless the project loads ``sphinxcontrib.bibtex``.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pybtex.plugin
from docutils import nodes
from pybtex.style.formatting.unsrt import Style as UnsrtStyle
from pybtex.style.labels import BaseLabelStyle
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.nodes import bibliography

from .domain import FormularyDomain
from .locale import _

if TYPE_CHECKING:
    from pybtex.database import Entry, Person
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator


def _surname(person: Person) -> str:
    return " ".join([*person.prelast_names, *person.last_names]).replace("{", "").replace("}", "")


def author_year(entry: Entry) -> str:
    """``Hu et al., 2022``: two authors are both named, a work without author goes by its key."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    match [_surname(person) for person in people]:
        case [first, *_others, "others"]:
            who = f"{first} et al."
        case []:
            who = entry.key
        case [one]:
            who = one
        case [one, two]:
            who = f"{one} & {two}"
        case [first, *_others]:
            who = f"{first} et al."
    return f"{who}, {entry.fields.get('year', 'n.d.')}"


def labels(entries: Iterable[Entry]) -> Iterator[str]:
    """A label for each entry; equal ones get a letter, in the order of the entries."""
    plain = [author_year(entry) for entry in entries]
    count, seen = Counter(plain), Counter[str]()
    for label in plain:
        suffix = _letters(seen[label]) if count[label] > 1 else ""
        seen[label] += 1
        yield label + suffix


def _letters(number: int) -> str:
    """a, b, … z, aa, ab, …"""
    before = _letters(number // 26 - 1) if number >= 26 else ""
    return before + string.ascii_lowercase[number % 26]


class AuthorYearLabels(BaseLabelStyle):  # type: ignore[misc]
    """Our labels as a pybtex label style."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        return labels(sorted_entries)


class AuthorYearStyle(UnsrtStyle):  # type: ignore[misc]
    """``bibtex_default_style = "author_year"``: by author and year, with those as label."""

    default_label_style = AuthorYearLabels
    default_sorting_style = "author_year_title"


class FootciteLabels(SphinxTransform):
    """Gives ``footcite`` footnotes their author–year label in place of a number.

    Runs after docutils has numbered the footnotes (620).
    """

    default_priority = 650

    def apply(self) -> None:
        named = dict(zip(_entries(self.env), labels(_entries(self.env).values()), strict=True))
        for key, name in _footcite_names(self.env).items():
            footnote = self.document.ids[self.document.nameids[name]]
            footnote.replace(footnote[0], nodes.label("", named[key]))
            footnote["classes"].append("citation")
            for id in footnote["backrefs"]:
                reference = self.document.ids[id]
                reference.clear()
                reference += nodes.Text(named[key])


def _entries(env: BuildEnvironment) -> dict[str, Entry]:
    cite: Any = env.domains.get("cite")
    return dict(cite.bibdata.data.entries) if cite else {}


def _footcite_names(env: BuildEnvironment) -> dict[str, str]:
    return dict(env.current_document.get("bibtex_footcite_names") or {})


def cited_keys(env: BuildEnvironment) -> tuple[str, ...]:
    """The BibTeX keys that the document being read cites."""
    cite: Any = env.domains.get("cite")
    refs = [ref for ref in cite.citation_refs if ref.docname == env.docname] if cite else []
    cited = {target.key for ref in refs for target in ref.targets}
    return tuple(sorted(cited | set(_footcite_names(env))))


def shows_bibliography(doctree: nodes.document) -> bool:
    """Whether the document lists works, and so shows who cites them."""
    return next(doctree.findall(bibliography), None) is not None


def add_citing(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Say under each work of a bibliography which articles cite it."""
    env = app.env
    cite: Any = env.domains.get("cite")
    if cite is None:
        return
    site = FormularyDomain.of(env).site
    keys = {citation.citation_id: citation.key for citation in cite.citations}
    for node in doctree.findall(nodes.citation):
        key = next((keys[id] for id in node["ids"] if id in keys), None)
        citing = [name for name in site.cited_by.get(key or "", ()) if name != docname]
        if citing:
            node.append(_links(app, docname, citing))


def _links(app: Sphinx, docname: str, citing: list[str]) -> nodes.paragraph:
    site = FormularyDomain.of(app.env).site
    paragraph = nodes.paragraph("", _("Cited in: "), classes=["cited-in"])
    for index, name in enumerate(citing):
        if index:
            paragraph += nodes.Text(_(", "))
        uri = app.builder.get_relative_uri(docname, name)
        paragraph += nodes.reference("", site.titles[name], refuri=uri, internal=True)
    return paragraph


def visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """As docutils does, without its role ``doc-biblioentry``: ARIA has given it up."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        self.body.append('<div role="list" class="citation-list">\n')
    self.body.append(self.starttag(node, "div", CLASS="citation", role="listitem"))


def depart_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Close the work, and the list behind the last one."""
    self.body.append("</div>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
        self.body.append("</div>\n")


def setup_bibliography(app: Sphinx) -> None:
    """Register the style, the nodes, the transform and the handler."""
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    pybtex.plugin.register_plugin("pybtex.style.formatting", "author_year", AuthorYearStyle)
    app.add_transform(FootciteLabels)
    app.connect("doctree-resolved", add_citing)
