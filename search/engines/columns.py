"""The structured side of an index as NumPy columns, one value a record, figures flattened."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from hashlib import blake2b
from typing import Final, get_args
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from search.engines.base import Figure
from search.model import QuantityKind, Role
from search.records import IndexedFigure

KINDS: Final = ("document", "row", "passage", "statement", "project")
QUANTITIES: Final = get_args(QuantityKind)
ROLES: Final = tuple(Role)
DIRECTIONS: Final = ("", "增加", "减少")
SCALE: Final = 100
"""Figures are stored as whole hundredths of their base unit: money in fen 分."""
UNKNOWN_YEAR: Final = 0

_LIMITS = np.iinfo(np.int64)
NO_AMOUNT: Final = int(_LIMITS.min)
"""Stands for a record's amount where it has none."""

Mask = NDArray[np.bool_]

FIGURE: Final = np.dtype(
    [
        ("amount", "<i8"), ("kind", "u1"), ("role", "u1"), ("direction", "u1"),
        ("principal", "u1"), ("unit", "<u4"), ("column", "<u4"),
    ]
)  # fmt: skip
"""A figure as stored; `unit` and `column` are hashes of their names."""


@dataclass(frozen=True, slots=True)
class Names:
    """A keyword column: `values` are the distinct names, `codes` index into them by record."""

    values: tuple[str, ...]
    codes: NDArray[np.int32]

    def mask(self, wanted: frozenset[str]) -> Mask:
        """Return the records whose name is one of `wanted`."""
        chosen = np.fromiter((value in wanted for value in self.values), bool, len(self.values))
        return chosen[self.codes]

    def mask_prefix(self, prefix: str) -> Mask:
        """Return the records whose name begins with `prefix`."""
        chosen = np.fromiter((v.startswith(prefix) for v in self.values), bool, len(self.values))
        return chosen[self.codes]


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of one commit; arrays are parallel, one entry a record.

    The figures of record i are `figures[offsets[i] : offsets[i + 1]]`; `owner` gives the record
    of each figure.
    """

    live: Mask
    kind: NDArray[np.uint8]
    listed: Mask
    definition: Mask
    year: NDArray[np.int32]
    place: NDArray[np.int64]
    label_hash: NDArray[np.int64]
    label_length: NDArray[np.int32]
    repeat: NDArray[np.int64]
    names: dict[str, Names]
    figures: NDArray[np.void]
    offsets: NDArray[np.int64]
    owner: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.kind)

    def figure_mask(self, wanted: Figure) -> Mask:
        """Return which figures (not records) satisfy a comparison."""
        figures = self.figures
        low, high = _bounds(wanted)
        mask: Mask = (figures["kind"] == QUANTITIES.index(wanted.kind)) & (
            (figures["amount"] >= low) & (figures["amount"] <= high)
        )
        if wanted.columns is None:
            mask &= figures["principal"] == 1
        else:
            mask &= np.isin(figures["column"], [hashed(name) for name in wanted.columns])
        if wanted.unit:
            mask &= figures["unit"] == hashed(wanted.unit)
        role = Role.CHANGE if wanted.direction else _usual_role(wanted.kind)
        mask &= figures["role"] == ROLES.index(role)
        if wanted.direction:
            mask &= figures["direction"] == DIRECTIONS.index(wanted.direction)
        return mask

    def figure_records(self, wanted: Figure) -> Mask:
        """Return the records with a figure that satisfies a comparison."""
        mask = np.zeros(len(self), dtype=bool)
        mask[self.owner[self.figure_mask(wanted)]] = True
        return mask

    def amounts(self, wanted: Figure | None) -> NDArray[np.int64]:
        """Return each record's amount for sorting: the largest that satisfies, else principal.

        Records without one get `NO_AMOUNT`.
        """
        result = np.full(len(self), NO_AMOUNT, dtype=np.int64)
        if wanted is not None:
            chosen = self.figure_mask(wanted)
        else:
            money = self.figures["kind"] == QUANTITIES.index("money")
            chosen = money & (self.figures["principal"] == 1)
        np.maximum.at(result, self.owner[chosen], self.figures["amount"][chosen])
        return result


def _usual_role(kind: QuantityKind) -> Role:
    return {"share": Role.SHARE, "rate": Role.RATE}.get(kind, Role.LEVEL)


def _bounds(wanted: Figure) -> tuple[int, int]:
    """Return the closed bounds of a comparison in hundredths."""
    limits = _LIMITS
    low, high = int(limits.min), int(limits.max)
    if wanted.low is not None:
        low = _ceil(wanted.low * SCALE)
        low += int(wanted.low_open and low == wanted.low * SCALE)
    if wanted.high is not None:
        high = _floor(wanted.high * SCALE)
        high -= int(wanted.high_open and high == wanted.high * SCALE)
    return min(max(low, limits.min), limits.max), min(max(high, limits.min), limits.max)


def _floor(value: Decimal) -> int:
    return int(value.to_integral_value(rounding="ROUND_FLOOR"))


def _ceil(value: Decimal) -> int:
    return int(value.to_integral_value(rounding="ROUND_CEILING"))


def pack(figures: Sequence[IndexedFigure]) -> bytes:
    """Return figures as the bytes of an array of `FIGURE`."""
    packed = np.zeros(len(figures), dtype=FIGURE)
    for entry, figure in zip(packed, figures, strict=True):
        amount = (figure.base * SCALE).to_integral_value(rounding=ROUND_HALF_EVEN)
        entry["amount"] = max(min(int(amount), _LIMITS.max), _LIMITS.min)
        entry["kind"] = QUANTITIES.index(figure.kind)
        entry["role"] = ROLES.index(figure.role)
        entry["direction"] = DIRECTIONS.index(figure.direction or "")
        entry["principal"] = figure.principal
        entry["unit"] = hashed(figure.unit)
        entry["column"] = hashed(figure.column)
    return packed.tobytes()


def hashed(name: str) -> int:
    """Return a stable 32-bit hash of a name, 0 for none."""
    return crc32(name.encode()) if name else 0


def without_repeats(order: NDArray[np.int64], repeat: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return records in order, of those that say the same only the first."""
    said = repeat[order]
    repeating = np.flatnonzero(said)
    kept = said == 0
    kept[repeating[np.unique(said[repeating], return_index=True)[1]]] = True
    found: NDArray[np.int64] = order[kept]
    return found


def text_key(text: str) -> int:
    """Return a stable signed 64-bit hash of a text, for telling equal ones; 0 for none."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)
