"""A whole meeting on paper and on screen, under every reveal policy."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from cruxmap.analysis.meeting_plan import item_minutes
from cruxmap.checking import check
from cruxmap.group.errors import StillSealedError
from cruxmap.group.new_claims import draft_claims
from cruxmap.group.record import Said
from cruxmap.group.record_file import ReadRecord, new_event, read_meeting
from cruxmap.group.session_reading import SessionReading, past_rounds
from cruxmap.group.state import session_state
from cruxmap.loading import load
from cruxmap.model.vocabulary import Assumption
from cruxmap.templates import start_workspace
from cruxmap_exports.document_html import html
from cruxmap_exports.document_markdown import markdown
from cruxmap_exports.group_agenda import agenda_page
from cruxmap_exports.group_answers import answers_csv, answers_json
from cruxmap_exports.group_handout import group_handout
from cruxmap_exports.group_minutes import minutes_page
from cruxmap_exports.pdf import BROWSERS, pdf
from whole_meeting import READERS, Held, hold_round, start_meeting, write_record

CELL = "imitative-amplification-rat/inner-alignment"


@pytest.fixture(scope="module", params=["names", "aliases", "aggregate"])
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Held:
    found = start_meeting(tmp_path_factory.mktemp("group") / request.param, request.param)
    write_record(found)
    return found


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return start_meeting(tmp_path_factory.mktemp("named") / "group", rounds=1)


@pytest.fixture(scope="module")
def reading(held: Held) -> SessionReading:
    return SessionReading(held.kb, held.folder, held.session)


def texts(reading: SessionReading) -> dict[str, str]:
    pages = {"agenda": agenda_page, "minutes": minutes_page, "handout": group_handout}
    found = {name: markdown(page(reading)).decode() for name, page in pages.items()}
    found |= {f"{name}.html": html(page(reading)).decode() for name, page in pages.items()}
    return found | {"csv": answers_csv(reading).decode(), "json": answers_json(reading).decode()}


def test_no_page_says_more_than_the_policy(held: Held, reading: SessionReading) -> None:
    for name, text in texts(reading).items():
        if held.session.reveal == "names":
            continue
        # Who was present or looks after a question may be named; beside answers nobody may.
        told = re.sub(r"\*\*Present\*\*.*|owner reader-b|— reader-b|<p>.*Present.*</p>", "", text)
        if name == "json":
            told = json.dumps({key: value for key, value in json.loads(text).items() if key != "record"})
        for reader in READERS:
            assert reader not in told, (name, reader)
        if held.session.reveal == "aggregate":
            assert "weakest part" not in text


def test_under_aggregate_nobody_is_compared(held: Held, reading: SessionReading) -> None:
    linked = held.session.reveal != "aggregate"
    assert bool(reading.agenda.pairings) == linked
    assert bool(reading.agreement.pairs) == linked
    assert bool(reading.changed) == linked
    assert any(item.changed is not None for item in reading.outcomes.values()) == linked


def test_the_agenda_fills_the_meeting(reading: SessionReading) -> None:
    assert reading.plan[-1].end == reading.session.minutes
    assert reading.agenda.minutes == item_minutes(reading.session.minutes)
    assert CELL not in {item.cell for item in reading.agenda.items if item.kinds[0] == "different-marks"}


def test_stated_probabilities_that_do_not_fit_come_up(held: Held, reading: SessionReading) -> None:
    found = [item for item in reading.facts.incoherent if item.sort == "conditional"]
    assert bool(found) == (held.session.reveal != "aggregate")


def test_answers_as_data_agree_with_each_other(reading: SessionReading) -> None:
    rows = list(csv.DictReader(io.StringIO(answers_csv(reading).decode())))
    data = json.loads(answers_json(reading))
    assert [(row["reader"], row["entry"], row["mark"]) for row in rows] == [
        (item["reader"], item["entry"], item["mark"]) for item in data["answers"]
    ]
    assert {row["round"] for row in rows} == {"1", "2"}


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="needs Chromium")
def test_the_handout_fits_one_page_whatever_was_asked(held: Held) -> None:
    copy = SessionReading(held.kb, held.folder, held.session)
    questions = [
        new_event("question", text="Why does this hold? " * 30, owner="reader-b", due="2026-04-02")
        for _ in range(12)
    ]
    copy.__dict__["record"] = ReadRecord((*copy.record.events, *questions))
    printed = pdf(html(group_handout(copy)))
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


def test_nothing_is_told_before_the_reveal(tmp_path: Path) -> None:
    held = start_meeting(tmp_path / "sealed", rounds=0)
    reading = SessionReading(held.kb, held.folder, held.session)
    for name in ("agenda", "agreement", "outcomes", "changed", "marks"):
        with pytest.raises(StillSealedError):
            getattr(reading, name)
    assert past_rounds(held.kb, CELL, [held.folder]) == ()


def test_a_meeting_on_the_command_line(tmp_path: Path, cruxmap_command: Callable[..., Result]) -> None:
    held = start_meeting(tmp_path / "line", rounds=1)
    run = ("--workspace", str(held.root))
    assert cruxmap_command("group", "agenda", "--write", *run).code == 0
    said = cruxmap_command(
        "group", "record", "--present", "reader-a,reader-b", "--start", "3/inner", "--finish", "3/inner",
        "--question", "Who checks?", "--owner", "reader-b", "--due", "2026-04-02", "--json", *run,
    )  # fmt: skip
    record = json.loads(said.out)["record"]
    assert [item["status"] for item in record["items"]] == ["finished"]
    assert cruxmap_command("group", "record", "--claim", "Monitors see activations only", *run).code == 0
    hold_round(held, 2)
    closed = json.loads(cruxmap_command("group", "close", "--json", *run).out)
    names = {Path(path).name for path in closed["written"]}
    pages = {"minutes.md", "handout.md", "handout.html", "answers.csv", "answers.json"}
    assert names == pages | {"map.argdown", "map.dot"}
    assert [Path(path).name for path in closed["drafts"]] == ["monitors-see-activations-only.yaml"]
    assert "Monitors see activations only" in Path(closed["drafts"][0]).read_text(encoding="utf-8")
    assert check(workspace=held.root).ok
    assert session_state(held.folder, held.session) == "closed"
    assert read_meeting(held.folder.path).state.closed
    minutes = (held.folder.path / "minutes.md").read_text(encoding="utf-8")
    assert "Who checks?" in minutes
    assert "The objection was answered in the discussion" in minutes

    again = cruxmap_command("group", "close", *run)
    assert again.code == 2
    assert "--again" in again.err
    drafted = Path(closed["drafts"][0])
    drafted.write_text(drafted.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    kept = json.loads(cruxmap_command("group", "close", "--again", "--json", *run).out)
    assert kept["kept"] == ["monitors-see-activations-only"]
    assert drafted.read_text(encoding="utf-8").endswith("# ours\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("record", "--owner", "reader-a"), "--question"),
        (("record", "--cell", "3/inner"), "--cell"),
        (("record", "--present", "reader-z"), "does not take part"),
        (("record", "--question", "x", "--due", "soon"), "no day"),
        (("record", "--withdraw", "nothing"), "no event"),
        (("record", "--start", "3"), "no cell"),
        (("history", "inner"), "no cell"),
        (("agenda", "--round", "7"), "sealed"),
        (("handout", "--to", "handout.docx"), ".pdf"),
        (("compare", "nothing", "nothing"), "no single session"),
    ],
)
def test_what_cannot_be_done_is_said(
    named: Held, cruxmap_command: Callable[..., Result], arguments: tuple[str, ...], message: str
) -> None:
    done = cruxmap_command("group", *arguments, "--workspace", str(named.root))
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["agenda", "agreement", "history", "record", "handout", "compare"])
def test_json_is_one_sorted_document(
    named: Held, cruxmap_command: Callable[..., Result], command: str
) -> None:
    more = {"history": ["3/inner"], "compare": ["deception", "deception"]}.get(command, [])
    done = cruxmap_command("group", command, *more, "--json", "--workspace", str(named.root))
    assert (done.code, done.err) == (0, "")
    data = json.loads(done.out)
    assert data["schema"] == 1
    assert done.out == json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


@pytest.mark.parametrize("minutes", [60, 90, 120])
def test_plans_of_every_length_are_filled(tmp_path: Path, minutes: int) -> None:
    held = start_meeting(tmp_path / "timed", minutes=minutes, rounds=1)
    reading = SessionReading(held.kb, held.folder, held.session)
    assert len(reading.agenda.items) == {60: 2, 90: 3, 120: 3}[minutes]
    assert reading.plan[-1].end == minutes
    assert sum(step.minutes for step in reading.plan) == minutes


def said(text: str, cell: str = "", reader: str = "") -> Said:
    return Said("e1", "", cell, text, reader=reader)


def test_two_claims_that_begin_alike_get_two_drafts(named: Held, tmp_path: Path) -> None:
    start_workspace(tmp_path / "claims")
    text = "Monitors see the activations and not the intent behind them, {}."
    claims = [said(text.format(n)) for n in range(2)]
    written, kept = draft_claims(tmp_path / "claims", claims, named.session)
    assert (len({path.name for path in written}), kept) == (2, [])
    assert draft_claims(tmp_path / "claims", claims, named.session)[0] == []
    assert check(workspace=tmp_path / "claims").ok


@pytest.mark.parametrize(
    "text",
    ["No.", "yes: it is # so", "\"Quoted\", 'twice' …", "Long words. " * 90, "42 of them fail", "é" * 40],
)
def test_a_draft_holds_what_was_said_and_no_reason(named: Held, tmp_path: Path, text: str) -> None:
    root = tmp_path / "claims"
    start_workspace(root)
    ((path,), _) = draft_claims(root, [said(text, CELL, "reader-b")], named.session)
    assert check(workspace=root).problems == ()
    kb = load(root, remember=False)
    (entry,) = [item for item in kb.entries.values() if kb.positions[item.id].path == str(path)]
    assert isinstance(entry, Assumption)
    assert (entry.pro, entry.con, entry.credence, entry.reading) == ((), (), None, "ours")
    assert entry.text == text or (entry.text.endswith("…") and text.startswith(entry.text[:500]))
    (note,) = entry.notes
    assert note.text.startswith("Draft: said in the meeting of 2026-03-05")
    assert CELL in note.text
    assert "reader-b" not in path.read_text(encoding="utf-8")


def test_two_groups_side_by_side(named: Held, tmp_path: Path, cruxmap_command: Callable[..., Result]) -> None:
    other = start_meeting(tmp_path / "other", rounds=1)
    same = cruxmap_command("group", "compare", str(named.root), str(named.root), "--json")
    assert {row["distance"] for row in json.loads(same.out)["rows"]} <= {0.0, None}
    (other.root / "ontology" / "own.yaml").write_text(
        "- kind: criterion\n  id: inner-alignment\n  override: true\n  title: Inner alignment\n  short: Inner\n"
        "  question: Is the model trying to do what it was trained for?\n  scale: stance\n  version: 2\n",
        encoding="utf-8",
    )
    found = cruxmap_command("group", "compare", str(named.root), str(other.root), "--json")
    (criterion,) = json.loads(found.out)["criteria"]
    assert criterion["versions"] == [1, 2]
    assert "question" in criterion["changed"]
    assert (
        "not the same criterion" in cruxmap_command("group", "compare", str(named.root), str(other.root)).out
    )


def test_an_agenda_for_twelve_readers_takes_less_than_a_second(named: Held) -> None:
    from answer_strategies import LEVELS, answer
    from cruxmap.analysis.agenda import AgendaFacts, agenda
    from cruxmap.analysis.answers import Answers
    from cruxmap.analysis.impact import impacts
    from cruxmap.graph import argument_graph

    graph = argument_graph(named.kb)
    answers = Answers(
        {
            f"reader-{number:02}": {
                cell: answer(cell, LEVELS[(number + place) % 5])
                for place, cell in enumerate(named.session.cells())
            }
            for number in range(12)
        }
    )
    before = time.perf_counter()
    agenda(answers, AgendaFacts(impacts(graph, answers)))
    # A second on an idle machine; others may be working on this one.
    assert time.perf_counter() - before < 5
