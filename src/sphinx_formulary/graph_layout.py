"""D3: the layout of the graph, and the scripts that move it in a browser. No other room runs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from .article_graph import ArticleGraph, start
from .cache import Cache, fingerprint
from .config import options
from .npm import NodeError, not_installed, run_node

if TYPE_CHECKING:
    from sphinx.config import Config

_SCRIPT = Path(__file__).with_name("graph_layout.cjs")
_LAYOUT = ("d3-force", "d3-quadtree", "d3-timer", "d3-dispatch")
# In the order in which a page loads them: d3-zoom, after all that it needs.
BROWSER = (
    "d3-color", "d3-dispatch", "d3-timer", "d3-ease", "d3-selection",
    "d3-interpolate", "d3-drag", "d3-transition", "d3-zoom",
)  # fmt: skip
# Rounds of the simulation; a large graph takes fewer.
_MOST, _LEAST, _WORK = 300, 60, 300_000


class D3Error(SphinxError):
    """D3 cannot be run; the message says what to do."""

    category = "D3"


@dataclass(frozen=True)
class D3:
    """The npm packages of D3 in a folder, and where layouts are kept."""

    folder: Path
    versions: str
    cache: Cache

    @classmethod
    def of(cls, config: Config, confdir: Path) -> D3:
        """The packages that a site has installed; raises ``D3Error`` where one is missing."""
        chosen = options(config)
        folder = Path(confdir, chosen.node_modules)
        names = sorted({*_LAYOUT, *BROWSER})
        try:
            texts = [(folder / name / "package.json").read_text("utf-8") for name in names]
        except FileNotFoundError as error:
            missing = "d3-force, d3-selection and d3-zoom are"
            raise D3Error(not_installed(missing, folder, confdir)) from error
        versions = " ".join(json.loads(text)["version"] for text in texts)
        return cls(folder, versions, Cache(Path(confdir, chosen.cache, "graph"), 8))

    def scripts(self) -> list[Path]:
        """What a page needs to move the graph, D3's own builds."""
        return [self.folder / name / "dist" / f"{name}.min.js" for name in BROWSER]

    def layout(self, graph: ArticleGraph) -> list[tuple[int, int]]:
        """The centre of each article's box, by d3-force: the same for the same graph."""
        nodes = [
            {"x": x, "y": y, "wide": node.box[0], "high": node.box[1], "category": node.category}
            for node, (x, y) in zip(graph.nodes, start(graph), strict=True)
        ]
        ticks = max(_LEAST, min(_MOST, _WORK // len(nodes)))
        job = {"ticks": ticks, "nodes": nodes, "links": list(graph.links)}
        key = fingerprint(_SCRIPT.read_bytes(), self.versions, json.dumps(job))
        found = json.loads(self.cache.get(f"{key}.json", lambda: self._run(job)))
        return [(x, y) for x, y in found]

    def _run(self, job: dict[str, object]) -> bytes:
        try:
            return run_node(_SCRIPT, {**job, "packages": str(self.folder)}).encode()
        except NodeError as error:
            raise D3Error(f"the graph could not be laid out:\n{error}") from error
