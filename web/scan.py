"""A page of a PDF as it is shown: its picture, the cited place boxed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from search.model import Disclosure, Locator
from web.pictures import Picture

AIR: Final = 3.0
"""Points that a box stands off from the print."""
AROUND: Final = 110.0
"""Points of the page that an excerpt shows above and below the cited place."""


class Box(NamedTuple):
    """A box on the page, in points from its top left: around a clause or row, or a figure."""

    mark: Literal["clause", "figure"]
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Scan:
    """Page `number` of `pages`, its size in points, and the boxes on it."""

    number: int
    pages: int
    width: float
    height: float
    boxes: tuple[Box, ...]

    @property
    def excerpt(self) -> tuple[float, float]:
        """The top of what an excerpt shows, and its height: the boxes with what is around."""
        if not self.boxes:
            return 0.0, self.height
        top = max(0.0, min(box.y for box in self.boxes) - AROUND)
        bottom = min(self.height, max(box.y + box.height for box in self.boxes) + AROUND)
        return top, bottom - top


def scan(disclosure: Disclosure, record: str, number: int, picture: Picture) -> Scan:
    """Return a page with the boxes of a record on it; there are none on other pages."""
    boxes = [
        Box(mark, x0 - AIR, y0 - AIR, x1 - x0 + 2 * AIR, y1 - y0 + 2 * AIR)
        for mark, locator in _marks(disclosure, record)
        if locator.page == number and locator.bbox is not None
        for x0, y0, x1, y1 in (locator.bbox,)
    ]
    # A figure's box is dropped where the record's own is the same.
    kept = dict.fromkeys(box[1:] for box in boxes)
    unique = [next(box for box in boxes if box[1:] == place) for place in kept]
    return Scan(number, picture.pages, picture.width, picture.height, tuple(unique))


def _marks(
    disclosure: Disclosure, record: str
) -> Iterator[tuple[Literal["clause", "figure"], Locator]]:
    """Yield what is marked for a record: itself, then the figures it is about."""
    rows = {row.id: row for table in disclosure.tables for row in table.rows}
    for project in disclosure.projects:
        if project.id == record:
            yield "clause", project.locator
            record = project.row_id or ""
    if record in rows:
        yield "clause", rows[record].locator
        for cell in rows[record].cells:
            if cell.principal and cell.value is not None and cell.locator is not None:
                yield "figure", cell.locator
    for passage in disclosure.passages:
        if passage.id == record:
            yield "clause", passage.locator
        for statement in passage.statements:
            if statement.id == record:
                yield "clause", statement.locator
                yield "figure", statement.figure
