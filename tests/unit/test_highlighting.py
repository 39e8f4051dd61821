"""The colours of code in one rule for light and dark."""

import pytest

from sphinx_formulary.highlighting import both

LIGHT, DARK = 'html[data-theme="light"] .highlight', 'html[data-theme="dark"] .highlight'
BOTH = "html[data-theme] .highlight"


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (
            f"{LIGHT} .k {{ color: #111 }} /* Keyword */\n{DARK} .k {{ color: #eee }} /* K */",
            f"{BOTH} .k {{ color: light-dark(#111, #eee) }}\n",
        ),
        (
            f"{LIGHT} .k {{ color: #111; font-weight: bold }}\n{DARK} .k {{ color: #eee }}",
            f"{BOTH} .k {{ color: light-dark(#111, #eee) }}\n{LIGHT} .k {{ font-weight: bold }}\n",
        ),
        (f"{DARK} .gd {{ color: red }}", f"{DARK} .gd {{ color: red }}\n"),
        (
            f"{LIGHT} pre {{ line-height: 125%; }}\n{DARK} pre {{ line-height: 125%; }}",
            f"{BOTH} pre {{ line-height: 125% }}\n",
        ),
        (".own { color: red }", ".own { color: red }"),
    ],
    ids=["colour", "weight", "one only", "no colour", "another's"],
)
def test_rules_for_two_schemes_become_one(css, expected):
    assert both(css) == expected
