"""Formulas in parallel builds: every page is there every time, and no process stays behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import NODE_MODULES, ROOTS, Built, Site

POSTS = 40


def body(number: int) -> str:
    inline = "".join(f"其中 $q_{{{number}}}^{{({n})}} \\in \\R$，" for n in range(12))
    lines = rf"x &= {number} \label{{line-{number}}} \\" + "\n" + r"y &= \frac{1}{2}"
    return (
        f"{inline}完。\n\n$$\n\\sum_{{i={number}}}^n x_i\n$$ (sum-{number})\n\n"
        f"$$\n\\begin{{align}}\n{lines}\n\\end{{align}}\n$$\n\n"
        f"见 {{eq}}`sum-{(number + 7) % POSTS}` 与 {{eq}}`line-{(number + 11) % POSTS}`。\n"
    )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    srcdir = tmp_path / "site"
    shutil.copytree(ROOTS / "test-minimal", srcdir)
    (srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    site = Site(srcdir, {"FORMULARY_TEST": str(tmp_path)})
    with (srcdir / "conf.py").open("a") as conf:
        conf.write("formulary_macros = {r'\\R': r'\\mathbb{R}'}\n")
    for number in range(POSTS):
        site.post(f"p{number}", body(number), date=f"2025-01-{number % 28 + 1:02}")
    return site


def left_behind(site: Site) -> Iterator[str]:
    """The processes that a build has started, found by what it has put into their environment."""
    mark = f"FORMULARY_TEST={site.env['FORMULARY_TEST']}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                yield (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # it has ended, or is another user's


def from_nothing(site: Site, out: str, *args: str) -> Built:
    for name in (out, f"doctrees-{out}"):
        shutil.rmtree(site.srcdir / "_build" / name, ignore_errors=True)
    return site.build("-W", *args, out=out)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_every_page_is_there_every_time_and_no_process_stays(site: Site) -> None:
    expected = from_nothing(site, "serial", "-j1").files()
    assert {f"posts/p{number}.html" for number in range(POSTS)} <= expected.keys()
    for turn in range(20):
        if turn % 3 == 0:
            shutil.rmtree(site.srcdir / ".cache")
        built = from_nothing(site, "html", "-j4")
        assert (built.code, built.warnings) == (0, []), built.output
        assert built.files() == expected
        assert list(left_behind(site)) == []


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
def test_two_builds_at_once_share_a_cache_and_are_equal(site: Site, warm: bool) -> None:
    if warm:
        from_nothing(site, "first", "-j4")
        site.edit("posts/p0.md", "\\sum", "\\prod")
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda out: from_nothing(site, out, "-j4"), ("left", "right")))
    for built in done:
        assert (built.code, built.warnings) == (0, []), built.output
    assert done[0].files() == done[1].files() == from_nothing(site, "serial", "-j1").files()
