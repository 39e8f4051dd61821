"""FINISH: every page counted, stale files removed, digests written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from .builder import PageBuilder
from .domain import FormularyDomain
from .manifest import Manifest, remove

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Leave the output folder as a clean build would, or fail."""
    builder = app.builder
    if exception is not None or not isinstance(builder, PageBuilder):
        return
    domain = FormularyDomain.of(app.env)
    outdir = Path(app.outdir)
    missing = set(builder.missing())
    # A page that warned is written again, so that it warns again until it is mended.
    warned = domain.warned.take(app.env.found_docs)
    files = builder.files()
    remove(outdir, Manifest.load(outdir).files - files)
    digests = {**domain.site.digests, **builder.listings}
    Manifest(digests, frozenset(files)).without(missing | warned).save(outdir)
    unwritten = missing | {
        name for name in app.env.found_docs if not Path(builder.get_output_path(name)).is_file()
    }
    if unwritten:
        raise SphinxError(f"pages that were not written: {', '.join(sorted(unwritten))}")


def setup_finish(app: Sphinx) -> None:
    """Connect FINISH."""
    # After everything else (500) has written its files.
    app.connect("build-finished", finish, priority=900)
