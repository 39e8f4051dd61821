"""Each listing shows its posts in its order, and no two labels share a page."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_formulary.model import Meta, Post, Query
from sphinx_formulary.views import newest_first, pinned_first, plain_slug, select, slugify, views

LABELS = ["C++", "C#", "a, b", "A", "a", "../../x", "x", "数学", "Math", "math", "<script>"]


def post(docname: str, year: int | None = 2025, **meta: object) -> Post:
    date = datetime(year, 1, 1, tzinfo=UTC) if year else None
    return Post(docname, Meta(docname, date=date, **meta), (), docname, (), 1)


def names(posts: tuple[Post, ...]) -> str:
    return " ".join(item.docname for item in posts)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Deep Learning", "deep-learning"),
        ("C++", "c"),
        ("C#", "c"),
        ("a, b", "a-b"),
        ("注意力 机制", "注意力-机制"),
        ("深度学习", "深度学习"),
        ("../../x", "x"),
        ("  x  ", "x"),
        ("x_y", "x_y"),
        ("ＡＢＣ", "abc"),
        ("!!!", ""),
    ],
)
def test_a_plain_slug_is_ablogs(name: str, slug: str) -> None:
    assert plain_slug(name) == slug


def assert_apart(slugs: dict[str, str]) -> None:
    assert len({slug.lower() for slug in slugs.values()}) == len(slugs)
    for slug in slugs.values():
        assert re.fullmatch(r"[\w-]+", slug), slug


def test_labels_that_look_alike_have_pages_apart() -> None:
    slugs = slugify({name: [post("p")] for name in LABELS})
    assert slugs.keys() == set(LABELS)
    assert_apart(slugs)


@given(st.lists(st.text(min_size=1), unique=True), st.lists(st.sampled_from(LABELS), unique=True))
def test_any_labels_have_pages_apart(some: list[str], alike: list[str]) -> None:
    groups = {name: [post("p")] for name in [*some, *alike]}
    slugs = slugify(groups)
    assert slugs.keys() == groups.keys()
    assert_apart(slugs)


def test_a_label_may_take_the_name_of_anothers_page() -> None:
    plain = slugify({"A": [post("p", 2020)], "a": [post("p", 2021)]})
    assert plain["A"] == "a"
    impostor = plain["a"]
    assert_apart(
        slugify({"A": [post("p", 2020)], "a": [post("p", 2021)], impostor: [post("p", 2019)]})
    )


@pytest.mark.parametrize("label", ["x" * 300, "数" * 100])
def test_a_long_label_is_still_a_file_name(label: str) -> None:
    slugs = slugify({label: [post("p")], label + "!": [post("q")]})
    assert_apart(slugs)
    assert all(len(f"{slug}.html.new".encode()) <= 255 for slug in slugs.values())


def test_no_label_takes_the_page_that_lists_the_labels() -> None:
    slugs = slugify({"index": [post("p")], "Index": [post("q")]})
    assert "index" not in slugs.values()  # dirhtml writes `blog/tag` to `blog/tag/index.html`


@pytest.mark.parametrize(("old", "new"), [("C++", "C#"), ("C#", "C++"), ("A", "a"), ("a", "A")])
def test_the_label_used_first_keeps_the_plain_slug(old: str, new: str) -> None:
    alone = slugify({old: [post("p", 2020)]})
    both = slugify({new: [post("r", 2022)], old: [post("q", 2024), post("p", 2020)]})
    assert both[old] == alone[old] == plain_slug(old)
    assert both[new].startswith(plain_slug(new) + "-")


POSTS = newest_first(
    [
        post("old", 2020, category="a", tags=("x", "y"), authors=("Ada",)),
        post("mid", 2022, category="b", tags=("x",), authors=("Bob", "Ada"), pin=True),
        post("new", 2024, category="a", tags=("z",), authors=("Bob",), series="s"),
        post("first", 2019, series="s"),
        post("none", None, category="a", series="s"),
    ]
)


def test_posts_are_newest_first_and_undated_last() -> None:
    assert names(POSTS) == "new mid old first none"


def test_posts_of_one_moment_have_one_order() -> None:
    posts = [post("b"), post("a"), post("c")]
    assert names(newest_first(posts)) == names(newest_first(posts[::-1])) == "a b c"


def test_pinned_posts_stand_in_front_in_the_same_order() -> None:
    posts = [post("d", 2024), post("c", 2023, pin=True), post("b", 2022), post("a", 2021, pin=True)]
    assert names(pinned_first(posts)) == "c a d b"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), "mid new old first none"),
        (Query(length=2), "mid new"),
        (Query(category=("a",)), "new old none"),
        (Query(category=("a", "b")), ""),
        (Query(tags=("x",)), "mid old"),
        (Query(tags=("y", "z")), ""),
        (Query(author=("Ada",)), "mid old"),
        (Query(series=("s",)), "new first none"),
        (Query(category=("a",), tags=("x",)), "old"),
        (Query(category=("b",), tags=("z",)), ""),
        (Query(category=("A",)), ""),
        (Query(series=("s",), oldest_first=True), "first new none"),
        (Query(tags=("x",), oldest_first=True, length=1), "mid"),
    ],
    ids=str,
)
def test_a_query_selects(query: Query, found: str) -> None:
    assert names(select(POSTS, query)) == found


@pytest.mark.parametrize(
    ("kind", "name", "path", "found"),
    [
        ("all", "", "blog", "mid new old first none"),
        ("category", "a", "blog/category/a", "new old none"),
        ("tag", "x", "blog/tag/x", "mid old"),
        ("author", "Bob", "blog/author/bob", "mid new"),
        ("year", "2024", "blog/2024", "new"),
        ("series", "s", "blog/series/s", "first new none"),
    ],
)
def test_a_view_has_its_path_and_order(kind: str, name: str, path: str, found: str) -> None:
    view = views(POSTS, "blog")[kind, name]
    assert (view.path, names(view.posts)) == (path, found)


def test_there_are_no_views_of_nothing() -> None:
    assert list(views([post("p", None)], "blog")) == [("all", "")]


def test_every_view_has_a_path_of_its_own() -> None:
    posts = [
        post(f"p{index}", category=label, tags=(label,), authors=(label,), series=label)
        for index, label in enumerate([*LABELS, "2025", "category", "tag"])
    ]
    paths = [view.path for view in views(posts, "blog").values()]
    assert len(set(paths)) == len(paths)
