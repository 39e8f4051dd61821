"""The graph has each post, and each link between two posts with its number of sentences."""

from collections.abc import Iterable
from itertools import combinations

import pytest
from conftest import NODE_MODULES

from sphinx_formulary.article_graph import ArticleGraph, article_graph, chart, start
from sphinx_formulary.cache import Cache
from sphinx_formulary.graph_layout import D3
from sphinx_formulary.model import Link, Meta, Post, Site


def site(links: str, **categories: str) -> Site:
    """Posts by category, and links such as ``ab``; one that is repeated is another sentence."""
    names = sorted({*"".join(links.split()), *"".join(categories.values()).replace(" ", "")})
    category = {name: key for key, value in categories.items() for name in value.split()}
    posts = [
        Post(name, Meta(name.upper(), category=category.get(name, "")), (), name.upper(), (), 1)
        for name in names
        if name != "g"  # a page that is no post
    ]
    backlinks: dict[str, tuple[Link, ...]] = {}
    for number, (source, target) in enumerate(links.split()):
        link = Link(source, target, None, (str(number),))
        backlinks[target] = (*backlinks.get(target, ()), link)
    titles = {name: name.upper() for name in names}
    return Site(posts=tuple(posts), backlinks=backlinks, titles=titles)


def pairs(graph: ArticleGraph, links: Iterable[tuple[int, int, int]]) -> set[tuple[str, int]]:
    names = [node.post.docname for node in graph.nodes]
    return {(names[source] + names[target], count) for source, target, count in links}


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ("", set()),
        ("ab", {("ab", 1)}),
        ("ab ab ba", {("ab", 2), ("ba", 1)}),
        ("ag ab", {("ab", 1)}),
    ],
)
def test_links_are_counted_by_direction(links, found):
    graph = article_graph(site(links, One="a b"))
    assert pairs(graph, graph.links) == found


def test_an_article_knows_both_ends_of_its_links():
    graph = article_graph(site("ab ab cb bc"))
    a, b, c = graph.nodes
    assert (a.to, a.by) == (((1, 2),), ())
    assert (b.to, b.by) == (((2, 1),), ((0, 2), (2, 1)))
    assert c.radius > a.radius
    assert b.radius > c.radius


def test_categories_are_in_order_and_one_without_a_name_is_last():
    graph = article_graph(site("", Two="a c", One="d", **{"": "b"}))
    assert graph.categories == ("One", "Two", "")
    assert [(name, [node.post.docname for _, node in members])
            for _, name, members in graph.groups()] == [
        ("One", ["d"]), ("Two", ["a", "c"]), ("", ["b"])
    ]  # fmt: skip
    assert [node.category for node in graph.nodes] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("name", "title", "full"),
    [("LoRA", "LoRA: low rank", "LoRA: low rank"), ("A", "B", "A: B"), ("A", "A", "A")],
)
def test_the_whole_title_contains_the_label(name, title, full):
    post = Post("a", Meta(title), (), title, (), 1)
    (node,) = article_graph(Site(posts=(post,), titles={"a": name})).nodes
    assert (node.label, node.full) == (name, full)


# ---- layout


@pytest.fixture(scope="module")
def d3(tmp_path_factory) -> D3:
    return D3(NODE_MODULES, "", Cache(tmp_path_factory.mktemp("graph")))


def many(number: int, linked: int) -> Site:
    """Articles of five categories with long labels; the first of them are linked in a ring."""
    names = [f"第 {index} 篇文章的短标题" for index in range(number)]
    posts = [
        Post(name, Meta(name, category=f"c{index % 5}"), (), name, (), 1)
        for index, name in enumerate(names)
    ]
    backlinks = {
        names[index]: tuple(
            Link(names[(index * step) % linked], names[index], None, ()) for step in (2, 3, 5)
        )
        for index in range(linked)
    }
    return Site(
        posts=tuple(posts), backlinks=backlinks, titles=dict(zip(names, names, strict=True))
    )


@pytest.mark.parametrize(("number", "linked"), [(1, 0), (2, 0), (40, 40), (40, 25), (120, 80)])
def test_no_label_lies_over_another_and_nothing_flies_off(d3, number, linked):
    graph = article_graph(many(number, linked))
    centres = d3.layout(graph)
    for (one, (x, y)), (other, (to_x, to_y)) in combinations(
        zip(graph.nodes, centres, strict=True), 2
    ):
        wide, high = ((a + b) / 2 - 2 for a, b in zip(one.box, other.box, strict=True))
        assert abs(x - to_x) >= wide or abs(y - to_y) >= high
    drawn = chart(graph, centres)
    assert drawn.width * drawn.height < number * 32_000 + 60_000
    for node, (x, y) in zip(graph.nodes, drawn.places, strict=True):
        assert node.box[0] / 2 <= x <= drawn.width - node.box[0] / 2
        assert node.radius <= y <= drawn.height - node.box[1] / 2


def test_one_graph_has_one_layout(d3, tmp_path):
    graph = article_graph(many(40, 30))
    assert D3(NODE_MODULES, "", Cache(tmp_path)).layout(graph) == d3.layout(graph)


def test_a_layout_is_made_once(d3, tmp_path):
    graph = article_graph(many(10, 5))
    kept = Cache(tmp_path)
    found = D3(NODE_MODULES, "", kept).layout(graph)
    assert D3(tmp_path / "nowhere", "", kept).layout(graph) == found


def test_a_layout_begins_at_coordinates_that_every_machine_has():
    begin = start(article_graph(many(7, 0)))
    assert all(round(value, 3) == value for place in begin for value in place)
    assert len(set(begin)) == 7
