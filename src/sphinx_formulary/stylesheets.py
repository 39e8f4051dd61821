"""Stylesheets without the rules that no page can use, by PurgeCSS and Lightning CSS, once.

No other room runs them. What they answered is kept in a cache, by all that went in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from sphinx.errors import SphinxError

from .cache import Cache, fingerprint
from .npm import NodeError, not_installed, run_node

_SCRIPT = Path(__file__).with_name("slim_css.cjs")
_PACKAGES = ("purgecss", "lightningcss")


class StylesheetError(SphinxError):
    """The tools cannot be run; the message says what to do."""

    category = "Stylesheets"


@dataclass(frozen=True)
class Sheet:
    """One stylesheet of a site."""

    name: str  # its path below _static
    css: str
    purge: bool  # only a theme's: it has rules for all that a theme might be used for


def tools(folder: Path) -> str:
    """The versions of the npm packages; a missing one is an error that says how to get it."""
    try:
        texts = [(folder / name / "package.json").read_text("utf-8") for name in _PACKAGES]
    except FileNotFoundError as error:
        what = f"{' and '.join(_PACKAGES)} are"
        raise StylesheetError(not_installed(what, folder, folder.parent)) from error
    return " ".join(json.loads(text)["version"] for text in texts)


def slim(
    sheets: Iterable[Sheet], names: Iterable[str], keep: list[str], folder: Path, cache: Cache
) -> dict[str, str]:
    """The sheets by name, purged of rules that none of the names allows, and minified."""
    job = {"names": sorted(names), "keep": keep, "sheets": [asdict(sheet) for sheet in sheets]}
    key = fingerprint(_SCRIPT.read_bytes(), tools(folder), json.dumps(job))
    done: dict[str, str] = json.loads(cache.get(f"{key}.json", lambda: _run(job, folder)))
    return done


def _run(job: dict[str, object], folder: Path) -> bytes:
    try:
        return run_node(_SCRIPT, {**job, "packages": str(folder)}).encode()
    except NodeError as error:
        raise StylesheetError(f"the theme's CSS could not be purged:\n{error}") from error
