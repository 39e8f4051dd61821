"""The nodes of the engine: places where WRITE puts what JOIN knows."""

from __future__ import annotations

from docutils import nodes


class ExcerptSource(nodes.General, nodes.Element):
    """The front matter's ``excerpt``, parsed in its place; READ takes it out again."""


class PostList(nodes.General, nodes.Element):
    """A ``postlist``: a query, and how to show what it finds."""


class PostCard(nodes.General, nodes.Element):
    """One post in a listing; its children are the excerpt."""


class Pager(nodes.General, nodes.Element):
    """Previous, numbers, next."""


class ArticleHead(nodes.General, nodes.Element):
    """Date, category, tags, authors and reading time below the title of a post."""


class ArticleFoot(nodes.General, nodes.Element):
    """What follows a post: its neighbours in time or in its series."""
