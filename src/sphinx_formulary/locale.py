"""Translation of the engine's own words: English msgids, a catalogue for each language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import get_translation

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CATALOG = "sphinx_formulary"
THEME_CATALOG = "sphinx"  # that of the pydata theme, too
FOLDER = Path(__file__).with_name("locales")

_ = get_translation(CATALOG)

__all__ = ["CATALOG", "_", "setup_locale"]


def setup_locale(app: Sphinx) -> None:
    """Register the catalogues."""
    app.add_message_catalog(CATALOG, FOLDER)
    app.add_message_catalog(THEME_CATALOG, FOLDER)
