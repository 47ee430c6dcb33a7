"""Texts are wrapped and shortened by the cells that they take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cruxmap_tui.views.cells import shortened, slices, wrapped

WORDS = st.text(st.sampled_from("ab 漢é\u0301"), max_size=60)


@given(WORDS, st.integers(2, 30), st.integers(2, 30))
def test_wrapping_keeps_every_character_but_spaces(text: str, width: int, first: int) -> None:
    lines = [text[start:end] for start, end in slices(text, width, first)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= (first if number == 0 else width) for number, line in enumerate(lines))


@given(WORDS, st.integers(1, 30))
def test_what_is_shortened_fits(text: str, width: int) -> None:
    assert cell_len(shortened(text, width)) <= width
    if cell_len(text) <= width:
        assert shortened(text, width) == text


@given(WORDS, st.integers(2, 30), st.integers(1, 4))
def test_wrapped_text_says_when_it_is_cut(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)
    if len(slices(text, width)) > most:
        assert lines[-1].endswith("…")
