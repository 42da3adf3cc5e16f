"""Text of documents and file names as a terminal may print it, and the streams it goes to."""

import os
import re
import sys
import unicodedata
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_UNPRINTED: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of characters that steer a terminal, turn the line around or stand for nothing."""

_STEERING: Final = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""What of these JSON leaves as it is: control characters beyond ASCII, and what turns a line."""


def printable(text: str) -> str:
    """Return `text` as one line without anything that steers a terminal."""
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if unicodedata.category(char) not in _UNPRINTED:
        return char
    return " " if char.isspace() else "\ufffd"


def escaped(json: str) -> str:
    """Return JSON text whose strings hold nothing that steers a terminal but as an escape."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", json)


class Lines(BytesIO):
    """A terminal as a file of UTF-8 lines, of which it prints nothing that steers it."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def write(self, data: "ReadableBuffer") -> int:
        """Print whole lines; return how many bytes they were."""
        lines = bytes(data).decode().removeprefix("\ufeff").split("\n")
        self._stream.write("\n".join(map(printable, lines)))
        return len(bytes(data))


def be_lenient(*streams: TextIO) -> None:
    """Let streams print `?` for what their encoding lacks."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def give_up_output() -> None:
    """Send what is left of standard output nowhere, so that Python's exit does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
