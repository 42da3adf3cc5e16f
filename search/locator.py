"""Places in a source, and the base of all values."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Base of all values: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Locator(Frozen):
    """Place in the source: lines and pages count from 1, characters from 0.

    `bbox` is x0, y0, x1, y1 in points from the top left of the page; `ocr` is the lowest
    confidence (0 to 1) of its characters where they were recognised in a scan.
    """

    line_start: int
    line_end: int
    char_start: int
    char_end: int
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    ocr: float | None = None
