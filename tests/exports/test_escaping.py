"""Escaped texts are read back as they were, whatever they are."""

from __future__ import annotations

import csv
import html
import io

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cruxmap_exports import escape
from export_readers import from_tex, inline_text
from export_workspaces import HOSTILE_TEXTS

texts = st.text() | st.sampled_from(HOSTILE_TEXTS) | st.text(alphabet="=+-@'\"|\\*_<>&#[]{}$%~^ \n\t\r,;.1א")
spaced = str.maketrans("\n\r\t", "   ")


@given(texts)
def test_visible_texts_stay_visible(text: str) -> None:
    assert escape.visible(escape.visible(text)) == escape.visible(text)
    assert escape.visible(text).isprintable() or any(mark in text for mark in "\n\r\t\xa0") or text.strip()


@given(texts, st.sampled_from([",", "\t"]))
def test_fields_of_csv_are_read_back_and_run_nothing(text: str, delimiter: str) -> None:
    line = delimiter.join([escape.delimited(text, delimiter), "end"]) + "\n"
    ((found, end),) = csv.reader(io.StringIO(line, newline=""), delimiter=delimiter)
    assert end == "end"
    assert not found.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    assert not found.startswith(("\t", "\r", "\n"))
    assert found.removeprefix("'") == escape.visible(text)


@given(texts)
def test_raw_fields_of_csv_are_exactly_the_text(text: str) -> None:
    line = escape.delimited(text, ",", raw=True) + ",end\n"
    assert list(csv.reader(io.StringIO(line, newline=""))) == [[text, "end"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\uff1d1", "\n=1", " =1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert escape.spreadsheet_guard(text) == "'" + text


@given(texts)
def test_html_is_read_back_and_adds_no_element(text: str) -> None:
    page = f'<!DOCTYPE html><title>t</title><p title="{escape.html_attribute(text)}">{escape.html_text(text)}</p>'
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    (paragraph,) = tree.iter("p")
    assert len(paragraph) == 0
    assert (paragraph.text or "") == escape.visible(text)
    assert paragraph.attrib == {"title": escape.visible(text)}
    assert html.unescape(escape.html_text(text)) == escape.visible(text)


@given(texts)
def test_latex_is_read_back(text: str) -> None:
    assert from_tex(escape.latex(text)) == escape.visible(text).translate(spaced)


@given(texts)
def test_fields_of_bibtex_are_read_back_and_keep_their_braces_balanced(text: str) -> None:
    escaped = escape.bibtex(text)
    assert from_tex(escaped) == escape.visible(text).translate(spaced)
    assert _is_balanced(escaped)
    assert _is_balanced(escape.bibtex_url(text))


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@given(texts)
def test_markdown_paragraphs_are_read_back_and_become_nothing_else(text: str) -> None:
    tokens = MARKDOWN.parse(escape.markdown_text(text))
    if not escape.visible(text):
        assert tokens == []
        return
    opened, inline, closed = tokens
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
    assert inline_text(inline) == escape.visible(text)


@given(texts)
def test_markdown_cells_are_read_back(text: str) -> None:
    tokens = MARKDOWN.parse(f"| a | b |\n| --- | --- |\n| {escape.markdown_table(text)} | end |\n")
    cells = [tokens[place + 1] for place, token in enumerate(tokens) if token.type == "td_open"]
    assert [inline_text(cell) for cell in cells] == [escape.visible(text), "end"]
    assert {child.type for cell in cells for child in cell.children or ()} <= {"text", "text_special"}


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("mailto:reader@example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("file:///etc/passwd", False),
        ('https://example.org/"><script>', False),
        (None, False),
    ],
)
def test_only_web_and_mail_addresses_become_links(url: str | None, is_safe: bool) -> None:
    assert (escape.safe_url(url) is not None) is is_safe
