"""A mistake in a formula or a macro is told once, with file and line, until it is mended."""

from __future__ import annotations

import re
import shutil
from typing import NamedTuple
from xml.etree import ElementTree

import lxml.html
import pytest
from conftest import NODE_MODULES, ROOTS, Built, Site

MARK = "»"  # before the line on which the message is expected
BLANK = r"'\$\$' needs a blank line before it"


def block(tex: str) -> str:
    return f"Text.\n\n{MARK}$$\n{tex}\n$$\n"


def environment(name: str, body: str, columns: str = "") -> str:
    return block(rf"\begin{{{name}}}{columns}" + f"\n{body}\n" + rf"\end{{{name}}}")


# Posts: body, and words of the message.
FAULTS: dict[str, tuple[str, str]] = {
    "unknown": (f"Text\n{MARK}and $\\nosuch{{x}}$.\n", r"Undefined control sequence: \\nosuch"),
    "unknown-display": (block("x +\n\\nosuchblock"), r"Undefined control sequence: \\nosuchblock"),
    "nearly": (f"{MARK}So $\\softmx(x)$.\n", r"\\softmx; did you mean '\\softmax'\?"),
    "not-closed": (f"Text,\ntext,\n{MARK}and $\\frac{{1}}{{2$.\n", "expected '}'"),
    "not-closed-display": (block("x = {a"), "a brace is not closed"),
    "not-opened": (f"{MARK}So $x}}$.\n", "a brace is closed that was not opened"),
    "aligned": (environment("aligned", "x &= 1 \\\\\ny = 2"), "row 2 of 'aligned' lacks an '&'"),
    "matrix": (environment("pmatrix", "1 & 2 \\\\\n3"), "row 2 of 'pmatrix' lacks an '&'"),
    "cases": (environment("cases", "1 \\\\\n2 & y"), "row 1 of 'cases' lacks an '&'"),
    "outside": (block("x &= 1"), "an '&' needs an environment such as 'aligned'"),
    "label": (block("x \\label{one}"), r"'\\label' is not for KaTeX; write the label behind"),
    "comma": (f"Text\n{MARK}和 $f(x，y)$。\n", "'，' stands in math; write ','"),
    "stop": (block("x。"), "'。' stands in math"),
    "digit": (f"{MARK}和 $x_１$。\n", "'１' stands in math; write '1'"),
    "dollars": (f"Text\n{MARK}$$\ny = x^2\n$$\n", BLANK),
    "dollars-inside": (f"Text\n{MARK}and $$y = x$$ in it.\n", BLANK),
    "dollars-list": (f"- Text\n{MARK}  $$\n  y = x^3\n  $$\n", BLANK),
    "dollars-unclosed": (f"Text.\n\n{MARK}$$\ny = x^4\n\nMore.\n", BLANK),
    "endless": (block("\\def\\a{x\\a}\n\\a"), "a macro calls itself without end"),
    "endless-macro": (f"{MARK}So $\\forever$.\n", "a macro calls itself without end"),
    "multline": (environment("multline", "a \\\\\nb"), "multline; write 'gather' or 'aligned'"),
    "eqnarray": (environment("eqnarray", "a & = & b"), "eqnarray; write 'align'"),
    "script": (f"{MARK}So $\\href{{javascript:alert(1)}}{{x}}$.\n", r"\\href is not allowed here"),
    "picture": (
        f"{MARK}So $\\includegraphics{{https://example.org/x.png}}$.\n",
        r"\\includegraphics is not allowed here",
    ),
    "left": (block("\\left( a"), r"Expected '\\right'"),
    "same-line": (
        f"{MARK}Both $\\nosuchone$ and $\\nosuchone$.\n",
        r"; in: \\nosuchone \[formulary",
    ),
    "twin-a": (f"{MARK}So $\\nosuchpair$.\n", r"\\nosuchpair.*also in posts/twin-b\.md:8\b"),
    "twice": (
        f"{MARK}Both $\\nosuchtwin$\nand $\\nosuchtwin$.\n",
        r"\\nosuchtwin.*also in posts/twice\.md:8\b",
    ),
}  # fmt: skip

CONF = r"""
blog_baseurl = "https://example.org/"
blog_feed_length = 100
formulary_page_size = 10
formulary_macros = {
    r"\softmax": r"\operatorname{softmax}",
    "\\forever": r"x \forever",
}
"""


def sources(site: Site) -> dict[str, int]:
    """Write the posts; the line of each mistake."""
    found = {}
    for name, (body, _) in FAULTS.items():
        path = site.post(name, body, category="Faults")
        lines = path.read_text(encoding="utf-8").splitlines()
        (found[name],) = [number for number, line in enumerate(lines, 1) if MARK in line]
        site.edit(f"posts/{name}.md", MARK, "")
    site.post("twin-b", "Text\nand $\\nosuchpair$.\n", category="Faults")
    site.post("good", "So $\\softmax(x)$.\n", category="Faults")
    return found


class Builds(NamedTuple):
    lines: dict[str, int]
    macro: int  # its line in conf.py
    serial: tuple[Built, Built]
    parallel: tuple[Built, Built]
    mended: Built


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    srcdir = tmp_path_factory.mktemp("tex") / "site"
    shutil.copytree(ROOTS / "test-minimal", srcdir)
    (srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    site = Site(srcdir)
    conf = (srcdir / "conf.py").read_text(encoding="utf-8") + CONF
    site.write("conf.py", conf)
    site.write("index.md", "# Home\n\n```{postlist}\n:paginate: 10\n```\n")
    lines = sources(site)
    strict = ("-W", "--keep-going")
    serial = site.build(*strict, "-j1"), site.build(*strict, "-j1")
    parallel = (
        site.build(*strict, "-j4", out="parallel"),
        site.build(*strict, "-j4", out="parallel"),
    )
    for name in (*FAULTS, "twin-b"):
        site.post(name, "So $x$.\n", category="Faults")
    site.edit("conf.py", r"x \forever", "x")
    macro = conf[: conf.index("forever")].count("\n") + 1
    return Builds(lines, macro, serial, parallel, site.build("-W"))


def told(built: Built) -> list[str]:
    """Everything that was said, a place and a message each, in order of the places."""
    return sorted(built.warnings)


@pytest.mark.parametrize("name", FAULTS)
def test_a_mistake_is_told_once_in_its_place(builds: Builds, name: str) -> None:
    place, words = f"posts/{name}.md:{builds.lines[name]}: WARNING: KaTeX: ", FAULTS[name][1]
    for built in (*builds.serial, *builds.parallel):
        (found,) = [item for item in built.warnings if item.startswith(f"posts/{name}.md")]
        assert found.startswith(place)
        assert re.search(words, found)
        assert found.endswith("[formulary.tex]")


def test_nothing_else_is_told_and_each_build_fails_with_the_same_words(builds: Builds) -> None:
    places = {item.partition(": WARNING")[0] for item in told(builds.serial[0])}
    expected = {f"posts/{name}.md:{line}" for name, line in builds.lines.items()}
    assert places == expected | {f"conf.py:{builds.macro}"}
    for built in (*builds.serial, *builds.parallel):
        assert built.code != 0
        assert told(built) == told(builds.serial[0])


def shown(html: str) -> list[str]:
    """The formulas that are shown as their source."""
    codes = lxml.html.fromstring(html).xpath("//code[@class='formula-source']")
    return [squeezed(item.text_content()) for item in codes]


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", FAULTS)
def test_the_page_shows_the_formula_as_it_was_written(builds: Builds, name: str) -> None:
    found = set(shown(builds.parallel[1].page(f"posts/{name}.html")))
    assert len(found) == 1
    assert re.search(r"[\\\w$]", min(found))
    assert min(found) in squeezed(FAULTS[name][0].replace(MARK, ""))


def test_the_page_shows_the_dollars_that_are_wrong(builds: Builds) -> None:
    names = ("dollars", "dollars-inside", "dollars-list", "dollars-unclosed")
    assert [shown(builds.parallel[1].page(f"posts/{name}.html")) for name in names] == [
        ["$$ y = x^2 $$"], ["$$y = x$$"], ["$$ y = x^3 $$"], ["$$"],
    ]  # fmt: skip


def test_no_page_has_a_half_rendered_formula(builds: Builds) -> None:
    built = builds.parallel[1]
    texts = [built.page(name) for name in built.files() if name.endswith((".html", ".xml"))]
    assert len(texts) > len(FAULTS)
    for text in texts:
        assert not re.search("katex-error|#cc0000|color: ?red", text)
        assert 'href="javascript:' not in text


IN_EXCERPTS = {r"\nosuch{x}", "f(x，y)", r"\forever", r"\nosuchpair", r"\softmx(x)"}


@pytest.mark.parametrize(
    "first", ["index", "blog", "blog/2025", "blog/category/faults"], ids=lambda name: name
)
def test_listings_show_the_source_on_each_of_their_pages(builds: Builds, first: str) -> None:
    built = builds.parallel[1]
    below = "" if first == "index" else f"{first}/"
    pages = [f"{first}.html", f"{below}page/2.html", f"{below}page/3.html"]
    found = [shown(built.page(name)) for name in pages]
    assert all(found)
    assert {text for texts in found for text in texts} > IN_EXCERPTS


def test_the_feed_shows_the_source(builds: Builds) -> None:
    feed = ElementTree.fromstring(builds.parallel[1].page("blog/atom.xml"))
    contents = [item.text or "" for item in feed.iter("{http://www.w3.org/2005/Atom}content")]
    assert {text for content in contents for text in shown(content)} > IN_EXCERPTS


def test_once_mended_nothing_is_told(builds: Builds) -> None:
    assert (builds.mended.code, told(builds.mended)) == (0, [])
    assert "formula-source" not in "".join(
        builds.mended.page(name) for name in builds.mended.files() if name.endswith(".html")
    )


def test_a_formula_that_is_mended_in_one_document_is_told_of_the_other(site: Site) -> None:
    site.post("a", "So $\\nosuch$.\n")
    site.post("b", "So $\\nosuch$.\n")
    (both,) = site.build().warnings
    assert both.startswith("posts/a.md:6: ")
    assert "also in posts/b.md:6" in both
    site.edit("posts/a.md", "\\nosuch", "x")
    (one,) = site.build().warnings
    assert one.startswith("posts/b.md:6: ")
    assert "posts/a.md" not in one
    site.edit("posts/b.md", "\\nosuch", "x")
    assert site.build("-W").warnings == []


WRONG_MACROS = {
    "norm": ("x", "a name is a backslash and letters"),
    r"\left": ("x", "LaTeX needs this name for itself"),
    r"\endproof": ("x", "LaTeX needs this name for itself"),
    r"\web": (r"\htmlClass{a}{x}", r"LaTeX does not know \htmlClass"),
    r"\open": (r"\mathbb{R", "a brace is not closed"),
    r"\close": (r"\mathbb R}", "a brace is closed that was not opened"),
    r"\comment": ("x % y", "a '%' makes the rest of it a comment"),
    r"\sign": ("#", "'#' wants the number of an argument"),
    r"\gap": ("#1 #3", "its arguments are #1, #2 and so on"),
    r"\unknown": (r"\nosuch", r"KaTeX: Undefined control sequence: \nosuch"),
    r"\again": (r"x \again", "KaTeX: Too many expansions"),
}


def test_a_macro_that_cannot_be_is_told_at_its_line_and_the_others_work(site: Site) -> None:
    macros = [f"    {name!r}: {body!r}," for name, (body, _) in WRONG_MACROS.items()]
    good = [r"    r'\R': r'\mathbb{R}',", r"    '\\norm': '\\lVert #1\\rVert',"]
    conf = (site.srcdir / "conf.py").read_text(encoding="utf-8")
    above = [*conf.splitlines(), "", "formulary_macros = {", *good]
    site.write("conf.py", "\n".join([*above, *macros, "}", ""]))
    site.post("good", "So $\\norm{x} \\in \\R$.\n")
    for built in (site.build("-W", "--keep-going"), site.build("-W", "--keep-going")):
        assert built.code != 0
        assert len(built.warnings) == len(WRONG_MACROS)
        for line, (name, (_, words)) in enumerate(WRONG_MACROS.items(), len(above) + 1):
            (found,) = [item for item in built.warnings if f"the macro '{name}'" in item]
            assert found.startswith(f"conf.py:{line}: WARNING: ")
            assert words in found
            assert found.endswith("[formulary.tex]")
        assert "formula-source" not in built.page("posts/good.html")
        assert "mathbb" in built.page("posts/good.html")


def test_macros_that_are_no_texts_are_told_and_the_site_is_built(site: Site) -> None:
    conf = (site.srcdir / "conf.py").read_text(encoding="utf-8")
    site.write("conf.py", conf + "formulary_macros = {r'\\two': [r'#1', 1]}\n")
    built = site.build()
    (found,) = built.warnings
    assert "formulary_macros is" in found
    assert "expected a dictionary of TeX macros" in found
    assert built.code == 0
