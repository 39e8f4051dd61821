"""A mistake in a source is told once, where it is and what to do, until it is mended."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import lxml.html
import pytest
from conftest import NODE_MODULES, ROOTS, Built, Site

FIGURE = """\
Text.

```{plot-figure}
:alt: A line
:caption: A line.

from matplotlib import pyplot as plt

plt.subplots()
1 / 0
```
"""
FIGURE_YAML = FIGURE.replace(":alt:", "---\nalt:").replace(":caption:", "caption:")
FIGURE_YAML = FIGURE_YAML.replace("line.\n\n", "line.\n---\n")
DOT = "\n```{figure} dot.svg\n:name: good-dot\n:alt: A dot\n```\n"
LIST = "```{postlist}\n:paginate: 3\n```\n"
EQUATION = "$$\nx\n$$ (%s)\n\n"

# Posts: front matter and body. Without more keys than are usual, the body begins on line 7.
SOURCES: dict[str, tuple[dict[str, object], str]] = {
    "good": ({}, EQUATION % "good-one" + "[There](#spot).\n" + DOT),
    "yaml": ({"title": "Attention: a story"}, "Text."),
    "quote": ({"title": '"Attention'}, "Text."),
    "key": ({"categroy": "x"}, "Text."),
    "day": ({"date": "2025-02-30"}, "Text."),
    "date": ({"date": "tomorrow"}, "Text."),
    "draft-word": ({"draft": "soon"}, "Text."),
    "untitled": ({"title": None}, "Text."),
    "required": ({"category": None}, "Text."),
    "two": ({"date": "tomorrow", "pin": "first"}, "Text."),
    "alias": ({"aliases": "[old, index, posts/good, blog, blog/category]"}, "Text."),
    "alias-of-another": ({"aliases": "old"}, "Text."),
    "figure": ({}, FIGURE),
    "figure-yaml": ({}, FIGURE_YAML),
    "figure-alt": ({}, FIGURE.replace(":alt: A line\n", "").replace("1 / 0\n", "")),
    "reference": ({}, "Text\nand {eq}`good-on`.\n"),
    "nowhere": ({}, "Text {eq}`qqq`.\n"),
    "near": ({}, "[](#good-on)\n{numref}`good-dto`\n{ref}`good-one`\n[x](#zzzzzz)\n"),
    "numberless": ({}, "Text {numref}`good-dot`.\n"),
    "spaced": ({}, "```{math}\n:label: spaced, label\nx\n```\n"),
    "first": ({}, EQUATION % "twice" + "(spot)=\n\nText.\n\n" + EQUATION % "mixed"),
    "repeated": ({}, "Text.\n\n" + EQUATION % "twice"),
    "repeated-target": ({}, "Text.\n\n(spot)=\n\nText.\n"),
    "repeated-name": ({}, "Text.\n\n(mixed)=\n## Heading\n"),
    "same-file": ({}, EQUATION % "same" + EQUATION % "same"),
    "level-1": ({}, "Text.\n\n# Top\n\nText.\n"),
    "tex": ({}, "Text\nand $\\frac{1}$.\n\n$$\n\\nosuch\n$$\n"),
    "tex-title": ({"title": "A $\\nosuchtitle$ title"}, "Text.\n"),
    "link": ({}, "Text\nand [x](draft.md),\n[](later.md#part), {doc}`draft`.\n"),
    "directive": ({}, "Text.\n\n```{nosuch}\n```\n"),
    "page": ({}, "[x](gone.md)\n"),
    "picture": ({}, "![x](gone.png)\n"),
    "draft": ({"draft": "true"}, "Text."),
    "later": ({"date": "2027-01-01"}, "## Part\n"),
}

# What is told: file, line, words of the message.
FAULTS = [
    ("posts/yaml", 2, "YAML.*quotes"),
    ("posts/quote", 2, "YAML"),
    ("posts/key", 5, "'categroy'.*did you mean 'category'"),
    ("posts/day", 3, "'2025-02-30'.*expected a date such as"),
    ("posts/date", 3, "'tomorrow'.*expected a date such as"),
    ("posts/draft-word", 5, "'draft' is 'soon'.*true or false"),
    ("posts/untitled", 1, "'title'"),
    ("posts/required", 1, "'category'"),
    ("posts/two", 3, "'tomorrow'"),
    ("posts/two", 5, "'pin' is 'first'.*true or false"),
    ("posts/empty", 1, "no front matter"),
    ("posts/gbk", 17, "UTF-8"),
    ("posts/alias", 5, "'index' is a page"),
    ("posts/alias", 5, "'posts/good' is a page"),
    ("posts/alias", 5, "'blog' is a page"),
    ("posts/alias", 5, "'blog/category' is a page"),
    ("posts/alias-of-another", 5, r"'old'.*'posts/alias'"),
    ("posts/figure", 16, "ZeroDivisionError"),
    ("posts/figure-yaml", 17, "ZeroDivisionError"),
    ("posts/figure-alt", 9, ":alt:"),
    ("posts/reference", 8, "'good-on'.*did you mean 'good-one'"),
    ("posts/nowhere", 7, "'qqq'"),
    ("posts/near", 7, "'good-on'; did you mean 'good-one'"),
    ("posts/near", 8, "'good-dto'; did you mean 'good-dot'"),
    ("posts/near", 9, r"'good-one'; it is a formula, so write \[\]\(#good-one\)"),
    ("posts/near", 10, r"'zzzzzz' \["),
    ("posts/numberless", 7, "no caption, and so no number"),
    ("posts/spaced", 7, "'spaced, label' has a space or a comma.*topic-name"),
    ("posts/repeated", 9, r"'twice'.*posts/first(\.md)?:7\b"),
    ("posts/repeated-target", 9, r"'spot'.*posts/first(\.md)?:11\b"),
    ("posts/repeated-name", 9, r"'mixed'.*posts/first(\.md)?:15\b"),
    ("posts/same-file", 11, r"'same'.*posts/same-file(\.md)?:7\b"),
    ("posts/level-1", 9, "level-1 heading.*##"),
    ("posts/tex", 8, r"\\frac\{1\}"),
    ("posts/tex", 10, r"\\nosuch"),
    ("posts/tex-title", 2, r"\\nosuchtitle"),
    ("posts/link", 8, r"'posts/draft'.*held back \(draft\).*take the link out"),
    ("posts/link", 9, r"'posts/later'.*held back \(future\).*take the link out"),
    ("posts/link", 9, r"'posts/draft'.*held back \(draft\).*take the link out"),
    ("posts/directive", 9, "'nosuch'"),
    ("posts/page", 7, "'gone.md'"),
    ("posts/picture", 7, "gone.png"),
    ("lists", 11, "one paginated list"),
]
IDS = [f"{name.removeprefix('posts/')}-{line}" for name, line, _ in FAULTS]


class Builds(NamedTuple):
    """The same faults, built twice in two ways into two folders; the first of them mended."""

    serial: tuple[Built, Built]
    parallel: tuple[Built, Built]
    mended: Built
    clean: Built


def minimal(folder: Path) -> Site:
    shutil.copytree(ROOTS / "test-minimal", folder)
    (folder / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    return Site(folder)


def post(site: Site, name: str, body: str = "Text.\n", **front: object) -> None:
    site.post(name, body, **{"category": "Faults", **front})


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    site = minimal(tmp_path_factory.mktemp("faults") / "site")
    with (site.srcdir / "conf.py").open("a") as conf:
        conf.write('formulary_required = ["title", "date", "category"]\n')
    for name, (front, body) in SOURCES.items():
        post(site, name, body, **front)
    site.write("posts/empty.md", "")
    site.write("posts/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    site.write("posts/gbk.md", (site.srcdir / "posts/good.md").read_bytes() + "中".encode("gbk"))
    lists = f"---\norphan: true\n---\n\n# Lists\n\n{LIST}"
    site.write("lists.md", f"{lists}\n{LIST}")
    strict = ("-W", "--keep-going")
    serial = site.build(*strict), site.build(*strict)
    parallel = tuple(site.build(*strict, "-j4", out="parallel") for _ in range(2))
    for name in {name for name, _, _ in FAULTS if name.startswith("posts/")}:
        post(site, name.removeprefix("posts/"))
    site.write("lists.md", lists)
    mended = site.build("-W")
    return Builds(serial, parallel, mended, site.clean_build("-W"))


def is_told(warning: str, name: str, line: int, words: str) -> bool:
    return warning.startswith(f"{name}.md:{line}: ") and re.search(words, warning) is not None


@pytest.mark.parametrize(("name", "line", "words"), FAULTS, ids=IDS)
def test_a_fault_is_told_once_with_its_line_and_what_to_do(
    builds: Builds, name: str, line: int, words: str
) -> None:
    about = [item for item in builds.serial[0].warnings if item.startswith(f"{name}.md:")]
    assert len([item for item in about if is_told(item, name, line, words)]) == 1, about


def test_nothing_else_is_told(builds: Builds) -> None:
    others = [
        item
        for item in builds.serial[0].warnings
        if not any(is_told(item, *fault) for fault in FAULTS)
    ]
    assert others == []


def test_each_build_fails_with_the_same_words_until_mended(builds: Builds) -> None:
    every = [*builds.serial, *builds.parallel]
    assert all(built.code for built in every)
    assert all(sorted(built.warnings) == sorted(every[0].warnings) for built in every)


def test_faulty_posts_and_the_others_are_built_and_listed(builds: Builds) -> None:
    built = builds.parallel[1]
    listed = "".join(built.page(name) for name in built.files() if name.startswith("blog"))
    for name in SOURCES.keys() - {"draft", "later"}:
        assert (built.outdir / f"posts/{name}.html").is_file()
        assert f"posts/{name}.html" in listed


def test_what_is_wrong_stays_readable_on_its_page(builds: Builds) -> None:
    page = builds.parallel[1].page
    assert "qqq" in page("posts/nowhere.html")
    assert "\\nosuch" in page("posts/tex.html")
    assert "draft.html" not in page("posts/link.html")


def test_after_mending_the_build_succeeds_as_a_clean_one(builds: Builds) -> None:
    assert (builds.mended.code, builds.mended.warnings) == (0, [])
    assert builds.mended.files() == builds.clean.files()


def test_an_alias_never_takes_the_place_of_a_folders_page_or_of_the_feed(site: Site) -> None:
    site.write("guide/index.md", "---\norphan: true\n---\n\n# The guide\n")
    site.post("alias", aliases="[guide, blog/atom.xml]")
    built = site.build("-D", "blog_baseurl=https://example.org/", builder="dirhtml")
    assert built.code == 0, built.output
    assert [item.partition(": WARNING: ")[0] for item in built.warnings] == ["posts/alias.md:4"] * 2
    assert "The guide" in built.page("guide/index.html")
    assert "<feed" in built.page("blog/atom.xml")


def pictures(built: Built, name: str) -> list[tuple[str, bytes]]:
    page = lxml.html.fromstring(built.page(name))
    names = [urljoin(name, unquote(src)) for src in page.xpath("//img/@src")]
    return [(found, (built.outdir / found).read_bytes()) for found in names]


def test_two_images_of_one_base_name_are_both_shown_under_lasting_names(site: Site) -> None:
    def add(folder: str) -> bytes:
        site.post(f"{folder}/post", "Text.\n\n![A plot](plot.svg)\n")
        svg = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{folder}</title></svg>'.encode()
        site.write(f"posts/{folder}/plot.svg", svg)
        return svg

    last = add("z")
    ((name, shown),) = pictures(site.build("-W"), "posts/z/post.html")
    assert shown == last
    first = add("a")
    for edited in ("a", "z", "a"):
        site.edit(f"posts/{edited}/post.md", "Text.", "Text. More.")
        built = site.build("-W")
        assert built.code == 0
        assert pictures(built, "posts/z/post.html") == [(name, last)]
        ((other, shown),) = pictures(built, "posts/a/post.html")
        assert (other != name, shown) == (True, first)
    assert built.files() == site.clean_build().files()


SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Names that are unusual and no mistake, and a long article."""
    site = minimal(tmp_path_factory.mktemp("odd") / "site")
    site.post("a/intro", "The first.\n", title="Intro A", tags='["limits, sups"]')
    site.post("b/intro", "The second.\n", title="Intro B", tags="[limits, sups]")
    site.post(
        "script",
        f"Text.\n\n## About {SCRIPT.replace('<', chr(92) + '<')}\n",
        title=f"Title {SCRIPT}",
        tags=f"['{SCRIPT}']",
        category=f"'{SCRIPT}'",
        author=f"'{SCRIPT}'",
        series=f"'{SCRIPT}'",
        description=f"'\"{SCRIPT}'",
    )
    section = "## Section\n\n" + "注意力的计算量为 $n^2 d$ 次乘加，\n**带宽：**先成为瓶颈。" * 12
    long = [*[section] * 1100, "这是一句话。" * 1000, "A sentence of words. " * 1000, "The end."]
    site.post("long", "\n\n".join(long))
    assert (site.srcdir / "posts/long.md").stat().st_size > 1_000_000
    return site.build("-W", "--keep-going", "-n", "-D", "blog_baseurl=https://example.org/")


def test_what_is_unusual_is_no_fault(odd: Built) -> None:
    assert (odd.code, odd.warnings) == (0, [])


def test_posts_of_one_base_name_are_both_live_and_listed(odd: Built) -> None:
    for folder, text in (("a", "The first."), ("b", "The second.")):
        assert text in odd.page(f"posts/{folder}/intro.html")
        for listing in ("index.html", "blog.html", "blog/2025.html"):
            cards = lxml.html.fromstring(odd.page(listing)).xpath("//article//h2/a/@href")
            assert f"posts/{folder}/intro.html" in {urljoin(listing, href) for href in cards}
        assert f"https://example.org/posts/{folder}/intro.html" in odd.page("blog/atom.xml")


def test_a_megabyte_is_one_whole_page(odd: Built) -> None:
    page = odd.page("posts/long.html")
    assert page.count("<h2>Section") == 1100
    assert "The end." in page


def test_a_script_in_a_name_is_text_everywhere(odd: Built) -> None:
    pages = {name: odd.page(name) for name in odd.files() if name.endswith(".html")}
    named = {name for name, text in pages.items() if "alert(1)" in text}
    assert {"index.html", "posts/script.html", "blog.html", "blog/tag.html"} <= named
    for name in named:
        page = lxml.html.fromstring(pages[name])
        assert not [item for item in page.xpath("//script") if "alert" in (item.text or "")], name
        assert "<script>alert" not in pages[name], name
    page = lxml.html.fromstring(pages["posts/script.html"])
    assert page.findtext(".//title").startswith(f"Title {SCRIPT}")
    assert page.xpath("string(//h1)").startswith(f"Title {SCRIPT}")
    assert page.xpath("//meta[@property='og:title']/@content") == [f"Title {SCRIPT}"]
    card = lxml.html.fromstring(pages["index.html"]).xpath("//h2/a[contains(., 'alert')]")
    assert [item.text_content() for item in card] == [f"Title {SCRIPT}"]


@pytest.mark.parametrize("kind", ["tag", "category", "author", "series"])
def test_a_script_has_pages_as_any_name(odd: Built, kind: str) -> None:
    overview = lxml.html.fromstring(odd.page(f"blog/{kind}.html"))
    (href,) = overview.xpath("//a[contains(., 'alert(1)')]/@href")
    page = lxml.html.fromstring(odd.page(urljoin(f"blog/{kind}.html", unquote(href))))
    assert SCRIPT in page.findtext(".//title")
    assert SCRIPT in page.xpath("string(//h1)")
    assert page.xpath("//article//h2/a/@href") == ["../../posts/script.html"]


def test_a_script_is_text_in_the_feed(odd: Built) -> None:
    feed = ElementTree.fromstring(odd.page("blog/atom.xml"))
    atom = {"a": "http://www.w3.org/2005/Atom"}
    titles = [item.text for item in feed.iterfind("a:entry/a:title", atom)]
    assert f"Title {SCRIPT}" in titles
    assert not any("<script" in (item.text or "") for item in feed.iterfind(".//a:content", atom))


def test_a_comma_is_a_part_of_a_tag(odd: Built) -> None:
    links = lxml.html.fromstring(odd.page("blog/tag.html")).xpath("//main//li | //li")
    names = {item.text_content().strip() for item in links}
    assert {"limits, sups 1", "limits 1", "sups 1"} <= names
