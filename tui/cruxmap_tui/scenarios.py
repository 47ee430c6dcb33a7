"""Scenarios that a reader has saved: in the user's own folder, never inside a corpus."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from cruxmap.credences import LABELS
from cruxmap_tui.session import Scenario

VERSION = 1


def state_file() -> Path:
    """Return the file that holds them, below `$XDG_STATE_HOME` or `~/.local/state`."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "cruxmap" / "scenarios.json"


def saved_scenarios() -> dict[str, Scenario]:
    """Return the saved scenarios by name; what cannot be read counts as nothing saved."""
    try:
        data = json.loads(state_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("version") != VERSION:
        return {}
    given = data.get("scenarios")
    return {
        str(name): scenario
        for name, value in (given.items() if isinstance(given, dict) else ())
        if (scenario := _scenario(value)) is not None
    }


def save_scenario(name: str, scenario: Scenario) -> None:
    """Keep a scenario under a name; one that had the name is replaced.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    kept = saved_scenarios() | {name: scenario}
    data = {
        "version": VERSION,
        "scenarios": {
            key: {"credences": dict(value.credences), "labels": dict(value.labels)}
            for key, value in sorted(kept.items())
        },
    }
    file = state_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    # Written beside it and renamed: an interrupted write leaves the old file.
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(data, indent=2), encoding="utf-8")
    draft.replace(file)


def _scenario(value: Any) -> Scenario | None:
    if not isinstance(value, dict):
        return None
    credences, labels = value.get("credences", {}), value.get("labels", {})
    if not isinstance(credences, dict) or not isinstance(labels, dict):
        return None
    good = all(
        isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number <= 1
        for number in credences.values()
    ) and all(label in LABELS for label in labels.values())
    return Scenario({name: float(number) for name, number in credences.items()}, labels) if good else None
