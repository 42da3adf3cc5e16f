"""Looks units up: what is one, what a head or label gives in brackets, what a line declares."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from search.text import normalise, without_space
from search.vocabulary.entries import (
    BlankEntry,
    DeclarationEntry,
    OrganisationEntry,
    ScaleEntry,
    UnitEntry,
)
from search.vocabulary.loading import cached, pieces, rules
from search.vocabulary.values import Declaration, Unit, UnitKind

LONGEST: Final = 14
"""No unit is written with more characters: 人民币(百万元)."""
BRACKETS: Final = "括号"
"""Stands for the entry of a declaration that is a money unit in brackets and nothing else."""
_ENCLOSED: Final = re.compile(r"\(([^()]*(?:\([^()]*\))?)\)")
_PLAIN: Final = re.compile(
    r"(?:本表|表内|表中)?(?:金额|货币|计量)?单位(?:均?为|都?是)?(?P<unit>.+)"
)
"""A line that declares a unit of money without a colon: 单位 万元, 本表金额单位为万元。"""
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_RUN: Final = re.compile(r"[\u3400-\u9fff]+")
MAX_BEHIND: Final = 2
"""More characters right behind a unit, that head nothing, make it the beginning of a name."""
_PIECE: Final = re.compile(r"[\u3400-\u9fff·]{1,6}")
"""What a price is of: 元/人, 元/平方米."""
_MORE: Final = re.compile(r"[、,;和及]|/(?=[%‰])")
_STOPS: Final = re.compile(r"[()、,;:。]")
_UNKNOWN: Final = re.compile(
    r".|.{0,7}(?:元|币|圆|镑|金)|[A-Za-z0-9³²%‰·]{1,6}|[十百千万亿]+.{1,3}|.{1,5}(?:/|每).{1,5}"
)
"""What behind 单位： is a unit that no entry knows, and no name: 角, 卢比元, kVA, 千桶, 元/人."""


@cached
def unit(text: str) -> Unit | None:
    """Return the unit that a text is, scaled (万人次), or per piece (元/人); else None."""
    squeezed = without_space(text)
    if not 0 < len(squeezed) <= LONGEST:
        return None
    found = rules(UnitEntry, "units").claim(squeezed)
    if found is not None:
        money = found.kind == "money"
        name = found.name if money else squeezed
        return Unit(found.name, name, found.kind, found.base, name if found.kind == "count" else "")
    scale = rules(ScaleEntry, "scales").claim(squeezed[0])
    of = unit(squeezed[1:]) if scale else None
    if scale and of and of.kind == "count" and of.name == of.counted:
        return Unit(of.entry, squeezed, "count", scale.factor, of.counted)
    whole, slash, piece = squeezed.partition("/")
    per = unit(whole) if slash and _PIECE.fullmatch(piece) else None
    return Unit(per.entry, squeezed, "rate", per.base) if per and per.kind == "money" else None


@cached
def bracketed(text: str) -> Unit | None:
    """Return the unit that a head or label gives in brackets: 车辆数（辆）, 金额（单位：万元）."""
    for match in _ENCLOSED.finditer(without_space(text)):
        found = unit(match[1])
        if found is None and ":" in match[1]:
            of = declared(match[1])
            found = of.unit if of else None
        if found is not None:
            return found
    return None


@cached
def declared(text: str) -> Declaration | None:
    """Return the unit that a line or corner declares (单位：万元), known or not; else None.

    What follows a bare 单位： may be a department's name, which is none.
    """
    printed = normalise(text)
    squeezed = "".join(printed.split())
    whole = _ENCLOSED.fullmatch(squeezed)
    only = unit(whole[1]) if whole else None
    if whole and only and only.kind in {"money", "foreign"}:
        return Declaration(BRACKETS, whole[1], only, (), 0, len(squeezed))
    for match in _keys().finditer(squeezed):
        entry = rules(DeclarationEntry, "declarations").claim(match["key"])
        gaps = _gaps(printed)
        if entry is not None and not _is_word(squeezed, match, entry, gaps):
            found = _behind(entry, squeezed, match, gaps)
            if found is not None:
                return found
    plain = _PLAIN.fullmatch(squeezed)
    known = unit(plain["unit"]) if plain else None
    if plain and known and known.kind in {"money", "foreign"}:
        return Declaration("单位", plain["unit"], known, (), 0, len(squeezed))
    return None


@cached
def spoken() -> Mapping[str, Unit]:
    """Return the short forms of money units: 万 of 万元."""
    return {
        short: of
        for entry in rules(UnitEntry, "units").entries()
        for short in entry.spoken
        if (of := unit(entry.name))
    }


@cached
def _keys() -> re.Pattern[str]:
    words = sorted(
        (rule.pattern.pattern for rule in rules(DeclarationEntry, "declarations").ordered),
        key=len,
        reverse=True,
    )
    return re.compile(f"\\(?(?P<key>{'|'.join(words)})(?::\\(?|\\()")


@cached
def _endings() -> re.Pattern[str]:
    return re.compile(".*" + pieces("organisations")["endings"])


def _is_word(
    text: str, match: re.Match[str], entry: DeclarationEntry, gaps: frozenset[int]
) -> bool:
    """Return whether the key is the end of another word: 编制单位：某局, 行政单位（个）."""
    if entry.always:
        return False
    at = match.start("key")
    glued = at > 0 and at not in gaps and _HAN.match(text[at - 1]) is not None
    if glued and text[match.end() - 1] == "(" and ":" not in match[0]:
        return True
    before = text[max(0, at - 2) : at]
    known = rules(OrganisationEntry, "organisations")
    return any(known.claim(before[i:] + match["key"]) for i in range(len(before)))


def _gaps(printed: str) -> frozenset[int]:
    """Return the places in the text without white space before which it stood."""
    places, count = set(), 0
    for char in printed:
        if char.isspace():
            places.add(count)
        else:
            count += 1
    return frozenset(places)


def _behind(
    entry: DeclarationEntry, text: str, match: re.Match[str], gaps: frozenset[int]
) -> Declaration | None:
    at = match.end()
    found = _unit_at(text, at)
    if found is not None:
        first, end = found
        if _ends(entry, text[at:], first, end - at, end in gaps):
            others, last = _others(text, end)
            return Declaration(
                entry.name, text[at:end], first, tuple(others), match.start(), _closed(text, last)
            )
    return _unknown(entry, text, match, gaps)


def _unknown(
    entry: DeclarationEntry, text: str, match: re.Match[str], gaps: frozenset[int]
) -> Declaration | None:
    """Return the declaration of a unit that no entry knows, None where it is none."""
    at = match.end()
    stop = next((i for i in range(at, len(text)) if i > at and i in gaps), len(text))
    token = _STOPS.split(text[at:stop], maxsplit=1)[0]
    blank = rules(BlankEntry, "blanks").claim(token) is not None
    if not token or blank or len(token) > LONGEST or entry.known_only:
        return None
    if not entry.always and (not _UNKNOWN.fullmatch(token) or _endings().fullmatch(token)):
        return None
    return Declaration(entry.name, token, None, (), match.start(), _closed(text, at + len(token)))


def _unit_at(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the longest unit that begins at a place, and where it ends."""
    for end in range(min(len(text), at + LONGEST), at, -1):
        part = text[at:end]
        found = spoken().get(part) or unit(part)
        if found is not None:
            closing = part.endswith(")") and part.count("(") < part.count(")")
            return found, end - closing
    return None


def _ends(entry: DeclarationEntry, text: str, of: Unit, end: int, parted: bool) -> bool:
    """Return whether a unit ends where it seems to: 元谋县 and 人力资源局 begin with none.

    `text` begins with the unit; `parted` tells that white space follows it.
    """
    after = text[end : end + 1]
    if after in {"/", "每"} and not _MORE.match(text, end):
        return False
    if parted or not _HAN.match(after or " "):
        return True
    if entry.always:
        return of.kind != "count"
    if text[:end] in spoken() or entry.known_only or of.kind not in {"money", "foreign", "area"}:
        return False
    behind = _RUN.match(text, end)
    words = behind[0] if behind else ""
    heads = rules(OrganisationEntry, "organisations").claim(words) is not None
    return heads or (len(words) <= MAX_BEHIND and not _endings().fullmatch(text[:end] + words))


def _others(text: str, end: int) -> tuple[list[Unit], int]:
    """Return the units that follow the first (单位：万元、辆), and where the last ends."""
    found: list[Unit] = []
    while _MORE.match(text, end) and (more := _unit_at(text, end + 1)):
        found.append(more[0])
        end = more[1]
    return found, end


def _closed(text: str, end: int) -> int:
    """Return where a declaration ends with the brackets that close it."""
    while text[end : end + 1] == ")":
        end += 1
    return end


@cached
def units_of(kind: UnitKind) -> Mapping[str, Decimal]:
    """Return the units of a kind that running text prints, in the kind's base unit."""
    return {
        name: entry.base
        for entry in rules(UnitEntry, "units").entries()
        if entry.kind == kind and entry.prose
        for name in (entry.name, *entry.also)
    }


@cached
def scales() -> Mapping[str, Decimal]:
    """Return what may multiply a counting unit."""
    return {entry.name: entry.factor for entry in rules(ScaleEntry, "scales").entries()}


def in_prose(names: Iterable[str]) -> str:
    """Return a regular expression for any of the units where no word goes on behind it."""
    unless = {
        name: entry.unless
        for entry in rules(UnitEntry, "units").entries()
        for name in (entry.name, *entry.also)
        if entry.unless
    }
    return "|".join(
        re.escape(name) + (f"(?![{unless[name]}])" if name in unless else "")
        for name in sorted(names, key=lambda name: (-len(name), name))
    )
