"""Larger frameworks: agreement with pygarg, laziness, and budgets."""

from __future__ import annotations

import random
from itertools import islice
from time import monotonic, sleep

import pytest
from pygarg.dung import solver as pygarg

from cruxmap.analysis.frameworks import ArgumentationFramework, BudgetExceeded

PYGARG_CODES = {
    "complete": "CO",
    "preferred": "PR",
    "stable": "ST",
    "semi-stable": "SST",
    "ideal": "ID",
    "grounded": "GR",
}

Attacks = list[tuple[str, str]]


def draw(seed: int) -> tuple[list[str], Attacks]:
    chance = random.Random(seed)
    arguments = [str(number) for number in range(chance.randint(15, 45))]
    count = int(len(arguments) * chance.choice([1.2, 1.6, 2.0, 3.0]))
    attacks = {(chance.choice(arguments), chance.choice(arguments)) for _ in range(count)}
    attacks |= {(attacked, attacker) for attacker, attacked in sorted(attacks) if chance.random() < 0.25}
    return arguments, sorted(attacks)


def pairs(count: int) -> ArgumentationFramework:
    """Return `count` pairs of arguments that attack each other: two choices each, 2 ** count extensions."""
    arguments = [f"{side}{number}" for number in range(count) for side in "lr"]
    attacks = [(f"l{number}", f"r{number}") for number in range(count)]
    return ArgumentationFramework(arguments, attacks + [(b, a) for a, b in attacks])


@pytest.fixture
def exact_pygarg(monkeypatch: pytest.MonkeyPatch) -> None:
    # pygarg adds the clauses of one maximal range to those of the next, and so loses semi-stable extensions.
    original = pygarg.get_semistable_extensions_from_MCS
    monkeypatch.setattr(
        pygarg,
        "get_semistable_extensions_from_MCS",
        lambda args, atts, mcs, hard, soft: original(args, atts, mcs, list(hard), soft),
    )


@pytest.mark.usefixtures("exact_pygarg")
@pytest.mark.parametrize("semantics", PYGARG_CODES)
def test_extensions_equal_those_of_pygarg(semantics: str) -> None:
    for seed in range(40):
        arguments, attacks = draw(seed)
        theirs = pygarg.extension_enumeration(
            arguments, [list(attack) for attack in attacks], PYGARG_CODES[semantics]
        )
        ours = list(ArgumentationFramework(arguments, attacks).extensions(semantics))
        assert len(ours) == len(set(ours)), seed
        assert set(ours) == {frozenset(extension) for extension in theirs}, seed


@pytest.mark.parametrize("semantics", ["complete", "preferred", "stable", "semi-stable", "stage"])
def test_the_first_of_astronomically_many_extensions_comes_at_once(semantics: str) -> None:
    started = monotonic()
    first = list(islice(pairs(400).extensions(semantics), 3))
    assert len(set(first)) == 3
    assert monotonic() - started < 5


def test_sceptical_acceptance_does_not_enumerate() -> None:
    framework = pairs(30)
    arguments = [*framework.arguments, "x", "y"]
    attacks = [*sorted(framework.attacks), ("l0", "x"), ("r0", "x"), ("x", "y")]
    enlarged = ArgumentationFramework(arguments, attacks)
    for semantics in ("preferred", "stable", "semi-stable", "stage"):
        assert enlarged.accepts("y", semantics, "sceptical", budget=20)
        assert not enlarged.accepts("x", semantics, budget=20)


def test_independent_components_are_combined_under_maximal_ranges() -> None:
    cycle = [("a", "b"), ("b", "c"), ("c", "a")]
    framework = pairs(5)
    arguments = [*framework.arguments, "a", "b", "c"]
    enlarged = ArgumentationFramework(arguments, [*framework.attacks, *cycle])
    assert list(enlarged.extensions("stable")) == []
    assert len(set(enlarged.extensions("semi-stable"))) == 2**5
    assert len(set(enlarged.extensions("stage"))) == 3 * 2**5


@pytest.mark.parametrize("semantics", ["complete", "preferred", "stable", "semi-stable", "stage"])
def test_a_spent_budget_says_what_is_undecided(semantics: str) -> None:
    framework = pairs(40)
    started = monotonic()
    with pytest.raises(
        BudgetExceeded, match=r"within the budget of 0\.2 s.*80 arguments \(l0, r0, "
    ) as caught:
        for _ in framework.extensions(semantics, budget=0.2):
            pass
    assert monotonic() - started < 15  # a hang is what matters; machines differ in speed
    assert caught.value.found > 0
    assert caught.value.budget == 0.2
    assert caught.value.semantics == semantics
    assert caught.value.undecided == framework.arguments


def test_a_spent_budget_for_acceptance_repeats_the_question() -> None:
    with pytest.raises(
        BudgetExceeded, match=r"^Whether 'l3' is accepted \(sceptical, preferred\) is undecided"
    ):
        pairs(40).accepts("l3", "preferred", "sceptical", budget=0)


def test_a_budget_stops_the_solver_itself() -> None:
    chance = random.Random(1)
    arguments = [str(number) for number in range(1500)]
    attacks = [(chance.choice(arguments), chance.choice(arguments)) for _ in range(9000)]
    started = monotonic()
    with pytest.raises(BudgetExceeded) as caught:
        list(ArgumentationFramework(arguments, attacks).extensions("stage", budget=0.5))
    assert caught.value.undecided
    assert monotonic() - started < 15


def test_the_budget_does_not_count_the_time_of_the_reader() -> None:
    search = pairs(40).extensions("preferred", budget=1.0)
    next(search)
    sleep(1.2)
    assert next(search)


def test_grounded_needs_no_budget() -> None:
    assert list(pairs(3).extensions("grounded", budget=0)) == [frozenset()]


def test_a_search_may_be_given_up_and_begun_anew() -> None:
    framework = pairs(100)
    first = framework.extensions("preferred")
    begun = next(first)
    first.close()  # type: ignore[attr-defined]
    assert next(framework.extensions("preferred")) == begun


def test_order_of_extensions_depends_on_the_framework_only() -> None:
    arguments, attacks = draw(7)
    orders = [list(ArgumentationFramework(arguments, attacks).extensions("complete")) for _ in range(2)]
    assert orders[0] == orders[1]
    assert len(orders[0]) > 1
