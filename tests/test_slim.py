"""With the pydata theme a site has slim files; with another theme it has that theme's own."""

import re
from pathlib import Path

import pytest
from conftest import NODE_MODULES

pytestmark = pytest.mark.root("theme")

SHEET = "_static/styles/pydata-sphinx-theme.css"
WHOLE = 300_000  # bytes; the theme's own stylesheet has more


def link_packages(folder: Path) -> None:
    """All that is needed besides the tools for stylesheets."""
    for package in (
        *map(NODE_MODULES.joinpath, ("katex", "opencc-js")),
        *NODE_MODULES.glob("d3-*"),
    ):
        (folder / package.name).symlink_to(package)


def test_files_that_no_page_uses_are_gone(site):
    built = site.build("-W")
    assert (built.warnings, built.code) == ([], 0)
    files = [path.relative_to(built.outdir).as_posix() for path in built.outdir.rglob("*.*")]
    assert not [name for name in files if "fontawesome.js" in name or "bootstrap.js" in name]
    page = built.page("posts/first.html")
    loaded = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]*_static[^"]*)', page)
    assert not [
        name for name in loaded if re.search("searchtools|doctools|bootstrap|awesome", name)
    ]
    assert 'name="viewport"' in page
    css = built.page(SHEET)
    assert len(css.encode()) < WHOLE / 3
    assert re.search(r"\.fa-hammer\s*\{", css), "an icon that conf.py names"
    assert re.search(r"fa-solid-900\.woff2\?v=\w{8}", css)
    theme = built.page("_static/scripts/pydata-sphinx-theme.js")
    assert 'addEventListener("load"' not in theme, "the theme measures every block of code"
    assert "light-dark(" in built.page("_static/pygments.css")


def test_the_second_build_starts_no_node_and_writes_nothing(site):
    first = site.build()
    assert [path.suffix for path in (site.srcdir / ".cache/css").iterdir()].count(".json") == 1
    for name in ("purgecss", "lightningcss"):  # the versions are there, the programs are not
        package = site.srcdir.parent / "packages" / name
        package.mkdir(parents=True)
        source = NODE_MODULES / name / "package.json"
        (package / "package.json").write_bytes(source.read_bytes())
    link_packages(site.srcdir.parent / "packages")
    again = site.build("-D", "formulary_node_modules=../packages", out="again")
    assert again.code == 0
    assert again.page(SHEET) == first.page(SHEET)

    times = {path: path.stat().st_mtime_ns for path in first.outdir.rglob("*.html")}
    second = site.build()
    assert second.files() == first.files()
    assert {path: path.stat().st_mtime_ns for path in first.outdir.rglob("*.html")} == times


def test_an_article_changes_no_stylesheet_and_the_sites_style_does(site):
    site.write("_static/site.css", ".own { color: red }")
    site.edit(
        "conf.py", "fontawesome_included", 'html_static_path = ["_static"]\nfontawesome_included'
    )
    before = site.build()
    site.post("more", "A new {abbr}`LIFO (last)` paragraph.\n\n```{tip}\nWords.\n```\n")
    assert site.build().page(SHEET) == before.page(SHEET)
    assert "accordion" not in before.page(SHEET)
    site.write("_static/site.css", ".accordion-button { color: red }")
    after = site.build()
    assert "accordion-button" in after.page(SHEET)
    address = re.compile(r"pydata-sphinx-theme\.css\?v=\w+")
    pages = [
        address.search(built.page("deep/page.html"))[0] for built in (after, site.clean_build())
    ]
    assert pages[0] == pages[1]


def test_a_class_without_rules_is_a_warning_until_it_is_kept(site):
    site.write("deep/page.md", "# A page\n\n```{container} btn-outline-danger\nWords.\n```\n\n"
               '<p class="modal">Raw.</p>\n')  # fmt: skip
    for _ in range(2):
        built = site.build()
        assert len(built.warnings) == 2
        assert all("deep/page.md" in line for line in built.warnings)
        assert "'^btn-outline-danger$' to 'formulary_css_keep'" in built.output
        assert "'^modal$'" in built.output
    assert ".btn-outline-danger" not in built.page(SHEET)
    built = site.build("-D", "formulary_css_keep=^btn-outline-danger$,^modal$")
    assert built.warnings == []
    assert ".btn-outline-danger" in built.page(SHEET)


def test_a_pattern_that_is_none_is_reported(site):
    assert "formulary_css_keep" in "".join(site.build("-D", "formulary_css_keep=(").warnings)


def test_a_site_may_extend_the_layout(site):
    site.edit(
        "conf.py", "fontawesome_included", 'templates_path = ["_templates"]\nfontawesome_included'
    )
    layout = '{% extends "!layout.html" %}{% block footer %}<i>own</i>{% endblock %}'
    site.write("_templates/layout.html", layout)
    page = site.build().page("index.html")
    assert "<i>own</i>" in page
    assert "searchindex" not in page


def test_missing_packages_are_one_error(site):
    (site.srcdir / "node_modules").unlink()
    (site.srcdir / "node_modules").mkdir()
    link_packages(site.srcdir / "node_modules")
    built = site.build()
    assert built.code != 0
    assert built.output.count("npm ci") == 1


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_another_theme_is_left_as_it_is(site, theme):
    site.env["THEME"] = theme
    (site.srcdir / "node_modules").unlink()
    (site.srcdir / "node_modules").mkdir()
    link_packages(site.srcdir / "node_modules")
    site.edit("conf.py", "html_theme_options = {", "html_theme_options = {} and {")
    built = site.build()
    assert built.code == 0
    assert not (site.srcdir / ".cache/css").exists()
    assert "\n" in built.page("_static/basic.css")
    assert "theme.js" not in built.page("index.html")
