"""READ: one doctree in, its ``Facts`` out. Runs in parallel, so it looks at nothing else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from .bibliography import cited_keys, shows_bibliography
from .captions import captions
from .cjk import CHARACTER, WORD, join_lines
from .config import options
from .domain import FormularyDomain, note_fault, noted_faults
from .equations import equations
from .excerpt import excerpt, is_mark, light
from .gate import front_matter, is_post
from .model import Facts, Length, Meta, Target, Term, Tex
from .nodes import ExcerptSource, FormulaIndex, PostList, SymbolTable, formulas, tex_source
from .passages import pack, passages
from .references import Lines, mentions_of, places, references, unlink_held

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Store the facts of the document that was just read."""
    env = app.env
    docname = env.docname
    lines = Lines()
    found = places(doctree, lines)
    unlink_held(env, found)
    chosen = _take_excerpt_source(doctree)
    symbols = _take_symbols(doctree)
    targets = tuple(_targets(doctree, lines))
    tex = tuple(_tex((doctree, *chosen, *symbols), lines))
    # No line is asked for any more.
    for root in (doctree, *chosen, *symbols):
        _join_lines(root)
    body = _body(doctree)
    mentions = mentions_of(found)
    meta = _meta(env, docname)
    if meta and not symbols:
        meta = replace(meta, symbols=())  # MyST has not seen broken front matter
    length = options(env.config).excerpt_length
    FormularyDomain.of(env).facts[docname] = Facts(
        docname=docname,
        path=env.doc2path(docname, base=False).as_posix(),
        source=_source(env, docname),
        face=_face(doctree, meta),
        title=_title(body),
        meta=meta,
        excerpt=tuple(excerpt(body, chosen, length)) if meta else (),
        length=_length(body),
        equations=tuple(equations(doctree)),
        targets=targets,
        captions=tuple(captions(doctree)),
        terms=tuple(_terms(doctree)),
        meanings=_meanings(meta, symbols),
        # Those to posts held back too: when such a post comes, this document is read again.
        references=tuple(references(found, mentions)),
        tex=tex,
        lists=tuple(node["query"] for node in doctree.findall(PostList)),
        indexes=tuple(node["query"] for node in doctree.findall(FormulaIndex)),
        cited=cited_keys(env),
        bibliography=shows_bibliography(doctree),
        passages=pack(passages(body, mentions)),
        faults=noted_faults(env),
    )
    _take_marks(doctree)
    body.children[1:1] = symbols


def _join_lines(root: nodes.Node) -> None:
    for block in list(root.findall(nodes.TextElement)):
        if not isinstance(block, (nodes.Inline, nodes.FixedTextElement)):
            join_lines([node for node in block.findall() if not node.children])


def _meta(env: BuildEnvironment, docname: str) -> Meta | None:
    source = env.doc2path(docname).read_text(encoding="utf-8-sig")
    if not is_post(env, docname, source):
        return None
    matter = front_matter(env, docname, source)
    for fault in matter.faults:
        note_fault(env, fault)
    # A post stands in a listing, not in a toctree.
    env.metadata[docname]["orphan"] = "True"
    return matter.meta


def _take_excerpt_source(doctree: nodes.document) -> list[nodes.Node]:
    chosen: list[nodes.Node] = []
    for source in list(doctree.findall(ExcerptSource)):
        chosen += source.children
        source.parent.remove(source)
    return chosen


def _take_symbols(doctree: nodes.document) -> list[nodes.Element]:
    """Take out the table of symbols, which is put back: it is neither text nor shown elsewhere."""
    tables: list[nodes.Element] = list(doctree.findall(SymbolTable))
    for table in tables:
        table.parent.remove(table)
    return tables


def _meanings(meta: Meta | None, tables: list[nodes.Element]) -> dict[str, tuple[nodes.Node, ...]]:
    words = [symbol.meaning for symbol in meta.symbols] if meta else []
    shown = (
        tuple(light(definition[0]).children)
        for table in tables
        for definition in table.findall(nodes.definition)
    )
    return dict(zip(words, shown, strict=True))


def _take_marks(doctree: nodes.document) -> None:
    for node in [node for node in doctree.findall() if is_mark(node)]:
        node.parent.remove(node)


def _body(doctree: nodes.document) -> nodes.Element:
    return next(doctree.findall(nodes.section), doctree)


def _title(body: nodes.Element) -> tuple[nodes.Node, ...]:
    title = next((child for child in body.children if isinstance(child, nodes.title)), None)
    return tuple(light(title).children) if title else ()


def _source(env: BuildEnvironment, docname: str) -> str:
    digest = hashlib.sha256(env.doc2path(docname).read_bytes())
    # Some are noted with absolute paths; the same sources elsewhere have the same hash.
    files = {
        os.path.relpath(Path(env.srcdir, path), env.srcdir) for path in env.dependencies[docname]
    }
    for name in sorted(files):
        file = Path(env.srcdir, name)
        digest.update(name.encode() + (file.read_bytes() if file.is_file() else b""))
    return digest.hexdigest()


def _face(doctree: nodes.document, meta: Meta | None) -> str:
    shown: list[object] = [meta and (meta.title, meta.short_title)]
    for node in doctree.findall(nodes.Element):
        if isinstance(node, (nodes.title, nodes.caption, nodes.math_block, nodes.term)):
            number = node.get("number") or node.parent.get("caption-number")
            shown.append((node.parent["ids"], node["ids"], node.astext(), number))
        elif node["names"]:
            shown.append((node["names"], node["ids"]))
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def _length(body: nodes.Element) -> Length:
    characters = words = code_lines = math = 0
    for node in body.findall():
        if isinstance(node, (nodes.math, nodes.math_block)):
            math += 1
        elif isinstance(node, nodes.literal_block):
            code_lines += node.astext().count("\n") + 1
        elif isinstance(node, nodes.Text) and not isinstance(
            node.parent, (nodes.math, nodes.math_block, nodes.literal_block)
        ):
            characters += len(CHARACTER.findall(str(node)))
            words += len(WORD.findall(str(node)))
    return Length(characters, words, code_lines, math)


def _targets(doctree: nodes.document, lines: Lines) -> Iterator[Target]:
    # A target before a block gives the block its name; its own line is the author's.
    marks = {node["refid"]: node.line for node in doctree.findall(nodes.target) if "refid" in node}
    for name, explicit in doctree.nametypes.items():
        node = doctree.ids.get(doctree.nameids.get(name) or "")
        if explicit and node is not None and _is_target(node):
            line = marks.get(doctree.nameids[name]) or lines.of(node)
            yield Target(name, line)


def _is_target(node: nodes.Element) -> bool:
    # Sphinx's own rule for what `{ref}` can reach.
    if isinstance(node, (nodes.footnote, nodes.citation)) or "refuri" in node:
        return False
    return not node.tagname.startswith("desc_")


def _terms(doctree: nodes.document) -> Iterator[Term]:
    glossaries = [
        node for node in doctree.findall(nodes.definition_list) if "glossary" in node["classes"]
    ]
    items = (item for glossary in glossaries for item in glossary.children)
    for group, item in enumerate(items):
        names = [node for node in item.children if isinstance(node, nodes.term)]
        below = next((node.line for node in item.findall(nodes.paragraph)), None)
        for distance, term in zip(range(len(names), 0, -1), names, strict=True):
            # Sphinx counts the lines of terms from that of their directive.
            yield Term(term.astext(), term["ids"][0], below and below - distance, group)


def _tex(roots: Iterable[nodes.Node], lines: Lines) -> Iterator[Tex]:
    for root in roots:
        for node in formulas(root):
            line = lines.of(node)
            yield Tex(tex_source(node), line)
            if "bare" in node:
                yield Tex((node["bare"], True), line)


def setup_collect(app: Sphinx) -> None:
    """Connect READ."""
    # After Sphinx's own collectors (500), which note the dependencies that are hashed here.
    app.connect("doctree-read", collect, priority=600)
