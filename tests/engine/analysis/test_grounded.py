"""The grounded labelling is a derivation: every decision follows from those before it."""

from __future__ import annotations

import itertools
import random
from functools import partial

import pytest
from argumentation.core import dung
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis import grounded
from cruxmap.analysis.attack_graph import AttackGraph, build_attack_graph
from cruxmap.analysis.frameworks import ArgumentationFramework, UnknownArgument
from cruxmap.analysis.grounded import IndexedLabelling, Label, label_grounded
from cruxmap.analysis.grounded_rounds import IN, NO_REASON, OUT, UNDECIDED, label_in_rounds

names = st.sampled_from("abcdefgh")
attack_lists = st.lists(st.tuples(names, names), max_size=20)


def attackers_of(argument: str, attacks: list[tuple[str, str]]) -> set[str]:
    return {attacker for attacker, attacked in attacks if attacked == argument}


@settings(max_examples=300, deadline=None)
@given(attack_lists)
def test_every_decision_follows_from_earlier_ones(attacks: list[tuple[str, str]]) -> None:
    decided: dict[str, Label] = {}
    for decision in ArgumentationFramework("abcdefgh", attacks).grounded_labelling().decisions():
        attackers = attackers_of(decision.argument, attacks)
        assert decision.argument not in decided
        if decision.label is Label.IN:
            assert set(decision.because) == attackers
            assert all(decided[attacker] is Label.OUT for attacker in attackers)
        else:
            assert decision.label is Label.OUT
            assert len(decision.because) == 1
            assert set(decision.because) <= attackers
            assert decided[decision.because[0]] is Label.IN
        decided[decision.argument] = decision.label


@settings(max_examples=300, deadline=None)
@given(attack_lists)
def test_what_no_decision_reaches_is_undecided_and_nothing_more_follows(
    attacks: list[tuple[str, str]],
) -> None:
    labelling = ArgumentationFramework("abcdefgh", attacks).grounded_labelling()
    undecided = labelling.labelled(Label.UNDECIDED)
    assert undecided == set("abcdefgh") - {decision.argument for decision in labelling.decisions()}
    for argument in undecided:
        labels = {labelling.label(attacker) for attacker in attackers_of(argument, attacks)}
        assert Label.IN not in labels
        assert Label.UNDECIDED in labels


@settings(max_examples=200, deadline=None)
@given(attack_lists, names)
def test_the_derivation_of_an_argument_is_complete_without_the_rest(
    attacks: list[tuple[str, str]], argument: str
) -> None:
    labelling = ArgumentationFramework("abcdefgh", attacks).grounded_labelling()
    derivation = labelling.derivation(argument)
    assert derivation[-1].argument == argument
    assert derivation[-1].label is labelling.label(argument)
    if derivation[-1].label is Label.UNDECIDED:
        assert all(labelling.label(attacker) is Label.UNDECIDED for attacker in derivation[-1].because)
        return
    order = [decision.argument for decision in derivation]
    for position, decision in enumerate(derivation):
        assert set(decision.because) <= set(order[:position])
    used = {argument}.union(*(decision.because for decision in derivation))
    assert used == set(order)


def test_an_argument_that_is_out_rests_on_the_attacker_decided_first() -> None:
    attacks = [("late", "x"), ("early", "x"), ("b", "late"), ("a", "b")]
    labelling = ArgumentationFramework(["late", "early", "x", "a", "b"], attacks).grounded_labelling()
    assert labelling.derivation("x")[-1].because == ("early",)


def test_a_derivation_of_an_unknown_argument_names_the_nearest() -> None:
    with pytest.raises(UnknownArgument, match="'alpha'"):
        ArgumentationFramework(["alpha"], []).grounded_labelling().derivation("alfa")


def test_a_chain_of_fifty_thousand_is_labelled_and_derived() -> None:
    chain = [str(number) for number in range(50_001)]
    framework = ArgumentationFramework(chain, list(itertools.pairwise(chain)))
    assert framework.grounded() == frozenset(chain[::2])
    assert [decision.argument for decision in framework.grounded_labelling().derivation(chain[-1])] == chain


@pytest.mark.parametrize("rounds", [0, 1, 3, 64])
def test_rounds_decide_as_a_queue_would(rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rounds are made by arrays, decisions, their order and their reasons stay the same."""
    frameworks = [random_graph(seed, size=60, attacks=90) for seed in range(40)]
    monkeypatch.setattr(grounded, "label_in_rounds", partial(label_in_rounds, most_rounds=rounds))
    for graph in frameworks:
        assert label_grounded(graph) == by_queue(graph)


def random_graph(seed: int, size: int, attacks: int) -> AttackGraph:
    chance = random.Random(seed)
    pairs = [(f"a{chance.randrange(size)}", f"a{chance.randrange(size)}") for _ in range(attacks)]
    return build_attack_graph({f"a{number}": number for number in range(size)}, pairs)


def by_queue(graph: AttackGraph) -> IndexedLabelling:
    """The textbook algorithm: a first-in-first-out queue of decisions."""
    attackers = [graph.attackers.of(node) for node in range(graph.size)]
    labels, reasons = [UNDECIDED] * graph.size, [NO_REASON] * graph.size
    queue = [node for node in range(graph.size) if not attackers[node]]
    for node in queue:
        labels[node] = IN
    for node in queue:
        for other in graph.attacked.of(node):
            if labels[other] == UNDECIDED:
                if labels[node] == IN:
                    labels[other], reasons[other] = OUT, node
                elif all(
                    labels[x] == OUT and (x in queue[: queue.index(node) + 1]) for x in attackers[other]
                ):
                    labels[other] = IN
                if labels[other] != UNDECIDED:
                    queue.append(other)
    return IndexedLabelling(labels, queue, reasons)


@pytest.mark.parametrize("density", [0.5, 1.0, 2.0, 4.0])
def test_grounded_equals_formal_argumentation(density: float) -> None:
    for seed in range(5):
        chance = random.Random(seed)
        arguments = [f"a{number}" for number in range(1000)]
        attacks = [(chance.choice(arguments), chance.choice(arguments)) for _ in range(int(1000 * density))]
        theirs = dung.ArgumentationFramework(frozenset(arguments), frozenset(attacks))
        assert ArgumentationFramework(arguments, attacks).grounded() == dung.grounded_extension(theirs)
