"""Symbols on their article, on the page of all, and where they differ."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Built, Site
from lxml.html import HtmlElement
from test_rebuild import Edit, differences, html_times, replace, touched
from whole_site import broken_links, repeated_ids, tree

ONE = """
  Q: the *queries*, $n\\times d$ and `code`
  d: width
  \\beta_1: a rate"""
TWO = """
  d: size of a head
  n: length
  "\\\\beta_{1}": a rate"""


def fill(site: Site) -> None:
    site.post("one", "Opening words.\n\nMore.\n", symbols=ONE)
    site.post("two", "See [](one.md).\n", symbols=TWO, date="2025-01-02")
    site.post("three", "Alone.\n", symbols="\n  d: a day")
    site.post("four", "Nothing.\n")


@pytest.fixture(scope="module")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Built]:
    site = Site.of("minimal", tmp_path_factory.mktemp("notation") / "site")
    fill(site)
    done = site.build("-W")
    assert (done.code, done.warnings) == (0, [])
    shutil.copytree(site.srcdir, site.srcdir.with_name("kept"), symlinks=True)
    return site, done


@pytest.fixture
def site(built_site: tuple[Site, Built]) -> Iterator[Site]:
    """The built site, as it was."""
    srcdir = built_site[0].srcdir
    shutil.rmtree(srcdir)
    shutil.copytree(srcdir.with_name("kept"), srcdir, symlinks=True)
    return Site(srcdir)


@pytest.fixture(scope="module")
def built(built_site: tuple[Site, Built]) -> Path:
    return built_site[0].srcdir.with_name("kept") / "_build/html"


def words(element: HtmlElement) -> str:
    """What is read, formulas as their TeX."""
    for math in element.xpath(".//*[@class='katex']"):
        tex = math.xpath("string(.//annotation)")
        math[:], math.text = [], tex
    return " ".join(element.text_content().split())


def test_an_article_shows_its_symbols(built: Path) -> None:
    page = tree(built / "posts/one.html")
    [table] = page.xpath("//details[@class='article-symbols']")
    assert words(table.find("summary")) == "Symbols 3"
    assert [words(item) for item in table.xpath("*[@id='article-symbols']//*[self::dt or self::dd]")
    ] == ["Q", r"the queries, n\times d and code", "d", "width", r"\beta_1", "a rate"]  # fmt: skip
    assert table.xpath(".//dd//em | .//dd//code")
    assert "article-head" in table.getprevious().get("class")
    assert table.getnext().text_content() == "Opening words."


def test_an_article_without_symbols_shows_none(built: Path) -> None:
    assert "article-symbols" not in (built / "posts/four.html").read_text()


def test_symbols_are_no_part_of_the_excerpt_or_of_the_length(site: Site, built: Path) -> None:
    card = tree(built / "blog.html").xpath("//article[.//a[text()='one']]")[0]
    assert words(card.xpath(".//*[@class='post-card-excerpt']")[0]).startswith("Opening words.")
    many = "".join(f"\n  x_{{{number}}}: {'many words of it ' * 20}" for number in range(40))
    site.edit("posts/one.md", "\n  d: width", "\n  d: width" + many)
    assert "1 min" in site.build().page("posts/one.html")


def test_the_notation_has_every_symbol(built: Path) -> None:
    page = tree(built / "notation.html")
    shown = [
        (words(group.find("h2")), [words(entry) for entry in group.xpath(".//dt | .//dd")])
        for group in page.xpath("//*[@class='formula-group']")
    ]
    differ = "3 meanings · articles that refer to each other differ"
    assert shown == [
        ("D", ["d", differ, "a day three", "size of a head two", "width one"]),
        ("N", ["n", "length two"]),
        ("Q", ["Q", r"the queries, n\times d and code one"]),
        ("Greek letters", [r"\beta_1", "a rate one two"]),
    ]
    assert broken_links(built) == []
    assert repeated_ids(built) == {}


def test_it_is_linked_where_the_formulas_are(site: Site, built: Path) -> None:
    site.edit(
        "conf.py", '"basic"', '"basic"\nhtml_sidebars = {"**": ["formulary/categories.html"]}'
    )
    site.edit("posts/one.md", "\ntitle", "\ncategory: Odd\ntitle")
    page = site.build().page("posts/one.html")
    assert '<a href="../notation.html">Notation</a>' in page


def test_without_symbols_there_is_no_such_page(site: Site) -> None:
    for name in ("one", "two", "three"):
        site.post(name)
    done = site.build()
    assert not (done.outdir / "notation.html").exists()
    assert differences(done, site.clean_build().files()) == set()


def test_a_page_of_the_authors_own_takes_its_place(site: Site) -> None:
    site.write("notation.md", "---\norphan: true\n---\n\n# Ours\n\nOwn words.\n")
    done = site.build("-W")
    assert (done.code, "Own words." in done.page("notation.html")) == (0, True)


CLASH = "posts/one.md:6: 'd' means 'width' here and 'size of a head' in posts/two.md:5; "


def clashes(done: Built) -> list[str]:
    return [line for line in done.output.splitlines() if "[formulary.notation]" in line]


def test_a_clash_is_told_in_every_build_and_fails_none(built_site, site: Site) -> None:
    again = site.build("-W")
    edited = Site(site.srcdir)
    edited.edit("posts/four.md", "Nothing", "Something")
    for done in (built_site[1], again, edited.build("-W", "-j4"), site.build(out="other")):
        [line] = clashes(done)
        assert line.startswith(CLASH)
        assert (done.code, done.warnings) == (0, [])


def test_other_builders_tell_it_too(site: Site) -> None:
    assert len(clashes(site.build(out="dummy", builder="dummy"))) == 1


@pytest.mark.parametrize(
    "edit",
    [
        replace("posts/two.md", "size of a head", "width"),
        replace("posts/two.md", "[](one.md)", "nothing"),
        replace("conf.py", "nitpicky", 'suppress_warnings = ["formulary.notation"]\nnitpicky'),
    ],
    ids=["same words", "no link", "silenced"],
)
def test_nothing_is_told_where_nothing_differs(site: Site, edit: Edit) -> None:
    edit(site)
    assert clashes(site.build("-W")) == []


def test_faults_are_told_with_their_lines_in_every_build(site: Site) -> None:
    symbols = "\n  Q: \n  $K$: keys\n  \\nothing: x\n  V: the $\\neither$\n  W: ' $）$ '"
    site.post("one", symbols=symbols)
    for _ in range(2):
        done = site.build("-W", "--keep-going")
        assert done.code
        found = [line.split(" WARNING: ") for line in done.warnings]
        assert [place for place, _ in found] == [
            f"posts/one.md:{line}:" for line in (5, 6, 7, 8, 9)
        ]
        for (_, message), part in zip(
            found, ["no meaning", "dollars", r"\nothing", r"\neither", "full-width"], strict=True
        ):
            assert part in message


def test_broken_front_matter_is_told_and_the_rest_is_built(site: Site) -> None:
    site.edit("posts/one.md", "title: one", "title: a: b")
    done = site.build()
    assert [line for line in done.warnings if "posts/one.md" not in line] == []
    assert "queries" not in done.page("notation.html")
    assert (done.outdir / "posts/one.html").exists()


EDITS: dict[str, tuple[Edit, set[str]]] = {
    "nothing": (lambda site: None, set()),
    "meaning": (replace("posts/one.md", "width", "breadth"), {"posts/one", "notation"}),
    "symbol": (replace("posts/one.md", "  Q:", "  K:"), {"posts/one", "notation"}),
    "same words": (
        replace("posts/two.md", "size of a head", "width"), {"posts/two", "notation"},
    ),
    "text": (replace("posts/one.md", "More", "Much more"), {"posts/one"}),
    # Its neighbour tells its title.
    "title": (
        replace("posts/three.md", "title: three", "title: drei"),
        {"posts/three", "notation", "posts/one", "graph"},
    ),
    "link": (
        replace("posts/two.md", "[](one.md)", "nothing"),
        {"posts/one", "posts/two", "notation", "graph"},
    ),
    "last symbols": (
        lambda site: site.post("three", "Alone.\n"),
        {"posts/three", "notation"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "pages"), EDITS.values(), ids=EDITS)
def test_an_edit_rewrites_what_it_changes(site: Site, edit: Edit, pages: set[str]) -> None:
    old = html_times(Built(0, "", site.srcdir / "_build" / "html"))
    edit(site)
    done = site.build("-j4")
    clean = site.clean_build()
    rewritten = touched(old, html_times(done))
    # Cards show the first words of a post, neighbours its title.
    assert {page for page in rewritten if page != "index" and not page.startswith("blog")} == pages
    assert differences(done, clean.files()) == set()


def test_other_formats_have_a_list(site: Site) -> None:
    text = site.build(builder="text", out="text")
    assert text.code == 0
    said = (text.outdir / "posts/one.txt").read_text()
    assert "Symbols" in said
    assert re.search(r"^d\n +width$", said, re.M)
    site.edit("index.md", "# Home\n", "# Home\n\n```{toctree}\nposts/one\n```\n")
    latex = site.build(builder="latex", out="latex")
    [tex] = latex.outdir.glob("*.tex")
    assert re.search(r"\\sphinxlineitem\{\\\(d\\\)\}\s+\\sphinxAtStartPar\s+width", tex.read_text())
    epub = site.build(builder="epub", out="epub")
    page = (epub.outdir / "posts/one.xhtml").read_text()
    assert "<details" not in page
    assert "width" in page
