"""A block: consecutive lines of a document of one kind."""

from dataclasses import dataclass, field
from typing import Literal

from indexer.layout import Line

BlockKind = Literal[
    "cover", "contents", "heading", "paragraph", "table", "head", "note", "furniture"
]


@dataclass(slots=True)
class Block:
    """Consecutive lines of one kind.

    Of a table, `lines` are its grid rows, `title` and `heads` the lines printed above it and
    `notes` those below; `level` is a heading's section level; `apart` tells that a blank line
    stands above.
    """

    kind: BlockKind
    lines: list[Line]
    level: int = 0
    apart: bool = False
    title: list[Line] = field(default_factory=list)
    heads: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
