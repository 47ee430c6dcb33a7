"""cruxmap: map the arguments behind AI-alignment proposals, and find where readers disagree and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["KnowledgeBase", "__version__", "load"]

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.loading import load

_HOMES = {"load": "cruxmap.loading", "KnowledgeBase": "cruxmap.knowledge"}


def __getattr__(name: str) -> Any:
    """Import public names on first use, so that `import cruxmap` stays cheap."""
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
