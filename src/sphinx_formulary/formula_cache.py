"""Rendered formulas kept from build to build, found by their content. Part of JOIN."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from sphinx.util import logging

from .model import Math, TexSource

logger = logging.getLogger(__name__)

_SCHEMA = """
PRAGMA page_size = 16384;
PRAGMA auto_vacuum = FULL;
CREATE TABLE IF NOT EXISTS formulas (
    key BLOB PRIMARY KEY, html BLOB, error BLOB, checksum INTEGER, build INTEGER
);
"""
_PATIENCE = 60  # seconds to wait for another build that writes
# Errors for which the file is not to blame; after any other it is begun anew.
_PASSING = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM,
)  # fmt: skip

_T = TypeVar("_T")

Render = Callable[[Sequence[TexSource]], Mapping[TexSource, Math]]


class FormulaCache:
    """One SQLite file, which several builds may use at once.

    A row's key is a hash of the formula and of *settings*, all else that its rendering depends on.
    A row whose checksum is wrong does not count, and a file that SQLite cannot read is begun anew.
    A formula that cannot be rendered is kept as well, with what is wrong with it.
    """

    def __init__(self, path: Path, settings: str) -> None:
        self.path = path
        self._settings = settings.encode()

    def all_of(self, formulas: Iterable[TexSource], render: Render) -> dict[TexSource, Math]:
        """Every formula; those that are not kept are rendered, all at once, and kept."""
        keys = {formula: self._key(formula) for formula in dict.fromkeys(formulas)}
        wanted = set(keys.values())
        kept = self._use(lambda database: _get(database, wanted), dict[bytes, Math]())
        fresh: dict[bytes, Math] = {}
        if missing := [formula for formula, key in keys.items() if key not in kept]:
            fresh = {keys[formula]: math for formula, math in render(missing).items()}
        self._use(lambda database: _put(database, fresh, wanted), None)
        found = kept | fresh
        return {formula: found[key] for formula, key in keys.items()}

    def _key(self, formula: TexSource) -> bytes:
        tex, display = formula
        return hashlib.blake2b(
            self._settings + (b"D" if display else b"I") + tex.encode(), digest_size=16
        ).digest()

    def _use(self, action: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """What *action* gives, in one transaction; *otherwise* where the file cannot be used."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level="IMMEDIATE")
            with closing(database), database:
                database.executescript(_SCHEMA)
                return action(database)
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            logger.info("the cache of formulas cannot be used: %s", error)
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _PASSING:
                with suppress(OSError):
                    self.path.unlink()
            return otherwise


def _get(database: sqlite3.Connection, keys: Set[bytes]) -> dict[bytes, Math]:
    # All rows in their order: there are at most as many that nobody wants as there are wanted.
    rows = database.execute("SELECT key, html, error, checksum FROM formulas")
    return {
        key: Math(html, error.decode())
        for key, html, error, checksum in rows
        if key in keys and _is_whole(html, error, checksum)
    }


def _is_whole(html: object, error: object, checksum: object) -> bool:
    if isinstance(html, bytes) and isinstance(error, bytes):
        return _checksum(html, error) == checksum
    return False


def _put(database: sqlite3.Connection, fresh: Mapping[bytes, Math], used: Set[bytes]) -> None:
    """Keep new formulas, and of those that this build does not use as many as it does."""
    count, build = database.execute("SELECT count(*), max(build) FROM formulas").fetchall()[0]
    rows = ((key, math.utf8, math.error.encode()) for key, math in fresh.items())
    database.executemany(
        "INSERT OR REPLACE INTO formulas VALUES (?, ?, ?, ?, ?)",
        ((key, html, error, _checksum(html, error), (build or 0) + 1) for key, html, error in rows),
    )
    excess = count + len(fresh) - 2 * len(used)
    if excess > 0:
        oldest = database.execute("SELECT key FROM formulas ORDER BY build").fetchall()
        unused = [row for row in oldest if row[0] not in used]
        database.executemany("DELETE FROM formulas WHERE key = ?", unused[:excess])


def _checksum(html: bytes, error: bytes) -> int:
    return zlib.crc32(error, zlib.crc32(html))
