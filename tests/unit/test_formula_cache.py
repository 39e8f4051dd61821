"""Rendered formulas come back as they were, whatever happens to the file that keeps them."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from sphinx_formulary.formula_cache import FormulaCache
from sphinx_formulary.model import Math, TexSource

WRONG = (r"\nosuch", False)
FORMULAS: list[TexSource] = [("x", False), ("x", True), ("ξ", False), WRONG]


def answer(formula: TexSource) -> Math:
    """Stands for what KaTeX makes of a formula."""
    tex, display = formula
    return Math(
        f"<b>{tex} {display} 注</b>".encode() * 50, "cannot be done" if formula == WRONG else ""
    )


class Rendering:
    """A cache, and what had to be rendered at each use of it."""

    def __init__(self, path: Path, settings: str = "settings") -> None:
        self.path = path
        self.cache = FormulaCache(path, settings)
        self.asked: list[list[TexSource]] = []

    def render(self, formulas: Sequence[TexSource]) -> dict[TexSource, Math]:
        self.asked.append(list(formulas))
        return {formula: answer(formula) for formula in formulas}

    def use(self, formulas: Sequence[TexSource] = FORMULAS) -> list[TexSource]:
        """Ask for formulas, which are right; what had to be rendered."""
        self.asked.clear()
        found = self.cache.all_of(formulas, self.render)
        assert found == {formula: answer(formula) for formula in formulas}
        assert len(self.asked) <= 1, "in one go"
        return self.asked[0] if self.asked else []

    def rows(self) -> int:
        with sqlite3.connect(self.path) as database:
            (count,) = database.execute("SELECT count(*) FROM formulas").fetchone()
        database.close()
        return int(count)


@pytest.fixture
def kept(tmp_path: Path) -> Rendering:
    return Rendering(tmp_path / "below" / "formulas.sqlite")


def test_only_what_is_new_is_rendered_once_and_in_order(kept: Rendering) -> None:
    assert kept.use([*FORMULAS, FORMULAS[0]]) == FORMULAS
    assert kept.use(FORMULAS[::-1]) == []
    assert kept.use([*FORMULAS, ("y", False)]) == [("y", False)]
    assert kept.use([]) == []


def test_what_cannot_be_rendered_is_kept_with_what_is_wrong(kept: Rendering) -> None:
    kept.use()
    found = kept.cache.all_of([WRONG], kept.render)
    assert kept.asked == [FORMULAS]
    assert found[WRONG].error == "cannot be done"


def test_other_settings_have_other_formulas(kept: Rendering) -> None:
    kept.use()
    other = Rendering(kept.path, "other settings")
    assert other.use() == FORMULAS
    assert kept.use() == []


def test_more_formulas_than_one_query_takes(kept: Rendering) -> None:
    many = [(f"x_{{{number}}}", False) for number in range(2000)]
    assert kept.use(many) == many
    assert kept.use(many) == []


def change(where: str, what: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with sqlite3.connect(path) as database:
            database.execute(f"UPDATE formulas SET {what} WHERE {where}")
        database.close()

    return damage


def cut(size: int) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(path.read_bytes()[:size])


def flip(position: int) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[position] ^= 0xFF
        path.write_bytes(data)

    return damage


def flip_at(text: bytes) -> Callable[[Path], None]:
    return lambda path: flip(path.read_bytes().index(text))(path)


flip_in_a_row = flip_at(b"x True")


def another_table(columns: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        path.unlink()
        with sqlite3.connect(path) as database:
            database.execute(f"CREATE TABLE formulas ({columns})")
        database.close()

    return damage


DAMAGE: dict[str, Any] = {
    "a byte of a row": flip_in_a_row,
    "html of one": change("error = ''", "html = html || x'00'"),
    "error of one": change("error != ''", "error = x''"),
    "checksum": change("1", "checksum = 0"),
    "another type": change("1", "html = CAST(html AS TEXT)"),
    "none": change("1", "html = NULL"),
    "schema": flip_at(b"TABLE"),
    "file format": flip(18),
    "empty": cut(0),
    "one page": cut(4096),
    "half a page": cut(6000),
    "a byte less": cut(-1),
    "a text file": lambda path: path.write_text("{}\n" * 9000, encoding="utf-8"),
    "an old schema": another_table("key TEXT, html TEXT"),
    **{f"byte {position}": flip(position) for position in (0, 17, 20, 60, 100, 106, 4096, 5000)},
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_what_is_damaged_is_rendered_again_and_kept(
    kept: Rendering, damage: Callable[[Path], None]
) -> None:
    kept.use()
    damage(kept.path)
    kept.use()
    assert kept.use() == []


def test_a_newer_schema_is_rendered_again_and_kept_from_the_next_build_on(kept: Rendering) -> None:
    kept.use()
    another_table("key, html, error, checksum, build, more")(kept.path)
    kept.use()
    kept.use()
    assert kept.use() == []


def test_a_byte_of_a_row_costs_that_formula_alone(kept: Rendering) -> None:
    kept.use()
    flip_in_a_row(kept.path)
    assert kept.use() == [("x", True)]


def in_a_file(path: Path) -> None:
    path.parent.write_text("a file where the folder should be", encoding="utf-8")


def is_a_folder(path: Path) -> None:
    path.mkdir(parents=True)


@pytest.mark.parametrize("spoil", [in_a_file, is_a_folder])
def test_without_a_place_to_keep_them_formulas_are_rendered_each_time(
    kept: Rendering, spoil: Callable[[Path], None]
) -> None:
    spoil(kept.path)
    assert kept.use() == FORMULAS
    assert kept.use() == FORMULAS
    assert kept.path.is_dir() or not kept.path.exists()


def test_it_holds_at_most_twice_what_is_used_and_shrinks(kept: Rendering) -> None:
    first, second = ([(f"{letter}_{{{number}}}", True) for number in range(300)] for letter in "xy")
    kept.use(first)
    size = kept.path.stat().st_size
    kept.use(second)
    assert kept.use(first) == [], "an edit that is taken back costs nothing"
    assert kept.rows() == 600
    few = [("z", True)]
    kept.use(few)
    assert kept.rows() == 2
    assert kept.path.stat().st_size < size / 5
    assert kept.use(few) == []


def test_what_was_used_last_stays_longest(kept: Rendering) -> None:
    a, b, c = ("a", False), ("b", False), ("c", False)
    kept.use([a])
    kept.use([b])
    kept.use([c])
    assert kept.use([c]) == []
    assert kept.use([b]) == []
    assert kept.use([a]) == [a]


def build(path: Path, number: int, start: Any, results: Any) -> None:
    mine = [(f"x_{{{index}}}", False) for index in range(number * 100, number * 100 + 200)]
    start.wait()
    kept = Rendering(path)
    for _ in range(5):
        kept.use(mine)
    results.put((number, kept.use(mine)))


def test_builds_at_the_same_time_are_all_right(kept: Rendering) -> None:
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(3), context.Queue()
    processes = [
        context.Process(target=build, args=(kept.path, number, start, results))
        for number in range(3)
    ]
    for process in processes:
        process.start()
    found = dict(results.get(timeout=120) for _ in processes)
    for process in processes:
        process.join()
        process.close()
    assert found == {0: [], 1: [], 2: []}
