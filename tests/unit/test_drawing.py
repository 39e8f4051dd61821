"""Labels have a size that is known without a font; lines point; marks are told apart."""

import re

import pytest

from sphinx_formulary.drawing import KINDS, LABEL, clipped, mark, ray, short, width


@pytest.mark.parametrize(
    ("text", "letters"),
    [("", 0), ("注意力", 3), ("LoRA", 2.4), ("间隔 Softmax", 2 + 0.6 * 8), ("：", 1), ("é", 0.6)],
)
def test_a_cjk_letter_is_as_wide_as_it_is_high(text, letters):
    assert width(text) == pytest.approx(LABEL * letters)


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("注意力", 3 * LABEL, "注意力"),
        ("注意力机制", 3 * LABEL, "注意…"),
        ("Stable Diffusion", 5 * LABEL, "Stable…"),
        ("注意力", 0, "…"),
    ],
)
def test_a_long_label_is_cut(text, most, shown):
    assert clipped(text, most) == shown
    assert width(shown) <= max(most, width("…"))


@pytest.mark.parametrize(
    ("number", "text"),
    [(1.0, "1"), (1.26, "1.3"), (-0.04, "0"), (-2.5, "-2.5"), (12505, "12505"), (1e6, "1000000")],
)
def test_a_coordinate_is_short(number, text):
    assert short(number) == text


def test_a_ray_is_broad_at_its_source_and_thin_at_its_target():
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", ray((0, 0), (100, 0), 10, 20, 4))]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert points[0] == (10, 2)
    assert points[-1] == (10, -2)
    assert {x for x, _ in points if x > 70} == {80}
    assert {abs(y) for x, y in points if x == 80} == {0.3}


def test_the_rays_between_two_articles_do_not_lie_over_each_other():
    there, back = ray((0, 0), (100, 0), 5, 5, 4), ray((100, 0), (0, 0), 5, 5, 4)
    bends = [float(re.search(r"Q\S+ (-?[\d.]+)", line)[1]) for line in (there, back)]
    assert bends[0] > 5
    assert bends[1] < -5


def test_articles_in_one_place_have_a_ray_too():
    assert ray((3, 3), (3, 3), 5, 5, 4).endswith("z")


def test_kinds_of_marks_differ_and_come_again():
    outlines = [mark(kind, 8) for kind in range(2 * KINDS)]
    assert len(set(outlines)) == KINDS
    assert outlines[:KINDS] == outlines[KINDS:]
