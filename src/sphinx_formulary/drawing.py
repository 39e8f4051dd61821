"""What pictures of links are made of: marks, labels of a known size, lines that point. Pure."""

from __future__ import annotations

import math
import unicodedata

Point = tuple[float, float]

LABEL = 13  # size of a label's letters
KINDS = 7  # of marks
_NARROW, _WIDE = 0.6, 1.0  # of letters, in their size: the estimate is for any font
# Corners and the angle of the first; radii that make all kinds look equally large.
_POLYGONS = ((4, 45, 1.2), (3, -90, 1.35), (4, 0, 1.3), (6, 0, 1.1), (3, 90, 1.35))


def width(text: str) -> float:
    """How wide a label is at most, about."""
    return LABEL * sum(map(_letter, text))


def _letter(letter: str) -> float:
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _NARROW


def clipped(text: str, most: float) -> str:
    """*text*, cut so that it is no wider than *most*."""
    if width(text) <= most:
        return text
    while text and width(text + "…") > most:
        text = text[:-1]
    return text.rstrip() + "…"


def mark(kind: int, radius: float) -> str:
    """The outline of a mark around the origin: a disc, polygons, a star; *kind* is any number."""
    kind %= KINDS
    if kind == 0:
        size = short(radius)
        return f"M-{size} 0a{size} {size} 0 1 1 0 .01z"
    if kind <= len(_POLYGONS):
        corners, turn, scale = _POLYGONS[kind - 1]
        radii = [radius * scale] * corners
    else:
        corners, turn, radii = 10, -90, [radius * 1.45, radius * 0.7] * 5
    points = (_at(turn + 360 * index / corners, size) for index, size in enumerate(radii))
    return "M" + "L".join(_pair(point) for point in points) + "z"


def _at(degrees: float, radius: float) -> Point:
    angle = math.radians(degrees)
    return radius * math.cos(angle), radius * math.sin(angle)


def ray(source: Point, target: Point, near: float, far: float, broad: float) -> str:
    """A curved line from one mark to another, broad at its source and running out at its target.

    *near* and *far* are left free around the two points.
    """
    (x, y), (to_x, to_y) = source, target
    length = math.hypot(to_x - x, to_y - y) or 1.0
    dx, dy = (to_x - x) / length, (to_y - y) / length

    def point(along: float, aside: float) -> str:
        return _pair((x + dx * along - dy * aside, y + dy * along + dx * aside))

    half, bend, end = broad / 2, length * 0.12, max(near, length - far)
    middle = (near + end) / 2
    return (
        f"M{point(near, half)}Q{point(middle, bend + half / 2)} {point(end, 0.3)}"
        f"L{point(end, -0.3)}Q{point(middle, bend - half / 2)} {point(near, -half)}z"
    )


def _pair(point: Point) -> str:
    return f"{short(point[0])} {short(point[1])}"


def short(number: float) -> str:
    """A coordinate, to a tenth."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")
