"""A figure is the same bytes each time, in light and dark, and its mistakes have a line."""

import re
from pathlib import Path

import pytest

from sphinx_formulary import figure
from sphinx_formulary.figure import DrawingError, draw

CODE = """\
import json, subprocess, sys
import matplotlib.pyplot as plt

print("a word", flush=True)
print(json.dumps({"light": "not a figure"}))
subprocess.run([sys.executable, "-c", "print('from below')"], check=True)
figure, axes = plt.subplots()
axes.plot([0, 1, 2], [0, 1, 4], label="$x^2$", clip_on=True)
axes.fill_between([0, 1, 2], [0, 1, 4], hatch="/")
axes.legend()
sys.stdout.write("no line end")
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Path]]:
    """One figure, drawn twice into caches that know nothing of each other."""
    return [draw(CODE, tmp_path_factory.mktemp("cache") / "figures") for _ in range(2)]


def test_there_is_one_for_light_and_one_for_dark(drawn: list[dict[str, Path]]) -> None:
    light, dark = (drawn[0][theme].read_text(encoding="utf-8") for theme in ("light", "dark"))
    assert light.startswith("<?xml")
    assert "</svg>" in light
    assert "</svg>" in dark
    colours = [set(re.findall(r"#[0-9a-f]{6}", svg)) for svg in (light, dark)]
    assert not colours[0] & colours[1]


def test_two_drawings_are_equal(drawn: list[dict[str, Path]]) -> None:
    for one, two in zip(*(paths.values() for paths in drawn), strict=True):
        assert one != two
        assert one.name == two.name
        assert one.read_bytes() == two.read_bytes()


def test_neither_the_clock_nor_chance_is_in_it(drawn: list[dict[str, Path]]) -> None:
    for path in drawn[0].values():
        svg = path.read_text(encoding="utf-8")
        assert "dc:date" not in svg
        assert not re.search(r"20\d\d-\d\d-\d\d", svg)
        assert re.findall(r' id="[^"]*"', svg)


def test_the_cache_is_used(drawn: list[dict[str, Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure, "_run", None)
    paths = drawn[0]
    assert draw(CODE, paths["light"].parent) == paths
    with pytest.raises(TypeError):
        draw(CODE + "\n", paths["light"].parent)


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("x = 1\n\nx / 0\n", 3, "ZeroDivisionError: division by zero"),
        ("def f():\n    raise ValueError('说明')\n\nf()\n", 2, "ValueError: 说明"),
        ("x = 1\ny = = 2\n", 2, "SyntaxError"),
        ("import nowhere_to_be_found\n", 1, "nowhere_to_be_found"),
        ("import json\njson.loads('{')\n", 2, "JSONDecodeError"),
        ("x = 1\n", None, "makes no figure"),
    ],
    ids=["run time", "function", "syntax", "import", "library", "no figure"],
)
def test_code_that_fails_says_where(
    tmp_path: Path, code: str, line: int | None, words: str
) -> None:
    with pytest.raises(DrawingError, match=words) as error:
        draw(code, tmp_path)
    assert error.value.line == line
    assert not list(tmp_path.iterdir())


def test_code_that_ends_its_process_is_a_mistake_like_others(tmp_path: Path) -> None:
    with pytest.raises(DrawingError):
        draw("import sys\nsys.exit(0)\n", tmp_path)


def test_a_figure_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure, "_TIMEOUT", 0.5)
    with pytest.raises(DrawingError, match="seconds"):
        draw("while True:\n    pass\n", tmp_path)
