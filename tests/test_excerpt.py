"""What a listing shows of a post: a case of ``cases/excerpts.txt`` for each rule.

A case is a title, a post, ``.``, the excerpt, ``.``. In the excerpt a formula is ``<math>`` with
its TeX, classes are left out, ``POST`` is the post's own file, and white space does not matter.
"""

import re
import shutil
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import NODE_MODULES, ROOTS, TESTS, Built, Site
from markdown_it.utils import read_fixture_file

from sphinx_formulary.excerpt import sentence_ends

CASES = [case[1:] for case in read_fixture_file(TESTS / "cases" / "excerpts.txt")]
TITLES = [title for title, _, _ in CASES]
PAGE = 20  # posts on a page of the listing: the post "seen" is on the third

CONF = f"""
extensions += ["sphinxcontrib.bibtex"]
myst_enable_extensions = ["attrs_block", "deflist", "dollarmath"]
myst_heading_anchors = 3
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "author_year"
formulary_excerpt_length = 40
formulary_page_size = {PAGE}
formulary_required = ["title"]
"""

WORK = "@misc{dao2022, author = {Dao, Tri and Gu, Albert}, title = {Fast}, year = 2022}\n"

SEEN = """\
An ![image](../images/dot.png), [a post](./000.md), [a page](../guide/page.md#二级标题),
{eq}`seen-formula`, [here](#below), {footcite:p}`dao2022` and {download}`data <../images/dot.png>`.

<!-- more -->

$$x$$ (seen-formula)

## Below

```{footbibliography}
```
"""


def stem(index: int) -> str:
    return f"{index:03}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A post for each case, all in one category, and an older one on the last page of it."""
    srcdir = tmp_path_factory.mktemp("excerpts") / "site"
    shutil.copytree(ROOTS / "test-minimal", srcdir)
    (srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    site = Site(srcdir)
    with (srcdir / "conf.py").open("a") as conf:
        conf.write(CONF)
    dot = bytes.fromhex("47494638396101000100000000003b")  # a GIF of one pixel
    for name in ("posts/dot.png", "images/dot.png"):
        site.write(name, dot)
    site.write("references.bib", WORK)
    site.write("guide/page.md", "---\norphan: true\n---\n\n# Page\n\n## 二级标题\n")
    site.edit("index.md", ":paginate: 12", f":paginate: {PAGE}")
    for name, size in {"all": 1000, "guide/news": PAGE}.items():
        text = f"---\norphan: true\n---\n\n# List\n\n```{{postlist}}\n:paginate: {size}\n```\n"
        site.write(f"{name}.md", text)
    for index, (title, source, _) in enumerate(CASES):
        matter, body = re.fullmatch(r"(?:---\n(.*?)---\n)?(.*)", source, re.S).groups("")
        head = f"title: '{title.replace(chr(39), chr(39) * 2)}'\ndate: 2025-01-01\ncategory: All\n"
        site.write(f"posts/{stem(index)}.md", f"---\n{head}{matter}---\n{body}")
    site.post("seen", SEEN, title="Seen", date="2020-01-01", category="All")
    return site


@pytest.fixture(scope="module")
def built(site: Site) -> Built:
    built = site.build()
    assert (built.outdir / "index.html").is_file(), built.output
    return built


def cards(built: Built, page: str) -> dict[str, Tag]:
    """The cards of a page by the name of their post."""
    soup = BeautifulSoup(built.page(page), "html.parser")
    found = soup.select("article.post-card")
    return {re.search(r"posts/(\w+)", card.h2.a["href"])[1]: card for card in found}


def compact(html: str) -> str:
    """HTML without classes and without tags that say nothing, a formula as its TeX."""
    soup = BeautifulSoup(html, "html.parser")
    for shown in soup.select(".katex-display, .katex"):
        if tex := shown.find("annotation"):
            math = soup.new_tag("math")
            if "katex-display" in shown["class"]:
                math["display"] = "block"
            math.string = tex.get_text()
            shown.replace_with(math)
    for tag in soup.find_all(True):
        tag.attrs.pop("class", None)
        if tag.name in {"div", "span"} and not tag.attrs:
            tag.unwrap()
    for tag in soup("br"):
        tag.replace_with(" ")
    text = re.sub(r"\s+", " ", str(soup)).strip()
    block = r"</?(?:p|[uod]l|li|d[td]|blockquote)\b[^>]*>|<math display[^>]*>[^<]*</math>"
    return re.sub(rf" ?({block}) ?", r"\1", text)


def generic(html: str, index: int) -> str:
    """An excerpt without the names that are made of a hash or of the number of the case."""
    html = re.sub(r"_images/dot-[0-9a-f]+\.png", "_images/DOT.png", html)
    html = re.sub(r"#footcite-[\w-]+", "#CITED", html)
    return html.replace(f"{stem(index)}.html", "POST.html")


def test_the_site_builds_without_a_warning(built: Built) -> None:
    assert built.warnings == []
    assert built.code == 0


@pytest.mark.parametrize("index", range(len(CASES)), ids=TITLES)
def test_excerpt(built: Built, index: int) -> None:
    expected = CASES[index][2]
    shown = cards(built, "all.html")[stem(index)].select_one(".post-card-excerpt")
    html = generic(shown.decode_contents(), index) if shown else ""
    assert compact(html) == compact(expected)
    assert bool(shown) == bool(expected.strip())


def test_an_excerpt_of_the_front_matter_is_not_on_the_page(built: Built) -> None:
    index = TITLES.index("The front matter's excerpt comes first")
    page = BeautifulSoup(built.page(f"posts/{stem(index)}.html"), "html.parser")
    assert "One." in page.get_text()
    assert "摘要" not in page.get_text()


def test_a_mark_is_not_on_the_page(built: Built) -> None:
    assert not [name for name in built.files() if re.search(r"\.html$", name)
                and re.search(r"<!--\s*more\s*-->", built.page(name))]  # fmt: skip


def test_no_id_is_on_a_listing_twice(built: Built) -> None:
    for page in ("index.html", "all.html", "blog.html"):
        soup = BeautifulSoup(built.page(page), "html.parser")
        ids = [tag["id"] for tag in soup.select("[id]")]
        assert len(ids) == len(set(ids))
        assert not soup.select("article.post-card [id], article.post-card .eqno")


LISTINGS = ["page/3", "guide/news/page/3", "blog/category/all/page/3", "blog/page/3", "blog/2020"]


@pytest.fixture(scope="module", params=["html", "dirhtml"])
def output(request: pytest.FixtureRequest, site: Site, built: Built) -> Built:
    if request.param == "html":
        return built
    return site.build(out="dirhtml", builder="dirhtml")


def listing(built: Built, path: str) -> str:
    """The file of a page of a listing."""
    flat = f"{path}.html"
    return flat if (built.outdir / flat).is_file() else f"{path}/index.html"


def target(built: Built, page: str, link: str) -> str:
    """Where *link* leads from *page*, as a path below the output folder; it must exist."""
    url = urlsplit(urljoin(f"http://site/{page}", link))
    path = unquote(url.path).lstrip("/")
    path += "index.html" if path.endswith("/") or not path else ""
    file = built.outdir / path
    assert file.is_file(), f"{link} of {page}"
    if url.fragment:
        soup = BeautifulSoup(file.read_bytes(), "html.parser")
        assert soup.find(id=unquote(url.fragment)), f"{link} of {page}"
    return re.sub(r"/index\.html$|\.html$", "", path) + (f"#{unquote(url.fragment)}"
                                                        if url.fragment else "")  # fmt: skip


@pytest.mark.parametrize("path", LISTINGS)
def test_an_excerpt_is_right_where_it_is_seen(output: Built, path: str) -> None:
    page = listing(output, path)
    card = cards(output, page)["seen"]
    shown = card.select_one(".post-card-excerpt")
    links = {link.get_text(): target(output, page, link["href"]) for link in shown.select("a")}
    citation = links.pop("Dao & Gu, 2022")
    download = links.pop("data")
    assert links == {
        "a post": "posts/000",
        "a page": "guide/page#二级标题",
        "Seen (1)": "posts/seen#seen-formula",
        "here": "posts/seen#below",
    }
    assert citation.startswith("posts/seen#")
    assert download.startswith("_downloads/")
    assert target(output, page, card.h2.a["href"]) == "posts/seen"
    [image] = shown.select("img")
    name = Path(target(output, page, image["src"]))
    assert (output.outdir / name).read_bytes()[:3] == b"GIF"


def test_every_link_of_every_excerpt_leads_somewhere(output: Built) -> None:
    page = listing(output, "all")
    for card in cards(output, page).values():
        for tag in card.select("[href], [src]"):
            link = tag.get("href") or tag["src"]
            if not urlsplit(link).scheme:
                target(output, page, link)


@pytest.mark.parametrize(
    ("text", "last", "sentences"),
    [
        ("一。二！三？四", True, ["一。", "二！", "三？"]),
        ("“一。”（二。）「三。」四", True, ["“一。”", "（二。）", "「三。」"]),
        ("真的？！是", True, ["真的？！"]),
        ("One. Two! Three? Four", True, ["One.", " Two!", " Three?"]),
        ('He said "one." Then two.', True, ['He said "one."', " Then two."]),
        ("One (two.) Three.", True, ["One (two.)", " Three."]),
        ("One. 二。Three.", True, ["One.", " 二。", "Three."]),
        ("One", True, []),
        ("Rates of 0.1 and .5 and 1.", True, ["Rates of 0.1 and .5 and 1."]),
        ("See a.py and x.y here", True, []),
        ("wait... then", True, []),
        ("Use e.g. Adam", True, []),
        ("Use i.e. Adam", True, []),
        ("Hu et al. Showed", True, []),
        ("cf. Sec. 3, Fig. 4 and Eq. 5", True, []),
        ("See Figs. 3, Eqs. 4, Secs. 5", True, []),
        ("SGD vs. Adam", True, []),
        ("by J. Smith and D. E. Knuth", True, []),
        ("The gradient w.r.t. Q", True, []),
        ("It takes approx. 10 hours", True, []),
        ("by Dr. Hinton", True, []),
        ("Ref. 3 and Thm. 2", True, []),
        ("as in Fig. ", False, []),
        ("损失是 3。", False, ["损失是 3。"]),
    ],
)
def test_sentences_end_where_a_reader_says(text: str, last: bool, sentences: list[str]) -> None:
    ends = [0, *sentence_ends(text, last=last)]
    assert [text[a:b] for a, b in pairwise(ends)] == sentences
