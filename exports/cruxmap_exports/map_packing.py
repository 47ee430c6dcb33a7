"""Pack rectangles onto a page of a pleasant shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SHAPE = 1.5
"""Width of the page divided by its height, about."""


def packed(sizes: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Place rectangles without overlap, high ones first, each as far up and then as far left as it fits.

    Parameters
    ----------
    sizes : sequence of (width, height)
    gap : float
        Room between two rectangles.

    Returns
    -------
    list of (x, y)
        Upper left corner of each, in the given order.

    Notes
    -----
    Bottom-left skyline (Baker, Coffman and Rivest, 1980), turned upside down.

    Examples
    --------
    >>> packed([(10, 10), (5, 5), (5, 5)], gap=0)
    [(0.0, 0.0), (10.0, 0.0), (10.0, 5.0)]
    """
    area = sum((width + gap) * (height + gap) for width, height in sizes)
    page = max([(area * SHAPE) ** 0.5, *(width + gap for width, _ in sizes)], default=0.0)
    skyline: list[tuple[float, float, float]] = [(0.0, page, 0.0)]
    found = [(0.0, 0.0)] * len(sizes)
    for one in sorted(range(len(sizes)), key=lambda place: (-sizes[place][1], place)):
        width, height = sizes[one][0] + gap, sizes[one][1] + gap
        y, x = min(
            (max(top for start, end, top in skyline if start < x + width and end > x), x)
            for x, _, _ in skyline
            if x + width <= page + 1e-6
        )
        found[one] = (x, y)
        skyline = _raised(skyline, x, x + width, y + height)
    return found


def _raised(
    skyline: Sequence[tuple[float, float, float]], left: float, right: float, top: float
) -> list[tuple[float, float, float]]:
    parts: list[tuple[float, float, float]] = [(left, right, top)]
    for start, end, height in skyline:
        if start < left:
            parts.append((start, min(end, left), height))
        if end > right:
            parts.append((max(start, right), end, height))
    return sorted(parts)
