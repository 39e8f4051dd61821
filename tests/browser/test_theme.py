"""The theme works with slim files as it does with its own, and looks the same."""

import io

import pytest
from conftest import Site
from PIL import Image, ImageChops
from playwright.sync_api import expect

from .conftest import served

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1440, "height": 900}
THEMES = {
    "sphinx_book_theme": ["constructs.html", "posts/first.html", "blog.html", "genindex.html"],
    "pydata_sphinx_theme": ["constructs.html", "deep/page.html"],
}
# Nothing that depends on time, such as a tooltip.
STILL = "* { transition: none !important; animation: none !important }"
STILL += ".tooltip { display: none !important }"
FAINT = 12  # levels of 255 by which the edge of a letter may differ from one drawing to the next


@pytest.fixture(scope="module", params=THEMES)
def themed(request, browser, tmp_path_factory):
    """A site with one of the themes: slim, and with the theme's own stylesheets."""
    site = Site.of("theme", tmp_path_factory.mktemp("theme") / "site")
    site.env = {"THEME": request.param}
    slim = site.build("-W", out="slim")
    assert (slim.warnings, slim.code) == ([], 0)
    site.env["WHOLE_CSS"] = "1"
    return request.param, slim.outdir, site.build(out="whole").outdir


def views(browser, folder, name, size, scheme):
    """What a page looks like, and what each of its parts does when it is opened."""
    page = browser.new_page(viewport=size, color_scheme=scheme)

    def show():
        page.goto((folder / name).as_uri())
        page.add_style_tag(content=STILL)
        page.evaluate("document.fonts.ready")

    show()
    yield "page", page.screenshot(full_page=True)
    page.emulate_media(media="print")
    yield "print", page.screenshot(full_page=True)
    page.emulate_media(media="screen")
    for _ in range(6):
        page.keyboard.press("Tab")
    yield "focus", page.screenshot()
    for opener in ('[data-bs-toggle="dropdown"]', ".primary-toggle", ".secondary-toggle"):
        show()
        for button in page.locator(f"{opener}:visible").all():
            button.click()
            yield opener, page.screenshot()
    page.close()


def differences(ours, theirs):
    """The views in which two pages differ, and where."""
    for (view, data), (_, other) in zip(ours, theirs, strict=True):
        if data != other:
            images = [Image.open(io.BytesIO(item)).convert("RGB") for item in (data, other)]
            place = ImageChops.difference(*images).point(lambda level: level > FAINT).getbbox()
            if place or images[0].size != images[1].size:
                yield view, place


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_purged_looks_like_unpurged(browser, themed, size, scheme):
    theme, slim, whole = themed
    different = {}
    for name in THEMES[theme]:
        for _ in range(3):  # on a busy machine a picture may be taken too early; a loss stays
            pages = (views(browser, folder, name, size, scheme) for folder in (slim, whole))
            different[name] = list(differences(*pages))
            if not different[name]:
                break
    assert not any(different.values()), different


@pytest.fixture(scope="module")
def book(browser, tmp_path_factory):
    """The address of a site with the book theme."""
    site = Site.of("theme", tmp_path_factory.mktemp("book") / "site")
    with served(site.build("-q").outdir) as address:
        yield address


@pytest.fixture
def open_page(browser, book):
    opened = []

    def open_page(name="constructs.html", size=WIDE, **options):
        context = browser.new_context(viewport=size, **options)
        page = context.new_page()
        page.on("pageerror", lambda error: opened.append(str(error)))
        page.goto(f"{book}/{name}")
        return page

    yield open_page
    assert opened == []


class TestDrawers:
    @pytest.mark.parametrize("side", ["primary", "secondary"])
    def test_a_narrow_window_has_drawers(self, open_page, side):
        page = open_page(size=NARROW)
        drawer = page.locator(f"#pst-{side}-sidebar-modal")
        for close in (
            lambda: page.keyboard.press("Escape"),
            lambda: page.mouse.click(350 if side == "primary" else 5, 400),
        ):
            expect(drawer).not_to_be_visible()
            page.locator(f"button.{side}-toggle:visible").click()
            expect(drawer).to_be_visible()
            expect(drawer.locator("a").first).to_be_in_viewport()
            close()
        expect(drawer).not_to_be_visible()

    def test_a_wide_window_can_do_without_the_sidebar(self, open_page):
        page = open_page()
        sidebar = page.locator("#pst-primary-sidebar")
        expect(sidebar).to_be_visible()
        page.locator("button.primary-toggle:visible").click()
        expect(sidebar).not_to_be_visible()
        page.locator("button.primary-toggle:visible").click()
        expect(sidebar).to_be_visible()


class TestMenus:
    def test_the_scheme_is_chosen_and_remembered(self, open_page, book):
        page = open_page(color_scheme="light")
        html = page.locator("html")
        background = "() => getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(background)
        for mode in ("dark", "light", "auto", "dark"):
            page.locator(".theme-switch-button:visible").click()
            page.locator(f".theme-change-button[data-mode={mode}]:visible").click()
            expect(html).to_have_attribute("data-mode", mode)
            expect(page.locator(".dropdown-menu.show")).to_have_count(0)
        assert page.evaluate(background) != light
        page.goto(f"{book}/index.html")
        expect(html).to_have_attribute("data-theme", "dark")

    def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(self, open_page):
        page = open_page()
        button, menu = page.locator(".theme-switch-button"), page.locator(".dropdown-menu.show")
        button.click()
        under, over = menu.bounding_box(), button.bounding_box()
        assert abs(under["x"] + under["width"] - over["x"] - over["width"]) < 1
        assert 0 <= under["y"] - over["y"] - over["height"] < 5
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(menu).to_have_count(0)
        expect(button).to_be_focused()
        button.click()
        page.locator("article h1").click()
        expect(menu).to_have_count(0)
        expect(button).to_have_attribute("aria-expanded", "false")

    def test_arrow_keys_move_through_a_menu(self, open_page):
        page = open_page()
        page.locator(".theme-switch-button").press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".theme-change-button").nth(1)).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(page.locator(".theme-change-button").nth(0)).to_be_focused()

    @pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
    def test_one_menu_is_open_at_a_time_and_in_the_window(self, open_page, size):
        page = open_page(size=size)
        for button in page.locator('[data-bs-toggle="dropdown"]:visible').all():
            button.click()
            expect(page.locator(".dropdown-menu.show")).to_have_count(1)
            expect(page.locator(".dropdown-menu.show")).to_be_in_viewport(ratio=1)

    @pytest.mark.parametrize("way", ["hover", "focus"])
    def test_a_tooltip_says_what_a_button_does(self, open_page, way):
        page = open_page()
        tooltip = page.get_by_role("tooltip")
        for selector, words in (
            ("button.primary-toggle", "Menu"),
            ("button.theme-switch-button", "Color mode"),
        ):
            button = page.locator(f"{selector}:visible")
            if way == "hover":
                button.hover()
            else:
                button.focus()
            expect(tooltip).to_have_text(words)
            under, over = tooltip.bounding_box(), button.bounding_box()
            assert 0 <= under["y"] - over["y"] - over["height"] < 20
            assert (
                under["x"] < over["x"] + over["width"] and over["x"] < under["x"] + under["width"]
            )
            expect(button).to_have_accessible_name(words)
            button.blur()
            page.mouse.move(700, 500)
            expect(tooltip).to_have_count(0)


def test_the_table_of_contents_marks_the_section_in_view(open_page):
    page = open_page()
    marked = page.locator('#pst-page-toc-nav a[aria-current="true"]')
    for name in ("Tables", "Admonitions", "Code"):
        place = page.get_by_role("heading", name=name).bounding_box()["y"]
        page.evaluate(f"scrollBy({{ top: {place} - 100, behavior: 'instant' }})")
        expect(marked).to_have_text(name)
    # No heading comes by in these jumps.
    place = page.get_by_role("heading", name="Admonitions").bounding_box()["y"]
    page.evaluate(f"scrollBy({{ top: {place} + 100, behavior: 'instant' }})")
    expect(marked).to_have_text("Admonitions")
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    expect(marked).to_have_count(0)


def test_the_way_back_to_the_top(open_page):
    page = open_page(size=NARROW)  # a wide window has none in the book theme
    button = page.locator("#pst-back-to-top")
    scroll = """top => new Promise(heard => {
        addEventListener("scroll", heard, { once: true });
        scrollTo({ top, behavior: "instant" });
    }).then(() => {})"""
    page.wait_for_load_state("networkidle")  # fonts that come late move the page
    page.evaluate("document.fonts.ready.then(() => {})")
    page.evaluate(scroll, 2000)
    expect(button).not_to_be_visible()
    page.evaluate(scroll, 1800)
    expect(button).to_be_visible()
    button.click()
    page.wait_for_function("scrollY === 0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_icons_are_drawn(open_page, scheme):
    page = open_page(color_scheme=scheme)
    assert page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('900 1em \"Font Awesome 7 Free\"'))"
    )
    for selector in (".primary-toggle", ".theme-switch-button", ".onthispage i", ".btn .fa-github"):
        shown = page.locator(f"{selector}:visible").first
        picture = Image.open(io.BytesIO(shown.screenshot())).convert("L")
        darkest, lightest = picture.getextrema()
        assert lightest - darkest > 60, f"{selector} is blank"
    blank = page.evaluate(
        """() => [...document.querySelectorAll('[class*="fa-"]')].filter(icon =>
            ["none", "normal"].includes(getComputedStyle(icon, "::before").content))
            .map(icon => icon.className)"""
    )
    assert blank == []
