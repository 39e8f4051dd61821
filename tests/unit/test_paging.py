"""A listing has at least one page, and every item stands on exactly one of them, in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_formulary.paging import page_path, paginate, paginate_by_weight, shown_numbers


@pytest.mark.parametrize(
    ("count", "size", "lengths"),
    [(0, 12, [0]), (1, 12, [1]), (12, 12, [12]), (13, 12, [12, 1]), (30, 12, [12, 12, 6]),
     (3, 1, [1, 1, 1])],
)  # fmt: skip
def test_pages_are_full_but_the_last(count: int, size: int, lengths: list[int]) -> None:
    pages = paginate(range(count), size)
    assert [len(page.items) for page in pages] == lengths
    assert [page.number for page in pages] == list(range(1, len(lengths) + 1))
    assert {page.total for page in pages} == {len(lengths)}


@given(st.lists(st.integers()), st.integers(1, 20))
def test_every_item_is_on_one_page_in_order(items: list[int], size: int) -> None:
    pages = paginate(items, size)
    assert [item for page in pages for item in page.items] == items
    assert all(1 <= len(page.items) <= size for page in pages) or pages[0].total == 1


@pytest.mark.parametrize(
    ("items", "pages"),
    [
        ([], [[]]),
        ([1, 1, 1, 1], [[1, 1, 1], [1]]),  # three on a page
        ([4, 6, 1], [[4, 6], [1]]),  # ten in weight
        ([4, 7], [[4], [7]]),
        ([30, 1, 30, 30], [[30], [1], [30], [30]]),  # too heavy for any page
    ],
)
def test_pages_are_light(items: list[int], pages: list[list[int]]) -> None:
    found = paginate_by_weight(items, 3, lambda item: item, 10)
    assert [list(page.items) for page in found] == pages
    assert [(page.number, page.total) for page in found] == [
        (number, len(pages)) for number in range(1, len(pages) + 1)
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("index", "page/2"),
        ("blog/index", "blog/page/2"),
        ("blog", "blog/page/2"),
        ("blog/category/x", "blog/category/x/page/2"),
        ("myindex", "myindex/page/2"),
        ("blog/myindex", "blog/myindex/page/2"),
        ("blog/index/x", "blog/index/x/page/2"),
    ],
)
def test_page_one_keeps_the_plain_path(first: str, second: str) -> None:
    assert page_path(first, 1) == first
    assert page_path(first, 2) == second


@pytest.mark.parametrize(
    ("number", "total", "shown"),
    [
        (1, 1, "1"),
        (1, 3, "1 2 3"),
        (2, 7, "1 2 3 4 … 7"),
        (1, 5, "1 2 3 4 5"),
        (1, 6, "1 2 3 … 6"),
        (5, 9, "1 2 3 4 5 6 7 8 9"),
        (6, 11, "1 … 4 5 6 7 8 … 11"),
        (20, 20, "1 … 18 19 20"),
    ],
)
def test_a_pager_shows_the_ends_and_what_is_near(number: int, total: int, shown: str) -> None:
    assert " ".join(str(item or "…") for item in shown_numbers(number, total)) == shown


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_a_pager_leaves_gaps_of_two_or_more(case: tuple[int, int]) -> None:
    number, total = case
    shown = shown_numbers(number, total)
    numbers = [item for item in shown if item is not None]
    near = range(max(1, number - 2), min(total, number + 2) + 1)
    assert numbers == sorted(set(numbers))
    assert {1, total, *near} <= set(numbers) <= set(range(1, total + 1))
    for before, item, after in zip(shown, shown[1:], shown[2:], strict=False):
        if item is None:
            assert before is not None
            assert after is not None
            assert after - before > 2
        elif before is not None:
            assert item == before + 1
