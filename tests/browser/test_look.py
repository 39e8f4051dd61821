"""Every kind of page is read by everybody: wide or narrow, light or dark, by keyboard, on paper."""

import re
import time

import pytest
from conftest import NODE_MODULES
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
WIDTHS = (360, 768, 1440)
KINDS = {
    "listing": "index.html",
    "second page": "page/2.html",
    "article": "posts/lora.html",
    "formula index": "formulas.html",
    "formulas": "formulas/参数高效微调.html",
    "search": "search.html?q=attention",
    "categories": "blog/category.html",
    "category": "blog/category/参数高效微调.html",
    "tags": "blog/tag.html",
    "tag of one post": "blog/tag/线性代数.html",
    "archive": "blog/archive.html",
    "guide": "guide/refer.html",
    "works": "bibliography.html",
    "about": "about.html",
    "graph": "graph.html",
    "notation": "notation.html",
    "terms": "terms.html",
    "missing page": "404.html",
}
SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (!entry.hadRecentInput) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
VIOLATIONS = """
    axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html]))
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_every_kind_of_page_can_be_read_by_everybody(new_context, server, path, width, scheme):
    context = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    wrong = []
    page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request", lambda sent: sent.url.startswith((server, "data:")) or wrong.append(sent.url)
    )
    page.add_init_script(SHIFTS)
    page.goto(f"{server}/{path}")
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    assert wrong == []
    assert page.evaluate("shifts") < 0.05
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.add_script_tag(path=AXE)
    assert page.evaluate(VIOLATIONS) == []


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", ["index.html", "posts/lora.html", "posts/lora.html#lora-spectrum",
                                  "posts/flash-attention.html", "guide/refer.html"])  # fmt: skip
def test_nothing_moves_on_a_slow_machine_when_fonts_and_scripts_come_late(
    new_context, server, path, width
):
    context = new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})

    def late(route):
        time.sleep(0.2)
        route.continue_()

    page.route(re.compile(r"\.woff2|pydata-sphinx-theme\.js|zoom\.js|copy\.js"), late)
    page.add_init_script(SHIFTS)
    page.goto(f"{server}/{path}")
    page.evaluate("document.fonts.ready.then(() => {})")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")  # drawn
    assert page.evaluate("shifts") < 0.005


def test_formulas_are_shown_where_no_font_comes(page, server):
    page.route("**/KaTeX_*.woff2*", lambda route: route.abort())
    page.goto(f"{server}/posts/lora.html")
    page.wait_for_function("![...document.fonts].some(({ family }) => family.includes('Blank'))")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_begins_with_the_punctuation_after_a_formula(browser, server, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in ("index.html", "posts/lora.html", "posts/flash-attention.html"):
        page.goto(f"{server}/{path}")
        torn = page.evaluate(
            """() => [...document.querySelectorAll("span.math.notranslate")].filter((math) => {
                 const after = math.nextSibling;
                 if (!/^[、，。；：？！）」]/.test(after?.data)) return false;
                 const range = document.createRange();
                 range.setStart(after, 0);
                 range.setEnd(after, 1);
                 const last = [...math.querySelectorAll(".katex-base")].pop();
                 const { right } = last.getBoundingClientRect();
                 return range.getBoundingClientRect().left < right - 5;
               }).map((math) => math.textContent)"""
        )
        assert torn == [], path


class TestWithoutScript:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_a_figure_has_the_image_of_the_readers_system(self, new_context, server, scheme):
        page = new_context(java_script_enabled=False, color_scheme=scheme).new_page()
        page.goto(f"{server}/posts/lora.html")
        page.locator(".plot-figure").scroll_into_view_if_needed()
        images = page.locator(".plot-figure img")
        shown = [image.get_attribute("class") for image in images.all() if image.is_visible()]
        assert shown == [f"only-{scheme}"]

    def test_a_phone_has_the_pages_of_the_sidebar(self, new_context, server):
        size = {"width": 360, "height": 740}
        page = new_context(java_script_enabled=False, viewport=size).new_page()
        page.goto(f"{server}/about.html")
        expect(page.locator(".sidebar-toggle:visible")).to_have_count(0)
        page.locator(".category-links a").first.click()
        page.wait_for_url("**/blog/category.html")


FOCUSED = """
    (() => {
      const found = document.activeElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(found);
      const box = found.getBoundingClientRect();
      return { name: found.outerHTML.slice(0, 90), body: found === document.body, width: box.width,
               seen: (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none" };
    })()
"""


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_keys_alone_reach_what_a_page_has_and_show_where_they_are(browser, server, path):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{server}/{path}")
    page.keyboard.press("Tab")
    expect(page.locator("#pst-skip-link a")).to_be_focused()
    for _ in range(25):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if focus["body"]:
            break
        assert focus["seen"], focus["name"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_back_to_the_top_can_be_read(new_context, server, scheme):
    size = {"width": 360, "height": 740}
    page = new_context(color_scheme=scheme, viewport=size).new_page()
    page.goto(f"{server}/posts/lora.html")
    page.evaluate("scrollTo(0, 3000)")
    page.mouse.wheel(0, -500)
    expect(page.locator("#pst-back-to-top")).to_be_visible()
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run('#pst-back-to-top')")
    assert [rule["id"] for rule in found["violations"]] == []


def test_targets_on_a_phone_are_large_enough(browser, server):
    page = browser.new_page(viewport={"width": 360, "height": 740}, has_touch=True)
    for path in KINDS.values():
        page.goto(f"{server}/{path}")
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 `.bd-header-article button, .site-links a, .pagination a, .view-list p, summary,
                  .post-card h2 a, .article-meta a, .article-tags a, .post-card-meta a, .label > a,
                  :is(.article-backlinks, .article-related, .formula-uses) > ul > li > a,
                  .article-foot a, .toc-entry > a, .formula-entry > a, .view-posts a, .notation a,
                  .formula-group h2 a, .graph-filter label, .graph-buttons button,
                  .graph-list li > a`)]
               .map((target) => [target.outerHTML.slice(0, 80), target.getBoundingClientRect()])
               .filter(([, { width, height }]) => width && (height < 43.5 || width < 24))
               .map(([name]) => name)"""
        )
        assert small == [], path


def test_nothing_moves_for_those_who_do_not_want_it(new_context, server):
    page = new_context(reduced_motion="reduce").new_page()
    page.goto(f"{server}/posts/lora.html")
    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter((node) => {
             const { transitionDuration, animationName } = getComputedStyle(node);
             return animationName !== "none"
               || transitionDuration.split(",").some((time) => parseFloat(time) > 0.01);
           }).length"""
    )
    assert moving == 0


def test_paper_shows_the_article_alone(page, server):
    page.goto(f"{server}/posts/lora.html")
    page.emulate_media(media="print")
    expect(page.locator("article h1").first).to_be_visible()
    hidden = ".bd-sidebar-primary, .bd-sidebar-secondary, .bd-header-article, .headerlink, footer"
    hidden += ", .code-copy, .formula-copy, .article-foot, .article-backlinks, .article-related"
    for part in page.locator(hidden).all():
        expect(part).to_be_hidden()


def test_paper_is_light(new_context, server):
    page = new_context(color_scheme="dark").new_page()
    page.goto(f"{server}/posts/lora.html")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    text, ground = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert max(map(int, re.findall(r"\d+", text)[:3])) < 80
    assert ground == "rgba(0, 0, 0, 0)" or min(map(int, re.findall(r"\d+", ground)[:3])) > 240
    images = page.locator(".plot-figure img")
    shown = [image.get_attribute("class") for image in images.all() if image.is_visible()]
    assert shown == ["only-light"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_button_that_is_always_there_lies_beside_the_code(new_context, server):
    size = {"width": 360, "height": 740}
    page = new_context(viewport=size, has_touch=True, is_mobile=True).new_page()
    page.goto(f"{server}/posts/lora.html")
    button = page.locator(".code-copy button").first.bounding_box()
    text = page.locator("div.highlight pre span").first.bounding_box()
    assert min(button["width"], button["height"]) >= 43.5
    assert button["y"] + button["height"] <= text["y"] + 1


class TestReading:
    def test_a_block_of_code_is_copied(self, new_context, server):
        context = new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{server}/posts/lora.html")
        block = page.locator("div.highlight").first
        block.hover()
        block.get_by_role("button").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert f"{copied}\n" == block.locator("pre").text_content()

    def test_the_citation_is_bibtex(self, page, server):
        page.goto(f"{server}/posts/lora.html")
        page.locator(".article-cite summary").click()
        expect(page.locator(".article-cite pre")).to_contain_text("@misc{lora,")

    def test_a_figure_is_enlarged_and_put_back(self, page, server):
        page.goto(f"{server}/posts/lora.html")
        page.locator(".figure-button img:visible").first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("img")).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        page.locator(".figure-button:has(img:visible)").first.press("Enter")
        expect(dialog.locator("img")).to_be_visible()

    def test_a_formula_wider_than_the_page_is_scrolled_by_keys(self, browser, server):
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(f"{server}/posts/lora.html")
        wide = page.locator(".katex-display[tabindex]").first
        wide.focus()
        wide.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")

    def test_an_index_writes_a_formula_out_below_its_name(self, page, server):
        page.goto(f"{server}/formulas.html")
        entry = page.locator(".formula-entry").first
        entry.locator(".formula-shown").click()
        expect(entry.locator(".katex")).to_be_visible()
        entry.locator(".formula-shown").click()
        expect(entry.locator(".katex")).to_have_count(0)
