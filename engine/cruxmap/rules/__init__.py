"""Rules that a workspace must follow: one module each, named by its code, found by listing this package.

A rule module has a docstring (its manual page, shown by `cruxmap check --explain CODE`) and a function
`check(checked)` that yields problems.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from cruxmap.rules.checked import Checked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from cruxmap.problems import Problem

__all__ = ["Checked", "rules", "run_rules"]


@cache
def rules() -> dict[str, ModuleType]:
    """Rule modules by code, in order."""
    names = sorted(info.name for info in iter_modules(__path__) if info.name[1:4].isdigit())
    return {name[:4].upper(): import_module(f"{__name__}.{name}") for name in names}


def run_rules(checked: Checked) -> Iterator[Problem]:
    """Yield what every rule finds."""
    for rule in rules().values():
        yield from rule.check(checked)
