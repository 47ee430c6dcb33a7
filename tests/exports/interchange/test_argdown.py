"""Argdown: statements, arguments, relations, reconstructions, and what happens to the broken parts of a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cruxmap_exports.interchange.argdown import read
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.maps import ArgumentMap, EdgeKind

Parse = Callable[[str], ArgumentMap]


@pytest.fixture
def argdown(tmp_path: Path) -> Parse:
    def parse(text: str) -> ArgumentMap:
        file = tmp_path / "map.argdown"
        file.write_bytes(text.encode())
        return read(file)

    return parse


def edges(graph: ArgumentMap) -> set[tuple[str, str, str]]:
    return {(edge.source, edge.kind.value, edge.target) for edge in graph.edges}


@pytest.mark.parametrize(
    ("line", "edge"),
    [
        ("+ [B]", ("B", "support", "A")),
        ("<+ [B]", ("B", "support", "A")),
        ("+> [B]", ("A", "support", "B")),
        ("- [B]", ("B", "attack", "A")),
        ("<- <B>", ("B", "attack", "A")),
        ("-> [B]", ("A", "attack", "B")),
        ("_> <B>", ("A", "undercut", "B")),
        (">< [B]", ("B", "contradictory", "A")),
    ],
)
def test_relations_point_as_their_symbols_say(argdown: Parse, line: str, edge: tuple[str, str, str]) -> None:
    assert edges(argdown(f"[A]: a\n  {line}\n")) == {edge}


def test_the_strict_mode_reads_entailments_between_statements_only(argdown: Parse) -> None:
    text = "===\nmodel:\n  mode: strict\n===\n\n[A]\n  + [B]\n  - [C]\n  + <D>\n"
    assert edges(argdown(text)) == {("B", "entails", "A"), ("C", "contrary", "A"), ("D", "support", "A")}


def test_a_child_belongs_to_the_nearest_line_with_less_indent_also_with_tabs_and_crlf(argdown: Parse) -> None:
    text = "[A]\r\n\t+ [B]\r\n\t\t- [C]\r\n\t- [D]\r\n"
    assert edges(argdown(text)) == {("B", "support", "A"), ("C", "attack", "B"), ("D", "attack", "A")}


def test_mentions_make_no_relation_and_identical_relations_count_once(argdown: Parse) -> None:
    graph = argdown("[A]: see @[B] and @<C>\n  + [D]\n\n[A]\n  + [D]\n")
    assert edges(graph) == {("D", "support", "A")}
    assert {node.id for node in graph.nodes} == {"A", "D"}
    assert graph.by_id()["A"].text == "see B and C"


def test_all_wordings_of_one_statement_are_kept(argdown: Parse) -> None:
    node = argdown("[A]: one\n\n[A]: two\n").nodes[0]
    assert (node.text, node.extras) == ("one", {"wording-2": "two"})


def test_a_reconstruction_gives_premises_steps_and_a_conclusion(argdown: Parse) -> None:
    graph = argdown("""\
<Argument>: text

(1) [P1]: first
(2) second
--
Modus ponens {uses: [1,2]}
--
(3) [Middle]
(4) [P3]
----
(5) [End]
""")
    step = next(node.id for node in graph.nodes if node.is_argument and node.id != "Argument")
    assert edges(graph) == {
        ("P1", "premise", step),
        ("Untitled 1", "premise", step),
        (step, "support", "Middle"),
        ("Middle", "premise", "Argument"),
        ("P3", "premise", "Argument"),
        ("Argument", "support", "End"),
    }
    assert any("Modus ponens" in loss.message for loss in graph.losses)


def test_an_inference_takes_only_the_premises_that_it_says_it_uses(argdown: Parse) -> None:
    graph = argdown("<A>\n\n(1) [P]\n(2) [Unused]\n--\n{uses: [1]}\n--\n(3) [C]\n")
    assert ("P", "premise", "A") in edges(graph)
    assert ("Unused", "premise", "A") not in edges(graph)


def test_an_undercut_below_an_inference_is_aimed_at_its_argument(argdown: Parse) -> None:
    graph = argdown("<A>\n\n(1) [P]\n----\n  _ [U]\n(2) [C]\n  - [X]\n")
    assert ("U", "undercut", "A") in edges(graph)
    assert ("X", "attack", "C") in edges(graph)


def test_headings_tags_data_emphasis_links_comments_and_escapes(argdown: Parse) -> None:
    graph = argdown("""\
# Part one {isGroup: true}

[A]: a **strong** [link](https://example.org) // not seen
  and more \\[x\\] \\< y #tag #(two words) {base: 0.25, source: "p. 4"}
/* nothing
   here */
""")
    node = graph.nodes[0]
    assert node.text == "a strong link (https://example.org) and more [x] < y"
    assert node.base == 0.25
    assert node.extras == {"source": "p. 4", "tags": "tag, two words", "section": "Part one"}


BROKEN = [
    ("[A: text\n", 1, 1, "not closed"),
    ("a text with x < y\n", 1, 15, "bare"),
    ("+ [A]\n", 1, 1, "indented deeper"),
    ("<A>\n\n(1) [P]\n(3) [Q]\n----\n(4) [C]\n", 4, 1, "numbered (2)"),
    ("<A>\n\n(1) [P]\n(2) [Q]\n", 4, 1, "conclusion is missing"),
    ("[A]: text {base: 1\n", 1, 11, "not closed"),
    ("[A] text\n", 1, 5, "only `: text`"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), BROKEN)
def test_a_syntax_error_is_reported_where_it_is_and_the_rest_is_read(
    argdown: Parse, text: str, line: int, column: int, words: str
) -> None:
    graph = argdown(f"[Good]: fine\n  + [Reason]\n\n{text}\n[Also]: good\n")
    assert {"Good", "Reason", "Also"} <= {node.id for node in graph.nodes}
    loss = next(loss for loss in graph.losses if words in loss.message)
    assert (loss.line, loss.column) == (line + 3, column)


def test_a_file_without_any_readable_part_is_an_error_with_its_place(argdown: Parse) -> None:
    with pytest.raises(InterchangeError) as caught:
        argdown("\n\n[A: text\n")
    assert (caught.value.line, caught.value.column) == (3, 1)


def test_a_statement_cannot_be_undercut(argdown: Parse) -> None:
    graph = argdown("[A]\n  _ [B]\n")
    assert [edge.kind for edge in graph.edges] == [EdgeKind.ATTACK]
    assert "no inference to undercut" in graph.losses[0].message
