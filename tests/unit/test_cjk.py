"""Chinese text: its length, bold beside full-width punctuation, line breaks without a space."""

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinx_formulary.cjk import emphasis_plugin, join_lines, measure

PLAIN = MarkdownIt("commonmark")
CJK = MarkdownIt("commonmark").use(emphasis_plugin)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("注意力", 3),
        ("注意，力。", 3),
        ("attention", 2),
        ("one two three", 6),
        ("state-of-the-art", 2),
        ("don’t", 2),
        ("GPT-4", 2),
        ("3.14", 2),
        ("用 Adam 训练", 5),
        ("用Adam训练", 5),
        ("カタカナとかな", 7),
        ("𠮷野", 2),
        ("— … !", 0),
    ],
)
def test_length_counts_characters_and_words(text: str, length: int) -> None:
    assert measure(text) == length


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**注意：**正文", "<strong>注意：</strong>正文"),
        ("**注意:**正文", "<strong>注意:</strong>正文"),
        ("*强调。*后文", "<em>强调。</em>后文"),
        ("前文**（重点）**后文", "前文<strong>（重点）</strong>后文"),
        ("他说**“你好”**，", "他说<strong>“你好”</strong>，"),
        ("**“甲”**与**“乙”**皆可", "<strong>“甲”</strong>与<strong>“乙”</strong>皆可"),
        ("***注意：***正文", "<em><strong>注意：</strong></em>正文"),
        ("**公式 `x`**正文", "<strong>公式 <code>x</code></strong>正文"),
        ("**注意：**GPU 上", "<strong>注意：</strong>GPU 上"),
        ("**注意：**3 个", "<strong>注意：</strong>3 个"),
        ("GPU**（显存）**上", "GPU<strong>（显存）</strong>上"),
        ("**中文**，**中文**", "<strong>中文</strong>，<strong>中文</strong>"),
        ("甲 ** 乙 ** 丙", "甲 ** 乙 ** 丙"),
        ("** 注意：**正文", "** 注意：**正文"),
        ("甲 * 乙 * 丙", "甲 * 乙 * 丙"),
        ("变量_名_字", "变量_名_字"),
        (r"\*\*注意：\*\*正文", "**注意：**正文"),
    ],
)
def test_emphasis_works_beside_chinese(text: str, html: str) -> None:
    assert CJK.renderInline(text) == html


@given(st.text("ab *_.,`(\\\n"))
def test_emphasis_of_other_scripts_is_commonmarks(text: str) -> None:
    assert CJK.render(text) == PLAIN.render(text)


def test_emphasis_is_commonmarks_in_the_parser_that_is_not_changed() -> None:
    CJK.renderInline("**注意：**正文")
    assert MarkdownIt("commonmark").renderInline("**注意：**正文") == "**注意：**正文"


def strong(text: str) -> nodes.Node:
    return nodes.strong("", "", nodes.Text(text))


def link(*children: nodes.Node) -> nodes.Node:
    return nodes.reference("", "", *children, refuri="#")


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["第一行\n第二行"], "第一行第二行"),
        (["一\n二\n三"], "一二三"),
        (["逗号，\n后文"], "逗号，后文"),
        (["逗号，\nwords"], "逗号，words"),
        (["words\n（括号）"], "words（括号）"),
        (["two\nwords"], "two\nwords"),
        (["中文\nwords"], "中文\nwords"),
        (["words\n中文"], "words\n中文"),
        (["한국어\n문장"], "한국어\n문장"),
        (["前文\n", strong("强调"), "\n后文"], "前文强调后文"),
        (["前文", strong("强调\n"), "后文"], "前文强调后文"),
        (["前文", strong("，\n强调"), "\nwords"], "前文，强调\nwords"),
        (["前文\n", link(strong("强调")), "\n后文"], "前文强调后文"),
        (["前文\n", strong("bold"), "\n后文"], "前文\nbold\n后文"),
        (["公式\n", nodes.math("", "x"), "\n后文"], "公式\nx\n后文"),
        (["代码\n", nodes.literal("", "一\n二"), "\n后文"], "代码\n一\n二\n后文"),
        (["空行保留\n"], "空行保留\n"),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else "",
)
def test_line_breaks_inside_chinese_leave_no_space(parts: list, joined: str) -> None:
    paragraph = nodes.paragraph()
    paragraph += [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    join_lines([node for node in paragraph.findall() if not node.children])
    assert paragraph.astext() == joined
