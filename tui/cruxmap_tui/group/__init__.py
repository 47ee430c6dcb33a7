"""Screens of a reading group: answering alone, and meeting around one screen."""
