"""Risks, strategies and evidence agree with what was read in the six other works, and hang together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from conftest import Result
from cruxmap.analysis.evaluation import evaluate
from cruxmap.checking import check
from cruxmap.coverage import coverage
from cruxmap.graph import argument_graph
from cruxmap.knowledge import KnowledgeBase
from cruxmap.matrix import matrix
from cruxmap.model.entries import Finding, Proposal, Risk, Strategy
from cruxmap.model.vocabulary import Assumption, Factor, Mechanism
from cruxmap.taxonomy import branches

CLAIMS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "data" / "claims-of-the-other-works.json").read_text(encoding="utf-8")
)
"""Sections and marks of each numbered claim, extracted from the notes on the works and not from the entries."""

IN_FURTHER_SECTIONS = {"rlo-d23", "rlo-p05", "rlo-p09", "cpm-t04", "s9.4"}
"""Claims with a second half that is said elsewhere in the same work."""

NOT_IN_THE_WORK = {"rlo-p14", "rlo-f20"}
"""Remarks made later; they name no section."""

SECTION = re.compile(r"§\s*(\d+(?:\.\d+)*|A)|(?P<appendix>Appendix A)")


@pytest.fixture(scope="module")
def parts(kb: KnowledgeBase) -> dict[str, Any]:
    """Everything that encodes a numbered claim, by its number."""
    found: dict[str, Any] = {}
    for entry in kb.entries.values():
        for number in (getattr(entry, "number", None), *getattr(entry, "also", ())):
            if number is not None:
                found[str(number).lower()] = entry
    found |= {name: part for name, (part, _) in kb.parts.items()}
    return found | {name: placed.argument for name, placed in kb.arguments.items()}


@pytest.mark.parametrize("name", sorted(CLAIMS))
def test_each_numbered_claim_stands_where_the_work_says_it(parts: dict[str, Any], name: str) -> None:
    claim, part = CLAIMS[name], parts[name]
    sections = {match[1] or "A" for match in SECTION.finditer(part.at or "")}
    if name in IN_FURTHER_SECTIONS:
        assert set(claim["sections"]) < sections
    elif name not in NOT_IN_THE_WORK and claim["sections"]:
        assert sections == set(claim["sections"])
    if claim["ours"]:
        assert part.reading == "ours"
    if claim["secondary"]:
        assert part.verified != "primary"


def test_at_least_95_in_100_claims_of_every_part_of_every_work_are_encoded(kb: KnowledgeBase) -> None:
    found = coverage(kb)
    assert {item.source for item in found} == {
        "hubinger2020", "hubinger2019", "hubinger2023", "radhakrishnan2023", "lanham2023", "perez2022", "jermyn2022",
    }  # fmt: skip
    for item in found:
        for group in item.groups:
            assert not group.missing, (item.source, group.title)
            if group.title != "Specific techniques":
                assert len(group.encoded) >= 0.95 * group.total, (item.source, group.title)
    techniques = next(
        group for item in found for group in item.groups if group.title == "Specific techniques"
    )
    assert [name for name, _ in techniques.omitted] == ["rlo-k12"]


def test_check_has_nothing_to_warn_of() -> None:
    assert check().problems == ()


def test_the_argument_graph_has_no_cycles(kb: KnowledgeBase) -> None:
    assert nx.is_directed_acyclic_graph(nx.DiGraph(argument_graph(kb).to_networkx()))


def names_in(value: object) -> Iterator[str]:
    """Every text in an entry, whatever field it stands in; ids of other entries are among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from names_in(item)
    elif isinstance(value, dict):
        yield from names_in(tuple(value.values()))
    elif is_dataclass(value):
        yield from names_in(tuple(getattr(value, field.name) for field in fields(value)))


def test_all_entries_with_reasoning_form_one_connected_map(kb: KnowledgeBase) -> None:
    kinds = (Assumption, Factor, Finding, Mechanism, Proposal, Risk, Strategy)
    members = {entry.id: entry for entry in kb.entries.values() if isinstance(entry, kinds)}
    joined = nx.Graph()
    joined.add_nodes_from(members)
    for entry in members.values():
        for name in names_in(entry):
            other = kb.arguments[name].entry if name in kb.arguments else name.partition("/")[0]
            if other in members:
                joined.add_edge(entry.id, other)
    largest, *others = sorted(nx.connected_components(joined), key=len, reverse=True)
    assert others == [{"market-making"}]
    assert len(largest) == len(members) - 1


def test_all_risks_and_strategies_are_there(kb: KnowledgeBase) -> None:
    risks = kb.of_kind(Risk)
    assert len([risk for risk in risks if risk.source == "hubinger2019"]) == 26
    assert len([risk for risk in risks if risk.source == "hubinger2023"]) == 44
    numbers = {strategy.number for strategy in kb.of_kind(Strategy)}
    assert numbers == {f"S{number}" for number in range(23)} | {f"X{number}" for number in range(1, 6)}


def test_every_strategy_is_marked_on_the_four_criteria(kb: KnowledgeBase) -> None:
    rows = matrix(kb, "strategy").rows
    assert len(rows) == 28
    for row in rows:
        assert list(row.cells) == [criterion.id for criterion in kb.criteria]
        assert all(bool(cell.hinges) == (cell.word == "conditional") for cell in row.cells.values()), row.id


def test_the_taxonomy_of_pseudo_alignment_is_data(kb: KnowledgeBase) -> None:
    tree = branches(kb, "side-effect-alignment")
    depths = {branch.id: branch.depth for branch in tree}
    assert tree[0].depth == 0
    for kind, broader in {
        "side-effect-alignment": "proxy-alignment",
        "instrumental-alignment": "proxy-alignment",
        "deceptive-alignment": "instrumental-alignment",
        "proxy-alignment": "pseudo-alignment",
        "approximate-alignment": "pseudo-alignment",
        "suboptimality-alignment": "pseudo-alignment",
    }.items():
        assert depths[kind] == depths[broader] + 1


def test_pressure_on_run_time_lowers_mesa_optimization_and_raises_proxies(kb: KnowledgeBase) -> None:
    graph = argument_graph(kb)
    before = evaluate(graph, fixed={"time-complexity-penalty": "out"}).strengths
    after = evaluate(graph, fixed={"time-complexity-penalty": "in"}).strengths
    assert after["unintended-optimization"] < before["unintended-optimization"]
    assert after["proxy-alignment"] > before["proxy-alignment"]


def test_each_factor_bears_on_a_risk(kb: KnowledgeBase) -> None:
    graph = argument_graph(kb).to_networkx()
    risks = {risk.id for risk in kb.of_kind(Risk)}
    for factor in kb.of_kind(Factor):
        assert nx.descendants(graph, factor.id) & risks, factor.id


def test_findings_checked_in_secondary_text_say_so_wherever_they_are_shown(
    kb: KnowledgeBase, cruxmap_command: Callable[..., Result]
) -> None:
    second = [finding for finding in kb.of_kind(Finding) if finding.verified == "secondary"]
    assert len(second) == 13
    for finding in second:
        assert all(step.verified == "secondary" for step in finding.arguments)
    page = cruxmap_command("show", "decomposition-raises-corruption-sensitivity").out
    assert "secondary text only" in page
    page = cruxmap_command("show", "written-reasoning-can-drive-answers").out
    assert "secondary text only" in page


def test_evidence_reaches_the_verdicts_on_the_eleven(kb: KnowledgeBase) -> None:
    graph = argument_graph(kb).to_networkx()
    cells = {f"{entry.id}/{name}" for entry in kb.proposals for name in entry.assessments}
    reaching = [finding.id for finding in kb.of_kind(Finding) if nx.descendants(graph, finding.id) & cells]
    assert len(reaching) > 30


def test_an_incomplete_proposal_is_kept_apart_from_the_eleven(kb: KnowledgeBase) -> None:
    assert len(kb.of_kind(Proposal)) == 12
    assert "market-making" not in [row.id for row in matrix(kb).rows]
    assert "market-making" in [row.id for row in matrix(kb, incomplete=True).rows]


def test_texts_of_the_other_works_are_sentences(parts: dict[str, Any]) -> None:
    for name in CLAIMS:
        text = getattr(parts[name], "text", "")
        assert text[:1].isupper(), name
        assert text[-1] in ".?!", name
        assert not re.search(r"\b(?:RLO|CPM)-|\bdossier\b", text), name
