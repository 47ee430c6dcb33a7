"""What differs between two knowledge bases, by id: added, removed, renamed, and which fields changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from cruxmap.data import as_data
from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.vocabulary import Criterion
from cruxmap.placement import arguments_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Entry

ASPECTS = {
    "stance": "stance",
    "hedge": "hedge",
    "credence": "credence",
    "weight": "credence",
    "version": "version",
    "assumes": "link",
    "unless": "link",
    "concerns": "link",
    "hinges": "link",
    "assumptions": "link",
    "secondary-assumptions": "link",
    "relies-on": "link",
    "supports": "link",
    "attacks": "link",
    "stands-under": "link",
    "text": "wording",
    "title": "wording",
    "short": "wording",
    "reason": "wording",
    "note": "wording",
}
"""What a field is about: `stance`, `hedge`, `credence`, `version`, `link`, `wording`; others are `other`."""

_NESTED = {"pro", "con", "arguments", "notes", "questions", "setup", "assessments"}
"""Fields whose items have ids and are compared by themselves."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs.

    Attributes
    ----------
    before, after : Any
        Plain data; None where the field is not written.
    """

    name: str
    before: Any
    after: Any

    @property
    def aspect(self) -> str:
        """What the field is about; see `ASPECTS`."""
        return ASPECTS.get(self.name, "other")

    @property
    def gained(self) -> tuple[str, ...]:
        """Items that a list has only after; empty for what is no list of texts."""
        return _only(self.after, self.before)

    @property
    def lost(self) -> tuple[str, ...]:
        """Items that a list has only before."""
        return _only(self.before, self.after)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"field": self.name, "aspect": self.aspect, "before": self.before, "after": self.after}


def _only(own: Any, other: Any) -> tuple[str, ...]:
    if not isinstance(own, list) or not all(isinstance(item, str) for item in own):
        return ()
    known = other if isinstance(other, list) else []
    return tuple(item for item in own if item not in known)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one entry, assessment, argument or part.

    Attributes
    ----------
    change : {"added", "removed", "renamed", "changed"}
    what : str
        Kind of entry, or `assessment`, `argument`, `note`, `step`, `question`, `relation`.
    id : str
        The id after, or before for what was removed.
    entry : str
        Id of the entry that holds it.
    before_id : str or None
        The id before, of what was renamed.
    text : str
        What it says: after, or before for what was removed.
    fields : tuple of FieldChange
    """

    change: str
    what: str
    id: str
    entry: str
    text: str
    fields: tuple[FieldChange, ...] = ()
    before_id: str | None = None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "change": self.change,
            "what": self.what,
            "id": self.id,
            "entry": self.entry,
            "before_id": self.before_id,
            "text": self.text,
            "fields": [item.as_data() for item in self.fields],
        }


class Unit(NamedTuple):
    """Something with an id and the fields that are its own, not those of what stands inside it."""

    what: str
    entry: str
    text: str
    fields: dict[str, Any]


def units(kb: KnowledgeBase) -> dict[str, Unit]:
    """Return everything that has an id, with its own fields as plain data, in the order of the files."""
    return dict(pair for entry in kb.entries.values() for pair in _units_of(entry))


def _units_of(entry: Entry) -> Iterator[tuple[str, Unit]]:
    fields = _own(entry)
    fields.pop("kind", None)
    if isinstance(entry, Criterion):
        fields["version"] = entry.version
    if "relations" in fields:
        fields["relations"] = [item for item in fields["relations"] if "id" not in item]
        if not fields["relations"]:
            del fields["relations"]
    title = str(getattr(entry, "title", None) or getattr(entry, "text", entry.id))
    yield entry.id, Unit(entry.kind, entry.id, title, fields)
    if isinstance(entry, Proposal | Strategy):
        for criterion, assessment in entry.assessments.items():
            name = f"{entry.id}/{criterion}"
            yield name, Unit("assessment", entry.id, assessment.reason or "", _own(assessment))
    for placed in arguments_of(entry):
        own = _own(placed.argument)
        if placed.parent:
            target, sign = placed.targets[0]
            own["stands-under"] = f"{'+' if sign == 1 else '-'} {target}"
        yield placed.argument.id, Unit("argument", entry.id, placed.argument.text, own)
    for part in parts_of(entry):
        if part.id:
            yield part.id, Unit(type(part).__name__.lower(), entry.id, part.text, _own(part))


def _own(value: Any) -> dict[str, Any]:
    data: dict[str, Any] = as_data(value)
    return {name: part for name, part in data.items() if name not in _NESTED and name != "id"}


def changes(before: KnowledgeBase, after: KnowledgeBase) -> tuple[tuple[Change, ...], dict[str, str]]:
    """Compare two knowledge bases by id.

    Parameters
    ----------
    before, after : KnowledgeBase

    Returns
    -------
    changes : tuple of Change
        In the order of the files after, what was removed last.
    renamed : dict of str to str
        Id before -> id after of everything that was renamed, assessments of renamed entries included.

    Notes
    -----
    What is gone on one side and new on the other counts as renamed when sort and text are the same and
    nothing else has that text. References to what was renamed are no changes.
    """
    old, new = units(before), units(after)
    renamed = _renamed(old, new)
    back = {after_id: before_id for before_id, after_id in renamed.items()}
    found = []
    for name, unit in new.items():
        earlier = old.get(back.get(name, name))
        if earlier is None:
            found.append(Change("added", unit.what, name, unit.entry, unit.text))
            continue
        fields = _changed_fields(earlier, unit, renamed)
        if name in back and unit.what != "assessment":
            found.append(Change("renamed", unit.what, name, unit.entry, unit.text, fields, back[name]))
        elif fields:
            found.append(Change("changed", unit.what, name, unit.entry, unit.text, fields))
    found += [
        Change("removed", unit.what, name, unit.entry, unit.text)
        for name, unit in old.items()
        if name not in renamed and name not in new
    ]
    return tuple(found), renamed


def _renamed(old: Mapping[str, Unit], new: Mapping[str, Unit]) -> dict[str, str]:
    gone = _by_text({name: unit for name, unit in old.items() if name not in new})
    come = _by_text({name: unit for name, unit in new.items() if name not in old})
    found = {
        names[0]: come[text][0]
        for text, names in gone.items()
        if len(names) == 1 and len(come.get(text, ())) == 1
    }
    for name in old:
        entry, slash, criterion = name.partition("/")
        if slash and entry in found and f"{found[entry]}/{criterion}" in new:
            found[name] = f"{found[entry]}/{criterion}"
    return found


def _by_text(known: Mapping[str, Unit]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for name, unit in known.items():
        words = " ".join(unit.text.casefold().split())
        if unit.what != "assessment" and words:
            found.setdefault((unit.what, words), []).append(name)
    return found


def _changed_fields(before: Unit, after: Unit, renamed: Mapping[str, str]) -> tuple[FieldChange, ...]:
    names = dict.fromkeys((*before.fields, *after.fields))
    pairs = ((name, _translated(before.fields.get(name), renamed), after.fields.get(name)) for name in names)
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)


def _translated(value: Any, renamed: Mapping[str, str]) -> Any:
    """Plain data with the ids that things have after."""
    if isinstance(value, str):
        sign, _, rest = value.partition(" ")
        if rest and sign in ("+", "-"):
            return f"{sign} {renamed.get(rest, rest)}"
        return renamed.get(value, value)
    if isinstance(value, list):
        return [_translated(item, renamed) for item in value]
    if isinstance(value, dict):
        return {renamed.get(name, name): _translated(item, renamed) for name, item in value.items()}
    return value
