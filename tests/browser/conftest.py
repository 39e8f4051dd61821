"""The system's Chromium for every browser test, and the site that it looks at."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from whole_site import build_once

# The first one draws pages only, and opens them in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
MISSING = "there is no Chromium; get one, for example by 'apt-get install chromium'"


def find_chromium() -> str:
    """The path of Chromium; without one the test skips, or fails where CI=true."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        give_up(MISSING)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": find_chromium(),
        "args": ["--no-sandbox"],
    }


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def folder(browser, tmp_path_factory, worker_id):
    """The output of the site; only where there is a browser to look at it."""
    return build_once(tmp_path_factory, worker_id).outdir


@pytest.fixture(scope="session")
def server(folder):
    with served(folder) as address:
        yield address
