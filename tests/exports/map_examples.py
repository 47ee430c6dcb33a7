"""Small argument maps for tests: one with every kind of edge, one with hostile texts, and random ones."""

from __future__ import annotations

import random

from cruxmap_exports.argmap import ArgMap, MapEdge, MapEdgeKind, MapNode, ending_on_edges

S, A, U, P, E = tuple(MapEdgeKind)[:5]  # support, attack, undercut, premise, exception


def node(
    identifier: str,
    kind: str = "argument",
    text: str = "",
    *,
    entry: str = "one",
    name: str = "",
    at: str = "",
    verified: str = "primary",
) -> MapNode:
    said = text or f"Text of {identifier}."
    return MapNode(identifier, kind, entry, name or identifier, said, at, 0.5, verified=verified)


def small_map() -> ArgMap:
    """`pro` for and `con` against `claim`; `pro` needs `premise`; `reply` and `exception` are against `con`."""
    nodes = (
        node("claim", "assessment"),
        node("premise", "assumption"),
        node("exception", "risk"),
        node("pro"),
        node("con"),
        node("reply"),
    )
    edges = [
        MapEdge("pro", "claim", S),
        MapEdge("con", "claim", A),
        MapEdge("premise", "pro", P),
        MapEdge("reply", "con", U),
        MapEdge("exception", "con", E),
    ]
    return ArgMap("Small", nodes, ending_on_edges(edges), {"one": "P1 The one"})


HOSTILE = (
    "<b>bold</b><script>alert(1)</script>",
    "]]></title></svg><image href='http://evil.example/x.png'/>",
    'quotes " and \\" and a backslash at the end \\',
    "\\N \\G \\l expand",
    "a:b:c <0> x:n",
    '%%{init: {"theme": "dark"}}%%',
    "&amp; &#34; &lt; #quot; #35;",
    "x < y and y > z, <img src=x onerror=alert(1)>",
    "- item",
    "+> support",
    "1. item",
    "(1) premise",
    "[Claim]: text {id: x} @[Claim] <Argument>",
    "#tag #(tag with space) # heading",
    "*star* _line_ **star** __line__ `code` a_b_c 2*3",
    "http://a.b/c?d=e&f=g // comment /* other */ <!-- third -->",
    "=== front matter ===",
    "---- (2) conclusion",
    ".^. :up: e.g. 3.14.15",
    "end",
    "null",
    "yes: no, [a, b], {c: d}, 'e'",
    "line\nbreak\r\nand\ttab",
    "bell \x07 escape \x1b[31m null \x00 next line \x85",
    "right to left \u202e mark \u2066 and \ufeff",
    "half \ud800 surrogate \ufffe",
    "emoji 🦁 and 漢字",
    "w" * 300,
    "javascript:alert(1)",
    "=HYPERLINK(1)",
    "$x_1$ \\input{/etc/passwd}",
)
"""Texts that each break some format when they are not escaped."""


def hostile_map(texts: tuple[str, ...] = HOSTILE) -> ArgMap:
    """A claim with one argument for each text, which stands in the name, text, locator and entry title."""
    claim = node("claim", "assessment", "Plain.")
    nodes = tuple(
        node(f"a{number}", text=text, entry=f"e{number % 3}", name=text, at=text)
        for number, text in enumerate(texts)
    )
    edges = [
        *(MapEdge(one.id, "claim", S if number % 2 else A) for number, one in enumerate(nodes)),
        *(MapEdge(other.id, one.id, U) for one, other in zip(nodes, nodes[3:], strict=False)),
    ]
    entries = {f"e{number}": texts[number % len(texts)] for number in range(3)}
    return ArgMap(texts[0], (claim, *nodes), ending_on_edges(edges), entries)


def random_map(seed: int, statements: int, arguments: int, entries: int = 3) -> ArgMap:
    """Any edges that the model allows, circles and edges of a node to itself included."""
    rng = random.Random(seed)
    kinds = ("assessment", "assumption", "finding", "risk")
    nodes = [node(f"s{n}", rng.choice(kinds), entry=f"e{rng.randrange(entries)}") for n in range(statements)]
    nodes += [node(f"a{n}", entry=f"e{rng.randrange(entries)}") for n in range(arguments)]
    edges: dict[MapEdge, None] = {}
    for one in nodes[statements:]:
        for _ in range(rng.choice((0, 1, 1, 1, 2))):
            target = rng.choice(nodes)
            kind = rng.choice((S, U if target.is_argument else A))
            edges[MapEdge(one.id, target.id, kind)] = None
        for other in rng.sample(nodes[:statements], min(statements, rng.randrange(3))):
            edges[MapEdge(other.id, one.id, rng.choice((P, P, E)))] = None
    return ArgMap("Random", tuple(nodes), ending_on_edges(list(edges)))
