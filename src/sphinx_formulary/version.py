"""Which engine this is."""

from __future__ import annotations

import hashlib
from pathlib import Path

__version__ = "0.1.0"


def code_version() -> int:
    """A number that changes with the engine: what an older one stored is read again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.*")):
        digest.update(path.read_bytes())
    return int(digest.hexdigest()[:12], 16)
