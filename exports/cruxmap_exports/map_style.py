"""Colours and strokes of drawn maps, for light and dark pages."""

from __future__ import annotations

from cruxmap_exports.argmap import AGAINST, NEUTRAL, MapEdgeKind

FONT = '"Liberation Sans", Arial, Helvetica, sans-serif'

KINDS = {
    "argument": ("#ffffff", "#1d2126", "#8a949e", "#6b7680"),
    "assessment": ("#e9f0f7", "#1b2733", "#3d6a94", "#6d9cc7"),
    "assumption": ("#fdf3dc", "#2b2618", "#b28a2e", "#c9a24a"),
    "factor": ("#e8f3ec", "#19271f", "#4c8a63", "#6fae87"),
    "finding": ("#e6f2f2", "#172728", "#3d8588", "#63a9ac"),
    "mechanism": ("#eeeaf6", "#231f2e", "#77629f", "#9c88c4"),
    "risk": ("#fae9e9", "#2e1c1c", "#ac5050", "#cf7a7a"),
    "statement": ("#f1f3f5", "#22272c", "#5f6c78", "#8d99a4"),
}
"""Of each kind of node: fill on a light and on a dark page, edge of the box on a light and on a dark page."""

SUPPORT, SUPPORT_DARK = "#0a66a8", "#5db3ee"
AGAINST_LIGHT, AGAINST_DARK = "#c4500a", "#f0954a"
PREMISE, PREMISE_DARK = "#7b858f", "#828d98"

_LIGHT = f"""
.cm .page{{fill:#fbfbfa}} .cm .panel{{fill:#fff;stroke:#d9dde1}} .cm .title{{fill:#14181c}}
.cm .name{{fill:#3c444c}} .cm .text{{fill:#14181c}} .cm .quiet{{fill:#5b656e}}
.cm .support{{stroke:{SUPPORT}}} .cm .against{{stroke:{AGAINST_LIGHT}}}
.cm .premise{{stroke:{PREMISE}}}
.cm .on-support{{fill:{SUPPORT}}} .cm .on-against{{fill:{AGAINST_LIGHT}}}
.cm .on-premise{{fill:{PREMISE}}}
.cm .sign{{fill:#fff}} .cm .joint{{fill:#fff;stroke:{AGAINST_LIGHT}}} .cm .track{{fill:#dfe3e7}}
.cm .bar{{fill:#4d5862}}
"""

_DARK = f"""
.cm .page{{fill:#121518}} .cm .panel{{fill:#171b1f;stroke:#31383f}} .cm .title{{fill:#f0f2f4}}
.cm .name{{fill:#b9c2ca}} .cm .text{{fill:#eceff1}} .cm .quiet{{fill:#98a3ad}}
.cm .support{{stroke:{SUPPORT_DARK}}} .cm .against{{stroke:{AGAINST_DARK}}}
.cm .premise{{stroke:{PREMISE_DARK}}}
.cm .on-support{{fill:{SUPPORT_DARK}}} .cm .on-against{{fill:{AGAINST_DARK}}}
.cm .on-premise{{fill:{PREMISE_DARK}}}
.cm .sign{{fill:#121518}} .cm .joint{{fill:#171b1f;stroke:{AGAINST_DARK}}} .cm .track{{fill:#39424a}}
.cm .bar{{fill:#b4bec7}}
"""

_SHAPES = f"""
.cm text{{font-family:{FONT}}} .cm .title{{font-size:17px;font-weight:bold}}
.cm .head{{font-size:26px;font-weight:bold}}
.cm .name{{font-size:11px;font-weight:bold}} .cm .text{{font-size:12px}} .cm .quiet{{font-size:11px}}
.cm .sign{{font-size:13px;font-weight:bold;text-anchor:middle}} .cm .word{{font-size:9.5px;font-weight:bold}}
.cm .line{{fill:none}} .cm .dashed{{stroke-dasharray:6 4}} .cm .joint{{stroke-width:1.6}}
.cm .box{{stroke-width:1.1}} .cm .reference{{stroke-dasharray:4 3}} .cm .end{{text-anchor:end}}
"""


def _colours(kinds: int) -> str:
    """Rules of one palette: 0 for light pages, 1 for dark ones."""
    boxes = "".join(
        f".cm .{kind}{{fill:{colours[kinds]};stroke:{colours[kinds + 2]}}}" for kind, colours in KINDS.items()
    )
    return f"{(_LIGHT, _DARK)[kinds]}{boxes}"


def style_sheet() -> str:
    """Return the style sheet of a drawing; every rule is confined to it."""
    return f"{_SHAPES}{_colours(0)}\n@media (prefers-color-scheme:dark){{{_colours(1)}}}"


def page_style_sheet() -> str:
    """Return the style sheet for drawings on a page whose readers may choose `data-theme` light or dark."""
    chosen = "".join(
        _colours(kinds).replace(".cm ", f'[data-theme="{name}"] .cm ')
        for kinds, name in enumerate(("light", "dark"))
    )
    dark = f"@media screen and (prefers-color-scheme:dark){{{_colours(1)}}}"
    return f"{_SHAPES}{_colours(0)}\n{dark}\n@media screen{{{chosen}}}\n"


def polarity(kind: MapEdgeKind) -> str:
    """Class of an edge: `support`, `against` or `premise`."""
    if kind in AGAINST:
        return "against"
    return "premise" if kind in NEUTRAL else "support"


SIGNS = {
    MapEdgeKind.SUPPORT: "+",
    MapEdgeKind.ATTACK: "−",
    MapEdgeKind.UNDERCUT: "−",
    MapEdgeKind.EXCEPTION: "unless",
    MapEdgeKind.PREMISE: "",
    MapEdgeKind.ENTAILS: "entails",
    MapEdgeKind.CONTRARY: "contrary",
    MapEdgeKind.CONTRADICTORY: "opposite",
    MapEdgeKind.CONTEXT: "context",
}
"""What stands at the start of a line, so that it can be read without colours."""


def is_word(kind: MapEdgeKind) -> bool:
    """Whether the sign of a kind of edges is a word, which needs more room than a mark."""
    return len(SIGNS[kind]) > 1


def sign_width(kind: MapEdgeKind) -> float:
    """Width of the sign of a kind of edges in pixels."""
    return 5.6 + 5.4 * len(SIGNS[kind]) if is_word(kind) else 14.0
