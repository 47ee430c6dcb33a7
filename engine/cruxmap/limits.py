"""Bounds on what is read: far above what people write, far below what harms a machine."""

from __future__ import annotations

MAX_BYTES = 1024 * 1024
"""Size of a file."""

MAX_FILES = 10_000
"""Files of a workspace, the extended corpus included."""

MAX_DEPTH = 32
"""Nesting of mappings and lists in a file."""
