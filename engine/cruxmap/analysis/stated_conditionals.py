"""What readers who state P(U), P(C) and P(U | C) expect to learn from a crux, each and between two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.information_value import (
    CruxCredences,
    IncoherentCredences,
    UndefinedDivergenceError,
    probability_without,
    value_of_discrimination,
    value_of_information,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Discrimination", "Information", "discriminations", "informations"]


@dataclass(frozen=True, slots=True)
class Information:
    """One reader's conditional and its value of information.

    Attributes
    ----------
    without : float or None
        P(U | not C), derived; None when incoherent.
    naive, log : float or None
        Value of information as a difference of probabilities and in nats; None when incoherent.
    incoherent : str or None
        Why no probability of U given not C fits.
    """

    reader: str
    crux: str
    stated: CruxCredences
    without: float | None
    naive: float | None
    log: float | None
    incoherent: str | None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "reader": self.reader,
            "crux": self.crux,
            **self.stated._asdict(),
            "p_u_given_not_c": self.without,
            "value_of_information": {"naive": self.naive, "log": self.log},
            "incoherent": self.incoherent,
        }


@dataclass(frozen=True, slots=True)
class Discrimination:
    """How much of two readers' disagreement is expected to go when a crux resolves.

    Attributes
    ----------
    log : float or None
        In nats; None where the log measure is infinite.
    """

    readers: tuple[str, str]
    crux: str
    naive: float
    log: float | None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "readers": list(self.readers),
            "crux": self.crux,
            "value_of_discrimination": {"naive": self.naive, "log": self.log},
        }


def informations(stated: Mapping[str, Mapping[str, CruxCredences]]) -> list[Information]:
    """Value of information of every conditional; an incoherent one is a finding, not an error.

    Parameters
    ----------
    stated : mapping of str to mapping
        Conditionals of one verdict: reader -> crux -> credences.

    Examples
    --------
    >>> found = informations({"ada": {"c": CruxCredences(0.3, 0.5, 0.4), "d": CruxCredences(0.1, 0.5, 0.9)}})
    >>> [(item.crux, item.naive and round(item.naive, 10), item.incoherent) for item in found]
    [('c', 0.1, None), ('d', None, 'P(U) = 0.1, P(C) = 0.5 and P(U|C) = 0.9 would need P(U | not C) = -0.7')]
    """
    return [
        _information(reader, crux, credences)
        for reader, given in stated.items()
        for crux, credences in given.items()
    ]


def _information(reader: str, crux: str, stated: CruxCredences) -> Information:
    try:
        return Information(
            reader,
            crux,
            stated,
            probability_without(*stated),
            value_of_information(*stated),
            value_of_information(*stated, measure="log"),
            None,
        )
    except IncoherentCredences as error:
        return Information(reader, crux, stated, None, None, None, str(error))


def discriminations(stated: Mapping[str, Mapping[str, CruxCredences]]) -> list[Discrimination]:
    """Value of discrimination for every two readers who state the same crux coherently.

    Parameters
    ----------
    stated : mapping of str to mapping
        Conditionals of one verdict: reader -> crux -> credences.
    """
    coherent = {(item.reader, item.crux) for item in informations(stated) if item.incoherent is None}
    found = []
    for one, other in combinations(stated, 2):
        for crux in stated[one]:
            if (one, crux) in coherent and (other, crux) in coherent:
                both = stated[one][crux], stated[other][crux]
                try:
                    log = value_of_discrimination(*both, measure="log")
                except UndefinedDivergenceError:
                    log = None
                found.append(Discrimination((one, other), crux, value_of_discrimination(*both), log))
    return found
