"""Views: which posts each listing shows, in which order, at which path. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .model import Post, Query, View

# kind of collection -> folder below the blog's path; the names and paths are ablog's.
FOLDERS = {"category": "category", "tag": "tag", "author": "author", "series": "series", "year": ""}


# kind of collection -> path, below the blog's, of the page that lists its collections.
OVERVIEWS = {**FOLDERS, "year": "archive"}

# How many colours there are for categories; with more categories they come again.
COLOURS = 12

# A slug is cut at this many characters: a file name has at most 255 bytes.
_LONGEST = 60


def overviews(found: Iterable[View], blog_path: str) -> dict[str, str]:
    """The kinds of collections that there are, with the path of the page that lists them."""
    kinds = {view.kind for view in found}
    return {kind: f"{blog_path}/{path}" for kind, path in OVERVIEWS.items() if kind in kinds}


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Posts by date, newest first; those whose date is missing or wrong stand last."""
    return tuple(sorted(posts, key=_age))


def _age(post: Post) -> tuple[bool, float, str]:
    date = post.meta.date
    return (date is None, -date.timestamp() if date else 0.0, post.docname)


def oldest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Posts by date, oldest first; again those without a date stand last."""
    newest = newest_first(posts)
    dated = [post for post in newest if post.meta.date]
    return (*reversed(dated), *(post for post in newest if not post.meta.date))


def pinned_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """The same order, with pinned posts in front."""
    return tuple(sorted(posts, key=lambda post: not post.meta.pin))


def select(posts: Sequence[Post], query: Query) -> tuple[Post, ...]:
    """The posts that a query asks for, out of *posts*, which are newest first."""
    found = pinned_first(post for post in posts if _matches(post, query))[: query.length]
    return oldest_first(found) if query.oldest_first else found


def listed(posts: Sequence[Post], query: Query, docname: str) -> tuple[Post, ...]:
    """The posts that a list in the document *docname* shows: what it asks for, but not itself."""
    return tuple(post for post in select(posts, query) if post.docname != docname)


def _matches(post: Post, query: Query) -> bool:
    meta = post.meta
    return (
        set(query.category) <= {meta.category}
        and set(query.series) <= {meta.series}
        and set(query.tags) <= set(meta.tags)
        and set(query.author) <= set(meta.authors)
    )


def views(posts: Sequence[Post], blog_path: str) -> dict[tuple[str, str], View]:
    """Every view by its kind and name: all posts, and each category, tag, author, series, year."""
    groups: dict[str, dict[str, list[Post]]] = {kind: defaultdict(list) for kind in FOLDERS}
    for post in posts:
        for kind, names in _names(post).items():
            for name in names:
                groups[kind][name].append(post)
    found = {("all", ""): View("all", "", blog_path, pinned_first(posts))}
    for kind, group in groups.items():
        slugs, ages = slugify(group), _by_first_use(group)
        for name, members in sorted(group.items()):
            path = "/".join(filter(None, (blog_path, FOLDERS[kind], slugs[name])))
            ordered = oldest_first(members) if kind == "series" else pinned_first(members)
            found[kind, name] = View(kind, name, path, ordered, ages.index(name) % COLOURS)
    return found


def _names(post: Post) -> dict[str, Sequence[str]]:
    meta = post.meta
    return {
        "category": [meta.category] if meta.category else [],
        "tag": meta.tags,
        "author": meta.authors,
        "series": [meta.series] if meta.series else [],
        "year": [str(meta.date.year)] if meta.date else [],
    }


def plain_slug(name: str) -> str:
    """*name* as ablog makes a file name of it: lower case, without punctuation, CJK kept."""
    name = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKC", name)).strip().lower()
    return re.sub(r"[-\s]+", "-", name).strip("-")


def slugify(groups: Mapping[str, Sequence[Post]]) -> dict[str, str]:
    """A file name for each label, no two alike.

    ``C++`` and ``C#``, ``A`` and ``a`` have one plain slug. The label that was used first keeps it,
    so that a new one never moves an old page; the others get a few characters of their hash.
    """
    slugs: dict[str, str] = {}
    taken = {"index"}  # the name of a folder's own page
    for name in _by_first_use(groups):
        plain = plain_slug(name)
        digest = hashlib.sha256(name.encode()).hexdigest()
        choices = [plain] if 0 < len(plain) <= _LONGEST else []
        short = plain[:_LONGEST]
        choices += ["-".join(filter(None, (short, digest[:n]))) for n in range(6, 65)]
        slugs[name] = next(choice for choice in choices if choice not in taken)
        taken.add(slugs[name])
    return slugs


def _by_first_use(groups: Mapping[str, Sequence[Post]]) -> list[str]:
    """Labels, those used first in front: a new one changes nothing for the others."""
    return sorted(groups, key=lambda name: (_first(groups[name]), name))


def _first(posts: Sequence[Post]) -> float:
    return min((post.meta.date.timestamp() for post in posts if post.meta.date), default=0.0)
