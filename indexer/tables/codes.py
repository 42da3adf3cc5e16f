"""Reads the account code 科目编码 of a row, which forms print whole or in columns 类 款 项."""

import re
from collections.abc import Sequence

LEVELS = ("类", "款", "项")
_CODE = re.compile(r"[A-Z]\d{0,6}|\d{1,8}")
_LEVEL = re.compile(r"\d{1,2}")


class Codes:
    """The codes of one side's rows, in order: what is blank left of 款 or 项 stands above."""

    def __init__(self, heads: Sequence[str]) -> None:
        self._levelled = len(heads) > 1 and all(head in LEVELS for head in heads)
        self._last: list[str] = []

    def read(self, texts: Sequence[str]) -> str | None:
        """Return the code that the cells of a row print, None where they print no code."""
        parts = list(texts)
        if self._levelled:
            parts = self._whole(parts)
        printed = [text for text in parts if _CODE.fullmatch(text)]
        if not printed or len(printed) != sum(bool(text) for text in parts):
            return None
        whole = printed[-1]
        return whole if all(whole.startswith(part) for part in printed) else "".join(printed)

    def _whole(self, parts: list[str]) -> list[str]:
        """Return the levels of a row with those above it, and digits that a number cell lost."""
        first = next((column for column, text in enumerate(parts) if text), None)
        if first is None or not all(text.isdigit() for text in parts if text):
            return parts
        if first and _LEVEL.fullmatch(parts[first]):
            if not all(self._last[:first]) or len(self._last) < first:
                return ["?"]
            parts[:first] = self._last[:first]
        parts = [text.zfill(2) if column and text else text for column, text in enumerate(parts)]
        self._last = parts
        return parts
