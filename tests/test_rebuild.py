"""After any edit, an incremental build leaves what a clean build leaves, and rewrites no more."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from conftest import NODE_MODULES, ROOTS, Built, Site

Edit = Callable[[Site], object]

POSTS = {f"posts/{name}" for name in ("alpha", "beta", "gamma", "delta", "epsilon")}
GUIDE = {"guide/write", "guide/figures", "guide/refer"}
INDEX = {"index", "page/2", "page/3"}
REDIRECT = {"old/beta"}


def lists(*numbers: int) -> set[str]:
    """Pages of the lists of all posts; two posts a page, so that gamma stands on page 2."""
    first = {"index", "blog", "blog/2025"} if 1 in numbers else set()
    return first | {
        f"{folder}page/{number}"
        for folder in ("", "blog/", "blog/2025/")
        for number in set(numbers) - {1}
    }


VIEWS = {f"blog/{name}" for name in ("category/even", "category/odd", "tag/one", "tag/two")}
COUNTS = {"blog/category", "blog/tag", "blog/archive"}
FORMULAS = {"formulas", "formulas/odd"}
PAGES = POSTS | GUIDE | VIEWS | COUNTS | lists(1, 2, 3) | FORMULAS
PAGES |= {"404", "alone", "bibliography", "graph", "search"}

NEW = {"epsilon", *lists(1, 2, 3), "archive", "graph"}
GONE = {"gamma", "beta", "delta", *lists(1, 2, 3), "odd", "two", "category", "tag", "archive"}
GONE |= {"graph"}
TO_ALPHA = {"beta", "delta", "epsilon", *lists(1), "two"}
TO_GUIDE = {*GUIDE, *INDEX, "bibliography", "alpha", "beta", "gamma"}

SHORT = {page.rpartition("/")[2]: page for page in POSTS | VIEWS | COUNTS}


def replace(name: str, old: str, new: str) -> Edit:
    return lambda site: site.edit(name, old, new)


def front(name: str, line: str) -> Edit:
    return replace(f"posts/{name}.md", "---\ntitle", f"---\n{line}\ntitle")


def move(old: str, new: str) -> Edit:
    def edit(site: Site) -> None:
        (site.srcdir / new).parent.mkdir(exist_ok=True)
        (site.srcdir / old).rename(site.srcdir / new)

    return edit


def option(line: str) -> Edit:
    return replace("conf.py", "numfig", f"{line}\nnumfig")


def delete(name: str) -> Edit:
    return lambda site: (site.srcdir / name).unlink()


def image(name: str) -> Edit:
    """Replaces an image by another one."""
    return lambda site: shutil.copyfile(site.srcdir / "shared/gamma.png", site.srcdir / name)


def add_post(site: Site) -> None:
    site.post("eta", date="2025-06-01")


def add_template(site: Site) -> None:
    site.write("_templates/formulary/article-foot.html", "<p>The end.</p>\n")


EQUATION = replace("posts/alpha.md", "$$ a", "$$ z = 0 $$ (alpha-zero)\n\n$$ a")
FIGURE = "```{figure} ../shared/dot.png\n:alt: a dot\n\nBefore.\n```\n\n"
STYLE = replace("_static/site.css", "black", "navy")
MACRO = replace("conf.py", '"1"', '"{1}{2}"')
RENAME = move("guide/write.md", "guide/writing.md")

# What is done, and every page that this adds, removes or rewrites.
EDITS: dict[str, tuple[Edit, set[str]]] = {
    "nothing": (lambda site: None, set()),
    # Alpha shows the sentence in which its formula is used.
    "body": (replace("posts/delta.md", "It uses", "It needs"), {"delta", "alpha"}),
    "excerpt": (
        replace("posts/delta.md", "Delta opens", "Delta begins"),
        {"delta", *lists(1), "even", "one"},
    ),
    "title": (
        replace("posts/beta.md", "Beta\n", "Better\n"),
        {*POSTS, *lists(2), "even", "bibliography", "graph", *REDIRECT, "archive"},
    ),
    "short title": (front("alpha", "short_title: A"), {*TO_ALPHA, *FORMULAS, "alpha", "graph"}),
    "tag": (
        replace("posts/gamma.md", "[two]", "[three]"),
        {"gamma", "two", "tag", "blog/tag/three", "search"},
    ),
    "category": (
        replace("posts/gamma.md", "Odd", "Even"),
        {"gamma", *lists(2), "odd", "even", "two", "category", "blog/category/even/page/2"}
        | {"graph"},
    ),
    "first post of a category": (
        front("epsilon", "category: New"),
        {*POSTS, *lists(1), "two", "category", "blog/category/new", "graph", "search"},
    ),
    "date": (
        replace("posts/gamma.md", "2025-03-01", "2025-05-15"),
        {"beta", "gamma", "delta", "epsilon", *lists(1, 2), "odd", "two", "archive"},
    ),
    "another year": (
        replace("posts/alpha.md", "2025-01-01", "2024-01-01"),
        {"alpha", "page/3", "blog/page/3", "blog/2025", "blog/2025/page/2", "blog/2025/page/3"}
        | {"odd", "one", "archive", "blog/2024", "search"},
    ),
    "updated": (front("gamma", "updated: 2025-07-01"), {"gamma"}),
    "pinned": (front("alpha", "pin: true"), {*lists(1, 2, 3), "odd", "one"}),
    "new post": (add_post, {*NEW, "posts/eta"}),
    "no longer a draft": (replace("posts/zeta.md", "true", "false"), {*NEW, "posts/zeta"}),
    "draft": (front("gamma", "draft: true"), GONE),
    "deleted": (delete("posts/gamma.md"), GONE),
    "deleted, shown nowhere": (delete("alone.md"), {"alone"}),
    "moved to another folder": (
        move("posts/alpha.md", "posts/first/alpha.md"),
        {*TO_ALPHA, *lists(3), *FORMULAS, "alpha", "posts/first/alpha", "odd", "one"}
        | {"graph", "archive"},
    ),
    "heading that others link to": (
        replace("posts/alpha.md", "## Numbers", "## Counts"),
        {"alpha", "delta"},
    ),
    "series": (front("alpha", "series: S"), {"alpha", "blog/series", "blog/series/s"}),
    "author": (front("alpha", "author: Ada"), {"alpha", "blog/author", "blog/author/ada"}),
    "equation before another": (EQUATION, {*TO_ALPHA, *FORMULAS, "alpha"}),
    "equation's label": (
        replace("posts/alpha.md", "-one)", "-two)"),
        {*TO_ALPHA, *FORMULAS, "alpha", "graph"},
    ),
    "figure before another": (
        replace("guide/figures.md", "```{figure}", FIGURE + "```{figure}"),
        {"guide/figures", "guide/refer"},
    ),
    "guide page renamed": (RENAME, {*TO_GUIDE, "guide/writing"}),
    "guide page retitled": (replace("guide/write.md", "# Write", "# Compose"), TO_GUIDE),
    "included file": (replace("shared/part.md", "An included", "Another"), {"gamma"}),
    "figure's script": (replace("shared/line.py", "[1, 2]", "[2, 1]"), {"gamma"}),
    "image": (image("shared/dot.png"), set()),
    "alias": (front("alpha", "aliases: [old/alpha]"), {"old/alpha"}),
    "alias taken out": (replace("posts/beta.md", "aliases: old/beta\n", ""), REDIRECT),
    "work": (replace("references.bib", "Art", "Craft"), {"bibliography", "beta"}),
    "work that is cited": (
        replace("posts/beta.md", " and cites {footcite:p}`knuth`", ""),
        {"bibliography", "beta", "alpha"},
    ),
    "text above a list": (replace("index.md", "# Home", "# Home\n\nHere."), INDEX),
    "style sheet": (STYLE, PAGES),
    "template": (add_template, POSTS),
    "title of the site": (replace("conf.py", 'html_title = "R', 'html_title = "Not r'), PAGES),
    "file as it is": (delete("extra/robots.txt"), set()),
    "option of the sources": (
        replace("conf.py", "html_copy_source = True", "html_copy_source = False"),
        PAGES,
    ),
    "page size": (
        replace("conf.py", "page_size = 2", "page_size = 3"),
        lists(1, 2, 3) - INDEX,
    ),
    "macro": (MACRO, {"alpha", "gamma", *lists(2), "odd", "two", "formulas/odd"}),
    "length of excerpts": (option("formulary_excerpt_length = 1"), {*lists(1), "even", "one"}),
    "time zone": (
        option("formulary_timezone = 'Asia/Tokyo'"),
        POSTS | VIEWS | lists(1, 2, 3),
    ),
    "format of dates": (option("post_date_format = '%Y'"), POSTS | VIEWS | lists(1, 2, 3)),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site, built once."""
    site = Site(tmp_path_factory.mktemp("rebuild") / "site")
    shutil.copytree(ROOTS / "test-rebuild", site.srcdir)
    (site.srcdir / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    done = site.build()
    assert (done.code, done.warnings) == (0, [])
    assert {name.removesuffix(".html") for name in html_times(done)} == PAGES | REDIRECT
    shutil.copytree(site.srcdir, site.srcdir.with_name("kept"), symlinks=True)
    return site


@pytest.fixture
def site(built: Site) -> Iterator[Site]:
    """The built site, where and as it was: a site that has moved is built anew."""
    shutil.rmtree(built.srcdir)
    shutil.copytree(built.srcdir.with_name("kept"), built.srcdir, symlinks=True)
    return Site(built.srcdir)


@pytest.fixture
def before(site: Site) -> Built:
    """What the first build left."""
    return Built(0, "", site.srcdir / "_build" / "html")


def html_times(done: Built) -> dict[str, int]:
    return {
        path.relative_to(done.outdir).as_posix(): path.stat().st_mtime_ns
        for path in done.outdir.rglob("*.html")
        if "_static" not in path.parts
    }


def touched(old: dict[str, int], new: dict[str, int]) -> set[str]:
    """Pages that were added, removed or rewritten."""
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    return {name.removesuffix(".html") for name in names}


def differences(done: Built, expected: dict[str, str]) -> set[str]:
    files = done.files()
    return {name for name in files.keys() | expected if files.get(name) != expected.get(name)}


@pytest.mark.parametrize(("edit", "pages"), EDITS.values(), ids=EDITS.keys())
def test_an_edit_rewrites_what_it_changes(
    site: Site, before: Built, edit: Edit, pages: set[str]
) -> None:
    old = html_times(before)
    edit(site)
    done = site.build()
    clean = site.clean_build()
    assert touched(old, html_times(done)) == {SHORT.get(page, page) for page in pages}
    assert differences(done, clean.files()) == set()
    assert done.code == clean.code
    assert set(done.warnings) == set(clean.warnings)


@pytest.mark.parametrize("names", [("draft", "image"), ("guide page renamed",), ("deleted",)])
def test_an_edit_taken_back_leaves_no_trace(
    site: Site, before: Built, names: tuple[str, ...]
) -> None:
    first = before.files()
    for name in names:
        EDITS[name][0](site)
    edited = site.build()
    assert edited.files() != first
    restore_sources(site)
    again = site.build()
    assert (again.code, again.warnings) == (0, [])
    assert differences(again, first) == set()


def restore_sources(site: Site) -> None:
    """Undo every edit, as an author does: the files that it gives back are new."""
    kept = site.srcdir.with_name("kept")
    for folder in ("posts", "guide", "shared", "_static"):
        shutil.rmtree(site.srcdir / folder)
        shutil.copytree(kept / folder, site.srcdir / folder, copy_function=shutil.copyfile)
    shutil.copyfile(kept / "conf.py", site.srcdir / "conf.py")


def test_a_deletion_alone_takes_everything_of_the_page_and_nothing_else(
    site: Site, before: Built
) -> None:
    mine = ["CNAME", ".git/config", "posts/mine.txt", "_images/mine.png"]
    for name in mine:
        (before.outdir / name).parent.mkdir(exist_ok=True)
        (before.outdir / name).write_text("mine", encoding="utf-8")
    delete("posts/gamma.md")(site)

    done = site.build()
    files = done.files()
    left = {name for name in before_files(site) - files.keys() if not name.endswith(".html")}
    assert {name.partition("-")[0].partition("/")[0] for name in left} == {
        "_downloads", "_images", "_previews", "_search", "_sources",
    }  # fmt: skip
    assert len([name for name in left if name.startswith("_images/")]) == 3
    assert "_sources/posts/gamma.md.txt" in left
    assert differences(done, site.clean_build().files()) == set(mine)

    times = html_times(done)
    again = site.build()
    assert "0 added, 0 changed, 0 removed" in again.output
    assert touched(times, html_times(again)) == set()
    assert again.files() == files


def test_a_deletion_alone_is_told_once(site: Site) -> None:
    delete("alone.md")(site)
    assert "1 removed" in site.build().output
    assert "0 added, 0 changed, 0 removed" in site.build().output


def before_files(site: Site) -> set[str]:
    kept = Built(0, "", site.srcdir.with_name("kept") / "_build" / "html")
    return set(kept.files())


def die_at(site: Site, page: str) -> None:
    """A build that ends, as if killed, when it is about to write *page*."""
    killed = Site(site.srcdir, {"DIE_AT": page}).build()
    assert killed.code not in (0, 2), killed.output


KILLED = {
    "among the articles": (EQUATION, "posts/delta"),
    "among the listings": (EQUATION, "blog/page/2"),
    "with every page outdated": (STYLE, "posts/alpha"),
    "after a deletion": (delete("posts/gamma.md"), "posts/beta"),
    "after a page was added": (RENAME, "posts/gamma"),
    "before figures are copied": (replace("shared/line.py", "[1, 2]", "[2, 1]"), "blog/page/2"),
    "after an option was changed": (MACRO, "posts/alpha"),
}


@pytest.mark.parametrize(("edit", "at"), KILLED.values(), ids=KILLED.keys())
def test_the_build_after_a_killed_one_is_right(site: Site, edit: Edit, at: str) -> None:
    edit(site)
    die_at(site, at)
    done = site.build()
    assert differences(done, site.clean_build().files()) == set()


@pytest.mark.parametrize(("edit", "at"), KILLED.values(), ids=KILLED.keys())
def test_an_edit_taken_back_after_a_killed_build_leaves_no_trace(
    site: Site, before: Built, edit: Edit, at: str
) -> None:
    first = before.files()
    edit(site)
    die_at(site, at)
    restore_sources(site)
    assert differences(site.build(), first) == set()


def test_a_first_build_that_was_killed_is_completed(site: Site, before: Built) -> None:
    first = before.files()
    shutil.rmtree(site.srcdir / "_build")
    die_at(site, "posts/delta")
    assert differences(site.build(), first) == set()


@pytest.mark.parametrize(
    "edits",
    [(EQUATION, image("shared/dot.png"), delete("posts/beta.md")), (MACRO,)],
    ids=["documents", "option"],
)
def test_two_builders_share_one_doctree_folder(site: Site, edits: tuple[Edit, ...]) -> None:
    def dirhtml() -> Built:
        return site.build(out="dirhtml", builder="dirhtml", doctrees="doctrees-html")

    dirhtml()
    for edit in edits:
        edit(site)
    html = site.build()
    done = dirhtml()
    assert differences(done, site.clean_build(builder="dirhtml").files()) == set()
    assert differences(html, site.clean_build().files()) == set()

    old = html_times(html), html_times(done)
    assert (html_times(site.build()), html_times(dirhtml())) == old


def test_a_manifest_that_cannot_be_read_is_made_anew(site: Site, before: Built) -> None:
    first = before.files()
    (before.outdir / ".formulary.json").write_text('{"digests": {', encoding="utf-8")
    (before.outdir / "posts/alpha.html").unlink()
    (before.outdir / "blog/page/2.html").unlink()
    assert differences(site.build(), first) == set()
