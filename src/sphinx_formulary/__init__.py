"""A Sphinx extension for knowledge bases full of formulas.

``setup()`` is the table of contents, in the order of the flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ablog_bridge import setup_ablog
from .article import setup_article
from .assets import setup_assets
from .bibliography import setup_bibliography
from .builder import setup_builder
from .captions import setup_captions
from .cards import setup_cards
from .collect import setup_collect
from .config import setup_config
from .domain import setup_domain
from .equations import setup_equations
from .feeds import setup_feeds
from .figure import setup_figure
from .finish import setup_finish
from .formula_html import setup_formula_html
from .formula_pages import setup_formula_pages
from .gate import setup_gate
from .graph_data import setup_graph_data
from .graph_page import setup_graph_page
from .headings import setup_headings
from .hints import setup_hints
from .images import setup_images
from .join import setup_join
from .katex_bridge import setup_katex_bridge
from .latex import setup_latex
from .locale import setup_locale
from .markdown import setup_markdown
from .notation_pages import setup_notation_pages
from .pages import setup_pages
from .postlist import setup_postlist
from .redirects import setup_redirects
from .search import setup_search
from .search_page import setup_search_page
from .symbols import setup_symbols
from .theme import setup_theme
from .titles import setup_titles
from .version import __version__, code_version
from .warnings import setup_warnings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Wire the rooms."""
    app.setup_extension("myst_parser")
    setup_config(app)
    setup_ablog(app)
    setup_katex_bridge(app)
    setup_locale(app)
    setup_domain(app)  # STORE
    setup_warnings(app)

    setup_gate(app)  # GATE: env-get-outdated

    setup_markdown(app)  # READ: parsing
    setup_headings(app)
    setup_equations(app)
    setup_captions(app)
    setup_images(app)
    setup_figure(app)
    setup_postlist(app)
    setup_collect(app)  # READ: doctree-read

    setup_join(app)  # JOIN: env-updated

    setup_titles(app)  # WRITE: resolving
    setup_hints(app)
    setup_cards(app)  # WRITE: doctree-resolved, visitors, html-page-context
    setup_article(app)
    setup_symbols(app)
    setup_bibliography(app)
    setup_formula_html(app)
    setup_formula_pages(app)
    setup_graph_page(app)
    setup_notation_pages(app)
    setup_search_page(app)
    setup_latex(app)
    setup_assets(app)
    setup_theme(app)
    setup_builder(app)

    setup_pages(app)  # PAGES: html-collect-pages
    setup_redirects(app)

    setup_feeds(app)  # FINISH: build-finished
    setup_graph_data(app)
    setup_search(app)
    setup_finish(app)
    return {
        "version": __version__,
        "env_version": code_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
