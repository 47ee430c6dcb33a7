"""Argument maps and tables of verdicts of others: read, written, and turned into entries of a workspace."""
