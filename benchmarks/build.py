"""Build the same posts with the plain stack and with the engine, in one run.

    python benchmarks/build.py 500

The plain stack is MyST, ablog and the book theme, with formulas left to the browser; the engine
renders them all and makes the pages of every listing besides.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).parents[1]
SECTIONS = 7

COMMON = """
project = "Benchmark"
language = "zh_CN"
exclude_patterns = ["_build", "node_modules", ".cache"]
myst_enable_extensions = ["dollarmath"]
html_theme = "sphinx_book_theme"
html_theme_options = {"navbar_persistent": []}
html_context = {"default_mode": "auto"}
fontawesome_included = True
blog_post_pattern = ["posts/*.md"]
"""
STACKS = {
    "plain": ('extensions = ["myst_parser", "ablog"]\nmyst_title_to_header = True\n', ""),
    "engine": ('extensions = ["myst_parser", "sphinx_formulary"]\n', ":paginate: 12\n"),
}


def post(number: int) -> str:
    sections = "\n".join(
        f"## 小节 {part}\n\n第 {part} 段正文，"
        f"公式 $x_{{{number},{part}}}$ 与 $y^{{{number}}}$。\n\n"
        f"$$\nE_{{{number}{part}}} = m c^{{{part}}}\n$$ (p{number}-e{part})\n\n"
        f"由 {{eq}}`p{number}-e{part}` 可得。\n"
        for part in range(SECTIONS)
    )
    date = f"2020-{1 + number % 12:02}-{1 + number % 28:02}"
    return (
        f"---\ntitle: 文章 {number}\ndate: {date}\ncategory: 类{number % 9}\n"
        f"tags: [标签{number % 40}]\n---\n\n开头说清要点，公式 $f_{{{number}}}(x)$。\n\n{sections}"
    )


def generate(folder: Path, posts: int, settings: str, paginate: str) -> None:
    (folder / "posts").mkdir(parents=True)
    (folder / "conf.py").write_text(COMMON + settings, encoding="utf-8")
    listing = f"# Home\n\n```{{postlist}}\n{paginate}:excerpts:\n```\n"
    (folder / "index.md").write_text(listing, encoding="utf-8")
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    for number in range(posts):
        (folder / f"posts/p{number}.md").write_text(post(number), encoding="utf-8")


def seconds(folder: Path) -> float:
    command = [sys.executable, "-m", "sphinx", "-q", "-j", "4", folder, folder / "_build/html"]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    found = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name, (settings, paginate) in STACKS.items():
            folder = Path(temporary, name)
            generate(folder, posts, settings, paginate)
            clean, same = seconds(folder), seconds(folder)
            with (folder / "posts/p7.md").open("a", encoding="utf-8") as file:
                file.write("改。\n")
            found[name] = clean, same, seconds(folder)
            pages = len(list((folder / "_build/html").rglob("*.html")))
            print(name, f"{pages} pages,", *(f"{time:.1f} s" for time in found[name]))
    ratios = [ours / plain for plain, ours in zip(found["plain"], found["engine"], strict=True)]
    print("engine / plain: clean, no change, one edit:", *(f"{ratio:.2f}" for ratio in ratios))


main()
