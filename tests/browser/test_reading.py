"""A reader opens the site, from a server or from a folder, wide or narrow, light or dark."""

import pytest
from playwright.sync_api import expect
from whole_site import pages, tree

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def article(folder) -> str:
    """An article with a figure."""
    return next(
        f"posts/{path.name}"
        for path in pages(folder)
        if path.parent.name == "posts" and tree(path).xpath("//figure")
    )


@pytest.fixture(scope="session")
def category(folder) -> str:
    return next((folder / "blog/category").glob("*.html")).relative_to(folder).as_posix()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_every_page_opens_without_error_from_itself_alone(page, folder, request, scheme):
    root = request.getfixturevalue("server") if scheme == "http" else folder.as_uri()
    found = []

    def hear(said):
        if said.type == "error":
            found.append(f"{said.text} {said.location['url']}")

    page.on("console", hear)
    page.on("pageerror", lambda error: found.append(str(error)))
    # The next page ends what the browser still asks for, such as the icon.
    page.on(
        "requestfailed",
        lambda failed: (
            failed.failure == "net::ERR_ABORTED" or found.append(f"failed: {failed.url}")
        ),
    )
    page.on("response", lambda got: got.status >= 400 and found.append(f"{got.status} {got.url}"))
    page.on("request", lambda sent: sent.url.startswith((root, "data:")) or found.append(sent.url))
    trouble = {}
    for path in pages(folder):
        name = path.relative_to(folder).as_posix()
        if name == "404.html" and scheme == "file":
            continue  # its links begin at the root of a host
        page.goto(f"{root}/{name}")
        expect(page.locator("article h1").first).to_be_visible()
        if found:
            trouble[name] = [*found]
            found.clear()
    assert trouble == {}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_no_page_is_wider_than_the_window(page, folder, article, category, size):
    page.set_viewport_size(size)
    wide = {}
    for name in ("index.html", article, category, "bibliography.html", "blog.html"):
        page.goto((folder / name).as_uri())
        too_much = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if too_much > 0:
            wide[name] = too_much
    assert wide == {}


@pytest.mark.parametrize("name", ["index", "article"])
def test_the_drawer_opens_by_its_button(page, folder, article, name):
    page.set_viewport_size(NARROW)
    page.goto((folder / (article if name == "article" else "index.html")).as_uri())
    link = page.locator(".category-links a").first
    expect(link).not_to_be_in_viewport()
    page.locator("button.primary-toggle:visible").click()
    expect(link).to_be_in_viewport()
    link.click()
    page.wait_for_url("**/blog/category.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_image_of_a_figure_is_visible(page, folder, article, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto((folder / article).as_uri())
    figures = page.locator("figure.plot-figure").all()
    assert figures
    for figure in figures:
        figure.scroll_into_view_if_needed()  # what is far away has the style of before the scripts
        images = figure.locator("img").all()
        shown = [image for image in images if image.is_visible()]
        shown[0].evaluate("image => image.decode()")  # it comes when it is near
        loaded = [image.evaluate("image => image.naturalWidth > 0") for image in images]
        assert loaded == [image in shown for image in images]
        assert [f"only-{scheme}" in image.get_attribute("class") for image in shown] == [True]
        expect(figure.locator("figcaption")).to_be_visible()
        assert shown[0].get_attribute("alt")
