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
import tempfile
from pathlib import Path

from search_ranking import rank_all
from search_sites import PROJECT
from search_size import size_all


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
