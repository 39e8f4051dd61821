"""A browser that tells what a page loads."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        raise SystemExit("there is no Chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


class Watched:
    """A page of a fresh context, and the bytes that it loads by what they are for."""

    def __init__(self, browser: Browser, kinds: Callable[[str], str]) -> None:
        self.page: Page = browser.new_context().new_page()
        self.kinds = kinds
        self.responses: list[Response] = []
        self.page.on("response", self.take)
        self.page.set_default_timeout(120_000)

    def take(self, response: Response) -> None:
        self.responses.append(response)

    def bytes(self) -> dict[str, int]:
        """What has come since the last time, when nothing more comes."""
        seen = -1
        while seen != len(self.responses):
            seen = len(self.responses)
            self.page.wait_for_timeout(400)
        found: dict[str, int] = {}
        for response in self.responses:
            kind = self.kinds(urlsplit(response.url).path)
            found[kind] = found.get(kind, 0) + len(response.body())
        self.responses.clear()
        return found


def kb(values: list[int]) -> str:
    return f"{mean(values) / 1000:.0f} / {max(values) / 1000:.0f}"


def table(head: list[str], rows: list[list[str]]) -> None:
    print("|", " | ".join(head), "|\n|" + "---|" * len(head))
    for row in rows:
        print("|", " | ".join(row), "|")
    print(flush=True)
