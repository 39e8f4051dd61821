"""What a small site's search finds, and what its build leaves behind."""

import shutil

import pytest
from conftest import Site

from .asked import ask

POSTS = ("sampling", "fft", "filters")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    site = Site.of("search", tmp_path_factory.mktemp("search") / "site")
    built = site.build("-W", "-n")
    assert built.code == 0, built.output
    return built


def searched(built, *queries, filters=None):
    folder = built.outdir / "_search"
    return ask(*(["search", query, filters or {}] for query in queries), folder=folder)


def first(built, query, **filters) -> str:
    """Where the first result leads to."""
    (found,) = searched(built, query, filters=filters)
    if not found["order"]:
        return ""
    _group, url, id = found["order"][0]
    return f"{url}#{id}" if id else url


FIRST = {
    "采样定理": "posts/sampling.html",
    "滤波器": "posts/filters.html",
    "fast fourier": "posts/fft.html",
    "FastFourier": "posts/fft.html",
    "fastfuorier": "posts/fft.html",
    "convoluton theorem": "posts/filters.html",
    "取样率": "posts/sampling.html",
    "sampling rate": "posts/sampling.html",
    "aliasing": "posts/sampling.html",
    "採樣定理": "posts/sampling.html",
    "窗函数": "posts/filters.html#窗函数",
    "汉宁窗": "posts/filters.html#窗函数",
    "numpy": "posts/sampling.html#代价",
    "scipy": "posts/sampling.html#代价",
    r"x_n \operatorname{sinc}(\frac{t-nT}T)": "posts/sampling.html#sampling-interpolation",
    r"E_k + \exp(-2\pi i k/N) O_k": "posts/fft.html#fft-butterfly",
    r"2T(N/2)+\|x\|_0": "posts/fft.html",
}


def test_the_right_thing_comes_first(built) -> None:
    found = {query: first(built, query) for query in FIRST}
    assert found == FIRST


def test_what_is_no_article_of_the_site_does_not_appear(built) -> None:
    draft, hidden, nothing = searched(built, "量子", "藏起来的句子", "zzzz")
    assert draft["order"] == hidden["order"] == nothing["order"] == []
    about, home = searched(built, "这里写信号", "首页")
    assert about["order"][0][1] == "about.html"
    assert home["order"] == []


def test_symbols_of_formulas_are_no_words(built) -> None:
    (found,) = searched(built, "sum")
    assert found["articles"] == []


def test_filters_choose(built) -> None:
    assert first(built, "采样", category="算法") == "posts/fft.html"
    assert first(built, "采样", tag="卷积") == "posts/filters.html"
    assert first(built, "采样", year="2024") == "posts/sampling.html"
    assert first(built, "采样", year="2024", category="算法") == ""


def test_a_result_shows_the_words_that_it_was_found_by(built) -> None:
    (found,) = searched(built, "旁瓣")
    article = found["articles"][0]
    assert (article["title"], article["heading"]) == ("滤波器", "窗函数")
    assert [text for text, marked in article["excerpt"] if marked] == ["旁瓣"]
    assert "".join(text for text, _ in article["excerpt"]).startswith("汉宁窗（Hann window）")


def test_a_formula_is_shown_as_it_is_on_its_page(built) -> None:
    (found,) = searched(built, r"E_k+e^{-2\pi i k/N}O_k")
    formula = found["formulas"][0]
    assert formula["name"] == "FastFourier (1)"
    assert formula["html"] in built.page("posts/fft.html")


def test_a_formula_without_a_label_is_found_by_what_is_said_before_it(built) -> None:
    (found,) = searched(built, "每层乘法")
    assert [(item["name"], "T(N)=2T(N/2)" in item["html"]) for item in found["formulas"]] == [
        ("", True)
    ]


def test_sphinx_has_no_index_of_its_own(built) -> None:
    names = set(built.files())
    assert "searchindex.js" not in names
    for name in names:
        if name.endswith(".html"):
            assert "searchindex" not in built.page(name)
            assert "searchtools" not in built.page(name)


def test_the_page_has_the_filters(built) -> None:
    page = built.page("search.html")
    for option in ("信号", "算法", "傅里叶", "2024", "2025"):
        assert f"<option>{option}</option>" in page


class TestRebuilding:
    """What an edit leaves is compared with a clean build in ``test_rebuild.py``."""

    @pytest.fixture
    def site(self, tmp_path) -> Site:
        site = Site.of("search", tmp_path / "site")
        assert site.build().code == 0
        return site

    @staticmethod
    def times(site) -> dict[str, int]:
        folder = site.srcdir / "_build/html/_search"
        return {
            path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
            for path in folder.rglob("*.js")
        }

    def test_without_a_change_nothing_is_written(self, site) -> None:
        before = self.times(site)
        site.build()
        assert self.times(site) == before

    def test_an_edit_writes_what_differs(self, site) -> None:
        before = self.times(site)
        site.edit("posts/filters.md", "压低旁瓣", "压低副瓣")
        built = site.build()
        after = self.times(site)
        changed = {name for name in before if after[name] != before[name]}
        assert {name for name in changed if name.startswith("texts/")} == {"texts/4-0.js"}
        assert first(built, "副瓣") == "posts/filters.html#窗函数"
        assert first(built, "旁瓣") == ""
        assert self.index(built) == self.index(site.clean_build())

    @staticmethod
    def index(built) -> dict[str, str]:
        return {name: text for name, text in built.files().items()
                if name.startswith("_search/") and name.endswith(".js")}  # fmt: skip

    @staticmethod
    def parts(site) -> set[str]:
        return {path.name for path in site.srcdir.glob("_build/doctrees-html/*/html/*")}

    def test_only_what_was_edited_is_weighed_again(self, site) -> None:
        before = self.parts(site)
        site.edit("posts/filters.md", "压低旁瓣", "压低副瓣")
        site.build()
        after = self.parts(site)
        assert (len(before - after), len(after - before)) == (1, 1)
        assert len(after) == 5  # the published posts, about and terms

    def test_a_part_knows_nothing_of_other_documents(self, site) -> None:
        rare = site.post("rare", "龟。\n", title="龟", date="2020-01-01")
        site.build()
        site.edit("posts/filters.md", "压低旁瓣", "压低副瓣")
        site.build()  # beside parts that were kept
        rare.unlink()
        assert self.index(site.build()) == self.index(site.clean_build())

    def test_pages_with_the_same_words_are_two(self, site) -> None:
        for name in ("one", "two"):
            site.write(f"{name}.md", "---\norphan: true\n---\n\n# 孪生页面\n\n一模一样。\n")
        (found,) = searched(site.build(), "孪生页面")
        assert {url for _group, url, _id in found["order"]} == {"one.html", "two.html"}

    def test_an_index_is_made_where_nothing_is_kept(self, site) -> None:
        shutil.rmtree(site.srcdir / "_build/doctrees-html/formulary-search")
        site.edit("posts/filters.md", "压低旁瓣", "压低副瓣")
        assert self.index(site.build()) == self.index(site.clean_build())

    def test_a_post_that_is_gone_is_not_found(self, site) -> None:
        (site.srcdir / "posts/fft.md").unlink()
        assert first(site.build(), "FastFourier") == ""

    def test_an_index_that_was_lost_comes_back(self, site) -> None:
        shutil.rmtree(site.srcdir / "_build/html/_search")
        assert first(site.build(), "采样定理") == "posts/sampling.html"

    def test_a_synonym_that_is_declared_is_known(self, site) -> None:
        site.edit("conf.py", "formulary_synonyms = [", 'formulary_synonyms = ["旁瓣 = 侧叶", ')
        assert first(site.build(), "侧叶") == "posts/filters.html#窗函数"


def test_a_wrong_synonym_is_told(site: Site) -> None:
    with (site.srcdir / "conf.py").open("a") as conf:
        conf.write('formulary_synonyms = [["a", "b"]]\n')
    built = site.build()
    assert "formulary_synonyms is [['a', 'b']]; expected a list of texts" in built.output


@pytest.mark.root("search")
def test_a_site_in_traditional_characters_is_searched_in_both(site: Site) -> None:
    site.post("loss", "混合精度訓練要損失縮放。\n", title="損失縮放")
    built = site.build()
    found = searched(built, "損失縮放", "损失缩放")
    assert [answer["order"][0][1] for answer in found] == ["posts/loss.html"] * 2
    marked = ["".join(text for text, mark in answer["articles"][0]["excerpt"] if mark)
              for answer in found]  # fmt: skip
    assert marked == ["損失縮放"] * 2
