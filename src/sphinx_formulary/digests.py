"""What the page of a document depends on, as one hash. Part of JOIN."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx

from .assets import STATIC, categories, site_overviews
from .formula_index import index_shows
from .formulas import mention_text
from .model import Facts, Link, Mention, Post, Site, Use
from .version import code_version
from .views import listed

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from .builder import PageBuilder


def digest(*parts: object) -> str:
    """A hash of values whose ``repr`` tells them apart."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def common(builder: PageBuilder, site: Site) -> str:
    """What every page depends on: options, templates, static files, KaTeX, the sidebar."""
    env, info = builder.env, builder.build_info
    folders = [Path(builder.confdir, entry) for entry in builder.config.html_static_path]
    folders.append(STATIC)
    for loader in getattr(builder.templates, "loaders", []):
        folders += [Path(folder) for folder in loader.searchpath]
    return digest(
        sphinx.__display_version__,
        code_version(),
        builder.katex.settings,
        builder.slim and builder.slim.digest,
        # Pages of listings are not read again when an option of the sources changes.
        type(info)(builder.config, builder.tags, frozenset({"html", "env"})).config_hash,
        info.tags_hash,
        sorted(set(_contents(folders))),
        sidebar(env),
        [(view.name, view.path, view.colour) for view in categories(site.views.values())],
        site_overviews(site),
    )


def _contents(folders: Iterable[Path]) -> Iterable[tuple[str, str]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if path.is_file():
                yield path.name, hashlib.sha256(path.read_bytes()).hexdigest()


def sidebar(env: BuildEnvironment) -> object:
    """The documents that stand in toctrees, with their titles."""
    return [
        (parent, child, env.titles[child].astext() if child in env.titles else "")
        for parent, children in sorted(env.toctree_includes.items())
        for child in children
    ]


class Index:
    """Finds the document that a reference leads to."""

    def __init__(self, env: BuildEnvironment, facts: Mapping[str, Facts], site: Site) -> None:
        self.facts, self.site = facts, site
        self.names: dict[str, str] = {}
        self._shown: dict[str, list[object]] = {}
        for domain in env.domains.sorted():
            for name, _, _, docname, *_ in domain.get_objects():
                self.names.setdefault(name, docname)
        std: Any = env.domains.standard_domain
        for labels in (std.anonlabels, std.labels):
            self.names |= {name: place[0] for name, place in labels.items()}
        terms = ((name, place[0]) for (kind, name), place in std.objects.items() if kind == "term")
        self.terms = {name.lower(): docname for name, docname in terms}

    def target(self, kind: str, target: str) -> str | None:
        """The document of a formula, a document or anything that a domain knows."""
        if kind == "doc":
            return target if target in self.facts else None
        if kind == "term":
            return self.terms.get(target.lower())
        formula = self.site.formulas.get(target)
        if formula or kind == "eq":
            return formula.docname if formula else None
        return self.names.get(target) or self.names.get(target.lower())

    def shown(self, facts: Facts) -> list[object]:
        """What a document's references show: the face of each document that they lead to."""
        if facts.docname not in self._shown:  # a post's card and its page both ask
            self._shown[facts.docname] = self._faces(facts)
        return self._shown[facts.docname]

    def _faces(self, facts: Facts) -> list[object]:
        named = {(reference.kind, reference.target) for reference in facts.references}
        found: list[object] = []
        for kind, name in sorted(named):
            docname = self.target(kind, name)
            face = self.facts[docname].face if docname and docname in self.facts else None
            found.append((kind, name, docname, face, name.lstrip("/") in self.site.pages))
        return found


def card(facts: Facts, post: Post, site: Site, index: Index) -> str:
    """What a card of a post depends on."""
    category = site.views.get(("category", post.meta.category))
    shown = index.shown(facts)
    return digest(post.docname, facts.source, post.held, category and category.path, shown)


def cards_of(site: Site, posts: Iterable[Post]) -> list[str]:
    """What a list of cards depends on."""
    return [site.cards[post.docname] for post in posts]


def page(facts: Facts, site: Site, index: Index) -> str:
    """What the page of a document depends on."""
    shown: list[object] = [site.shared, facts.source, index.shown(facts)]
    for query in facts.lists:
        posts = listed(site.posts, query, facts.docname)
        shown.append((len(posts), cards_of(site, posts[: query.paginate])))
    shown += [index_shows(site, query) for query in facts.indexes]
    for equation in facts.equations:
        shown.append([_mentioned(use, site) for use in site.uses.get(equation.label, ())])
    shown.append(
        [(old, formula, site.titles[formula.docname])
         for old, formula in site.moved.get(facts.docname, {}).items()]
    )  # fmt: skip
    if facts.bibliography:
        shown.append([(key, [(name, site.titles[name]) for name in names])
                      for key, names in sorted(site.cited_by.items())])  # fmt: skip
    if post := site.post(facts.docname):
        shown.append((post.held, post.meta.authors, _paths(post, site)))
        shown.append([near and _named(near.docname, site) for near in site.neighbours(post)])
        shown.append([_mentioned(link, site) for link in site.backlinks.get(facts.docname, ())])
        mentions = site.mentions.get(post.docname, {})
        shown.append([(name, count, _named(name, site)) for name, count in mentions.items()])
        shown.append([(other, _named(other.docname, site)) for other in site.related[post.docname]])
    return digest(*shown)


def _mentioned(place: Use | Link, site: Site) -> object:
    """What a place that mentions something shows, the names in its sentence too."""
    names = [mention_text(site, part, "") for part in place.sentence if isinstance(part, Mention)]
    return place, _named(place.docname, site), names


def _named(docname: str, site: Site) -> object:
    """What a link to a document shows: the short title or, of a post, the whole one."""
    post = site.post(docname)
    return docname, site.titles[docname], post and post.meta.title


def _paths(post: Post, site: Site) -> list[str]:
    wanted = [("category", post.meta.category), ("series", post.meta.series)]
    wanted += [("tag", tag) for tag in post.meta.tags]
    wanted += [("author", author) for author in post.meta.authors]
    return [site.views[key].path for key in wanted if key in site.views]
