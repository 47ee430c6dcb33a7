"""Self-contained panes over a session: arguments, lens, comparison, failure, positions, cruxes."""
