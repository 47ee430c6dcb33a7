"""Five readers, eleven proposals and four criteria of the built-in corpus, through two rounds of one session."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from cruxmap.group.drafts import save_draft
from cruxmap.group.folder import SessionFolder
from cruxmap.group.plan_files import write_plan
from cruxmap.group.planning import Wishes, plan
from cruxmap.group.record_file import append_event, new_event
from cruxmap.group.responses import CellResponse, ConditionalResponse, Draft
from cruxmap.group.sealing import commit, reveal
from cruxmap.group.session import Policy, Session
from cruxmap.knowledge import KnowledgeBase
from cruxmap.loading import load
from cruxmap.templates import start_workspace

READERS = ("reader-a", "reader-b", "reader-c", "reader-d", "reader-e")
QUESTION = "Which proposals rest on seeing deception in time?"
LEVELS = ("likely-fails", "doubtful", "plausible", "likely", "asserted")
ASSUMPTIONS = ("rat-gives-consistent-gradient", "hch-is-aligned", "transparency-robust-to-deception")


@dataclass(frozen=True)
class Held:
    """A workspace with a session whose rounds are revealed."""

    root: Path
    kb: KnowledgeBase
    folder: SessionFolder
    session: Session


def start_meeting(root: Path, policy: Policy = "names", minutes: int = 90, rounds: int = 2) -> Held:
    """Write a workspace and take a session through some rounds; marks are the same in every run."""
    start_workspace(root)
    (root / "readers.yaml").write_text("".join(f"- handle: {name}\n" for name in READERS), encoding="utf-8")
    kb = load(root)
    cells = tuple(f"{proposal.id}/{criterion.id}" for proposal in kb.proposals for criterion in kb.criteria)
    wishes = Wishes(
        QUESTION, "2026-03-05", READERS, cells=cells, minutes=minutes, reveal=policy, name="deception"
    )
    session = plan(kb, wishes)
    held = Held(root, kb, write_plan(kb, root, session), session)
    for round_ in range(1, rounds + 1):
        hold_round(held, round_)
    return held


def hold_round(held: Held, round_: int) -> None:
    """Let everybody answer, commit and reveal."""
    from cruxmap.group.state import open_round

    open_round(held.folder, held.session)
    for reader in READERS:
        answers = draft_of(held, reader, round_)
        save_draft(held.kb, held.folder, held.session, reader, round_, answers)
        commit(held.kb, held.folder, held.session, reader)
    for reader in READERS:
        reveal(held.folder, held.session, reader)


def draft_of(held: Held, reader: str, round_: int) -> Draft:
    """Answers drawn from the names of reader and cell; in the second round a few readers move."""
    marks = {}
    for number, cell in enumerate(held.session.cells_of(reader)):
        draw = random.Random(f"{reader}{cell}")
        level = min(max(draw.choice((1, 1, 2, 2, 3)) + draw.choice((-1, 0, 0, 1)), 0), 4)
        mark = "unknown" if draw.random() < 0.15 else LEVELS[level]
        rationale = "The section on this is the weakest part"
        if round_ > 1 and number % 5 == READERS.index(reader):
            mark, rationale = "plausible", "The objection was answered in the discussion"
        marks[cell] = CellResponse(
            mark=mark,
            assumption=draw.choice(ASSUMPTIONS),
            credence=draw.choice((0.2, 0.4, 0.6, 0.8)),
            rationale=rationale,
            change_my_mind="An experiment in which the monitor is fooled",
        )
    cell = "imitative-amplification-rat/inner-alignment"
    stated = ConditionalResponse(
        verdict=cell, crux="rat-gives-consistent-gradient", p_u=0.3, p_c=0.9, p_u_given_c=0.9
    )
    return Draft(marks=marks, conditionals=(stated,) if reader == "reader-a" else ())


def write_record(held: Held) -> None:
    """Write down what happened between the rounds."""
    cell = "imitative-amplification-rat/inner-alignment"
    for event in (
        new_event("opened"),
        *(new_event("present", reader=reader) for reader in READERS[:4]),
        new_event("item-started", cell=cell),
        new_event("decision", text="We read §4.2 again before marking this cell", cell=cell),
        new_event("question", text="Who checks the monitor?", owner="reader-b", due="2026-04-02", cell=cell),
        new_event("claim", text="Monitors see the activations, not the intent behind them."),
        new_event("item-finished", cell=cell),
    ):
        append_event(held.folder.path, event)
