"""The page of the graph says who refers to whom, in a picture, a list and a file of data."""

import json
import shutil

import pytest
from bs4 import BeautifulSoup
from conftest import NODE_MODULES, Built, Site
from whole_site import broken_links, repeated_ids

pytestmark = pytest.mark.root("references")

LINKS = {
    ("alpha", "epsilon"), ("beta", "alpha"), ("delta", "beta"), ("gamma", "alpha"),
    ("gamma", "beta"),
}  # fmt: skip
FOUR = 4_000  # bytes that the picture at an article's foot may cost


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    return Site.of("references", tmp_path_factory.mktemp("graph") / "site").build()


def page(built: Built, name: str = "graph.html") -> BeautifulSoup:
    return BeautifulSoup(built.page(name), "html.parser")


def slug(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".html")


def data(built: Built) -> dict:
    return json.loads(built.page("graph.json"))


def test_the_picture_has_every_article_and_every_link(built):
    assert built.warnings == []
    svg = page(built).select_one("svg.graph-chart")
    names = [slug(node["href"]) for node in svg.select("a.graph-node")]
    assert sorted(names) == ["alpha", "beta", "delta", "epsilon", "gamma"]
    rays = svg.select_one(".graph-rays")
    pairs = [pair.split("-") for pair in rays["data-links"].split()]
    assert {(names[int(source)], names[int(target)]) for source, target in pairs} == LINKS
    assert rays["d"].count("z") == len(LINKS)


def test_a_node_says_its_whole_title_and_shows_the_short_one(built):
    node = page(built).select_one('a.graph-node[href$="alpha.html"]')
    assert node.find("text").string == "Al & Co"
    assert node.find("title").string == "Al & Co: Alpha α & all"


def test_the_list_names_both_ends_of_each_link(built):
    found = {"refers to": set(), "referred to by": set()}
    for item in page(built).select(".graph-list li"):
        for line in item.find_all("p"):
            words = line.contents[0].split(":")[0].strip()
            for link in line.find_all("a"):
                found[words].add((slug(item.a["href"]), slug(link["href"])))
    assert found["refers to"] == LINKS
    assert found["referred to by"] == {(target, source) for source, target in LINKS}


def test_the_list_is_by_category_with_a_link_to_it(built):
    groups = page(built).select(".graph-group")
    assert [group.h2.a.string for group in groups] == ["Even", "None", "Odd"]
    assert [slug(group.h2.a["href"]) for group in groups] == ["even", "none", "odd"]


def test_the_data_say_all_of_it(built):
    found = data(built)
    nodes = {node["docname"]: node for node in found["nodes"]}
    assert {(slug(link["source"]), slug(link["target"])) for link in found["links"]} == LINKS
    assert {link["count"] for link in found["links"]} > {1}
    assert nodes["posts/alpha"] == {
        "docname": "posts/alpha",
        "url": "posts/alpha.html",
        "title": "Alpha α & all",
        "name": "Al & Co",
        "category": "Odd",
        "tags": ["one", "two"],
        "date": "2025-01-01T00:00:00+00:00",
        "x": nodes["posts/alpha"]["x"],
        "y": nodes["posts/alpha"]["y"],
    }
    assert all(0 < node["x"] < found["width"] for node in nodes.values())
    place = page(built).select_one('a.graph-node[href$="alpha.html"]')["transform"]
    assert place == f"translate({nodes['posts/alpha']['x']} {nodes['posts/alpha']['y']})"
    assert page(built).select_one(".graph-reading a")["href"] == "graph.json"


def test_the_foot_of_an_article_shows_its_own_links_and_is_read_once(built):
    for name in ("alpha", "beta", "gamma", "delta", "epsilon"):
        figure = page(built, f"posts/{name}.html").select_one(".neighbourhood")
        shown = {slug(link["href"]) for link in figure.svg.find_all("a")}
        expected = {link[1] for link in LINKS if link[0] == name}
        expected |= {link[0] for link in LINKS if link[1] == name}
        assert shown == expected
        assert figure.svg["aria-hidden"] == "true"
        assert {link["tabindex"] for link in figure.svg.find_all("a")} == {"-1"}
        assert figure.figcaption.a["href"] == "../graph.html"


def test_the_foot_costs_little_where_there_are_many_links(site: Site):
    for number in range(30):
        site.post(
            f"文章-{number:02}", "By [](alpha.md).\n", title="一个相当长的文章标题" + str(number)
        )
    built = site.build()
    figure = page(built, "posts/alpha.html").select_one(".neighbourhood")
    assert len(figure.svg.find_all("a")) == 12
    assert "and 21 more" in figure.figcaption.get_text()
    text = built.page("posts/alpha.html")
    start = text.index('<figure class="neighbourhood"')
    assert len(text[start : text.index("</figure>", start)].encode()) < FOUR


def test_only_its_own_page_loads_what_it_needs(built):
    assert "graph.css" in built.page("graph.html")
    assert "d3-zoom" in built.page("graph.html")
    for name in ("index.html", "posts/alpha.html", "formulas.html"):
        assert "graph.css" not in built.page(name)
        assert "d3-" not in built.page(name)


def test_every_link_leads_somewhere(built):
    assert broken_links(built.outdir) == []
    assert repeated_ids(built.outdir) == {}


def test_the_same_elsewhere_without_a_cache_and_with_more_processes(built, site: Site):
    again = site.build("-j", "4")
    for name in ("graph.html", "graph.json"):
        assert again.page(name) == built.page(name)


def test_folders_of_pages(site: Site):
    built = site.build(builder="dirhtml")
    assert built.warnings == []
    assert page(built, "graph/index.html").select_one(".graph-reading a")["href"] == "../graph.json"
    assert {node["url"] for node in data(built)["nodes"]} > {"posts/alpha/"}
    assert broken_links(built.outdir) == []


def test_the_data_are_written_when_they_change(site: Site):
    path = site.build().outdir / "graph.json"
    time = path.stat().st_mtime_ns
    site.edit("posts/delta.md", "Nothing.", "Something.")
    site.build()
    assert path.stat().st_mtime_ns == time
    site.edit("posts/delta.md", "2025-04-01", "2025-04-02")
    assert "2025-04-02" in site.build().page("graph.json")
    path.unlink()
    assert "2025-04-02" in site.build().page("graph.json")


def test_a_page_of_the_authors_own_takes_its_place(site: Site):
    assert (site.build().outdir / "graph.json").is_file()
    site.write("graph.md", "---\norphan: true\n---\n\n# My own graph\n")
    built = site.build()
    assert "My own graph" in built.page("graph.html")
    assert "graph-chart" not in built.page("graph.html")
    assert "graph.css" not in built.page("graph.html")
    assert not (built.outdir / "graph.json").exists()
    assert built.files() == site.clean_build().files()


@pytest.mark.root("minimal")
def test_without_posts_there_is_none(site: Site):
    built = site.build()
    assert not (built.outdir / "graph.html").exists()
    assert not (built.outdir / "graph.json").exists()
    assert "graph.html" not in built.page("index.html")


@pytest.mark.root("minimal")
def test_one_article_without_a_category_is_a_graph_too(site: Site):
    site.post("alone", "Words.\n")
    built = site.build()
    assert built.warnings == []
    assert [node["docname"] for node in data(built)["nodes"]] == ["posts/alone"]
    assert "Without a category" in page(built).select_one(".graph-group h2").get_text()
    assert page(built, "posts/alone.html").select_one(".neighbourhood") is None


@pytest.mark.parametrize("package", ["d3-force", "d3-zoom", "d3-transition"])
@pytest.mark.root("minimal")
def test_a_missing_package_is_one_error(site: Site, package: str):
    modules = site.srcdir / "node_modules"
    modules.unlink()
    modules.mkdir()
    for found in NODE_MODULES.iterdir():
        if found.name != package and not found.name.startswith("."):
            (modules / found.name).symlink_to(found)
    built = site.build()
    assert built.code != 0
    assert built.output.count("npm ci") == 1


def test_node_runs_only_for_a_new_layout(site: Site):
    """The second build finds packages that cannot be run."""
    site.build()
    modules = site.srcdir / "node_modules"
    modules.unlink()
    shutil.copytree(NODE_MODULES, modules, symlinks=True)
    (modules / "d3-force/dist/d3-force.mjs").unlink()
    site.edit("posts/delta.md", "date: 2025-04-01", "date: 2025-04-02")
    built = site.build("-E")
    assert built.code == 0
    site.edit("posts/delta.md", "Nothing.", "By {eq}`epsilon-one`.")
    assert "could not be laid out" in site.build().output
