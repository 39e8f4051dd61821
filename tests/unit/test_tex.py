"""What KaTeX would show in silence although it is a mistake, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_formulary.tex import commands, mistake, normal, tokens


def table(name: str, body: str, columns: str = "") -> str:
    return rf"\begin{{{name}}}{columns} {body} \end{{{name}}}"


ROW = table("pmatrix", "1 & 2")
MATRIX = table("pmatrix", r"1 & 2 \\ 3 & 4")
SHORT = table("pmatrix", r"1 & 2 \\ 3")
CASES = table("cases", r"1 & a \\ 2 & b")

WRONG = [
    ("$$x$$", "blank line before"),
    ("  $$", "blank line before"),
    (r"x \label{one}", r"'\label' is not for KaTeX"),
    ("（x）", r"'（' stands in math; write '('"),
    ("f(x，y)", r"'，' stands in math; write ','"),
    ("x。", r"'。' stands in math; put it into \text"),
    ("x、y", r"'、' stands in math; put it into \text"),
    ("x＝１", "'＝' stands in math; write '='"),
    ("x_１", "'１' stands in math; write '1'"),
    ("Ａ", "'Ａ' stands in math; write 'A'"),
    ("x\u3000y", "'\u3000' stands in math; put it"),
    ("f‘", "'‘' stands in math; put it"),
    ("x — y", "'—' stands in math; put it"),
    (r"\text{如，}x，", r"write ','"),
    (r"\frac{\text{甲}}{（}", r"write '('"),
    (r"\text {x}{，}", r"write ','"),
    ("a % 注，\n，", "write ','"),
    (table("aligned", r"x &= 1 \\ y = 2"), "row 2 of 'aligned' lacks an '&'; put one before"),
    (table("align*", r"x = 1 \\ y &= 2"), "row 1 of 'align' lacks an '&'"),
    (table("split", r"x \\ y"), "row 1 of 'split' lacks an '&'"),
    (table("alignat", r"x & y \\ z", "{2}"), "row 2 of 'alignat'"),
    (table("alignedat", r"x & y \\ z", "{2}"), "row 2 of 'alignedat'"),
    (table("pmatrix", r"1 & 2 \\ 3"), "row 2 of 'pmatrix' lacks an '&', where another row has 1"),
    (table("bmatrix*", r"1 \\ 3 & 4", "[r]"), "row 1 of 'bmatrix'"),
    (table("matrix", r"1 & 2 & 3 \\ 3 & 4"), "where another row has 2; an empty cell needs"),
    (table("smallmatrix", r"1 \cr 2 & 3"), "row 1 of 'smallmatrix'"),
    (table("array", r"1 & 2 \\ \hline 3", "{cc}"), "row 2 of 'array'"),
    (table("cases", r"1 & x > 0 \\ 2"), "row 2 of 'cases'"),
    (table("rcases", r"1 \\ 2 & y"), "row 1 of 'rcases'"),
    (table("aligned", r"x &= 1 \\ y & \text{a & b} \\ z \& 1"), "row 3 of 'aligned'"),
    (table("aligned", r"x &= 1 \\ z % & 1" + "\n"), "row 2 of 'aligned'"),
    (table("aligned", rf"x &= {ROW} \\ {ROW}"), "row 2"),
    (table("aligned", rf"x &= {SHORT} \\ y &= 1"), "row 2 of 'pmatrix'"),
    (table("cases", rf"{SHORT} & x \\ y & z"), "row 2 of 'pmatrix'"),
]  # fmt: skip


@pytest.mark.parametrize(("tex", "told"), WRONG)
def test_a_mistake_that_katex_accepts_is_told(tex: str, told: str) -> None:
    assert told in mistake(tex)


RIGHT = [
    "",
    "x + y",
    "x 与 y",  # Chinese characters are seen; KaTeX shows them
    r"\text{，}",
    r"\text{（如 $x$ 所示），}",
    r"\text{甲 {乙，} 丙。} x",
    r"\textbf{全角１}",
    r"\mbox{——}",
    r"\text  {，}",
    r"x \tag{注，}",
    r"x \tag*{（注）}",
    r"x \tag* {（注）}",
    r"\operatorname{softmax}(x)",
    "a % 注释，不算",
    "a % 注释，\nb",
    r"\$ 5 \& 6 \% 7",
    r"\labelled",
    table("aligned", "x = 1"),
    table("aligned", "x &= 1"),
    table("aligned", r"x = 1 \\"),
    table("aligned", r"x &= 1 \\ y &= 2 \\"),
    table("aligned", r"x &= 1 \\[2pt] y &= 2"),
    table("aligned", r"x &= 1 && \text{注，} \\ y &= 2"),
    table("aligned", r"x &= 1 \\ y &= 2 && \text{注}"),
    table("aligned", r"x &= 1 \\ % 行末，没有 &" + "\n y &= 2"),
    table("aligned", r"x &= 1 \\ &= 2 \\ & "),
    table("aligned", rf"x &= {MATRIX} \\ y &= 2"),
    table("aligned", r"x &= \substack{i \\ j} \\ y &= 2"),
    table("aligned", r"x &= {a \\ b} \\ y &= 2"),
    table("gathered", r"x \\ y &= 2"),
    table("gather", r"x \\ y"),
    table("pmatrix", r"1 & 2 \\ & 4"),
    table("pmatrix", r"1 & 2 \\ 3 & "),
    table("pmatrix", r"1 \& 2 \\ 3"),
    table("pmatrix", r"1 \\ 2"),
    table("bmatrix", r"1 & 2 \\ \hline 3 & 4"),
    table("array", r"1 & 2 \\ \hline", "{c|c}"),
    table("array", r"\hline 1 & 2 \\ \hline 3 & 4 \\ \hline", "{c|c}"),
    table("array", r"1 & 2 \\ \hdashline", "{c:c}"),
    table("cases", r"1 & x > 0 \\ 2 & x \le 0"),
    table("cases", r"1 \\ 2"),
    table("cases", r"1, & x \\ 2, & y & z"),
    table("cases", rf"{CASES} & x \\ 2 & y"),
    table("subarray", r"i \\ j", "{l}"),
    r"\sum_{\substack{i \\ j}} x",
    rf"\left\{{ {ROW} \right.",
    "a & b",  # KaTeX tells this
    r"\begin{aligned}",  # and these
    r"\end{aligned}",
    r"\begin",
    r"\begin{",
    table("aligned", r"x &= 1 \\ \\ y &= 2"),
    r"\begin {array} {cc} 1 & 2 \end {array}",
    table("aligned", r"x &= 1 \\ y &= 2 \\[2pt]"),
    table("array", r"1 & 2 \\[2pt] \hline", "{cc}"),
    table("aligned", r"x &= 1 \\ y &= 2 \\*"),
    table("cases", "1 & x \\\\ 2 & y \\\\ % 注\n"),
    r"\colorbox{red}{注，}",
    r"\href{https://example.org/（注）}{x}",
]


@pytest.mark.parametrize("tex", RIGHT)
def test_what_is_no_mistake_is_not_told(tex: str) -> None:
    assert mistake(tex) == ""


PIECES = st.sampled_from(
    ["\\begin{aligned}", "\\end{aligned}", "\\begin{array}{c}", "\\end{array}", "\\begin", "\\end",
     "\\", "\\\\", "&", "{", "}", "%", "\n", "$", "$$", "\\text{", "\\tag*{", "，", "[2pt]", "x"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_no_formula_is_too_odd(tex: str) -> None:
    assert isinstance(mistake(tex), str)
    assert "".join(token.text for token in tokens(tex)) == tex


def test_commands_are_names_and_signs() -> None:
    assert commands(r"\frac{\a1}{x\,\%} % \no" + "\n" + r"\\ \b") == {
        r"\frac", r"\a", r"\,", r"\%", "\\\\", r"\b",
    }  # fmt: skip


@pytest.mark.parametrize(
    "ways",
    [
        ["W_0", "W_{0}", "W _ 0", "{W}_{{0}}", "W_0% a comment"],
        [r"\alpha_t", r"\alpha _t", r"\alpha_{t}", r"{\alpha}_t"],
        [r"\mathbf{x}", r"\mathbf x", r"\mathbf{ x }"],
        ["x_{ij}", "x_{i j}", "{x}_{ij}"],
        [r"p(x\mid s)", r"p( x \mid s )"],
        [r"\text{a b}", r"\text{a b} "],
    ],
)
def test_a_formula_is_the_same_however_it_is_written(ways: list[str]) -> None:
    assert len({normal(tex) for tex in ways}) == 1


def test_other_formulas_are_other_ones() -> None:
    others = [
        "W_0",
        "w_0",
        "W^0",
        "W_{01}",
        "W_01",
        r"\bar W_0",
        "W_0'",
        r"\text{ab}",
        r"\text{a b}",
    ]
    assert len({normal(tex) for tex in others}) == len(others)


@given(st.text(alphabet=r"ab\_^{} %$&", max_size=20))
def test_the_form_of_anything_is_found(tex: str) -> None:
    assert isinstance(normal(tex), str)
