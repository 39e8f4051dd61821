"""FINISH: every page counted, stale files removed, digests written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.build_phase import BuildPhase

from .builder import PageBuilder
from .domain import FormularyDomain
from .manifest import Manifest, remove

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Leave the output folder as a clean build would, or fail and say which pages are missing."""
    builder = app.builder
    if not isinstance(builder, PageBuilder):
        return
    if exception is None:
        _settle(app, builder)
    lost = _lost(app, builder)
    if lost and exception is None:
        raise SphinxError(lost)
    if lost:
        logger.error(lost)


def _settle(app: Sphinx, builder: PageBuilder) -> None:
    domain = FormularyDomain.of(app.env)
    outdir = Path(app.outdir)
    # A page that warned is written again, so that it warns again until it is mended.
    warned = domain.warned.take(app.env.found_docs)
    files = {name for name in builder.files() if Path(outdir, name).is_file()}
    remove(outdir, Manifest.load(outdir).files - files)
    digests = {**domain.site.digests, **builder.listings}
    Manifest(digests, frozenset(files)).without(warned.union(builder.missing())).save(outdir)


def _lost(app: Sphinx, builder: PageBuilder) -> str:
    """What this build was to read or to write, and did not."""
    unread = app.env.found_docs - FormularyDomain.of(app.env).facts.keys()
    if unread:
        return f"documents that were not read, one of which failed: {_list(unread)}"
    unwritten = set(builder.missing())
    if app.phase > BuildPhase.CONSISTENCY_CHECK:
        paths = {name: Path(builder.get_output_path(name)) for name in app.env.found_docs}
        unwritten |= {name for name, path in paths.items() if not path.is_file()}
    return f"pages that were not written: {_list(unwritten)}" if unwritten else ""


def _list(names: set[str]) -> str:
    shown = sorted(names)[:20]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def setup_finish(app: Sphinx) -> None:
    """Connect FINISH."""
    # After everything else (500) has written its files.
    app.connect("build-finished", finish, priority=900)
