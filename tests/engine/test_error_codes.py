"""Every error that a caller can act on has a code of its own, with a manual page."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import cruxmap
from cruxmap.checking import explain
from cruxmap.errors import BrokenCorpusError, CruxmapError
from cruxmap.rules.codes import CODES


def subclasses(kind: type[CruxmapError]) -> Iterator[type[CruxmapError]]:
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def errors() -> list[type[CruxmapError]]:
    for module in pkgutil.walk_packages(cruxmap.__path__, "cruxmap."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    # A broken corpus carries the code of its first problem.
    found = {kind for kind in subclasses(CruxmapError) if not issubclass(kind, BrokenCorpusError)}
    return sorted(
        (kind for kind in found if kind.__module__.startswith("cruxmap")), key=lambda kind: kind.__name__
    )


def test_no_two_errors_share_a_code() -> None:
    by_code: dict[str, list[str]] = {}
    kinds: list[type[CruxmapError]] = [CruxmapError, *errors()]
    for kind in kinds:
        by_code.setdefault(kind.code, []).append(kind.__name__)
    assert {code: names for code, names in by_code.items() if len(names) > 1} == {}


@pytest.mark.parametrize("kind", errors(), ids=lambda kind: kind.__name__)
def test_every_code_has_a_manual_page(kind: type[CruxmapError]) -> None:
    assert kind.code in CODES
    assert explain(kind.code).endswith((".", ")"))
