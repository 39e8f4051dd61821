"""Takes the place of sphinxcontrib-katex: its option stays, its renderer and its scripts go."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_OTHER = "sphinxcontrib.katex"


def _choose_ours(app: Sphinx, config: Config) -> None:
    config.html_math_renderer = "formulary"


def setup_katex_bridge(app: Sphinx) -> None:
    """Register ``katex_options``; a site that still names the other extension builds as well."""
    if _OTHER in app.config.extensions:
        app.setup_extension(_OTHER)
        for listeners in app.events.listeners.values():
            # They bring a script from another host, and a folder with a random name.
            listeners[:] = [item for item in listeners if item.handler.__module__ != _OTHER]
    else:
        app.add_config_value("katex_options", "", "html", (str, dict))
    app.connect("config-inited", _choose_ours)
