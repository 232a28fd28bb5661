from __future__ import annotations

import unicodedata

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.i18n import Language, use_language
from app.core.markup import (
    Heading,
    Unkept,
    filled,
    lang_attribute,
    list_unkept,
    render_markdown,
    safe,
    spoken,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/x)",
    "[x](/logout)",
    "[x](https://a.vn 'y\" onmouseover=alert(1) z=\"')",
    "[x](https://a.vn\"onmouseover=\"alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](https://evil.example/x.png)",
    "![x\" onerror=alert(1)](x)",
    "<div hx-post='/admin' hx-trigger='load'>x</div>",
    "<p data-hx-get='/x' id='main' class='err' style='color:red'>x</p>",
    "<form action='/logout' method='post'><button>x</button></form>",
    "<meta http-equiv='refresh' content='0;url=//evil.example'>",
    "<base href='//evil.example'>",
    "<style>@import '//evil.example/x.css'</style>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "`<script>alert(1)</script>`",
    "```\"><script>alert(1)</script>\n<b onclick=1>\n```",
    "# <b id=main>x</b>\n\n| <i onclick=1>a</i> |\n| - |\n| <hr style=x> |",
    "# \" onfocus=alert(1) x=\"\n\n| a |\n| - |\n| b |",
    "# </div><table>\n\n| a |\n| - |\n| &lt;table&gt; |",
    "| a |\n| :-: |\n| b |",
    "99999999999. x",
    "\u0000<\u0000script>alert(1)</script>",
    "\u202e<b>x</b>",
    "- " * 400 + "x",
    "> " * 400 + "x",
    "[" * 2000 + "](" * 2000,
    "*" * 4000 + "x" + "_" * 4000,
]  # fmt: skip
TAGS = {
    "a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
WRAPPER = {"class": ["scroll"], "tabindex": "0", "role": "region"}


def assert_harmless(html: str) -> None:
    """Check that only our tags are there, and on each only what we put there."""
    for tag in BeautifulSoup(f"<main>{html}</main>", "html5lib").select("main *"):
        assert tag.name in TAGS, tag
        attributes = dict(tag.attrs)
        if tag.name == "div":
            assert attributes.pop("aria-label")
            assert attributes == WRAPPER
        elif tag.name == "a":
            assert attributes.pop("rel") == ["external", "noopener", "noreferrer"]
            href = attributes.pop("href", "https://")
            assert str(href).lower().startswith(("https://", "http://", "mailto:", "tel:"))
            assert not attributes
        elif tag.name in {"th", "td"}:
            assert attributes.pop("scope", "col") == "col"
            assert attributes.pop("class", ["num"]) == ["num"]
            assert not attributes
        else:
            assert set(attributes) <= ({"start"} if tag.name == "ol" else set())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_leaves_no_tag_or_attribute_of_its_own(text):
    assert_harmless(render_markdown(text).html)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*HOSTILE[:38], "\n", "\n\n", " ", "| ", "- ", "a"]), max_size=6))
def test_hostile_texts_in_any_mixture_are_harmless(parts):
    assert_harmless(render_markdown("".join(parts)).html)


def test_a_first_level_heading_becomes_a_second_level_one():
    rendered = render_markdown("# Một\n\n## Hai\n\n### Ba **đậm**")
    assert [tag.name for tag in BeautifulSoup(rendered.html, "html5lib").select("h1,h2,h3")] == [
        "h2",
        "h2",
        "h3",
    ]
    assert rendered.headings == (Heading(2, "Một"), Heading(2, "Hai"), Heading(3, "Ba đậm"))


def test_a_table_stands_in_a_named_region_that_scrolls_with_figures_to_the_right():
    rendered = render_markdown("## Việc & số\n\n| Việc | Số |\n| --- | ---: |\n| Một | 1 |")
    soup = BeautifulSoup(rendered.html, "html5lib")
    region = soup.select_one("div.scroll")
    assert region is not None
    assert region["aria-label"] == "Bảng 1: Việc & số"
    assert region["tabindex"] == "0"
    assert [cell.get_text() for cell in soup.select("td.num")] == ["1"]
    assert [cell["scope"] for cell in soup.select("th")] == ["col", "col"]


def test_words_are_counted_as_syllables_and_signs_are_not_words():
    rendered = render_markdown(
        "Xin chào – **các bạn**.\n\n- 12/6/2024\n\n| a | b |\n| - | - |\n| c | · |"
    )
    assert rendered.word_count == 8
    assert render_markdown("---\n\n***").word_count == 0


def test_the_result_is_nfc():
    html = render_markdown("Tie\u0302\u0301ng Vie\u0323\u0302t, &#101;&#770;").html
    assert html == unicodedata.normalize("NFC", html)
    assert "Tiếng Việt" in html


def test_what_a_page_will_not_show_is_found_with_its_line():
    text = "Một\n\nHai\n![x](a.png)\n\n<div>\nx\n</div>\n\n[x](../y) <b>z</b> [ok](https://a.vn)\n"
    assert list_unkept(text) == [
        (4, Unkept.IMAGE),
        (6, Unkept.HTML),
        (10, Unkept.RELATIVE_LINK),
        (10, Unkept.HTML),
        (10, Unkept.HTML),
    ]


def test_only_clean_html_is_called_safe():
    assert f"{safe('<p>x</p>')}" == "<p>x</p>"


@pytest.fixture
def english():
    use_language(Language.ENGLISH)
    yield
    use_language(Language.VIETNAMESE)


def test_words_in_the_language_of_the_page_are_not_marked():
    assert spoken("<b>Bài</b>", "vi") == "<b>Bài</b>"
    assert not hasattr(spoken("<b>Bài</b>", "vi"), "__html__")
    assert lang_attribute("vi") == lang_attribute("") == ""


def test_words_in_another_language_are_marked_and_escaped(english):
    assert spoken("<b>Bài</b>", "vi") == '<span lang="vi">&lt;b&gt;Bài&lt;/b&gt;</span>'
    assert spoken("Bài", "") == "Bài"
    assert lang_attribute("vi") == ' lang="vi"'


def test_a_filled_sentence_keeps_marks_and_escapes_all_else(english):
    sentence = filled("<i> %(title)s %(n)s", title=spoken("<b>", "vi"), n="<u>")
    assert sentence == '&lt;i&gt; <span lang="vi">&lt;b&gt;</span> &lt;u&gt;'
