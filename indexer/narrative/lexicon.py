"""The words of the narrative that are no items: read once from `data/`, one file for each kind."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from search.errors import SearchError
from search.model import Report

Kind = Literal[
    "measure", "period", "comparison", "change", "share", "lead", "link", "pronoun", "name", "noun"
]
KINDS: Final[Mapping[str, Kind]] = {
    "measures": "measure",
    "periods": "period",
    "comparisons": "comparison",
    "changes": "change",
    "shares": "share",
    "leads": "lead",
    "links": "link",
    "pronouns": "pronoun",
    "names": "name",
    "nouns": "noun",
}
"""What the words of each file are."""
_FLAGS: Final = frozenset({
    "strip", "total", "own", "alone", "again", "left", "right", "have", "holds", "action",
    "reached", "start", "whole", "source", "behind", "near", "compared", "beyond", "base", "part",
    "cause", "self",
})  # fmt: skip
"""What an entry may say of its words; each file's head says what it means."""
_VALUES: Final = frozenset({"name", "words", "reason", "basis", "side", "direction", "offset",
                            "anchor", "role"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """Words of one kind that are read alike."""

    kind: Kind
    name: str
    words: tuple[str, ...]
    flags: frozenset[str]
    basis: Report | None = None
    side: str | None = None
    direction: Literal["增加", "减少"] | None = None
    offset: int = 0
    anchor: str = "document"
    role: str = ""


Senses = Mapping[Kind, Entry]
"""What a word may be; a word stands in a file at most once."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words that are no items, and a pattern that finds the longest of them."""

    senses: Mapping[str, Senses]
    pattern: str
    nouns: Mapping[str, tuple[str, ...]]
    """Words about nouns by what they tell: end, money, item, heading."""


@cache
def lexicon() -> Lexicon:
    """Return the words of `data/`; raise `SearchError` where a file is not as it must be."""
    senses: dict[str, dict[Kind, Entry]] = defaultdict(dict)
    nouns: dict[str, tuple[str, ...]] = {}
    for stem, kind in KINDS.items():
        text = files(__package__).joinpath("data", f"{stem}.toml").read_text(encoding="utf-8")
        for entry in _entries(kind, tomllib.loads(text), stem):
            if kind == "noun":
                nouns[entry.role] = entry.words
                continue
            for word in entry.words:
                if kind in senses[word]:
                    raise SearchError(f"{stem}.toml: {word} stands in two entries")
                senses[word][kind] = entry
    return Lexicon(dict(senses), _alternatives(senses), nouns)


def _entries(kind: Kind, data: Mapping[str, Any], stem: str) -> Iterator[Entry]:
    for raw in data["entry"]:
        unknown = raw.keys() - _FLAGS - _VALUES
        if unknown or not raw.get("reason") or not raw.get("words"):
            raise SearchError(f"{stem}.toml: {raw.get('name')}: {sorted(unknown) or 'no reason'}")
        yield Entry(
            kind=kind,
            name=raw["name"],
            words=tuple(raw["words"]),
            flags=frozenset(flag for flag in _FLAGS if raw.get(flag)),
            basis=raw.get("basis"),
            side=raw.get("side"),
            direction=raw.get("direction"),
            offset=raw.get("offset", 0),
            anchor=raw.get("anchor", "document"),
            role=raw.get("role", ""),
        )


def _alternatives(words: Mapping[str, object]) -> str:
    """Return a pattern of words, the longest first, gathered by their first character."""
    heads: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        heads[word[0]].append(re.escape(word[1:]))
    return "|".join(f"{re.escape(head)}(?:{'|'.join(rest)})" for head, rest in heads.items())
