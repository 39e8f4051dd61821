"""A reader goes through the graph by keys, by mouse and by touch, with and without script."""

import re

import pytest
from playwright.sync_api import expect

from .test_reading import NARROW, WIDE

pytestmark = pytest.mark.browser

LINKS = """() => {
  const nodes = [...document.querySelectorAll(".graph-node")].map((node) => node.href.baseVal);
  const pairs = document.querySelector(".graph-rays").dataset.links.trim().split(" ");
  return pairs.map((pair) => pair.split("-").map((place) => nodes[place]));
}"""
CONTRAST = """(element) => {
  const canvas = document.createElement("canvas").getContext("2d", { colorSpace: "srgb" });
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
    const linear = parts.map((p) => (p <= 0.04045 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  const drawn = ["fill", "stroke"].map((name) => light(getComputedStyle(element)[name]));
  return Math.max(...drawn.map((one) => {
    const [low, high] = [one, ground].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }));
}"""


@pytest.fixture
def graph(page, folder):
    """The page, from a folder, wide."""
    page.set_viewport_size(WIDE)
    page.emulate_media(reduced_motion="reduce")
    page.goto((folder / "graph.html").as_uri())
    return page


def enter(page):
    """Go into the picture by Tab, from the last control before it."""
    page.locator(".graph-filter input").last.focus()
    page.keyboard.press("Tab")


def at(page) -> str | None:
    """The address of the article that has the focus."""
    return page.evaluate("document.activeElement.href?.baseVal ?? null")


def place(page) -> tuple[float, float]:
    """Where the article that has the focus stands."""
    text = page.evaluate("document.activeElement.getAttribute('transform')")
    x, y = re.findall(r"[\d.]+", text)
    return float(x), float(y)


def zoomed(page) -> float:
    found = re.search(r"scale\(([\d.]+)", page.locator(".graph-view").get_attribute("transform"))
    return float(found[1])


def test_tab_stops_once_in_the_picture(graph):
    enter(graph)
    first = at(graph)
    assert first is not None
    graph.keyboard.press("ArrowDown")
    second = at(graph)
    assert second not in (None, first)
    graph.keyboard.press("Tab")
    assert at(graph) is None
    graph.keyboard.press("Shift+Tab")
    assert at(graph) == second


@pytest.mark.parametrize(
    ("key", "axis", "sign"),
    [("ArrowRight", 0, 1), ("ArrowLeft", 0, -1), ("ArrowDown", 1, 1), ("ArrowUp", 1, -1)],
)
def test_an_arrow_goes_to_that_side_until_there_is_nothing_more(graph, key, axis, sign):
    enter(graph)
    seen = [at(graph)]
    while True:
        before = place(graph)
        graph.keyboard.press(key)
        if at(graph) == seen[-1]:
            break
        assert (place(graph)[axis] - before[axis]) * sign > 0
        seen.append(at(graph))
    assert len(set(seen)) == len(seen)
    outermost = graph.evaluate(
        "([axis, sign]) => Math.max(...[...document.querySelectorAll('.graph-node')].map((node) =>"
        "  sign * node.transform.baseVal[0].matrix[axis ? 'f' : 'e']))",
        [axis, sign],
    )
    assert place(graph)[axis] * sign == outermost


def test_keys_lead_through_every_article(graph):
    enter(graph)
    graph.keyboard.press("Home")
    names = [node.get_attribute("href") for node in graph.locator(".graph-node").all()]
    for name in names:
        assert at(graph) == name
        graph.keyboard.press("PageDown")
    assert at(graph) == names[-1]
    graph.keyboard.press("PageUp")
    assert at(graph) == names[-2]


def test_home_end_enter_and_escape(graph):
    nodes = graph.locator(".graph-node")
    enter(graph)
    graph.keyboard.press("End")
    expect(nodes.last).to_be_focused()
    graph.keyboard.press("Escape")
    expect(graph.locator(".graph-list")).to_be_focused()
    expect(graph.locator(".graph-node.on")).to_have_count(0)
    graph.keyboard.press("Tab")
    expect(graph.locator(".graph-list a").first).to_be_focused()
    enter(graph)
    graph.keyboard.press("Home")
    expect(nodes.first).to_be_focused()
    href = at(graph)
    graph.keyboard.press("Enter")
    graph.wait_for_url(f"**/{href}")


def test_focus_tells_of_the_links_and_shows_them(graph):
    links = graph.evaluate(LINKS)
    target = max({link[1] for link in links}, key=[link[1] for link in links].count)
    ends = {other for link in links if target in link for other in link}
    told = graph.locator(".graph-told")
    assert told.get_attribute("role") == "status"
    enter(graph)
    graph.locator(f'.graph-node[href="{target}"]').focus()
    lit = {node.get_attribute("href") for node in graph.locator(".graph-node.on").all()}
    assert lit == ends
    assert graph.locator(".graph-lit").get_attribute("d").count("z") == sum(
        target in link for link in links
    )
    names = [
        graph.locator(f'.graph-node[href="{end}"] text').text_content() for end in ends - {target}
    ]
    said = told.text_content()
    assert [name for name in names if name not in said] == []


def test_pointing_at_an_article_shows_its_links_too(graph):
    node = graph.locator(".graph-node").first
    node.locator("path").hover()
    expect(node).to_have_class(re.compile(r"\bat\b"))
    expect(graph.locator(".graph-told b")).to_have_text(node.locator("title").text_content())
    graph.locator("article h1").hover()
    expect(graph.locator(".graph-node.on")).to_have_count(0)


def test_keys_zoom_and_the_focus_stays_in_sight(graph):
    enter(graph)
    for _ in range(3):
        graph.keyboard.press("+")
    assert zoomed(graph) == pytest.approx(1.5**3, rel=0.01)
    frame = graph.locator(".graph-chart").bounding_box()
    for key in ("Home", "End", "ArrowLeft", "ArrowUp"):
        graph.keyboard.press(key)
        box = graph.locator(".graph-node:focus > path").bounding_box()
        assert frame["x"] <= box["x"] + box["width"] / 2 <= frame["x"] + frame["width"]
        assert frame["y"] <= box["y"] + box["height"] / 2 <= frame["y"] + frame["height"]
    graph.keyboard.press("-")
    assert zoomed(graph) == pytest.approx(1.5**2, rel=0.01)
    graph.keyboard.press("0")
    assert zoomed(graph) == 1


def test_buttons_and_the_mouse_zoom_and_move(graph):
    graph.locator('.graph-buttons [value="+"]').click()
    assert zoomed(graph) == 1.5
    graph.evaluate("scrollTo(0, 0)")
    view = graph.locator(".graph-view")
    before = view.get_attribute("transform")
    box = graph.locator(".graph-chart").bounding_box()
    graph.mouse.move(box["x"] + 20, box["y"] + 20)
    graph.mouse.down()
    graph.mouse.move(box["x"] + 90, box["y"] + 60, steps=3)
    graph.mouse.up()
    assert view.get_attribute("transform") != before
    moved = view.get_attribute("transform")
    graph.mouse.wheel(0, 100)  # scrolls the page
    graph.wait_for_function("scrollY > 0")
    assert view.get_attribute("transform") == moved
    graph.keyboard.down("Control")
    graph.mouse.wheel(0, -100)
    graph.keyboard.up("Control")
    graph.wait_for_function("(old) => document.querySelector('.graph-view')"
                            ".getAttribute('transform') !== old", arg=moved)  # fmt: skip
    assert zoomed(graph) > 1.5


def test_a_category_alone(graph):
    links = graph.evaluate(LINKS)
    graph.locator(".graph-filter input").nth(1).check()
    wanted = graph.locator('.graph-node[data-category="1"]')
    own = {node.get_attribute("href") for node in wanted.all()}
    assert own
    shown = [group for group in graph.locator(".graph-group").all() if group.is_visible()]
    assert [group.get_attribute("data-category") for group in shown] == ["1"]
    expect(graph.locator(".graph-node:not(.off)")).to_have_count(len(own))
    rays = graph.locator(".graph-rays").get_attribute("d").count("z")
    assert rays == sum(bool(own & set(link)) for link in links)
    enter(graph)
    seen = {at(graph)}
    for key in ("End", "Home", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        graph.keyboard.press(key)
        seen.add(at(graph))
    assert seen <= own
    graph.locator(".graph-filter input").nth(1).uncheck()
    expect(graph.locator(".graph-node.off")).to_have_count(0)


def test_without_script_every_article_is_a_link(browser, folder):
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto((folder / "graph.html").as_uri())
    nodes = page.locator(".graph-node")
    for hidden in (".graph-filter input", ".graph-buttons", ".graph-keys", ".graph-told"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".graph-filter label").first).to_be_visible()
    nodes.first.focus()
    page.keyboard.press("Tab")
    expect(nodes.nth(1)).to_be_focused()
    href = nodes.nth(1).get_attribute("href")
    nodes.nth(1).locator("path").click()
    page.wait_for_url(f"**/{href}")
    context.close()


def test_every_open_draws_the_same(page, folder):
    page.set_viewport_size(WIDE)
    drawn = []
    for _ in range(2):
        page.goto((folder / "graph.html").as_uri())
        drawn.append(page.locator(".graph-picture").screenshot())
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_and_labels_stand_out(graph, scheme):
    graph.emulate_media(color_scheme=scheme)
    graph.reload()
    for name, least in ((".graph-node > path", 3), (".graph-node > text", 4.5)):
        contrasts = [element.evaluate(CONTRAST) for element in graph.locator(name).all()]
        assert min(contrasts) >= least


def test_no_label_covers_another(graph):
    boxes = [text.bounding_box() for text in graph.locator(".graph-node > text:visible").all()]
    assert len(boxes) > 20
    covered = [
        (one, other)
        for index, one in enumerate(boxes)
        for other in boxes[:index]
        if one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] + 4 < other["y"] + other["height"]
        and other["y"] + 4 < one["y"] + one["height"]
    ]
    assert covered == []


@pytest.fixture
def phone(browser, folder):
    context = browser.new_context(viewport=NARROW, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((folder / "graph.html").as_uri())
    yield page
    context.close()


def fingers(session, kind: str, *points: tuple[float, float]) -> None:
    touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def test_a_phone_pinches_and_does_not_scroll_sideways(phone):
    assert phone.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    chart = phone.locator(".graph-chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hand = phone.context.new_cdp_session(phone)
    fingers(hand, "touchStart", (x - 20, y), (x + 20, y))
    fingers(hand, "touchMove", (x - 40, y), (x + 40, y))
    fingers(hand, "touchMove", (x - 60, y), (x + 60, y))
    fingers(hand, "touchEnd")
    expect(phone.locator(".graph-view")).to_have_attribute("transform", re.compile("scale"))
    assert zoomed(phone) == pytest.approx(3, rel=0.05)
    before = phone.locator(".graph-view").get_attribute("transform")
    fingers(hand, "touchStart", (x, y))  # now one finger moves it
    fingers(hand, "touchMove", (x + 30, y + 10))
    fingers(hand, "touchMove", (x + 60, y + 20))
    fingers(hand, "touchEnd")
    assert phone.locator(".graph-view").get_attribute("transform") != before
    assert phone.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_labels_that_a_phone_shows_can_be_read(phone):
    shown = [text for text in phone.locator(".graph-node > text").all() if text.is_visible()]
    assert shown
    for text in shown:
        assert text.bounding_box()["height"] >= 10


def test_the_picture_of_an_article_leads_to_its_neighbours(page, folder):
    page.set_viewport_size(NARROW)
    page.goto((folder / "graph.html").as_uri())
    article = page.evaluate(LINKS)[0][0]
    page.goto((folder / article).as_uri())
    link = page.locator(".neighbourhood svg a").first
    box = page.locator(".neighbourhood svg").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW["width"]
    href = link.get_attribute("href")
    link.locator("text").click()
    page.wait_for_url(f"**/{href}")
