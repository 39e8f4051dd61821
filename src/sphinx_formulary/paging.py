"""Pages of a listing. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a listing: what is on it, its number from 1, and how many there are."""

    items: Sequence[T]
    number: int
    total: int


def paginate(items: Sequence[T], size: int) -> list[Page[T]]:
    """*items* on pages of *size*; always at least one page."""
    return _pages([items[start : start + size] for start in range(0, len(items), size)])


def paginate_by_weight(
    items: Iterable[T], size: int, weight: Callable[[T], int], limit: int
) -> list[Page[T]]:
    """*items* on pages of at most *size*; only one that is alone on its page may weigh more."""
    parts: list[list[T]] = []
    room = 0
    for item in items:
        if not parts or len(parts[-1]) == size or weight(item) > room:
            parts.append([])
            room = limit
        parts[-1].append(item)
        room -= weight(item)
    return _pages(parts)


def _pages(parts: Sequence[Sequence[T]]) -> list[Page[T]]:
    found = parts or [()]
    return [Page(items, number, len(found)) for number, items in enumerate(found, 1)]


def page_path(first: str, number: int) -> str:
    """The path of a page: page 1 keeps the plain path, ``x`` has ``x/page/2`` below it.

    An index is its folder: ``index`` has ``page/2``, ``blog/index`` has ``blog/page/2``.
    """
    if number == 1:
        return first
    is_index = first.rpartition("/")[2] == "index"
    folder = first.removesuffix("index") if is_index else f"{first}/"
    return f"{folder}page/{number}"


def shown_numbers(number: int, total: int, around: int = 2) -> list[int | None]:
    """Numbers that a pager shows: the ends, those around the current one, ``None`` for a gap.

    A gap that would hide one number shows the number.
    """
    near = {1, total, *range(max(1, number - around), min(total, number + around) + 1)}
    numbers: list[int | None] = []
    for candidate in range(1, total + 1):
        if candidate in near or {candidate - 1, candidate + 1} <= near:
            numbers.append(candidate)
        elif numbers[-1] is not None:
            numbers.append(None)
    return numbers
