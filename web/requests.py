"""What a request asks for: URL parameters → one checked value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from search.service import MAX_PER_PAGE, PER_PAGE

MAX_PAGE: Final = 1_000_000
"""No index has more pages; a longer number is a mistake."""


MOST_VALUES: Final = 250
"""Values of a parameter that may be given several times: more than any form offers."""


class ParameterError(Exception):
    """A URL parameter that cannot be used; the message is for the reader of the page."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query, and which page of how many hits is asked for."""

    q: str
    page: int = 1
    limit: int = PER_PAGE

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> "SearchRequest":
        """Return the request of URL parameters; raise `ParameterError` for a bad number."""
        return cls(
            q=parameters.get("q", "").strip(),
            page=_number(parameters, "page", 1, MAX_PAGE),
            limit=_number(parameters, "limit", PER_PAGE, MAX_PER_PAGE),
        )

    def parameters(self, q: str | None = None, page: int = 1) -> dict[str, str | int]:
        """Return the URL parameters for another query or page, defaults left out."""
        asked: dict[str, str | int] = {"q": self.q if q is None else q}
        if page != 1:
            asked["page"] = page
        if self.limit != PER_PAGE:
            asked["limit"] = self.limit
        return asked


def few(name: str, values: Sequence[str]) -> Sequence[str]:
    """Return the values of a parameter; raise `ParameterError` where nobody meant so many."""
    if len(values) > MOST_VALUES:
        raise ParameterError(f"参数 {name} 最多写 {MOST_VALUES} 个")
    return values


def caret(parameters: Mapping[str, str]) -> int | None:
    """Return how many characters of `q` stand before the caret, None where that is not told."""
    return _number(parameters, "at", 0, MAX_PAGE) or None


def cell_number(parameters: Mapping[str, str], count: int) -> int | None:
    """Return the cell, of `count`, that is asked for; raise `ParameterError` for a bad one."""
    text = parameters.get("cell", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 6 or int(text) >= count:
        raise ParameterError(f"参数 cell 应是 0 到 {max(0, count - 1)} 的整数")
    return int(text)


def _number(parameters: Mapping[str, str], name: str, default: int, highest: int) -> int:
    text = parameters.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(highest)):
        raise ParameterError(f"参数 {name} 应是 1 到 {highest} 的整数")
    number = int(text)
    if not 1 <= number <= highest:
        raise ParameterError(f"参数 {name} 应是 1 到 {highest} 的整数")
    return number
