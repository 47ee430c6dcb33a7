"""The tabs of the terminal UI, each a widget over a session."""
