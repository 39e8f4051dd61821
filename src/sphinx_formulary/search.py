"""FINISH: the static index of the search. No other room runs its script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .builder import PageBuilder
from .cache import fingerprint
from .config import options
from .domain import FormularyDomain
from .npm import NodeError, run_node
from .search_data import SearchError, documents, synonyms

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "_search"
_SCRIPT = Path(__file__).with_name("search_index.cjs")
_DIGEST = ".digest"  # beside the index, which it was made from


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index, if anything that it is made from has changed."""
    builder = app.builder
    if exception is not None or not isinstance(builder, PageBuilder):
        return
    folder = Path(app.outdir, FOLDER)
    mark, digest = folder / _DIGEST, _digest(app, builder.opencc)
    if mark.is_file() and mark.read_text(encoding="utf-8") == digest:
        return
    folder.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)  # what a killed build leaves is believed by nobody
    _run(app, builder, folder)
    mark.write_text(digest, encoding="utf-8")


def _digest(app: Sphinx, opencc: Path) -> str:
    site = FormularyDomain.of(app.env).site
    package = (opencc / "package.json").read_text(encoding="utf-8")
    held = [post.docname for post in site.posts if post.held]
    chosen = repr((held, options(app.config).synonyms))
    # A page depends on all that its text names, so its digest stands for it.
    pages = [text for page in sorted(site.digests.items()) for text in page]
    return fingerprint(site.shared, package, chosen, *pages)


def _run(app: Sphinx, builder: PageBuilder, folder: Path) -> None:
    domain, chosen = FormularyDomain.of(app.env), options(app.config)
    job = {
        "opencc": str(builder.opencc / "dist" / "umd" / "t2cn.js"),
        "out": str(folder),
        "macros": chosen.macros,
        "synonyms": synonyms(chosen.synonyms, domain.facts.values()),
    }
    try:
        run_node(_SCRIPT, job, documents(builder, domain.facts, domain.site))
    except NodeError as error:
        raise SearchError(f"the index could not be made:\n{error}") from error


def setup_search(app: Sphinx) -> None:
    """Connect FINISH."""
    app.connect("build-finished", write_index)
