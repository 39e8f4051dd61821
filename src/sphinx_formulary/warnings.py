"""One door for every warning, and the memory of which documents warned."""

from __future__ import annotations

import logging as std_logging
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import __
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class Kind(StrEnum):
    """Subtypes of our warnings, as in ``suppress_warnings = ["formulary.tex"]``."""

    OPTION = "option"
    """A ``formulary_*`` option has a wrong value; its default is used."""
    SOURCE = "source"
    """A source file cannot be read."""
    FRONT_MATTER = "front_matter"
    """A key of the front matter is missing, unknown or wrong."""
    TITLE = "title"
    """A post has a level-1 heading besides its title."""
    HELD = "held"
    """A link to a draft, or to a post whose date has not come."""
    LABEL = "label"
    """A label is used twice, or a term defined twice."""
    REFERENCE = "reference"
    """A reference to a formula that does not exist."""
    TEX = "tex"
    """A formula that cannot be rendered."""
    FIGURE = "figure"
    """A figure whose code fails, or that lacks its alternative text."""
    LISTING = "listing"
    """A list of posts that cannot be made."""
    CLASS = "class"
    """A class whose rules are not in the site's copy of the theme's CSS."""
    ALIAS = "alias"
    """An old path that cannot redirect."""
    NOTATION = "notation"
    """A symbol with two meanings in posts that refer to each other; no warning, but information."""


def warn(kind: Kind, message: str, location: tuple[str, int | None] | str | None = None) -> None:
    """Give one warning of subtype ``formulary.<kind>``.

    *location* is a docname with a line, where the line is known, or a path.
    """
    logger.warning(message, location=location, type="formulary", subtype=kind.value)


def inform(app: Sphinx, kind: Kind, message: str, location: tuple[str, int | None]) -> None:
    """Say what may well be meant so. It fails no build, and is silenced as a warning is."""
    if not logging.is_suppressed_warning("formulary", kind.value, app.config.suppress_warnings):
        logger.info("%s [formulary.%s]", message, kind.value, location=location)


class WarnedDocuments(std_logging.Handler):
    """Remembers which documents a warning was about, ours or anyone's.

    Sphinx gives a warning only in the build that reads or writes the document. A document in this
    memory is read and written again in the next build, so that ``-W`` fails until it is mended.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__(level=std_logging.WARNING)
        self.app = app
        self.locations: list[object] = []

    def emit(self, record: std_logging.LogRecord) -> None:
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if not logging.is_suppressed_warning(kind, subtype, self.app.config.suppress_warnings):
            self.locations.append(getattr(record, "location", None))

    def take(self, documents: set[str]) -> set[str]:
        """The documents that warned since the last call; all, where a warning named none."""
        found = {self._docname(location) for location in self.locations}
        self.locations.clear()
        return set(documents) if None in found else {name for name in found if name} & documents

    def _docname(self, location: object) -> str | None:
        if isinstance(location, tuple):
            location = location[0]
        if isinstance(location, nodes.Node):
            location = logging.get_node_location(location)
        path = re.sub(r":\d*$", "", str(location or ""))
        if not path or path in self.app.env.found_docs:
            return path or None
        return self.app.env.path2doc(path)


class _LeftToJoin(std_logging.Filter):
    """Drops reports of a label used twice, or a term defined twice, by Sphinx and docutils.

    Theirs are lost in parallel reading and are not repeated; JOIN reports each, with both places.
    """

    def filter(self, record: std_logging.LogRecord) -> bool:
        if record.msg == __("duplicate %s description of %s, other instance in %s"):
            return not record.args or record.args[0] != "term"  # type: ignore[index]
        return record.msg != __(
            "duplicate label %s, other instance in %s"
        ) and not record.getMessage().startswith('Duplicate ID: "equation')


def setup_warnings(app: Sphinx) -> None:
    """Leave the report of labels and terms to JOIN."""
    for name in ("sphinx.domains.std", "sphinx.util.docutils"):
        std_logging.getLogger(f"sphinx.{name}").addFilter(_LeftToJoin())


def watch(app: Sphinx) -> WarnedDocuments:
    """Begin to remember the warnings of a build."""
    root = std_logging.getLogger("sphinx")
    for handler in [item for item in root.handlers if isinstance(item, WarnedDocuments)]:
        root.removeHandler(handler)
    handler = WarnedDocuments(app)
    root.addHandler(handler)
    return handler
