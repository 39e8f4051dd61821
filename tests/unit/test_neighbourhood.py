"""The picture at an article's foot shows its direct links, as many as fit, each once."""

import pytest

from sphinx_formulary.neighbourhood import MOST, neighbourhood

from .test_article_graph import many, site


def around(links: str, docname: str = "a") -> dict[str, str]:
    found = neighbourhood(site(links), docname)
    return {item.docname: "left" if item.x < 0 else "right" for item in found.neighbours}


@pytest.mark.parametrize(
    ("links", "sides"),
    [
        ("ba", {"b": "left"}),
        ("ab", {"b": "right"}),
        ("ab ca", {"b": "right", "c": "left"}),
        ("ab ac ad da", {"b": "right", "c": "right", "d": "left"}),
        ("ba bc cd", {"b": "left"}),
        ("ba ag", {"b": "left"}),
    ],
)
def test_who_refers_stands_left_and_who_is_referred_to_right(links, sides):
    assert around(links) == sides


def test_an_article_without_links_has_no_picture():
    assert neighbourhood(site("bc", One="a"), "a") is None


def test_two_that_refer_to_each_other_have_two_lines():
    one, both = (neighbourhood(site(links), "a").rays.count("z") for links in ("ab", "ab ba"))
    assert (one, both) == (1, 2)


def test_of_many_those_with_most_links_are_shown_and_the_others_counted():
    letters = "bcdefhijklmnopq"
    links = " ".join(f"a{name}" for name in letters) + " aq pa"
    found = neighbourhood(site(links), "a")
    shown = {item.docname for item in found.neighbours}
    assert (len(shown), found.more) == (MOST, len(letters) - MOST)
    assert {"p", "q"} < shown


def test_everything_is_inside_the_picture():
    found = neighbourhood(many(30, 30), "第 0 篇文章的短标题")
    right, bottom = found.left + found.width, found.top + found.height
    assert len(found.neighbours) > 1
    for item in found.neighbours:
        assert found.left <= item.text <= right
        assert found.top < item.y < bottom
