"""What a disclosure prints, before it becomes text or PDF: headings, paragraphs, tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 第一部分, 2 is 一、, 3 is （一） or 1、."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of narrative."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the lines above it, its header rows, its rows and the notes below."""

    title: str
    heads: tuple[str, ...]
    header: Rows
    rows: Rows
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Table


def lines(blocks: Iterable[Block], marks: bool) -> Iterator[str]:
    """Yield the lines of text; `marks` puts heading signs before headings and titles."""
    for block in blocks:
        match block:
            case Heading(text, level):
                yield from ("#" * (level + 1) + " " + text if marks else text, "")
            case Paragraph(text):
                yield from (text, "")
            case Table(title, heads, header, rows, notes):
                yield from ("## " + title if marks and title else title, "")
                for head in heads:
                    yield from (head, "")
                width = max(map(len, (*header, *rows)))
                for row in (*header, *rows):
                    yield "\t".join(row + ("",) * (width - len(row)))
                yield ""
                for note in notes:
                    yield from (note, "")
