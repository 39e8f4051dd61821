"""Formulas where markup cannot go are read as a person would write them in one line."""

import json

import pytest
from conftest import NODE_MODULES
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from sphinx_formulary.katex import Katex
from sphinx_formulary.model import Math
from sphinx_formulary.plain import mathml_text, plain_text

TEXTS = [
    ("O(n^2)", "O(n²)"),
    (r"\mathcal{O}(n)", "O(n)"),
    (r"\frac{a+b}{2}", "(a+b)/2"),
    (r"\frac12", "1/2"),
    (r"\frac{ab}{cd}", "ab/cd"),
    (r"\sqrt{x}", "√x"),
    (r"\sqrt{x+1}", "√(x+1)"),
    (r"\sqrt[3]{x+1}", "³√(x+1)"),
    (r"\sqrt[n]{2}", "ⁿ√2"),
    ("x_i", "xᵢ"),
    ("x_{ij}", "xᵢⱼ"),
    ("x_{i+1}", "xᵢ₊₁"),
    (r"x_\theta", "x_θ"),
    ("x_{1:n}", "x_(1:n)"),
    ("x_i^2", "xᵢ²"),
    (r"x_{\text{max}}", "xₘₐₓ"),
    (r"A^\top", "Aᵀ"),
    ("A^{-1}", "A⁻¹"),
    ("x^{n+1}", "xⁿ⁺¹"),
    ("e^{-x^2}", "e^(−x²)"),
    ("x'", "x′"),
    ("{}^{14}C", "¹⁴C"),
    (r"\hat{\theta}_n", "θ̂ₙ"),
    (r"\tilde x", "x̃"),
    (r"\bar x", "x̄"),
    (r"\dot x", "x\N{COMBINING DOT ABOVE}"),
    (r"\ddot x", "x\N{COMBINING DIAERESIS}"),
    (r"\vec v", "v⃗"),
    (r"\mathbb{R}^n", "ℝⁿ"),
    (r"\mathbb{E}", "𝔼"),
    (r"\mathbb{R}_{+}", "ℝ₊"),
    (r"\mathbf{W}", "W"),
    (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿxᵢ"),
    (r"\lim_{x\to 0}", "lim_(x→0)"),
    (r"\operatorname{softmax}(x)", "softmax(x)"),
    (r"\text{注意力} x", "注意力x"),
    (r"\text{a b}", "a\N{NO-BREAK SPACE}b"),
    (r"a\quad b", "a b"),
    (r"a \le b", "a≤b"),
    (r"a \ne b", "a≠b"),
    (r"\lVert x\rVert", "∥x∥"),
    ("x < y", "x<y"),
    (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1 2; 3 4)"),
    (r"\textcolor{red}{x}", "x"),
    (r"\boxed{x}", "x"),
    (r"O(n\log n)", "O(n log n)"),
    (r"\mathbb{k}", "𝕜"),
    (r"\phantom{x}y", "y"),
    ("x^{(t)}", "x^(t)"),
]
NAMES = [tex for tex, _ in TEXTS]


@pytest.fixture(scope="module")
def math() -> dict:
    folder = NODE_MODULES / "katex"
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    formulas = [(tex, False) for tex in [*NAMES, r"\nosuch^2"]]
    return Katex(folder, version, {}, {}).render(formulas)


@pytest.mark.parametrize(("tex", "text"), TEXTS, ids=NAMES)
def test_a_formula_is_read_in_one_line(math: dict, tex: str, text: str) -> None:
    assert mathml_text(math[tex, False].mathml) == text


def test_a_title_is_its_words_and_formulas(math: dict) -> None:
    title = [
        nodes.Text("The "),
        nodes.math("O(n^2)", "O(n^2)"),
        nodes.Text(" cost of "),
        nodes.emphasis("", "", nodes.literal("", "code"), nodes.Text(" & "), nodes.math("", "x_i")),
        nodes.Text(" <b>"),
    ]
    assert plain_text(title, math) == "The O(n²) cost of code & xᵢ <b>"


@pytest.mark.parametrize("known", [True, False])
def test_a_formula_that_cannot_be_rendered_is_its_tex(math: dict, known: bool) -> None:
    title = [nodes.math("", r"\nosuch^2")]
    assert math[r"\nosuch^2", False].error
    assert plain_text(title, math if known else {}) == r"\nosuch^2"


LEAVES = st.sampled_from(["<mi>x</mi>", "<mo>+</mo>", "<mi></mi>", "<mspace/>", "<mn>12</mn>"])


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        *(
            st.builds(f"<{tag}>{'{}' * count}</{tag}>".format, *[inner] * count)
            for tag, count in [
                ("mrow", 2), ("mfrac", 2), ("msqrt", 1), ("mroot", 2), ("msup", 2), ("munder", 2),
                ("msubsup", 3), ("munderover", 3), ("mtr", 2), ("mtable", 1), ("mtd", 1),
                ("menclose", 1), ("mpadded", 1), ("mstyle", 2), ("mphantom", 1),
            ]
        )
    )  # fmt: skip


@given(st.recursive(LEAVES, wrapped, max_leaves=12))
def test_no_formula_is_too_deep(mathml: str) -> None:
    assert "<" not in mathml_text(f"<math>{mathml}<annotation>\\TeX</annotation></math>")


def test_mathml_of_a_formula_ends_before_its_html() -> None:
    assert Math(b"<span><math><mi>x</mi></math></span><b/>").mathml == "<math><mi>x</mi></math>"
