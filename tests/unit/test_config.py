"""A wrong option is told with what is expected, and its default is used."""

import re

import pytest
from conftest import Built, Site

from sphinx_formulary.config import Options

WRONG = {
    "timezone": "'Mars/Olympus'",
    "required": "['titel']",
    "excerpt_length": "-1",
    "page_size": "0",
    "preview": "'yes'",
    "macros": r"{r'\R': 3}",
    "cache": "None",
    "node_modules": "3",
}


@pytest.fixture
def built(site: Site) -> Built:
    site.post("shown")
    site.post("hidden", draft="true")
    lines = [f"formulary_{name} = {value}\n" for name, value in WRONG.items()]
    site.edit("conf.py", "nitpicky", "".join(lines) + "nitpicky")
    return site.build()


def test_wrong_options_are_told_and_replaced(built: Built) -> None:
    told = [line for line in built.warnings if "formulary_" in line]
    for name, value in WRONG.items():
        [line] = [line for line in told if f"formulary_{name} " in line and "expected" in line]
        default = re.escape(repr(getattr(Options(), name)))
        assert value in line.replace(r"\\", "\\") or name == "macros"
        assert re.search(rf"expected .+ {default} is used", line)
        assert "conf.py" in line
        assert "[formulary.option]" in line
    assert "posts/shown.html" in built.files()
    assert "posts/hidden.html" not in built.files()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timezone", "'../Shanghai'"),
        ("timezone", "'Asia'"),
        ("timezone", "''"),
        ("timezone", "None"),
        ("required", "'title'"),
        ("required", "[['title']]"),
        ("required", "None"),
        ("excerpt_length", "1.5"),
        ("page_size", "'12'"),
        ("preview", "None"),
        ("preview", "[]"),
        ("macros", "['R']"),
        ("macros", r"{1: 'x'}"),
        ("node_modules", "None"),
    ],
)
def test_a_wrong_value_is_refused(name: str, value: str) -> None:
    check = Options.__dataclass_fields__[name].metadata["check"]
    assert not check(eval(value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timezone", "America/New_York"),
        ("required", ()),
        ("required", ["title", "tags"]),
        ("excerpt_length", 1),
        ("preview", True),
        ("preview", "0"),
        ("macros", {}),
        ("macros", {r"\R": r"\mathbb{R}"}),
        ("cache", "/tmp/cache"),
    ],
)
def test_a_right_value_is_taken(name: str, value: object) -> None:
    assert Options.__dataclass_fields__[name].metadata["check"](value)
