"""GATE: which sources take part. Drafts, posts of the future and unreadable files do not."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sphinx.util import logging
from sphinx.util.matching import Matcher

from . import schema
from .config import options
from .domain import FormularyDomain
from .model import Fault, Meta
from .warnings import Kind, watch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

_BLOGPOST = re.compile(r"\A---\n(?:(?!---).*\n)*?blogpost:[ \t]*true\b", re.I)


@cache
def _matcher(patterns: tuple[str, ...]) -> Matcher:
    return Matcher(patterns)


def is_post(env: BuildEnvironment, docname: str, source: str) -> bool:
    """Whether a document is a post: by ablog's ``blog_post_pattern`` or its ``blogpost: true``."""
    patterns = env.config.blog_post_pattern
    patterns = (patterns,) if isinstance(patterns, str) else tuple(patterns)
    path = env.doc2path(docname, base=False).as_posix()
    return _matcher(patterns)(path) or bool(_BLOGPOST.match(source))


def front_matter(env: BuildEnvironment, docname: str, source: str) -> schema.FrontMatter:
    """The front matter of a post under this site's options."""
    chosen = options(env.config)
    stem = docname.rpartition("/")[2]
    return schema.read(source, stem, ZoneInfo(chosen.timezone), chosen.required)


def held_back(meta: Meta, now: datetime) -> str:
    """Why a post is not shown yet: ``draft``, ``future``, or nothing."""
    if meta.draft:
        return "draft"
    return "future" if meta.date and meta.date > now else ""


def _now(zone: str) -> datetime:
    # The one place that looks at the clock, and only to decide what is in the future.
    seconds = float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    return datetime.fromtimestamp(seconds, ZoneInfo(zone))


def gate(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Take sources out of the sets that Sphinx is about to read; name those to read again."""
    domain = FormularyDomain.of(env)
    chosen = options(app.config)
    now = _now(chosen.timezone)
    domain.begin()
    domain.warned = watch(app)
    for docname in sorted(env.found_docs):
        meta = _meta(env, domain, docname, docname in added | changed)
        reason = held_back(meta, now) if meta else ""
        if reason:
            domain.held[docname] = reason
    out = set(domain.unreadable) | (set() if chosen.preview else set(domain.held))
    for docname in out:
        env.found_docs.discard(docname)
    removed |= out & set(env.all_docs)
    domain.removed = set(removed)
    added -= out
    changed -= out
    if domain.held and not chosen.preview:
        _report(domain.held.values())
    return sorted(domain.data["warned"] | _referring(domain, added | removed))


def _meta(env: BuildEnvironment, domain: FormularyDomain, docname: str, read: bool) -> Meta | None:
    if not read:
        facts = domain.facts.get(docname)
        return facts.meta if facts else None
    try:
        source = env.doc2path(docname).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"is not UTF-8: byte {error.object[error.start]:#04x}; save it as UTF-8"
        domain.unreadable[docname] = Fault(line, Kind.SOURCE, message)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        domain.unreadable[docname] = Fault(None, Kind.SOURCE, message)
    else:
        if is_post(env, docname, source):
            return front_matter(env, docname, source).meta
    return None


def _referring(domain: FormularyDomain, docnames: set[str]) -> set[str]:
    """Documents that name one of *docnames*: what MyST makes of a link depends on its target."""
    return {
        facts.docname
        for facts in domain.facts.values()
        if any(ref.kind == "doc" and ref.target in docnames for ref in facts.references)
    }


def _report(reasons: Iterable[str]) -> None:
    counts = Counter(reasons)
    logger.info(
        "[%d posts held back: %d drafts, %d of the future] ",
        counts.total(),
        counts["draft"],
        counts["future"],
        nonl=True,
    )


def setup_gate(app: Sphinx) -> None:
    """Connect GATE."""
    app.connect("env-get-outdated", gate)
