"""The page of `cruxmap diff`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.difference import THRESHOLD
from cruxmap.cli.wording import (
    in_order,
    joined,
    number_word,
    short_name,
    statement_name,
    verdict_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.analysis.difference import Standing, VerdictChange
    from cruxmap.changes import Change, FieldChange
    from cruxmap.cli.analysis_options import Conventions
    from cruxmap.cli.output import Output
    from cruxmap.difference import Difference, Flip
    from cruxmap.revisions import Loaded
    from cruxmap.synthesis import Judgement

_SIGNS = {"added": "+", "removed": "-", "renamed": "=", "changed": "~"}
_STATUS = {
    "rests": "rests on assumptions",
    "holds": "holds whatever fails",
    "fails": "has no supporting argument left",
    "unsupported": "is supported by no argument",
}
SETS = 5
"""Larger cut sets that are listed for one verdict."""


@dataclass(frozen=True)
class Page:
    """A comparison as text."""

    before: Loaded
    after: Loaded
    found: Difference
    conventions: Conventions
    output: Output

    def print(self) -> None:
        """Print changes first, then what follows from them."""
        self.output.line(self.output.style(f"From {self.before.name} to {self.after.name}", bold=True))
        if not self.found:
            self.output.line()
            self.output.paragraph(
                f"The two sides are the same: {number_word(len(self.after.kb.entries), 'entry', 'entries')}, "
                "and nothing computed from them differs."
            )
            return
        self._print_changes()
        self._print_verdicts()
        self._print_failures()
        self._print_dominances()
        self._print_sentences()
        if not self.found.consequences and not self.found.sentences:
            self.output.heading("Consequences")
            self.output.paragraph("None: no verdict, point of failure, dominance or sentence is affected.")
        self._print_conventions()

    def _print_changes(self) -> None:
        found = self.found.changes
        if not found:
            return
        counts = {name: sum(change.change == name for change in found) for name in _SIGNS}
        said = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
        self.output.heading(f"Changes ({said})")
        last = ""
        order = dict.fromkeys(change.entry for change in found)
        for change in (item for entry in order for item in found if item.entry == entry):
            if change.entry != last:
                last = change.entry
                self.output.line(f"  {self.output.style(self._entry(change), bold=True)}")
            self._print_change(change)

    def _print_change(self, change: Change) -> None:
        sign = _SIGNS[change.change]
        name = self._unit(change)
        if change.change in ("added", "removed"):
            text = f": {change.text}" if change.id != change.entry and change.text else ""
            self.output.paragraph(f"{change.change} {name}{text}", indent=4, first=f"{sign} ")
            return
        own = f" {change.id}" if change.id == change.entry else ""
        was = f"{own}, before {change.before_id}" if change.before_id else ""
        if len(change.fields) == 1 or change.before_id:
            fields = "; ".join(self._field(item) for item in change.fields)
            self.output.paragraph(f"{name}{was}: {fields}".rstrip(": "), indent=4, first=f"{sign} ")
            return
        self.output.paragraph(name, indent=4, first=f"{sign} ")
        for item in change.fields:
            self.output.paragraph(self._field(item), indent=8, hang=2)

    def _entry(self, change: Change) -> str:
        kb = self.before.kb if change.change == "removed" else self.after.kb
        title = str(getattr(kb.entries[change.entry], "title", None) or change.entry)
        short = short_name(kb, change.entry)
        return title if short == change.entry else f"{short} {title}"

    def _unit(self, change: Change) -> str:
        if change.what == "assessment":
            return change.id.partition("/")[2].replace("-", " ")
        return f"the {change.what}" if change.id == change.entry else f"{change.what} {change.id}"

    def _field(self, item: FieldChange) -> str:
        name = item.name.replace("-", " ")
        parts = []
        if item.gained:
            parts.append(f"gains {self._listed(item.gained)}")
        if item.lost:
            parts.append(f"loses {self._listed(item.lost)}")
        if parts:
            return f"{name} {' and '.join(parts)}"
        if item.before is None:
            return f"{name} is now {self._value(item.after)}"
        if item.after is None:
            return f"{name} is no longer {self._value(item.before)}"
        if item.aspect == "wording":
            return f"{name} was “{item.before}” and is “{item.after}”"
        if item.aspect == "version":
            return f"{name} {item.before} → {item.after}; ratings under version {item.before} are stale"
        if isinstance(item.before, dict | list):
            return f"{name} differs"
        return f"{name} {self._value(item.before)} → {self._value(item.after)}"

    def _value(self, value: Any) -> str:
        if isinstance(value, list):
            return self._listed(value)
        return "something else" if isinstance(value, dict) else str(value)

    def _listed(self, values: Iterable[Any]) -> str:
        return joined(self._name(value) if isinstance(value, str) else "an item" for value in values)

    def _name(self, name: str) -> str:
        """Name a statement by what either side knows of it."""
        for kb in (self.after.kb, self.before.kb):
            if name in kb.statements:
                return statement_name(kb, name)
        return name

    def _print_verdicts(self) -> None:
        moved = [item for item in self.found.consequences.verdicts if item.moves or item.flips]
        verdicts = self.found.consequences.verdicts
        stances = [item for item in verdicts if item.before.stance != item.after.stance]
        if stances:
            self.output.heading("Stances, those taken over from others included")
        for item in sorted(stances, key=lambda item: list(self.after.kb.statements).index(item.id)):
            self.output.paragraph(
                f"{self._verdict(item)}: {item.before.stance} → {item.after.stance}", indent=2, hang=2
            )
        if moved:
            self.output.heading(f"Verdicts that move ({len(moved)})")
            width = max(len(self._verdict(item)) for item in moved)
        for item in moved:
            label = f"   {item.before.label} → {item.after.label}" if item.flips else ""
            strengths = f"{item.before.strength:.2f} → {item.after.strength:.2f} ({item.move:+.2f})"
            self.output.line(self.output.glyphs(f"  {self._verdict(item):<{width}}  {strengths}{label}"))

    def _verdict(self, item: VerdictChange) -> str:
        return verdict_name(self.after.kb, item.id)

    def _print_failures(self) -> None:
        found = [item for item in self.found.consequences.verdicts if item.fails_otherwise]
        if not found:
            return
        self.output.heading("What verdicts fail with")
        for item in found:
            self.output.paragraph(f"{self._verdict(item)}: {self._failure(item)}", indent=2, hang=2)

    def _failure(self, item: VerdictChange) -> str:
        parts = []
        if item.before.status != item.after.status:
            parts.append(f"{_status(item.after)}, where before it {_status(item.before)}".removeprefix("it "))
        for verb, names in (
            ("now falls with", item.single_points_gained),
            ("no longer falls with", item.single_points_lost),
        ):
            if names:
                parts.append(f"{verb} {self._ordered(names, 'or')} alone")
        for verb, sets in (
            ("now falls with", item.cut_sets_gained),
            ("no longer falls with", item.cut_sets_lost),
        ):
            if sets:
                shown = "; or ".join(self._ordered(names, "and") for names in sets[:SETS])
                more = f"; or {len(sets) - SETS} more sets" if len(sets) > SETS else ""
                parts.append(f"{verb} {shown}{more} together")
        return "; ".join(parts) + "."

    def _ordered(self, names: Iterable[str], word: str) -> str:
        return joined((self._name(name) for name in in_order(self.after.kb, names)), word)

    def _print_dominances(self) -> None:
        follows = self.found.consequences
        if not follows.dominances_gained and not follows.dominances_lost:
            return
        self.output.heading("Dominance")
        for pairs, verb in (
            (follows.dominances_gained, "now necessarily dominates"),
            (follows.dominances_lost, "no longer necessarily dominates"),
        ):
            for better, worse in pairs:
                names = (short_name(self.after.kb, name) for name in (better, worse))
                self.output.paragraph(f" {verb} ".join(names) + ".", indent=2, hang=2)

    def _print_sentences(self) -> None:
        if self.found.sentences:
            self.output.heading("Sentences")
        for flip in self.found.sentences:
            self.output.paragraph(f"{flip.id}: {flip.text}", indent=2, hang=2)
            self.output.paragraph(_flipped(flip), indent=4)

    def _print_conventions(self) -> None:
        given = f" Set: {', '.join(self.conventions.settings)}." if self.conventions.settings else ""
        self.output.line()
        self.output.paragraph(
            f"Computed on both sides alike: strengths by {self.conventions.semantics}, moves of "
            f"{THRESHOLD:g} or more; labels by the grounded reading with the {self.conventions.standard} "
            f"standard; failure by the arguments that state what they assume.{given}",
            dim=True,
        )


def _status(standing: Standing) -> str:
    return _STATUS[standing.status.value]


def _flipped(flip: Flip) -> str:
    state = "Borne out now" if flip.after.holds else "Contradicted now"
    return f"{state}: before {_judged(flip.before)}, now {_judged(flip.after)}."


def _judged(judged: Judgement) -> str:
    found = judged.answer
    if found is None:
        return f"no answer ({judged.error})"
    wanted = ", ".join(judged.synthesis.expect)
    expected = "" if judged.holds else f" instead of {f'[{wanted}]' if found.sort == 'names' else wanted}"
    detail = f" ({found.detail})" if found.sort == "truth" and found.detail else ""
    return f"{found.shown}{expected}{detail}"


__all__ = ["Page"]
