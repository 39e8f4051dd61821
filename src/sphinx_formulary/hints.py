"""WRITE: what links that lead nowhere were meant for, added to the warnings of MyST and Sphinx.

Theirs is the rule of what a link can reach, other projects too; ours the label that is nearest.
"""

from __future__ import annotations

import logging as std_logging
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sphinx.locale import __

from .domain import FormularyDomain
from .formulas import anchor

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx.application import Sphinx

_LOGGERS = (
    "sphinx.sphinx.domains.std",
    "sphinx.sphinx.transforms.post_transforms",
    "sphinx.myst_parser.sphinx_ext.myst_refs",
)
_MISSING = {("myst", "xref_missing"), ("ref", "numref"), ("ref", "ref")}
# Both say last what was not found, in every language.
_TARGET = re.compile(r"'([^']+)'$")
_NUMBERLESS = "numfig is disabled. :numref: is ignored."


def hint(target: str, formulas: Collection[str], names: Collection[str]) -> str:
    """How to go on where no link to *target* is found; empty where nothing is near."""
    if target in formulas:
        return f"; it is a formula, so write [](#{anchor(target)})"
    near = get_close_matches(target, sorted({*formulas, *names}), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


class _Hints(std_logging.Filter):
    def __init__(self, app: Sphinx) -> None:
        super().__init__()
        self.app = app

    def filter(self, record: std_logging.LogRecord) -> bool:
        added = self._hint(record)
        if added:
            record.msg, record.args = record.getMessage() + added, ()
        return True

    def _hint(self, record: std_logging.LogRecord) -> str:
        if record.msg == __(_NUMBERLESS):
            return " What it refers to has no caption, and so no number."
        kind = getattr(record, "type", ""), getattr(record, "subtype", "")
        target = _TARGET.search(record.getMessage()) if kind in _MISSING else None
        if target is None or target[1].endswith(".md"):
            return ""
        env = self.app.env
        names = env.domains.standard_domain.anonlabels
        return hint(target[1], FormularyDomain.of(env).site.formulas, names)


def setup_hints(app: Sphinx) -> None:
    """Read the warnings of those who resolve references."""
    for name in _LOGGERS:
        logger = std_logging.getLogger(name)
        for old in [item for item in logger.filters if isinstance(item, _Hints)]:
            logger.removeFilter(old)  # of another app in this process
        logger.addFilter(_Hints(app))
