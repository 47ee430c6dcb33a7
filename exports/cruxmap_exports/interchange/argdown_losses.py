"""What Argdown cannot say of the relations of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.interchange.maps import SYMMETRIC, EdgeKind, Loss

if TYPE_CHECKING:
    from cruxmap_exports.interchange.maps import ArgumentMap, Edge


def losses_of_relations(graph: ArgumentMap, *, strict: bool) -> list[Loss]:
    """Count the relations that Argdown does not keep as they are.

    Parameters
    ----------
    graph : ArgumentMap
    strict : bool
        Whether relations between statements are written for the strict mode.
    """
    arguments = {node.id for node in graph.nodes if node.is_argument}
    between = [edge for edge in graph.edges if not {edge.source, edge.target} & arguments]
    others = [edge for edge in graph.edges if {edge.source, edge.target} & arguments]

    def count(edges: list[Edge], *kinds: EdgeKind) -> int:
        return sum(edge.kind in kinds for edge in edges)

    found = {
        "the format has no context relations; left out": count([*between, *others], EdgeKind.CONTEXT),
        "entailments of arguments became supports": count(others, EdgeKind.ENTAILS),
        "what excludes an argument became an attack": count(others, *SYMMETRIC),
        "relations of nodes to themselves, which Argdown reads and then ignores": sum(
            edge.source == edge.target for edge in graph.edges
        ),
    }
    if strict:
        found["in the strict mode supports became entailments"] = count(between, EdgeKind.SUPPORT)
        found["in the strict mode attacks became contraries"] = count(between, EdgeKind.ATTACK)
    else:
        found["in the loose mode entailments became supports"] = count(between, EdgeKind.ENTAILS)
        found["in the loose mode contraries became two attacks"] = count(between, EdgeKind.CONTRARY)
    return [Loss(f"{message}: {number}") for message, number in found.items() if number]
