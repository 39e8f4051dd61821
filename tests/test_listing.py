"""Listings show the right posts on the right pages; every link of the output leads somewhere."""

import re
import shutil
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from conftest import NODE_MODULES, ROOTS, Built, Site
from whole_site import broken_links, repeated_ids

NUMBERS = range(1, 31)
MANY = range(1, 14)
EXACTLY = range(14, 26)
FEW = range(26, 31)
DATES = {n: f"2024-12-{n:02}" if n <= 14 else f"2025-01-{n:02}" for n in NUMBERS}
ENGLISH = {"language": "en", "title": "{}, page {}"}
CHINESE = {"language": "zh_CN", "title": "{}，第 {} 页"}


def category(number: int) -> str:
    return "Many" if number in MANY else "Exactly" if number in EXACTLY else "Few"


def minimal(tmp_path_factory) -> Site:
    srcdir = tmp_path_factory.mktemp("listing") / "site"
    shutil.copytree(ROOTS / "test-minimal", srcdir)
    (srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    return Site(srcdir)


INDEX = """# Banner

A word of welcome with [a link](about.md).

## Latest

Before the list.

```{postlist}
:paginate: 12
:excerpts:
```

After the list.

## More

```{toctree}
about
```
"""

BODY = """The opening of {number} has $x_{{{number}}}$,
[here](#own-{number}), [there](post-{next}.md).

(own-{number})=
## Part

$$ {number} < {next} $$ (law-{number})

See {{eq}}`law-{number}` and {{eq}}`law-{next}`.
"""


def thirty_posts(site: Site) -> None:
    site.write("index.md", INDEX)
    site.write("about.md", "# About\n\nNothing.\n")
    for number in NUMBERS:
        site.post(
            f"post-{number}",
            BODY.format(number=number, next=number % 30 + 1),
            title=f"Post {number}",
            date=DATES[number],
            category=category(number),
            tags="[even, all]" if number % 2 == 0 else "[all]",
            author="Ann" if number <= 20 else "Bob",
            series="Course" if number in MANY else None,
        )


@dataclass
class Shown:
    """A build and how its builder names pages."""

    built: Built
    dirs: bool
    title: str  # of page 2

    def file(self, path: str) -> str:
        if path == "index":
            return "index.html"
        return f"{path}/index.html" if self.dirs else f"{path}.html"

    def page(self, path: str) -> BeautifulSoup:
        return BeautifulSoup(self.built.page(self.file(path)), "lxml")

    def leads(self, path: str, address: str) -> str:
        """The file to which a link on a page leads."""
        source = self.built.outdir / self.file(path)
        address = unquote(address.partition("#")[0])
        target = (source.parent / address).resolve() if address else source
        target = target / "index.html" if target.is_dir() else target
        return target.relative_to(self.built.outdir).as_posix()


@pytest.fixture(
    scope="module",
    params=[("html", ENGLISH), ("dirhtml", CHINESE)],
    ids=["html-english", "dirhtml-chinese"],
)
def shown(tmp_path_factory, request) -> Shown:
    builder, words = request.param
    site = minimal(tmp_path_factory)
    thirty_posts(site)
    built = site.build("-W", "-n", "-D", f"language={words['language']}", builder=builder)
    assert built.code == 0, built.warnings
    return Shown(built, builder == "dirhtml", words["title"])


def newest(numbers) -> list[int]:
    return sorted(numbers, reverse=True)


LISTINGS = {
    "index": newest(NUMBERS),
    "blog": newest(NUMBERS),
    "blog/category/many": newest(MANY),
    "blog/category/exactly": newest(EXACTLY),
    "blog/category/few": newest(FEW),
    "blog/tag/all": newest(NUMBERS),
    "blog/tag/even": newest(range(2, 31, 2)),
    "blog/2024": newest(range(1, 15)),
    "blog/2025": newest(range(15, 31)),
    "blog/author/ann": newest(range(1, 21)),
    "blog/author/bob": newest(range(21, 31)),
    "blog/series/course": sorted(MANY),
}


def nth(path: str, number: int) -> str:
    """The path of a page of a listing."""
    if number == 1:
        return path
    return f"page/{number}" if path == "index" else f"{path}/page/{number}"


def total(path: str) -> int:
    return -(-len(LISTINGS[path]) // 12)


@pytest.mark.parametrize("path", LISTINGS)
class TestListing:
    def test_cards(self, shown, path):
        found = []
        for number in range(1, total(path) + 1):
            cards = shown.page(nth(path, number)).select("article.post-card")
            assert len(cards) == 12 or number == total(path)
            for card in cards:
                self.check_card(shown, nth(path, number), card)
            found += [card.select_one("h2 a").get_text() for card in cards]
        assert found == [f"Post {post}" for post in LISTINGS[path]]

    def check_card(self, shown, place, card):
        link = card.select_one("h2 a")
        post = int(link.get_text().split()[1])
        page = shown.file(f"posts/post-{post}")
        assert shown.leads(place, link["href"]) == page
        assert card.select_one("time[datetime]")["datetime"].startswith(DATES[post])
        kind = card.select_one(".post-card-category")
        assert kind.get_text() == category(post)
        folder = f"blog/category/{category(post).lower()}"
        assert shown.leads(place, kind["href"]) == shown.file(folder)
        excerpt = card.select_one(".post-card-excerpt")
        assert f"The opening of {post}" in excerpt.get_text()
        assert excerpt.select_one("math")
        own, other = excerpt.select("p > a")
        assert shown.leads(place, own["href"]) == page
        assert own["href"].endswith(f"#own-{post}")
        assert shown.leads(place, other["href"]) == shown.file(f"posts/post-{post % 30 + 1}")

    def test_pager(self, shown, path):
        for number in range(1, total(path) + 1):
            place = nth(path, number)
            page = shown.page(place)
            for rel, other in (("prev", number - 1), ("next", number + 1)):
                expected = [shown.file(nth(path, other))] if 1 <= other <= total(path) else []
                for where in ("head link", "nav.pagination a"):
                    linked = [tag["href"] for tag in page.select(f'{where}[rel="{rel}"]')]
                    assert [shown.leads(place, address) for address in linked] == expected
            if total(path) == 1:
                continue
            [pager] = page.select("nav.pagination")
            assert pager["aria-label"]
            numbered = pager.select("a:not([rel])")
            assert [shown.leads(place, link["href"]) for link in numbered] == [
                shown.file(nth(path, other)) for other in range(1, total(path) + 1)
            ]
            assert pager.select('[aria-current="page"]') == [numbered[number - 1]]
            assert re.search(r"\d+$", numbered[number - 1].get_text().strip())[0] == str(number)

    def test_title_has_the_number_of_a_further_page(self, shown, path):
        titles = [
            shown.page(nth(path, number)).title.get_text().partition(" \N{EM DASH} ")[0]
            for number in range(1, total(path) + 1)
        ]
        further = enumerate(titles[1:], start=2)
        assert titles[1:] == [shown.title.format(titles[0], number) for number, _ in further]
        assert not re.search("page|页", titles[0])


class TestFurtherPages:
    def test_there_are_no_more(self, shown):
        made = {
            path.relative_to(shown.built.outdir).as_posix()
            for path in shown.built.outdir.rglob("*.html")
            if "page" in path.relative_to(shown.built.outdir).parts
        }
        assert made == {
            shown.file(nth(path, number))
            for path in LISTINGS
            for number in range(2, total(path) + 1)
        }

    def test_repeat_the_document_up_to_its_list(self, shown):
        for number, after in ((1, True), (2, False), (3, False)):
            page = shown.page(nth("index", number))
            text = page.get_text()
            assert page.h1.get_text().startswith("Banner")
            assert "A word of welcome" in text and "Before the list." in text
            assert ("After the list." in text) == after
            assert bool(page.find(id="more")) == after


class TestWholeOutput:
    def test_every_relative_link_leads_somewhere(self, shown):
        assert broken_links(shown.built.outdir) == []

    def test_no_id_stands_twice_on_a_page(self, shown):
        assert repeated_ids(shown.built.outdir) == {}

    @pytest.mark.parametrize(
        ("overview", "expected"),
        [
            ("blog/category", {"Many": 13, "Exactly": 12, "Few": 5}),
            ("blog/tag", {"all": 30, "even": 15}),
            ("blog/author", {"Ann": 20, "Bob": 10}),
            ("blog/series", {"Course": 13}),
        ],
    )
    def test_overview_names_and_counts_the_collections(self, shown, overview, expected):
        items = shown.page(overview).select("ul.view-list > li")
        assert {item.a.get_text(): int(item.get_text().split()[-1]) for item in items} == expected
        for item in items:
            name = item.a.get_text().lower()
            assert shown.leads(overview, item.a["href"]) == shown.file(f"{overview}/{name}")

    def test_the_archive_names_every_post_by_year(self, shown):
        page = shown.page("blog/archive")
        years = page.select("section > section")
        assert [year.h2.get_text().strip("¶").split() for year in years] == [
            ["2025", "16"],
            ["2024", "14"],
        ]
        for year in years:
            name = year.h2.a.get_text()
            assert shown.leads("blog/archive", year.h2.a["href"]) == shown.file(f"blog/{name}")
            posts = year.select(".view-posts li")
            assert len(posts) == int(year.h2.get_text().strip("¶").split()[1])
            for post in posts:
                shown.leads("blog/archive", post.a["href"])


LISTS = {
    "all": ("", "", "d c b a"),
    "category": ("", ":category: Alpha", "c a"),
    "tag": ("", ":tags: x", "d b a"),
    "two tags": ("", ":tags: x, y", "d b"),
    "author": ("", ":author: Bob", "c b"),
    "category and tag": ("", ":category: Alpha\n:tags: y", "c"),
    "series": ("", ":series: Course", "b a"),
    "sort": ("", ":sort:", "a b c d"),
    "number": ("2", "", "d c"),
    "number and sort": ("2", ":sort:", "c d"),
    "nothing found": ("", ":category: Alpha\n:author: Bob\n:tags: x", ""),
}
STYLED = """
## styled

```{postlist} 1
:format: "{title} by {author} in {category} on {date}: {tags}"
:date: "%Y.%m"
:list-style: circle
:category: Alpha
```

## excerpted

```{postlist} 2
:excerpts:
:expand: Read on
```

## plain

```{postlist} 2
```
"""
SIDEBARS = [f"ablog/{name}.html" for name in ("categories", "recentposts", "archives", "tagcloud")]


@pytest.fixture(scope="module")
def lists(tmp_path_factory) -> Built:
    """Lists with every option, ablog's sidebars, and an overview of the author's own."""
    site = minimal(tmp_path_factory)
    posts = {
        "a": {"category": "Alpha", "tags": "[x]", "author": "Ann", "series": "Course"},
        "b": {"category": "Beta", "tags": "[x, y]", "author": "Bob", "series": "Course"},
        "c": {"category": "Alpha", "tags": "[y]", "author": "[Ann, Bob]"},
        "d": {"tags": "[x, y]"},
    }
    for month, (name, front) in enumerate(posts.items(), start=1):
        site.post(name, f"The body of {name}.", title=name, date=f"2025-{month:02}-01", **front)
    text = "# Lists\n"
    for name, (argument, given, _) in LISTS.items():
        text += f"\n## {name}\n\n```{{postlist}} {argument}\n{given}\n```\n"
    site.write("lists.md", f"---\norphan: true\n---\n{text}{STYLED}")
    site.write("blog/category.md", "---\norphan: true\n---\n# My own overview\n")
    site.edit("conf.py", "nitpicky", f"html_sidebars = {{'**': {SIDEBARS}}}\nnitpicky")
    built = site.build("-W", "-n")
    assert built.code == 0, built.output
    return built


@pytest.fixture(scope="module")
def sections(lists) -> dict:
    page = BeautifulSoup(lists.page("lists.html"), "lxml")
    return {section["id"]: section for section in page.select("section section")}


class TestPostList:
    @pytest.mark.parametrize("name", LISTS)
    def test_filters_and_order(self, sections, name):
        links = sections[name.replace(" ", "-")].select("li a")
        assert [link.get_text() for link in links] == LISTS[name][2].split()

    def test_format_date_and_style(self, sections):
        listed = sections["styled"].select_one("ul")
        assert {"postlist", "postlist-style-circle"} <= set(listed["class"])
        assert listed.li.get_text(" ", strip=True) == "c by Ann , Bob in Alpha on 2025.03: y"
        links = [link["href"] for link in listed.select("a")]
        assert links == [
            "posts/c.html", "blog/author/ann.html", "blog/author/bob.html",
            "blog/category/alpha.html", "blog/tag/y.html",
        ]  # fmt: skip

    def test_excerpts_with_a_link_to_read_on(self, sections):
        text = sections["excerpted"].get_text()
        assert "The body of d." in text and "The body of c." in text
        links = sections["excerpted"].find_all("a", string="Read on")
        assert [link["href"] for link in links] == ["posts/d.html", "posts/c.html"]

    def test_without_excerpts_there_are_none(self, sections):
        assert "The body" not in sections["plain"].get_text()


class TestBesides:
    def test_a_document_takes_the_place_of_our_overview(self, lists):
        page = BeautifulSoup(lists.page("blog/category.html"), "lxml")
        assert page.h1.get_text().startswith("My own overview")
        assert not page.select(".view-list")

    @pytest.mark.parametrize(
        ("sidebar", "expected"),
        [
            ("categories", {"Alpha (2)": "blog/category/alpha", "Beta (1)": "blog/category/beta"}),
            (
                "recentposts",
                {
                    "01 April - d": "posts/d",
                    "01 March - c": "posts/c",
                    "01 February - b": "posts/b",
                    "01 January - a": "posts/a",
                },
            ),
            ("archives", {"2025 (4)": "blog/2025"}),
            ("tagcloud", {"x": "blog/tag/x", "y": "blog/tag/y"}),
        ],
        ids=["categories", "recentposts", "archives", "tagcloud"],
    )
    def test_ablogs_sidebars_lead_to_our_pages(self, lists, sidebar, expected):
        page = BeautifulSoup(lists.page("index.html"), "lxml")
        links = page.select(f".ablog__{sidebar} li a")
        assert {a.get_text(strip=True): a["href"].removesuffix(".html") for a in links} == expected

    def test_every_link_of_the_sidebars_leads_somewhere(self, lists):
        assert broken_links(lists.outdir) == []


def test_a_site_without_posts_builds(site):
    built = site.build("-W", "-n")
    assert built.code == 0, built.output
    page = BeautifulSoup(built.page("index.html"), "lxml")
    assert page.h1.get_text().startswith("Home")
    assert not page.select("article.post-card, nav.pagination")
    assert broken_links(built.outdir) == []
