"""How a batch of samples goes through an argument graph: which layers, and how many samples at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cruxmap.analysis.gradual_chunk import SampleChunk
    from cruxmap.analysis.gradual_layers import Layer
    from cruxmap.analysis.graph_structure import Indices

WORKING_MEMORY = 4 * 2**20
"""Bytes that one chunk of a batch may touch: about a core's cache, beyond which batches get slower."""

BLOCK_MEMORY = 128 * 2**20
"""Bytes that a block of samples of a cyclic graph may take. Components are small beside the graph and need
hundreds of array operations, which cost the same for one sample as for a thousand."""


@dataclass(frozen=True, eq=False)
class Plan:
    """Layers in order of evaluation.

    Parameters
    ----------
    nodes : array of shape (nodes,)
        Node at each position.
    layers : tuple of Layer
        Ranges of positions, parents before children.
    """

    nodes: Indices
    layers: tuple[Layer, ...]

    @cached_property
    def stages(self) -> tuple[tuple[Layer, ...], ...]:
        """Consecutive acyclic layers together, every layer of cyclic components on its own."""
        groups = groupby(self.layers, lambda layer: layer.start if layer.is_cyclic else None)
        return tuple(tuple(layers) for _, layers in groups)

    @cached_property
    def chunk_size(self) -> int:
        """How many samples go through acyclic layers at once."""
        widest = max((layer.width for layer in self.layers), default=0)
        return _fitting(WORKING_MEMORY, 2 * len(self.nodes) + 3 * widest)

    @cached_property
    def block_size(self) -> int:
        """How many samples are taken up at once: one chunk, or many when the graph has cycles."""
        if any(layer.is_cyclic for layer in self.layers):
            return max(self.chunk_size, _fitting(BLOCK_MEMORY, 2 * len(self.nodes)))
        return self.chunk_size

    def run(self, block: SampleChunk) -> dict[int, tuple[int, ...]]:
        """Evaluate all layers.

        Parameters
        ----------
        block : SampleChunk
            Samples of which nothing is evaluated yet.

        Returns
        -------
        dict of int to tuple of int
            Nodes of every component that did not converge in some sample, by its first position.
        """
        unsettled: dict[int, tuple[int, ...]] = {}
        for stage in self.stages:
            layer = stage[0]
            if layer.component_starts is None:
                for chunk in block.parts(self.chunk_size):
                    for acyclic in stage:
                        chunk.evaluate(acyclic)
                continue
            starts = layer.component_starts + layer.start
            ends = np.append(starts[1:], layer.stop)
            # An integration keeps about ten states beside what one update needs.
            for chunk in block.parts(
                _fitting(WORKING_MEMORY, 10 * (layer.stop - layer.start) + 3 * layer.width)
            ):
                for number in chunk.integrate(layer, layer.component_starts).tolist():
                    first = int(starts[number])
                    unsettled[first] = tuple(self.nodes[first : ends[number]].tolist())
        return unsettled


def _fitting(memory: int, numbers: int) -> int:
    """Return how many samples of so many numbers fit."""
    return max(1, memory // (8 * max(1, numbers)))
