"""The eleven proposals agree with what was read in the paper, cell by cell and claim by claim."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cruxmap.coverage import coverage
from cruxmap.knowledge import KnowledgeBase
from cruxmap.matrix import matrix
from cruxmap.model.vocabulary import Assumption, Mechanism, Source, Term

MATRIX = """
1  conditional  doubtful    conditional open
2  conditional  conditional conditional conditional
3  inherits:2   plausible   open        inherits:2
4  doubtful     conditional open        open
5  likely-fails open        conditional conditional
6  likely-fails open        open        conditional
7  open         conditional plausible   conditional
8  open         conditional plausible   open
9  open         doubtful    plausible   plausible
10 inherits:2   conditional conditional inherits:2
11 inherits:2   doubtful    open        inherits:2
"""

PRIMARY = {
    1: "1 2 17 18 19 37 38", 2: "2 3 4 7 8 9 10 11 12 13 48", 3: "5 6 7 8 9 10 11 12 13", 4: "5 6 7 13 14 16 39",
    5: "20 21 22 23", 6: "21 24 25 26 43", 7: "2 16 27 28 29 38 46", 8: "5 7 15 16 29 40 46",
    9: "2 7 30 31 32 33 45 46", 10: "5 7 8 10 34 35 41", 11: "5 7 8 10 34 36 41 42 44",
}  # fmt: skip
SECONDARY = {
    1: "", 2: "", 3: "3 4", 4: "3 4", 5: "2 38", 6: "7 20 38", 7: "1 5 6 7 20", 8: "3 4 6 13", 9: "4",
    10: "3 4 6 9 13 17 47", 11: "2 3 4 6 9 13",
}  # fmt: skip
CLAIMS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "data" / "claims-of-hubinger2020.json").read_text(encoding="utf-8")
)


def part(kb: KnowledgeBase, name: str) -> Any:
    return kb.arguments[name].argument if name in kb.arguments else kb.parts[name][0]


def test_all_44_stances_are_those_of_the_paper(kb: KnowledgeBase) -> None:
    rows = {row.number: [cell.stance for cell in row.cells.values()] for row in matrix(kb).rows}
    wanted = {int(line.split()[0]): line.split()[1:] for line in MATRIX.strip().splitlines()}
    assert rows == wanted


def test_every_conditional_cell_names_hinges_and_every_cell_a_locator_in_its_own_section(
    kb: KnowledgeBase,
) -> None:
    for row in matrix(kb).rows:
        assert isinstance(row.number, int)
        for place, cell in enumerate(row.cells.values(), 1):
            assert cell.at == f"hubinger2020 §{row.number + 1}.{place}"
            assert bool(cell.hinges) == (cell.word == "conditional"), (row.id, cell.stance)


@pytest.mark.parametrize("name", CLAIMS)
def test_each_numbered_claim_keeps_locator_hedge_and_assumptions(kb: KnowledgeBase, name: str) -> None:
    claim, found = CLAIMS[name], part(kb, name)
    assert found.at == claim["at"]
    assert getattr(found, "hedge", None) == (claim["hedge"] if hasattr(found, "hedge") else None)
    assert getattr(found, "conditional", False) is claim["conditional"]
    assert found.reading == claim["reading"]
    linked = {
        assumption for field in ("assumes", "unless", "concerns") for assumption in getattr(found, field, ())
    }
    assert set(claim["assumptions"]) <= linked


def test_claims_for_and_against_end_up_on_their_side(kb: KnowledgeBase) -> None:
    for name, placed in kb.arguments.items():
        if ".for." in name or ".against." in name:
            assert placed.net == (1 if ".for." in name else -1), name
            assert placed.home is not None
            short = {"outer": "outer-alignment", "inner": "inner-alignment"} | {
                "train": "training-competitiveness",
                "perf": "performance-competitiveness",
            }
            number, cell = name.split(".")[:2]
            owner = next(entry for entry in kb.proposals if f"p{entry.number}" == number)
            assert placed.home == f"{owner.id}/{short[cell]}"


def test_every_numbered_claim_is_encoded(kb: KnowledgeBase) -> None:
    (found,) = [item for item in coverage(kb) if item.source == "hubinger2020"]
    assert [group.total for group in found.groups] == [93, 105, 108, 75, 48, 42]
    assert found.encoded == found.total == len(CLAIMS)


def test_arguments_of_our_own_are_marked_so(kb: KnowledgeBase) -> None:
    ours = [name for name in kb.arguments if re.match(r"p\d+\..*\.ours\.", name)]
    assert ours
    assert all(kb.arguments[name].argument.reading == "ours" for name in ours)
    eleven = {entry.id for entry in kb.proposals}
    of_the_overview = {name for name, placed in kb.arguments.items() if placed.entry in eleven}
    assert of_the_overview - set(ours) <= set(CLAIMS)


def test_primary_and_secondary_assumptions_are_those_of_each_proposal(kb: KnowledgeBase) -> None:
    numbers = {item.id: str(item.number).removeprefix("A") for item in kb.of_kind(Assumption)}
    for entry in kb.proposals:
        assert entry.number is not None
        assert sorted(numbers[name] for name in entry.assumptions) == sorted(PRIMARY[entry.number].split())
        assert sorted(numbers[name] for name in entry.secondary_assumptions) == sorted(
            SECONDARY[entry.number].split()
        )


def test_the_vocabulary_is_complete(kb: KnowledgeBase) -> None:
    numbers = [item.number for item in kb.of_kind(Assumption) if item.source == "hubinger2020"]
    assert numbers == [f"A{number}" for number in range(1, 49)]
    assert len([item for item in kb.of_kind(Mechanism) if item.source == "hubinger2020"]) == 25
    assert len([item for item in kb.of_kind(Term) if item.source == "hubinger2020"]) == 22
    works = kb.of_kind(Source)
    assert Counter(work.role for work in works) == {"encoded": 7, "cited": 42}
    assert {work.number for work in works if work.number} == {f"W{number}" for number in range(1, 44)}


def test_texts_are_sentences_that_stand_alone(kb: KnowledgeBase) -> None:
    texts = {name: part(kb, name).text for name in (*kb.arguments, *kb.parts)}
    for name, text in texts.items():
        assert text[0].isupper() or text.startswith(("π", '"')), name
        assert text[-1] in ".?!", name
        assert not re.search(r"\bP\d+\b|dossier", text), name


def test_every_claim_says_where_it_stands(kb: KnowledgeBase) -> None:
    for name in (*kb.arguments, *kb.parts):
        owner = kb.arguments[name].entry if name in kb.arguments else kb.parts[name][1]
        if owner in {entry.id for entry in kb.proposals}:
            assert part(kb, name).at, name
