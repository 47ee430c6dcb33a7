"""The answers of a session as data, by the names that its reveal policy gives: CSV and JSON."""

from __future__ import annotations

import json as json_module
from typing import TYPE_CHECKING, Any

from cruxmap_exports.escape import delimited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.group.session_reading import SessionReading

__all__ = ["answers_csv", "answers_json"]

COLUMNS = (
    "session",
    "round",
    "reader",
    "entry",
    "criterion",
    "criterion_version",
    "mark",
    "assumptions",
    "credence",
    "rationale",
    "at",
    "change_my_mind",
)


def answers_csv(reading: SessionReading) -> bytes:
    """Write one line for each answer of every round that may be shown, with a guard against formulas.

    Raises
    ------
    StillSealedError
        Before the first round is revealed.
    """
    lines = [",".join(COLUMNS)]
    for row in _rows(reading):
        fields = (row[name] for name in COLUMNS)
        lines.append(",".join(_field(value) for value in fields))
    return ("\n".join(lines) + "\n").encode()


def answers_json(reading: SessionReading) -> bytes:
    """Write everything that the meeting came to as one JSON document.

    Raises
    ------
    StillSealedError
        Before the first round is revealed.
    """
    data = {
        "schema": 1,
        "session": reading.session.id,
        "date": reading.session.date,
        "question": reading.session.question,
        "reveal": reading.session.reveal,
        "answers": list(_rows(reading)),
        "outcomes": [item.as_data() for item in reading.outcomes.values()],
        "changed": [change.as_data() for change in reading.changed],
        "record": reading.record.state.as_data(),
    }
    return (json_module.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _rows(reading: SessionReading) -> Iterator[dict[str, Any]]:
    for view in reading.views:
        for reader in sorted(view.answers.readers):
            for cell, answer in sorted(view.answers.by_reader[reader].items()):
                entry, _, criterion = cell.partition("/")
                yield {
                    "session": view.session,
                    "round": view.round,
                    "reader": reader,
                    "entry": entry,
                    "criterion": criterion,
                    "criterion_version": answer.criterion_version,
                    "mark": answer.mark,
                    "assumptions": "; ".join(answer.assumptions),
                    "credence": answer.credence,
                    "rationale": answer.rationale,
                    "at": answer.at,
                    "change_my_mind": answer.change_my_mind,
                }


def _field(value: str | float | None) -> str:
    if isinstance(value, str):
        return delimited(value, ",")
    return "" if value is None else repr(value)
