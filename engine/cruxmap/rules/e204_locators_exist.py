"""Every locator can be read and names a section, footnote, figure or part that its source has.

Sources carry their section map, so a wrong section number is found without opening the paper.

Passes::

    at: §4.2
    at: §3.0 fn 3, fig 2
    at: hubinger2019 §4.1

Fails::

    at: §13.1                       # the work ends with section 12
    at: section 4                   # write §4
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.locators import LocatorSyntaxError, missing_places, parse
from cruxmap.model.vocabulary import Citation, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.model.entries import Entry
    from cruxmap.problems import Problem
    from cruxmap.rules.checked import Checked


def check(checked: Checked) -> Iterator[Problem]:
    """Report locators that cannot be read or lead nowhere."""
    for entry, steps, node in checked.nodes:
        text = getattr(node, "at", None)
        if text is None:
            continue
        default = node.by if isinstance(node, Citation) else _own_source(entry)
        where = (*steps, "at")
        try:
            locator = parse(text, default)
        except LocatorSyntaxError as error:
            hint = "write §4.2, §3.0 fn 3, fig 2 or abstract, several separated by commas"
            yield checked.problem(entry, where, "E204", str(error), hint)
            continue
        if locator.source is None:
            hint = "give the entry a `source`, or start the locator with a source id"
            yield checked.problem(entry, where, "E204", f"the locator {text!r} names no source", hint)
            continue
        source = checked.entries.get(locator.source)
        if not isinstance(source, Source):
            if locator.source != default:
                yield checked.problem(entry, where, "E204", f"there is no source `{locator.source}`")
            continue
        for missing in missing_places(locator, source):
            yield checked.problem(entry, where, "E204", f"{source.id} has no {missing}", _map(source))


def _own_source(entry: Entry) -> str | None:
    return entry.id if isinstance(entry, Source) else getattr(entry, "source", None)


def _map(source: Source) -> str:
    top = [section.number for section in source.sections if "." not in section.number]
    return f"its sections are {', '.join(top)}" if top else ""
