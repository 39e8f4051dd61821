"""What a post's Markdown means beyond MyST: CJK emphasis, and the title from the front matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from myst_parser.parsers import sphinx_ as myst
from sphinx.util.docutils import SphinxDirective

from . import topmatter
from .cjk import emphasis_plugin
from .domain import note_fault
from .gate import front_matter, is_post
from .locale import _
from .model import Fault, Symbol
from .nodes import ExcerptSource, SymbolTable
from .warnings import Kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class ExcerptDirective(SphinxDirective):
    """``{formulary-excerpt}``: what a listing shows of a post, not a part of its page."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        node = ExcerptSource()
        node += self.parse_content_to_nodes()
        return [node]


def title_parser() -> MarkdownIt:
    """A parser of titles: inline math, code and emphasis; everything else, ``<`` too, is text."""
    md = MarkdownIt("commonmark", {"html": False}).use(dollarmath_plugin).use(emphasis_plugin)
    return md.disable(["autolink", "link", "image", "newline"])


class _PostRule:
    """Heads a post with its title, as tokens: MyST then reads it as any heading.

    One object serves one document. Only the first call sees the document: MyST parses the content
    of directives by the same parser.
    """

    def __init__(self) -> None:
        self.done = False

    def __call__(self, state: StateCore) -> None:
        if self.done:
            return
        self.done = True
        env = state.md.options["document"].settings.env
        if is_post(env, env.docname, state.src):
            _head(env, state)


def _head(env: BuildEnvironment, state: StateCore) -> None:
    meta = front_matter(env, env.docname, state.src).meta
    _demote(env, state.tokens)
    head = _heading(meta.title, meta.lines.get("title", 1))
    if meta.excerpt:
        head.append(_excerpt(meta.excerpt, meta.lines["excerpt"]))
    if meta.symbols:
        head += _symbol_table(meta.symbols)
    at = 1 if state.tokens and state.tokens[0].type == "front_matter" else 0
    state.tokens[at:at] = head


def _heading(title: str, line: int) -> list[Token]:
    children = title_parser().parseInline(title)[0].children
    where = [line - 1, line]
    return [
        Token("heading_open", "h1", 1, map=where, markup="#"),
        Token("inline", "", 0, map=where, content=title, children=children),
        Token("heading_close", "h1", -1, markup="#"),
    ]


def _excerpt(excerpt: str, line: int) -> Token:
    info = "{formulary-excerpt}"
    return Token("fence", "code", 0, map=[line - 1, line], info=info, content=excerpt + "\n")


def _symbol_table(symbols: Iterable[Symbol]) -> list[Token]:
    md = title_parser()
    items: list[Token] = []
    for symbol in symbols:
        where = [symbol.line - 1, symbol.line]
        tex = Token("math_inline", "math", 0, content=symbol.tex)
        words = md.parseInline(symbol.meaning)[0].children
        items += [
            Token("dt_open", "dt", 1, map=where),
            Token("inline", "", 0, map=where, content=symbol.tex, children=[tex]),
            Token("dt_close", "dt", -1),
            Token("dd_open", "dd", 1, map=where),
            Token("paragraph_open", "p", 1, map=where),
            Token("inline", "", 0, map=where, content=symbol.meaning, children=words),
            Token("paragraph_close", "p", -1),
            Token("dd_close", "dd", -1),
        ]
    return [
        Token("formulary_symbols_open", "", 1, map=items[0].map),
        Token("dl_open", "dl", 1, map=items[0].map),
        *items,
        Token("dl_close", "dl", -1),
        Token("formulary_symbols_close", "", -1),
    ]


def _demote(env: BuildEnvironment, tokens: list[Token]) -> None:
    for token in tokens:
        if token.tag == "h1":
            if token.type == "heading_open" and token.map:
                message = "a post's only level-1 heading is its title; write '## …' here"
                note_fault(env, Fault(token.map[0] + 1, Kind.TITLE, message))
            token.tag = "h2"


def _hide_broken_front_matter(app: Sphinx, docname: str, source: list[str]) -> None:
    # MyST would report it once more, in words that do not help, and only when the file is read.
    text = source[0]
    if is_post(app.env, docname, text) and not front_matter(app.env, docname, text).readable:
        source[0] = topmatter.blank(text)


def join_dollars(state: StateCore) -> None:
    """Make a formula of each ``$$`` that stands in a paragraph, so that it is seen and reported.

    MyST takes ``$$`` for a formula only after a blank line. Else it shows the inner ``$…$`` as an
    inline formula between two dollars, or nothing but text.
    """
    for token in state.tokens:
        if token.type == "inline" and token.children and "$$" in token.content:
            token.children = list(_lone_dollars(_pairs(token.children)))


def _pairs(children: list[Token]) -> list[Token]:
    """Tokens with the two dollars around a formula put into it."""
    for before, formula, after in zip(children, children[1:], children[2:], strict=False):
        around = before.type == after.type == "text" and formula.type == "math_inline"
        if around and before.content.endswith("$") and after.content.startswith("$"):
            before.content, after.content = before.content[:-1], after.content[1:]
            formula.content = f"$${formula.content}$$"
    return children


def _lone_dollars(children: list[Token]) -> Iterator[Token]:
    for token in children:
        parts = token.content.split("$$") if token.type == "text" else []
        if len(parts) < 2:
            yield token
            continue
        for index, part in enumerate(parts):
            if index:
                yield Token("math_inline", "math", 0, content="$$", level=token.level)
            yield Token("text", "", 0, content=part, level=token.level)


def _renderer(renderer: type) -> type:
    """MyST's renderer with symbols, and without a random label for each formula of amsmath."""

    class Renderer(renderer):  # type: ignore[misc]
        def render_amsmath(self, token: Any) -> None:
            tex = token.content
            node = nodes.math_block(tex, tex, nowrap=True, number=None, classes=["amsmath"])
            self.add_line_and_source_path(node, token)
            self.current_node.append(node)

        def render_formulary_symbols(self, token: Any) -> None:
            table = SymbolTable("", nodes.rubric("", _("Symbols")))
            with self.current_node_context(table, append=True):
                self.render_children(token)

    return Renderer


def _wrap(create: Callable[..., MarkdownIt]) -> Callable[..., MarkdownIt]:
    @wraps(create)
    def create_md_parser(config: Any, renderer: Any) -> MarkdownIt:
        md = create(config, _renderer(renderer)).use(emphasis_plugin)
        md.core.ruler.push("formulary_post", _PostRule())
        # While what was escaped is still apart from other text
        md.core.ruler.before("text_join", "formulary_dollars", join_dollars)
        return md

    return create_md_parser


def setup_markdown(app: Sphinx) -> None:
    """Wrap MyST's parser: it has no hook for markdown-it plugins."""
    module: Any = myst  # its names are not declared public
    if not hasattr(module.create_md_parser, "__wrapped__"):  # once a process
        module.create_md_parser = _wrap(module.create_md_parser)
    app.add_directive("formulary-excerpt", ExcerptDirective)
    app.connect("source-read", _hide_broken_front_matter)
