"""Searching as a reader does: by keys, on a phone, from a file; and what is said when it fails."""

import re
from urllib.parse import quote

import pytest
from conftest import NODE_MODULES, Site
from playwright.sync_api import expect

from .conftest import served

pytestmark = pytest.mark.browser

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
DONE = "[data-state=done]"


@pytest.fixture(scope="module")
def outdir(browser, tmp_path_factory):
    site = Site.of("search", tmp_path_factory.mktemp("search") / "site")
    built = site.build("-W")
    assert built.code == 0, built.output
    return built.outdir


@pytest.fixture(scope="module")
def address(outdir):
    with served(outdir) as address:
        yield address


def searched(page, address, query, **filters):
    """Open the page of the search with a query, and wait for the answer."""
    more = "".join(f"&{name}={quote(value)}" for name, value in filters.items())
    page.goto(f"{address}/search.html?q={quote(query)}{more}")
    page.wait_for_selector(f"#search-results{DONE}")
    return page.locator("#search-results a.search-result")


def hrefs(results) -> list[str]:
    return [result.get_attribute("href").rpartition("/")[2] for result in results.all()]


class TestThePage:
    def test_a_link_leads_to_results(self, page, address):
        results = searched(page, address, "滤波器")
        assert hrefs(results)[0] == "filters.html"
        expect(page.locator("[name=q]")).to_have_value("滤波器")
        expect(page.get_by_role("status")).to_contain_text("找到文章")

    def test_results_come_as_one_types_and_the_address_follows(self, page, address):
        page.goto(f"{address}/search.html")
        field = page.locator("[name=q]")
        expect(field).to_be_focused()
        field.press_sequentially("汉宁窗")
        result = page.locator("a.search-result").first
        expect(result.locator("mark")).to_have_text("汉宁窗")
        expect(result).to_have_attribute("href", re.compile(r"posts/filters\.html#"))
        page.wait_for_url("**/search.html?q=*")
        page.reload()
        expect(page.locator("a.search-result mark").first).to_have_text("汉宁窗")

    def test_a_result_leads_to_its_section(self, page, address):
        searched(page, address, "旁瓣").first.click()
        expect(page.locator("section:target h2")).to_contain_text("窗函数")

    def test_filters_choose_and_are_part_of_the_address(self, page, address):
        assert len(hrefs(searched(page, address, "采样"))) > 1
        category = page.get_by_role("combobox", name="分类")
        category.select_option("算法")
        page.wait_for_url("**category=*")
        page.wait_for_selector(f"#search-results{DONE}")
        articles = page.locator(".search-articles a.search-result")
        expect(articles).to_have_count(1)
        assert hrefs(articles)[0].startswith("fft.html")
        page.reload()
        expect(category).to_have_value("算法")
        expect(articles).to_have_count(1)

    def test_formulas_are_found_by_tex_and_shown(self, page, address):
        results = searched(page, address, r"E_k + e^{-2 \pi i k / N} O_k")
        first = results.first
        expect(first).to_have_class(re.compile("search-result-formula"))
        expect(first.locator(".katex")).to_be_visible()
        assert hrefs(results)[0] == "fft.html#fft-butterfly"
        expect(page.locator(".search-group").first).to_have_class(re.compile("search-formulas"))

    def test_formulas_are_found_by_name(self, page, address):
        page.goto(f"{address}/search.html?q=interpolation")
        formula = page.locator("a.search-result-formula").first
        expect(formula).to_have_attribute("href", re.compile("#sampling-interpolation$"))

    def test_nothing_found_is_said(self, page, address):
        results = searched(page, address, "zzzz")
        expect(results).to_have_count(0)
        expect(page.get_by_role("status")).to_contain_text("什么也没找到")

    def test_an_empty_field_asks_for_nothing(self, page, address):
        sent = []
        page.on("request", lambda request: sent.append(request.url))
        page.goto(f"{address}/search.html")
        page.wait_for_selector("#search-results[data-state=empty]")
        page.wait_for_load_state("networkidle")
        assert not [url for url in sent if "/_search/" in url]

    def test_it_works_from_a_file(self, page, outdir):
        page.goto(f"file://{outdir}/search.html?q={quote('滤波器')}")
        page.wait_for_selector(f"#search-results{DONE}")
        assert hrefs(page.locator("a.search-result"))[0] == "filters.html"

    def test_without_script_it_says_so(self, new_context, address):
        page = new_context(java_script_enabled=False).new_page()
        page.goto(f"{address}/search.html?q=x")
        expect(page.locator("noscript p")).to_contain_text("搜索需要 JavaScript")
        expect(page.locator("noscript p")).to_be_visible()


class TestTheDialog:
    def test_nothing_is_loaded_before_it_is_opened(self, page, address):
        sent = []
        page.on("request", lambda request: sent.append(request.url))
        page.goto(f"{address}/posts/filters.html")
        page.wait_for_load_state("networkidle")
        assert not [url for url in sent if "/_search/" in url or "search-engine" in url]

    @pytest.mark.parametrize("key", ["Control+k", "/"])
    def test_keys_open_it_move_in_it_and_close_it(self, page, address, key):
        page.goto(f"{address}/posts/fft.html")
        page.keyboard.press(key)
        dialog = page.get_by_role("dialog", name="搜索")
        field = dialog.get_by_role("searchbox")
        expect(field).to_be_focused()
        page.keyboard.type("采样")
        dialog.locator(f".search-results{DONE} a.search-result").first.wait_for()
        page.keyboard.press("ArrowDown")
        expect(dialog.locator("a.search-result").first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(dialog.locator("a.search-result").nth(1)).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(field).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()

    def test_enter_follows_a_result_and_goes_to_all_results(self, page, address):
        page.goto(f"{address}/posts/fft.html")
        page.keyboard.press("/")
        page.keyboard.type("滤波器")
        page.locator(f"dialog .search-results{DONE}").wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/search.html?q={quote('滤波器')}")
        page.wait_for_selector(f"#search-results{DONE}")
        page.keyboard.press("/")
        expect(page.locator("[name=q]")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/posts/filters.html*")

    def test_a_slash_in_a_field_is_a_slash(self, page, address):
        page.goto(f"{address}/search.html")
        page.locator("[name=q]").press_sequentially("a/b")
        expect(page.locator("[name=q]")).to_have_value("a/b")

    def test_a_finger_opens_and_closes_it(self, new_context, address):
        context = new_context(viewport={"width": 360, "height": 740}, has_touch=True)
        page = context.new_page()
        page.goto(f"{address}/posts/fft.html")
        page.get_by_role("button", name="搜索").first.tap()
        dialog = page.get_by_role("dialog", name="搜索")
        expect(dialog).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for target in dialog.locator("input, button").all():
            assert target.bounding_box()["height"] >= 44
        dialog.get_by_role("button", name="关闭").tap()
        expect(dialog).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_everybody_can_use_it(new_context, address, width, scheme):
    context = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    wrong = []
    page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
    check = """axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => [id, nodes[0].html]))"""
    searched(page, address, r"x_n 采样")
    page.add_script_tag(path=AXE)
    assert page.evaluate(check) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{address}/posts/fft.html")
    page.keyboard.press("/")
    page.keyboard.type("采样")
    page.locator(f"dialog .search-results{DONE} a").first.wait_for()
    page.add_script_tag(path=AXE)
    assert page.evaluate(check) == []
    assert wrong == []


class TestWhatIsWrong:
    def test_a_missing_index(self, page, address):
        page.route("**/_search/manifest.js*", lambda route: route.fulfill(status=404))
        page.goto(f"{address}/search.html?q=x")
        page.wait_for_selector("#search-results[data-state=error]")
        expect(page.get_by_role("status")).to_contain_text("没有搜索用的索引")

    @pytest.mark.parametrize("body", ["<!doctype html>", "formularySearch.take('x', 1"])
    def test_a_broken_part(self, page, address, body):
        page.route("**/_search/terms/*", lambda route: route.fulfill(status=200, body=body))
        page.goto(f"{address}/search.html?q={quote('采样')}")
        page.wait_for_selector("#search-results[data-state=error]")
        expect(page.get_by_role("status")).to_contain_text("有一部分读不出来")

    def test_it_recovers_when_the_part_is_there_again(self, page, address):
        page.route("**/_search/terms/*", lambda route: route.fulfill(status=500))
        page.goto(f"{address}/search.html?q={quote('采样')}")
        page.wait_for_selector("#search-results[data-state=error]")
        page.unroute("**/_search/terms/*")
        page.locator("[name=q]").press("Enter")
        page.wait_for_selector(f"#search-results{DONE}")
        expect(page.locator("a.search-result").first).to_be_visible()

    def test_an_index_that_a_file_may_not_load(self, page, outdir, tmp_path):
        for name in ("search.html", "_static"):
            (tmp_path / name).symlink_to(outdir / name)
        page.goto(f"file://{tmp_path}/search.html?q=x")
        page.wait_for_selector("#search-results[data-state=error]")
        expect(page.get_by_role("status")).to_contain_text("以文件方式打开")
