"""The map of a meeting shows what it talked about, small enough to be read, and nothing that a policy hides."""

from __future__ import annotations

from pathlib import Path

import pytest

from cruxmap.group.argued_below import ways_down
from cruxmap.group.drafts import save_draft
from cruxmap.group.errors import StillSealedError
from cruxmap.group.responses import Draft
from cruxmap.group.sealing import commit, reveal
from cruxmap.group.session import Policy
from cruxmap.group.session_reading import SessionReading
from cruxmap.group.state import open_round
from cruxmap_exports.argmap import MapEdgeKind
from cruxmap_exports.group_map import MOST_NODES, group_map, talked_about
from cruxmap_exports.maps import MAP_FORMATS, READ_FORMATS
from group_meeting import READERS, secret_answers, write_group
from whole_meeting import Held, start_meeting, write_record

CELL = "imitative-amplification-rat/inner-alignment"
POLICIES: tuple[Policy, ...] = ("names", "aliases", "aggregate")


@pytest.fixture(scope="module", params=POLICIES)
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Held:
    return start_meeting(tmp_path_factory.mktemp("map") / "group", request.param, rounds=1)


def texts(reading: SessionReading) -> dict[str, str]:
    found = group_map(reading)
    return {name: str(MAP_FORMATS[name].write(found)) for name in ("argdown", "dot")}


def secret_meeting(root: Path, policy: Policy) -> SessionReading:
    group = write_group(root, policy)
    open_round(group.folder, group.session)
    for reader in READERS:
        save_draft(group.kb, group.folder, group.session, reader, 1, Draft(marks=secret_answers(reader)))
        commit(group.kb, group.folder, group.session, reader)
    for reader in READERS:
        reveal(group.folder, group.session, reader)
    return SessionReading(group.kb, group.folder, group.session)


def test_without_a_record_the_map_shows_the_items_of_the_agenda(held: Held) -> None:
    reading = SessionReading(held.kb, held.folder, held.session)
    assert talked_about(reading) == tuple(item.cell for item in reading.agenda.items)
    assert set(talked_about(reading)) <= set(group_map(reading).index)


def test_with_a_record_the_map_shows_what_was_talked_about(tmp_path: Path) -> None:
    held = start_meeting(tmp_path / "group", rounds=1)
    write_record(held)
    reading = SessionReading(held.kb, held.folder, held.session)
    found = group_map(reading)
    assert talked_about(reading) == (CELL,)
    assert len(found.nodes) <= MOST_NODES
    assert "rat-gives-consistent-gradient" in found.sources("p3.inner.for.1", MapEdgeKind.PREMISE)
    given = [answers[CELL] for answers in reading.answers.by_reader.values() if CELL in answers]
    named = {name for answer in given for name in answer.assumptions}
    assert named
    assert named <= set(found.index)


def test_each_cell_brings_few_nodes_that_hang_together(held: Held) -> None:
    reading = SessionReading(held.kb, held.folder, held.session)
    found, cells = group_map(reading), talked_about(reading)
    assert len(found.nodes) <= MOST_NODES * len(cells)
    below = {name for cell in cells for name in ways_down(reading.graph, cell)}
    for node in found.nodes:
        assert node.id in cells or found.outgoing[node.id], node
        if held.session.reveal == "aggregate":
            assert node.id in cells or node.id in below


def test_both_sides_of_an_argued_cell_are_shown(held: Held) -> None:
    reading = SessionReading(held.kb, held.folder, held.session)
    found = group_map(reading)
    for cell in talked_about(reading):
        for kind in (MapEdgeKind.SUPPORT, MapEdgeKind.ATTACK):
            possible = [edge for edge in reading.graph.incoming[cell] if edge.kind.value == kind.value]
            if held.session.reveal == "aggregate":
                assert bool(found.sources(cell, kind)) == bool(possible)


def test_files_name_nobody_and_can_be_read_back(held: Held, tmp_path: Path) -> None:
    reading = SessionReading(held.kb, held.folder, held.session)
    written = texts(reading)
    for text in written.values():
        assert not any(reader in text for reader in READERS)
        assert "weakest part" not in text
    (tmp_path / "map.argdown").write_text(written["argdown"], encoding="utf-8")
    back = READ_FORMATS["argdown"].read(tmp_path / "map.argdown")
    assert {node.id for node in back.nodes} == set(group_map(reading).index)


@pytest.mark.parametrize("policy", POLICIES)
def test_reasons_are_on_the_map_only_where_they_may_be_shown(tmp_path: Path, policy: Policy) -> None:
    reading = secret_meeting(tmp_path / "group", policy)
    for text in texts(reading).values():
        assert ("Sekret assumption" in text) == (policy != "aggregate")
        assert "Sekret rationale" not in text
        assert "Sekret change" not in text
        assert "0.1234" not in text


def test_under_aggregate_the_map_is_the_same_whatever_the_reasons(tmp_path: Path) -> None:
    reading = secret_meeting(tmp_path / "one", "aggregate")
    other = write_group(tmp_path / "other", "aggregate")
    open_round(other.folder, other.session)
    for reader in READERS:
        marks = secret_answers(reader)
        for said in marks.values():
            object.__setattr__(said, "assumption", None)
        save_draft(other.kb, other.folder, other.session, reader, 1, Draft(marks=marks))
        commit(other.kb, other.folder, other.session, reader)
    for reader in READERS:
        reveal(other.folder, other.session, reader)
    assert texts(reading) == texts(SessionReading(other.kb, other.folder, other.session))


def test_no_map_before_the_reveal(tmp_path: Path) -> None:
    held = start_meeting(tmp_path / "sealed", rounds=0)
    open_round(held.folder, held.session)
    write_record(held)
    with pytest.raises(StillSealedError):
        group_map(SessionReading(held.kb, held.folder, held.session))
