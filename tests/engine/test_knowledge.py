"""The knowledge base finds things the way people name them, and follows inheritance."""

from __future__ import annotations

import pytest

import cruxmap
from cruxmap.errors import UnknownIdError
from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.vocabulary import Assumption


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("3", "imitative-amplification-rat"),
        ("A2", "transparency-robust-to-deception"),
        ("a2", "transparency-robust-to-deception"),
        ("stem-ai", "stem-ai"),
        ("micro", "microscope-ai"),
        ("3/inner", "imitative-amplification-rat/inner-alignment"),
        ("debate-t/outer-alignment", "debate-transparency-tools/outer-alignment"),
        ("p3.inner.for.1", "p3.inner.for.1"),
        ("p3.q1", "p3.q1"),
        ("hch", "hch"),
    ],
)
def test_things_are_found_by_id_number_or_unique_prefix(kb: KnowledgeBase, wanted: str, found: str) -> None:
    assert kb.find_any(wanted) == found


def test_an_ambiguous_prefix_answers_with_the_candidates(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownIdError, match="could be more than one") as caught:
        kb.find_any("hch-")
    assert set(caught.value.matches) == {
        "hch-is-aligned", "hch-is-universal-enough", "hch-can-predict-the-agent", "hch-robust-to-small-deviations",
    }  # fmt: skip


def test_an_unknown_id_answers_with_the_nearest(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownIdError, match="nearest: microscope-ai"):
        kb.find_any("microscop-ai")


def test_a_search_in_one_kind_ignores_the_others(kb: KnowledgeBase) -> None:
    assert kb.find("hch-is-al", (Assumption,)).id == "hch-is-aligned"
    with pytest.raises(UnknownIdError, match="there is no assumption"):
        kb.find("stem-ai", (Assumption,))


def test_an_inherited_stance_keeps_its_word_and_takes_over_interval_and_hinges(kb: KnowledgeBase) -> None:
    own = kb.stance(kb.find_assessed("2"), "outer-alignment")
    inherited = kb.stance(kb.find_assessed("10"), "outer-alignment")
    assert inherited.written == "inherits:2"
    assert inherited[1:] == own[1:]


def test_every_statement_and_argument_has_a_position_in_a_file(kb: KnowledgeBase) -> None:
    names = {*kb.entries, *kb.statements, *kb.arguments, *kb.parts}
    assert names == set(kb.positions)
    for name in ("p3.inner.for.1", "stem-ai", "hch-is-aligned"):
        path, line, _ = kb.positions[name]
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - the path is shown relative to here
            lines = file.read().splitlines()
        assert any(f"id: {name}" in text for text in lines[line - 1 : line + 1])


def test_arguments_know_everything_they_are_aimed_at(kb: KnowledgeBase) -> None:
    nested = kb.arguments["p2.inner.against.3"]
    assert nested.parent == "p2.inner.for.3"
    assert nested.targets == (("p2.inner.for.3", -1),)
    assert nested.net == -1
    further = kb.arguments["p1.train.for.1"]
    assert further.targets[1:] == (("p1.train.against.2", -1),)


def test_import_gives_load_and_little_else() -> None:
    assert callable(cruxmap.load)
    with pytest.raises(AttributeError):
        cruxmap.nothing  # noqa: B018
