"""Two workspaces, side by side: every kind of change and every consequence is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cruxmap
from cruxmap.analysis.evaluation import evaluate
from cruxmap.changes import Change, changes, units
from cruxmap.difference import Difference, difference
from cruxmap.graph import argument_graph
from cruxmap.knowledge import KnowledgeBase
from two_sides import FIRST, ONTOLOGY, SECOND, SENTENCE


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., KnowledgeBase]:
    """Load a workspace with some texts replaced."""
    count = iter(range(100))

    def call(*replaced: tuple[str, str], extra: str = "") -> KnowledgeBase:
        root = tmp_path / str(next(count))
        texts = {
            "ontology/all": ONTOLOGY,
            "proposals/1": FIRST,
            "proposals/2": SECOND,
            "proposals/s": SENTENCE,
        }
        if extra:
            texts["proposals/extra"] = extra
        for old, new in replaced:
            assert any(old in text for text in texts.values()), old
            texts = {name: text.replace(old, new) for name, text in texts.items()}
        for name, text in texts.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            if text:
                (root / f"{name}.yaml").write_text(text, encoding="utf-8")
        return cruxmap.load(root, remember=False)

    return call


def compared(before: KnowledgeBase, after: KnowledgeBase) -> Difference:
    sides = [evaluate(argument_graph(kb)) for kb in (before, after)]
    return difference(before, after, *sides)


def said(found: tuple[Change, ...]) -> list[str]:
    return [
        " ".join(
            [change.change, change.what, change.before_id or "", change.id]
            + [f"{field.name}[{field.aspect}]: {field.before} > {field.after}" for field in change.fields]
        ).replace("  ", " ")
        for change in found
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("stance: bad", "stance: open", ["changed assessment second/safe stance[stance]: bad > open"]),
        ("[tools-work], hedge: likely", "[tools-work], hedge: possible", ["changed argument p1.1 hedge[hedge]: likely > possible"]),
        ("credence: 0.6", "credence: 0", ["changed assumption tools-work credence[credence]: 0.6 > 0.0"]),
        ("version: 1", "version: 2", ["changed criterion safe version[version]: 1 > 2"]),
        (
            "assumes: [people-agree]",
            "assumes: [people-agree, tools-work]",
            ["changed argument p1.2 assumes[link]: ['people-agree'] > ['people-agree', 'tools-work']"],
        ),
        ("hinges: [tools-work]", "hinges: [people-agree]", ["changed assessment first/safe hinges[link]: ['tools-work'] > ['people-agree']"]),
        ("text: A note.", "text: Another.", ["changed note p1.note text[wording]: A note. > Another."]),
        ("p1.note", "p1.note.1", ["renamed note p1.note p1.note.1"]),
        ("id: p1.2, text", "id: p1.9, text", ["renamed argument p1.2 p1.9"]),
        ("    notes: [{id: p1.note, text: A note.}]\n", "", ["removed note p1.note"]),
        ("weight: 0.8", "weight: 0.9", ["changed hedge likely weight[credence]: 0.8 > 0.9"]),
        ("questions: [", "questions: [{id: p1.q2, text: Why?}, ", ["added question p1.q2"]),
        ("title: The second", "title: Number two", ["changed proposal second title[wording]: The second > Number two"]),
    ],
)  # fmt: skip
def test_a_change_is_named_by_what_changed(
    old: str, new: str, expected: list[str], load: Callable[..., KnowledgeBase]
) -> None:
    assert said(changes(load(), load((old, new)))[0]) == expected


def test_moving_an_argument_under_the_other_side_is_a_change(load: Callable[..., KnowledgeBase]) -> None:
    moved = load(("    notes:", "    con: [{id: p1.3, text: New., hedge: likely}]\n    notes:"))
    (added,) = changes(load(), moved)[0]
    assert (added.change, added.id, added.entry) == ("added", "p1.3", "first")
    turned = load(("    pro:", "    con:"))
    assert said(changes(load(), turned)[0]) == [
        "changed argument p1.1 stands-under[link]: + first/safe > - first/safe",
        "changed argument p1.2 stands-under[link]: + first/safe > - first/safe",
    ]


def test_a_renamed_assumption_changes_nothing_that_refers_to_it(load: Callable[..., KnowledgeBase]) -> None:
    before, after = load(), load(("tools-work", "tools-do-work"))
    found = compared(before, after)
    assert said(found.changes) == ["renamed assumption tools-work tools-do-work"]
    assert not found.consequences


def test_a_renamed_entry_takes_its_verdicts_along(load: Callable[..., KnowledgeBase]) -> None:
    found = compared(load(), load(("id: second", "id: runner-up")))
    assert said(found.changes) == ["renamed proposal second runner-up"]
    assert found.renamed == {"second": "runner-up", "second/safe": "runner-up/safe"}
    assert not found.consequences


def test_the_same_text_twice_is_no_renaming(load: Callable[..., KnowledgeBase]) -> None:
    two = "questions: [{id: p1.a, text: Is it so?}, {id: p1.b, text: Is it so?}]"
    found, _ = changes(load(), load(("questions: [{id: p1.q, text: Is it so?}]", two)))
    assert said(found) == ["added question p1.a", "added question p1.b", "removed question p1.q"]


def test_strengths_that_move_are_found_with_their_size(load: Callable[..., KnowledgeBase]) -> None:
    before, after = load(), load(("credence: 0.6", "credence: 0.9"))
    (moved,) = compared(before, after).consequences.verdicts
    strengths = [evaluate(argument_graph(kb)).strengths["first/safe"] for kb in (before, after)]
    assert moved.id == "first/safe"
    assert moved.move == pytest.approx(strengths[1] - strengths[0])
    assert moved.moves
    assert not moved.fails_otherwise


def test_moves_below_the_threshold_are_left_out(load: Callable[..., KnowledgeBase]) -> None:
    assert not compared(load(), load(("credence: 0.6", "credence: 0.601"))).consequences


def test_a_label_that_flips_is_found(load: Callable[..., KnowledgeBase]) -> None:
    free = "    pro:\n      - {id: p1.0, text: It is plain., hedge: likely}"
    after = load(("    pro:", free))
    (moved,) = compared(load(), after).consequences.verdicts
    assert (moved.before.label, moved.after.label, moved.flips) == ("undecided", "in", True)


def test_points_of_failure_are_gained_and_lost(load: Callable[..., KnowledgeBase]) -> None:
    both = load(("assumes: [people-agree]", "assumes: [tools-work]"))
    (moved,) = compared(load(), both).consequences.verdicts
    assert moved.single_points_gained == ("tools-work",)
    assert moved.cut_sets_lost == (("people-agree", "tools-work"),)
    (back,) = compared(both, load()).consequences.verdicts
    assert back.single_points_lost == ("tools-work",)
    assert back.cut_sets_gained == (("people-agree", "tools-work"),)


def test_dominances_and_sentences_follow_stances(load: Callable[..., KnowledgeBase]) -> None:
    found = compared(load(), load(("stance: bad", "stance: good")))
    assert found.consequences.dominances_lost == (("first", "second"),)
    assert [(flip.id, flip.before.holds, flip.after.holds) for flip in found.sentences] == [
        ("one-is-good", True, False)
    ]
    back = compared(load(("stance: bad", "stance: good")), load())
    assert back.consequences.dominances_gained == (("first", "second"),)
    assert [flip.after.holds for flip in back.sentences] == [True]


def test_stances_that_are_taken_over_move_too(load: Callable[..., KnowledgeBase]) -> None:
    heir = "kind: proposal\nid: heir\nnumber: 3\ntitle: Heir\nassessments: {safe: {stance: 'inherits:2'}}\n"
    found = compared(load(extra=heir), load(("stance: bad", "stance: open"), extra=heir))
    moved = {item.id: (item.before.stance, item.after.stance) for item in found.consequences.verdicts}
    assert moved == {"second/safe": ("bad", "open"), "heir/safe": ("bad", "open")}
    assert [change.id for change in found.changes] == ["second/safe"]


def test_the_corpus_does_not_differ_from_itself(kb: KnowledgeBase) -> None:
    evaluation = evaluate(argument_graph(kb))
    found = difference(kb, kb, evaluation, evaluation)
    assert not found
    assert found.as_data()["same"] is True
    assert set(units(kb)) >= {*kb.entries, *kb.arguments, *kb.parts}


_LEVELS = st.sampled_from(["bad", "good", "open", "bad..good"])
_HEDGES = st.sampled_from(["likely", "possible"])
_CREDENCES = st.integers(0, 10)


@settings(max_examples=25)
@given(stance=_LEVELS, hedge=_HEDGES, credence=_CREDENCES)
def test_nothing_differs_from_itself_and_going_back_undoes_every_change(
    tmp_path_factory: pytest.TempPathFactory, stance: str, hedge: str, credence: int
) -> None:
    def load(*replaced: tuple[str, str]) -> KnowledgeBase:
        root = tmp_path_factory.mktemp("side")
        texts = {"ontology/all": ONTOLOGY, "proposals/1": FIRST, "proposals/2": SECOND}
        for name, text in texts.items():
            for old, new in replaced:
                text = text.replace(old, new)  # noqa: PLW2901 - one text after another
            (root / name).parent.mkdir(exist_ok=True)
            (root / f"{name}.yaml").write_text(text, encoding="utf-8")
        return cruxmap.load(root, remember=False)

    before = load()
    after = load(
        ("stance: bad", f"stance: {stance}"),
        ("[people-agree], hedge: likely", f"[people-agree], hedge: {hedge}"),
        ("credence: 0.6", f"credence: {credence / 10:g}"),
    )
    assert not compared(after, after)
    forth, back = compared(before, after), compared(after, before)
    assert [change.id for change in forth.changes] == [change.id for change in back.changes]
    for one, other in zip(forth.changes, back.changes, strict=True):
        assert [(f.before, f.after) for f in one.fields] == [(f.after, f.before) for f in other.fields]
    moves = {item.id: item.move for item in forth.consequences.verdicts}
    assert moves == {item.id: pytest.approx(-item.move) for item in back.consequences.verdicts}
    assert forth.consequences.dominances_gained == back.consequences.dominances_lost
