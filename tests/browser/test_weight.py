"""An article's page loads little, all of it from the site, however many posts there are."""

from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from conftest import Site
from whole_site import pages, tree

from .conftest import served

pytestmark = pytest.mark.browser

KB = 1000
# Bytes before compression. HTML has a budget of its own.
BUDGETS = {"script": 50 * KB, "stylesheet": 150 * KB, "font": 120 * KB}
HTML_OF_A_FORMULA, HTML_BESIDES = 3 * KB, 40 * KB


def weigh(page, address):
    """Open a page and scroll through it: bytes by type and file, and everything that went wrong."""
    loaded, wrong = defaultdict(dict), []
    responses = []
    # Playwright cannot call a method of a list.
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108
    page.on("requestfailed", lambda failed: wrong.append(f"failed: {failed.url}"))
    page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    host = urlsplit(address).netloc
    for response in responses:
        place = urlsplit(response.url)
        if place.scheme == "data":
            continue
        if place.netloc != host or response.status >= 400:
            wrong.append(f"{response.status} {response.url}")
        else:
            loaded[response.request.resource_type][place.path] = len(response.body())
    return loaded, wrong


def names(folder):
    return [f"posts/{path.name}" for path in pages(folder) if path.parent == folder / "posts"]


def test_articles_stay_within_their_budgets(browser, folder, server):
    over = []
    for name in names(folder):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        loaded, wrong = weigh(page, f"{server}/{name}")
        page.close()
        over += [f"{name}: {text}" for text in wrong]
        for kind, budget in BUDGETS.items():
            if sum(loaded[kind].values()) > budget:
                heaviest = sorted(loaded[kind].items(), key=lambda item: -item[1])
                over.append(f"{name}: over {budget} bytes of {kind}: {heaviest}")
        assert loaded["document"] and loaded["stylesheet"] and loaded["script"]
        assert not any("searchindex" in path for path in loaded["script"])
    assert over == []


def test_the_html_of_articles_stays_within_its_budget(folder):
    over = {}
    for name in names(folder):
        path = folder / name
        root = tree(path)
        formulas = len(root.xpath("//*[contains(concat(' ', @class, ' '), ' math notranslate ')]"))
        text = path.read_text(encoding="utf-8")
        start, end = text.index('<article class="bd-article"'), text.rindex("</article>")
        around = len((text[:start] + text[end:]).encode())
        if around > HTML_BESIDES / 2:
            over[name] = f"{around} bytes around the article"
        if len(text.encode()) > HTML_OF_A_FORMULA * formulas + HTML_BESIDES:
            over[name] = f"{len(text.encode())} bytes with {formulas} formulas"
    assert over == {}


@pytest.fixture
def growing(tmp_path):
    """A site of which every page of a post is alike."""
    site = Site.of("theme", tmp_path / "site")
    for number in range(3):
        site.post(f"post-{number:02}", title=f"Post {number:02}", category="Numbers")
    return site


def test_a_page_weighs_the_same_with_thirty_posts_more(browser, growing):
    def weight():
        folder = growing.build("-q").outdir
        page = browser.new_page()
        with served(folder) as address:
            loaded, wrong = weigh(page, f"{address}/posts/first.html")
        page.close()
        assert wrong == []
        return loaded

    before = weight()
    for number in range(3, 33):
        growing.post(f"post-{number:02}", title=f"Post {number:02}", category="Numbers")
    assert weight() == before
