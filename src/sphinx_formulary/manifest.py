"""What was last written, remembered beside what was written. Pure but for one file.

``<outdir>/.formulary.json`` has a digest for each document's page and every file of the last build.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

NAME = ".formulary.json"


@dataclass(frozen=True)
class Manifest:
    """A page without a digest is written in the next build."""

    digests: Mapping[str, str] = field(default_factory=dict)  # docname -> digest
    files: frozenset[str] = frozenset()  # paths below the output folder

    @classmethod
    def load(cls, outdir: Path) -> Manifest:
        """The manifest of a folder; an empty one where there is none that can be read."""
        try:
            data = json.loads(Path(outdir, NAME).read_text(encoding="utf-8"))
            return cls(dict(data["digests"]), frozenset(data["files"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def save(self, outdir: Path) -> None:
        """Write it, whole or not at all."""
        data = {"digests": dict(sorted(self.digests.items())), "files": sorted(self.files)}
        side = Path(outdir, NAME + ".new")
        side.write_text(json.dumps(data, indent=0, ensure_ascii=False), encoding="utf-8")
        side.replace(Path(outdir, NAME))

    def without(self, names: Iterable[str], files: Iterable[str] = ()) -> Manifest:
        """The same without the digests of pages, and with *files* that are about to be made."""
        gone = set(names)
        kept = {name: digest for name, digest in self.digests.items() if name not in gone}
        return Manifest(kept, self.files | frozenset(files))

    def outdated(self, digests: Mapping[str, str]) -> set[str]:
        """Documents whose page is missing here or was written from something else."""
        return {name for name, digest in digests.items() if self.digests.get(name) != digest}


def remove(outdir: Path, files: Iterable[str]) -> None:
    """Delete *files* and the folders that they leave empty."""
    for name in files:
        path = Path(outdir, name)
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == outdir or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
