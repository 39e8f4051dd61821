"""What is slow to make, kept in files by a hash of all that it was made from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


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
