"""An article and its direct links as a small picture: who refers to it, what it refers to. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import LABEL, clipped, ray, width
from .model import Site

MOST = 12  # articles around the middle; the others are counted

_LABEL = 9 * LABEL
_ROW = 26
_AWAY, _ARC = 78, 22  # how far the marks stand aside, and how much less the outermost of them
_CENTRE, _AROUND = 7, 4  # radii of the marks, as in the template
_GAP = 8


@dataclass(frozen=True)
class Neighbour:
    """An article beside the one in the middle."""

    docname: str
    label: str
    x: int
    y: int

    @property
    def text(self) -> int:
        """Where its label begins, or ends if it stands at the left."""
        return self.x + (_GAP if self.x > 0 else -_GAP)


@dataclass(frozen=True)
class Neighbourhood:
    """The picture: the article stands at its origin."""

    label: str
    neighbours: tuple[Neighbour, ...]
    rays: str
    left: int
    top: int
    width: int
    height: int
    more: int  # neighbours that are not shown


def neighbourhood(site: Site, docname: str) -> Neighbourhood | None:
    """The neighbourhood of a post, if it has one.

    Articles that refer to it stand at the left, those that it refers to at the right; where both
    hold, on the side with fewer.
    """
    to = site.mentions.get(docname, {})
    by = Counter(link.docname for link in site.backlinks.get(docname, ()))
    found = sorted(to.keys() | by.keys(), key=lambda name: (-to.get(name, 0) - by[name], name))
    shown = sorted(found[:MOST])
    if not shown:
        return None
    left = [name for name in shown if name not in to]
    right = [name for name in shown if name not in by]
    for name in shown:
        if name in to and name in by:
            min(left, right, key=len).append(name)
    around = (*_side(site, left, -1), *_side(site, right, 1))
    rays = [
        line
        for item in around
        for line in (
            _ray((item.x, item.y), (0, 0), _AROUND, _CENTRE, by[item.docname]),
            _ray((0, 0), (item.x, item.y), _CENTRE, _AROUND, to.get(item.docname, 0)),
        )
    ]
    label = clipped(site.titles[docname], _LABEL)
    return _framed(label, around, "".join(rays), len(found) - len(shown))


def _side(site: Site, names: Sequence[str], side: int) -> list[Neighbour]:
    middle = (len(names) - 1) / 2
    return [
        Neighbour(
            name,
            clipped(site.titles[name], _LABEL),
            side * round(_AWAY - _ARC * ((row - middle) / max(middle, 1)) ** 2),
            round((row - middle) * _ROW),
        )
        for row, name in enumerate(names)
    ]


def _ray(source: tuple[int, int], target: tuple[int, int], near: int, far: int, count: int) -> str:
    return ray(source, target, near + 1, far + 2, min(1 + count, 4)) if count else ""


def _framed(label: str, around: Sequence[Neighbour], rays: str, more: int) -> Neighbourhood:
    half = round(width(label) / 2) + 4
    ends = [item.text + round(width(item.label)) * (1 if item.x > 0 else -1) for item in around]
    left, right = min(-half, *ends), max(half, *ends)
    top = min(-_CENTRE, *(item.y for item in around)) - LABEL
    bottom = max(_CENTRE + LABEL + _GAP, *(item.y for item in around)) + LABEL
    return Neighbourhood(
        label, tuple(around), rays, left, top, right - left, bottom - top, more
    )  # fmt: skip
