"""A disclosure as it is read: headings, paragraphs and tables in source order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from search.citation import place as cited_place
from search.model import Disclosure, Passage, Section, Table
from web.equations import marked
from web.grid import Grid, grid
from web.marks import Segment, Span, segments
from web.place import Place

LOWEST: Final = 6
"""HTML has no deeper heading."""

_UNTITLED: Final = {"其他": "表"}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a table; `level` is that of its heading, `at` the cited place."""

    kind: Literal["heading", "paragraph", "table"]
    start: int
    anchor: str
    title: str = ""
    level: int = 0
    entry: str = ""
    """Its title in the outline, where that is another one."""
    at: bool = False
    apparatus: bool = False
    segments: tuple[Segment, ...] = ()
    table: Table | None = None
    grid: Grid | None = None
    note: str | None = None
    """The cited line above the table, or note below it."""

    @property
    def cited(self) -> bool:
        """Whether the cited place stands in it."""
        cells = (cell for line in self.grid.body for cell in line) if self.grid else ()
        marked = any(segment.mark for segment in self.segments)
        return self.at or marked or self.note is not None or any(cell.first for cell in cells)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline."""

    title: str
    anchor: str
    level: int
    table: bool


def blocks(disclosure: Disclosure, place: Place | None) -> tuple[Block, ...]:
    """Return the blocks of a disclosure in source order, the cited place marked."""
    names = dict(_project_names(disclosure))
    differing = marked(disclosure)
    found = [
        *map(_heading, disclosure.sections),
        *(_paragraph(passage, place) for passage in disclosure.passages),
        *(_table(table, names.get(table.id, ""), place, differing) for table in disclosure.tables),
    ]
    return tuple(sorted(found, key=lambda block: block.start))


def outline(found: tuple[Block, ...]) -> tuple[Entry, ...]:
    """Return the headings and tables among the blocks."""
    return tuple(
        Entry(block.entry or block.title, block.anchor, block.level, block.kind == "table")
        for block in found
        if block.kind != "paragraph"
    )


def _heading(section: Section) -> Block:
    start = section.locator.char_start
    level = min(len(section.path) + 1, LOWEST)
    return Block("heading", start, f"s{start}", section.title, level)


def _paragraph(passage: Passage, place: Place | None) -> Block:
    start = passage.locator.char_start
    spans: list[Span] = []
    whole = place is not None and place.id == passage.id
    if place is not None and place.figure is not None:
        clause, figure = place.locator, place.figure
        spans = [
            Span(clause.char_start - start, clause.char_end - start, "clause"),
            Span(figure.char_start - start, figure.char_end - start, "figure"),
        ]
    return Block(
        "paragraph",
        start,
        f"p{start}",
        at=whole,
        apparatus=passage.part == "apparatus",
        segments=segments(passage.quote, spans),
    )


def _table(table: Table, name: str, place: Place | None, differing: frozenset[int]) -> Block:
    whole = place is not None and place.id == table.id
    start = table.locator.char_start
    title = (
        table.title or f"{_UNTITLED.get(table.kind, table.kind)}（{cited_place(table.locator)}）"
    )
    return Block(
        "table",
        start,
        f"t{start}",
        f"{title}：{name}" if name and name not in title else title,
        min(len(table.section) + 2, LOWEST),
        entry=name,
        at=whole,
        table=table,
        note=next((of.id for of in table.remarks if place is not None and of.id == place.id), None),
        grid=grid(table, None if whole else place, differing),
    )


def _project_names(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """Yield tables that are a project's form, with the project's name."""
    for project in disclosure.projects:
        for field in project.fields[:1]:
            for table in disclosure.tables:
                place = Place(table.id, table.locator)
                if place.holds(field.locator.char_start, field.locator.char_end):
                    yield table.id, project.name
