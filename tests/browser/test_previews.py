"""A reader points at a reference, focuses or taps it, and copies a formula."""

import re

import pytest
from conftest import Site
from playwright.sync_api import expect

from .conftest import served

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 640}
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)
FAR = "\n\nMore words.\n" * 60

# Each kind of reference: the text of its link, and what its preview says.
THERE = {
    "formula": ("one (1)", "mc"),
    "several": ("(3)", "third"),
    "figure": ("one Fig. 1", "A dot in a figure"),
    "article": ("One article", "Its opening words."),
}
HERE = {
    "formula": ("(1)", "own"),
    "figure": ("Fig. 1", "An own dot"),
    "citation": ("[Knuth, 1968]", "The Art"),
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, browser):
    site = Site.of("minimal", tmp_path_factory.mktemp("previews") / "site")
    site.edit("conf.py", '"sphinx_formulary"', '"sphinxcontrib.bibtex", "sphinx_formulary"')
    with (site.srcdir / "conf.py").open("a") as conf:
        conf.write('bibtex_bibfiles = ["a.bib"]\nbibtex_default_style = "author_year"\n')
        conf.write("myst_heading_anchors = 3\n")
        conf.write('html_theme = "sphinx_book_theme"\nfontawesome_included = True\n')
        conf.write('html_context = {"default_mode": "auto"}\n')
    site.write(
        "a.bib", "@book{knuth, author={Donald Knuth}, title={The Art}, year=1968, publisher={A}}"
    )
    site.write("posts/dot.png", PNG)
    wide = " + ".join(f"x_{{{n}}}" for n in range(60))
    site.post(
        "one",
        "Its opening words.\n\n## Part\n\n$$ E = mc^2 $$ (one-a)\n\n$$ b $$ (one-b)\n\n"
        "$$ \\text{third} $$ (one-c)\n\n$$ \\text{wide} " + wide + " $$ (one-wide)\n\n"
        "```{figure} dot.png\n:name: one-figure\n:alt: dot\n\nA dot in a figure.\n```\n",
        title="One article",
        aliases="[old/one]",
        short_title="one",
    )
    site.post(
        "two",
        "Opening.\n\n## Part\n\nBy {eq}`one-a` and {eq}`one-a, one-b, one-c` in "
        "{numref}`one-figure`, [](one.md), [a part](one.md#part), {download}`a file <dot.png>`, "
        "{eq}`one-wide`. Here {eq}`two-a`, {numref}`two-figure`, {footcite:p}`knuth`, [](#part).\n"
        + FAR
        + "\n$$ \\text{own} = a_1 $$ (two-a)\n\n"
        "```{figure} dot.png\n:name: two-figure\n:alt: dot\n\nAn own dot.\n```\n\n"
        "$$\n\\begin{aligned} a &= b \\\\ &= c \\end{aligned}\n$$ (two-b)\n\n"
        "```{footbibliography}\n```\n",
    )
    done = site.build()
    assert (done.code, done.warnings) == (0, [])
    return done.outdir


@pytest.fixture(scope="session")
def address(built):
    with served(built) as address:
        yield address


@pytest.fixture(params=["http", "file"])
def root(request, built):
    return request.getfixturevalue("address") if request.param == "http" else built.as_uri()


@pytest.fixture
def heard(page):
    """What goes wrong in the page, and the scripts of previews that it asks for."""
    found = {"errors": [], "asked": []}

    def hear(said):
        if said.type == "error" and "favicon" not in said.location["url"]:
            found["errors"].append(f"{said.text} {said.location['url']}")

    page.on("console", hear)
    page.on("pageerror", lambda error: found["errors"].append(str(error)))
    page.on("request", lambda sent: "_previews" in sent.url and found["asked"].append(sent.url))
    return found


@pytest.fixture
def two(page, root, heard):
    page.goto(f"{root}/posts/two.html")
    return page


def link(page, text: str):
    return page.locator("article p a.reference, article p a.footnote-reference").filter(
        has_text=re.compile(f"^{re.escape(text)}$")
    ).first  # fmt: skip


def card(page):
    return page.locator("#formula-preview")


def is_inside(page) -> bool:
    return page.evaluate(
        """() => {
            const box = document.getElementById("formula-preview").getBoundingClientRect();
            const {clientWidth: width, clientHeight: height} = document.documentElement;
            return box.width > 20 && box.height > 20 && box.left >= 0 && box.top >= 0
                && box.right <= width + 0.5 && box.bottom <= height + 0.5;
        }"""
    )


@pytest.mark.parametrize(("text", "said"), THERE.values(), ids=THERE.keys())
def test_pointing_at_a_reference_shows_what_is_there(two, heard, text, said):
    expect(card(two)).to_have_count(0)
    assert heard["asked"] == []
    link(two, text).hover()
    expect(card(two)).to_be_visible()
    expect(card(two)).to_contain_text(said)
    assert is_inside(two)
    assert [url.rpartition("/_previews/")[2] for url in heard["asked"]] == ["posts/one.js"]
    expect(link(two, text)).to_have_attribute("aria-describedby", "formula-preview")
    for image in card(two).locator("img").all():
        image.evaluate("image => image.decode()")
    assert heard["errors"] == []


@pytest.mark.parametrize(("text", "said"), HERE.values(), ids=HERE.keys())
def test_what_is_on_the_page_itself_is_shown_without_a_request(two, heard, text, said):
    link(two, text).hover()
    expect(card(two)).to_be_visible()
    expect(card(two)).to_contain_text(said)
    assert is_inside(two)
    assert two.evaluate("[...document.querySelectorAll('#formula-preview [id]')].length") == 0
    assert (heard["asked"], heard["errors"]) == ([], [])


def test_a_script_is_asked_for_once(two, heard):
    for text, said in [*THERE.values(), *THERE.values()]:
        link(two, text).hover()
        expect(card(two)).to_contain_text(said)
    assert len(heard["asked"]) == 1


def test_the_keyboard_shows_it_and_esc_hides_it(two, heard):
    link(two, "one (1)").evaluate(
        "link => { const before = document.createElement('button'); link.before(before);"
        " before.focus(); }"
    )
    two.keyboard.press("Tab")
    expect(link(two, "one (1)")).to_be_focused()
    expect(card(two)).to_be_visible()
    expect(card(two)).to_contain_text("mc")
    two.keyboard.press("Escape")
    expect(card(two)).to_be_hidden()
    expect(link(two, "one (1)")).to_be_focused()
    assert link(two, "one (1)").get_attribute("aria-describedby") is None
    two.keyboard.press("Enter")
    two.wait_for_url("**/posts/one.html#one-a")
    assert heard["errors"] == []


def test_the_next_focus_shows_the_next(two):
    link(two, "one (1)").evaluate(
        "link => { const before = document.createElement('button'); link.before(before);"
        " before.focus(); }"
    )
    two.keyboard.press("Tab")
    expect(card(two)).to_contain_text("mc")
    for _ in range(2):
        two.keyboard.press("Tab")
    expect(card(two)).to_contain_text("third")


def test_it_hides_when_the_pointer_leaves_both(two):
    link(two, "one (1)").hover()
    expect(card(two)).to_be_visible()
    card(two).locator(".math, .katex").first.hover()
    two.wait_for_timeout(600)
    expect(card(two)).to_be_visible()
    two.locator("article h1").first.hover()
    expect(card(two)).to_be_hidden()


def test_a_pointer_that_only_passes_shows_and_loads_nothing(two, heard):
    box = link(two, "one (1)").bounding_box()
    two.mouse.move(box["x"] + 5, box["y"] + 5)
    two.mouse.move(box["x"] + 5, box["y"] - 60)
    two.wait_for_timeout(600)
    expect(card(two)).to_have_count(0)
    assert heard["asked"] == []


def test_esc_hides_what_the_pointer_shows_and_it_may_come_again(two):
    for _ in range(2):
        link(two, "one (1)").hover()
        expect(card(two)).to_be_visible()
        two.keyboard.press("Escape")
        expect(card(two)).to_be_hidden()
        two.locator("article h1").first.hover()


@pytest.mark.parametrize("text", ["Part", "a part"])
def test_a_link_without_a_preview_just_works(two, heard, text):
    where = link(two, text)
    where.hover()
    two.wait_for_timeout(600)
    expect(card(two).locator("visible=true")).to_have_count(0)
    where.click()
    two.wait_for_url("**#part")
    assert heard["errors"] == []


def test_a_link_to_a_file_asks_for_no_preview(two, heard):
    two.locator("article p a.download").hover()
    two.wait_for_timeout(600)
    assert (heard["asked"], heard["errors"]) == ([], [])


def test_a_click_follows_the_link(two, heard):
    link(two, "one (1)").hover()
    expect(card(two)).to_be_visible()
    link(two, "one (1)").click()
    two.wait_for_url("**/posts/one.html#one-a")
    expect(two.locator("#one-a")).to_be_in_viewport()
    assert heard["errors"] == []


@pytest.fixture
def phone(new_context, root):
    """The page on a phone: a finger and no mouse."""
    context = new_context(has_touch=True, is_mobile=True, viewport=NARROW)
    page = context.new_page()
    page.goto(f"{root}/posts/two.html")
    return page


def test_a_tap_shows_it_and_the_next_one_follows(phone):
    link(phone, "one (1)").tap()
    expect(card(phone)).to_be_visible()
    expect(card(phone)).to_contain_text("mc")
    assert is_inside(phone)
    assert phone.url.endswith("/posts/two.html")
    link(phone, "one (1)").tap()
    phone.wait_for_url("**/posts/one.html#one-a")


def test_a_tap_elsewhere_hides_it(phone):
    link(phone, "one (1)").tap()
    expect(card(phone)).to_be_visible()
    phone.locator("article h1").first.tap()
    expect(card(phone)).to_be_hidden()
    assert phone.url.endswith("/posts/two.html")


def test_a_tap_shows_another_one(phone):
    for text, said in (THERE["formula"], THERE["figure"], HERE["citation"], HERE["formula"]):
        link(phone, text).tap()
        expect(card(phone)).to_be_visible()
        expect(card(phone)).to_contain_text(said)
        assert is_inside(phone)
        phone.locator("article h1").first.tap()
        expect(card(phone)).to_be_hidden()


def test_a_tap_on_the_title_of_a_preview_follows_it(phone):
    link(phone, "one (1)").tap()
    card(phone).locator(".formula-preview-title a").tap()
    phone.wait_for_url("**/posts/one.html#one-a")


def test_a_tap_on_a_link_without_preview_follows_it(phone):
    link(phone, "a part").tap()
    phone.wait_for_url("**/posts/one.html#part")


def test_on_a_narrow_window_a_wide_formula_stays_inside(page, root, heard):
    page.set_viewport_size(NARROW)
    page.goto(f"{root}/posts/two.html")
    link(page, "one (4)").hover()
    expect(card(page)).to_contain_text("wide")
    assert is_inside(page)
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


def test_a_wide_formula_in_the_index_is_seen_from_its_beginning(page, root):
    page.set_viewport_size(NARROW)
    page.goto(f"{root}/formulas.html")
    entry = page.locator(".formula-entry", has_text="one-wide")
    entry.locator(".formula-shown").click()
    formula = entry.locator(".katex-html")
    expect(formula).to_be_visible()
    assert formula.bounding_box()["x"] >= 0
    assert entry.locator(".katex-display").evaluate("node => node.scrollWidth > node.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_an_old_link_arrives_at_its_formula(page, root):
    page.goto(f"{root}/old/one.html#one-c")
    page.wait_for_url("**/posts/one.html#one-c")
    expect(page.locator("#one-c")).to_be_in_viewport()


def test_without_script_an_old_link_arrives_at_its_article(new_context, root):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{root}/old/one.html#one-c")
    page.wait_for_url("**/posts/one.html*")


def test_without_script_the_links_work(new_context, root):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{root}/posts/two.html")
    link(page, "one (1)").hover()
    expect(card(page)).to_have_count(0)
    expect(page.locator(".formula-copy").first).to_be_hidden()
    link(page, "one (1)").click()
    page.wait_for_url("**/posts/one.html#one-a")


@pytest.mark.parametrize("path", ["posts/one.html", "posts/two.html"])
def test_a_page_asks_for_nothing_before_it_is_wanted(page, root, heard, path):
    page.goto(f"{root}/{path}")
    page.wait_for_load_state("networkidle")
    assert heard == {"errors": [], "asked": []}


# Copying

COPIED = {
    "TeX": r"\text{own} = a_1",
    "Link": "posts/two.html#two-a",
    "Reference": "{eq}`two-a`",
}


def foot_of(page, label: str):
    # The theme wraps a formula that has an id.
    page.set_default_timeout(3_000)
    return page.locator(f"#{label} + .formula-foot, #{label} .formula-foot")


@pytest.mark.parametrize("how", ["click", "keyboard"])
@pytest.mark.parametrize("name", COPIED)
def test_a_formula_is_copied(new_context, address, name, how):
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/posts/two.html")
    foot = foot_of(page, "two-a")
    button = foot.get_by_role("button", name=name, exact=True)
    if how == "click":
        button.click()
    else:
        foot.locator("button").first.evaluate(
            "first => { const before = document.createElement('button');"
            " first.before(before); before.focus(); }"
        )
        for _ in range([*COPIED].index(name) + 1):
            page.keyboard.press("Tab")
        expect(button).to_be_focused()
        expect(button).to_be_visible()
        assert button.evaluate("button => getComputedStyle(button).opacity") == "1"
        page.keyboard.press("Enter")
    expect(foot.locator("output")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (f"{address}/{COPIED[name]}" if name == "Link" else COPIED[name])
    expect(foot.locator("output")).to_have_text("", timeout=5000)


def test_a_formula_of_several_lines_is_copied_as_it_was_written(new_context, address):
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(f"{address}/posts/two.html")
    foot = foot_of(page, "two-b")
    foot.get_by_role("button", name="TeX", exact=True).click()
    expect(foot.locator("output")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == (
        r"\begin{aligned} a &= b \\ &= c \end{aligned}"
    )


def test_a_page_opened_as_a_file_copies_too(page, built, heard):
    page.goto((built / "posts/two.html").as_uri())
    foot = foot_of(page, "two-a")
    foot.get_by_role("button", name="Reference", exact=True).click()
    expect(foot.locator("output")).to_have_text("Copied")
    assert heard["errors"] == []
