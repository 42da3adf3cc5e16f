"""Values as cells of a spreadsheet: no text runs as a formula, none breaks the file."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from search.text import normalise

LONGEST: Final = 32_767
"""Characters that a cell of Excel holds."""
CUT: Final = "……（过长，已截断）"
"""Ends the text of a cell that was cut."""
SHORT: Final = 200
"""Characters of a text that is remembered: most lines of a table repeat those of the last."""

_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@]")
_HARMLESS = re.compile(r"\s*-+|\s*-[\d,]*\.?\d+[%‰]?\s*")
"""Text that begins with a formula sign but is a dash or a number."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold."""


def cell_text(value: Any) -> str:
    """Return a value as the text of a cell; a formula sign is kept from running in Excel."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    text = "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return _kept(text) if len(text) < SHORT else _safe(text)


def _safe(text: str) -> str:
    folded = normalise(text)
    runs = _FORMULA.match(folded) and not _HARMLESS.fullmatch(folded)
    return f"'{text}" if runs else text


_kept: Final = lru_cache(maxsize=1024)(_safe)


def cell_value(value: Any) -> int | Decimal | str:
    """Return a value for a cell of XLSX: a number as it is, any other as text that fits."""
    if isinstance(value, int | Decimal):
        return value
    text = _ILLEGAL.sub("", cell_text(value))
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
