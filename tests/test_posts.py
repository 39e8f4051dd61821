"""What the front matter of a post promises: who sees it, when, where, and under which names."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import lxml.html
import pytest
from conftest import CLOCK, NODE_MODULES, ROOTS, Built, Site

BASE = "https://example.org/kb/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
TAGS = ["C++", "C#", "a, b", "A", "a", "../../x", "index", "注意力", "?"]
STRICT = ("-W", "--keep-going", "-n")
LATER = "1790000000"  # in September 2026


class Blog(NamedTuple):
    """One site of posts of every kind, by both builders."""

    html: Built
    dirhtml: Built
    again: Built  # html once more, from nothing and on another day


def write(site: Site) -> None:
    with (site.srcdir / "conf.py").open("a") as conf:
        conf.write(
            f"blog_baseurl = {BASE!r}\n"
            "blog_authors = {'Ann': ('Ann Lee', None)}\n"
            "myst_heading_anchors = 3\n"
        )
    site.write("about.md", "---\norphan: true\n---\n# About\n")
    for number, tag in enumerate(TAGS):
        site.post(f"tags/{number}", title=f"Tagged {number}", tags=f"['{tag}']", date="2020-01-01")
    site.post("part-2", series="Course", date="2024-02-02")
    site.post("part-1", series="Course", date="2024-02-01")
    site.post("between", date="2024-02-01 12:00")
    site.post("part-3", series="Course", date="2024-02-03 08:00", pin="true", tags="[pinned]")
    site.post("after", date="2024-02-04", tags="[pinned]")
    site.post("updated", date="2024-01-05", updated="2025-06-07")
    site.post("newer", date="2024-01-06", updated=None)
    site.post(
        "rich",
        "**注意：**正文第一行\n第二行，\n*第三*\n行 and English\nwords, $x^2$ [about](../about.md) "
        "[there](#here).\n\n(here)=\n$$\ny = x\n$$ (rich-y)\n",
        title=r"'The $\mathcal{O}(n)$ cost of `code` & *stress*'",
        short_title="Short",
        author="[Ann, Bo]",
        category="Costs",
        description="'A \"quoted\" <b>line</b> & more'",
        date="2025-03-04",
        aliases="[old, 2019/旧文.html, /deep/er/path/, 'a b']",
    )
    site.post(
        "sections",
        "By {eq}`rich-y`.\n\n## 注意力机制\n\n## 例子\n\n## 例子\n\n"
        "(chosen)=\n## 结论 $x$\n\n## Two words!\n",
    )
    site.post("links", "[a](sections.md#注意力机制) [b](sections.md#例子-2) [c](#chosen)\n")


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Blog:
    srcdir = tmp_path_factory.mktemp("posts") / "site"
    shutil.copytree(ROOTS / "test-minimal", srcdir)
    (srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    site = Site(srcdir)
    write(site)
    html = site.build(*STRICT)
    dirhtml = site.build(*STRICT, out="dirhtml", builder="dirhtml")
    site.env["SOURCE_DATE_EPOCH"] = LATER
    return Blog(html, dirhtml, site.clean_build(*STRICT))


@pytest.fixture(params=["html", "dirhtml"])
def built(blog: Blog, request: pytest.FixtureRequest) -> Built:
    return getattr(blog, request.param)


def path(built: Built, page: str) -> str:
    """The file of a page."""
    if built.outdir.name == "dirhtml" and page.rpartition("/")[2] != "index":
        return f"{page}/index.html"
    return f"{page}.html"


def tree(built: Built, page: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(built.page(path(built, page)))


def leads(built: Built, page: str, href: str) -> str:
    """The file below the output folder that a link on *page* opens, with its fragment."""
    here = re.sub(r"(^|/)index\.html$", r"\1", path(built, page))
    parts = urlsplit(urljoin(f"https://host/{here}", href))
    assert parts.netloc == "host", href
    file = unquote(parts.path).lstrip("/")
    file += "index.html" if not file or file.endswith("/") else ""
    assert (built.outdir / file).is_file(), f"{href} on {page} leads nowhere"
    return file + (f"#{unquote(parts.fragment)}" if parts.fragment else "")


def cards(built: Built, page: str) -> list[str]:
    """The files of the posts that a listing shows, in order."""
    return [leads(built, page, href) for href in tree(built, page).xpath("//article//h2/a/@href")]


def entries(built: Built) -> Iterator[ElementTree.Element]:
    return ElementTree.fromstring(built.page("blog/atom.xml")).iterfind("a:entry", ATOM)


def entry(built: Built, name: str) -> ElementTree.Element:
    return next(item for item in entries(built) if name in item.findtext("a:id", "", ATOM))


def test_posts_of_every_kind_are_no_fault(blog: Blog) -> None:
    assert [(item.code, item.warnings) for item in blog] == [(0, [])] * 3


# ---- names


@pytest.mark.parametrize("alias", ["old", "2019/旧文", "deep/er/path", "a b"])
def test_an_alias_redirects(built: Built, alias: str) -> None:
    page = tree(built, alias)
    (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    delay, _, target = refresh.partition("; url=")
    assert delay == "0"
    assert leads(built, alias, target) == path(built, "posts/rich")
    assert page.xpath("//a/@href") == [target]
    assert "://" not in target


def test_each_tag_has_a_page_of_its_own_inside_its_folder(built: Built) -> None:
    pages = set()
    for number, tag in enumerate(TAGS):
        post = f"posts/tags/{number}"
        (link,) = tree(built, post).xpath("//ul[@class='article-tags']//a")
        page = leads(built, post, link.get("href"))
        assert (link.text, page.startswith("blog/tag/")) == (tag, True)
        listing = lxml.html.fromstring(built.page(page))
        assert tag in listing.xpath("string(//h1)")
        assert [item.text for item in listing.xpath("//article//h2/a")] == [f"Tagged {number}"]
        pages.add(page.lower())
    assert len(pages) == len(TAGS)
    names = tree(built, "blog/tag").xpath("//ul[contains(@class, 'view-list')]//a")
    assert set(TAGS) <= {item.text_content() for item in names}


def test_nothing_is_written_outside_the_output_folder(blog: Blog) -> None:
    site = blog.html.outdir.parent.parent
    assert {item.name for item in site.parent.iterdir()} == {"site"}
    assert not list((site / "_build").glob("x*"))


# ---- order


def test_a_pinned_post_is_first_and_marked(built: Built) -> None:
    pinned = path(built, "posts/part-3")
    for listing in ("index", "blog", "blog/2024", "blog/tag/pinned"):
        first, *others = tree(built, listing).xpath("//article")
        assert cards(built, listing)[0] == pinned
        assert first.xpath(".//*[@class='post-pin']")
        assert not [item for item in others if item.xpath(".//*[@class='post-pin']")]
    assert cards(built, "blog/tag/pinned") == [pinned, path(built, "posts/after")]


def test_a_series_is_in_order_of_date_and_has_its_own_neighbours(built: Built) -> None:
    parts = [path(built, f"posts/part-{number}") for number in (1, 2, 3)]
    assert cards(built, "blog/series/course") == parts
    for number, part in enumerate(parts):
        page = f"posts/part-{number + 1}"
        links = {rel: tree(built, page).xpath(f"//nav//a[@rel='{rel}']/@href")
                 for rel in ("prev", "next")}  # fmt: skip
        found = {rel: [leads(built, page, href) for href in hrefs] for rel, hrefs in links.items()}
        assert found == {"prev": parts[:number][-1:], "next": parts[number + 1 :][:1]}, part


def test_updated_is_shown_and_does_not_reorder(built: Built) -> None:
    times = tree(built, "posts/updated").xpath("//*[@class='article-meta']//time/@datetime")
    assert [time[:10] for time in times] == ["2024-01-05", "2025-06-07"]
    shown = cards(built, "blog/2024")
    newer, updated = path(built, "posts/newer"), path(built, "posts/updated")
    assert shown.index(newer) + 1 == shown.index(updated)


# ---- words


def test_every_author_is_named_and_has_the_post(built: Built) -> None:
    links = tree(built, "posts/rich").xpath("//a[@class='article-author']")
    assert [link.text for link in links] == ["Ann Lee", "Bo"]
    for link in links:
        page = leads(built, "posts/rich", link.get("href"))
        assert page.startswith("blog/author/")
        assert "cost of" in built.page(page)


def test_description_is_metadata_as_it_was_written(built: Built) -> None:
    page = tree(built, "posts/rich")
    description = 'A "quoted" <b>line</b> & more'
    assert page.xpath("//meta[@name='description']/@content") == [description]
    assert page.xpath("//meta[@property='og:description']/@content") == [description]


def test_every_page_describes_itself(built: Built) -> None:
    silent = set()
    for file in built.outdir.glob("*.html"):
        page = lxml.html.parse(file)
        said = page.xpath("//meta[@name='description']/@content")
        if not page.xpath("//meta[@http-equiv='refresh']") and not (len(said) == 1 and said[0]):
            silent.add(file.name)
    assert silent == set()


def test_a_title_is_html_in_headings_and_plain_elsewhere(built: Built) -> None:
    page = tree(built, "posts/rich")
    (card,) = tree(built, "index").xpath("//article//h2[.//em]/a")
    for title in (page.xpath("//h1")[0], card):
        assert title.xpath(".//*[contains(@class, 'katex')]")
        assert title.xpath("string(.//code)") == "code"
        assert title.xpath("string(.//em)") == "stress"
        assert "$" not in title.text_content()
    (shown,) = page.xpath("//meta[@property='og:title']/@content")
    assert page.findtext(".//title").startswith(shown)
    assert re.fullmatch(r"The .*O.*\(n\) cost of code & stress", shown)


def test_a_formula_elsewhere_is_named_by_the_short_title(built: Built) -> None:
    (link,) = tree(built, "posts/sections").xpath(
        "//a[contains(@class, 'formula-reference')][starts-with(., 'Short')]"
    )
    assert link.text_content() == "Short (1)"
    file, _, place = leads(built, "posts/sections", link.get("href")).partition("#")
    assert file == path(built, "posts/rich")
    assert tree(built, "posts/rich").xpath(f"//*[@id='{place}']")


def test_chinese_emphasis_and_line_breaks_need_no_spaces(built: Built) -> None:
    page = tree(built, "posts/rich").xpath("//h1/following-sibling::p")[0]
    card = tree(built, "index").xpath("//article[.//h2//em]//*[@class='post-card-excerpt']/p")[0]
    for shown in (page, card):
        assert [item.text for item in shown.xpath("./strong")] == ["注意："]
        assert [item.text for item in shown.xpath("./em")] == ["第三"]
        text = re.sub(r"\s", " ", shown.text_content())
        assert text.startswith("注意：正文第一行第二行，第三行 and English words, ")


def test_heading_ids_are_the_words_of_the_heading(built: Built) -> None:
    page = tree(built, "posts/sections")
    ids = [[*item.xpath("./@id"), *item.xpath("./span[not(*)]/@id")]
           for item in page.xpath("//h1/..//section[@id] | //h2/parent::*[@id]")]  # fmt: skip
    firsts = [found[0] for found in ids]
    assert firsts == ["注意力机制", "例子", "例子-2", "chosen", "two-words"]


def test_links_to_chinese_headings_of_another_page_work(built: Built) -> None:
    links = tree(built, "posts/links").xpath("//p/a[contains(@class, 'internal')]/@href")
    sections = path(built, "posts/sections")
    found = [leads(built, "posts/links", href) for href in links]
    assert found == [f"{sections}#{id}" for id in ("注意力机制", "例子-2", "chosen")]
    ids = tree(built, "posts/sections").xpath("//@id")
    assert {place.partition("#")[2] for place in found} <= set(ids)


# ---- the feed


def test_the_feed_reads_no_clock(blog: Blog) -> None:
    assert blog.html.page("blog/atom.xml") == blog.again.page("blog/atom.xml")
    feed = ElementTree.fromstring(blog.html.page("blog/atom.xml"))
    assert feed.findtext("a:updated", "", ATOM).startswith("2025-06-07")


def test_the_feed_has_the_newest_posts_first(built: Built) -> None:
    dates = [item.findtext("a:published", "", ATOM) for item in entries(built)]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) > 5


def test_the_feed_says_what_the_front_matter_says(built: Built) -> None:
    item = entry(built, "/updated")
    assert item.findtext("a:published", "", ATOM).startswith("2024-01-05")
    assert item.findtext("a:updated", "", ATOM).startswith("2025-06-07")
    rich = entry(built, "/rich")
    assert [name.text for name in rich.iterfind("a:author/a:name", ATOM)] == ["Ann Lee", "Bo"]
    assert rich.findtext("a:summary", "", ATOM) == 'A "quoted" <b>line</b> & more'
    assert re.fullmatch(r"The .*O.*cost of code & stress", rich.findtext("a:title", "", ATOM))


def test_the_feed_has_mathml_and_no_html_of_katex(built: Built) -> None:
    content = entry(built, "/rich").findtext("a:content", "", ATOM)
    assert content.count("<math") == 2
    assert "<msup>" in content
    assert "katex-html" not in content


def test_the_links_of_the_feed_are_absolute_and_right(built: Built) -> None:
    text = built.page("blog/atom.xml")
    hrefs = re.findall(r'(?:href|src)=(?:"|&quot;)([^"&]*)', text)
    hrefs += re.findall(r"<id>([^<]*)", text)
    assert f"{BASE}blog/atom.xml" in hrefs
    for href in hrefs:
        assert href.startswith(BASE), href
        leads(built, "index", f"/{href.removeprefix(BASE)}")


# ---- who sees it, and when

HELD = {"draft": {"draft": "true"}, "future": {"date": "2026-01-01 00:01"}}


def names(built: Built) -> set[str]:
    """Every file, and every word of every page and feed, that names a held post."""
    texts = {name: built.page(name) for name in built.files() if name.endswith((".html", "xml"))}
    return {name for name in built.files() if "held-" in name} | {
        name for name, text in texts.items() if "held-" in text
    }


def test_drafts_and_future_posts_are_held_back_except_in_a_preview(site: Site) -> None:
    site.post("plain", date="2026-01-01")
    for name, front in HELD.items():
        site.post(f"held-{name}", title=f"held-{name}", tags=f"[held-{name}]", **front)
    base = ("-D", f"blog_baseurl={BASE}")
    hidden = site.build(*STRICT, *base)
    assert (hidden.code, hidden.warnings, names(hidden)) == (0, [], set())
    assert "2 posts held back: 1 drafts, 1 of the future" in hidden.output
    assert "posts/plain.html" in hidden.page("index.html")
    before = hidden.files()

    preview = ("-D", "formulary_preview=1")
    shown = site.build(*STRICT, *base, *preview)
    assert (shown.code, shown.warnings) == (0, [])
    for name in HELD:
        assert tree(shown, f"posts/held-{name}").xpath("//*[@class='post-held']")
        assert path(shown, f"posts/held-{name}") in cards(shown, "index")
    marks = tree(shown, "index").xpath("//article[.//*[@class='post-held']]//h2")
    assert {item.text_content() for item in marks} == {f"held-{name}" for name in HELD}
    assert not tree(shown, "posts/plain").xpath("//*[@class='post-held']")
    assert shown.files() == site.clean_build(*STRICT, *base, *preview).files()
    assert site.build(*STRICT, *base).files() == before


@pytest.mark.parametrize("way", ["draft", "future", "clock"])
def test_a_post_comes_and_goes_as_in_a_clean_build(site: Site, way: str) -> None:
    """Another post links to it and stands beside it; a tag, a category, an alias are its own."""
    site.post("older", date="2024-01-01")
    site.post("newer", "[to it](held-one.md)\n", date="2025-12-31 23:00")
    held = {"date": "2025-01-01", "draft": "true"} if way == "draft" else {"date": "2026-02-01"}
    front = {"tags": "[held-tag]", "category": "held-category", "aliases": "held-alias"}

    def put(**fields: str) -> None:
        site.post("held-one", "$$\nx\n$$ (held-x)\n", **front, **fields)

    put(**held)
    clean: dict[bool, dict[str, str]] = {}
    for shown in (False, True, False):
        if way == "clock":
            site.env["SOURCE_DATE_EPOCH"] = LATER if shown else CLOCK
        else:
            put(**({"date": "2025-01-01"} if shown else held))
        built = site.build("-D", f"blog_baseurl={BASE}")
        told = [item for item in built.warnings if "posts/held-one" in item]
        assert (len(told), len(built.warnings)) == ((0, 0) if shown else (1, 1)), built.warnings
        assert ("posts/held-one.html" in built.files()) == shown
        assert ("held-one.html" in built.page("posts/newer.html")) == shown
        assert ("held-alias.html" in built.files()) == shown
        if shown not in clean:
            clean[shown] = site.clean_build("-D", f"blog_baseurl={BASE}").files()
        assert built.files() == clean[shown]


MOMENTS = {
    "2026-01-01 08:00": True,  # in the site's zone it is now
    "2026-01-01 08:01": False,
    "2026-01-01T00:59:00+01:00": True,
    "2026-01-01T01:01:00+01:00": False,
    "2026-01-02": False,
    "2026-01-01": True,
}


def test_a_date_is_in_the_zone_of_the_site(site: Site) -> None:
    for number, moment in enumerate(MOMENTS):
        site.post(f"at-{number}", date=f"'{moment}'" if number % 2 else moment)
    built = site.build("-W", "-D", "formulary_timezone=Asia/Shanghai")
    shown = [f"posts/at-{number}.html" in built.files() for number in range(len(MOMENTS))]
    assert dict(zip(MOMENTS, shown, strict=True)) == MOMENTS
    assert "3 posts held back: 0 drafts, 3 of the future" in built.output
    times = tree(built, "posts/at-0").xpath("//time/@datetime")
    assert times == ["2026-01-01T08:00:00+08:00"]
