"""The ledger 账: what became of each number that a source prints."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Final, Literal

from pydantic import Field

from search.locator import Frozen, Locator

Fate = Literal[
    "row", "statement", "form", "words", "date", "code", "document_number", "ordinal", "page",
    "phone", "condition", "bare", "unread",
]  # fmt: skip

FATES: Final[dict[Fate, str]] = {
    "row": "表中一行的数字",
    "statement": "一句话里的数字",
    "form": "绩效表的数字",
    "words": "表中文字里的数字",
    "date": "日期、年度、期限",
    "code": "编码",
    "document_number": "文号",
    "ordinal": "序号、条款",
    "page": "页码",
    "phone": "电话",
    "condition": "条件、范围",
    "bare": "没有单位的数字",
    "unread": "未读入",
}
"""What each fate is called; all but the last are accounted for."""

FIGURES: Final[tuple[Fate, ...]] = ("row", "statement", "form", "unread")
"""The fates of figures; the other numbers are none."""


NOT_READ: Final = FATES["unread"]
"""The mark of a figure that is printed and was not read."""


class Unread(Frozen):
    """A figure that is printed and was not read: as printed, why, and where.

    `quote` is what is printed around it and equals the source at `locator`; `figure` is the place
    of the figure. `table` is the kind of table that it stands in, `table_id` which one.
    """

    id: str
    text: str
    reason: str
    table: str | None = None
    table_id: str | None = None
    quote: str
    locator: Locator
    figure: Locator


class Ledger(Frozen):
    """How many printed numbers have which fate, and those that were not read, in source order."""

    fates: dict[Fate, int] = Field(default_factory=dict)
    unread: tuple[Unread, ...] = ()


def figures(fates: Mapping[Fate, int]) -> int:
    """Return how many of the numbers are figures, read or not."""
    return sum(fates.get(fate, 0) for fate in FIGURES)


def accounted(fates: Mapping[Fate, int]) -> Decimal:
    """Return the share of the figures that were read, in per cent, never rounded up to all."""
    printed = figures(fates)
    if not printed:
        return Decimal(100)
    share = Decimal(100 * (printed - fates.get("unread", 0))) / printed
    return share.quantize(Decimal("0.01"), ROUND_FLOOR)
