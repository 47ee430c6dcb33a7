"""Colours. Each theme tells things apart by blue and orange, which everyone can, and glyphs say the same."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="cruxmap",
    primary="#6cb2ff",
    secondary="#9fc5e8",
    accent="#ffa657",
    warning="#ffd479",
    error="#ff8f6b",
    success="#6cb2ff",
    foreground="#e6e6e6",
    background="#14171c",
    surface="#1a1e24",
    panel="#262b33",
    dark=True,
)
LIGHT = Theme(
    name="cruxmap-light",
    primary="#0b57a4",
    secondary="#3b6ea5",
    accent="#a14400",
    warning="#7a5200",
    error="#a3301a",
    success="#0b57a4",
    foreground="#1c1e21",
    background="#f4f5f7",
    surface="#ffffff",
    panel="#e3e6ea",
    dark=False,
)
HIGH_CONTRAST = Theme(
    name="cruxmap-high-contrast",
    primary="#80d0ff",
    secondary="#ffffff",
    accent="#ffb84d",
    warning="#ffff66",
    error="#ff9c80",
    success="#80d0ff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#202020",
    dark=True,
    variables={"text-muted": "#ffffff", "border": "#ffffff"},
)
NO_COLOUR = "ansi-dark"
"""Without colours, greys that stand for them would only blur the text; this theme names none."""

THEMES = {
    DARK.name: "dark",
    LIGHT.name: "light",
    HIGH_CONTRAST.name: "high contrast",
    NO_COLOUR: "the colours of the terminal",
}
"""Theme -> what the choice says."""
OWN = (DARK, LIGHT, HIGH_CONTRAST)
