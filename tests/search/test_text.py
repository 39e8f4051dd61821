"""Words and formulas are cut alike, however they are written."""

import json

import pytest

from .asked import ask

TERMS = {
    "感受野": {"感受", "受野", "感", "受", "野"},
    "熵": {"熵"},
    "LoRA 低秩": {"lora", "lo", "ra", "低秩", "低", "秩"},
    "FlashAttention": {"flashattention", "flash", "attention"},
    "Ring-AllReduce": {"ring", "allreduce", "all", "reduce", "ringallreduce", "ring allreduce"},
    "YOLOv3": {"yolov3", "yolo", "v3"},
    "FP16": {"fp16"},
    "normalizing flows": {"normalizing", "flow", "normalizing flow"},
    "ＦＰ１６ naïve": {"fp16", "naive", "fp16 naive"},
    "Jensen's": {"jensen"},
    "classes, losses": {"class", "loss"},
    "分母 \u2063sum exp\u2063 很大": {"分母", "分", "母", "很大", "很", "大"},
}


def test_terms() -> None:
    found = ask(*(["terms", text] for text in TERMS))
    assert {text: set(terms) for text, terms in zip(TERMS, found, strict=True)} == TERMS


MACROS = {
    r"\R": r"\mathbb{R}", r"\softmax": r"\operatorname{softmax}",
    r"\norm": r"\left\lVert #1\right\rVert",
}  # fmt: skip
# Each row is one formula in the ways in which it may be typed.
SAME = [
    [r"\frac{QK^\top}{\sqrt{d}}", r"\dfrac{Q K^{\top}}{\sqrt d}", r"\frac{Q\,K^T}{\sqrt{d}}"],
    [r"W_{0}+BA", r"W_0 + B A", r"\mathbf{W}_0+\mathbf{BA}", "W _0+BA % a remark"],
    [r"\left(1-\frac1m\right)^{n}", r"(1 - \frac{1}{m})^n", r"\Bigl(1-\tfrac1m\Bigr)^n"],
    [r"x_i^2", "x^2_i", "x^{2}_{i}", "{x}_i^2"],
    [r"e^{-x}", r"\exp{-x}", r"\exp -x"],
    [r"a\le b", r"a \leq b", r"a\leqslant b", "a≤b"],
    [r"\softmax(x)", r"\operatorname{softmax}(x)", r"\mathrm{softmax}(x)", "softmax(x)"],
    [r"\norm{x}", r"\|x\|", r"\lVert x\rVert", r"\left\| x \right\|"],
    [r"x\in\R^n", r"x \in \mathbb{R}^{n}", "x∈R^n"],
    [r"\varepsilon\sim p", r"\epsilon \sim p", "ε\\sim p"],
]
DIFFERENT = [("a-b", "b-a"), (r"x_i", "x^i"), (r"\frac ab", r"\frac ba"), ("x_1", "x_2")]


@pytest.mark.parametrize("ways", SAME, ids=lambda ways: ways[0])
def test_a_formula_is_the_same_however_it_is_written(ways) -> None:
    first, *others = ask(*(["grams", tex, MACROS] for tex in ways))
    assert first
    assert all(other == first for other in others)


def test_formulas_that_differ_are_told_apart() -> None:
    for one, other in DIFFERENT:
        first, second = ask(["grams", one, {}], ["grams", other, {}])
        assert first != second, (one, other)


def test_a_macro_that_calls_itself_ends() -> None:
    assert ask(["grams", r"\a x", {r"\a": r"\a\a"}])[0]


@pytest.mark.parametrize("tex", ["", "{", "}", "\\", r"\frac", "^", "_{", r"\sqrt[", "$$", "a^"])
def test_half_a_formula_is_no_error(tex) -> None:
    assert isinstance(ask(["grams", tex, {}])[0], list)


def test_what_is_a_formula() -> None:
    certain = [r"\log\sum\exp", "x_i", "e^x", "{a}"]
    perhaps = ["a+b=c", "2(N-1)/N", "C++"]
    words = ["LoRA 低秩", "softmax", "Ring-AllReduce", "1×1 卷积"]
    found = ask(*(["formulaic", text] for text in (*certain, *perhaps, *words)))
    assert found == [1] * len(certain) + [0.5] * len(perhaps) + [0] * len(words)


def test_postings_come_back_as_they_were() -> None:
    places = [(0, 0), (0, 31), (0, 32), (31, 5), (5000, 99999), (1_000_000, 1)]
    given = [number for doc, place in places for number in (doc, place, 63)]
    found = [{"doc": doc, "place": place, "weight": 1} for doc, place in places]
    assert ask(["coded", 12345, given])[0] == {"total": 12345, "postings": found}


def test_a_whole_list_is_loaded_where_a_filter_lets_few_pass(tmp_path) -> None:
    flat = [number for doc in range(3000) for number in (doc, 0, 9)]
    first, whole = ask(["encoded", 3000, flat[: 3 * 400]], ["encoded", 3000, flat])
    files = {
        "manifest": {"version": "1", "shards": {"terms": 1, "grams": 1, "whole": 1}},
        "terms/0": {"x": first},
        "whole/0": {"+x": whole},
    }
    for name, data in files.items():
        path = tmp_path / f"{name}.js"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"formularySearch.take({json.dumps(name)}, {json.dumps(data)})")
    shares = (1, 0.05, 0.04, 0)  # of 400, 20 pass a twentieth
    found = ask(*(["listed", "x", share] for share in shares), folder=tmp_path)
    assert found == [400, 400, 3000, 3000]
