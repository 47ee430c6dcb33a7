"""Random argument maps for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Node, NodeKind

WORDS = st.text(alphabet="abc XYZ09.,;:'\"-+#<>[]{}()*_@\\/&|^~`!?=%$é¬✓\n\t", max_size=30)
NAMES = st.text(alphabet="abcdefXYZ019 -_.,:#[]<>{}()*@\\'\"é¬", min_size=1, max_size=12).filter(
    lambda text: text == text.strip() and "  " not in text
)


@st.composite
def nodes(draw: st.DrawFn, names: list[str]) -> list[Node]:
    found = []
    for name in names:
        kind = draw(st.sampled_from(NodeKind))
        found.append(
            Node(
                name,
                kind,
                title=draw(st.one_of(st.just(""), NAMES)),
                text=draw(st.one_of(st.just(""), WORDS)),
                base=draw(st.one_of(st.none(), st.sampled_from([0.0, 0.25, 0.7, 1.0]))),
                extras=draw(
                    st.dictionaries(st.sampled_from(["scheme", "layer"]), WORDS.filter(bool), max_size=2)
                ),
            )
        )
    return found


@st.composite
def maps(draw: st.DrawFn, longest: int = 6) -> ArgumentMap:
    """Maps with every kind of node and edge, also odd ones: circles, self-attacks, arguments aimed at nothing."""
    names = draw(st.lists(NAMES, min_size=1, max_size=longest, unique=True))
    made = draw(nodes(names))
    kinds = {node.id: node.kind for node in made}
    edges: dict[Edge, None] = {}
    for _ in range(draw(st.integers(0, 2 * longest))):
        source, target = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        allowed = [EdgeKind.SUPPORT, EdgeKind.ATTACK]
        if kinds[target] is NodeKind.ARGUMENT:
            allowed.append(EdgeKind.UNDERCUT)
            if kinds[source] is NodeKind.STATEMENT:
                allowed.append(EdgeKind.PREMISE)
        if kinds[source] is kinds[target] is NodeKind.STATEMENT and source != target:
            allowed += [EdgeKind.ENTAILS, EdgeKind.CONTRARY, EdgeKind.CONTRADICTORY, EdgeKind.CONTEXT]
        edges[Edge(source, target, draw(st.sampled_from(allowed)))] = None
    return ArgumentMap(tuple(made), tuple(edges))
