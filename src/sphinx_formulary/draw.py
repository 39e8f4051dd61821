"""Draws one figure in a process of its own: reads a job from stdin, writes {theme: svg}.

A script, not a part of the package: it imports nothing of it. Its text is part of the cache's key.
"""

import io
import json
import os
import sys

import matplotlib as mpl

mpl.use("svg")

import matplotlib.pyplot as plt

INK = {"light": "#1f2430", "dark": "#e6e8ee"}
# Each colour has a contrast of at least 4.5 against white, or against a dark page.
CYCLE = {
    "light": ["#0b62c4", "#c2410c", "#15803d", "#9333ea", "#b91c1c", "#0e7490"],
    "dark": ["#6cb2ff", "#ffa657", "#7ee787", "#d2a8ff", "#ff8f8f", "#56d4dd"],
}
SHAPE = {
    "figure.figsize": (6.4, 3.6),
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "legend.frameon": False,
    "font.size": 10.5,
    "mathtext.fontset": "cm",
    "svg.fonttype": "path",  # no font is needed to see it
}


def style(theme: str, salt: str) -> dict[str, object]:
    """The rc parameters of a theme; *salt* makes the ids in the SVG the same each time."""
    ink = dict.fromkeys(
        ("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color",
         "legend.labelcolor", "hatch.color", "patch.edgecolor"),
        INK[theme],
    )  # fmt: skip
    cycle = mpl.cycler("color", CYCLE[theme])
    return {**SHAPE, **ink, "axes.prop_cycle": cycle, "svg.hashsalt": salt}


def draw(code: str, theme: str, salt: str) -> str:
    """Run *code* under a theme and return its figure."""
    mpl.rcdefaults()
    mpl.rcParams.update(style(theme, salt))
    plt.close("all")
    try:
        exec(compile(code, "<figure>", "exec"), {"__name__": "__figure__"})
    except SystemExit:
        raise RuntimeError("the code ends the process; take exit() out") from None
    if not plt.get_fignums():
        raise RuntimeError("the code makes no figure; call plt.subplots() or plt.figure()")
    out = io.StringIO()
    plt.gcf().savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def main() -> None:
    """Draw every theme, and keep what the code prints apart from the answer."""
    job = json.load(sys.stdin)
    # What the code prints, and what programs print that it starts, goes to stderr.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    drawn = {theme: draw(job["code"], theme, job["salt"]) for theme in job["themes"]}
    json.dump(drawn, answer)
    answer.close()


main()
