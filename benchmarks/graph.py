"""Build a site of articles that refer to each other; show what its graph costs.

python benchmarks/graph.py [articles]
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).parents[1]
CATEGORIES = 9
REFERENCES = 4  # of each article; most lead to its own category, some to what everybody names

CONF = """
project = "Benchmark"
language = "zh_CN"
extensions = ["myst_parser", "sphinx_formulary"]
exclude_patterns = ["_build", "node_modules", ".cache"]
html_theme = "sphinx_book_theme"
html_theme_options = {"navbar_persistent": []}
html_context = {"default_mode": "auto"}
fontawesome_included = True
blog_post_pattern = ["posts/*.md"]
"""


def targets(article: int, articles: int, chance: random.Random) -> list[int]:
    near = [(article + CATEGORIES * chance.randint(1, 20)) % articles for _ in range(3)]
    popular = int(articles * chance.random() ** 3)
    return sorted({*near, popular} - {article})[:REFERENCES]


def generate(folder: Path, articles: int) -> None:
    (folder / "posts").mkdir(parents=True)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    chance = random.Random(1)
    for article in range(articles):
        links = [f"第 {n} 条参考 [](p{n}.md)。" for n in targets(article, articles, chance)]
        head = f"title: 第 {article} 篇文章\ndate: 2020-{1 + article % 12:02}-01\n"
        text = f"---\n{head}category: 类{article % CATEGORIES}\n---\n\n{''.join(links)}\n"
        (folder / f"posts/p{article}.md").write_text(text, encoding="utf-8")


def seconds(folder: Path) -> float:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "-j", "4"]
    begin = time.monotonic()
    subprocess.run([*command, str(folder), str(folder / "_build")], check=True)
    return time.monotonic() - begin


def main(articles: int = 500) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, articles)
        clean, page = seconds(folder), folder / "_build/graph.html"
        nothing = seconds(folder)
        page.unlink()
        drawn = seconds(folder)
        page.unlink()
        shutil.rmtree(folder / ".cache/graph")
        laid_out = seconds(folder)
        links = len(json.loads((folder / "_build/graph.json").read_text("utf-8"))["links"])
        print(f"{articles} articles, {links} links; clean {clean:.1f} s, no change {nothing:.1f} s")
        print(f"drawing {drawn - nothing:.1f} s, layout {laid_out - drawn:.1f} s")
        print(f"graph.html {page.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
