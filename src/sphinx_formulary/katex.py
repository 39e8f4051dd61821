"""TeX to HTML and MathML by KaTeX: many formulas in one process. No other room runs it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from .amsmath import without_anchored_tags
from .config import options
from .model import Math, TexSource
from .npm import NodeError, not_installed, run_node
from .tex import mistake

if TYPE_CHECKING:
    from sphinx.config import Config

_SCRIPT = Path(__file__).with_name("katex_batch.cjs")
_RULES = Path(__file__).with_name("tex.py")

# What to write instead of what KaTeX lacks, by what its message says.
_HINTS = {
    r"No such environment: multline\*?": "write 'gather' or 'aligned' instead",
    r"No such environment: eqnarray\*?": "write 'align' instead",
    r"No such environment: flalign\*?": "write 'align' instead",
    r"Too many expansions": "a macro calls itself without end",
    r"Expected '\}', got '(EOF|\\end)'": "a brace is not closed",
    r"Expected 'EOF', got '&'": "an '&' needs an environment such as 'aligned' around it",
    r"Expected 'EOF', got '\}'": "a brace is closed that was not opened",
}


class KatexError(SphinxError):
    """KaTeX cannot be run; the message says what to do."""

    category = "KaTeX"


@dataclass(frozen=True)
class Katex:
    """The npm package ``katex`` in a folder, and how this site wants formulas rendered."""

    folder: Path
    version: str
    macros: Mapping[str, str]
    options: Mapping[str, object] | str  # as sphinxcontrib-katex has them: the inside of {…}

    @classmethod
    def of(cls, config: Config, confdir: Path) -> Katex:
        """The package that a site has installed.

        Raises ``KatexError`` where it is missing, or where its parts are of different versions.
        """
        chosen = options(config)
        found = Path(confdir, chosen.node_modules, "katex")
        if not (found / "dist" / "katex.js").is_file():
            raise KatexError(not_installed("KaTeX is", found.parent, confdir))
        version = str(json.loads((found / "package.json").read_text(encoding="utf-8"))["version"])
        katex = cls(found, version, chosen.macros, config.katex_options or {})
        katex._expect(_css_version(katex.css), "stylesheet")
        return katex

    @property
    def css(self) -> Path:
        """The stylesheet that belongs to what is rendered."""
        return self.folder / "dist" / "katex.min.css"

    @property
    def settings(self) -> str:
        """A hash of all but the formula that its rendering depends on."""
        code = [path.read_text(encoding="utf-8") for path in (_SCRIPT, Path(__file__), _RULES)]
        parts = (self.version, code, self.macros, self.options)
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def render(self, formulas: Sequence[TexSource]) -> dict[TexSource, Math]:
        """Render distinct formulas in one Node process, which has ended when this returns.

        A formula with a mistake, by our rules or by KaTeX's, is shown as its source and says why in
        ``Math.error``.
        """
        mistakes = {formula: mistake(formula[0]) for formula in formulas}
        good = [formula for formula, error in mistakes.items() if not error]
        answers = dict(zip(good, self._run(good), strict=True)) if good else {}
        return {
            formula: _math(formula, answers.get(formula, {"error": mistakes[formula]}))
            for formula in formulas
        }

    def _run(self, formulas: Sequence[TexSource]) -> list[dict[str, str]]:
        job = {
            "katex": str(self.folder / "dist" / "katex.js"),
            "css": str(self.css),
            "options": self.options,
            "macros": self.macros,
            "items": formulas,
        }
        try:
            answer = json.loads(run_node(_SCRIPT, job))
        except NodeError as error:
            chosen = f" with katex_options = {self.options!r}" if self.options else ""
            raise KatexError(f"KaTeX did not run{chosen}:\n{error}") from error
        self._expect(answer["version"], "script")
        answers: list[dict[str, str]] = answer["answers"]
        return answers

    def _expect(self, version: str, part: str) -> None:
        if version != self.version:
            raise KatexError(
                f"The {part} of KaTeX in {self.folder} is of version {version}, its package.json "
                f"says {self.version}; run 'npm ci'."
            )


def _css_version(css: Path) -> str:
    found = re.search(r'\.katex-version[^{]*\{content:"([^"]+)"', css.read_text(encoding="utf-8"))
    return found[1] if found else "unknown"


def _math(formula: TexSource, answer: Mapping[str, str]) -> Math:
    if "html" in answer:
        return Math(answer["html"].encode())
    shown = (
        f'<code class="formula-source">{escape(without_anchored_tags(formula[0]).strip())}</code>'
    )
    return Math(shown.encode(), _explained(answer["error"]))


def _explained(error: str) -> str:
    hints = [hint for pattern, hint in _HINTS.items() if re.search(pattern, error)]
    return "; ".join([f"KaTeX: {error}", *hints])
