"""The articles and the links between them, and how they are drawn once each has its place. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .drawing import LABEL, clipped, ray, width
from .model import Post, Site

GRAPH = "graph"
DATA = "graph.json"

_LABEL = 12 * LABEL  # a longer label is cut
_GAP = 4  # around a mark
_MARGIN = 24
_ROOM = 60  # that an article has to itself, about
_GOLDEN = 0.618  # its multiples spread evenly


@dataclass(frozen=True)
class Node:
    """An article: its category by number, and the articles that it links to and that link to it."""

    post: Post
    name: str
    category: int
    to: tuple[tuple[int, int], ...]  # number of the article, in how many sentences
    by: tuple[tuple[int, int], ...]

    @property
    def label(self) -> str:
        """What stands below the mark."""
        return clipped(self.name, _LABEL)

    @property
    def full(self) -> str:
        """The whole title; what the label says is a part of it."""
        title = self.post.plain_title
        return title if self.name in title else f"{self.name}: {title}"

    @property
    def radius(self) -> float:
        """The size of the mark: its area grows with the number of articles that link to it."""
        return round(min(5 + 2 * math.sqrt(len(self.by)), 16), 1)

    @property
    def box(self) -> tuple[float, float]:
        """The size of mark and label together."""
        wide = max(width(self.label), 2 * self.radius)
        return round(wide) + 12, round(2 * self.radius) + LABEL + 14


@dataclass(frozen=True)
class ArticleGraph:
    """The articles by category and name, the categories by name; one without a name comes last."""

    nodes: tuple[Node, ...]
    categories: tuple[str, ...]

    @property
    def links(self) -> Iterator[tuple[int, int, int]]:
        """From which article to which, and in how many sentences."""
        for source, node in enumerate(self.nodes):
            for target, count in node.to:
                yield source, target, count

    def groups(self) -> Iterator[tuple[int, str, list[tuple[int, Node]]]]:
        """For each category its number, its name and its articles with theirs."""
        for number, name in enumerate(self.categories):
            found = enumerate(self.nodes)
            yield number, name, [(index, node) for index, node in found if node.category == number]


def article_graph(site: Site) -> ArticleGraph:
    """The graph of a site's posts."""
    categories = sorted({post.meta.category for post in site.posts}, key=_last)
    posts = sorted(site.posts, key=lambda post: (_last(post.meta.category), post.docname))
    place = {post.docname: index for index, post in enumerate(posts)}
    to: list[list[tuple[int, int]]] = [[] for _ in posts]
    by: list[list[tuple[int, int]]] = [[] for _ in posts]
    for source, post in enumerate(posts):
        for name, count in site.mentions.get(post.docname, {}).items():
            to[source].append((place[name], count))
            by[place[name]].append((source, count))
    number = {category: index for index, category in enumerate(categories)}
    nodes = (
        Node(
            post,
            site.titles[post.docname],
            number[post.meta.category],
            tuple(sorted(to[index])),
            tuple(sorted(by[index])),
        )
        for index, post in enumerate(posts)
    )
    return ArticleGraph(tuple(nodes), tuple(categories))


def _last(category: str) -> tuple[bool, str]:
    return not category, category


def start(graph: ArticleGraph) -> list[tuple[float, float]]:
    """Where a layout begins: on a disc, of which each category has a sector."""
    total = len(graph.nodes)
    # Rounded, since sines differ in their last digit from one machine to another.
    return [
        (round(radius * math.cos(angle), 3), round(radius * math.sin(angle), 3))
        for index in range(total)
        for angle in [2 * math.pi * index / total]
        for radius in [_ROOM * math.sqrt(total * (index * _GOLDEN % 1))]
    ]


@dataclass(frozen=True)
class Chart:
    """Where each mark stands, and how large the drawing is."""

    places: tuple[tuple[int, int], ...]
    width: int
    height: int


def chart(graph: ArticleGraph, centres: Sequence[tuple[float, float]]) -> Chart:
    """The drawing of a graph, given the centre of each article's box."""
    boxes = [
        (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        for (wide, high), (x, y) in zip((node.box for node in graph.nodes), centres, strict=True)
    ]
    left = min(box[0] for box in boxes) - _MARGIN
    top = min(box[1] for box in boxes) - _MARGIN
    right = max(box[2] for box in boxes) + _MARGIN
    bottom = max(box[3] for box in boxes) + _MARGIN
    places = tuple(
        (round(x - left), round(box[1] + _GAP + node.radius - top))
        for node, box, (x, _) in zip(graph.nodes, boxes, centres, strict=True)
    )
    return Chart(places, math.ceil(right - left), math.ceil(bottom - top))


def rays(graph: ArticleGraph, drawn: Chart) -> str:
    """The outlines of all lines, in the order of ``ArticleGraph.links``."""
    radii = [node.radius for node in graph.nodes]
    return "".join(
        ray(
            drawn.places[source],
            drawn.places[target],
            radii[source] + 2,
            radii[target] + 4,
            min(1.5 + count, 6),
        )
        for source, target, count in graph.links
    )
