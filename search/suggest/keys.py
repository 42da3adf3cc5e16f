"""Many short keys in one string, so that a few hundred thousand are searched in milliseconds."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

_EDGE: Final = "\n"


class Keys:
    """Keys in a given order; what is found comes in that order."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._text = _EDGE + "".join(key + _EDGE for key in keys)
        self._starts = array("q", accumulate((len(key) + 1 for key in keys), initial=1))

    def __getitem__(self, number: int) -> str:
        return self._text[self._starts[number] : self._starts[number + 1] - 1]

    def __contains__(self, text: str) -> bool:
        """Return whether `text` stands in any key."""
        return text in self._text

    def equal(self, text: str) -> Iterator[int]:
        """Yield the numbers of the keys that are `text`."""
        return (number for number, _ in self._places(_EDGE + text + _EDGE, 1))

    def beginning(self, text: str) -> Iterator[int]:
        """Yield the numbers of the keys that begin with `text`, which is not empty."""
        return (number for number, _ in self._places(_EDGE + text, 1))

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the number of each key that contains `text`, and where it first does."""
        return self._places(text, 0)

    def _places(self, text: str, before: int) -> Iterator[tuple[int, int]]:
        """Yield the keys that `text` stands in from its character `before` on, and where."""
        at = self._text.find(text)
        while at >= 0:
            number = bisect_right(self._starts, at + before) - 1
            yield number, at + before - self._starts[number]
            at = self._text.find(text, self._starts[number + 1] - 1)
