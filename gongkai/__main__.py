"""Runs the command line as `python -m gongkai`."""

from gongkai.cli import main

main()
