"""Formulas are rendered in one batch; one that fails is shown as its source and says why."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import NODE_MODULES

from sphinx_formulary import katex
from sphinx_formulary.katex import Katex
from sphinx_formulary.model import Math, TexSource

MACROS = {r"\R": r"\mathbb{R}", r"\norm": r"\left\lVert #1\right\rVert"}
FORMULAS = [
    ("x^2", False),
    ("x^2", True),
    ("x^2", False),
    (r"\norm{x} \in \R", False),
    (r"\R", False),
    (r"\text{注意力} < 1", False),
    (r"\frac{1}{", False),
    (r"\nope <b>x</b>", True),
    (r"\gdef\leak{y} \gdef\R{z} \leak\R", False),
    (r"\leak", False),
    (r"\R^2", False),
    (r"\href{javascript:alert(1)}{x}", False),
    (r"\includegraphics{https://example.com/x.png}", False),
    (r"\htmlStyle{color: red}{x}", False),
    (r"E_{\min} + L_{\cos}^2 + a^{\log b} + \log x", False),
]

PACKAGE = NODE_MODULES / "katex"
VERSION = json.loads((PACKAGE / "package.json").read_text())["version"]
KATEX = Katex(PACKAGE, VERSION, MACROS, {})


def children() -> set[str]:
    """The processes that this one has started and not seen end."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("needs /proc")
    return {pid for path in tasks.glob("*/children") for pid in path.read_text().split()}


@pytest.fixture(scope="module")
def rendered() -> dict[TexSource, Math]:
    before = children()
    answer = KATEX.render(list(dict.fromkeys(FORMULAS)))
    assert children() <= before, "Node still runs"
    return answer


def mathml(math: Math) -> str:
    soup = BeautifulSoup(math.mathml, "html.parser")
    for annotation in soup("annotation"):
        annotation.decompose()
    return soup.get_text()


def test_each_distinct_formula_has_its_answer(rendered: dict[TexSource, Math]) -> None:
    assert list(rendered) == list(dict.fromkeys(FORMULAS))
    for item in [("x^2", False), ("x^2", True), (r"\text{注意力} < 1", False)]:
        assert rendered[item].error == ""
        assert 'class="katex' in rendered[item].html
        assert rendered[item].mathml.count("<math") == rendered[item].html.count("<math") == 1
        assert 'class="katex-html"' not in rendered[item].mathml


def test_display_is_not_inline(rendered: dict[TexSource, Math]) -> None:
    assert "katex-display" in rendered["x^2", True].html
    assert "katex-display" not in rendered["x^2", False].html


def test_macros_are_known(rendered: dict[TexSource, Math]) -> None:
    assert rendered[r"\norm{x} \in \R", False].error == ""
    assert mathml(rendered[r"\R", False]) == "R"


@pytest.mark.parametrize(
    ("formula", "word", "shown"),
    [
        ((r"\frac{1}{", False), "expected '}'", r"\frac{1}{"),
        ((r"\nope <b>x</b>", True), r"\nope", r"\nope &lt;b&gt;x&lt;/b&gt;"),
    ],
)
def test_a_failing_formula_shows_its_source(
    rendered: dict[TexSource, Math], formula: TexSource, word: str, shown: str
) -> None:
    math = rendered[formula]
    assert word in math.error
    assert shown in math.html
    assert shown in math.mathml
    assert "<b>" not in math.html + math.mathml


def test_a_definition_stays_in_its_formula(rendered: dict[TexSource, Math]) -> None:
    assert mathml(rendered[FORMULAS[8]]) == "yz"
    assert r"\leak" in rendered[r"\leak", False].error
    assert mathml(rendered[r"\R^2", False]) == "R2"
    assert MACROS[r"\R"] == r"\mathbb{R}"


@pytest.mark.parametrize("formula", FORMULAS[11:], ids=lambda formula: formula[0])
def test_a_formula_makes_no_link_image_or_style(
    rendered: dict[TexSource, Math], formula: TexSource
) -> None:
    math = rendered[formula]
    soup = BeautifulSoup(math.html + math.mathml, "html.parser")
    assert not soup.select("a, img, mglyph, [href], [src]")
    assert "color: red" not in " ".join(tag["style"] for tag in soup.select("[style]"))


def test_scripts_have_as_many_children_as_mathml_allows(rendered: dict[TexSource, Math]) -> None:
    counts = {"msub": 2, "msup": 2, "msubsup": 3}
    math = BeautifulSoup(rendered[FORMULAS[-1]].html, "html.parser").find("math")
    found = [(node.name, len(node.find_all(recursive=False))) for node in math.find_all(counts)]
    assert found == [(name, counts[name]) for name, _ in found]
    assert {name for name, _ in found} == set(counts)
    assert math.get_text().count("\u2061") == 2, "log is applied to what stands behind it"


def test_two_batches_give_the_same(rendered: dict[TexSource, Math]) -> None:
    assert KATEX.render(list(rendered)[::-1]) == rendered


def test_no_formula_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(katex, "run_node", None)
    assert KATEX.render([]) == {}
    assert KATEX.render([(r"x \label{y}", True)])  # our own rules need none
