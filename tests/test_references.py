"""References to formulas and files say what they mean, and lead where they say."""

import pytest
from conftest import Site
from whole_site import broken_links, repeated_ids


@pytest.fixture
def built(site: Site):
    site.post("alpha", "$$\na\n$$ (alpha-one)\n\nBy {eq}`alpha-one`.\n", short_title="Al & Co")
    site.post(
        "beta",
        "By {eq}`alpha-one`, {eq}`that formula <alpha-one>`,\n"
        "[](#alpha-one) and [my words](#alpha-one).\n\n"
        "```{image} dot.png\n:width: 20px\n:alt: A dot\n```\n",
    )
    site.write("posts/dot.png", b"\x89PNG\r\n\x1a\n")
    return site.build("-D", "blog_baseurl=https://example.org/")


def test_a_formula_is_named_by_its_number_here_and_by_its_article_elsewhere(built):
    assert ">(1)</a>" in built.page("posts/alpha.html")
    assert built.page("posts/beta.html").count("Al &amp; Co (1)</a>") == 2


def test_the_words_of_the_author_stay(built):
    page = built.page("posts/beta.html")
    assert "that formula" in page
    assert "my words" in page


def test_every_link_leads_somewhere_around_an_image_too(built):
    assert built.warnings == []
    assert "_images/dot-" in built.page("posts/beta.html")
    assert broken_links(built.outdir) == []


def test_every_page_names_the_feed(built):
    for name, href in (("index.html", "blog/atom.xml"), ("posts/beta.html", "../blog/atom.xml")):
        assert f'type="application/atom+xml" title="Blog" href="{href}"' in built.page(name)


def test_a_label_that_is_not_ascii_is_told(site: Site):
    site.post("one", "$$\na\n$$ (公式)\n\n$$\nb\n$$ (算式)\n")
    warnings = site.build().warnings
    assert [line.partition(" ")[0] for line in warnings] == ["posts/one.md:6:", "posts/one.md:10:"]
    assert all("is not ASCII" in line for line in warnings)


def test_an_image_may_have_a_chinese_name(site: Site):
    site.post("one", "![一点](<图 1.png>)\n")
    site.write("posts/图 1.png", b"\x89PNG\r\n\x1a\n")
    built = site.build()
    assert built.warnings == []
    assert broken_links(built.outdir) == []


def test_the_name_of_a_formula_is_its_label_and_no_second_thing(site: Site):
    site.post("one", "```{math}\n:name: one-a\na\n```\n\n```{math}\n:name: One-B\nb\n```\n")
    site.post("two", "[](#one-a), [my words](#one-a), {eq}`One-B`, [](#One-B).\n")
    built = site.build("-n")
    assert built.warnings == []
    assert repeated_ids(built.outdir) == {}
    page = built.page("posts/two.html")
    assert [page.count(f">one ({number})</a>") for number in (1, 2)] == [1, 2]
    assert "<details" in built.page("posts/one.html")


@pytest.mark.parametrize("builder", ["html", "dummy", "latex", "epub", "text"])
def test_a_link_to_a_page_that_is_no_document_is_right_in_every_format(site: Site, builder: str):
    front = {"category": "A", "symbols": "{x: a letter}"}
    site.post(
        "one",
        "[all](/blog), [formulas](/formulas), [letters](/notation).\n\n$$ a $$ (a)\n",
        **front,
    )
    site.write("index.md", "# Home\n\n```{toctree}\nposts/one\n```\n")
    built = site.build("-n", "-D", "copyright=1", "-D", "version=1", builder=builder)
    assert (built.code, built.warnings) == (0, [])
