"""Under which name a reader appears: the same on every machine, and in an order that gives nobody away."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cruxmap.group.folder import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.group.folder import Person
    from cruxmap.group.session import Policy

__all__ = ["ALIASES", "alias_keys", "display_names"]

ALIASES = (
    "Heron",
    "Willow",
    "Basalt",
    "Lantern",
    "Otter",
    "Juniper",
    "Quartz",
    "Anchor",
    "Plover",
    "Maple",
    "Granite",
    "Compass",
    "Badger",
    "Fennel",
    "Amber",
    "Bellows",
    "Curlew",
    "Rowan",
    "Slate",
    "Thimble",
    "Marten",
    "Sorrel",
    "Opal",
    "Spindle",
)
"""Names of things, so that no alias suggests a person."""


def alias_keys(session: str, commitments: Mapping[str, tuple[int, str]]) -> dict[str, str]:
    """What aliases and their order are drawn from.

    Parameters
    ----------
    session : str
        Id of the session.
    commitments : mapping
        By reader, the first round in which they committed, and the hash. It depends on a random nonce, so
        nobody can steer it or know it before.

    Returns
    -------
    dict
        By reader, a key; in the order of the keys, those of earlier rounds first.
    """
    keys = {
        reader: f"{round_:03}{hashlib.sha256(f'{session} {sha256}'.encode()).hexdigest()}"
        for reader, (round_, sha256) in commitments.items()
    }
    return dict(sorted(keys.items(), key=lambda item: item[1]))


def display_names(policy: Policy, keys: Mapping[str, str], people: Mapping[str, Person]) -> dict[str, str]:
    """The name of each reader under a policy, in the order in which they are listed.

    Parameters
    ----------
    policy : str
        Under `names` a reader has the name of `readers.yaml`, else the handle; whoever wants to be anonymous,
        and everybody under the other policies, has an alias.
    keys : mapping
        See `alias_keys`.
    people : mapping
        By handle; may lack readers.

    Returns
    -------
    dict
        Handle -> name; names differ.

    Examples
    --------
    >>> display_names("aliases", {"reader-b": "0a", "reader-a": "0b"}, {})
    {'reader-b': 'Marten', 'reader-a': 'Lantern'}
    """
    aliases = _aliases(keys, people)
    if policy != "names":
        return aliases
    found: dict[str, str] = {}
    for reader in sorted(keys):
        person = people.get(reader)
        wanted = (person.name if person else None) or reader
        taken = {*found.values(), *aliases.values()}
        name = reader if wanted in taken else wanted
        found[reader] = aliases[reader] if wanted == ANONYMOUS else name
    # Somebody who hides among named readers must not be found by their place in the list.
    hidden = [reader for reader in found if found[reader] == aliases[reader]]
    return {reader: name for reader, name in found.items() if reader not in hidden} | {
        reader: aliases[reader] for reader in keys if reader in hidden
    }


def _aliases(keys: Mapping[str, str], people: Mapping[str, Person]) -> dict[str, str]:
    wishes = {reader: person.alias for reader, person in people.items() if reader in keys and person.alias}
    counts = list(wishes.values())
    found: dict[str, str] = {}
    taken = {wish for wish in counts if counts.count(wish) == 1}
    for reader, key in keys.items():
        wish = wishes.get(reader)
        if wish is not None and counts.count(wish) == 1:
            found[reader] = wish
            continue
        start = int(hashlib.sha256(key.encode()).hexdigest(), 16) % len(ALIASES)
        turn = (*ALIASES[start:], *ALIASES[:start])
        free = (name if lap == 1 else f"{name} {lap}" for lap in range(1, len(keys) + 2) for name in turn)
        found[reader] = next(name for name in free if name not in taken)
        taken.add(found[reader])
    return found
