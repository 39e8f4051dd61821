"""What Chinese, Japanese and Korean text needs of Markdown and of counting. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned

# Han, kana, and their punctuation and full-width forms. Hangul is left out: Korean puts spaces
# between words, so its line breaks are spaces.
PUNCTUATION = (
    r"\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2018-\u201d\u2026"
)
LETTERS = r"\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CHARACTER = re.compile(f"[{LETTERS}]")
WIDE = re.compile(f"[{LETTERS}{PUNCTUATION}]")
WORD = re.compile(rf"[^\W_{LETTERS}]+(?:['’\-.][^\W_{LETTERS}]+)*")
# A soft line break that is no space: between two wide characters, or beside wide punctuation.
_DROPPED_BREAK = re.compile(
    f"(?<=[{LETTERS}{PUNCTUATION}])\\n+(?=[{LETTERS}{PUNCTUATION}])"
    f"|(?<=[{PUNCTUATION}])\\n+(?=[^\\n])|(?<=[^\\n])\\n+(?=[{PUNCTUATION}])"
)


def measure(text: str) -> int:
    """Length of *text* in CJK characters; a word of another script counts as two."""
    return len(CHARACTER.findall(text)) + 2 * len(WORD.findall(text))


def emphasis_plugin(md: MarkdownIt) -> None:
    """Let ``**注意：**正文`` be bold.

    CommonMark takes a delimiter between punctuation and a letter for the wrong side of a word, as
    it is in scripts with spaces. Beside a CJK character there are no such sides.
    """

    def scan(state: StateInline, start: int, can_split_word: bool) -> Scanned:
        scanned = StateInline.scanDelims(state, start, can_split_word)
        end = start + scanned.length
        before = state.src[start - 1] if start else " "
        after = state.src[end] if end < state.posMax else " "
        beside = can_split_word and bool(WIDE.match(before) or WIDE.match(after))
        opens, closes = beside and not after.isspace(), beside and not before.isspace()
        return Scanned(scanned.can_open or opens, scanned.can_close or closes, scanned.length)

    def use_scan(state: StateInline, silent: bool) -> bool:
        # The state is made anew for each piece of text, by a class that cannot be chosen.
        state.scanDelims = scan.__get__(state)  # type: ignore[method-assign]
        return False

    md.inline.ruler.before("text", "formulary_cjk", use_scan)


def join_lines(leaves: Iterable[nodes.Node]) -> None:
    """Take out soft line breaks that would leave a space inside Chinese text.

    *leaves* are the leaves of one paragraph, in order: a break may stand at the end of one and
    the next character in another. Call it after lines have been counted.
    """
    texts = [leaf for leaf in leaves if isinstance(leaf, (nodes.Text, nodes.image))]
    whole = "".join(map(_visible, texts))
    breaks = [i for match in _DROPPED_BREAK.finditer(whole) for i in range(*match.span())]
    start = 0
    for leaf in texts:
        end = start + len(_visible(leaf))
        inside = set(breaks[bisect_left(breaks, start) : bisect_left(breaks, end)])
        if inside and isinstance(leaf, nodes.Text):
            kept = "".join(char for i, char in enumerate(leaf, start) if i not in inside)
            leaf.parent.replace(leaf, nodes.Text(kept))
        start = end


def _visible(leaf: nodes.Node) -> str:
    # A formula, an image or code is one Latin letter for the question whether a space belongs here.
    prose = isinstance(leaf, nodes.Text) and not isinstance(
        leaf.parent, (nodes.math, nodes.literal)
    )
    return str(leaf) if prose else "x"
