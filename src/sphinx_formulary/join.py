"""JOIN: the facts of all documents in, one ``Site`` out. No other room looks across documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from . import digests, formula_index, graph, macros, notation, published, sitemap
from .ablog_bridge import register
from .builder import PageBuilder, feed_path
from .config import line_of_key, options
from .domain import FormularyDomain
from .faults import faults, is_taken
from .formula_cache import FormulaCache
from .images import settle_images
from .katex import Katex
from .labels import settle_labels
from .manifest import Manifest
from .model import Facts, Formula, Link, Math, Post, Site, TexSource
from .plain import plain_text
from .views import newest_first, views
from .warnings import Kind, inform, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def join(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Make the site known, report every fault, and name the documents whose page is out of date."""
    domain = FormularyDomain.of(env)
    if env.found_docs - domain.facts.keys():
        raise SphinxError("a worker failed while reading")  # FINISH names the documents
    domain.data["warned"] = domain.warned.take(env.found_docs)
    taken = env.found_docs | {feed_path(app.config)}
    settle_labels(env, domain.facts)
    settle_images(env)
    # Other formats take TeX as it is, or no formulas at all.
    math = _math(app, domain.facts.values()) if app.builder.format == "html" else {}
    site = _site(app, domain, taken, math)
    for docname, fault in faults(domain, site, taken):
        warn(fault.kind, fault.message, (docname, fault.line))
    _report_macros(app, site)
    site = _with_published(app, site)
    index = digests.Index(env, domain.facts, site)
    links = graph.links(domain.facts, index.target)
    site = replace(site, clashes=notation.clashes(site.posts, links))
    _report_clashes(app, domain.facts, site)
    # What was reported from facts is reported again from facts, without a re-reading.
    domain.warned.take(env.found_docs)
    if isinstance(app.builder, PageBuilder):
        site = _with_pages(app.builder, domain.facts, site, index, links)
    domain.site = site
    register(app, site)
    outdated = Manifest.load(Path(app.outdir)).outdated(site.digests)
    # Without a document to update, Sphinx would forget that another one is gone.
    return sorted(outdated | ({env.config.root_doc} if domain.removed else set()))


def _site(
    app: Sphinx, domain: FormularyDomain, taken: set[str], math: Mapping[TexSource, Math]
) -> Site:
    facts = domain.facts
    titles = {name: plain_text(item.title, math) for name, item in facts.items()}
    authors = tuple(app.config.blog_default_author or ())
    posts = newest_first(_posts(facts.values(), titles, domain.held, authors))
    found = views(posts, app.config.blog_path)
    site = Site(
        posts=posts,
        views=found,
        formulas=_formulas(facts),
        captions={
            caption.name: (docname, caption)
            for docname, item in sorted(facts.items(), reverse=True)  # the first by name has it
            for caption in item.captions
        },
        cited_by=_cited_by(facts, posts),
        math=math,
        notation=notation.meanings(posts),
        meanings={
            words: shown
            for _, item in sorted(facts.items(), reverse=True)  # as for captions
            for words, shown in item.meanings.items()
        },
        titles={name: _short_title(item, titles[name]) for name, item in facts.items()},
    )
    size = options(app.config).page_size
    pages = sitemap.pages(site, facts.values(), size, app.config.blog_path)
    redirects = _redirects(posts, taken | pages.keys())
    sheets = formula_index.places(site) if math else {}
    return replace(site, pages=pages, sheets=sheets, redirects=redirects)


def _redirects(posts: Iterable[Post], taken: set[str]) -> dict[str, str]:
    # Of two posts with one alias the first by name has it; the other's is a fault.
    pairs = [(alias, post.docname) for post in posts for alias in post.meta.aliases]
    return {
        alias: docname
        for alias, docname in sorted(pairs, reverse=True)
        if not is_taken(alias, taken)
    }


def _posts(
    facts: Iterable[Facts],
    titles: Mapping[str, str],
    held: Mapping[str, str],
    authors: tuple[str, ...],
) -> Iterable[Post]:
    for item in facts:
        if item.meta:
            meta = replace(item.meta, authors=item.meta.authors or authors)
            yield Post(
                item.docname,
                meta,
                item.title,
                titles[item.docname],
                item.excerpt,
                item.length.minutes,
                held.get(item.docname, ""),
            )


def _short_title(facts: Facts, title: str) -> str:
    return (facts.meta and facts.meta.short_title) or title or facts.docname


def _formulas(facts: Mapping[str, Facts]) -> dict[str, Formula]:
    found: dict[str, Formula] = {}
    for docname, item in sorted(facts.items()):
        for equation in item.equations:
            formula = Formula(equation.label, docname, equation.number, equation.tex)
            found.setdefault(equation.label, formula)
    return found


def _cited_by(facts: Mapping[str, Facts], posts: Iterable[Post]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        for key in facts[post.docname].cited:
            found[key].append(post.docname)
    return {key: tuple(names) for key, names in found.items()}


def _math(app: Sphinx, facts: Iterable[Facts]) -> dict[TexSource, Math]:
    katex = Katex.of(app.config, Path(app.confdir))
    path = Path(app.confdir, options(app.config).cache, "formulas.sqlite")
    formulas = [tex.source for item in facts for tex in item.tex]
    formulas += starmap(macros.trial, katex.macros.items())
    return FormulaCache(path, katex.settings).all_of(formulas, katex.render)


def _report_macros(app: Sphinx, site: Site) -> None:
    for name, why in macros.mistakes(options(app.config).macros, site.math):
        conf = Path(app.confdir, "conf.py")
        line = line_of_key(conf.read_text(encoding="utf-8"), name) if conf.is_file() else None
        place = f"{conf}:{line}" if line else str(conf)
        warn(Kind.TEX, f"the macro '{name}' of formulary_macros: {why}", place)


def _with_published(app: Sphinx, site: Site) -> Site:
    """Compare the labels with those that were published; one that is lost fails the build."""
    chosen = options(app.config)
    if not chosen.labels:
        return site
    path = Path(app.confdir, chosen.labels)
    text = published.read(path)
    known = site.titles.keys() | site.redirects.keys()
    for line, message in published.mistakes(text, site.formulas, known):
        warn(Kind.LABEL, message, f"{path}:{line}")
        app.statuscode = 1
    if chosen.record_labels:
        published.record(path, text, site.formulas)
    moved = published.moved(published.parse(text), site.formulas, site.redirects)
    return replace(site, moved=moved)


def _report_clashes(app: Sphinx, facts: Mapping[str, Facts], site: Site) -> None:
    for clash in site.clashes:
        (docname, here), (other, there) = clash.uses
        message = notation.clash_message(here, there, facts[other].path)
        inform(app, Kind.NOTATION, message, (docname, here.line))


def _with_pages(
    builder: PageBuilder,
    facts: Mapping[str, Facts],
    site: Site,
    index: digests.Index,
    links: Sequence[Link],
) -> Site:
    site = replace(
        site,
        uses=graph.uses(facts, site.formulas),
        backlinks=graph.backlinks(link for link in links if site.post(link.docname)),
        related=graph.related(site.posts, facts, links),
        shared=digests.common(builder, site),
        cards={
            post.docname: digests.card(facts[post.docname], post, site, index)
            for post in site.posts
        },
    )
    pages = {docname: digests.page(item, site, index) for docname, item in facts.items()}
    return replace(site, digests=pages)


def setup_join(app: Sphinx) -> None:
    """Connect JOIN."""
    # After bibtex and Sphinx's own collectors (500) have looked at the documents.
    app.connect("env-updated", join, priority=600)
