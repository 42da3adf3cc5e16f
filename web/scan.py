"""A page of a PDF as it is shown: its picture, the cited place boxed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from search.model import Disclosure, Locator
from web.pictures import MEDIA_TYPE, Picture
from web.place import cells_of, find

AIR: Final = 3.0
"""Points that a box stands off from the print."""
AROUND: Final = 150.0
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
    """Page `number` of `pages`, its size in points, and the boxes on it.

    A page that cannot be drawn has no size.
    """

    number: int
    pages: int
    width: float = 0.0
    height: float = 0.0
    boxes: tuple[Box, ...] = ()

    @property
    def drawn(self) -> bool:
        """Whether there is a picture of it."""
        return self.width > 0

    @property
    def broad(self) -> bool:
        """Whether it is broader than high: its print is small where the whole of it is shown."""
        return self.width > self.height

    @property
    def excerpt(self) -> tuple[float, float]:
        """The top of what an excerpt shows, and its height: the boxes with what is around."""
        if not self.boxes:
            return 0.0, self.height
        top = max(0.0, min(box.y for box in self.boxes) - AROUND)
        bottom = min(self.height, max(box.y + box.height for box in self.boxes) + AROUND)
        return top, bottom - top


def scan(
    disclosure: Disclosure,
    record: str,
    number: int,
    picture: Picture | None,
    cell: int | None = None,
) -> Scan | None:
    """Return a page with the boxes of a record on it, None where the form has no such page.

    There are no boxes on other pages. With `cell` the figure of that cell is boxed, else those
    that the record is about.
    """
    pages = disclosure.pages if disclosure.media_type == MEDIA_TYPE else None
    if picture is None:
        return Scan(number, pages) if pages and 1 <= number <= pages else None
    boxes = dict.fromkeys(
        Box(mark, x0 - AIR, y0 - AIR, x1 - x0 + 2 * AIR, y1 - y0 + 2 * AIR)
        for mark, locator in _marks(disclosure, record, cell)
        if locator.page == number and locator.bbox is not None
        for x0, y0, x1, y1 in (locator.bbox,)
    )
    return Scan(number, picture.pages, picture.width, picture.height, tuple(boxes))


def _marks(
    disclosure: Disclosure, record: str, cell: int | None
) -> Iterator[tuple[Literal["clause", "figure"], Locator]]:
    """Yield what is marked for a record: itself, then the figures it is about."""
    found = find(disclosure, record, cell)
    if found is None:
        return
    yield "clause", found.locator
    if found.figure is not None:
        yield "figure", found.figure
        return
    for one in cells_of(disclosure, record):
        if one.principal and one.value is not None and one.locator is not None:
            yield "figure", one.locator
