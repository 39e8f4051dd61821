"""What an author writes in TeX is what readers get: on pages, in other formats, in titles."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import lxml.html
import pytest
from conftest import NODE_MODULES, ROOTS, Built, Site
from whole_site import broken_links, repeated_ids

STRICT = ("-W", "--keep-going", "-n")

CONF = r"""
copyright = version = "1"
myst_enable_extensions = ["dollarmath", "amsmath"]
blog_baseurl = "https://example.org/"
formulary_macros = {r"\R": r"\mathbb{R}", r"\norm": r"\lVert #1\rVert"}
"""

# Opens with an environment, which is the excerpt.
LINES = r"""\begin{align}
a &= b \label{lines-a} \\
c &= d \\[2pt]
e &= \begin{cases} 1 & f \\ 2 & g \end{cases} \label{lines-e} \\
h &= i \label{lines-h}
\end{align}

$$
j
$$ (lines-j)

```{math}
:nowrap:

\begin{gather}
k \label{lines-k} \\
l \notag \\
m \label{lines-m}
\end{gather}
```

$$
\begin{alignat}{2}
n &= o &\quad p &= q \\
r &= s &\quad t &= u \label{lines-t}
\end{alignat}
$$

$$
\begin{equation}
v \label{lines-v}
\end{equation}
$$

```{math}
:label: lines-w

w
```

$$
\begin{align*}
x &= y \\
z &= 0
\end{align*}
$$ (lines-z)

By {eq}`lines-a`, {eq}`lines-e`, {eq}`lines-h`, {eq}`lines-j`, {eq}`lines-k`, {eq}`lines-m`,
{eq}`lines-t`, {eq}`lines-v`, {eq}`lines-w`, {eq}`lines-z` and [](#lines-h).
"""
LABELS = [f"lines-{letter}" for letter in "aehjkmtvwz"]

# TeX as its author writes it, and whether it is displayed.
WRITTEN = [
    (r"\frac{a}{b} < c & \text{甲，乙}".replace(" &", " +"), False),
    (r"x \in \R^n", False),
    (r"\norm{x}_2", False),
    (r"a \;\&\; b", False),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", True),
    ("\\begin{cases}\n1 & \\text{若 } x > 0 \\\\\n0 & \\text{否则}\n\\end{cases}", True),
    (r"E = mc^2 \tag{$\ast$}", True),
    (r"\tag*{（注）} y", True),
    (r"\underbrace{a + b}_{n \text{ 项}}", True),
    ("a % a comment\n+ b", True),
]


def written() -> str:
    inline = [f"So ${tex}$.\n" for tex, display in WRITTEN if not display]
    blocks = [f"$$\n{tex}\n$$\n" for tex, display in WRITTEN if display]
    return "\n".join([*inline, *blocks])


def make(srcdir: Path) -> Site:
    shutil.copytree(ROOTS / "test-minimal", srcdir)
    (srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    site = Site(srcdir)
    site.write("conf.py", (srcdir / "conf.py").read_text(encoding="utf-8") + CONF)
    return site


def add_formulas(site: Site) -> None:
    site.write(
        "index.md",
        "# Home\n\n```{postlist}\n:excerpts:\n```\n\n"
        "```{toctree}\n:hidden:\n:glob:\n\nposts/*\n```\n",
    )
    site.post("lines", LINES, short_title="Lines")
    site.post("other", " ".join(f"{{eq}}`{label}`" for label in LABELS) + "\n", category="Refer")
    site.post("written", written())


class Builds(NamedTuple):
    html: Built
    clean: Built
    latex: str
    epub: Built
    feed: str


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    site = make(tmp_path_factory.mktemp("formulas") / "site")
    add_formulas(site)
    html, clean = site.build(*STRICT), site.clean_build(*STRICT)
    latex, epub = (site.build(*STRICT, out=name, builder=name) for name in ("latex", "epub"))
    for built in (html, clean, latex, epub):
        assert (built.code, built.warnings) == (0, []), built.output
    (tex,) = latex.outdir.glob("*.tex")
    return Builds(html, clean, tex.read_text(encoding="utf-8"), epub, html.page("blog/atom.xml"))


def math(html: str, path: str = "") -> list[lxml.html.HtmlElement]:
    """The elements of a page that hold a formula."""
    found = lxml.html.fromstring(html).xpath(f"//{path}*[contains(@class, 'math notranslate')]")
    assert found
    return list(found)


def annotations(node: lxml.html.HtmlElement) -> list[str]:
    return [item.text_content() for item in node.xpath(".//annotation")]


# ---- numbers and ids


def test_numbers_are_in_the_order_of_the_document(formulas: Builds) -> None:
    page = lxml.html.fromstring(formulas.html.page("posts/lines.html"))
    links = page.xpath("//a[contains(@class, 'formula-reference')]")
    assert [link.get("href") for link in links[:-1]] == [f"#{name}" for name in LABELS]
    assert [link.text_content() for link in links[:-1]] == [f"({n})" for n in range(1, 11)]
    assert (links[-1].get("href"), links[-1].text_content()) == ("#lines-h", "(3)")
    shown = [node.xpath("string(span[@class='eqno'])") for node in math(page_of(formulas, "lines"))]
    assert shown == ["", "(4)¶", "", "", "(8)¶", "(9)¶", ""]


def page_of(formulas: Builds, name: str) -> str:
    return formulas.html.page(f"posts/{name}.html")


def test_the_number_at_a_line_is_the_one_that_refers_to_it(formulas: Builds) -> None:
    page = lxml.html.fromstring(page_of(formulas, "lines"))
    for number, label in enumerate(LABELS, 1):
        (place,) = page.xpath(f"//*[@id='{label}']")
        eqno = place.xpath("string(span[@class='eqno'])").removesuffix("¶")
        assert (eqno or f"({place.text_content()})") == f"({number})"


def test_a_label_behind_an_environment_is_that_of_its_last_line(formulas: Builds) -> None:
    (tex,) = annotations(math(page_of(formulas, "lines"))[-1])
    assert [line.strip() for line in tex.splitlines()][1:3] == ["x &= y\\\\", "z &= 0 \\tag{10}"]


def test_another_page_leads_to_the_same_place_by_the_name_of_the_article(formulas: Builds) -> None:
    links = lxml.html.fromstring(page_of(formulas, "other")).xpath(
        "//a[contains(@class, 'formula-reference')]"
    )
    assert [(link.get("href"), link.text_content()) for link in links] == [
        (f"lines.html#{label}", f"Lines ({number})") for number, label in enumerate(LABELS, 1)
    ]


def test_each_label_is_one_id_on_its_page_and_every_link_leads_somewhere(formulas: Builds) -> None:
    ids = lxml.html.fromstring(page_of(formulas, "lines")).xpath("//@id")
    found = Counter(name for name in ids if name in LABELS)
    assert found == {f"{label}": 1 for label in LABELS}
    assert repeated_ids(formulas.html.outdir) == {}
    assert broken_links(formulas.html.outdir) == []


def test_two_clean_builds_are_equal(formulas: Builds) -> None:
    assert formulas.clean.files() == formulas.html.files()


def test_an_excerpt_has_the_formula_without_number_and_id(formulas: Builds) -> None:
    for name in ("index.html", "blog.html", "blog/2025.html"):
        page = lxml.html.fromstring(formulas.html.page(name))
        (card,) = page.xpath("//article[.//h2/a[contains(@href, 'lines.html')]]")
        assert r"a &= b\\" in annotations(card)[0]
        assert not card.xpath(".//@id")
        assert not card.xpath(".//*[contains(@class, 'tag') or contains(@class, 'eqno')]")
        assert r"\tag" not in annotations(card)[0]


@pytest.mark.parametrize("everything", [True, False])
def test_math_number_all_numbers_each_line_that_latex_would(site: Site, everything: bool) -> None:
    conf = f"math_number_all = {everything}\nmyst_enable_extensions = ['dollarmath', 'amsmath']\n"
    site.write("conf.py", (site.srcdir / "conf.py").read_text(encoding="utf-8") + conf)
    site.post(
        "lines",
        "\\begin{gather}\na \\\\\nb \\notag \\\\\nc \\tag{C} \\\\\nd \\label{d}\n\\end{gather}\n\n"
        "\\begin{gather*}\ne \\\\\nf\n\\end{gather*}\n\n$$\ng\n$$ (g)\n\nBy {eq}`d`, {eq}`g`.\n",
    )
    built = site.build(*STRICT)
    assert (built.code, built.warnings) == (0, [])
    page = built.page("posts/lines.html")
    tags = re.findall(r"\\tag\{(\w+)\}", "".join(annotations(math(page)[0])))
    assert tags == (["1", "C", "2"] if everything else ["C", "1"])
    assert "tag" not in annotations(math(page)[1])[0]
    assert re.findall(r">\((\d)\)</a>", page) == (["2", "3"] if everything else ["1", "2"])


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("$$\nx \\tag{A}\n$$ (a)\n", 6),
        ("$$\n\\begin{gather}\nx \\\\\ny \\tag{A} \\label{a}\n\\end{gather}\n$$\n", 6),
        ("Text.\n\n```{math}\n:label: a\n\nx \\tag*{A}\n```\n", 8),
    ],
)
def test_a_label_beside_a_tag_is_told(site: Site, body: str, line: int) -> None:
    site.post("both", body)
    for _ in range(2):
        (found,) = site.build().warnings
        assert found.startswith(
            f"posts/both.md:{line}: WARNING: a labelled formula gets its number"
        )
        assert found.endswith("[formulary.tex]")


@pytest.mark.parametrize(
    "lines",
    [
        "x &= \\begin{aligned} 1 & \\\\ 2 & \\end{aligned} \\label{a} \\\\\ny &= 1 \\label{b}",
        "x &= 1 \\label{a} \\\\\ny &= 1 \\label{b} % a comment",
        "x &= 1 \\label{a} \\\\ % a comment\ny &= 1 \\label{b}",
        "x &= \\text{，} \\label{a} \\\\[1em]\n&= \\begin{cases} 1 \\\\ 2 \\end{cases} \\label{b}",
    ],
)
def test_every_label_in_lines_is_a_place(site: Site, lines: str) -> None:
    site.post("one", f"$$\n\\begin{{align}}\n{lines}\n\\end{{align}}\n$$\n\n{{eq}}`a` {{eq}}`b`\n")
    built = site.build(*STRICT)
    assert (built.code, built.warnings) == (0, [])
    ids = lxml.html.fromstring(built.page("posts/one.html")).xpath("//@id")
    assert [name for name in ids if name in ("a", "b")] == ["a", "b"]


def test_a_mistake_in_lines_with_labels_is_told_once_in_the_words_of_its_author(site: Site) -> None:
    site.post("one", "$$\n\\begin{gather}\nx \\nosuch \\label{a}\n\\end{gather}\n$$\n\n{eq}`a`\n")
    built = site.build()
    assert len(built.warnings) == 1
    assert "htmlId" not in built.warnings[0] + built.page("posts/one.html")
    assert 'id="a"' in built.page("posts/one.html")


# ---- formats


def test_each_formula_has_its_tex_once(formulas: Builds) -> None:
    found = [annotations(node) for node in math(page_of(formulas, "written"))]
    assert found == [[tex] for tex, _ in WRITTEN]
    for node in math(page_of(formulas, "lines")):
        (tex,) = annotations(node)
        assert not re.search(r"\\htmlId|\\href|\\label|equation-", tex)
        assert len(node.xpath(".//math")) == 1


def test_display_is_display(formulas: Builds) -> None:
    shown = [bool(node.xpath(".//math[@display]")) for node in math(page_of(formulas, "written"))]
    assert shown == [display for _, display in WRITTEN]


def test_an_epub_has_mathml_alone_and_every_id(formulas: Builds) -> None:
    for name, count in (("lines", 7), ("written", len(WRITTEN))):
        text = formulas.epub.page(f"posts/{name}.xhtml")
        body = ElementTree.fromstring(re.sub(r"<!DOCTYPE.*?</head>|</html>", "", text, flags=re.S))
        assert len(list(body.iter("{http://www.w3.org/1998/Math/MathML}math"))) == count
        assert not re.search(r"katex|htmlId", text)
    ids = lxml.html.fromstring(formulas.epub.page("posts/lines.xhtml").encode()).xpath("//@id")
    assert {f"{label}" for label in LABELS} <= set(ids)
    assert repeated_ids_of(ids) == []


def test_a_page_of_an_epub_is_xml(formulas: Builds) -> None:
    ElementTree.fromstring(formulas.epub.page("posts/lines.xhtml"))


def repeated_ids_of(ids: list[str]) -> list[str]:
    return [name for name, count in Counter(ids).items() if count > 1]


def test_the_feed_has_mathml_alone(formulas: Builds) -> None:
    feed = ElementTree.fromstring(formulas.feed)
    contents = [item.text or "" for item in feed.iter("{http://www.w3.org/2005/Atom}content")]
    assert sum(content.count("<math") for content in contents) > 2
    for content in contents:
        assert not re.search(r"katex|htmlId|\\tag\{\d|id=", content)


def test_latex_has_the_macros_the_numbers_and_the_places(formulas: Builds) -> None:
    preamble, _, body = formulas.latex.partition(r"\begin{document}")
    assert r"\renewcommand{\R}{\mathbb{R}}" in preamble
    assert r"\renewcommand{\norm}[1]{\lVert #1\rVert}" in preamble
    assert r"$x \in \R^n$" in body.replace(r"\(", "$").replace(r"\)", "$")
    assert re.findall(r"\\tag\{(\d+)\}", body) == [str(number) for number in range(1, 11)]
    named = set(re.findall(r"\\hyperref\[(.*?)\]", body))
    places = re.findall(r"\\label\{(\\detokenize\{.*?\})\}", body)
    assert len(named) >= len(LABELS)
    assert named <= set(places)
    assert repeated_ids_of(places) == []
    assert not re.search(r"\\htmlId|\\label\{lines", body)
    for name in ("align*", "gather*", "alignat*", "equation*"):
        assert body.count(rf"\begin{{{name}}}") == body.count(rf"\end{{{name}}}")


# ---- Node


@pytest.mark.parametrize("builder", ["gettext", "linkcheck", "text", "latex"])
def test_a_builder_without_formulas_needs_no_npm_package(site: Site, builder: str) -> None:
    (site.srcdir / "node_modules").unlink()
    site.post("one", "So $x$ and $\\nosuch$.\n\n$$\ny\n$$ (one-y)\n\nBy {eq}`one-y`.\n")
    built = site.build("-W", out=builder, builder=builder)
    assert (built.code, built.warnings) == (0, []), built.output


def own_katex(site: Site) -> Path:
    """A copy of the npm package that belongs to the site."""
    modules = site.srcdir / "node_modules"
    modules.unlink()
    dist = modules / "katex" / "dist"
    shutil.copytree(NODE_MODULES / "katex" / "dist" / "fonts", dist / "fonts")
    for name in ("katex.js", "katex.min.css"):
        shutil.copyfile(NODE_MODULES / "katex" / "dist" / name, dist / name)
    shutil.copyfile(NODE_MODULES / "katex" / "package.json", modules / "katex" / "package.json")
    for package in (NODE_MODULES / "opencc-js", *NODE_MODULES.glob("d3-*")):
        (modules / package.name).symlink_to(package)
    return modules / "katex"


def test_only_a_new_formula_starts_node(site: Site) -> None:
    package = own_katex(site)
    site.post("one", "So $x$ and $\\nosuch$.\n")
    first = site.build()
    (package / "dist/katex.js").write_text("throw new Error('started');", encoding="utf-8")
    site.edit("posts/one.md", "So", "Thus")
    site.post("two", "Once more $x$.\n")
    again = site.build()
    assert (again.code, again.warnings) == (0, first.warnings)
    assert "katex-html" in again.page("posts/two.html")
    shutil.rmtree(site.srcdir / "_build")
    clean = site.build()
    assert clean.files() == again.files()
    site.post("three", "But $y$.\n")
    built = site.build()
    assert built.code != 0
    assert "KaTeX did not run" in built.output
    assert "started" in built.output


VERSION = json.loads((NODE_MODULES / "katex/package.json").read_text(encoding="utf-8"))["version"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("package.json", "stylesheet"),
        ("dist/katex.min.css", "stylesheet"),
        ("dist/katex.js", "script"),
    ],
)
def test_parts_of_katex_of_two_versions_are_one_clear_error(
    site: Site, name: str, part: str
) -> None:
    path = own_katex(site) / name
    text = path.read_text(encoding="utf-8")
    assert text.count(f'"{VERSION}"') == 1
    path.write_text(text.replace(f'"{VERSION}"', '"0.1.2"'), encoding="utf-8")
    site.post("one", "So $x$.\n")
    built = site.build()
    assert built.code != 0
    assert built.output.count("0.1.2") == built.output.count(VERSION) == 1
    assert f"The {part} of KaTeX" in built.output
    assert built.output.count("npm ci") == 1


# ---- options

OPTIONS = r"""macros: {"\\RR": "\\mathbb{R}", "\\R": "1"}, minRuleThickness: 0.25, trust: true"""
AS_DICT = (
    r"{'macros': {r'\RR': r'\mathbb{R}', r'\R': '1'}, 'minRuleThickness': 0.25, 'trust': True}"
)


def set_options(site: Site, options: str) -> None:
    text = (site.srcdir / "conf.py").read_text(encoding="utf-8")
    macros = r"formulary_macros = {r'\R': r'\mathbb{R}'}"
    site.write("conf.py", f"{text}{macros}\nkatex_options = {options}\n")


@pytest.mark.parametrize(
    "options",
    [f"r'''{OPTIONS}'''", f"r'''{{ {OPTIONS}, }}'''", f"r'''\n{OPTIONS},\n'''", AS_DICT],
    ids=["text", "braces", "lines", "dict"],
)
def test_the_options_of_sphinxcontrib_katex_mean_the_same(site: Site, options: str) -> None:
    set_options(site, options)
    site.post(
        "one",
        r"So $\RR$, $\R$, $\frac12$, $\htmlClass{mine}{x}$ and $\href{https://example.org/a}{y}$.",
    )
    built = site.build(*STRICT)
    assert (built.code, built.warnings) == (0, [])
    page = built.page("posts/one.html")
    real, ours, fraction, classed, link = math(page)
    for node in (real, ours):  # a macro of the engine comes before one of the option
        assert node.xpath("string(.//mi)") == "R"
    assert fraction.xpath(".//*[contains(@style, 'border-bottom-width:0.25em')]")
    assert classed.xpath(".//*[contains(@class, 'mine')]")
    assert link.xpath(".//a/@href") == ["https://example.org/a"]


@pytest.mark.parametrize(
    "options", ["r'''trust: true'''", "r'''trust: () => true'''", "{'trust': True}"]
)
@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\href{JaVaScRiPt:alert(1)}{x}",
        r"\href{vbscript:x}{x}",
        r"\href{data:text/html,x}{x}",
        r"\url{javascript:alert(1)}",
        r"\includegraphics{https://example.org/x.png}",
        r"\includegraphics{data:image/png;base64,x}",
    ],
)
def test_no_option_lets_a_script_or_a_foreign_picture_in(
    site: Site, options: str, tex: str
) -> None:
    set_options(site, options)
    site.post("one", f"So ${tex}$.")
    built = site.build()
    (told,) = built.warnings
    assert "is not allowed here" in told
    page = lxml.html.fromstring(built.page("posts/one.html"))
    assert page.xpath("string(//code[@class='formula-source'])") == tex
    schemes = {href.partition(":")[0].lower() for href in page.xpath("//@href") if ":" in href}
    assert schemes <= {"https"}
    assert not page.xpath("//img")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/?a=1&b=2",
        "https://example.org/a;",
        "https://example.org/?a&",
    ],
)
def test_an_address_in_a_formula_stays_as_it_is(site: Site, address: str) -> None:
    tex = rf"$\href{{{address}}}{{x}}$"
    site.post("one", f"So {tex}.\n", title=f"'A {tex}'")
    built = site.build()
    assert (built.code, built.warnings) == (0, [])
    page = lxml.html.fromstring(built.page("posts/one.html"))
    assert page.xpath("//p//a/@href") == [address]


FAKE = '''
"""Does what sphinxcontrib-katex does to a site: another renderer, and scripts from a CDN."""
from docutils import nodes

CDN = "https://cdn.example.org/katex/"


def visit(self, node):
    self.body.append("<b>the other renderer</b>")
    raise nodes.SkipNode


def builder_inited(app):
    app.add_css_file(CDN + "katex.min.css")
    app.add_js_file(CDN + "katex.min.js")


def builder_finished(app, exception):
    raise AssertionError("there is no folder to delete")


def setup(app):
    app.add_html_math_renderer("katex", (visit, None), (visit, None))
    app.add_config_value("katex_css_path", CDN, False)
    app.add_config_value("katex_options", "", "html")
    app.add_config_value("katex_prerender", False, "html")
    app.connect("builder-inited", builder_inited)
    app.connect("build-finished", builder_finished)
    return {"parallel_read_safe": True}
'''


@pytest.mark.parametrize(
    "extensions",
    ['"sphinxcontrib.katex", "sphinx_formulary"', '"sphinx_formulary", "sphinxcontrib.katex"'],
    ids=["before", "after"],
)
def test_a_site_that_names_sphinxcontrib_katex_is_built_by_ours(
    site: Site, extensions: str
) -> None:
    site.write("fake/sphinxcontrib/katex.py", FAKE)
    site.edit("conf.py", '"sphinx_formulary"', extensions)
    text = (site.srcdir / "conf.py").read_text(encoding="utf-8")
    path = "import sys\nsys.path.insert(0, __file__.replace('conf.py', 'fake'))\n"
    site.write("conf.py", f"{path}{text}exclude_patterns += ['fake']\n")
    set_options(site, "r'''macros: {\"\\\\RR\": \"\\\\mathbb{R}\"}'''")
    site.post("one", "So $\\RR$.\n\n$$\nx\n$$\n")
    built = site.build(*STRICT, "-j4")
    assert (built.code, built.warnings) == (0, []), built.output
    page = built.page("posts/one.html")
    assert page.count("katex-html") == 2
    assert "the other renderer" not in page
    assert "cdn.example.org" not in page


# ---- what a page loads


def test_a_page_loads_our_style_and_one_small_script_for_formulas(formulas: Builds) -> None:
    page = lxml.html.fromstring(page_of(formulas, "lines"))
    scripts = [src for src in page.xpath("//script/@src") if "formulary" in src]
    assert "../_static/formulary/copy-tex.js" in [src.partition("?")[0] for src in scripts]
    assert [src.partition("?")[0] for src in scripts if "katex" in src] == [
        "../_static/formulary/katex/measures.js"
    ]
    assert (formulas.html.outdir / "_static/formulary/copy-tex.js").stat().st_size <= 2000
    links = [href.partition("?")[0] for href in page.xpath("//link[@rel='stylesheet']/@href")]
    assert links.count("../_static/formulary/katex/katex.min.css") == 1
    assert not [href for href in page.xpath("//link/@href") if "font" in href]


def test_only_fonts_that_browsers_load_are_copied(formulas: Builds) -> None:
    static = formulas.html.outdir / "_static/formulary/katex"
    css = (static / "katex.min.css").read_text(encoding="utf-8")
    named = set(re.findall(r"url\(([^)]*)\)", css))
    assert named
    assert {path.relative_to(static).as_posix() for path in (static / "fonts").iterdir()} == named
    assert {name.rpartition(".")[2] for name in named} == {"woff2"}
    assert set(re.findall(r'format\("(\w+)"\)', css)) == {"woff2"}
    assert not list(formulas.html.outdir.rglob("*.ttf")) + list(
        formulas.html.outdir.rglob("*.woff")
    )


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_fonts_come_early_to_pages_with_formulas_that_are_served(site: Site, builder: str) -> None:
    site.post("with", "So $x \\in \\mathbb{R}$.\n")
    site.post("without", "No formula.\n", date="2024-01-01")
    built = site.build("-W", builder=builder, out=builder)
    for name, count in (("posts/with", 3), ("posts/without", 0), ("index", 3), ("blog/2024", 0)):
        file = f"{name}.html" if builder == "html" or name == "index" else f"{name}/index.html"
        fonts = re.findall(r'[^"]+\.woff2', built.page(file))
        assert len(fonts) == count, name
        for font in fonts:
            assert ((built.outdir / file).parent / font).resolve().is_file()


# ---- titles

TITLE = r"The $\mathcal{O}(n^2)$ cost of $x_i$"
PLAIN = "The O(n²) cost of xᵢ"


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = make(tmp_path_factory.mktemp("titles") / "site")
    site.edit("conf.py", 'html_theme = "basic"', 'html_theme = "alabaster"')
    site.write(
        "index.md",
        "# Home\n\n```{postlist}\n:excerpts:\n```\n\n```{toctree}\n:glob:\n\nposts/*\n```\n",
    )
    site.post("cost", "Words.\n", title=f"'{TITLE}'", date="2025-01-02", aliases="old")
    site.post(
        "refer",
        "[](cost.md), {doc}`cost`, [mine](cost.md), {doc}`words <cost>` and [](/posts/cost.md).\n",
    )
    built = site.build(*STRICT)
    assert (built.code, built.warnings) == (0, []), built.output
    return built


def test_where_markup_cannot_go_a_title_is_plain(titled: Built) -> None:
    page = lxml.html.fromstring(titled.page("posts/cost.html"))
    assert page.findtext(".//title").startswith(PLAIN)
    assert page.xpath("//meta[@property='og:title']/@content") == [PLAIN]
    feed = ElementTree.fromstring(titled.page("blog/atom.xml"))
    names = [item.text for item in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert PLAIN in names
    assert TITLE not in titled.page("old.html")
    assert PLAIN in titled.page("old.html")


SHOWN = [r"\mathcal{O}(n^2)", "x_i"]


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("posts/cost.html", "//section/h1"),
        ("index.html", "//article//h2/a[contains(@href, 'cost')]"),
        ("blog.html", "//article//h2/a[contains(@href, 'cost')]"),
        ("index.html", "//*[contains(@class, 'toctree-wrapper')]//a[contains(@href, 'cost')]"),
        (
            "posts/refer.html",
            "//*[@role='navigation']//li[@class='toctree-l1']/a[contains(@href, 'cost')]",
        ),
        ("posts/refer.html", "//nav[@class='article-foot']//a"),
        ("posts/refer.html", "//p[contains(., 'mine')]/a[1]"),
        ("posts/refer.html", "//p[contains(., 'mine')]/a[2]"),
        ("posts/refer.html", "//p[contains(., 'mine')]/a[5]"),
    ],
)
def test_where_markup_can_go_a_title_has_its_formulas(titled: Built, name: str, where: str) -> None:
    (node,) = lxml.html.fromstring(titled.page(name)).xpath(where)
    assert annotations(node) == SHOWN
    assert "cost of" in node.text_content()
    assert not node.xpath(".//*[contains(@class, 'katex-error')]")


def test_words_of_the_author_stay_in_a_link(titled: Built) -> None:
    links = lxml.html.fromstring(titled.page("posts/refer.html")).xpath(
        "//p[contains(., 'mine')]/a"
    )
    assert [link.text_content() for link in (links[2], links[3])] == ["mine", "words"]
