"""The site's colours can be read: WCAG AA for every pair that its pages show, in both schemes."""

import re

import pytest
from conftest import PROJECT

TOKENS = (PROJECT / "_static/tokens.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", TOKENS))
AA = 4.5
PAIRS = [
    (front, ground)
    for front in ("ink", "ink-soft", "signal", "signal-strong")
    for ground in ("ground", "surface")
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return sum(map(float.__mul__, (0.2126, 0.7152, 0.0722), linear))


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), PAIRS)
def test_every_pair_can_be_read(front, ground, scheme):
    colours = [COLOURS[name].split(", ")[scheme] for name in (front, ground)]
    assert contrast(*colours) >= AA


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_no_colour_stands_outside_the_tokens():
    site = (PROJECT / "_static/site.css").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[;,) ])|rgb|oklch|hsl", site)
