"""Links of the page for missing addresses begin at the root of the host."""

import pytest

from sphinx_formulary.rooted import rooted


@pytest.mark.parametrize(
    ("uri", "site", "link", "expected"),
    [
        ("404.html", "", "blog/a.html", "/blog/a.html"),
        ("404.html", "https://example.org/zh/latest/", "blog/a.html", "/zh/latest/blog/a.html"),
        ("404.html", "https://example.org/zh", "a.html#b", "/zh/a.html#b"),
        ("404/", "https://example.org/zh/", "../blog/", "/zh/blog/"),
        ("404.html", "https://example.org/zh/", "./", "/zh/"),
        ("404.html", "", "#main", "#main"),
        ("404.html", "", "/a.html", "/a.html"),
        ("404.html", "", "https://other.org/a", "https://other.org/a"),
        ("404.html", "", "data:image/png;base64,x", "data:image/png;base64,x"),
        ("404.html", "", "mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_relative_links_are_rooted(uri: str, site: str, link: str, expected: str) -> None:
    for name in ("href", "src", "data-content_root"):
        assert rooted(f'<x {name}="{link}">', uri, site) == f'<x {name}="{expected}">'
