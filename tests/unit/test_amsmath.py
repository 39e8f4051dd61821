"""An environment of amsmath is taken apart into lines, and put together as it was written."""

import re

import pytest

from sphinx_formulary.amsmath import environment


def lines(tex: str) -> list[tuple[str, tuple[str, ...], str, int]]:
    found = environment(tex)
    assert found is not None
    return [(line.tex.strip(), line.labels, line.end, line.breaks) for line in found.lines]


@pytest.mark.parametrize(
    ("begin", "name", "starred", "columns"),
    [
        ("align", "align", False, ""),
        ("align*", "align", True, ""),
        ("gather", "gather", False, ""),
        ("gather*", "gather", True, ""),
        ("alignat", "alignat", False, "{2}"),
        ("alignat*", "alignat", True, "{10}"),
        ("equation", "equation", False, ""),
        ("equation*", "equation", True, ""),
    ],
)
@pytest.mark.parametrize("around", ["", "\n "])
def test_each_environment_is_known(
    begin: str, name: str, starred: bool, columns: str, around: str
) -> None:
    tex = rf"{around}\begin{{{begin}}}{columns} x \label{{one}} \end{{{begin}}}{around}"
    found = environment(tex)
    assert found is not None
    assert (found.name, found.starred, found.columns) == (name, starred, columns)
    assert lines(tex) == [("x", ("one",), "", around.count("\n"))]


@pytest.mark.parametrize(
    "tex",
    [
        "",
        "x",
        r"\begin{aligned} x \end{aligned}",
        r"\begin{multline} x \end{multline}",
        r"\begin{align} x",
        r"x \begin{align} x \end{align}",
        r"\begin{align} x \end{align} y",
        r"\begin{align} x \end{align*}",
        r"\begin{align} x \end{gather}",
        r"\begin{align} x \end{align} \begin{align} y \end{align}",
        r"\begin{align} x \end{align} % why",
    ],
)
def test_what_is_not_one_whole_environment_stays_as_it_is(tex: str) -> None:
    assert environment(tex) is None


BODIES = {
    "one line": (" x &= 1 ", [("x &= 1", (), "", 0)]),
    "two lines": (r" x \\ y ", [("x", (), r"\\", 0), ("y", (), "", 0)]),
    "an end that breaks": (r" x \\ y \\ ", [("x", (), r"\\", 0), ("y", (), r"\\", 0)]),
    "lengths": (
        r" x \\[2pt] y \\* z \\*[-1em] w \\ [3, 4] ",
        [("x", (), r"\\[2pt]", 0), ("y", (), r"\\*", 0), ("z", (), r"\\*[-1em]", 0),
         ("w", (), r"\\", 0), ("[3, 4]", (), "", 0)],
    ),
    "labels and their lines": (
        "\n x \\label{a} \\\\\n y \\\\\n z\n \\label { c }\n",
        [("x", ("a",), "\\\\", 1), ("y", (), "\\\\", 1), ("z", ("c",), "", 4)],
    ),
    "a bracket on the next line": (
        " x \\\\\n[1] y \\label{b}",
        [("x", (), "\\\\", 0), ("[1] y", ("b",), "", 1)],
    ),
    "two labels": (r" x \label{a} + \label{b} y", [("x + y", ("a", "b"), "", 0)]),
    "label first": (r"\label{a} x \\ \label{b} y", [("x", ("a",), r"\\", 0), ("y", ("b",), "", 0)]),
    "inner environments": (
        r" x &= \begin{cases} 1 \\ 2 \end{cases} \\ y &= \begin{pmatrix} 1 \\ 2 \end{pmatrix} ",
        [(r"x &= \begin{cases} 1 \\ 2 \end{cases}", (), r"\\", 0),
         (r"y &= \begin{pmatrix} 1 \\ 2 \end{pmatrix}", (), "", 0)],
    ),
    "braces": (
        r" x_{\substack{i \\ j}} \\ y",
        [(r"x_{\substack{i \\ j}}", (), r"\\", 0), ("y", (), "", 0)],
    ),
    "a comment that breaks": (
        " x % \\\\\n \\\\ y",
        [("x", (), "\\\\", 0), ("y", (), "", 1)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ["align", "gather", "align*"])
@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES.keys())
def test_lines_end_where_a_reader_sees_them_end(name: str, body: str, expected: list) -> None:
    assert lines(rf"\begin{{{name}}}{body}\end{{{name}}}") == expected


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("align", "cases"),
        ("align", "aligned"),
        ("gather", "gathered"),
    ],
)
def test_an_inner_environment_may_have_a_longer_name(outer: str, inner: str) -> None:
    tex = rf"\begin{{{outer}}} \begin{{{inner}}} x \\ y \end{{{inner}}} \\ z \end{{{outer}}}"
    assert len(lines(tex)) == 2


def test_a_comment_is_no_part_of_a_line() -> None:
    tex = "\\begin{align} x \\label{a} % \\label{c}\n\\\\ y \\label{b} % last\n\\end{align}"
    found = environment(tex)
    assert found is not None
    assert [line.labels for line in found.lines] == [("a",), ("b",)]
    written = re.sub(r"%.*|\s", "", found.tex(lambda index: f"<{index}>"))
    assert written == r"\begin{align*}x<0>\\y<1>\end{align*}"


def test_an_equation_is_one_line() -> None:
    tex = (
        "\\begin{equation}\n\\begin{split} x \\\\ y \\end{split} \\\\ z\n\\label{a}\\end{equation}"
    )
    ((text, labels, end, breaks),) = lines(tex)
    assert text == "\\begin{split} x \\\\ y \\end{split} \\\\ z"
    assert (labels, end, breaks) == (("a",), "", 2)


@pytest.mark.parametrize(
    ("line", "numbered"),
    [
        ("x", True),
        (r"x \label{a}", True),
        (r"x \notag", False),
        (r"\nonumber x", False),
        (r"x \tag{$\ast$}", False),
        (r"x \tag*{a}", False),
        (r"x \notagged", True),
        (r"x \tagged", True),
    ],
)
def test_a_line_is_numbered_as_latex_does(line: str, numbered: bool) -> None:
    found = environment(rf"\begin{{align}} {line} \\ y \end{{align}}")
    assert found is not None
    assert [item.may_be_numbered for item in found.lines] == [numbered, True]


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (
            r"\begin{align} x &= 1 \label{a} \\[2pt] y \notag \\ z\nonumber\end{align}",
            "\\begin{align*} x &= 1<0>\\\\[2pt] y<1>\\\\ z<2>\n\\end{align*}",
        ),
        (r"\begin{align*} x \\ y \\ \end{align*}", "\\begin{align*} x<0>\\\\ y<1>\n\\end{align*}"),
        (
            r"\begin{alignat}{2} x & y \tag{T} \end{alignat}",
            "\\begin{alignat*}{2} x & y \\tag{T}<0>\n\\end{alignat*}",
        ),
        (
            r"\begin{gather} \notagged \\ x \end{gather}",
            "\\begin{gather*} \\notagged<0>\\\\ x<1>\n\\end{gather*}",
        ),
    ],
)
def test_each_line_gets_its_own_tag_and_nothing_else_changes(tex: str, written: str) -> None:
    found = environment(tex)
    assert found is not None
    assert found.tex(lambda index: f"<{index}>") == written
