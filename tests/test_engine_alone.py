"""The engine works in a project that is not this site, with other themes and other builders."""

import re
from pathlib import Path

import pytest
import yaml
from conftest import NODE_MODULES, PROJECT, Site
from whole_site import broken_links, repeated_ids, tree

ENGINE = PROJECT / "src/sphinx_formulary"
STRICT = ("-W", "--keep-going", "-n")


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> Site:
    """One project for all builds, so that its figure is drawn once."""
    return Site.of("alone", tmp_path_factory.mktemp("alone") / "site")


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_another_theme(alone, theme):
    built = alone.build(*STRICT, "-D", f"html_theme={theme}", out=theme)
    assert built.warnings == []
    assert built.code == 0
    assert broken_links(built.outdir) == []
    assert repeated_ids(built.outdir) == {}
    index, article = (tree(built.outdir / name) for name in ("index.html", "posts/primes.html"))
    assert index.xpath("//article[@class='post-card']//h2/a/@href") == ["posts/primes.html"]
    assert index.xpath("//nav[@class='pagination']//a[@rel='next']/@href") == ["page/2.html"]
    assert article.xpath("//h1/em/text()") == ["product"]
    assert len(article.xpath("//*[@class='math notranslate']//*[local-name() = 'math']")) == 3
    assert len(article.xpath("//figure//img")) == 2


@pytest.mark.parametrize(
    ("builder", "name", "text"),
    [
        ("dirhtml", "posts/primes/index.html", "infinitely many"),
        ("epub", "posts/primes.xhtml", "infinitely many"),
        ("latex", "alone.tex", "how they multiply"),
        ("text", "posts/primes.txt", "infinitely many"),
        ("gettext", "posts.pot", "infinitely many"),
    ],
    ids=["dirhtml", "epub", "latex", "text", "gettext"],
)
def test_another_builder(alone, builder, name, text):
    built = alone.build(*STRICT, "-D", "html_theme=alabaster", out=builder, builder=builder)
    assert built.warnings == []
    assert built.code == 0
    assert text in built.page(name)
    if builder == "dirhtml":
        assert broken_links(built.outdir) == []


def test_without_npm_packages_one_error_says_how_to_get_them(site):
    (site.srcdir / "node_modules").unlink()
    built = site.build()
    assert built.code != 0
    assert built.output.count("npm ci") == 1


def test_npm_packages_may_be_elsewhere(site):
    (site.srcdir / "node_modules").unlink()
    built = site.build("-D", f"formulary_node_modules={NODE_MODULES}")
    assert built.code == 0


def sentences(path: Path) -> set[str]:
    """What is an article's own: its slug, category, title, and Chinese sentences."""
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = yaml.safe_load(front)
    found = {path.stem, meta["category"], meta["title"], meta["description"]}
    return found | set(re.findall("[\u4e00-\u9fff]{6,}", text))


@pytest.fixture(scope="module")
def engine() -> str:
    sources = [path for path in ENGINE.rglob("*") if path.suffix not in {".mo", ".pyc"}]
    return "\n".join(path.read_text(encoding="utf-8") for path in sources if path.is_file())


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "posts").glob("*.md")), ids=lambda path: path.stem
)
def test_nothing_of_the_site_is_in_the_engine(path, engine):
    assert "def setup(" in engine
    own = sentences(path)
    assert len(own) > 20
    assert {text for text in own if re.search(rf"\b{re.escape(text)}\b", engine)} == set()
