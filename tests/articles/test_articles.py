"""Articles keep their rules: what each must have, and Python that runs and proves its formulas."""

import re
import subprocess
import warnings
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from conftest import PROJECT
from sybil import Document
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

ARTICLES = sorted((PROJECT / "posts").glob("*.md"))
MUTATIONS = yaml.safe_load(Path(__file__).with_name("mutations.yml").read_text(encoding="utf-8"))
WORKS = (PROJECT / "references.bib").read_text(encoding="utf-8")
ENGINEERING = "数据与工程"
CATEGORIES = {
    "注意力与序列模型", "大模型推理", "参数高效微调", "生成模型", "训练与优化",
    "图像与分割", "目标检测", "人脸识别", ENGINEERING,
}  # fmt: skip

FENCE = re.compile(r"^(`{3,})(.*?)^\1$", re.MULTILINE | re.DOTALL)
each_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)


def front_matter(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])


def prose(path: Path) -> str:
    """The text without its code; directives stay."""
    text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    return FENCE.sub(lambda fence: fence[0] if fence[2].startswith("{") else "", text)


def role(name: str, text: str) -> list[str]:
    return re.findall(rf"{{{name}}}`([^`]+)`", text)


def labels(path: Path) -> list[str]:
    return re.findall(r"^\$\$ \(([^)]+)\)$", prose(path), re.MULTILINE)


def committed(path: Path) -> datetime:
    """When the file came into the repository; now, where that is not known."""
    command = ["git", "log", "--diff-filter=A", "--format=%cI", "--", path]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    dates = done.stdout.split()
    return datetime.fromisoformat(dates[-1]) if dates else datetime.now().astimezone()


@each_article
class TestRules:
    def test_front_matter(self, path):
        front = front_matter(path)
        assert front["title"].strip()
        assert front["category"] in CATEGORIES
        assert 2 <= len(set(front["tags"])) == len(front["tags"]) <= 5

    def test_date_is_the_minute_of_writing_before_the_commit(self, path):
        date = front_matter(path)["date"]
        if isinstance(date, str):  # YAML itself knows only date-times with seconds
            date = datetime.strptime(date, "%Y-%m-%d %H:%M")
        assert date.replace(tzinfo=ZoneInfo("Asia/Shanghai")) <= committed(path)

    def test_description_is_one_plain_sentence(self, path):
        assert re.fullmatch(r"[^。！？`$*]{10,}[。！？]", front_matter(path)["description"])

    def test_the_main_symbols_have_a_meaning(self, path):
        assert 4 <= len(front_matter(path)["symbols"]) <= 10

    def test_a_term_is_explained_where_it_comes_first(self, path):
        terms = re.findall(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`", prose(path))
        assert len(terms) == len(set(terms)) <= 4

    def test_numbered_formulas_are_the_articles_own_and_referred_to(self, path):
        assert labels(path)
        assert [name for name in labels(path) if not name.startswith(f"{path.stem}-")] == []
        referred = {name for other in ARTICLES for name in role("eq", prose(other))}
        assert [name for name in labels(path) if name not in referred] == []

    def test_links_into_the_rest_of_the_knowledge_base(self, path):
        if front_matter(path)["category"] == ENGINEERING:
            return
        others = {name for other in ARTICLES if other != path for name in labels(other)}
        formulas = others & set(role("eq", prose(path)))
        assert len(formulas) >= 2
        pages = {other.name for other in ARTICLES if other != path}
        linked = re.findall(r"\]\(([^)#]+\.md)(?:#[^)]*)?\)", prose(path))
        assert len(pages & set(linked)) >= 2

    def test_works_are_cited_from_the_shared_list(self, path):
        text = prose(path)
        cited = {key for keys in role("footcite:[a-z]+", text) for key in keys.split(",")}
        known = set(re.findall(r"^@\w+\{([^,]+),", WORKS, re.MULTILINE))
        assert {key.strip() for key in cited} - known == set()
        shown = "{footbibliography}" in text
        assert shown == bool(cited)


def code_of(path: Path) -> Document:
    return Document.parse(str(path), PythonCodeBlockParser(), SkipParser())


def run(document: Document) -> None:
    """Evaluate every block, top to bottom, in one namespace."""
    for example in document.examples():
        example.evaluate()


def sources(document: Document) -> list[str]:
    """The blocks of code; a doctest is checked by its own output."""
    return [region.parsed for _, region in document.regions if isinstance(region.parsed, str)]


@each_article
def test_code_runs(path):
    document = code_of(path)
    assert any("assert" in source for source in sources(document))
    run(document)


def mutations():
    for slug, changes in MUTATIONS.items():
        for change in changes:
            yield pytest.param(PROJECT / f"posts/{slug}.md", change, id=change["breaks"])


@pytest.mark.parametrize(("path", "change"), mutations())
def test_an_assertion_catches(path, change):
    document = code_of(path)
    found = [region for _, region in document.regions if change["find"] in str(region.parsed)]
    assert sum(source.count(change["find"]) for source in sources(document)) == 1
    source = found[0].parsed
    changed = source.replace(change["find"], change["replace"])
    found[0].parsed = type(source)(changed, source.offset, source.line_offset)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a wrong formula may overflow before it is caught
        with pytest.raises(AssertionError):
            run(document)


@each_article
def test_every_article_has_two_mutations_of_its_own_formulas(path):
    broken = [change["breaks"] for change in MUTATIONS[path.stem]]
    assert len(broken) >= 2
    assert set(broken) <= set(labels(path))


FAILING = """# Title

```python
total = 1
```

<!-- skip: next -->

```python
raise RuntimeError
```

Text.

```python
total += 1

assert total == 3
```
"""


def test_a_failure_names_file_and_line(tmp_path):
    path = tmp_path / "article.md"
    path.write_text(FAILING, encoding="utf-8")
    with pytest.raises(AssertionError) as failure:
        run(code_of(path))
    last = failure.traceback[-1]
    assert (Path(last.path), last.lineno + 1) == (path, 18)
