"""Terms of a glossary: their addresses, what a reference to one shows, and what is wrong."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Built, Site
from test_rebuild import differences, html_times, touched
from whole_site import broken_links, tree

TERMS = """# Terms

```{glossary}
困惑度
perplexity
  What $e^H$ is. See {term}`注意力`.

注意力
  Weighs.
```
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site.of("minimal", tmp_path_factory.mktemp("terms") / "site")
    site.edit("index.md", "# Home\n", "# Home\n\n```{toctree}\nterms\n```\n")
    site.write("terms.md", TERMS)
    site.post("one", "Opening words.\n\nMore of {term}`困惑度`.\n")
    site.post("two", "See [](one.md), not {term}`words <注意力>`.\n", date="2025-01-02")
    site.post("three", "Alone, with {term}`Perplexity`.\n")
    site.post("four", "Nothing.\n")
    done = site.build("-W")
    assert (done.code, done.warnings) == (0, [])
    assert broken_links(done.outdir) == []
    shutil.copytree(site.srcdir, site.srcdir.with_name("kept"), symlinks=True)
    return site.srcdir.with_name("kept") / "_build/html"


@pytest.fixture
def site(built: Path) -> Iterator[Site]:
    """The built site, as it was."""
    kept = built.parent.parent
    srcdir = kept.with_name("site")
    shutil.rmtree(srcdir)
    shutil.copytree(kept, srcdir, symlinks=True)
    return Site(srcdir)


def previews(built: Path, name: str) -> dict[str, dict[str, str]]:
    script = (built / f"_previews/{name}.js").read_text()
    shown: dict[str, dict[str, str]] = json.loads(script.partition(", ")[2].removesuffix(");\n"))
    return shown


def test_terms_have_previews_by_ids_made_of_their_words(built: Path) -> None:
    shown = previews(built, "terms")
    assert list(shown) == ["", "term-困惑度", "term-perplexity", "term-注意力"]
    assert shown["term-困惑度"] == shown["term-perplexity"]
    assert shown["term-perplexity"]["title"] == "困惑度 / perplexity"
    assert 'class="katex"' in shown["term-perplexity"]["html"]
    assert "<a " not in shown["term-perplexity"]["html"]
    for name, id in (("one", "term-困惑度"), ("three", "term-perplexity")):
        [link] = tree(built / f"posts/{name}.html").xpath("//a[*[contains(@class, 'std-term')]]")
        assert link.get("href") == f"../terms.html#{id}"


def test_a_term_above_moves_no_other(site: Site) -> None:
    site.edit("terms.md", "困惑度\nperp", "熵\n  One more.\n\n困惑度\nperp")
    assert list(previews(site.build("-W").outdir, "terms"))[2:4] == [
        "term-困惑度",
        "term-perplexity",
    ]


def test_a_term_makes_no_relation(site: Site, built: Path) -> None:
    one = tree(built / "posts/one.html")
    assert [link.get("href") for link in one.xpath("//*[@class='article-related']//a")] == [
        "two.html"
    ]
    said = one.xpath("//*[@class='article-backlinks']//p")[0]
    assert [mark.text for mark in said.xpath(".//*[@class='mention']")] == ["one"]
    assert said.text_content() == "See one, not words."
    # Neither does a formula that has the name of a term become used.
    site.edit("posts/four.md", "Nothing.", "$$ x $$ (perplexity)")
    done = site.build("-W")
    assert "formula-uses" not in done.page("posts/four.html")


MORE = """---
orphan: true
---

# More

```{glossary}
新
  New.

更
困惑度
  Again.
```
"""


def test_wrong_terms_are_told_with_their_lines(site: Site) -> None:
    site.edit("posts/one.md", "`困惑度`", "`没有`")
    site.write("more.md", MORE)
    for jobs in ("-j1", "-j4", "-j4"):
        done = site.build(jobs)
        assert set(done.warnings) == {
            "posts/one.md:8: WARNING: term not in glossary: '没有' [ref.term]",
            "terms.md:4: WARNING: the term '困惑度' is defined twice, first in more.md:12; "
            "join them [formulary.label]",
        }


def test_an_edited_definition_rewrites_its_page(site: Site) -> None:
    old = html_times(Built(0, "", site.srcdir / "_build" / "html"))
    site.edit("terms.md", "Weighs", "Gives weights")
    done = site.build("-j4")
    assert touched(old, html_times(done)) == {"terms"}
    assert differences(done, site.clean_build().files()) == set()
