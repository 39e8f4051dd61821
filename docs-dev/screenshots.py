"""Make pictures of every kind of page, at three widths, light and dark, from the built site.

    make html && .venv/bin/python docs-dev/screenshots.py

They go to ``_build/screenshots``; those that the README shows, to ``docs-dev/pictures``.
"""

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).parents[1]
SITE, OUT = PROJECT / "_build/html", PROJECT / "_build/screenshots"
PICTURES = PROJECT / "docs-dev/pictures"
KINDS = {
    "listing": "index.html",
    "article": "posts/flash-attention.html",
    "formulas": "formulas.html",
    "formula-sheet": "formulas/参数高效微调.html",
    "graph": "graph.html",
    "notation": "notation.html",
    "terms": "terms.html",
    "search": "search.html?q=attention",
    "categories": "blog/category.html",
    "category": "blog/category/生成模型.html",
    "tags": "blog/tag.html",
    "archive": "blog/archive.html",
    "guide": "guide/refer.html",
    "works": "bibliography.html",
    "about": "about.html",
    "missing": "404.html",
}
README = {"listing-1440-dark", "article-1440-light", "graph-1440-dark"}


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def picture(browser: Browser, address: str, kind: str, width: int, scheme: str) -> None:
    """Take one picture."""
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(f"{address}/{quote(KINDS[kind], safe='/?=')}")
    page.wait_for_load_state("networkidle")
    name = f"{kind}-{width}-{scheme}"
    page.screenshot(path=OUT / f"{name}.jpg", type="jpeg", quality=85)
    if name in README:
        shutil.copyfile(OUT / f"{name}.jpg", PICTURES / f"{name}.jpg")
    page.close()


def main() -> None:
    """Take all of them."""
    for folder in (OUT, PICTURES):
        folder.mkdir(parents=True, exist_ok=True)
    handler = partial(Quiet, directory=SITE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as play:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for kind in KINDS:
            for width in (360, 768, 1440):
                for scheme in ("light", "dark"):
                    picture(browser, address, kind, width, scheme)
        browser.close()
    print(sum(1 for _ in OUT.glob("*.jpg")), "pictures in", OUT.relative_to(PROJECT))


if __name__ == "__main__":
    main()
