"""Distinct names in order, as bytes of a file: any number of them, without an object for each."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, Final, overload

import numpy as np
from numpy.typing import NDArray

_LAST: Final = "\U0010ffff"
"""Sorts after every continuation of a prefix."""


class Names(Sequence[str]):
    """Names in the order of their characters; a keyword column holds their places here."""

    def __init__(self, text: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self.text = text
        self.ends = ends

    @classmethod
    def of(cls, values: Iterable[str]) -> "Names":
        """Return the names that are in order already."""
        encoded = [value.encode() for value in values]
        ends = np.cumsum([len(value) for value in encoded], dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return self.at(np.arange(len(self))[place])
        end = int(self.ends[place])
        start = int(self.ends[place - 1]) if place else 0
        return self.text[start:end].tobytes().decode()

    def at(self, places: NDArray[np.integer[Any]]) -> list[str]:
        """Return the names at these places."""
        starts = np.where(places, self.ends[places - 1], 0).tolist()
        spans = zip(starts, self.ends[places].tolist(), strict=True)
        text = self.text.data
        return [str(text[start:end], "utf-8") for start, end in spans]

    def find(self, name: str) -> int | None:
        """Return the place of a name, None where it is not one of these."""
        place = bisect_left(self, name)
        return place if place < len(self) and self[place] == name else None

    def places(self, wanted: Iterable[str]) -> list[int]:
        """Return the places of those names that are known."""
        return [place for name in wanted if (place := self.find(name)) is not None]

    def beginning(self, prefix: str) -> range:
        """Return the places of the names that begin with `prefix`."""
        return range(bisect_left(self, prefix), bisect_left(self, prefix + _LAST))
