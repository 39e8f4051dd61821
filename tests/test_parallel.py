"""A build in several processes is the build in one: same bytes, same warnings, no silent loss."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import NODE_MODULES, ROOTS, Built, Site

POSTS = 25
LAST = "posts/p9"  # in the last part that a worker gets

# Raises or ends the process where the environment says: phase, how, page.
SETUP = """

def setup(app):
    import os

    wanted, how, page = os.environ.get("FAULT", "- - -").split()

    def fail(phase, docname):
        if (phase, docname) == (wanted, page):
            os._exit(3) if how == "exit" else 1 / 0

    app.connect("doctree-read", lambda app, tree: fail("read", app.env.docname))
    app.connect("html-page-context", lambda app, name, *_: fail("write", name))
"""

FIGURE = """\
```{plot-figure}
:caption: A line.
:alt: a line

import matplotlib.pyplot as plt
plt.figure(figsize=(1, 1))
plt.plot([1, 2])
```
"""


def body(number: int) -> str:
    parts = [f"Post {number} has $x_{{{number}}}$ and {{eq}}`eq-{(number + 9) % POSTS}`.\n"]
    parts.append(f"## Part\n\n$$ x = {number} $$ (eq-{number})\n")
    parts.append(f"![a dot](pictures-{number % 2}/dot.png)\n")
    if number % 8 == 0:
        parts += [FIGURE, "$$ y $$ (eq-twice)\n", f"(place-{number % 16})=\n## Place\n"]
    if number % 6 == 1:
        parts += ["{eq}`eq-nowhere` and {ref}`nowhere` and [](nowhere.md)\n", r"$\nosuch$" + "\n"]
    if number % 8 == 3:
        parts.append("Go to {ref}`place-0` or [](#place-8).\n")
    if number % 7 == 3:
        parts.append("![](nowhere.png)\n")
    return "\n".join(parts)


def make(folder: Path) -> Site:
    """The site in a folder, not built."""
    site = Site(folder / "site")
    shutil.copytree(ROOTS / "test-minimal", site.srcdir)
    (site.srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    site.edit("conf.py", "nitpicky", "blog_baseurl = 'https://example.org'\nnitpicky")
    site.write("conf.py", (site.srcdir / "conf.py").read_text(encoding="utf-8") + SETUP)
    for number in range(POSTS):
        tags = f"[t{number % 5}, t{number % 3}]"
        date = f"2025-01-{number + 1:02}"
        category = f"c{number % 4}"
        site.post(f"p{number}", body(number), date=date, tags=tags, category=category)
    for number in range(2):
        picture = f"posts/pictures-{number}/dot.png"
        site.write(picture, (ROOTS / "test-rebuild/shared/dot.png").read_bytes())
    return site


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site as one process builds it."""
    return make(tmp_path_factory.mktemp("serial")).build("-j1")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The same sources in another folder, not built."""
    return make(tmp_path)


def test_one_process_warns_of_every_mistake(serial: Built) -> None:
    told = "\n".join(serial.warnings)
    for mistake in ("eq-nowhere", "nowhere.md", "nowhere.png", r"\nosuch", "'eq-twice'", "place-0"):
        assert mistake in told
    assert (serial.code, len(set(serial.warnings))) == (0, len(serial.warnings))


def test_four_processes_build_what_one_builds(serial: Built, site: Site) -> None:
    done = site.build("-j4")
    for phase in ("reading sources", "writing output"):
        assert re.search(rf"^{phase}.* \.\. ", done.output, re.M), "several documents a worker"
    assert done.files() == serial.files()
    assert sorted(done.warnings) == sorted(serial.warnings)

    site.edit("posts/p3.md", "$$ x = 3", "$$ w $$ (eq-new)\n\n$$ x = 3")
    site.edit("posts/p8.md", "eq-twice", "eq-once")
    done, clean = site.build("-j4"), site.clean_build("-j1")
    assert done.files() == clean.files()
    assert sorted(done.warnings) == sorted(clean.warnings)


def test_two_clean_builds_in_two_folders_are_equal(serial: Built, site: Site) -> None:
    done = site.build("-j1")
    assert done.files() == serial.files()
    assert done.warnings == serial.warnings


@pytest.mark.parametrize(
    ("jobs", "fault", "faulty", "rebuild"),
    [
        ("-j1", "write exception", "posts/p12", True),
        ("-j4", "write exception", "posts/p12", False),
        ("-j4", "write exception", LAST, True),
        ("-j4", "write exit", "posts/p12", False),
        ("-j4", "write exit", LAST, True),
        ("-j1", "read exception", "posts/p12", True),
        ("-j4", "read exception", "posts/p12", False),
        ("-j4", "read exception", LAST, True),
        ("-j4", "read exit", "posts/p12", False),
        ("-j4", "read exit", LAST, True),
    ],
)
def test_a_failure_is_told_and_mended_by_the_next_build(
    serial: Built, site: Site, jobs: str, fault: str, faulty: str, rebuild: bool
) -> None:
    expected = serial.files()
    if rebuild:
        site.edit("conf.py", '"Minimal"', '"Not yet minimal"')
        site.build(jobs)
        site.edit("conf.py", '"Not yet minimal"', '"Minimal"')
        for number in range(POSTS):
            (site.srcdir / f"posts/p{number}.md").touch()
    failed = Site(site.srcdir, {"FAULT": f"{fault} {faulty}"}).build(jobs)

    assert failed.code != 0
    assert "build succeeded" not in failed.output
    assert names(failed, faulty)
    if fault.startswith("write"):
        files = failed.files()
        written = ["index", *(f"posts/p{number}" for number in range(POSTS))]
        lost = {name for name in written if files.get(f"{name}.html") != expected[f"{name}.html"]}
        assert faulty in lost
        assert [name for name in lost if not names(failed, name)] == []
        assert fault == "write exit" or lost == {faulty}

    done = site.build(jobs)
    assert done.code == 0
    assert done.files() == expected
    assert sorted(done.warnings) == sorted(serial.warnings)


def names(done: Built, page: str) -> bool:
    """Whether a message names the page; progress names pages too."""
    progress = re.compile(r"%\]| \.\. |WARNING|^\s*\S+$")
    lines = [line for line in done.output.splitlines() if not progress.search(line)]
    return any(re.search(rf"{page}\b", line) for line in lines)


def test_the_environment_grows_by_less_than_20_kb_a_post(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    shutil.copytree(ROOTS / "test-minimal", site.srcdir)
    (site.srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    sizes = []
    for numbers in (range(20), range(20, 60)):
        for post in numbers:
            inline = (
                "".join(f"其中 $q_{{{post}}}^{{({n})}}$ 是查询，" for n in range(10)) + "完。\n"
            )
            display = [
                rf"$$ O_{{{n}}} = \sum_{{j={post}}}^{{N}} \exp(q_i^\top k_j / \sqrt{{d}}) v_j $$ "
                f"(long-{post}-{n})\n\n见 {{eq}}`long-{post}-{n}`。\n"
                for n in range(10)
            ]
            site.post(f"p{post}", "\n".join([inline, "## 推导\n", *display]), category="数学")
        done = site.build("-j4")
        assert (done.code, done.warnings) == (0, [])
        sizes.append((site.srcdir / "_build/doctrees-html/environment.pickle").stat().st_size)
    assert (sizes[1] - sizes[0]) / 40 < 20_000
