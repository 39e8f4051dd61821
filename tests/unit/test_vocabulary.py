"""Names are read from what makes HTML: templates, scripts, stylesheets and Python modules."""

import pytest

from sphinx_formulary.vocabulary import classes, vocabulary

NAMES = """
    align-left align-right aside badge bd-header btn btn-primary card dropdown fa-github fa-gitlab
    fa-house hidden id-of-it level-2 level-x nav-link only-dark open data-mode row show table
    toctree-l1 toctree-l2 tooltip
"""
WANTED = frozenset(NAMES.split())

CASES = {
    "classes of a template": (
        ".html",
        '{# row #}<aside class="bd-header {% if x %}nav-link{% endif %}" id="id-of-it">card',
        "aside bd-header nav-link id-of-it",
    ),
    "strings in a template's expressions": (
        ".html",
        """{{ button(classes="btn", label='badge') }}{% set table = 1 %}""",
        "btn badge",
    ),
    "an attribute's name": (".html", "<p data-mode='x'></p>", "data-mode"),
    "a joined class in a template": (".html", '<i class="fa-{{ "github" }}">', "fa-github"),
    "strings of a script": (
        ".js",
        """const row = 1; e.classList.add("show"); e.innerHTML = `<p class="card">table</p>`""",
        "show card",
    ),
    "what a script only looks for": (".js", "query('.dropdown > [open]:not(#row)')", ""),
    "a script's joined class": (".js", "`align-${side}`; 'left'", "align-left"),
    "a string of a module": (".py", "node['classes'] += ['card', 'btn badge']", "card btn badge"),
    "not a docstring": (".py", '"""card"""\ndef f():\n    "badge"\n    return "btn"', "btn"),
    "not a comment, not a name": (".py", "row = 1  # card", ""),
    "not a sentence": (".py", "raise E('the card of this row is no table')", ""),
    "many classes": (".py", "x = 'a nav-link card btn row badge'", "nav-link card btn row badge"),
    "HTML of a module": (".py", "x = f'<td class=\"card {x}\">row'", "card"),
    "a joined class": (".py", "f'align-{side}'; ['left', 'right']", "align-left align-right"),
    "a joined class, by %": (".py", "x = 'only-%s' % 'dark'", "only-dark"),
    "a joined class, by +": (".py", "x = 'fa-' + name; y = ('github', 'gitlab')",
                             "fa-github fa-gitlab"),
    "a number at the end": (".py", "x = f'toctree-l{level}'", "toctree-l1 toctree-l2"),
    "what a stylesheet styles": (".css", ".card:hover > table, .row { color: red }", "card row"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_names(name):
    suffix, text, expected = CASES[name]
    assert vocabulary([(suffix, text)], WANTED) == set(expected.split())


def test_ends_count_only_in_the_same_source():
    sources = [(".py", "f'align-{side}'"), (".py", "'left'")]
    assert vocabulary(sources, WANTED) == set()


def test_classes_of_a_stylesheet():
    assert classes(".a-b:not(.c) > #d.e, .5x {}") == {"a-b", "c", "e"}
