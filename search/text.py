"""Text: normalised one character to one character, so that positions stay valid; joined."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

MAX_LABEL: Final = 100
"""Longer texts hardly come twice: what is found of them is not kept."""

# Radicals that PDF fonts print for whole characters and that NFKC leaves alone, or changes to
# the traditional form.
_RADICALS = str.maketrans(
    "⼾⺀⺁⺈⺊⺌⺍⺗⺝⺟⺠⺡⺢⺣⺤⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺶⺷⺸⺺⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "户丶厂刀卜小小心月母民水水火爪犬王疋目示示竹糸纟罒羊羊羊聿月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅长长长门阜阝雨青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
_RADICAL = re.compile("[\u2e80-\u2fdf]")


class _Folded(dict[int, int]):
    """What each character is folded to, found as it is asked for."""

    def __missing__(self, code: int) -> int:
        folded = code
        if not "①" <= chr(code) <= "⑳":  # an enumerator, not a digit
            text = unicodedata.normalize("NFKC", chr(code).translate(_RADICALS))
            folded = ord(text) if len(text) == 1 else code
        self[code] = folded
        return folded


_FOLDED: Final = _Folded()


def normalise(text: str) -> str:
    """Return `text` with full-width signs, radicals and odd spaces folded; the length is kept.

    Characters whose compatibility form is longer than one (㎡, …) stay as they are, and so do
    circled numbers, which would turn into digits of the label they count.
    """
    if text.isascii():
        return text
    return _label(text) if len(text) <= MAX_LABEL else text.translate(_FOLDED)


def without_space(text: str) -> str:
    """Return `text` normalised, without any white space."""
    return _word(text) if len(text) <= MAX_LABEL else "".join(normalise(text).split())


@lru_cache(maxsize=1 << 16)
def _label(text: str) -> str:
    return text.translate(_FOLDED)


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> str:
    return "".join(normalise(text).split())


def without_radicals(text: str) -> str:
    """Return `text` with radicals turned into the characters they look like, all else kept."""
    if not _RADICAL.search(text):
        return text
    return _RADICAL.sub(lambda match: normalise(match[0]), text)


def without_surrogates(text: str) -> str:
    """Return `text` with lone surrogates, which no encoding writes, replaced by U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def joined(text: str) -> str:
    """Return `text` with its line breaks taken out, a space left only between Latin letters."""
    lines = text.split("\n")
    if len(lines) == 1:
        return text
    inner = [part.strip() for part in lines[1:-1]]
    kept = [part for part in (lines[0].rstrip(), *inner, lines[-1].lstrip()) if part]
    parts = kept[:1]
    for before, part in pairwise(kept):
        parts.append(f" {part}" if _latin(before[-1]) and _latin(part[0]) else part)
    return "".join(parts)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
