"""Pages of a listing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
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
    total = max(1, -(-len(items) // size))
    return [
        Page(items[number * size : (number + 1) * size], number + 1, total)
        for number in range(total)
    ]


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
