"""How Chinese text sounds: pinyin without tones, one syllable for each character."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_HAN: Final = re.compile(r"[\u3400-\u9fff〇]")
_RUN: Final = re.compile(r"[\u3400-\u9fff〇]+|[^\u3400-\u9fff〇]+")
MAX_READINGS: Final = 8
"""Ways to cut typed letters into syllables; xianan has three, real words seldom more."""


@lru_cache(maxsize=1 << 14)
def syllables(text: str) -> tuple[str, ...]:
    """Return the syllable of each character of `text`; any other than Chinese stands for itself.

    Words decide between readings (会计 kuai ji, 会议 hui yi); ü is written v, but lüe as lue.
    """
    found: list[str] = []
    for run in _RUN.findall(text):
        found += _chinese(run) if _HAN.match(run) else run.lower()
    return tuple(found)


def _chinese(run: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its word list takes time and memory

    found = lazy_pinyin(run)
    if len(found) != len(run):
        found = [lazy_pinyin(char)[0] for char in run]
    return [syllable.replace("ve", "ue") for syllable in found]


def readings(letters: str, known: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """Return the ways to read typed letters as `known` syllables, the last perhaps unfinished."""
    letters = letters.replace("ve", "ue")
    longest = max(map(len, known), default=0)
    # For each position the ways to read what stands before it, in whole syllables.
    before: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(letters)):
        ways = (
            (*way, letters[start:end])
            for start in range(max(0, end - longest), end)
            if letters[start:end] in known
            for way in before[start]
        )
        before.append(_fewest(ways))
    last = (
        (*way, letters[start:])
        for start in range(max(0, len(letters) - longest), len(letters))
        if before[start] and any(one.startswith(letters[start:]) for one in known)
        for way in before[start]
    )
    return tuple(_fewest(last))


def _fewest(ways: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return sorted(ways, key=len)[:MAX_READINGS]
