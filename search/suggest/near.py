"""Near terms: names of the index, or parts of them, that a misspelt word may mean."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from search.analysis import tokens, words
from search.results import TermKind
from search.suggest.pinyin import syllables
from search.suggest.terms import key
from search.suggest.vocabulary import Shelf, Vocabulary

SHORTEST, LONGEST = 2, 20
"""Characters of a word that has near terms."""
TWO_ERRORS: Final = 6
"""Characters from which two may be wrong."""
SCANNED: Final = 200
"""Names of a kind that are looked at for each part of the word, the most frequent first."""
MOST: Final = 6

KINDS: Final[tuple[TermKind, ...]] = ("label", "project", "account", "table")


def near(known: Vocabulary, word: str, kinds: Sequence[TermKind] = KINDS) -> list[str]:
    """Return up to `MOST` terms near `word`: first those that sound the same, then by errors.

    Letters stand for the sound of a name. A term may be part of a name, then it is spelt as there.
    """
    typed = key(word)
    if not SHORTEST <= len(typed) <= LONGEST or typed.isdecimal():
        return []
    if typed.isascii():
        return list(dict.fromkeys(one.term.text for one in known.find(typed, kinds, MOST)))[:MOST]
    found: Counter[str] = Counter()
    errors: dict[str, int] = {}
    seen: dict[str, int] = {typed: 0}
    for shelf in (known.shelves[kind] for kind in kinds):
        close = () if _is_short_word(typed) else _close(shelf, typed, seen)
        for number, start, length, wrong in (*_alike(shelf, typed), *close):
            owner = shelf.owners[number]
            text = shelf.terms[owner].text
            if key(text) != shelf.names[number]:
                continue  # found by its code
            part = _printed(text, start, length)
            found[part] += shelf.counts[owner]
            errors[part] = min(wrong, errors.get(part, wrong))
    ranked = sorted(found, key=lambda part: (errors[part], -found[part], part))
    return ranked[:MOST]


def _is_short_word(typed: str) -> bool:
    """Return whether two characters are a word: with one of them wrong, 债务 is 服务 and 事务."""
    return len(typed) == SHORTEST and words(typed) == [typed]


def _alike(shelf: Shelf, typed: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield where a name sounds like `typed`: its number, start, length, and no error."""
    sound = " ".join(syllables(typed))
    for number, at in islice(shelf.sounds.places(f" {sound}"), SCANNED):
        whole = shelf.sounds[number]
        start = whole.count(" ", 0, at)
        name = shelf.names[number]
        ends = whole[at + 1 + len(sound) :][:1] in {"", " "}
        if (
            ends
            and name[start : start + len(typed)] != typed
            and _is_whole(name, start, len(typed))
        ):
            yield number, start, len(typed), 0


def _close(shelf: Shelf, typed: str, seen: dict[str, int]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where a name has `typed` but for one or two characters, and how many.

    With `allowed` errors, one of `allowed + 1` parts is right; the names that hold one are
    looked at. `seen` keeps the errors of what was compared.
    """
    allowed = 2 if len(typed) >= TWO_ERRORS else 1
    cuts = [len(typed) * part // (allowed + 1) for part in range(allowed + 2)]
    for begin, end in pairwise(cuts):
        for number, at in islice(shelf.names.places(typed[begin:end]), SCANNED):
            name = shelf.names[number]
            best: tuple[int, int, int] | None = None
            for start in range(max(0, at - begin - allowed), at - begin + allowed + 1):
                for length in _lengths(typed, allowed):
                    part = name[start : start + length] if start >= 0 else ""
                    if len(part) < length:
                        continue
                    if part not in seen:
                        seen[part] = _errors(typed, part)
                    rank = (seen[part], abs(length - len(typed)), start)
                    if not 0 < rank[0] <= allowed or (best is not None and rank >= best):
                        continue
                    if _is_whole(name, start, length):
                        best, width = rank, length
            if best is not None:
                yield number, best[2], width, best[0]


def _is_whole(name: str, start: int, length: int) -> bool:
    """Return whether a part of a name begins and ends where words do."""
    part = name[start : start + length]
    known = set(tokens(part))
    edges = _edges(name)
    begins = start in edges or any(part[:size] in known for size in range(2, length + 1))
    return begins and (
        start + length in edges or any(part[-size:] in known for size in range(2, length + 1))
    )


@lru_cache(maxsize=1 << 12)
def _edges(name: str) -> frozenset[int]:
    """Return the places of a name where its words begin or end."""
    edges = {0, len(name)}
    at = 0
    for word in words(name):
        at = name.index(word, at)
        edges |= {at, at + len(word)}
        at += len(word)
    return frozenset(edges)


def _lengths(typed: str, allowed: int) -> range:
    """Return the lengths of what `typed` may mean; of two characters neither is left out."""
    length = len(typed)
    return range(
        max(SHORTEST, length - allowed), length + (allowed if length > SHORTEST else 0) + 1
    )


def _errors(one: str, other: str) -> int:
    """Return how many characters differ, are missing, too many or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, 1):
        above, row = row, [number]
        for at, against in enumerate(other, 1):
            cost = min(above[at - 1] + (char != against), above[at] + 1, row[at - 1] + 1)
            if number > 1 and at > 1 and char == other[at - 2] and one[number - 2] == against:
                cost = min(cost, before[at - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]


def _printed(text: str, start: int, length: int) -> str:
    """Return the part of `text` whose letters and digits are `length` from `start` on."""
    places = [at for at, char in enumerate(text) if char.isalnum()]
    return text[places[start] : places[start + length - 1] + 1]
