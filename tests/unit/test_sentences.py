"""A mention is kept with its sentence: all of it where it is short, cut on both sides else."""

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from sphinx_formulary.model import Mention
from sphinx_formulary.sentences import parts, sentence

OWN = Mention("eq", "own")


def inline(text: str) -> list[nodes.Node]:
    """Inline nodes: ``@`` is the mention, ``&`` another one, ``$x$`` a formula, ``*b*`` strong."""
    found: list[nodes.Node] = []
    mark, rest = "", text
    while rest:
        at = min((rest.find(sign) for sign in "@&$*" if sign in rest), default=len(rest))
        if at:
            found.append(nodes.Text(rest[:at]))
        mark, rest = rest[at : at + 1], rest[at + 1 :]
        if mark in ("@", "&"):
            found.append(nodes.reference("", "label", name=mark))
        elif mark:
            inner, _, rest = rest.partition(mark)
            kind = nodes.math if mark == "$" else nodes.strong
            found.append(kind("", "", *([nodes.Text(inner)] if mark == "$" else inline(inner))))
    return found


def kept(text: str, *, block: type[nodes.Element] = nodes.paragraph) -> str:
    """What is kept of a block, in one line; ``@`` is the mention."""
    outer = block("", "", *inline(text))
    links = {node["name"]: node for node in outer.findall(nodes.reference)}
    mentions = {
        id(node): OWN if name == "@" else Mention("doc", "other") for name, node in links.items()
    }
    signs = {OWN: "@", Mention("doc", "other"): "&"}
    found = sentence(links["@"], mentions)
    assert all(found), "an empty part says nothing"
    return "".join(
        part if isinstance(part, str) else signs[part] if isinstance(part, Mention) else "$"
        for part in found
    )


HAN = "字" * 60
LONG = "字" * 130
LATIN = "word " * 80


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("由 @ 可知。", "由 @ 可知。"),
        ("@", "@"),
        ("前句。由 @ 可知。后句。", "由 @ 可知。"),
        ("前句！由 @ 可知？后句。", "由 @ 可知？"),
        ("“前句。”由 @ 可知。", "由 @ 可知。"),
        ("前句。他说“由 @ 可知。”后句。", "他说“由 @ 可知。”"),
        ("前句。@ 说明。", "@ 说明。"),
        ("First. By @ we know. Then.", "By @ we know."),
        ("See e.g. @ for this. Then.", "See e.g. @ for this."),
        ("Kingma et al. @ say so.", "Kingma et al. @ say so."),
        ("It is 3.5 by @ exactly. Then.", "It is 3.5 by @ exactly."),
        ("First. Both & and @ say so.", "Both & and @ say so."),
        ("前句。令 $x$，由 @ 可知 $y$。后句。", "令 $，由 @ 可知 $。"),
        ("前句。*粗体里有 @ 的话*，完。后句。", "粗体里有 @ 的话，完。"),
        ("前句。*强调。*由 @ 可知。", "由 @ 可知。"),
        ("一行\n由 @ 可知。", "一行 由 @ 可知。"),
        (HAN + "@" + HAN + "。", HAN + "@" + HAN + "。"),
        (HAN + "字@" + HAN + "。", "…" + HAN + "@" + HAN + "。"),
        (LONG + "由 @ 可知。", "…" + "字" * 59 + "由 @ 可知。"),
        ("由 @ 可知" + LONG + "。", "由 @ 可知" + "字" * 58 + "…"),
        ("前句。" + HAN + "@。", HAN + "@。"),
        (LONG + "。@" + LONG + "。", "@" + HAN + "…"),
        ("He says “see @” here.", "He says “see @” here."),
        ("见 《书》 与 @。", "见 《书》 与 @。"),
    ],
)
def test_a_mention_is_kept_with_its_sentence(text: str, shown: str) -> None:
    assert kept(text) == shown


@pytest.mark.parametrize("block", [nodes.caption, nodes.term, nodes.title, nodes.paragraph])
def test_any_block_of_text_has_sentences(block: type[nodes.Element]) -> None:
    assert kept("前句。由 @ 可知。", block=block) == "由 @ 可知。"


@pytest.mark.parametrize("side", [0, 1])
def test_no_word_is_cut(side: int) -> None:
    shown = kept((LATIN + "@.") if side == 0 else ("By @ " + LATIN))
    assert "…" in shown
    assert set(shown.replace("…", " ").replace(".", " ").split()) <= {"word", "By", "@"}


@pytest.mark.parametrize(
    "other",
    [
        nodes.footnote_reference("", "7"),
        nodes.comment("", "7"),
        nodes.raw("", "<b>"),
        nodes.image(alt="7"),
    ],
    ids=lambda node: node.tagname,
)
def test_what_is_no_text_of_the_sentence_is_left_out(other: nodes.Element) -> None:
    own = nodes.reference("", "label")
    nodes.paragraph("", "", nodes.Text("由 "), own, other, nodes.Text(" 可知。"))
    assert sentence(own, {id(own): OWN}) == ("由 ", OWN, " 可知。")


def test_a_sentence_ends_before_the_number_of_a_footnote() -> None:
    own = nodes.reference("", "label")
    number = nodes.footnote_reference("", "7")
    nodes.paragraph("", "", nodes.Text("It is."), number, nodes.Text(" By "), own, nodes.Text("."))
    assert sentence(own, {id(own): OWN}) == ("By ", OWN, ".")


def test_a_citation_that_is_left_out_leaves_no_gap() -> None:
    own = nodes.reference("", "label")
    cited = nodes.footnote_reference("", "Knuth")
    nodes.paragraph("", "", own, nodes.Text(" 出自论文 "), cited, nodes.Text("。"))
    assert sentence(own, {id(own): OWN}) == (OWN, " 出自论文。")


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["前句。", "由 ", "@", " 可知。", "后句。"], "由 @ 可知。"),
        (["First.", "By ", "@", " we know.", "Then."], "By @ we know."),
    ],
)
def test_a_sentence_ends_at_the_end_of_a_line(lines: list[str], shown: str) -> None:
    # MyST makes a text of its own of each line break; Chinese ones have been joined.
    block = nodes.paragraph()
    for line in lines:
        block += nodes.reference("", "label") if line == "@" else nodes.Text(line)
        if line.endswith("."):
            block += nodes.Text("\n")
    own = next(block.findall(nodes.reference))
    parts = sentence(own, {id(own): OWN})
    assert "".join(part if isinstance(part, str) else "@" for part in parts).strip() == shown


def test_inline_content_is_kept_as_text_and_formulas() -> None:
    title = nodes.title("", "", *inline("秩 $r$ 的*代价*"))
    assert parts(title, {}) == ("秩 ", ("r", False), " 的代价")


WORDS = st.text(alphabet="字a 。.！？x，$", max_size=200).map(lambda text: text.replace("$", ""))


@given(WORDS, WORDS)
def test_whatever_stands_around_the_mention_is_kept_and_is_short(before: str, after: str) -> None:
    shown = kept(f"{before}@{after}")
    assert shown.count("@") == 1
    left, _, right = shown.partition("@")
    assert before.replace(" ", "").endswith(left.replace(" ", "").removeprefix("…"))
    assert after.replace(" ", "").startswith(right.replace(" ", "").removesuffix("…"))
