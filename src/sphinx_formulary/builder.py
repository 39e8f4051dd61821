"""The html builders: they write a page when its bytes differ, and know every file they made."""

from __future__ import annotations

import mmap
import shutil
import traceback
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from .article_graph import DATA, GRAPH
from .assets import SCRIPTS, STYLES, copy_static, script_words
from .cache import Cache
from .config import options
from .domain import FormularyDomain
from .graph_layout import D3
from .katex import Katex
from .manifest import Manifest
from .previews import preview_path, preview_script
from .rooted import NOT_FOUND, rooted
from .search_data import SEARCH, opencc
from .slim import slim_theme

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)


class PageBuilder(StandaloneHTMLBuilder):
    """What ``html`` and ``dirhtml`` have in common."""

    # Sphinx's index holds no Chinese, and every page would load it.
    search = False

    def init(self) -> None:
        super().init()
        self.katex = Katex.of(self.config, self.confdir)
        self.d3 = D3.of(self.config, self.confdir)
        self.opencc = opencc(self.config, self.confdir)
        self.slim = slim_theme(self)
        self.made: set[Path] = set()  # files that are not documents' pages
        self.listings: dict[str, str] = {}  # pages of listings, with what they depend on
        self.planned: list[str] = []  # documents whose page this build writes
        self._receipts: mmap.mmap | None = None

    def init_css_files(self) -> None:
        super().init_css_files()
        for name in STYLES:
            self.add_css_file(f"formulary/{name}", priority=300)

    def init_js_files(self) -> None:
        super().init_js_files()
        words = script_words(self.get_target_uri(SEARCH))
        for name in SCRIPTS:
            self.add_js_file(f"formulary/{name}", defer="defer", **words.get(name, {}))

    # ---- what is out of date

    def get_outdated_docs(self) -> Iterator[str]:
        """Documents without a page. JOIN knows of every other reason to write one."""
        for docname in self.env.found_docs:
            if not Path(self.get_output_path(docname)).is_file():
                yield docname

    def prepare_writing(self, docnames: Set[str]) -> None:
        super().prepare_writing(docnames)
        self.planned = sorted(docnames)
        # Shared with the worker processes: each puts a mark for a page that it has written.
        self._receipts = mmap.mmap(-1, max(1, len(self.planned)))
        # A killed build leaves pages of which nobody knows what they were written from.
        Path(self.outdir).mkdir(parents=True, exist_ok=True)
        Manifest.load(self.outdir).without(self.planned, self.files()).save(self.outdir)

    def missing(self) -> list[str]:
        """Documents whose page was to be written and was not."""
        marks = self._receipts[:] if self._receipts else b""
        return [name for name, mark in zip(self.planned, marks, strict=False) if not mark]

    def outdated_listings(self, digests: Mapping[str, str]) -> set[str]:
        """Pages of listings to write; of the others it is enough to know that they are there."""
        self.listings = dict(digests)
        last = Manifest.load(self.outdir)
        outdated = last.outdated(digests)
        outdated |= {name for name in digests if not self.get_output_path(name).is_file()}
        last.without(outdated).save(self.outdir)  # as for documents
        return outdated

    # ---- writing

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        # Sphinx drops an error of a worker, and the other pages of that worker with it.
        try:
            super().write_doc(docname, doctree)
            self._write_preview(docname, doctree)
        except Exception as error:
            detail = traceback.format_exc()
            logger.error("the page was not written: %s\n%s", error, detail, location=docname)
        else:
            assert self._receipts is not None
            self._receipts[self.planned.index(docname)] = 1

    def _write_preview(self, docname: str, doctree: nodes.document) -> None:
        path = Path(self.outdir, preview_path(self.get_target_uri(docname)))
        script = preview_script(self, docname, doctree)
        if not path.is_file() or path.read_text(encoding="utf-8") != script:
            path.parent.mkdir(parents=True, exist_ok=True)
            side = path.with_name(path.name + ".new")
            side.write_text(script, encoding="utf-8")
            side.replace(path)

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        *,
        outfilename: Path | None = None,
        event_arg: Any = None,
    ) -> None:
        path = Path(outfilename or self.get_output_path(pagename))
        side = path.with_name(path.name + ".new")
        try:
            super().handle_page(
                pagename, addctx, templatename, outfilename=side, event_arg=event_arg
            )
            if pagename == NOT_FOUND:
                uri, html = self.get_target_uri(pagename), side.read_text(encoding="utf-8")
                side.write_text(rooted(html, uri, self.config.html_baseurl), encoding="utf-8")
            if not path.is_file() or path.read_bytes() != side.read_bytes():
                side.replace(path)
        finally:
            side.unlink(missing_ok=True)
        self.made.add(path)

    def render(self, tree: nodes.document, place: str) -> str:
        """The HTML of a resolved doctree that is shown on the page *place*."""
        uri = self.get_target_uri(place)
        self.secnumbers, self.fignumbers = {}, {}
        self.imgpath = relative_uri(uri, self.imagedir)
        self.dlpath = relative_uri(uri, "_downloads")
        self.current_docname = place
        self.post_process_images(tree)
        tree.settings = self.docsettings
        visitor: Any = self.create_translator(tree, self)
        tree.walkabout(visitor)
        return "".join(visitor.fragment)

    # ---- files

    def copy_assets(self) -> None:
        # A file that is gone from its source is gone from the site.
        shutil.rmtree(self._static_dir, ignore_errors=True)
        super().copy_assets()
        cache = Cache(Path(self.confdir, options(self.config).cache, "measures"))
        copy_static(self._static_dir / "formulary", self.katex, self.d3, cache)
        if self.slim:
            self.slim.shrink(self._static_dir)

    def files(self) -> set[str]:
        """Every file of the site outside ``_static``, as paths below the output folder."""
        env, site = self.env, FormularyDomain.of(self.env).site
        made = set(self.made)
        for page in (*env.found_docs, *site.pages, *site.redirects):
            made.add(self.get_output_path(page))
        if self.config.html_copy_source:
            made |= set(map(self._source_copy, env.found_docs))
        uris = map(self.get_target_uri, env.found_docs)
        made |= {Path(self.outdir, preview_path(uri)) for uri in uris}
        made |= {self._images_dir / name for _, name in env.images.values()}
        made |= {self._downloads_dir / name for _, name in env.dlfiles.values()}
        made |= set(self._extra_files())
        made.add(Path(self.outdir, feed_path(self.config)))
        if self.makes_graph:
            made.add(Path(self.outdir, DATA))
        return {path.relative_to(self.outdir).as_posix() for path in made}

    @property
    def makes_graph(self) -> bool:
        """Whether the graph is ours: there are posts, and no page of the author's in its place."""
        site = FormularyDomain.of(self.env).site
        return GRAPH in site.pages and GRAPH not in self.env.found_docs

    def _source_copy(self, docname: str) -> Path:
        name, suffix = self.env.doc2path(docname).name, self.config.html_sourcelink_suffix
        return Path(self._sources_dir, docname).with_name(
            name if name.endswith(suffix) else name + suffix
        )

    def _extra_files(self) -> Iterator[Path]:
        for entry in self.config.html_extra_path:
            source = Path(self.confdir, entry)
            below = source.rglob("*") if source.is_dir() else [source]
            root = source if source.is_dir() else source.parent
            yield from (Path(self.outdir, path.relative_to(root)) for path in below)


class FormularyHTMLBuilder(PageBuilder):
    """``-b html``."""

    name = "html"


class FormularyDirHTMLBuilder(PageBuilder, DirectoryHTMLBuilder):
    """``-b dirhtml``."""

    name = "dirhtml"

    def get_output_path(self, page_name: str, /) -> Path:
        """The file of a page; hosts look for that of a missing page under one name."""
        if page_name == NOT_FOUND:
            return Path(self.outdir, f"{NOT_FOUND}.html")
        return Path(super().get_output_path(page_name))


def feed_path(config: Config) -> str:
    """The feed's path below the output folder; the name is ablog's."""
    return f"{config.blog_path}/atom.xml"


def setup_builder(app: Sphinx) -> None:
    """Take the place of Sphinx's own builders."""
    app.add_builder(FormularyHTMLBuilder, override=True)
    app.add_builder(FormularyDirHTMLBuilder, override=True)
