"""Front matter: every key is read, and every fault of a file is told at once, with its line."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sphinx_formulary.model import Symbol
from sphinx_formulary.schema import FOREIGN, KEYS, FrontMatter, read

SHANGHAI = ZoneInfo("Asia/Shanghai")
A_DATE = "a date such as 2026-11-21 or 2026-11-21 09:30"


def front(*lines: str, required: tuple[str, ...] = ()) -> FrontMatter:
    return read("\n".join(["---", *lines, "---", "", "Text.\n"]), "stem", SHANGHAI, required)


def told(matter: FrontMatter) -> list[tuple[int | None, str]]:
    return [(fault.line, fault.message) for fault in matter.faults]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("title: 注意力", "title", "注意力"),
        ("title: '  <b> & $x$  '", "title", "<b> & $x$"),
        ("short_title: FA", "short_title", "FA"),
        ("date: 2026-11-21", "date", datetime(2026, 11, 21, tzinfo=SHANGHAI)),
        ("updated: 2026-11-22", "updated", datetime(2026, 11, 22, tzinfo=SHANGHAI)),
        ("category: 数学", "category", "数学"),
        ("tags: [a, b]", "tags", ("a", "b")),
        ("tags: a", "tags", ("a",)),
        ("tags: [a, b, a]", "tags", ("a", "b")),
        ("tags: a, b", "tags", ("a, b",)),
        ("tags: ['limits, sups', C++, C#, A, a, ../../x]", "tags",
         ("limits, sups", "C++", "C#", "A", "a", "../../x")),
        ("author: Ada", "authors", ("Ada",)),
        ("author: [Ada, 'Lovelace, A.']", "authors", ("Ada", "Lovelace, A.")),
        ("description: One line.", "description", "One line."),
        (r"excerpt: 'The $\frac{1}{2}$.'", "excerpt", r"The $\frac{1}{2}$."),
        ("draft: true", "draft", True),
        ("pin: true", "pin", True),
        ("series: Basics", "series", "Basics"),
        ("aliases: 2019/old", "aliases", ("2019/old",)),
        ("aliases: [/old.html, old/dir/]", "aliases", ("old", "old/dir")),
    ],
)  # fmt: skip
def test_a_key_is_read(line: str, field: str, value: object) -> None:
    matter = front(line)
    assert getattr(matter.meta, field) == value
    assert not matter.faults
    assert matter.readable


@pytest.mark.parametrize("written", ["2026", "3.10", "1.0", "007", "1_000", "12:30", "1e3"])
def test_a_number_is_taken_as_it_is_written(written: str) -> None:
    matter = front(f"title: {written}", f"tags: [{written}]")
    assert (matter.meta.title, matter.meta.tags, matter.faults) == (written, (written,), ())


@pytest.mark.parametrize(
    ("written", "zone", "expected"),
    [
        ("2026-11-21", "Asia/Shanghai", "2026-11-21T00:00:00+08:00"),
        ("'2026-11-21'", "Asia/Shanghai", "2026-11-21T00:00:00+08:00"),
        ("2026-11-21 09:30", "Asia/Shanghai", "2026-11-21T09:30:00+08:00"),
        ("2026-11-21T09:30", "Asia/Shanghai", "2026-11-21T09:30:00+08:00"),
        ("2026-11-21 9:30:15", "Asia/Shanghai", "2026-11-21T09:30:15+08:00"),
        ("2026-11-21 09:30:15", "Asia/Shanghai", "2026-11-21T09:30:15+08:00"),
        ("2026-11-21T09:30:00Z", "Asia/Shanghai", "2026-11-21T17:30:00+08:00"),
        ("2026-11-21T20:00:00Z", "Asia/Shanghai", "2026-11-22T04:00:00+08:00"),
        ("2026-11-21 09:30+01:00", "Asia/Shanghai", "2026-11-21T16:30:00+08:00"),
        ("2026-11-21 09:30:00 -05:00", "Asia/Shanghai", "2026-11-21T22:30:00+08:00"),
        ("2026-07-01", "America/New_York", "2026-07-01T00:00:00-04:00"),
        ("2026-12-01", "America/New_York", "2026-12-01T00:00:00-05:00"),
        ("2026-11-21 09:30", "UTC", "2026-11-21T09:30:00+00:00"),
    ],
)
def test_a_date_is_in_the_zone_of_the_site(written: str, zone: str, expected: str) -> None:
    matter = read(f"---\ndate: {written}\n---\n", "stem", ZoneInfo(zone))
    assert matter.faults == ()
    assert matter.meta.date is not None
    assert matter.meta.date.isoformat() == expected


@pytest.mark.parametrize(
    ("line", "value", "expected"),
    [
        ("title: [a]", "['a']", "text"),
        ("title: ''", "''", "text"),
        ("title: yes", "True", "text"),
        ("short_title: {a: 1}", "{'a': 1}", "text"),
        ("date: tomorrow", "'tomorrow'", A_DATE),
        ("date: 2026-02-30", "'2026-02-30'", A_DATE),
        ("date: 2026-13-01", "'2026-13-01'", A_DATE),
        ("date: 2026-11-21 25:00", "'2026-11-21 25:00'", A_DATE),
        ("date: 20261121", "20261121", A_DATE),
        ("date: [2026-11-21]", "", A_DATE),
        ("date: 0001-01-01T00:00:00+14:00", "", A_DATE),
        ("updated: soon", "'soon'", A_DATE),
        ("category: [a, b]", "['a', 'b']", "text"),
        ("tags: {a: 1}", "{'a': 1}", "text, or a list such as [a, b]"),
        ("tags: [a, [b]]", "['a', ['b']]", "text, or a list such as [a, b]"),
        ("author: [Ada, null]", "['Ada', None]", "text, or a list such as [a, b]"),
        ("description: [a]", "['a']", "text"),
        ("excerpt: false", "False", "text"),
        ("draft: maybe", "'maybe'", "true or false"),
        ("draft: 1", "1", "true or false"),
        ("draft: 'true'", "'true'", "true or false"),
        ("pin: first", "'first'", "true or false"),
        ("series: [a]", "['a']", "text"),
        ("aliases: ../x", "'../x'", "paths below the site's root"),
        ("aliases: /", "'/'", "paths below the site's root"),
        ("aliases: [a//b]", "['a//b']", "paths below the site's root"),
        ("aliases: {a: b}", "{'a': 'b'}", "text, or a list such as [a, b]"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_expected(line: str, value: str, expected: str) -> None:
    key = line.partition(":")[0]
    matter = front("category: x" if key != "category" else "series: x", line)
    [(number, message)] = told(matter)
    assert number == 3
    assert value in message
    assert expected in message
    assert f"'{key}'" in message


def test_symbols_are_read_as_they_are_written() -> None:
    matter = front(
        "symbols:",
        "  Q: the queries, $n\\times d$",
        r"  \alpha_t: ' of step $t$ '",
        "  # a comment",
        r"""  "\\norm{x}": 5""",
        "  n: yes, it is",
        "title: x",
    )
    assert matter.meta.symbols == (
        Symbol("Q", r"the queries, $n\times d$", 3),
        Symbol(r"\alpha_t", "of step $t$", 4),
        Symbol(r"\norm{x}", "5", 6),
        Symbol("n", "yes, it is", 7),
    )
    assert matter.faults == ()


LINES = r"lines below it such as '  Q: the queries, $n\times d$'"
NO_MEANING = "has no meaning; write one, such as"
NO_DOLLARS = "is to be TeX without dollars"
NO_TEXT = "expected a line of text"
CONTROL = "in double quotes write \\ twice"


@pytest.mark.parametrize(
    ("lines", "expected", "kept"),
    [
        (["symbols: Q"], [(2, LINES)], ""),
        (["symbols: [Q, K]"], [(2, LINES)], ""),
        (["symbols: {}"], [(2, LINES)], ""),
        (["symbols:", "  Q:", "  K: the keys"], [(3, NO_MEANING)], "K"),
        (["symbols:", "  Q: ''"], [(3, NO_MEANING)], ""),
        (["symbols:", "  Q: [a]"], [(3, NO_TEXT)], ""),
        (["symbols:", "  Q: {a: b}"], [(3, NO_TEXT)], ""),
        (["symbols:", "  Q: true"], [(3, NO_TEXT)], ""),
        (["symbols:", "  Q: 2026-11-21"], [(3, NO_TEXT)], ""),
        (["symbols:", "  $Q$: the queries"], [(3, NO_DOLLARS)], ""),
        (["symbols:", "  '': the queries"], [(3, NO_DOLLARS)], ""),
        (["symbols:", "  Q: |", "    two", "    lines"], [(3, CONTROL)], ""),
        (["symbols:", '  "\\theta": an angle'], [(3, CONTROL)], ""),
        (["symbols:", '  Q: "$\\nu$ of them"'], [(3, CONTROL)], ""),
        (["symbols:", "  Q: a", "  K: b", "  Q: c"], [(5, "twice, first on line 3")], "Q K"),
        (["symbols:", "  W_0: a", "  'W _{0}': b"], [(4, "twice, first on line 3")], "W_0"),
        (["symbols: {Q: a, Q: b}"], [(2, "twice, first on line 2")], "Q"),
        (["symbols:", "  Q:", "  $K$: b", "  V: c"], [(3, NO_MEANING), (4, NO_DOLLARS)], "V"),
    ],
)
def test_each_wrong_symbol_is_told_on_its_line(
    lines: list[str], expected: list[tuple[int, str]], kept: str
) -> None:
    matter = front(*lines)
    assert [line for line, _ in told(matter)] == [line for line, _ in expected]
    for (_, message), (_, words) in zip(told(matter), expected, strict=True):
        assert words in message
    assert [symbol.tex for symbol in matter.meta.symbols] == kept.split()


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_key_is_told(key: str) -> None:
    matter = front(f"{key}:", required=(key,))
    assert told(matter) == [(2, f"'{key}' is empty; give it a value or leave it out")]


@pytest.mark.parametrize(
    ("key", "likely"),
    [("titel", "title"), ("Title", "title"), ("catgory", "category"), ("tag", "tags"),
     ("authors", "author"), ("descripton", "description"), ("drafts", "draft"),
     ("short-title", "short_title"), ("alias", "aliases"), ("pinned", "pin"),
     ("update", "updated")],
)  # fmt: skip
def test_a_misspelt_key_is_told_with_the_likely_one(key: str, likely: str) -> None:
    assert told(front("title: x", f"{key}: x")) == [
        (3, f"unknown key '{key}'; did you mean '{likely}'?")
    ]


def test_an_unknown_key_is_told_with_the_known_ones() -> None:
    [(line, message)] = told(front("xyzzy: x"))
    assert (line, message) == (2, f"unknown key 'xyzzy'; known keys: {', '.join(KEYS)}")


def test_keys_of_the_tools_below_are_left_to_them() -> None:
    assert front(*(f"{key}: x" for key in sorted(FOREIGN)), "html_theme.x: 1").faults == ()


def test_every_fault_of_a_file_is_told_at_once() -> None:
    matter = front(
        "titel: x",
        "# a comment",
        "date: tomorrow",
        "tags:",
        "  - a",
        "  - b",
        "draft: maybe",
        "pin: true",
        "pin: false",
        "series:",
        required=("title", "category"),
    )
    assert [line for line, _ in sorted(told(matter))] == [1, 1, 2, 4, 8, 10, 11]
    everything = "\n".join(message for _, message in told(matter))
    for word in ("'title'", "'category'", "'titel'", "'tomorrow'", "'maybe'", "twice", "empty"):
        assert word in everything
    assert matter.meta.tags == ("a", "b")


def test_a_key_given_twice_is_told_where_it_comes_again() -> None:
    assert told(front("title: a", "tags: [b]", "title: c")) == [
        (4, "the key 'title' is given twice")
    ]


def test_required_keys_are_told_where_they_are_missing() -> None:
    lacks = [(1, f"lacks the key '{key}', which every post must have") for key in ("date", "tags")]
    assert told(front("title: a", required=("title", "date", "tags"))) == lacks
    assert told(front(required=("date", "tags"))) == lacks


def test_the_stem_stands_in_for_a_title() -> None:
    assert front("date: 2025-01-01").meta.title == "stem"


@pytest.mark.parametrize("source", ["", "Text.\n", "\n---\ntitle: x\n---\n", "# Heading\n"])
def test_a_file_without_front_matter_is_told_once(source: str) -> None:
    matter = read(source, "stem", SHANGHAI, ("title", "date"))
    [(line, message)] = told(matter)
    assert line == 1
    assert "no front matter" in message
    assert matter.meta.title == "stem"
    assert not matter.meta.draft


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (["title: Ratio: a to b"], 4),
        (["title: @home"], 4),
        (["title: **bold**"], 4),
        (["title: !important x"], 4),
        (["\ttitle: x"], 4),
        (["title: %x"], 4),
        (["title x"], 4),
        (['title: "open'], 4),
        (["title: [open"], 4),
        (["title: {open"], 4),
        (["tags:", "- a: b: c"], 5),
        (["tags:", "  - a", "  - @b"], 6),
    ],
    ids=lambda value: value[-1].strip() if isinstance(value, list) else None,
)
def test_yaml_broken_in_one_place_keeps_the_other_keys(broken: list[str], line: int) -> None:
    matter = front("date: 2025-01-01", "category: c", *broken, "series: s", "draft: true")
    assert matter.meta.draft
    assert matter.meta.date == datetime(2025, 1, 1, tzinfo=SHANGHAI)
    assert (matter.meta.category, matter.meta.series) == ("c", "s")
    assert not matter.readable
    [(where, message)] = told(matter)
    assert "YAML" in message
    assert where == line


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])), st.booleans())
@example("\ttitle: x", False)
@example("  title: x", False)
@example("- x", False)
@example("title: 'open", True)
def test_a_broken_line_before_or_after_it_never_costs_the_draft(line: str, before: bool) -> None:
    matter = front(*([line, "draft: true"] if before else ["draft: true", line]))
    assume(not matter.readable and line.rstrip() not in {"---", "..."})
    assert matter.meta.draft


def test_a_key_in_a_broken_line_is_not_called_missing() -> None:
    [(line, message)] = told(front("title: a: b", required=("title",)))
    assert (line, "YAML" in message) == (2, True)


def test_beside_broken_yaml_the_other_faults_are_told() -> None:
    matter = front("title: a: b", "titel: x", "date: tomorrow", "tags: [a", "draft: true")
    assert sorted(line for line, _ in told(matter)) == [2, 3, 4, 5]
    assert matter.meta.draft


def test_front_matter_that_is_never_closed_keeps_its_draft() -> None:
    matter = read("---\ntitle: x\ndraft: true\n\nSecret text.\n", "stem", SHANGHAI)
    assert matter.meta.draft
    assert matter.faults


def test_windows_line_ends_change_nothing() -> None:
    source = "---\ntitle: x\ntags: [a, b]\ndate: never\ndraft: true\n---\n\nText.\n"
    assert read(source.replace("\n", "\r\n"), "s", SHANGHAI) == read(source, "s", SHANGHAI)
    assert read(source.replace("\n", "\r\n"), "s", SHANGHAI).meta.draft


@pytest.mark.parametrize("close", ["---", "...", "---  ", "---\n---"])
def test_front_matter_ends_at_its_first_closing_line(close: str) -> None:
    matter = read(f"---\ntitle: x\n{close}\n\ndraft: true\n---\n", "stem", SHANGHAI)
    assert (matter.meta.title, matter.meta.draft, matter.faults) == ("x", False, ())


def test_the_lines_of_the_keys_are_known() -> None:
    matter = front("title: x", "tags:", "  - a", "  - b", "excerpt: |", "  One.", "", "aliases: a")
    assert dict(matter.meta.lines) == {"title": 2, "tags": 3, "excerpt": 6, "aliases": 9}


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "title: ", "date: ", "tags: "]))
def test_no_front_matter_stops_the_build(text: str, key: str) -> None:
    matter = front(key + text, "draft: true", required=("title",))
    assert matter.meta.title
