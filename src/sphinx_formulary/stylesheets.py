"""Stylesheets without the rules that no page can use, by PurgeCSS and Lightning CSS, once.

No other room runs them. What they answered is kept in a cache, by all that went in.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sphinx.errors import SphinxError

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


class Cache:
    """A folder of files by the hash of what they were made from; the last used ones are kept."""

    def __init__(self, folder: Path, size: int = 64) -> None:
        self.folder, self.size = folder, size

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The file of this key, made if it is not there."""
        path = self.folder / key
        try:
            found = path.read_bytes()
            path.touch()
        except FileNotFoundError:
            found = make()
            self._put(path, found)
        return found

    def _put(self, path: Path, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        side = path.with_name(f"{path.name}.{os.getpid()}.new")  # another build may run
        side.write_bytes(content)
        side.replace(path)
        with suppress(FileNotFoundError):  # the other build has removed it
            by_age = sorted(self.folder.iterdir(), key=lambda entry: entry.stat().st_mtime)
            for entry in by_age[: -self.size]:
                entry.unlink()


def fingerprint(*parts: bytes | str) -> str:
    """A hash that tells the parts apart."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(content))
        digest.update(content)
    return digest.hexdigest()[:32]


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
