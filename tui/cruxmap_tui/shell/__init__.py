"""What surrounds the views: the workspace and its files, windows over the tabs, the editor."""
