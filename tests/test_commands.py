"""The commands are what README says, and the site they make is whole and loads only itself."""

import os
import re
import shlex
import shutil
import subprocess

import pytest
from conftest import PROJECT
from whole_site import broken_links, build_once, pages, repeated_ids, tree

FRESH, DONE = 1_000_000_000, 2_000_000_000


def make(*args: str, cwd=PROJECT) -> subprocess.CompletedProcess[str]:
    """Run make as from a shell, whatever make and options this test itself runs under."""
    ours = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "VENV", "PORT", "JOBS")
    environment = {key: value for key, value in os.environ.items() if key not in ours}
    return subprocess.run(
        ["make", *args], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def commands(*args: str, cwd=PROJECT) -> list[list[str]]:
    """What make would run, a list of words each."""
    done = make("-n", *args, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return [shlex.split(line) for line in done.stdout.replace("\\\n", "").splitlines()]


def has(command: list[str], *words: str) -> bool:
    """Whether the words stand in the command, one after the other."""
    return any(command[i : i + len(words)] == [*words] for i in range(len(command)))


@pytest.fixture
def clone(tmp_path):
    """A folder with all that make looks at, as old as after a checkout."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml",
                 "package.json", "package-lock.json"):  # fmt: skip
        shutil.copyfile(PROJECT / name, tmp_path / name)
        os.utime(tmp_path / name, (FRESH, FRESH))
    return tmp_path


def finish(clone, *names: str) -> None:
    """Pretend that these files were made."""
    for name in names:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).touch()
        os.utime(clone / name, (DONE, DONE))


INSTALLED = (".venv/bin/python", ".venv/.installed", "node_modules/.package-lock.json")


class TestMake:
    @pytest.mark.parametrize("args", [(), ("help",)], ids=["bare", "help"])
    def test_help_explains_every_command(self, args):
        done = make(*args)
        assert done.returncode == 0
        explained = dict(re.findall(r"^make (\w+) +(\S.*)$", done.stdout, re.MULTILINE))
        assert {"html", "live", "test", "lint", "clean", "help"} <= set(explained)

    def test_html_on_a_fresh_machine_sets_everything_up_first(self, clone):
        found = commands("html", cwd=clone)
        steps = ["-m venv", "pip install .*-r requirements.txt", "npm ci", "-m sphinx -b html"]
        lines = [" ".join(command) for command in found]
        where = [next(i for i, line in enumerate(lines) if re.search(step, line)) for step in steps]
        assert where == sorted(where)
        assert not any("requirements-dev" in line for line in lines)

    def test_html_the_second_time_only_builds(self, clone):
        finish(clone, *INSTALLED)
        [command] = commands("html", cwd=clone)
        assert command[0] == ".venv/bin/python"
        assert {"-W", "--keep-going", "-n", "-j"} <= set(command)
        assert has(command, "-b", "html") and has(command, ".", "_build/html")

    @pytest.mark.parametrize(
        ("changed", "again"),
        [("requirements.txt", "pip install"), ("package-lock.json", "npm ci")],
        ids=["python", "npm"],
    )
    def test_html_installs_again_what_has_changed(self, clone, changed, again):
        finish(clone, *INSTALLED)
        os.utime(clone / changed, (DONE + 1, DONE + 1))
        assert any(again in " ".join(command) for command in commands("html", cwd=clone))

    def test_html_takes_an_environment_of_the_users_own(self, clone):
        finish(clone, "own/bin/python")
        found = commands("html", "VENV=own", cwd=clone)
        assert not any(has(command, "-m", "venv") for command in found)
        assert any(command[0] == "own/bin/python" and "sphinx" in command for command in found)
        assert not any(".venv" in word for command in found for word in command)

    def test_test_installs_what_tests_need_and_runs_them_all(self, clone):
        finish(clone, *INSTALLED)
        found = commands("test", cwd=clone)
        assert has(found[0], "-r", "requirements-dev.txt")
        assert has(found[-1], "-m", "pytest")
        assert not {"-k", "-m=not", "--ignore"} & set(found[-1])

    def test_live_keeps_its_output_apart_and_shows_drafts(self, clone):
        finish(clone, *INSTALLED)
        [command] = commands("live", "PORT=8123", cwd=clone)
        assert has(command, "-m", "sphinx_autobuild")
        assert has(command, "--port", "8123")
        assert "formulary_preview=1" in command
        assert has(command, ".", "_build/live/html")
        assert has(command, "-d", "_build/live/doctrees")

    def test_clean_keeps_the_cache(self, clone):
        finish(clone, "_build/html/index.html", ".cache/figure.svg")
        assert make("clean", cwd=clone).returncode == 0
        assert not (clone / "_build").exists()
        assert (clone / ".cache/figure.svg").exists()


@pytest.fixture(scope="module")
def built(tmp_path_factory, worker_id):
    return build_once(tmp_path_factory, worker_id)


LOADS = "//script/@src | //img/@src | //img/@srcset | //iframe/@src | //source/@src | //*/@data-src"
LOADS += " | //link[@rel != 'canonical' and @rel != 'alternate']/@href"
CSS_LOADS = re.compile(r"""(?:url\(\s*|@import\s+)["']?(?:https?:)?//[^"')\s]*""")


class TestSite:
    def test_builds_without_a_warning(self, built):
        assert built.warnings == []
        assert built.code == 0

    def test_opens_with_banner_cards_and_formulas(self, built):
        index = tree(built.outdir / "index.html")
        assert index.xpath("//article//h1/text()") == ["INCOMING TRANSMISSION"]
        assert "LATEST UPDATES" in index.xpath("//article//h2/text()")
        cards = index.xpath("//article[@class='post-card']")
        assert cards
        assert all(card.xpath(".//*[@class='post-card-excerpt']") for card in cards)
        assert index.xpath("//article//*[local-name() = 'math']")

    def test_every_link_leads_somewhere(self, built):
        assert broken_links(built.outdir) == []

    def test_no_id_stands_twice(self, built):
        assert repeated_ids(built.outdir) == {}

    def test_pages_load_nothing_from_another_host(self, built):
        foreign = [
            (path.name, address)
            for path in pages(built.outdir)
            for address in tree(path).xpath(LOADS)
            if "//" in address
        ]
        assert foreign == []

    def test_styles_load_nothing_from_another_host(self, built):
        sheets = {path: path.read_text("utf-8") for path in built.outdir.rglob("*.css")}
        sheets |= {path: "".join(tree(path).xpath("//style/text() | //@style"))
                   for path in pages(built.outdir)}  # fmt: skip
        assert len(sheets) > 10
        foreign = {path.name: CSS_LOADS.findall(text) for path, text in sheets.items()}
        assert {name: found for name, found in foreign.items() if found} == {}
