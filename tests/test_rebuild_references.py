"""An edit rewrites both ends of a reference, and what else names or counts them; no more."""

import shutil
from collections.abc import Iterator

import pytest
from conftest import Built, Site
from test_rebuild import Edit, differences, front, html_times, replace, touched

SHORT = {name: f"posts/{name}" for name in ("alpha", "beta", "gamma", "delta", "epsilon")}
LISTS = {"index", "blog", "blog/2025"}
ODD = {*LISTS, "blog/category/odd", "blog/tag/one", "blog/tag/two"}  # with the card of alpha
INDEX = {"formulas", "guide/formulas"}
FIGURE = "```{figure} ../shared/dot.png\n:alt: a dot\n\nBefore.\n```\n\n"
REFERENCE = replace("posts/delta.md", "Nothing.", "M61 says {eq}`alpha-two`.")

EDITS: dict[str, tuple[Edit, set[str]]] = {
    "nothing": (lambda site: None, set()),
    # Beta names the same formula, and says so among its related articles.
    "reference": (REFERENCE, {"delta", "alpha", "beta", "graph", *INDEX, "formulas/odd"}),
    "reference to itself": (
        replace("posts/gamma.md", "$$ c", "M52 says {eq}`gamma-one`.\n\n$$ c"),
        {"gamma", *INDEX, "formulas/odd"},
    ),
    "link to an article": (
        replace("posts/delta.md", "Nothing.", "M61 reads [](epsilon.md)."),
        {"delta", "epsilon", "graph"},
    ),
    "words of a sentence": (
        replace("posts/beta.md", "M31 says", "M31 tells"),
        {"beta", "alpha"},
    ),
    "heading above a reference": (
        replace("posts/beta.md", "## Foreign", "## Strange"),
        {"beta", "alpha"},
    ),
    "title": (
        replace("posts/beta.md", "title: Beta", "title: Better"),
        {"alpha", "beta", "gamma", "delta", *LISTS, "blog/category/even", "blog/category/odd"}
        | {
            "blog/tag/one",
            "blog/tag/two",
            "blog/tag/three",
            "formulas",
            "formulas/even",
            "graph",
            "blog/archive",
        },
    ),
    "title beside a short one": (
        replace("posts/alpha.md", "& all", "& some"),
        {"alpha", "beta", "gamma", "epsilon", "graph", *ODD, "blog/archive"},
    ),
    "short title": (
        replace("posts/alpha.md", "Al & Co", "Alpha"),
        {"alpha", "beta", "gamma", "epsilon", "guide/refer", *INDEX, "formulas/odd"}
        | {*LISTS, "blog/category/even", "blog/category/odd", "blog/tag/one", "blog/tag/two"}
        | {"blog/tag/three", "graph"},
    ),
    "formula": (replace("posts/alpha.md", "a = 1", "a = 9"), {"alpha", "formulas/odd"}),
    "formula more": (
        replace("posts/gamma.md", "(gamma-one)", "(gamma-one)\n\n$$ d $$ (gamma-two)"),
        {"gamma", *INDEX, "formulas/odd"},
    ),
    "category": (
        replace("posts/gamma.md", "Odd", "Even"),
        {"gamma", *INDEX, "formulas/odd", "formulas/even", *LISTS, "blog/category"}
        | {"blog/category/odd", "blog/category/even", "blog/tag/three", "graph"},
    ),
    "figure before others": (
        replace("posts/alpha.md", "```{figure}", FIGURE + "```{figure}"),
        {"alpha", "beta", "gamma", *LISTS, "blog/category/even", "blog/category/odd"}
        | {"blog/tag/one", "blog/tag/two", "blog/tag/three"},
    ),
    "tags": (
        replace("posts/epsilon.md", "four", "three, four"),
        {"epsilon", "blog/tag", "blog/tag/three"},
    ),
    "label of the past": (
        lambda site: site.write("labels.txt", "old posts/delta -> alpha-one\n"),
        {"delta"},
    ),
    "label recorded": (
        lambda site: site.write("labels.txt", "alpha-one posts/alpha\nalpha-two posts/alpha\n"),
        set(),
    ),
    "draft": (
        front("epsilon", "draft: true"),
        {"alpha", "epsilon", "delta", *LISTS, "blog/category/none", "blog/tag/four"}
        | {"blog/category", "blog/tag", "blog/archive", "formulas", "formulas/none", "graph"}
        | {"search"},
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site, built once."""
    site = Site.of("references", tmp_path_factory.mktemp("references") / "site")
    done = site.build()
    assert (done.code, done.warnings) == (0, [])
    shutil.copytree(site.srcdir, site.srcdir.with_name("kept"), symlinks=True)
    return site


@pytest.fixture
def site(built: Site) -> Iterator[Site]:
    """The built site, where and as it was: a site that has moved is built anew."""
    shutil.rmtree(built.srcdir)
    shutil.copytree(built.srcdir.with_name("kept"), built.srcdir, symlinks=True)
    return Site(built.srcdir)


@pytest.mark.parametrize(("edit", "pages"), EDITS.values(), ids=EDITS)
def test_an_edit_rewrites_what_it_changes(site: Site, edit: Edit, pages: set[str]) -> None:
    old = html_times(Built(0, "", site.srcdir / "_build" / "html"))
    edit(site)
    done = site.build()
    clean = site.clean_build()
    assert touched(old, html_times(done)) == {SHORT.get(page, page) for page in pages}
    assert differences(done, clean.files()) == set()
    assert done.code == clean.code
    assert set(done.warnings) == set(clean.warnings)
