"""What one session comes to: everything that is worked out from what may be shown of its rounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cruxmap.analysis.agenda import Agenda, AgendaFacts, agenda
from cruxmap.analysis.impact import impacts
from cruxmap.analysis.incoherence import incoherences
from cruxmap.analysis.information_value import CruxCredences
from cruxmap.analysis.meeting_plan import item_count, item_minutes, meeting_plan
from cruxmap.analysis.rounds import Outcome, Round, StopRule, changed_minds, history, outcomes
from cruxmap.analysis.session_agreement import SessionAgreement, session_agreement
from cruxmap.group.errors import StillSealedError
from cruxmap.group.record_file import ReadRecord, read_meeting
from cruxmap.group.rerating import reworded_since
from cruxmap.group.state import current_round, round_state
from cruxmap.group.visibility import names_of, revealed_responses, view, views
from cruxmap.synthesis.group_grid import contradicted_by_group, group_marks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap.analysis.answers import Answers
    from cruxmap.analysis.meeting_plan import Step
    from cruxmap.analysis.rounds import ChangedMind, PastRound
    from cruxmap.graph import ArgumentGraph
    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.rerating import MovedCriterion
    from cruxmap.group.session import Session
    from cruxmap.group.visibility import View
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.synthesis.group_grid import ContradictedSentence, GroupMark

__all__ = ["SessionReading", "past_rounds"]


@dataclass(frozen=True)
class SessionReading:
    """One session, read under its reveal policy.

    Attributes
    ----------
    kb : KnowledgeBase
    folder : SessionFolder
    session : Session
    round : int or None
        The round that is looked at; the latest that is revealed by default.
    seed : int
        Of everything that is sampled.
    covered : mapping of str to float, optional
        By cell, how much of it counts as discussed; by default what the record says. A meeting that runs
        keeps the agenda that it began with.

    Notes
    -----
    Every attribute that needs answers raises `StillSealedError` before the round is revealed.
    """

    kb: KnowledgeBase
    folder: SessionFolder
    session: Session
    round: int | None = None
    seed: int = 0
    covered: Mapping[str, float] | None = None

    @cached_property
    def views(self) -> list[View]:
        """All rounds that may be shown, up to the one that is looked at."""
        found = views(self.kb, self.folder, self.session)
        if self.round is not None:
            found = [item for item in found if item.round <= self.round]
            if not found or found[-1].round != self.round:
                # The door says what is waited for, in its own words.
                return [*found, view(self.kb, self.folder, self.session, self.round)]
        if not found:
            number = current_round(self.folder)
            raise StillSealedError(number, round_state(self.folder, self.session, number).waiting_for)
        return found

    @property
    def view(self) -> View:
        """The round that is looked at."""
        return self.views[-1]

    @property
    def answers(self) -> Answers:
        """What was answered in it."""
        return self.view.answers

    @property
    def is_linked(self) -> bool:
        """Whether a name stands for one reader, so that readers can be compared."""
        return self.view.is_linked

    @cached_property
    def record(self) -> ReadRecord:
        """What happened in the meeting so far."""
        return read_meeting(self.folder.path)

    @cached_property
    def graph(self) -> ArgumentGraph:
        """The argument graph under the entries' own credences."""
        from cruxmap.graph import argument_graph

        return argument_graph(self.kb)

    @cached_property
    def marks(self) -> dict[str, GroupMark]:
        """The group's grid."""
        return group_marks(self.kb, self.answers, self.session.stop.consensus)

    @cached_property
    def contradicted(self) -> tuple[ContradictedSentence, ...]:
        """Sentences of the synthesis that the group's grid contradicts."""
        return contradicted_by_group(self.kb, self.marks)

    @cached_property
    def reworded(self) -> tuple[MovedCriterion, ...]:
        """Criteria that ask something else than in an earlier session of the group."""
        return reworded_since(self.kb, self.folder.root, self.session)

    @cached_property
    def facts(self) -> AgendaFacts:
        """What the agenda takes from elsewhere than the answers."""
        contradicted: dict[str, tuple[str, ...]] = {}
        for item in self.contradicted:
            for cell in item.cells:
                contradicted[cell] = (*contradicted.get(cell, ()), item.sentence)
        stated = self._conditionals() if self.is_linked else {}
        return AgendaFacts(
            impacts(self.graph, self.answers),
            incoherences(self.graph, self.answers, stated) if self.is_linked else (),
            contradicted,
            {criterion.id: criterion.version for criterion in self.kb.criteria},
            self.record.state.covered if self.covered is None else self.covered,
        )

    def _conditionals(self) -> dict[str, list[tuple[str, str, CruxCredences]]]:
        """What readers state of verdicts and cruxes, by the name under which they appear."""
        names = names_of(self.folder, self.session)
        responses = revealed_responses(self.folder, self.session, self.view.round)
        return {
            names[reader]: [
                (item.verdict, item.crux, CruxCredences(item.p_u, item.p_c, item.p_u_given_c))
                for item in response.conditionals
            ]
            for reader, response in responses.items()
            if reader in names
        }

    @cached_property
    def agenda(self) -> Agenda:
        """What to talk about, for as long as the meeting is."""
        minutes = self.session.minutes
        found = agenda(
            self.answers, self.facts, minutes=item_minutes(minutes), most=max(1, item_count(minutes))
        )
        return found if self.is_linked else _unpaired(found)

    @cached_property
    def plan(self) -> tuple[Step, ...]:
        """The meeting minute by minute."""
        return meeting_plan(self.agenda, self.session.minutes)

    @cached_property
    def agreement(self) -> SessionAgreement:
        """How far the readers agree; without pairs and groups where a name is no reader."""
        found = session_agreement(self.answers, seed=self.seed)
        if self.is_linked:
            return found
        reason = "readers are not compared, because this session shows only what each cell comes to"
        groups = replace(found.groups, groups=None, reason=reason, silhouette=None, null_quantile=None)
        return replace(found, readers=(), pairs=(), groups=replace(groups, p_value=None, permutations=0))

    @cached_property
    def stop_rule(self) -> StopRule:
        """As it was fixed when the session was planned."""
        stop = self.session.stop
        return StopRule(stop.stability, stop.consensus, stop.rounds)

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """By cell, whether it needs another round. Who moved is not known where a name is no reader."""
        found = outcomes([item.answers for item in self.views], self.stop_rule)
        if self.is_linked:
            return found
        return {cell: _without_changes(item, self.stop_rule) for cell, item in found.items()}

    @cached_property
    def changed(self) -> tuple[ChangedMind, ...]:
        """Who moved, between any two rounds that are shown; nobody where a name is no reader."""
        return changed_minds([_round(item) for item in self.views]) if self.is_linked else ()

    @property
    def present(self) -> tuple[str, ...]:
        """Who was noted as present, sorted: the order of arrival would say who is behind an alias."""
        return tuple(sorted(self.record.state.present))


def past_rounds(kb: KnowledgeBase, cell: str, sessions: Sequence[SessionFolder]) -> tuple[PastRound, ...]:
    """What was answered for a cell in all rounds of several sessions that may be shown."""
    found = [_round(item) for folder in sessions for item in views(kb, folder, folder.read())]
    return history(cell, found)


def _round(item: View) -> Round:
    return Round(item.session, item.round, item.answers)


def _unpaired(found: Agenda) -> Agenda:
    """Leave out who should talk to whom."""
    return replace(found, items=tuple(replace(item, pairings=()) for item in found.items), pairings=())


def _without_changes(item: Outcome, rule: StopRule) -> Outcome:
    """Forget who moved: labels of two rounds do not belong to the same readers."""
    if item.state not in ("stable-disagreement", "unsettled", "go-on"):
        return replace(item, changed=None)
    return replace(item, changed=None, state="unsettled" if item.rounds >= rule.most_rounds else "go-on")
