"""Who uses what is told completely: each test reads the sources again by its own few rules.

In ``roots/test-references`` every sentence that refers to something begins with a mark, ``M31``.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import PROJECT, ROOTS, Built, Site
from lxml.html import HtmlElement
from whole_site import broken_links, build_once, repeated_ids, tree

MARK = re.compile(r"M\d\d")
ROLE = re.compile(r"\{(?:eq|numref)\}`(?:[^`<]*<)?([^`<>]+)>?`")
LINK = re.compile(r"\]\(#?([^)]+?)(?:\.md)?\)")
LABEL = re.compile(r"\$\$ \(([\w-]+)\)|\\label\{([\w-]+)\}")
NAME = re.compile(r":name: ([\w-]+)")
SHOWN = ("{figure}", "{glossary}", "{note}", "{table}")
FENCE = re.compile(r"^(`{3,}|:{3,})(.*)$")
TITLES = {"posts/alpha": "Al & Co", "posts/beta": "Beta", "guide/refer": "Refer"}
ROWS = ("alpha-row", "alpha-last")


@dataclass(frozen=True)
class Place:
    """A reference: its document, how many headings stand before it, and the mark before it."""

    docname: str
    heading: int
    mark: str
    target: str


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a document that are not code, with how many headings stand above each."""
    heading, code = 0, ""
    body = text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text
    for line in body.splitlines():
        fence = FENCE.match(line)
        if code:
            code = "" if fence and fence[1].startswith(code) and not fence[2].strip() else code
            if line.startswith(":caption:"):  # of a figure that is drawn
                yield heading, line
            continue
        if fence and fence[2] and not fence[2].startswith(SHOWN):
            code = fence[1]
            continue
        if re.match("#{2,} ", line):
            heading += 1
        # A footnote stands behind everything.
        yield 0 if line.startswith("[^") else heading, re.sub(r"``.+?``", "", line)


def places(docname: str, text: str) -> Iterator[Place]:
    """Every reference, once for each label that it names."""
    mark = ""
    for heading, line in lines(text):
        found = [*MARK.finditer(line), *ROLE.finditer(line), *LINK.finditer(line)]
        for match in sorted(found, key=re.Match.start):
            if match.re is MARK:
                mark = match[0]
            else:
                for target in match[1].split(","):
                    yield Place(docname, heading, mark, target.strip())


class Sources:
    """What the documents say, read without the engine."""

    def __init__(self, folder: Path) -> None:
        paths = [
            path for name in ("guide/*", "posts/*", "terms") for path in folder.glob(f"{name}.md")
        ]
        self.texts = {
            path.relative_to(folder).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(paths)
        }
        self.owners = {
            name: docname
            for docname, text in self.texts.items()
            for name in self.own(docname)
        }  # fmt: skip
        self.formulas = [
            label
            for text in self.texts.values()
            for label in labels_of(text)
        ]  # fmt: skip
        self.places = [
            place for docname, text in self.texts.items() for place in places(docname, text)
        ]

    def own(self, docname: str) -> list[str]:
        return [*labels_of(self.texts[docname]), *NAME.findall(self.texts[docname])]

    def uses(self, *labels: str) -> list[Place]:
        """The sentences that name any of the labels, in their order."""
        return without_repetition(place for place in self.places if place.target in labels)

    def links(self) -> list[tuple[Place, str]]:
        """References from one document to another one."""
        found = []
        for place in self.places:
            target = self.owners.get(place.target) or f"posts/{place.target}"
            if target in self.texts and target != place.docname:
                found.append((place, target))
        return found


def labels_of(text: str) -> list[str]:
    return [one or other for line in lines(text) for one, other in LABEL.findall(line[1])]


def without_repetition(found) -> list[Place]:
    return list({(place.docname, place.mark): place for place in reversed(list(found))}.values())[
        ::-1
    ]


def sections(page: HtmlElement) -> dict[str, int]:
    """The ids of a page's sections, and the how manieth each is; the first is the document."""
    found: dict[str, int] = {}
    for number, section in enumerate(page.xpath("//section[not(contains(@class, 'article-'))]")):
        own = section.xpath("@id | span/@id | *[self::h1 or self::h2 or self::h3]/span/@id")
        found |= dict.fromkeys(map(str, own), number)
    return found


def where(place: HtmlElement, page: Path, root: Path) -> tuple[str, int]:
    """The document to which an entry leads, and which of its sections."""
    address, _, id = str(place.xpath("a/@href")[0]).partition("#")
    path = Path(os.path.normpath(page.parent / address)) if address else page
    docname = path.relative_to(root).with_suffix("").as_posix()
    return docname, sections(tree(path))[id.lstrip("#")] if id else 0


def foot(page: Path, label: str) -> HtmlElement:
    """What stands below a formula."""
    block = tree(page).xpath("//div[contains(@class, 'math')][@id=$id or .//@id=$id]", id=label)
    return block[0].getnext()


def marks(element: HtmlElement) -> list[str]:
    return MARK.findall(element.text_content())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site.of("references", tmp_path_factory.mktemp("references") / "site")


@pytest.fixture(scope="module")
def built(site: Site) -> Built:
    done = site.build("-W", "-n")
    assert (done.code, done.warnings) == (0, [])
    return done


SOURCES = Sources(ROOTS / "test-references")


def test_the_sources_are_read_as_they_are_meant() -> None:
    assert len(SOURCES.formulas) == 11
    assert len(SOURCES.uses("alpha-one")) == 12
    assert {place.mark for place in SOURCES.places} == {
        mark for text in SOURCES.texts.values() for mark in MARK.findall(text)
    } - {"M41"}


@pytest.mark.parametrize("label", [name for name in SOURCES.formulas if name not in ROWS])
def test_a_formula_says_where_it_is_used(built: Built, label: str) -> None:
    page = built.outdir / f"{SOURCES.owners[label]}.html"
    expected = SOURCES.uses(label)
    below = foot(page, label)
    entries = below.xpath("details[@class='formula-uses']/ul/li")
    assert [marks(entry.find("p")) for entry in entries] == [[place.mark] for place in expected]
    assert [where(entry, page, built.outdir) for entry in entries] == [
        (place.docname, place.heading) for place in expected
    ]
    for entry, place in zip(entries, expected, strict=True):
        words = entry.find("a").text_content()
        assert words.startswith(TITLES.get(place.docname, place.docname[6:].capitalize()))
        assert (" · " in words) == bool(place.heading)
    said = below.xpath("string(details/summary)")
    assert said == (f"Uses: {len(expected)}" if expected else "")


def test_the_rows_of_a_formula_count_as_one(built: Built) -> None:
    entries = foot(built.outdir / "posts/alpha.html", ROWS[0]).xpath("details/ul/li/p")
    # In what order is left open.
    assert sorted(map(marks, entries)) == sorted([p.mark] for p in SOURCES.uses(*ROWS))


def test_a_formula_that_everybody_uses_names_all_and_quotes_some(tmp_path: Path) -> None:
    site = Site.of("minimal", tmp_path / "site")
    site.post("one", "$$ a $$ (one-a)\n")
    sections = (
        f"## Part {n}\n\nM{n} {{eq}}`one-a`.\n\nAgain {{eq}}`one-a`." for n in range(10, 50)
    )
    site.post("two", "\n\n".join(sections))
    page = tree(site.build().outdir / "posts/one.html")
    (uses,) = page.find_class("formula-uses")
    assert uses.findtext("summary").endswith("80")
    assert len(uses.findall(".//li/p")) == 30
    named = [link.get("href").rpartition("#")[2] for link in uses.findall(".//li/a")]
    assert list(dict.fromkeys(named)) == [f"part-{n}" for n in range(10, 50)]
    assert len(named) == 30 + 25


def test_rows_miss_no_use(built: Built) -> None:
    entries = foot(built.outdir / "posts/alpha.html", ROWS[0]).xpath("details/ul/li/p")
    assert {mark for entry in entries for mark in marks(entry)} == {
        place.mark for place in SOURCES.uses(*ROWS)
    }


def test_every_link_arrives(built: Built) -> None:
    assert broken_links(built.outdir) == []


def test_no_id_stands_twice(built: Built) -> None:
    assert repeated_ids(built.outdir) == {}


@pytest.mark.parametrize("page", ["formulas.html", "formulas/odd.html", "formulas/even.html"])
def test_an_index_counts_the_same(built: Built, page: str) -> None:
    counts = {
        str(entry.xpath("string(.//code)")): str(
            entry.xpath("string(.//*[@class='formula-count'])")
        )
        for entry in tree(built.outdir / page).xpath(
            "//*[@class='formula-entry' or @class='formula-sheet']"
        )
    }
    folders = {
        "formulas.html": "",
        "formulas/odd.html": "alpha gamma",
        "formulas/even.html": "beta",
    }
    shown = [
        label
        for label in SOURCES.formulas
        if not folders[page] or SOURCES.owners[label][6:] in folders[page].split()
    ]
    assert counts == {
        label: f"Uses: {len(found)}" if (found := SOURCES.uses(label)) else "" for label in shown
    }


def test_a_directive_shows_what_it_asks_for(site: Site, built: Built) -> None:
    entries = tree(built.outdir / "guide/formulas.html").xpath("//*[@class='formula-entry']//code")
    assert [entry.text for entry in entries] == [
        label
        for label in SOURCES.formulas
        if SOURCES.owners[label] in ("posts/alpha", "posts/gamma")
    ]


POSTS = [docname for docname in SOURCES.texts if docname.startswith("posts/")]


@pytest.mark.parametrize("docname", POSTS)
def test_an_article_says_who_refers_to_it(built: Built, docname: str) -> None:
    expected: dict[str, list[str]] = {}
    for place, target in SOURCES.links():
        if target == docname and place.docname in POSTS:
            known = expected.setdefault(f"{place.docname[6:]}.html", [])
            known += [place.mark] if place.mark not in known else []
    entries = tree(built.outdir / f"{docname}.html").xpath(
        "//section[@class='article-backlinks']/ul/li"
    )
    found = {
        entry.find("a").get("href"): [m for p in entry.findall("p") for m in marks(p)]
        for entry in entries
    }
    assert found == expected
    assert list(found) == sorted(found)


FRONT = re.compile(r"^(date|tags): (.+)$", re.M)


def related(docname: str) -> list[tuple[str, set[str]]]:
    """The other posts by what they share, and the reasons."""
    links = {(place.docname, target) for place, target in SOURCES.links()}
    formulas = {
        name: {
            p.target for p in SOURCES.places if p.docname == name and p.target in SOURCES.formulas
        }
        - set(SOURCES.own(name))
        for name in POSTS
    }
    works = {name: set(re.findall(r"\{footcite:p\}`(\w+)`", SOURCES.texts[name])) for name in POSTS}
    front = {name: dict(FRONT.findall(SOURCES.texts[name])) for name in POSTS}
    tags = {name: set(front[name]["tags"].strip("[]").split(", ")) for name in POSTS}
    scored = []
    for other in set(POSTS) - {docname}:
        linked = {(docname, other), (other, docname)} & links
        common = formulas[docname] & formulas[other]
        score = 4 * bool(linked) + 3 * len(common)
        score += 2 * len(works[docname] & works[other]) + len(tags[docname] & tags[other])
        reasons = {"one refers"} if linked else set()
        reasons |= {"the same"} if common else set()
        reasons |= {"works in"} if works[docname] & works[other] else set()
        reasons |= {"tags: " + ", ".join(sorted(tags[docname] & tags[other]))} - {"tags: "}
        if score >= 2:
            scored.append((-score, front[other]["date"], other, reasons))
    scored.sort(key=lambda item: item[1], reverse=True)
    scored.sort(key=lambda item: item[0])
    return [(f"{other[6:]}.html", reasons) for _, _, other, reasons in scored]


@pytest.mark.parametrize("docname", POSTS)
def test_an_article_says_what_is_related_and_why(built: Built, docname: str) -> None:
    entries = tree(built.outdir / f"{docname}.html").xpath(
        "//section[@class='article-related']/ul/li"
    )
    found = [
        (
            entry.find("a").get("href"),
            {
                reason.text if reason.text.startswith("tags") else " ".join(reason.text.split()[:2])
                for reason in entry.findall("ul/li")
            },
        )
        for entry in entries
    ]
    assert found == related(docname)


def test_a_link_to_a_formula_is_a_formula_in_common(tmp_path: Path) -> None:
    site = Site.of("minimal", tmp_path / "site")
    site.post("one", "$$ a $$ (one-a)\n")
    site.post("two", "By [](#one-a).\n")
    site.post("three", "By [](#one-a).\n")
    assert "the same formulas: one (1)" in site.build().page("posts/two.html")


CAPTIONS = {
    "posts/alpha.html": ["Fig. 1", "number 2", "Table 1", "Listing 1", "own words"],
    "posts/beta.html": [
        "Al & Co Fig. 1", "number 2", "Al & Co Table 1", "Al & Co Listing 1", "own words",
    ],
}  # fmt: skip
NAMES = ["alpha-figure", "alpha-other", "alpha-table", "alpha-code", "alpha-other"]


@pytest.mark.parametrize("page", CAPTIONS)
def test_figures_tables_and_listings_are_named_by_their_number(built: Built, page: str) -> None:
    mark = "M22" if "alpha" in page else "M45"
    links = tree(built.outdir / page).xpath(f"//section/p[starts-with(., '{mark}')]//a")
    assert [link.text_content() for link in links] == CAPTIONS[page]
    base = "" if "alpha" in page else "alpha.html"
    assert [link.get("href") for link in links] == [f"{base}#{name}" for name in NAMES]


def test_captions_are_numbered(built: Built) -> None:
    page = tree(built.outdir / "posts/alpha.html")
    numbers = {
        name: str(page.xpath("string(//*[@id=$id]//*[@class='caption-number'])", id=name)).strip()
        for name in set(NAMES)
    }
    assert numbers == {
        "alpha-figure": "Fig. 1", "alpha-other": "Fig. 2",
        "alpha-table": "Table 1", "alpha-code": "Listing 1",
    }  # fmt: skip


def test_an_excerpt_names_the_article_too(built: Built) -> None:
    links = tree(built.outdir / "index.html").xpath("//a[contains(@class, '-reference')]")
    found = {link.get("href"): link.text_content() for link in links}
    assert found["posts/alpha.html#alpha-one"] == "Al & Co (1)"
    assert found["posts/alpha.html#alpha-two"] == "Al & Co (2)"
    assert found["posts/alpha.html#alpha-figure"] == "Al & Co Fig. 1"
    assert found["posts/alpha.html#alpha-other"] == "Al & Co Fig. 2"
    assert found["posts/beta.html#beta-one"] == "Beta (1)"


def test_a_link_to_a_figure_of_the_same_page_is_a_reference_as_any(tmp_path: Path) -> None:
    site = Site.of("minimal", tmp_path / "site")
    site.post(
        "one",
        "See [](#one-dot) and [*my* words](#one-dot).\n\n## Part\n\n"
        "By {eq}`two-a` and [](#one-dot).\n\n"
        "```{figure} dot.png\n:name: one-dot\n:alt: a dot\n\nA dot.\n```\n",
    )
    site.post("two", "$$ a $$ (two-a)\n")
    site.write("posts/dot.png", b"\x89PNG\r\n\x1a\n")
    done = site.build("-W", "-n")
    links = tree(done.outdir / "posts/one.html").xpath("//section/p/a[@href='#one-dot']")
    assert [link.text_content() for link in links] == ["Fig. 1", "my words", "Fig. 1"]
    assert "caption-reference" in links[0].get("class")
    assert links[1].xpath("boolean(.//em)")
    card = tree(done.outdir / "index.html").xpath("//p/a[@href='posts/one.html#one-dot']")
    assert [link.text_content() for link in card][:2] == ["one Fig. 1", "my words"]
    (said,) = tree(done.outdir / "posts/two.html").xpath("//details//li/p")
    assert said.text_content() == "By (1) and one Fig. 1."


def sentence_of(built: Built, page: str, mark: str) -> str:
    found = tree(built.outdir / page).xpath(
        f"//*[@class='formula-uses' or @class='article-backlinks']//p[starts-with(., '{mark}')]"
    )
    return str(found[0].text_content())


def test_a_kept_sentence_names_things_as_its_page_does(built: Built) -> None:
    said = sentence_of(built, "posts/beta.html", "M36")
    assert said == "M36 in a quote (1), Al & Co (1), (2)."
    assert "says my words" in sentence_of(built, "posts/alpha.html", "M15").replace("M15 ", "")


def test_a_kept_sentence_fills_in_numbers(built: Built) -> None:
    assert "number 2" in sentence_of(built, "posts/alpha.html", "M45")


def test_a_kept_heading_names_formulas(built: Built) -> None:
    entry = foot(built.outdir / "posts/alpha.html", "alpha-three").xpath(
        "details/ul/li[starts-with(p, 'M40')]/a"
    )[0]
    assert "M40 by (3)" in entry.text_content()


def test_a_document_may_have_the_name_of_a_figure(tmp_path: Path) -> None:
    site = Site.of("minimal", tmp_path / "site")
    site.write("loss.md", "---\norphan: true\n---\n\n# Loss\n")
    site.write(
        "dot.md", "---\norphan: true\n---\n\n# Dot\n\n:::{figure} d.png\n:name: loss\n\nA.\n:::\n"
    )
    site.write("d.png", b"\x89PNG\r\n\x1a\n")
    site.edit("conf.py", '"dollarmath"', '"dollarmath", "colon_fence"')
    site.write("see.md", "---\norphan: true\n---\n\n# See\n\nThe {doc}`loss`.\n")
    assert 'href="loss.html"' in site.build().page("see.html")


def test_parallel_builds_give_the_same_bytes(site: Site, built: Built) -> None:
    done = site.build("-W", "-n", "-j4", out="parallel")
    assert (done.code, done.warnings) == (0, [])
    files, parallel = built.files(), done.files()
    assert {name for name in files | parallel if files.get(name) != parallel.get(name)} == set()


SECOND = """\
project = "Second"
extensions = ["myst_parser", "sphinx.ext.intersphinx"]
intersphinx_mapping = {{"kb": ("https://example.org/", {inventory!r})}}
html_theme = "basic"
nitpicky = True
"""
ASKED = """\
# Second

[](inv:kb:math:equation#alpha-one) [](inv:#alpha-row) [words](inv:kb#alpha-last)
<inv:kb:*:*#beta-one>
"""


def test_another_project_refers_to_formulas(built: Built, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    second = Site(tmp_path / "second")
    second.write("conf.py", SECOND.format(inventory=str(built.outdir / "objects.inv")))
    second.write("index.md", ASKED)
    done = second.build("-W", "-n")
    assert (done.code, done.warnings) == (0, [])
    links = tree(done.outdir / "index.html").xpath("//p/a[contains(@class, 'external')]")
    alpha, beta = "https://example.org/posts/alpha.html", "https://example.org/posts/beta.html"
    assert [(link.get("href"), link.text_content()) for link in links] == [
        (f"{alpha}#alpha-one", "Al & Co (1)"),
        (f"{alpha}#alpha-row", "Al & Co (4)"),
        (f"{alpha}#alpha-last", "words"),
        (f"{beta}#beta-one", "Beta (1)"),
    ]


# Labels that were published


@pytest.fixture
def small(tmp_path: Path) -> Site:
    """Two posts, a formula each; their labels are recorded."""
    site = Site.of("minimal", tmp_path / "site")
    with (site.srcdir / "conf.py").open("a") as conf:
        conf.write('formulary_labels = "labels.txt"\n')
    site.post("one", "$$ a $$ (one-a)\n\n$$ b $$ (one-b)\n")
    site.post("two", "$$ c $$ (two-c)\n")
    site.write("labels.txt", "one-a posts/one\none-b posts/one\n")
    return site


WRONG = {
    "gone": (
        "one-a posts/one\nold posts/one\n",
        "labels.txt:2: WARNING: the label 'old' was published in posts/one and is gone; give the "
        "formula its label back, or write 'old posts/one -> successor' here [formulary.label]",
    ),
    "no successor": (
        "\nold posts/one -> nothing\n",
        "labels.txt:2: WARNING: no formula has the label 'nothing', said to be a successor"
        " [formulary.label]",
    ),
    "no record": (
        "one-a posts/one\n\n\none-b\n",
        "labels.txt:4: WARNING: 'one-b' is no record; expected 'label document' or '… -> successor'"
        " [formulary.label]",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG.keys())
def test_a_lost_label_fails_every_build(small: Site, text: str, message: str) -> None:
    small.write("labels.txt", text)
    for arguments in ((), (), ("-W",), ("-W", "--keep-going"), ("-j2",), ("-E",)):
        done = small.build(*arguments)
        assert done.code == 1, arguments
        assert "--keep-going" in arguments or arguments == ("-W",) or done.warnings == [message]
    small.write("labels.txt", "one-a posts/one\n")
    assert small.build("-W").code == 0


def test_a_label_that_is_renamed_fails_the_build_until_its_successor_is_named(small: Site) -> None:
    assert small.build("-W").code == 0
    small.edit("posts/one.md", "(one-a)", "(one-new)")
    done = small.build()
    assert (done.code, len(done.warnings)) == (1, 1)
    small.edit("labels.txt", "one-a posts/one", "one-a posts/one -> one-new")
    done = small.build("-W")
    assert (done.code, done.warnings) == (0, [])
    page = tree(done.outdir / "posts/one.html")
    old, new = page.xpath("//*[@id='one-a']")[0], page.xpath("//*[@id='one-new']")[0]
    assert old.tag == "span"
    assert old.getnext() is new
    assert not page.xpath("//*[@class='formula-moved']")


def test_a_document_that_is_renamed_needs_its_alias_alone(small: Site) -> None:
    assert small.build("-W").code == 0
    (small.srcdir / "posts/one.md").unlink()
    small.post("new", "$$ a $$ (one-a)\n\n$$ b $$ (one-other)\n")
    small.write("labels.txt", "one-a posts/one\none-b posts/one -> one-other\n")
    done = small.build()
    assert done.code == 1
    assert [line.count("let 'aliases:' of the document") for line in done.warnings] == [1, 1]
    small.edit("posts/new.md", "date:", "aliases: posts/one\ndate:")
    done = small.build("-W")
    assert (done.code, done.warnings) == (0, [])
    new = tree(done.outdir / "posts/new.html")
    assert all(new.xpath("//*[@id=$id]", id=id) for id in ("one-a", "one-b", "one-other"))
    assert small.clean_build().files() == done.files()


def test_a_formula_that_moved_is_found_from_its_old_place(small: Site) -> None:
    small.write("labels.txt", "old posts/one -> two-c\none-b posts/two\n")
    done = small.build("-W")
    assert (done.code, done.warnings) == (0, [])
    notices = {
        notice.get("id"): (notice.text_content(), notice.find("a").get("href"))
        for page in ("posts/one.html", "posts/two.html")
        for notice in tree(done.outdir / page).xpath("//*[@class='formula-moved']")
    }
    assert notices == {
        "old": ("The formula old is now here: two (1)", "two.html#two-c"),
        "one-b": ("The formula one-b is now here: one (2)", "one.html#one-b"),
    }
    assert broken_links(done.outdir) == []
    assert repeated_ids(done.outdir) == {}


def test_a_label_that_moved_and_lost_its_document_is_told(small: Site) -> None:
    small.write("labels.txt", "one-a posts/gone\none-b posts/one\n")
    assert "posts/gone" in small.build().output


def test_a_successor_of_a_label_that_is_still_there_makes_no_second_id(small: Site) -> None:
    small.write("labels.txt", "one-a posts/one -> one-b\n")
    assert repeated_ids(small.build().outdir) == {}


def test_recording_adds_and_keeps(small: Site) -> None:
    small.write("labels.txt", "old posts/one -> one-a\none-b posts/two\n")
    assert small.build("-D", "formulary_record_labels=1").code == 0
    after = "old posts/one -> one-a\none-a posts/one\none-b posts/two\ntwo-c posts/two\n"
    record = small.srcdir / "labels.txt"
    assert record.read_text() == "".join(sorted(after.splitlines(keepends=True)))
    small.post("two", "Nothing.\n")
    done = small.build("-D", "formulary_record_labels=1")
    assert done.code == 1
    assert "two-c posts/two\n" in record.read_text()


def test_a_record_is_made_where_there_is_none(small: Site) -> None:
    (small.srcdir / "labels.txt").unlink()
    assert small.build("-W").code == 0
    assert not (small.srcdir / "labels.txt").exists()
    assert small.build("-W", "-D", "formulary_record_labels=1").code == 0
    assert (small.srcdir / "labels.txt").read_text().splitlines() == [
        "one-a posts/one", "one-b posts/one", "two-c posts/two",
    ]  # fmt: skip


# The repository's own site


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Built:
    done = build_once(tmp_path_factory, worker_id)
    assert done.code == 0, done.output
    return done


def test_every_reference_of_our_own_articles_is_listed(whole: Built) -> None:
    sources = Sources(PROJECT)
    assert len(sources.formulas) > 50
    wrong = {}
    for label in sources.formulas:
        page = whole.outdir / f"{sources.owners[label]}.html"
        entries = foot(page, label).xpath("details[@class='formula-uses']/ul/li")
        block = foot(page, label).find("div").get("data-labels").split(", ")
        found = {where(entry, page, whole.outdir) for entry in entries}
        expected = {(p.docname, p.heading) for p in sources.places if p.target in block}
        if found != expected:
            wrong[label] = found ^ expected
    assert wrong == {}


def test_every_formula_of_our_own_articles_is_in_the_index(whole: Built) -> None:
    entries = tree(whole.outdir / "formulas.html").xpath("//*[@class='formula-entry']//code")
    assert sorted(entry.text for entry in entries) == sorted(Sources(PROJECT).formulas)
