from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap_exports.layered import layout
from cruxmap_exports.layered_order import crossings, ordered
from cruxmap_exports.layered_places import isotonic
from cruxmap_exports.layered_ranks import ranks, without_cycles
from cruxmap_exports.map_packing import packed
from cruxmap_exports.text_boxes import text_width, wrapped

Links = list[tuple[int, int, int]]


@st.composite
def digraphs(draw: st.DrawFn) -> tuple[int, Links]:
    size = draw(st.integers(1, 14))
    ends = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1), st.integers(1, 2))
    return size, draw(st.lists(ends.filter(lambda link: link[0] != link[1]), max_size=25))


@given(digraphs())
def test_without_cycles_every_source_has_a_larger_rank(graph: tuple[int, Links]) -> None:
    size, links = graph
    downward = without_cycles(size, links)
    assert [{*link[:2]} for link in downward] == [{*link[:2]} for link in links]
    found = ranks([0] * size, downward)
    assert all(found[source] >= found[target] + length for source, target, length in downward)
    assert min(found) >= 0


def test_a_vertex_stands_at_its_smallest_rank_at_least() -> None:
    assert ranks([1, 0, 0], [(1, 0, 1), (2, 1, 2)]) == [1, 2, 4]


def test_a_graph_without_cycles_is_left_as_it_is() -> None:
    links = [(2, 1, 1), (1, 0, 1), (2, 0, 1)]
    assert without_cycles(3, links) == links


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(0.1, 5)), max_size=9))
def test_the_places_of_a_layer_are_the_best_under_its_order(pairs: list[tuple[float, float]]) -> None:
    values, weights = [one for one, _ in pairs], [one for _, one in pairs]

    def mean(start: int, end: int) -> float:
        total = sum(weights[start:end])
        return sum(v * w for v, w in zip(values[start:end], weights[start:end], strict=True)) / total

    count = len(pairs)
    # The closed form of isotonic regression.
    best = [
        max(min(mean(start, end) for end in range(one + 1, count + 1)) for start in range(one + 1))
        for one in range(count)
    ]
    found = isotonic(values, weights)
    assert all(abs(a - b) < 1e-7 for a, b in zip(found, best, strict=True))


@given(st.integers(1, 7), st.integers(1, 7), st.data())
def test_crossings_are_counted_as_by_hand(left: int, right: int, data: st.DataObject) -> None:
    pairs = data.draw(st.sets(st.tuples(st.integers(0, left - 1), st.integers(0, right - 1))))
    nearer: list[list[int]] = [[] for _ in range(left + right)]
    for one, other in pairs:
        nearer[left + other].append(one)
    place = [*range(left), *range(right)]
    by_hand = sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(sorted(pairs), 2))
    assert crossings([list(range(left)), list(range(left, left + right))], nearer, place) == by_hand


def test_a_tree_is_drawn_without_crossings_whatever_its_order() -> None:
    parents = {3: 0, 4: 1, 5: 0, 6: 2, 7: 1, 8: 5, 9: 3, 10: 7, 11: 4}
    layers = [[0, 1, 2], [3, 4, 5, 6, 7], [8, 9, 10, 11]]
    nearer: list[list[int]] = [[] for _ in range(12)]
    farther: list[list[int]] = [[] for _ in range(12)]
    for child, parent in parents.items():
        nearer[child].append(parent)
        farther[parent].append(child)
    order = ordered(layers, nearer, farther)
    place = [0] * 12
    for layer in order:
        for position, vertex in enumerate(layer):
            place[vertex] = position
    assert crossings(order, nearer, place) == 0


@settings(max_examples=80)
@given(digraphs(), st.integers(0, 3))
def test_boxes_of_a_rank_never_overlap_and_ways_go_from_rank_to_rank(
    graph: tuple[int, Links], seed: int
) -> None:
    size, links = graph
    sizes = [10.0 + 7 * ((vertex * 31 + seed) % 5) for vertex in range(size)]
    found = layout(sizes, links, gap=4.0)
    assert layout(sizes, links, gap=4.0) == found
    for rank in set(found.rank):
        own = sorted((one for one in range(size) if found.rank[one] == rank), key=found.centre.__getitem__)
        for before, vertex in pairwise(own):
            apart = found.centre[vertex] - found.centre[before]
            assert apart >= (sizes[before] + sizes[vertex]) / 2 + 4.0 - 1e-6
    for (source, target, _), way in zip(links, found.ways, strict=True):
        assert (way[0], way[-1]) == (source, target)
        assert all(abs(found.rank[a] - found.rank[b]) == 1 for a, b in pairwise(way))
    assert all(found.centre[one] - sizes[one] / 2 >= -1e-6 for one in range(size))
    assert all(found.centre[one] + sizes[one] / 2 <= found.extent + 1e-6 for one in range(size))


def test_a_parent_stands_in_the_middle_of_its_children() -> None:
    found = layout([10.0] * 4, [(1, 0, 1), (2, 0, 1), (3, 0, 1)], gap=5.0)
    assert found.centre[0] == sum(found.centre[1:]) / 3


def test_long_chains_and_large_circles_are_laid_out_without_recursion() -> None:
    chain = [(one + 1, one, 1) for one in range(5000)]
    assert max(layout([1.0] * 5001, chain, 1.0).rank) == 5000
    circle = [(one, (one + 1) % 3000, 1) for one in range(3000)]
    assert len(set(layout([1.0] * 3000, circle, 1.0).rank)) == 3000


@given(st.lists(st.tuples(st.floats(1, 50), st.floats(1, 50)), max_size=12))
def test_packed_rectangles_never_overlap(sizes: list[tuple[float, float]]) -> None:
    found = packed(sizes, gap=2.0)
    rectangles = [(x, y, x + w, y + h) for (x, y), (w, h) in zip(found, sizes, strict=True)]
    for one, other in combinations(rectangles, 2):
        assert (
            one[2] <= other[0] + 1e-6
            or other[2] <= one[0] + 1e-6
            or one[3] <= other[1] + 1e-6
            or other[3] <= one[1] + 1e-6
        )


def test_long_ids_are_cut_where_their_parts_end() -> None:
    assert wrapped("early-misaligned-window.ours.1", 120, 11, bold=True) == (
        "early-misaligned-",
        "window.ours.1",
    )


@given(st.text(max_size=80), st.integers(20, 200))
def test_lines_are_no_wider_than_the_box_and_hold_all_words(text: str, width: int) -> None:
    lines = wrapped(text, width, 12)
    assert all(text_width(line, 12) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(wrapped(text, width, 12, most=2)) <= 2
