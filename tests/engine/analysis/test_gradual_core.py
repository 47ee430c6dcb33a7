"""The integer-indexed argument graph: premises, exceptions, batches, fixed strengths."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis import gradual_plan
from cruxmap.analysis.gradual_core import ArgumentGraphCore
from cruxmap.analysis.gradual_errors import CoreInputError, NotConvergedError
from cruxmap.analysis.graph_structure import Relation, evaluation_order
from cruxmap.analysis.semantics import SEMANTICS


def random_core(seed: int, *, cyclic: bool, rule: str = "product", size: int = 8) -> ArgumentGraphCore:
    rng = np.random.default_rng(seed)

    def rows() -> Relation:
        limits = [size if cyclic else target for target in range(size)]
        return Relation.from_rows(
            [rng.integers(0, limit, rng.integers(0, 3)).tolist() if limit else [] for limit in limits]
        )

    return ArgumentGraphCore(
        rng.uniform(0.05, 0.95, size), rows(), rows(), rows(), rows(), premise_rule=rule  # type: ignore[arg-type]
    )  # fmt: skip


def row(relation: Relation | None, node: int) -> list[int]:
    assert relation is not None
    return [int(source) for source in relation.sources[relation.starts[node] : relation.starts[node + 1]]]


def quadratic_energy_by_hand(core: ArgumentGraphCore, node: int, state: list[float]) -> float:
    conditions = [state[p] for p in row(core.premises, node)]
    conditions += [1 - state[x] for x in row(core.exceptions, node)]
    own = float(core.base_scores[node])
    own *= prod(conditions) if core.premise_rule == "product" else min(conditions, default=1.0)
    energy = sum(state[s] for s in row(core.supports, node)) - sum(state[a] for a in row(core.attacks, node))
    impact = energy**2 / (1 + energy**2)
    return own + (1 - own) * impact if energy > 0 else own - own * impact


def wheel(*, premises: bool) -> ArgumentGraphCore:
    """Statement 0, argument 1 that attacks it; 1 assumes statements 2 and 3 unless 4."""
    return ArgumentGraphCore(
        np.array([0.8, 0.9, 0.5, 0.6, 0.25]),
        Relation.from_rows([[1], [], [], [], []]),
        Relation.empty(5),
        Relation.from_rows([[], [2, 3], [], [], []]) if premises else None,
        Relation.from_rows([[], [4], [], [], []]),
    )


def test_an_argument_is_as_strong_as_its_weight_times_its_premises_and_missing_exceptions() -> None:
    strengths = wheel(premises=True).evaluate()
    assert strengths[1] == pytest.approx(0.9 * 0.5 * 0.6 * 0.75)
    assert wheel(premises=False).evaluate()[1] == pytest.approx(0.9 * 0.75)


def test_the_minimum_rule_takes_the_weakest_condition() -> None:
    whole = wheel(premises=True)
    core = ArgumentGraphCore(
        whole.base_scores, whole.attacks, whole.supports, whole.premises, whole.exceptions, premise_rule="min"
    )
    assert core.evaluate()[1] == pytest.approx(0.9 * 0.5)
    assert core.evaluate(np.array([0.8, 0.9, 0.5, 0.6, 1.0]))[1] == 0.0


@pytest.mark.parametrize("rule", ["product", "min"])
@pytest.mark.parametrize("cyclic", [False, True])
def test_every_node_satisfies_its_own_equation(rule: str, cyclic: bool) -> None:
    for seed in range(8):
        core = random_core(seed, cyclic=cyclic, rule=rule)
        assert core.is_cyclic or not cyclic
        state = core.evaluate().tolist()
        again = [quadratic_energy_by_hand(core, node, state) for node in range(core.node_count)]
        assert again == pytest.approx(state, abs=1e-8 if cyclic else 1e-12)
        assert core.update(np.array(state)) == pytest.approx(again, abs=1e-12)


@pytest.mark.parametrize("semantics", [name for name, entry in SEMANTICS.items() if not entry.attack_only])
@pytest.mark.parametrize("cyclic", [False, True])
def test_a_batch_equals_one_at_a_time(semantics: str, cyclic: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    for seed in (3,):
        core = random_core(seed, cyclic=cyclic)
        vectors = rng.uniform(0, 1, (7, core.node_count))
        alone = np.array([core.evaluate(vector, semantics) for vector in vectors])
        assert core.evaluate(vectors, semantics) == pytest.approx(alone, abs=1e-12)
        for memory, block in ((800, 800), (800, 2**20), (2**20, 800)):
            monkeypatch.setattr(gradual_plan, "WORKING_MEMORY", memory)
            monkeypatch.setattr(gradual_plan, "BLOCK_MEMORY", block)
            anew = random_core(seed, cyclic=cyclic)
            assert 1 <= anew.plan.chunk_size < 7 or memory == 2**20
            assert anew.evaluate(vectors, semantics) == pytest.approx(alone, abs=1e-12)


def test_a_large_batch_is_cut_into_chunks_that_fit_the_memory_budget() -> None:
    core = random_core(1, cyclic=False, size=600)
    assert core.plan.chunk_size == core.plan.block_size
    assert core.plan.chunk_size * core.node_count * 8 <= gradual_plan.WORKING_MEMORY


def test_fixed_strengths_hold_whatever_the_graph_says() -> None:
    core = random_core(2, cyclic=True)
    fixed = np.full((2, core.node_count), np.nan)
    fixed[0, 3], fixed[1, 5] = 0.0, 1.0
    strengths = core.evaluate(fixed=fixed)
    assert (strengths[0, 3], strengths[1, 5]) == (0.0, 1.0)
    for sample, held in ((0, 3), (1, 5)):
        free = [node for node in range(core.node_count) if node != held]
        state = strengths[sample].tolist()
        again = [quadratic_energy_by_hand(core, node, state) for node in free]
        assert again == pytest.approx([state[node] for node in free], abs=1e-8)


def test_a_node_fixed_at_zero_has_no_effect_along_edges() -> None:
    attacks = Relation.from_rows([[1, 2], [2], []])
    core = ArgumentGraphCore(np.array([0.7, 0.6, 0.5]), attacks, Relation.empty(3))
    alone = core.restricted_to(np.array([0, 2]))
    for name in SEMANTICS:
        without = core.evaluate(semantics=name, fixed=np.array([np.nan, 0.0, np.nan]))
        assert without[[0, 2]] == pytest.approx(alone.evaluate(semantics=name), abs=1e-15)


def test_only_the_sample_that_oscillates_is_reported() -> None:
    groups, members = 5, 6
    count = groups * members
    rows = [[(node // members - 1) % groups * members + m for m in range(members)] for node in range(count)]
    core = ArgumentGraphCore(np.linspace(0.95, 0.7, count), Relation.from_rows(rows), Relation.empty(count))
    vectors = np.stack([np.full(count, 0.05), core.base_scores])
    solution = core.solve(vectors)
    assert solution.converged.tolist() == [True, False]
    assert solution.iterations[0] < 100 < solution.iterations[1]
    assert solution.unsettled == (tuple(range(count)),)
    with pytest.raises(NotConvergedError, match="did not converge under 'quadratic-energy' in the component"):
        core.evaluate(vectors)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 7).flatmap(lambda n: st.lists(
    st.lists(st.integers(0, n - 1), max_size=3), min_size=n, max_size=n
)))  # fmt: skip
def test_the_order_of_evaluation_respects_reachability(rows: list[list[int]]) -> None:
    count = len(rows)
    reach = np.eye(count, dtype=bool)
    direct = np.zeros((count, count), dtype=bool)
    for target, sources in enumerate(rows):
        direct[sources, target] = True
    for _ in range(count):
        reach |= (reach.astype(int) @ direct.astype(int)) > 0
    order = evaluation_order(Relation.from_rows(rows))
    for source in range(count):
        for target in range(count):
            mutual = reach[source, target] and reach[target, source]
            on_cycle = direct[source, source] if source == target else mutual
            same = order.component[source] == order.component[target] != -1
            assert same == on_cycle or (source == target and same == (order.component[source] >= 0))
            if direct[source, target] and not mutual:
                assert order.level[source] < order.level[target]


def test_ancestors_are_the_node_and_everything_that_reaches_it() -> None:
    core = wheel(premises=True)
    assert core.ancestors(0).tolist() == [0, 1, 2, 3, 4]
    assert core.ancestors(1).tolist() == [1, 2, 3, 4]
    assert core.ancestors(4).tolist() == [4]


def test_a_restriction_to_ancestors_keeps_their_strengths() -> None:
    for seed in range(10):
        core = random_core(seed, cyclic=True)
        known = core.ancestors(4)
        assert core.restricted_to(known).evaluate() == pytest.approx(core.evaluate()[known], abs=1e-8)


@pytest.mark.parametrize(
    ("base", "fixed", "message"),
    [
        (np.zeros(4), None, "must have shape"),
        (np.zeros((1, 1, 5)), None, "must have shape"),
        (np.full(5, 1.5), None, "from 0 to 1"),
        (np.full(5, np.nan), None, "from 0 to 1"),
        (None, np.full(5, -1.0), "fixed strengths must lie"),
        (np.zeros((2, 5)), np.zeros((3, 5)), "number of samples"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(
    base: np.ndarray | None, fixed: np.ndarray | None, message: str
) -> None:
    with pytest.raises(CoreInputError, match=message):
        wheel(premises=True).evaluate(base, fixed=fixed)


def test_graphs_that_do_not_fit_are_refused() -> None:
    with pytest.raises(CoreInputError, match="the attacks are for 2 nodes"):
        ArgumentGraphCore(np.zeros(3), Relation.empty(2), Relation.empty(3))
    with pytest.raises(CoreInputError, match="names a node outside"):
        ArgumentGraphCore(np.zeros(1), Relation.from_rows([[7]]), Relation.empty(1))
    with pytest.raises(CoreInputError, match="'product' or 'min'"):
        random_core(0, cyclic=False, rule="median")


def test_a_batch_without_samples_gives_none() -> None:
    assert wheel(premises=True).evaluate(np.zeros((0, 5))).shape == (0, 5)


def test_cycles_of_a_large_batch_are_settled_sample_by_sample_as_alone() -> None:
    """Components that read each other's results, settled in chunks of samples of a size of their own."""
    attacks = Relation.from_rows([[1], [0], [3, 0], [2], [3, 4], []])
    core = ArgumentGraphCore(np.full(6, 0.5), attacks, Relation.from_rows([[5], [], [5], [], [4], []]))
    vectors = np.random.default_rng(2).uniform(0.05, 0.95, (40, 6))
    alone = [core.solve(vector) for vector in vectors]
    solution = core.solve(vectors)
    assert solution.strengths == pytest.approx(np.array([one.strengths for one in alone]), abs=1e-12)
    assert solution.iterations.tolist() == [int(one.iterations[0]) for one in alone]
    assert [len(stage) for stage in core.plan.stages] == [1, 1, 1, 1]
