"""Text of documents and file names as a terminal may print it, and the streams it goes to."""

import os
import sys
import unicodedata
from io import TextIOWrapper
from typing import Final, TextIO

_UNPRINTED: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of characters that steer a terminal, turn the line around or stand for nothing."""


def printable(text: str) -> str:
    """Return `text` as one line without anything that steers a terminal."""
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if unicodedata.category(char) not in _UNPRINTED:
        return char
    return " " if char.isspace() else "\ufffd"


def be_lenient(*streams: TextIO) -> None:
    """Let streams print `?` for what their encoding lacks."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def give_up_output() -> None:
    """Send what is left of standard output nowhere, so that Python's exit does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
