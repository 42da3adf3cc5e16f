"""What speaks for the metadata of a disclosure, and which other files are about the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from search.hits import DocumentInfo
from search.model import Disclosure, Evidence
from web.reading import Block

SHOWN: Final = 3
"""Places that are named for a value."""
FIELDS: Final = {
    "department": "部门", "year": "年度", "report": "类型", "level": "级别",
    "department_code": "编码", "parent": "主管部门",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of the source and the anchor of the block that holds it."""

    line: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A value that the document gives for a field: in how many places, the first of them."""

    field: str
    value: str
    chosen: bool
    count: int
    places: tuple[Spot, ...]


def grounds(disclosure: Disclosure, blocks: Sequence[Block]) -> tuple[Ground, ...]:
    """Return what speaks for each field, the weightiest value first."""
    found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in disclosure.evidence:
        found[one.field, one.value].append(one)
    order = list(FIELDS)
    ranked = sorted(
        found.items(),
        key=lambda item: (order.index(item[0][0]), -sum(one.weight for one in item[1])),
    )
    return tuple(
        Ground(
            FIELDS[field],
            value,
            value == str(getattr(disclosure, field)),
            len(places),
            tuple(_spot(one, blocks) for one in places[:SHOWN]),
        )
        for (field, value), places in ranked
    )


def _spot(of: Evidence, blocks: Sequence[Block]) -> Spot:
    """Return the place of evidence; what stands before all blocks is at the main heading."""
    before = [block.anchor for block in blocks if block.start <= of.locator.char_start]
    return Spot(of.locator.line_start, before[-1] if before else "main")


def others(documents: Iterable[DocumentInfo], disclosure: Disclosure) -> tuple[DocumentInfo, ...]:
    """Return the other documents of the same department and year, and all versions of this one."""
    return tuple(
        info
        for info in documents
        if info.id != disclosure.id
        and (
            (info.department == disclosure.department and info.year == disclosure.year)
            or disclosure.id == info.superseded_by
            or info.id == disclosure.superseded_by
        )
    )
