"""What a query loads and takes, and what an index takes and fills, in sites of any size."""

import json
import shutil
import time
from pathlib import Path
from statistics import mean
from urllib.parse import quote

from playwright.sync_api import Browser
from search_browser import Watched, chromium, kb, served, table
from search_others import others
from search_sites import Material, generate, names, sphinx

TYPED = """text => new Promise((resolve, reject) => {
  const results = document.getElementById("search-results");
  const field = document.querySelector(".search-form [name=q]");
  const begin = performance.now();
  let loading = false;
  new MutationObserver(() => {
    const { state } = results.dataset;
    loading ||= state === "loading";
    if (loading && state === "done") resolve(performance.now() - begin);
    if (state === "error") reject(new Error(results.textContent));
  }).observe(results, { attributes: true, attributeFilter: ["data-state"] });
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""
QUERIES = [
    "注意力", "损失函数的梯度", "率", "为什么要除以标准差", "注意力機制", "attention",
    "flash attention", "attenton", "softmax 的梯度", r"\frac{QK^\top}{\sqrt{d}}",
    r"\sum_{i=1}^n x_i^2", r"\ell_{j} = e^{m_{j-1} - m_{j}} \ell_{j-1} + e^{x_{j} - m_{j}}",
]  # fmt: skip


def kind(path: str) -> str:
    """What a file is for."""
    if "/_search/" in path:
        inside = path.partition("/_search/")[2]
        return inside.partition("/")[0].removesuffix(".js")
    if "/katex/" in path:
        return "KaTeX"
    return "runtime" if "/formulary/search-" in path or "search.css" in path else "page"


INDEX = ("manifest", "variants", "terms", "grams", "whole", "texts", "formulas")


def index_bytes(found: dict[str, int]) -> int:
    return sum(found.get(name, 0) for name in INDEX)


def first_queries(browser: Browser, address: str, asked: list[str], more: str = "") -> list[dict]:
    """Each in a fresh context, by the address of the page: bytes, and seconds until it is done."""
    told = []
    for query in asked:
        watched = Watched(browser, kind)
        begin = time.monotonic()
        watched.page.goto(f"{address}/search.html?q={quote(query)}{more}")
        watched.page.wait_for_selector("#search-results[data-state=done]", state="attached")
        took = time.monotonic() - begin
        told.append({**watched.bytes(), "seconds": took})
        watched.page.context.close()
    return told


def further_queries(browser: Browser, address: str, asked: list[str]) -> list[dict]:
    """All in one page that has answered one query already."""
    watched, told = Watched(browser, kind), []
    watched.page.goto(f"{address}/search.html?q={quote('方法')}")
    watched.page.wait_for_selector("#search-results[data-state=done]", state="attached")
    watched.bytes()
    for query in asked:
        took = watched.page.evaluate(TYPED, query) / 1000
        told.append({**watched.bytes(), "seconds": took})
    watched.page.context.close()
    return told


def built(folder: Path, posts: int) -> dict:
    """The site, built, and what its index took, made anew and after an edit, and fills."""
    told = folder / "told.json"
    if not (folder / "posts").is_dir():
        generate(folder, posts, told)
    out = folder / "_build"
    sphinx(folder, out)
    shutil.rmtree(out / "_search")
    shutil.rmtree(out / ".doctrees/formulary-search")
    sphinx(folder, out)  # now that nothing else changes
    anew = json.loads(told.read_text(encoding="utf-8"))
    post = folder / "posts/p7.md"
    post.write_text(post.read_text(encoding="utf-8") + "\n再说一句。\n", encoding="utf-8")
    sphinx(folder, out)
    edit = json.loads(told.read_text(encoding="utf-8"))["index"]
    files = [path.stat().st_size for path in (out / "_search").rglob("*.js")]
    return {**anew, "edit": edit, "files": len(files), "bytes": sum(files), "out": out}


def cost(told: list[dict]) -> list[str]:
    """Mean and largest of what is loaded, in kB, and of the seconds."""
    index = [index_bytes(found) for found in told]
    katex = [found.get("KaTeX", 0) for found in told]
    runtime = [found.get("runtime", 0) for found in told]
    whole = [sum(parts) for parts in zip(index, katex, runtime, strict=True)]
    seconds = [found["seconds"] for found in told]
    times = f"{mean(seconds):.2f} / {max(seconds):.2f}"
    return [kb(runtime), kb(index), kb(katex), kb(whole), times]


def ratios(first: list[dict], told: list[dict]) -> list[str]:
    """Of index bytes, and of all that a query loads, to those of the smallest site."""
    rows = []
    for count in (index_bytes, lambda found: index_bytes(found) + found.get("runtime", 0)):
        before, after = [[count(found) for found in each] for each in (first, told)]
        rows.append(f"{mean(after) / mean(before):.2f} / {max(after) / max(before):.2f}")
    return rows


def size_row(posts: int, site: dict) -> list[str]:
    sizes = [f"{site[name] / 1e6:.1f} MB" for name in ("bytes", "job", "memory")]
    times = [f"{site[name]:.1f} s" for name in ("index", "node", "edit")]
    return [f"{posts:,}", f"{site['files']:,}", sizes[0], *times, *sizes[1:]]


def show_queries(told: dict[int, list[list[dict]]], asked: list[str]) -> None:
    """Mean / largest, for each size; and what each query loads where it is the first."""
    head = ["runtime, kB", "index, kB", "KaTeX, kB", "all, kB", "seconds"]
    smallest = next(iter(told.values()))
    for at, name in enumerate(("first query", "further query", "first query, with a category")):
        rows = [
            [f"{posts:,}", *cost(found[at]), *ratios(smallest[at], found[at])]
            for posts, found in told.items()
        ]
        table([name, *head, "index, ratio", "with runtime, ratio"], rows)
    rows = []
    for at, query in enumerate(asked):
        parts = [[first[at].get(name, 0) for name in INDEX[2:]] for first, *_ in told.values()]
        rows.append([f"`{query}`", *(" + ".join(f"{n / 1000:.0f}" for n in row) for row in parts)])
    table(["kB of " + " + ".join(INDEX[2:]), *(f"{posts:,}" for posts in told)], rows)


def measured(browser: Browser, out: Path, asked: list[str]) -> list[list[dict]]:
    with served(out) as address:
        return [
            first_queries(browser, address, asked),
            further_queries(browser, address, asked),
            first_queries(browser, address, asked, f"&category={quote('类1')}"),
        ]


def size_all(sizes: list[int], npm: Path, folder: Path) -> None:
    asked = [*QUERIES, *names(7, Material())[::2]]
    rows, told, compared = [], {}, []
    with chromium() as browser:
        for posts in sizes:
            site = built(folder / str(posts), posts)
            rows.append(size_row(posts, site))
            told[posts] = measured(browser, site["out"], asked)
            compared.append(others(browser, posts, site["out"], npm, asked))
            table(SIZES, rows)
            show_queries(told, asked)
            table(OTHERS, compared)


SIZES = ["posts", "files", "index", "FINISH", "of it Node", "after an edit", "job", "its memory"]
OTHERS = ["posts", "MiniSearch", "Pagefind, time", "index", "first, kB", "further, kB"]
