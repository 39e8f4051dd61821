"""``make live`` serves the site, drafts included, and an edit shows in the open page."""

import os
import shutil
import signal
import socket
import subprocess
import sys

import pytest
from conftest import NODE_MODULES, PROJECT, ROOTS, Site
from playwright.sync_api import expect
from urllib3 import PoolManager, Retry

pytestmark = pytest.mark.browser

PATIENCE = 60_000  # milliseconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def touch(path, time: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (time, time))


@pytest.fixture
def live_site(browser, tmp_path) -> Site:
    """A site with our Makefile, in a folder of any name, in which everything is installed."""
    srcdir = tmp_path / "tests" / "site"
    shutil.copytree(ROOTS / "test-minimal", srcdir)
    shutil.copyfile(PROJECT / "Makefile", srcdir / "Makefile")
    (srcdir / "src").mkdir()
    modules = srcdir / "node_modules"
    modules.mkdir()
    packages = [NODE_MODULES / name for name in ("katex", "opencc-js")]
    for package in (*packages, *NODE_MODULES.glob("d3-*")):
        (modules / package.name).symlink_to(package, target_is_directory=True)
    for name in ("requirements.txt", "pyproject.toml", "package.json", "package-lock.json"):
        touch(srcdir / name, 1_000_000_000)
    python = srcdir / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    for made in (srcdir / ".venv/.installed", modules / ".package-lock.json"):
        touch(made, 2_000_000_000)
    return Site(srcdir)


@pytest.fixture
def address(live_site):
    """Where ``make live`` serves the site, which has a post and a draft."""
    live_site.post("first", "Words before the edit.\n", title="A first post")
    live_site.post("draft", "Unfinished words.\n", title="An unfinished post", draft="true")
    port = free_port()
    ours = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "VENV", "PORT", "JOBS")
    environment = {key: value for key, value in os.environ.items() if key not in ours}
    with (live_site.srcdir / "live.log").open("w") as log:
        server = subprocess.Popen(
            ["make", "live", f"PORT={port}", "JOBS=1"],
            cwd=live_site.srcdir,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that the server ends with make
        )
    try:
        retries = Retry(total=60, backoff_factor=0.1, backoff_max=1)
        PoolManager(retries=retries).request("GET", f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def test_an_edit_shows_in_the_open_page(page, live_site, address):
    page.goto(f"{address}/posts/first.html")
    expect(page.get_by_text("Words before the edit.")).to_be_visible()
    live_site.edit("posts/first.md", "before", "after")
    expect(page.get_by_text("Words after the edit.")).to_be_visible(timeout=PATIENCE)

    page.goto(f"{address}/index.html")
    expect(page.get_by_text("Unfinished words.")).to_be_visible()
    expect(page.locator(".post-held")).to_have_text("Draft")
    live_site.post("second", "More words.\n", title="A second post")
    expect(page.get_by_text("More words.")).to_be_visible(timeout=PATIENCE)
