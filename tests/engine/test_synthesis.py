"""Sentences about the whole are held against the data, operator by operator and key by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import cruxmap
from cruxmap.checking import check
from cruxmap.errors import CruxmapError
from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.entries import Synthesis
from cruxmap.model.queries import Condition, Query
from cruxmap.synthesis import Answer, QueryError, ask, judge
from cruxmap.synthesis.facts import Facts
from cruxmap.synthesis.items import ATTRIBUTES, FIGURES
from cruxmap.synthesis.ranges import parse_range
from cruxmap.synthesis.wording import in_words
from synthesis_workspace import FILES


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Three proposals, two criteria, and one of everything else."""
    root = tmp_path_factory.mktemp("small")
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return cruxmap.load(root, remember=False)


def data(text: str) -> Any:
    """A query as files give it: texts only."""
    return yaml.load(text, yaml.BaseLoader)


OPERATORS = {
    "{count: {of: proposals}}": 3,
    "{count: {of: proposals, mechanism: tools}}": 2,
    "{count: {of: stances}}": 4,
    "{which: {of: proposals, mechanism: votes}}": ("second", "third"),
    "{share: {of: proposals, have: {mechanism: tools}}}": 2 / 3,
    "{all: {of: proposals, have: {kind: proposal}}}": True,
    "{all: {of: proposals, have: {mechanism: tools}}}": False,
    "{none: {of: proposals, have: {mechanism: tools}}}": False,
    "{none: {of: proposals, number: 3, have: {mechanism: tools}}}": True,
    "{none: {of: verdicts, stance: bad, criterion: safe}}": True,
    "{none: {of: verdicts, stance: bad}}": False,
    "{some: {of: proposals, have: {mechanism: tools}}}": True,
    "{some: {of: proposals, number: 3, have: {mechanism: tools}}}": False,
    "{some: {of: verdicts, stance: bad, criterion: safe}}": False,
    "{most: {of: mechanisms, by: {count: {of: proposals}}}}": ("tools", "votes"),
    "{most: {of: assumptions, by: {count: {of: proposals}}}}": ("tools-work",),
    "{least: {of: assumptions, by: {count: {of: proposals}}}}": ("nobody-asks",),
    "{most: {of: criteria, by: {share: {kind: proposal, have: {stance: good}}}}}": ("safe",),
    "{least: {of: criteria, by: {share: {kind: proposal, have: {stance: good}}}}}": ("cheap",),
    "{most: {of: verdicts, by: {figure: con}}}": ("first/safe", "second/safe"),
    "{most: {of: verdicts, by: {figure: pro}}}": ("second/safe",),
    "{least: {of: assumptions, by: {figure: strength}}}": ("people-agree",),
    "{most: {of: verdicts, criterion: safe, by: {figure: failures-needed}}}": ("first/safe", "second/safe"),
    "{most: {of: assumptions, by: {count: {of: verdicts, falls-with: each}}}}": (
        "tools-work",
        "people-agree",
    ),
    "{most: {of: hedges, by: {count: {of: arguments, entry: second}}}}": ("possible",),
    "{most: {of: stances, by: {count: {kind: proposal}}}}": ("fair", "open"),
    "{compare: [{count: {of: proposals}}, {count: {of: strategies}}]}": "more",
    "{compare: [{count: {of: strategies}}, {count: {of: proposals}}]}": "less",
    "{compare: [{count: {of: criteria}}, {count: {of: mechanisms}}]}": "equal",
    "{compare: [{which: {of: proposals, mechanism: votes}}, {which: {of: proposals}}]}": "within",
    "{compare: [{which: {of: proposals}}, {which: {of: proposals, mechanism: votes}}]}": "contains",
    "{compare: [{which: {of: proposals, mechanism: tools}}, {which: {of: proposals, mechanism: votes}}]}": (
        "overlapping"
    ),
    "{compare: [{which: {of: proposals, number: 1}}, {which: {of: proposals, number: 3}}]}": "disjoint",
    "{compare: [{which: {of: proposals, number: 1..2}}, {which: {of: proposals, mechanism: tools}}]}": "equal",
    "{failures-needed: {criterion: safe, entry: [first, second]}}": 2,
    "{failures-needed: {criterion: safe, entry: second}}": 1,
    "{holds: [{query: {count: {of: risks}}, expect: 2}, {query: {some: {of: risks}}, expect: true}]}": True,
    "{holds: [{query: {count: {of: risks}}, expect: 2}, {query: {some: {of: risks}}, expect: false}]}": False,
}

SELECTIONS = {
    "{of: verdicts, id: first/safe}": ["first/safe"],
    "{of: assumptions, number: A2}": ["people-agree"],
    "{of: proposals, number: 2..}": ["second", "third"],
    "{kind: strategy}": ["ask/cheap"],
    "{entry: third}": ["third/safe", "third/cheap"],
    "{of: risks, criterion: safe}": ["deceit"],
    "{of: strategies, criterion: cheap}": ["ask"],
    "{of: proposals, any-mechanism: votes}": ["first", "second", "third"],
    "{of: verdicts, mechanism: tools, criterion: cheap}": ["first/cheap", "second/cheap"],
    "{of: proposals, assumption: people-agree}": ["second"],
    "{of: proposals, any-assumption: people-agree}": ["first", "second"],
    "{of: proposals, assumption: any}": ["first", "second"],
    "{of: verdicts, assumption: people-agree}": ["second/safe"],
    "{of: findings, assumption: tools-work}": ["seen"],
    "{of: mechanisms, assumption: tools-work}": ["tools"],
    "{of: questions, assumption: people-agree}": ["p1.q1"],
    "{of: arguments, premise: people-agree}": ["p2.safe.1", "p2.safe.2"],
    "{of: arguments, exception: people-agree}": ["p2.safe.3"],
    "{hinge: tools-work}": ["first/safe"],
    "{of: arguments, verdict: first/safe}": ["p1.safe.1", "p1.safe.2"],
    "{stance: [good, open]}": ["first/safe", "third/safe", "third/cheap"],
    "{stance: fair..good}": ["first/safe", "first/cheap", "second/safe"],
    "{of: assumptions, strength: 0.8..}": ["tools-work"],
    "{of: arguments, strength: ..0.05}": ["f2"],
    "{of: arguments, label: [in, undecided], entry: first}": ["p1.safe.1", "p1.safe.2"],
    "{criterion: safe, label: undecided}": ["first/safe", "second/safe"],
    "{criterion: safe, label: out}": ["third/safe"],
    "{criterion: safe, fragile: true}": ["second/safe", "third/safe"],
    "{criterion: safe, fragile: false}": ["first/safe"],
    "{pro: 2..}": ["second/safe"],
    "{con: 1, pro: 1}": ["first/safe"],
    "{of: arguments, hedge: likely, kind: proposal}": ["p1.safe.1", "p2.safe.2"],
    "{of: arguments, side: con}": ["p1.safe.2", "p2.safe.3", "r1"],
    "{of: arguments, side: pro, entry: first}": ["p1.safe.1"],
    "{of: arguments, conditional: true}": ["p1.safe.2"],
    "{of: arguments, conditional: false, entry: first}": ["p1.safe.1"],
    "{of: arguments, reading: ours}": ["p2.safe.2"],
    "{of: assumptions, reading: ours}": ["nobody-asks"],
    "{of: findings, verified: memory}": ["seen"],
    "{of: arguments, verified: [secondary, memory]}": ["f2"],
    "{of: risks, source: paper2020}": ["deceit"],
    "{of: factors, supports: drift, attacks: deceit}": ["pressure"],
    "{of: factors, supports: deceit}": [],
    "{of: findings, supports: any}": ["seen"],
    "{of: arguments, attacks: people-agree}": ["f2"],
    "{of: risks, threatens: tools}": ["deceit"],
    "{of: mechanisms, threatened-by: deceit}": ["tools"],
    "{of: proposals, threatened-by: any}": ["first"],
    "{of: strategies, addresses: drift}": ["ask"],
    "{of: strategies, addresses: deceit}": [],
    "{of: strategies, raises: deceit}": ["ask"],
    "{of: risks, broader: deceit}": ["drift"],
    "{rests-on: tools-work}": ["first/safe"],
    "{falls-with: people-agree}": ["second/safe"],
    "{falls-with: [people-agree, tools-work]}": ["first/safe", "second/safe"],
    "{of: proposals, dominates: second}": ["first"],
    "{of: proposals, dominated-by: any}": ["second"],
    "{of: proposals, not: {mechanism: tools}}": ["third"],
    "{of: proposals, any-of: [{number: 3}, {assumption: people-agree}]}": ["second", "third"],
    "{of: proposals, with: {stance: open}}": ["third"],
    "{of: proposals, with: {stance: [fair, good], times: 2}}": ["first"],
    "{of: proposals, with: {of: arguments, times: ..1}}": ["third"],
    "{of: proposals, not: {with: {of: arguments}}}": ["third"],
    "{of: findings, with: {of: assumptions}}": ["seen", "unseen"],
    "{of: assumptions, with: {of: findings, verified: memory}}": ["tools-work"],
    "{of: assumptions, with: {entry: second, criterion: safe, falls-with: each}}": ["people-agree"],
    "{of: risks, with: {of: strategies}}": ["drift"],
    "{of: factors, with: {of: arguments, attacks: deceit}}": ["pressure"],
    "{of: criteria, with: {of: risks}}": ["safe"],
    "{of: sources, with: {of: findings}}": ["paper2020"],
}


@pytest.mark.parametrize("text", OPERATORS)
def test_every_operator_gives_what_the_entries_say(text: str, small: KnowledgeBase) -> None:
    found = ask(small, data(text))
    assert found.value == OPERATORS[text]


@pytest.mark.parametrize("text", SELECTIONS)
def test_every_key_selects_what_has_it(text: str, small: KnowledgeBase) -> None:
    assert sorted(ask(small, data(f"which: {text}")).value) == sorted(SELECTIONS[text])


def test_every_operator_and_key_is_tested() -> None:
    for name in (item.name.rstrip("_").replace("_", "-") for item in fields(Query)):
        assert any(text.startswith(f"{{{name}: ") for text in OPERATORS) or name == "which", name
    for name in (item.name.rstrip("_").replace("_", "-") for item in fields(Condition)):
        assert any(f"{name}: " in text for text in SELECTIONS), name


def test_every_key_means_something_somewhere() -> None:
    known = {name for table in (*ATTRIBUTES.values(), *FIGURES.values()) for name in table}
    nested = {"with_", "not_", "any_of", "falls_with"}
    assert {item.name for item in fields(Condition)} <= known | nested


@pytest.mark.parametrize(
    ("text", "steps", "message"),
    [
        ("{count: {of: proposals, hedge: likely}}", ("count", "hedge"), "proposals have no `hedge`"),
        ("{count: {stance: splendid}}", ("count", "stance", 0), "on no scale"),
        ("{count: {falls-with: each}}", ("count", "falls-with"), "stands for nothing"),
        ("{count: {of: hedges, with: {of: criteria}}}", ("count", "with"), "not related"),
        ("{count: {of: proposals, not: {stance: good}}}", ("count", "not", "stance"), "have no"),
        ("{count: {of: proposals, any-of: [{stance: good}]}}", ("count", "any-of", 0, "stance"), "have no"),
        ("{count: {of: proposals, with: {side: pro}}}", ("count", "with", "side"), "have no"),
        ("{all: {of: proposals}}", ("all",), "nothing is said"),
        (
            "{all: {of: proposals, number: 9, have: {kind: proposal}}}",
            ("all",),
            "there are no such proposals",
        ),
        ("{all: {of: proposals, have: {stance: good}}}", ("all", "have", "stance"), "have no"),
        ("{most: {of: hedges, by: {count: {of: criteria}}}}", ("most", "by", "count", "of"), "not related"),
        ("{most: {of: criteria, by: {figure: strength}}}", ("most", "by", "figure"), "have no strength"),
        ("{most: {of: criteria, by: {count: {side: pro}}}}", ("most", "by", "count", "side"), "have no"),
        ("{compare: [{count: {}}]}", ("compare",), "two queries"),
        ("{compare: [{count: {}}, {which: {}}]}", ("compare", 1), "two numbers"),
        ("{compare: [{count: {}}, {count: {side: pro}}]}", ("compare", 1, "count", "side"), "have no"),
        ("{failures-needed: {of: risks}}", ("failures-needed", "of"), "do not fail"),
        ("{holds: [{query: {count: {}}, expect: many}]}", ("holds", 0, "expect"), "gives a number"),
        ("{holds: [{query: {count: {side: pro}}, expect: 1}]}", ("holds", 0, "query", "count", "side"), "no"),
        ("{}", (), "exactly one of"),
        ("{count: {strength: high}}", ("count", "strength"), "no range"),
    ],
)
def test_what_has_no_meaning_is_refused_where_it_stands(
    text: str, steps: tuple[str | int, ...], message: str, small: KnowledgeBase
) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        ask(small, data(text))
    assert caught.value.steps == steps


@pytest.mark.parametrize(
    ("found", "expected", "met"),
    [
        (Answer("number", 6), ["6"], True),
        (Answer("number", 6), ["5"], False),
        (Answer("number", 6), ["7..9"], False),
        (Answer("number", 6), ["..6"], True),
        (Answer("number", 6 / 11), ["0.55"], True),
        (Answer("number", 6 / 11), ["0.5"], True),
        (Answer("number", 6 / 11), ["0.54"], False),
        (Answer("truth", True), ["true"], True),
        (Answer("truth", True), ["false"], False),
        (Answer("names", ("a", "b")), ["b", "a"], True),
        (Answer("names", ("a", "b")), ["a"], False),
        (Answer("names", ()), [], True),
        (Answer("relation", "within"), ["within"], True),
        (Answer("relation", "within"), ["equal"], False),
    ],
)
def test_an_answer_meets_what_is_expected_or_not(found: Answer, expected: list[str], met: bool) -> None:
    assert found.meets(expected) is met


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_a_range_holds_the_numbers_between_its_ends(low: int, high: int, value: int) -> None:
    span = parse_range(f"{low}..{high}")
    assert span is not None
    assert span.holds(value) is (low <= value <= high)


def sentence(query: str, expect: str) -> str:
    return f"kind: synthesis\nid: a-sentence\ntext: A sentence.\nquery: {query}\nexpect: {expect}\n"


def problems(write: Callable[..., Path], files: Mapping[str, str]) -> list[str]:
    root = write(**FILES, **files)
    return [
        f"{Path(found.path).name}:{found.line}:{found.column} {found.code} {found.message}"
        for found in check([root]).problems
    ]


def test_check_is_silent_about_sentences_that_hold(write: Callable[..., Path]) -> None:
    assert problems(write, {"proposals/s.yaml": sentence("{count: {of: proposals}}", "3")}) == []


def test_check_reports_a_contradiction_at_what_was_expected(write: Callable[..., Path]) -> None:
    assert problems(write, {"proposals/s.yaml": sentence("{count: {of: proposals}}", "6")}) == [
        "s.yaml:5:1 E401 `a-sentence` says 6, the data gives 3"
    ]


def test_check_reports_a_query_without_meaning_at_its_key(write: Callable[..., Path]) -> None:
    found = problems(write, {"proposals/s.yaml": sentence("{count: {of: proposals, hedge: likely}}", "6")})
    assert found == ["s.yaml:4:32 E402 proposals have no `hedge`"]


def test_check_finds_misspelt_ids_in_queries(write: Callable[..., Path]) -> None:
    found = problems(write, {"proposals/s.yaml": sentence("{count: {of: proposals, mechanism: tool}}", "2")})
    assert found == ["s.yaml:4:32 E202 there is no mechanism `tool`"]


@pytest.mark.parametrize(
    ("expect", "wanted"),
    [
        ("{safe: {label: undecided, lowest: 0.5}}", []),
        ("{safe: {label: in}}", ["E403 `late/safe` is expected to be in, the arguments leave it undecided"]),
        ("{safe: {lowest: 0.9}}", ["E403 `late/safe` is expected to be at least 0.9, its strength is 0.672"]),
        ("{safe: {highest: 0.6}}", ["E403 `late/safe` is expected to be at most 0.6, its strength is 0.672"]),
        ("{cheap: {label: in}}", ["E403 `late/cheap` is not assessed, so nothing is computed"]),
    ],
)
def test_check_holds_expectations_of_entries_against_the_computation(
    expect: str, wanted: list[str], write: Callable[..., Path]
) -> None:
    pro = "{id: p5.1, text: People agree here., assumes: [tools-work], hedge: likely}"
    text = (
        "kind: proposal\nid: late\nnumber: 5\ntitle: Late\n"
        f"assessments:\n  safe:\n    stance: fair\n    pro: [{pro}]\nexpect: {expect}\n"
    )
    assert [item.partition(" ")[2] for item in problems(write, {"proposals/late.yaml": text})] == wanted


def test_nothing_is_computed_where_nothing_is_expected(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cruxmap.synthesis.contradictions", lambda *_: pytest.fail("something was computed"))
    assert problems(write, {}) == []


def test_sentences_are_not_judged_in_a_broken_workspace(write: Callable[..., Path]) -> None:
    broken = {"proposals/s.yaml": sentence("{count: {}}", "99"), "proposals/x.yaml": "kind: risk\nid: x\n"}
    assert not [item for item in problems(write, broken) if "E401" in item]


def test_a_workspace_answers_for_its_own_sentences_only(write: Callable[..., Path]) -> None:
    twelfth = "kind: proposal\nid: twelfth\ntitle: A twelfth\nmechanisms: [debate]\n"
    own = "kind: synthesis\nid: ours\ntext: Ours.\nquery: {count: {of: proposals, id: twelfth}}\nexpect: 0\n"
    root = write(**{"cruxmap.yaml": "name: ours\n", "proposals/12.yaml": twelfth, "proposals/s.yaml": own})
    many = sentence("{count: {of: proposals}}", "11")
    assert [found.code for found in check([root]).problems] == ["E401"]
    write(**{"proposals/s.yaml": many})
    assert [found.code for found in check([root]).problems] == ["E401"]


def test_every_sentence_of_the_corpus_is_borne_out_and_can_be_said_in_words(kb: KnowledgeBase) -> None:
    facts = Facts(kb)
    sentences = kb.of_kind(Synthesis)
    assert sentences
    for entry in sentences:
        assert judge(facts, entry).holds, entry.id
        assert "{" not in in_words(entry.query), entry.id


@pytest.mark.parametrize("text", [*OPERATORS, *(f"{{which: {text}}}" for text in SELECTIONS)])
def test_every_query_can_be_said_in_words(text: str, small: KnowledgeBase) -> None:
    from cruxmap.model.validation import check_data

    query, _ = check_data(Query, data(text))
    assert query is not None
    said = in_words(query)
    assert "{" not in said
    assert "  " not in said


def test_a_sentence_survives_the_snapshot(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRUXMAP_CACHE", str(tmp_path / "cache"))
    zero = "kind: assumption\nid: never\ntitle: Never\ntext: It never holds.\ncredence: 0\n"
    nobody = sentence("{which: {of: proposals, number: 9}}", "[]")
    root = write(**FILES, **{"proposals/s.yaml": nobody, "ontology/z.yaml": zero})
    fresh = cruxmap.load(root)
    assert cruxmap.load(root) == fresh
    assert len(list((tmp_path / "cache").glob("*.jsonl"))) == 1
    assert getattr(cruxmap.load(root).entries["never"], "credence") == 0.0  # noqa: B009
    assert issubclass(QueryError, CruxmapError)
