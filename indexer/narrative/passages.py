"""Turns paragraphs into passages: running text with the source position of every character."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.layout import Line


@dataclass(frozen=True, slots=True)
class Running:
    """Running text put together from lines; `positions[i]` is the source place of `text[i]`."""

    text: str
    positions: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of `text[start:end]`."""
        return self.positions[start], self.positions[end - 1] + 1


def running(lines: Sequence[Line], *, apart: bool = False) -> Running:
    """Return the text of lines that run on, line breaks dropped, a space kept between words.

    Lines that only stand below each other are kept `apart` by a line break.
    """
    characters: list[str] = []
    positions: list[int] = []
    for line in lines:
        if apart and characters:
            characters.append("\n")
            positions.append(positions[-1])
        for fragment in line.fragments:
            if not fragment.text:
                continue
            if characters and re.fullmatch("[A-Za-z]{2}", characters[-1] + fragment.text[0]):
                characters.append(" ")
                positions.append(positions[-1])
            characters.extend(fragment.text)
            start = fragment.start
            positions.extend(fragment.positions or range(start, start + len(fragment.text)))
    return Running("".join(characters), tuple(positions))
