"""Terms and their reading from data."""

from __future__ import annotations

import copy
import gc
import pickle

import pytest

from cruxmap.analysis.failure import (
    And,
    AtLeast,
    Atom,
    Constant,
    Formula,
    FormulaError,
    Not,
    Or,
    atoms,
    minimal_cut_sets,
    parse_formula,
)
from cruxmap.analysis.formulas import polarities, subterms
from cruxmap.errors import CruxmapError


def test_every_kind_of_data_becomes_its_term() -> None:
    data = {"and": ["a", True, {"or": [False, {"not": "b"}]}, {"at_least": [1, ["c"]]}]}

    assert parse_formula(data) == And(
        (Atom("a"), Constant(True), Or((Constant(False), Not(Atom("b")))), AtLeast(1, (Atom("c"),)))
    )


def test_equal_data_gives_the_same_object() -> None:
    data = {"at_least": [2, ["a", {"not": "b"}, {"and": []}]]}

    assert parse_formula(data) is parse_formula(copy.deepcopy(data))


def test_terms_of_different_kinds_over_the_same_operands_differ() -> None:
    a_and_b = (Atom("a"), Atom("b"))

    assert len({And(a_and_b), Or(a_and_b), AtLeast(1, a_and_b), AtLeast(2, a_and_b)}) == 4


def test_copies_and_pickles_are_the_term_itself() -> None:
    term = parse_formula({"and": ["a", {"at_least": [1, ["b", True]]}]})

    assert copy.deepcopy(term) is term
    assert pickle.loads(pickle.dumps(term)) is term


def test_a_term_may_stand_where_data_may() -> None:
    assert parse_formula({"not": Atom("a")}) is Not(Atom("a"))


def test_operands_given_as_a_list_are_kept_as_a_tuple() -> None:
    assert And([Atom("a")]) is And((Atom("a"),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "name, true, false or a mapping"),
        (3, "name, true, false or a mapping"),
        ("", "not empty"),
        ([], "name, true, false or a mapping"),
        ({}, "mapping with one key"),
        ({"and": ["a"], "or": ["b"]}, "mapping with one key"),
        ({"xor": ["a", "b"]}, "xor"),
        ({"and": "abc"}, "list of formulas"),
        ({"or": {"and": []}}, "list of formulas"),
        ({"and": ["a", {"or": [7]}]}, "found 7"),
        ({"not": ["a"]}, "found"),
        ({"at_least": ["a", "b"]}, "number and a list"),
        ({"at_least": [True, ["a"]]}, "number and a list"),
        ({"at_least": [1.5, ["a"]]}, "number and a list"),
        ({"at_least": [1, "a"]}, "list of formulas"),
        ({"at_least": [-1, ["a"]]}, "from 0 up"),
    ],
)
def test_data_that_is_no_formula_is_refused_with_the_part_that_is_wrong(data: object, message: str) -> None:
    with pytest.raises(FormulaError, match=message) as caught:
        parse_formula(data)

    assert isinstance(caught.value, CruxmapError)


def test_unparsed_data_is_refused_where_a_formula_is_needed() -> None:
    with pytest.raises(FormulaError, match="parse_formula"):
        minimal_cut_sets({"and": ["a"]})  # type: ignore[arg-type]
    with pytest.raises(FormulaError, match="parse_formula"):
        And(("a",))  # type: ignore[arg-type]


def test_subterms_come_after_what_is_below_them_and_only_once() -> None:
    shared = Or((Atom("a"), Atom("b")))
    formula = And((shared, Not(shared)))
    found = subterms(formula)

    assert found[-1] is formula
    assert len(found) == len(set(found)) == 5
    assert found.index(shared) < found.index(Not(shared))


def test_atoms_are_those_that_occur_even_where_they_do_not_matter() -> None:
    assert atoms(parse_formula({"or": ["a", True, {"and": [False, "b"]}]})) == {"a", "b"}


def test_polarity_counts_the_negations_above_an_atom() -> None:
    formula = parse_formula({"and": ["both", {"not": {"or": ["both", {"not": "twice"}, "once"]}}]})

    assert polarities(formula) == {"both": {True, False}, "once": {False}, "twice": {True}}


def test_a_chain_of_100000_terms_can_be_read_printed_and_dropped() -> None:
    data: object = "bottom"
    for number in range(100_000):
        data = {("and", "or")[number % 2]: [f"a{number % 50}", data]}
    term = parse_formula(data)

    assert "..." in repr(term)
    assert len(repr(term)) < 500
    assert len(atoms(term)) == 51
    assert hash(term) == hash(parse_formula(data))

    # The data is as deep as the term, and both must fall apart without exhausting the stack.
    del term, data
    gc.collect()


def test_terms_that_nobody_holds_are_forgotten() -> None:
    def alive() -> int:
        gc.collect()
        return sum(1 for thing in gc.get_objects() if isinstance(thing, Atom) and thing.name == "only-here")

    term: Formula = And((Atom("only-here"),))
    assert alive() == 1

    del term
    assert alive() == 0
