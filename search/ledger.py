"""The ledger 账: what became of each number that a source prints."""

from decimal import Decimal
from typing import Final, Literal

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
    "date": "日期、年度",
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


class Unread(Frozen):
    """A figure that is printed and was not read: as printed, why, and where.

    `context` is what is printed around it.
    """

    id: str
    text: str
    reason: str
    context: str
    locator: Locator


class Ledger(Frozen):
    """How many printed numbers have which fate, and those that were not read, in source order."""

    fates: dict[Fate, int] = {}
    unread: tuple[Unread, ...] = ()

    @property
    def printed(self) -> int:
        """How many numbers the source prints."""
        return sum(self.fates.values())

    @property
    def figures(self) -> int:
        """How many of them are figures, read or not."""
        return sum(self.fates.get(fate, 0) for fate in FIGURES)

    @property
    def accounted(self) -> Decimal:
        """The share of the figures that were read, in per cent."""
        if not self.figures:
            return Decimal(100)
        share = Decimal(100 * (self.figures - len(self.unread))) / self.figures
        return share.quantize(Decimal("0.01"))
