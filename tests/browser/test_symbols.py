"""A reader looks up what a symbol means, and what a term is."""

import pytest
from conftest import Site
from playwright.sync_api import expect

from .conftest import served

pytestmark = pytest.mark.browser

SYMBOLS = """
  Q: the queries, $n\\times d$
  \\alpha_t: a rate"""
TERMS = """# Terms

```{glossary}
困惑度
perplexity
  What $e^H$ is.

词元
token
  A piece. See {term}`困惑度` and {term}`词元`.
```
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, browser):
    site = Site.of("minimal", tmp_path_factory.mktemp("symbols") / "site")
    with (site.srcdir / "conf.py").open("a") as conf:
        conf.write('html_theme = "sphinx_book_theme"\nfontawesome_included = True\n')
        conf.write('html_context = {"default_mode": "auto"}\n')
        conf.write('suppress_warnings = ["toc.not_included"]\n')
    site.write("terms.md", TERMS)
    site.post("one", "Opening.\n\nOf {term}`困惑度` and {term}`Token`.\n", symbols=SYMBOLS)
    site.post("two", "Opening.\n", symbols="\n  d: a width\n  n: a length")
    done = site.build()
    assert (done.code, done.warnings) == (0, [])
    return done.outdir


@pytest.fixture(params=["http", "file"])
def root(request, built):
    if request.param == "file":
        yield built.as_uri()
        return
    with served(built) as address:
        yield address


def table(page):
    return page.locator("#article-symbols")


def test_a_reader_opens_the_symbols(page, root):
    page.goto(f"{root}/posts/one.html")
    expect(table(page)).to_be_hidden()
    page.locator(".article-symbols > summary").focus()
    page.keyboard.press("Enter")
    expect(table(page)).to_be_visible()
    expect(table(page)).to_contain_text("the queries")


def test_a_link_to_the_symbols_opens_them(page, root):
    page.goto(f"{root}/notation.html")
    page.locator(".formula-entry", has_text="a rate").get_by_role("link", name="one").click()
    page.wait_for_url("**/posts/one.html#article-symbols")
    expect(table(page)).to_be_visible()


def test_print_shows_the_symbols(page, root):
    page.goto(f"{root}/posts/one.html")
    page.emulate_media(media="print")
    assert table(page).evaluate("table => table.checkVisibility({contentVisibilityAuto: true})")
    assert table(page).evaluate("table => table.getBoundingClientRect().height") > 20


def test_the_notation_is_filtered_as_one_types(page, root):
    page.goto(f"{root}/notation.html")
    entries = page.locator(".formula-entry")
    expect(entries).to_have_count(4)
    field = page.get_by_label("Filter")
    for words, found in {"rate": 1, "\\alpha": 1, "two": 2, "one QUERIES": 1, "nothing": 0}.items():
        field.fill(words)
        expect(page.locator(".formula-entry:visible")).to_have_count(found)
        expect(page.locator(".formula-filter output")).to_have_text(str(found))
        expect(page.locator(".formula-group:visible")).to_have_count(found)
    field.fill("")
    expect(page.locator(".formula-entry:visible")).to_have_count(4)


def test_a_narrow_page_is_not_wider_than_the_screen(page, root):
    page.set_viewport_size({"width": 360, "height": 640})
    for name in ("notation.html", "posts/one.html#article-symbols", "terms.html"):
        page.goto(f"{root}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


TITLES = {"困惑度": ("困惑度 / perplexity", "What"), "Token": ("词元 / token", "A piece")}


@pytest.mark.parametrize("how", ["pointer", "keyboard"])
@pytest.mark.parametrize("term", TITLES)
def test_a_term_shows_its_definition(page, root, term, how):
    page.goto(f"{root}/posts/one.html")
    link = page.locator("article p a", has_text=term)
    if how == "pointer":
        link.hover()
    else:
        link.evaluate(
            "link => { const before = document.createElement('button'); link.before(before);"
            " before.focus(); }"
        )
        page.keyboard.press("Tab")
    title, words = TITLES[term]
    card = page.locator("#formula-preview")
    expect(card).to_be_visible()
    expect(card.locator(".formula-preview-title")).to_have_text(title)
    expect(card).to_contain_text(words)


def test_a_term_on_its_own_page_is_shown_from_there(page, root):
    page.goto(f"{root}/terms.html")
    links = page.locator("article dd a")
    for index, words in ((0, "What"), (1, "A piece")):
        links.nth(index).hover()
        expect(page.locator("#formula-preview")).to_contain_text(words)


def test_a_term_looks_like_its_sentence(page, root):
    page.goto(f"{root}/posts/one.html")
    link = page.locator("article p a", has_text="Token")
    look = (
        "node => { const {color, fontStyle} = getComputedStyle(node); return color + fontStyle; }"
    )
    assert link.evaluate(look) == link.locator("xpath=..").evaluate(look)
    assert "dotted" in link.evaluate("node => getComputedStyle(node).textDecorationStyle")
