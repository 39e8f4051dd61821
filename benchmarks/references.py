"""Build a site of 2,000 labelled formulas and 4,000 references to them; show the largest pages.

    python benchmarks/references.py [articles [formulas of each]]

A tenth of the references go to ten formulas that everybody names, each with two formulas in its
sentence, so that the lists of their uses are as long as they get.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).parents[1]
CATEGORIES = 4

CONF = """
project = "Benchmark"
language = "zh_CN"
extensions = ["myst_parser", "sphinx_formulary"]
exclude_patterns = ["_build", "node_modules", ".cache"]
myst_enable_extensions = ["dollarmath"]
html_theme = "sphinx_book_theme"
html_theme_options = {"navbar_persistent": []}
html_context = {"default_mode": "auto"}
fontawesome_included = True
blog_post_pattern = ["posts/*.md"]
"""


def formula(article: int, number: int) -> str:
    """A display of the size that articles have."""
    n = article * 100 + number
    return (
        rf"\mathcal{{L}}_{{{n}}}(\theta) = -\mathbb{{E}}_{{x \sim p_{{{n}}}}}\left["
        rf"\sum_{{i=1}}^{{n}} \log \frac{{\exp(q_i^\top k_{{{number}}} / \sqrt{{d}})}}"
        rf"{{\sum_{{j=1}}^{{n}} \exp(q_i^\top k_j / \sqrt{{d}})}}\right] + \frac{{\lambda}}{{2}}"
        rf" \left\lVert \theta - \theta_{{{n}}} \right\rVert_2^2"
    )


def wanted(article: int, number: int, articles: int, formulas: int) -> list[str]:
    """The two labels that a section refers to."""
    at = article * formulas + number
    popular = at // 5 % 10 if at % 5 == 0 else None
    first = f"a{popular % articles}-f0" if popular is not None else f"a{article}-f{number}"
    return [first, f"a{(article * 7 + number * 3 + 1) % articles}-f{(number * 5 + 2) % formulas}"]


def post(article: int, articles: int, formulas: int) -> str:
    sections = []
    for number in range(formulas):
        first, second = wanted(article, number, articles, formulas)
        sections.append(
            f"## 小节 {number}\n\n$$\n{formula(article, number)}\n$$ (a{article}-f{number})\n\n"
            f"当 $x_{{{number}}} \\ne 0$ 且 $\\lVert y \\rVert_2 \\le \\epsilon_{{{article}}}$ 时，"
            f"由 {{eq}}`{first}` 可知第 {number} 步成立。这一步与 {{eq}}`{second}` 比较即得。\n"
        )
    return (
        f"---\ntitle: 文章 {article}\ndate: 2020-{1 + article % 12:02}-{1 + article % 28:02}\n"
        f"category: 类{article % CATEGORIES}\ntags: [标签{article % 20}]\n---\n\n开头说清要点。\n\n"
        + "\n".join(sections)
    )


def generate(folder: Path, articles: int, formulas: int) -> None:
    (folder / "posts").mkdir(parents=True)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    listing = "# Home\n\n```{postlist}\n:paginate: 12\n:excerpts:\n```\n"
    (folder / "index.md").write_text(listing, encoding="utf-8")
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    for article in range(articles):
        text = post(article, articles, formulas)
        (folder / f"posts/p{article}.md").write_text(text, encoding="utf-8")


def seconds(folder: Path) -> float:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "-j", "4"]
    begin = time.monotonic()
    subprocess.run([*command, str(folder), str(folder / "_build")], check=True)
    return time.monotonic() - begin


def main(articles: int = 100, formulas: int = 20) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        generate(folder, articles, formulas)
        total = articles * formulas
        print(f"{articles} articles, {total} labelled formulas, {2 * total} references")
        print(f"clean      {seconds(folder):6.1f} s")
        print(f"no change  {seconds(folder):6.1f} s")
        edited = folder / "posts/p1.md"
        text = edited.read_text(encoding="utf-8")
        edited.write_text(text.replace("即得。", "立得。", 1), encoding="utf-8")
        print(f"one edit   {seconds(folder):6.1f} s")
        for kind in ("index.html", "formulas.html", "formulas/**/*.html", "posts/*.html",
                     "_previews/**/*.js"):  # fmt: skip
            path = max(folder.glob(f"_build/{kind}"), key=lambda path: path.stat().st_size)
            size = path.stat().st_size / 1e6
            print(f"{size:8.3f} MB  {path.relative_to(folder / '_build')}, the largest {kind}")
            assert size <= 1, "a page is larger than 1 MB"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
