"""Run the command line with `python -m cruxmap`."""

from cruxmap.cli import main

main()
