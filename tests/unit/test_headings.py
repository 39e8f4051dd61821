"""The id of a heading is its words, Chinese ones too, and never a counter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_formulary.headings import slug


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("注意力机制", "注意力机制"),
        ("为什么是 GPU？", "为什么是-gpu"),
        ("Why GPUs?", "why-gpus"),
        ("1. Setup", "1-setup"),
        ("A/B & C", "a-b-c"),
        ("在线 softmax：推导", "在线-softmax-推导"),
        ("ＡＢＣ", "abc"),
        ("snake_case", "snake_case"),
        ("  spaces  ", "spaces"),
        ("！？", "section"),
        ("", "section"),
    ],
)
def test_a_heading_gives_its_id(heading: str, expected: str) -> None:
    assert slug(heading) == expected


@given(st.text())
def test_any_heading_gives_an_id_that_a_link_can_hold(heading: str) -> None:
    assert re.fullmatch(r"\w(?:[\w-]*\w)?", slug(heading))
