"""Texts of cells: the lines of one put together, and which figures are torn over lines."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from indexer.layout import Box
from indexer.readers.pdf.glyphs import PrintedLine

PADDING: Final = 11.0
"""Points that a cell keeps free inside both its borders together; word processors take most."""
APART: Final = 0.6
"""Ems between the base lines of two lines of a cell; nearer ones are printed over each other."""
CODES: Final = frozenset({5, 7, *range(8, 20)})
"""Digits of account codes (款, 项), of dates and of the times that forms are stamped with."""
LONGEST_CODE: Final = 7
"""Digits of the account code of a 项, which nothing carries on."""

_FRACTION = re.compile(r"[-−－]?[\d,，]*[.．]\d+")
_WHOLE = re.compile(r"[-−－]?[\d,，]*[.．]\d\d+")
_SOUND = re.compile(r"[-−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?%?")
"""A figure as it should be printed, its thousands parted in threes or not at all."""
_CLINGING = "%％.．,，。、；：）)"
"""Signs that no line begins with: they cling to what stands before them."""


class Entry(NamedTuple):
    """The text of a cell and the box around its ink; a merged cell's rest has no text.

    `room` is the width left free behind the last of its `lines`, `ocr` the lowest confidence of
    its recognised glyphs. `across`, `down`, `cell` and `covered` are as of `Fragment`.
    """

    text: str = ""
    box: Box | None = None
    room: float = 0.0
    lines: int = 0
    ocr: float | None = None
    across: int = 1
    down: int = 1
    cell: Box | None = None
    covered: bool = False

    def followed(self, rest: "Entry") -> "Entry":
        """Return the entry with its rest from the next page, placed where it began."""
        shares = [share for share in (self.ocr, rest.ocr) if share is not None]
        ocr = min(shares, default=None)
        return self._replace(text=self.text + rest.text, room=0.0, lines=0, ocr=ocr)


def entry(lines: Sequence[PrintedLine], width: float) -> Entry:
    """Return the lines of a cell as one text; `width` is the cell's own, to tell wrapped words."""
    if not lines:
        return Entry()
    text = lines[0].text
    for above, line in pairwise(lines):
        wrapped = is_wrapped(above, line, width)
        words = above.text[-1].isascii() and line.text[0].isascii()
        text += (" " if words and not wrapped else "") + line.text
    boxes = [line.box for line in lines]
    room = width - PADDING - (boxes[-1][2] - boxes[-1][0])
    ocr = min((share for line in lines for share in line.ocr or ()), default=None)
    return Entry(text, (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    ), room, len(lines), ocr)  # fmt: skip


def is_wrapped(above: PrintedLine, line: PrintedLine, width: float) -> bool:
    """Return whether what begins the line found no room at the end of the line above.

    Below a figure with its decimals digits alone are more of them, a second point is another
    figure's. Whole numbers below each other are one only as a code or a date and time. What is
    printed over a line is no part of it.
    """
    if line.base - above.base < APART * line.size:
        return False
    if _WHOLE.fullmatch(above.text) and not line.text.isdecimal():
        return False
    if (above.text + line.text).isdecimal() and not is_code(above.text, line.text):
        return False
    text = "".join(glyph.text[:1] for glyph in line.glyphs)
    last = line.glyphs[len(text[1:]) - len(text[1:].lstrip(_CLINGING))]
    return above.box[2] - above.box[0] + last.x1 - line.glyphs[0].x0 > width - PADDING


def is_torn(text: str, rest: str) -> bool:
    """Return whether two texts are one figure, torn: the first is none without the second.

    So are decimals that digits alone follow; figures of a new row have decimals of their own.
    """
    torn = is_cut(text) or (_FRACTION.fullmatch(text) and rest.isdecimal())
    return bool(torn) and _SOUND.fullmatch(text + rest) is not None


def goes_on(text: str, rest: str) -> bool:
    """Return whether digits carry on others, as those of a torn figure or code do."""
    return is_torn(text, rest) or is_code(text, rest)


def is_code(text: str, rest: str) -> bool:
    """Return whether digits and those below them may be one code or date: not two codes."""
    whole = text + rest
    full = LONGEST_CODE in {len(text), len(rest)}
    return whole.isdecimal() and len(whole) in CODES and not full


def is_cut(text: str) -> bool:
    """Return whether a figure is none as it stands: 1,23 or 1,234. lacks its end."""
    return re.fullmatch(r"[-−－\d,，.．]*\d[\d,，.．]*", text) is not None and not _SOUND.fullmatch(
        text
    )
