"""The tabs and panes of the terminal UI, each a widget over a session."""
