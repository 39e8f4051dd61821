"""What a reader sees, hears and copies of formulas."""

import shutil

import pytest
from conftest import NODE_MODULES, ROOTS, Site
from whole_site import pages, tree

from .conftest import served

pytestmark = pytest.mark.browser

MACROS = {r"\R": r"\mathbb{R}", r"\norm": r"\left\lVert #1\right\rVert"}

# Formulas of every kind; what an environment holds is displayed only.
FORMULAS = [
    r"x + y = z",
    r"\frac{a}{b} + \dfrac{\frac12}{x^2} + \tfrac{1}{3}",
    r"\sum_{i=1}^n x_i \prod_{j \ne i} y_j",
    r"\int_0^\infty e^{-x^2}\,dx \iint \oint",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    r"\begin{bmatrix} a & \cdots & b \\ \vdots & \ddots & \vdots \\ c & \cdots & d \end{bmatrix}",
    r"f(x) = \begin{cases} 1 & \text{若 } x > 0 \\ 0 & \text{否则} \end{cases}",
    r"\begin{aligned} a &= b + c \\ &= d \end{aligned}",
    r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}",
    r"\hat{x} \tilde{y} \bar{z} \vec{v} \dot{a} \ddot{b} \widehat{abc} \overline{xy} \underline{z}",
    r"\mathbb{ABC} \mathcal{LOX} \mathfrak{gG} \mathscr{F} \mathsf{S} \mathtt{T} \mathbf{w}",
    r"\left( \frac{a}{b} \right) \left[ \sum_i \frac{x_i}{\frac{y}{z}} \right] \left\{ x \right\}",
    r"\big( \Big[ \bigg\{ \Bigg\langle x \Bigg\rangle \bigg\} \Big] \big)",
    r"\lfloor x \rfloor \lceil y \rceil \lVert z \rVert \left.\frac{df}{dx}\right|_{x=0}",
    r"\sqrt{x} + \sqrt[3]{\frac{a}{b}} + \sqrt{\sqrt{\sqrt{2}}}",
    r"\underbrace{a + b + \cdots}_{n \text{ 项}} + \overbrace{c}^{d}",
    r"\to \gets \Rightarrow \iff \mapsto \longrightarrow \hookrightarrow \rightleftharpoons",
    r"A \xrightarrow{\text{映射}} B \xleftarrow[f]{g} C",
    r"\text{注意力：} QK^\top",
    r"\textcolor{red}{x} + {\color{#08a} y} + \colorbox{yellow}{z}",
    r"x_{i_{j_k}}^{a^{b^c}} {}_a^b X_c^d",
    r"\boxed{E = mc^2} \cancel{x} \bcancel{y} \xcancel{z} \sout{w}",
    r"\boldsymbol{\theta}\alpha\beta\gamma\Gamma\Delta\epsilon\varepsilon\phi\varphi\Omega",
    r"a \le b \ge c \ne d \approx e \equiv f \sim g \propto h \in \R \subseteq \emptyset",
    r"\log x + \sin^2 y + \lim_{n \to \infty} a_n + \max_{x} f + \operatorname*{arg\,max}_\theta L",
    r"\binom{n}{k} \genfrac{[}{]}{0pt}{}{a}{b} \stackrel{!}{=} \overset{a}{b} \underset{c}{d}",
    r"\norm{\frac{x}{y}} \quad \phantom{abc} \; \! \, z \hspace{1em} w \rule{1em}{2pt}",
    r"\cdots \ldots \vdots \ddots \therefore \because \forall \exists \nabla \partial \hbar \ell",
    r"\displaystyle\sum_{\substack{i < n \\ i \ne j}} x_i \textstyle\sum_i \scriptstyle x",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix} \begin{smallmatrix} a \\ c \end{smallmatrix}",
    r"\mathring{A} \acute{e} \grave{e} \breve{x} \check{y} \overrightarrow{AB} \utilde{x}",
]
DISPLAYED = [
    r"E = mc^2 \tag{1}",
    r"\begin{gather*} a \tag{$\ast$} \\ b \end{gather*}",
    "\\begin{CD} A @>a>> B \\\\ @VbVV @VVcV \\\\ C @>>d> D \\end{CD}",
]

WIDE = " + ".join(f"x_{{{n}}}^{{{n}}}" for n in range(40))
COLUMNS = " & ".join(f"a_{{{n}}}" for n in range(30))
PHONE = f"""Before.

$$
{WIDE}
$$ (phone-one)

$$
\\begin{{align}}
f(x) &= {WIDE} \\label{{phone-two}} \\\\
g(x) &= y \\label{{phone-three}}
\\end{{align}}
$$

A matrix $\\begin{{pmatrix}} {COLUMNS} \\\\ {COLUMNS} \\end{{pmatrix}}$ in a line.

By {{eq}}`phone-one`, {{eq}}`phone-two`, {{eq}}`phone-three`.
"""

COPIED = r"""前文 $a_1$ 与 $\frac{1}{2}$。

$$
\sum_{i < n} x_i
$$ (copied-sum)

后文 $b$ 完。

没有公式。

$$
\begin{align}
c &= d \label{copied-line}
\end{align}
$$
"""


@pytest.fixture(scope="module")
def address(browser, tmp_path_factory):
    """Where a site of formulas is served, in the theme of the repository's own site."""
    srcdir = tmp_path_factory.mktemp("browser") / "site"
    shutil.copytree(ROOTS / "test-minimal", srcdir)
    (srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    site = Site(srcdir)
    site.edit("conf.py", '"basic"', '"sphinx_book_theme"')
    with (srcdir / "conf.py").open("a") as conf:
        conf.write(f"formulary_macros = {MACROS!r}\nfontawesome_included = True\n")
    inline = [f"A ${tex}$ b.\n" for tex in FORMULAS]
    blocks = [f"$$\n{tex}\n$$\n" for tex in [*FORMULAS, *DISPLAYED]]
    site.post("formulas", "\n".join([*inline, *blocks]))
    site.post("phone", PHONE)
    site.post("copied", COPIED)
    built = site.build("-W", "--keep-going")
    assert (built.code, built.warnings) == (0, []), built.output
    with served(built.outdir) as address:
        yield address


def open_page(page, url: str) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(url)
    page.evaluate("document.fonts.ready")


RENDER = """([formulas, macros]) => {
  const nodes = [...document.querySelectorAll("article .math.notranslate")];
  nodes.forEach((node, index) => {
    const [tex, displayMode] = formulas[index];
    const found = node.querySelector(".katex-display") || node.querySelector(".katex");
    const box = document.createElement("span");
    box.innerHTML = katex.renderToString(tex, {displayMode, macros: {...macros}, strict: false});
    found.replaceWith(...box.childNodes);
  });
  return nodes.length;
}"""


def test_a_formula_looks_as_katex_draws_it_in_the_browser(page, address):
    page.set_viewport_size({"width": 1400, "height": 900})
    open_page(page, f"{address}/posts/formulas.html")
    places = page.locator("article .math.notranslate")
    ours = [place.screenshot() for place in places.all()]
    assert page.evaluate("document.fonts.check('1em KaTeX_Main')")

    page.add_script_tag(path=NODE_MODULES / "katex/dist/katex.js")
    displayed = [(tex, True) for tex in [*FORMULAS, *DISPLAYED]]
    formulas = [*((tex, False) for tex in FORMULAS), *displayed]
    assert page.evaluate(RENDER, [formulas, MACROS]) == len(formulas) == len(ours)
    page.evaluate("document.fonts.ready")
    different = [
        formula
        for formula, place, before in zip(formulas, places.all(), ours, strict=True)
        if place.screenshot() != before
    ]
    assert different == []


# ---- copying

HEAR = """() => {
  window.copied = null;
  // After the script of the page, which listens to the document.
  window.addEventListener("copy", (event) => {
    copied = {
      ours: event.defaultPrevented,
      plain: event.clipboardData.getData("text/plain"),
      html: event.clipboardData.getData("text/html"),
    };
  });
}"""

SELECT = """([from, to]) => {
  const text = (place) => {
    let found = document.querySelectorAll(place[0])[place[1]];
    if (place[2] === undefined) return [found, 0];
    const walker = document.createTreeWalker(found, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim()) nodes.push(walker.currentNode);
    const node = nodes.at(place[2]);
    return [node, place[3] < 0 ? node.data.length : place[3]];
  };
  const selection = getSelection();
  selection.setBaseAndExtent(...text(from), ...text(to));
}"""

FIRST = "article section > p"
HTML = ".katex-html"


@pytest.fixture
def copy(page, address):
    """Selects from one place to another (selector, which, text in it, character) and copies."""
    open_page(page, f"{address}/posts/copied.html")
    page.evaluate(HEAR)

    def copy(*selection):
        page.evaluate(SELECT, selection)
        page.keyboard.press("Control+C")
        return page.evaluate("copied")

    return copy


WHOLE = [
    "前文 $a_1$ 与 $\\frac{1}{2}$。",
    "$$\\sum_{i < n} x_i$$",
    "后文 $b$ 完。",
]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_paragraphs_and_formulas_are_copied_as_tex(copy):
    found = copy((FIRST, 0, 0, 0), (FIRST, 1, -1, -1))
    assert found["ours"]
    assert lines(found["plain"]) == WHOLE
    assert "katex-html" not in found["html"]
    assert found["html"].count("<math") == 4
    assert "<annotation" in found["html"]


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ((HTML, 1, 0, 0), (HTML, 1, 0, -1), "$\\frac{1}{2}$"),  # a part of the fraction
        ((HTML, 1, -1, 0), (FIRST, 0, -1, 1), "$\\frac{1}{2}$。"),
        ((FIRST, 0, 0, 1), (HTML, 0, 0, 1), "文 $a_1$"),
        ((HTML, 0, 0, 0), (HTML, 1, 0, 1), "$a_1$ 与 $\\frac{1}{2}$"),
        ((HTML, 2, 0, 0), (HTML, 2, 1, 1), "$$\\sum_{i < n} x_i$$"),
    ],
)
def test_a_part_of_a_formula_is_copied_as_the_whole(copy, start, end, text):
    found = copy(start, end)
    assert found["ours"]
    assert found["plain"].strip() == text


def test_a_selection_without_a_formula_is_left_to_the_browser(copy, page):
    assert not copy((FIRST, 2, 0, 0), (FIRST, 2, -1, -1))["ours"]
    assert page.evaluate("getSelection().toString()") == "没有公式。"


def test_lines_with_numbers_are_copied_as_tex_without_our_anchors(copy):
    found = copy((HTML, 4, 0, 0), (HTML, 4, 1, 1))
    assert found["plain"].strip().startswith("$$\\begin{align*}")
    assert "htmlId" not in found["plain"] + found["html"]


def test_the_page_is_as_it_was_after_copying(copy, page):
    # The theme sets heights of its own as it likes.
    seen = "[document.querySelector('article').innerHTML, document.body.childElementCount]"
    before = page.evaluate(seen)
    copy((FIRST, 0, 0, 0), (FIRST, 1, -1, -1))
    assert page.evaluate(seen) == before


# ---- narrow

NARROW = {"width": 360, "height": 740}

# How far each formula can be scrolled, how many texts its numbers are, and over how many of them
# something of the formula lies, before and after scrolling.
MEASURE = """() => {
  const TAG = ".katex-tag, .tag";
  const rects = (root, skip) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest(skip)) continue;
      range.selectNodeContents(walker.currentNode);
      found.push(...range.getClientRects());
    }
    return found.filter((rect) => rect.width > 0);
  };
  const measure = (block) => {
    const box = block.querySelector(".katex-display");
    const html = box.querySelector(".katex-html");
    const edge = box.getBoundingClientRect();
    const covered = (left) => {
      box.scrollLeft = left;
      const drawn = rects(html, TAG).filter((it) => it.left < edge.right && it.right > edge.left);
      const numbers = [...block.querySelectorAll(".eqno"), ...html.querySelectorAll(TAG)]
        .flatMap((node) => rects(node, ".headerlink"));
      const over = numbers.filter((number) => drawn.some((it) =>
        Math.max(it.left, edge.left) < number.right - 1 &&
        Math.min(it.right, edge.right) > number.left + 1 &&
        it.top < number.bottom - 1 && it.bottom > number.top + 1));
      return [numbers.length, over.length];
    };
    return {
      covered: [covered(0), covered(1e5)],
      scrolls: box.scrollLeft,
      inside: edge.left >= 0 && edge.right <= innerWidth,
    };
  };
  return [...document.querySelectorAll("article div.math.notranslate")].map(measure);
}"""


def test_on_a_phone_a_wide_formula_scrolls_in_itself_beside_its_number(page, address):
    page.set_viewport_size(NARROW)
    open_page(page, f"{address}/posts/phone.html")
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    measured = page.evaluate(MEASURE)
    assert len(measured) == 2
    for found in measured:
        assert found["scrolls"] > 100
        assert found["inside"]
        for numbers, over in found["covered"]:
            assert numbers
            assert not over


def test_on_a_phone_a_wide_formula_in_a_line_is_scrolled_with_its_paragraph(page, address):
    page.set_viewport_size(NARROW)
    open_page(page, f"{address}/posts/phone.html")
    paragraph = page.locator("article p", has=page.locator("span.math")).first
    assert paragraph.evaluate("node => { node.scrollLeft = 1e5; return node.scrollLeft }") > 100
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


# ---- hearing


def elements(node) -> list:
    return [node, *(item for child in node.get("children", []) for item in elements(child))]


def hidden_ones(page) -> tuple[list[dict], set[int]]:
    """The accessibility tree, and the elements of KaTeX's HTML by their number in it."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    root = session.send("DOM.getDocument", {"depth": -1})["root"]
    drawn = {
        item["backendNodeId"]
        for node in elements(root)
        if "katex-html" in node.get("attributes", [])
        for item in elements(node)
    }
    heard = session.send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in heard if not node.get("ignored")], drawn


@pytest.mark.parametrize("name", ["formulas", "copied"])
def test_each_formula_is_heard_once_and_what_is_drawn_never(page, address, name):
    open_page(page, f"{address}/posts/{name}.html")
    heard, drawn = hidden_ones(page)
    count = page.locator("article .katex").count()
    roles = [node["role"]["value"] for node in heard]
    assert roles.count("MathMLMath") == count > 4
    assert drawn
    assert [node for node in heard if node.get("backendDOMNodeId") in drawn] == []


def test_no_key_leads_into_what_is_hidden(page, address):
    open_page(page, f"{address}/posts/copied.html")
    inside = "[aria-hidden=true] a[href]:not([tabindex='-1'])"
    assert page.locator(f"article {inside}").count() == 0


# ---- the repository's own site


def test_every_formula_of_the_site_is_drawn(folder):
    formulas = 0
    for path in pages(folder):
        assert not tree(path).xpath("//*[contains(@class, 'formula-source')]"), path
        assert not tree(path).xpath("//*[contains(@class, 'katex-error')]"), path
        formulas += len(tree(path).xpath("//*[@class='katex']"))
    assert formulas > 1000


def test_for_formulas_a_page_asks_for_a_style_fonts_and_one_script(page, server, folder):
    name = next(path.name for path in pages(folder) if path.parent.name == "posts")
    asked = []
    page.on("request", lambda sent: asked.append(sent.url.partition("?")[0]))
    open_page(page, f"{server}/posts/{name}")
    ours = {url.partition("/formulary/")[2] for url in asked if "/formulary/" in url}
    fonts = {name for name in ours if name.startswith("katex/fonts/")}
    others = {"theme.css", "theme.js", "copy.js", "overflow.js", "previews.js"}
    others |= {"search-box.js", "zoom.js", "katex/measures.js"}
    assert ours - fonts - others == {"katex/katex.min.css", "formulary.css", "copy-tex.js"}
    assert fonts
    assert all(name.endswith(".woff2") for name in fonts)
    assert not [url for url in asked if "katex" in url.lower() and "/formulary/" not in url]
