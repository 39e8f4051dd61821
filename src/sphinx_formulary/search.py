"""FINISH: the static index of the search. No other room runs its script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .builder import PageBuilder
from .cache import fingerprint
from .config import options
from .domain import FormularyDomain
from .model import TexSource
from .npm import NodeError, run_node
from .search_data import SearchError, document, findable, synonyms

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
    folder, parts = Path(app.outdir, FOLDER), Path(app.doctreedir, "formulary-search", builder.name)
    keys, chosen = _keys(builder), _chosen(builder)
    mark, digest = folder / _DIGEST, fingerprint(repr(chosen), *keys.values())
    if mark.is_file() and mark.read_text(encoding="utf-8") == digest:
        return
    folder.mkdir(parents=True, exist_ok=True)
    parts.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)  # what a killed build leaves is believed by nobody
    opencc = builder.opencc / "dist" / "umd" / "t2cn.js"
    job = {**chosen, "opencc": str(opencc), "out": str(folder), "parts": str(parts)}
    try:
        run_node(_SCRIPT, job, _documents(builder, parts, keys))
    except NodeError as error:
        raise SearchError(f"the index could not be made:\n{error}") from error
    for name in {path.name for path in parts.iterdir()} - set(keys.values()):
        Path(parts, name).unlink()
    mark.write_text(digest, encoding="utf-8")


def _keys(builder: PageBuilder) -> dict[str, str]:
    """Of each document that can be found a hash of all that its part of the index depends on."""
    domain = FormularyDomain.of(builder.env)
    package = (builder.opencc / "package.json").read_text(encoding="utf-8")
    # A page depends on all that its text names, so its digest stands for it.
    return {
        docname: fingerprint(builder.name, package, docname, domain.site.digests[docname])
        for docname in findable(builder, domain.facts, domain.site)
    }


def _chosen(builder: PageBuilder) -> dict[str, Any]:
    """What the site says about its search as a whole."""
    chosen = options(builder.config)
    facts = FormularyDomain.of(builder.env).facts.values()
    return {"macros": chosen.macros, "synonyms": synonyms(chosen.synonyms, facts)}


def _documents(
    builder: PageBuilder, parts: Path, keys: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Each document by its key; of those that gave their part to an earlier index no more."""
    domain = FormularyDomain.of(builder.env)
    plain: dict[TexSource, str] = {}
    for docname, key in keys.items():
        yield (
            {"key": key}
            if Path(parts, key).is_file()
            else {"key": key, **document(builder, domain.facts[docname], domain.site, plain)}
        )


def setup_search(app: Sphinx) -> None:
    """Connect FINISH."""
    app.connect("build-finished", write_index)
