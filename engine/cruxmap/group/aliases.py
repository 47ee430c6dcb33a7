"""Names of things for readers who are not named: drawn by lot, and shown without what makes them unique."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from cruxmap.group.folder import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cruxmap.group.folder import Person
    from cruxmap.group.session import Policy

__all__ = ["ALIASES", "alias_of_words", "display_names", "drawn_alias"]

ALIASES = (
    "alder", "amber", "anchor", "anvil", "aspen", "badger", "basalt", "beacon", "bellows", "birch",
    "bramble", "cedar", "clover", "cobalt", "compass", "coral", "crane", "curlew", "dunlin", "ember",
    "fennel", "ferry", "flint", "garnet", "gorse", "granite", "harbour", "hazel", "heron", "iris",
    "jasper", "juniper", "kiln", "lantern", "larch", "lichen", "linden", "lynx", "maple", "marten",
    "millstone", "moss", "opal", "osprey", "otter", "pebble", "plover", "quartz", "raven", "rowan",
    "saffron", "sextant", "slate", "sorrel", "spindle", "sundial", "teal", "thimble", "thistle", "topaz",
    "tundra", "viola", "willow", "yarrow",
)  # fmt: skip
"""Names of things, so that no alias suggests a person."""
_DRAWN = re.compile(r"(?P<name>.+)-[0-9a-f]{4}")


def drawn_alias(taken: Collection[str]) -> str:
    """Draw an alias, such as `heron-4f2a`.

    The digits keep two readers who draw on different machines from drawing the same: five readers do once in
    400,000 meetings.

    Parameters
    ----------
    taken : collection of str
        What stands for somebody already.
    """
    while (found := f"{secrets.choice(ALIASES)}-{secrets.token_hex(2)}") in taken:
        pass
    return found


def alias_of_words(words: str) -> str:
    """An alias that a reader chose, as the name of a file.

    Examples
    --------
    >>> alias_of_words("Grey Heron")
    'grey-heron'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def display_names(
    policy: Policy, filed: Collection[str], readers: Collection[str], people: Mapping[str, Person]
) -> dict[str, str]:
    """The name to show for each name under which answers are filed, in the order in which they are listed.

    Parameters
    ----------
    policy : str
        Under `names` a reader has the name of `readers.yaml`, else the handle.
    filed : collection of str
        Handles, and aliases of those who are not named.
    readers : collection of str
        The handles of the session.
    people : mapping
        By handle; may lack readers.

    Returns
    -------
    dict
        Names differ. Aliases come last and in their own order, which is nobody's: they were drawn by lot.

    Examples
    --------
    >>> display_names(
    ...     "names", ["reader-b", "heron-4f2a", "reader-a"], ["reader-a", "reader-b", "reader-c"], {}
    ... )
    {'reader-a': 'reader-a', 'reader-b': 'reader-b', 'heron-4f2a': 'Heron'}
    """
    aliases = sorted(name for name in filed if name not in readers)
    short = {name: _shown(name) for name in aliases}
    shown = list(short.values())
    found: dict[str, str] = {}
    hidden = {name: text if shown.count(text) == 1 else _titled(name) for name, text in short.items()}
    taken = {*hidden.values(), *filed}
    for reader in sorted(name for name in filed if name in readers):
        person = people.get(reader)
        wanted = (person.name if person else None) or reader
        # Who asks to be anonymous only after the answers were filed by handle is at least not shown by it.
        if policy != "names" or wanted == ANONYMOUS:
            hidden[reader] = _free("Anonymous", {*taken, *hidden.values()})
        else:
            found[reader] = reader if wanted in {*found.values(), *taken} else wanted
    return found | hidden


def _shown(alias: str) -> str:
    match = _DRAWN.fullmatch(alias)
    return _titled(match["name"] if match else alias)


def _titled(alias: str) -> str:
    return " ".join(part.capitalize() for part in alias.split("-"))


def _free(name: str, taken: Collection[str]) -> str:
    number = 1
    while (found := name if number == 1 else f"{name} {number}") in taken:
        number += 1
    return found
