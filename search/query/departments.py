"""Finding departments of an index by what people call them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Final, Literal

from search.analysis import clean, words
from search.organisations.called import called, id_of, is_office, key_of
from search.query.wordlists import pairs

How = Literal["name", "organisation", "abbreviation", "place", "part", "initials", "near"]

ENDINGS: Final = (
    "局", "部", "厅", "委", "办", "院", "会", "站", "所", "处", "队", "署", "馆", "校", "园",
    "中心", "政府",
)  # fmt: skip
"""Words that the names of organisations end in."""
GENERIC: Final = frozenset({
    "中心", "服务中心", "管理中心", "办公室", "委员会", "管委会", "管理局", "服务站", "事务局",
    "分局", "政府", "人民政府", "工作部", "干部", "支部",
})  # fmt: skip
"""Endings that are too common to name a department by themselves."""

PLACES: Final = ("省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "街道")
"""Words that the names of places end in."""
OFFICES: Final = ("局", "厅", "署", "法院", "检察院")
"""Endings of what is an authority, and never a thing that money is spent on (图书馆 is)."""

RELATIVE: Final = {"省": "省", "市": "市", "县": "县", "区": "县"}
"""Words in place of a place's name, and the level that they mean: 省法院, 区教育局."""
PART: Final = 3
"""Characters from which a bare word may be the end of a name, and a subsequence may name one."""
INITIALS: Final = 4
"""Characters from which a bare word may be a subsequence of a name (人才中心)."""
NEAR: Final = 6
"""Characters from which a word may name a department in spite of a misread one."""
LONGEST: Final = 60
"""Characters of a name that words are glued to; the longest real ones have some fifty."""
PER_ERROR: Final = 8
"""Characters for each that may differ; neighbouring counties often differ in two of twelve."""

_ENDING = re.compile("[局厅部委办处科站所院署]|中心")
_BRACKETS = re.compile(r"^(?P<head>.+?)\((?P<inside>.+)\)$")


@dataclass(frozen=True, slots=True)
class Match:
    """The departments that a text names, and how it was recognised."""

    names: tuple[str, ...]
    how: How


class Departments:
    """The departments of an index, with every form of their names."""

    def __init__(
        self,
        departments: Mapping[str, tuple[str, ...]],
        organisations: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        self._organisations = organisations
        self._forms = {
            name: tuple(dict.fromkeys(_forms((name, *variants))))
            for name, variants in departments.items()
        }
        # Nearly every word is a part of none, which one look at all of them tells.
        self._all = "\n".join(form for forms in self._forms.values() for form in forms)

    def find(self, text: str) -> Match | None:
        """Return the departments that `text` names by the surest way that finds any."""
        asked = clean(text)
        if not asked:
            return None
        return (
            self._by_organisation(asked)
            or self._by_name(asked)
            or self._by(lambda form: asked in form, "part")
            or self._by(lambda form: len(asked) >= PART and within(asked, form), "initials")
            or self._near(asked)
        )

    def find_clear(self, text: str) -> Match | None:
        """Return the departments that a bare word clearly names, else None."""
        asked = clean(text)
        if asked in GENERIC:
            return None
        meant = self._by_organisation(asked)
        if meant is not None or not asked.endswith(ENDINGS):
            return meant
        return (
            self._by_name(asked)
            or self._by_ending(asked)
            or self._by(
                lambda form: (
                    len(asked) >= INITIALS and form[-1] == asked[-1] and within(asked, form)
                ),
                "initials",
            )
            or self._near(asked)
        )

    def find_place(self, text: str) -> Match | None:
        """Return the departments of the place that `text` names: 晋中开发区; 泽州 for 泽州县."""
        asked = clean(text)
        if len(asked) < 2:
            return None
        return self._by(lambda form: _is_place(asked, form), "place")

    def find_bare_place(self, text: str) -> Match | None:
        """Return the departments of a place that a bare word names in full, else None."""
        full = len(clean(text)) >= PART and text.endswith(PLACES)
        return self.find_place(text) if full else None

    def find_leading(self, text: str) -> tuple[Match, int] | None:
        """Return the department or place whose name `text` begins with, and the name's length."""
        for end in range(min(len(text) - 1, LONGEST), PART - 1, -1):
            begin = text[:end]
            match = self.find_bare_place(begin)
            if match is None and begin not in GENERIC:
                match = self._by_organisation(clean(begin))
            if match is None and begin.endswith(ENDINGS) and begin not in GENERIC:
                match = self._by_name(clean(begin))
            if match is None and begin.endswith(OFFICES) and begin not in GENERIC:
                match = self._by_ending(clean(begin))
            if match is not None:
                return match, end
        return None

    def find_part(self, text: str) -> Match | None:
        """Return the departments of whose name `text` is a part: 科技人才; else None."""
        asked = clean(text)
        if len(asked) < PART or asked in GENERIC or asked not in self._all:
            return None
        return self._by(lambda form: asked in form, "part")

    def find_part_leading(self, text: str) -> tuple[Match, int] | None:
        """Return the departments of whose name the first words of `text` are a part, their length.

        The part ends where a word does: 科技人才公务接待费.
        """
        ends = [len(text)]
        for word in reversed(words(text)[1:]):
            at = text.rfind(word, 0, ends[-1])
            if at < PART:
                break
            ends.append(at)
        for end in ends:
            match = self.find_part(text[:end])
            if match is not None:
                return match, end
        return None

    def _by_organisation(self, asked: str) -> Match | None:
        """Return the departments of the organisation that a name means, whatever it is called.

        The name must say where it is (江苏高院), or of which level (省法院: of any province).
        """
        meant = called(asked)
        ids = [id_of(key_of(region, meant.body)) for region in meant.regions if meant.body]
        if not meant.regions and (level := RELATIVE.get(asked[:1])) is not None:
            ids = self._at_level.get((level, meant.body), [])
        names = dict.fromkeys(name for of in ids for name in self._organisations.get(of, ()))
        # A department's own office (本级) has tables of its own: each is found by its name.
        own = tuple(name for name in names if is_office(name) == is_office(asked))
        return Match(own, "organisation") if own else None

    @cached_property
    def _at_level(self) -> dict[tuple[str, str], list[str]]:
        """The organisations by what they are in a province, a city, a county (省 and 人民法院)."""
        found: dict[tuple[str, str], list[str]] = {}
        for of, names in self._organisations.items():
            for meant in map(called, names):
                levels = {_level(region[-1]) for region in meant.regions}
                for level in levels:
                    ids = found.setdefault((level, meant.body), [])
                    if of not in ids:
                        ids.append(of)
        return found

    def _by_ending(self, asked: str) -> Match | None:
        return self._by(lambda form: len(asked) >= PART and form.endswith(asked), "part")

    def _by_name(self, asked: str) -> Match | None:
        exact = self._by(lambda form: form == asked, "name")
        if exact is not None:
            return exact
        full = _full(asked)
        return self._by(
            lambda form: any(
                (at := form.find(rest)) >= 0 and within(head, form[:at]) for head, rest in full
            ),
            "abbreviation",
        )

    def _near(self, asked: str) -> Match | None:
        texts = (asked, *(head + rest for head, rest in _full(asked)))
        return self._by(
            lambda form: any(len(text) >= NEAR and _is_near(text, form) for text in texts), "near"
        )

    def _by(self, test: Callable[[str], bool], how: How) -> Match | None:
        found = tuple(name for name, forms in self._forms.items() if any(map(test, forms)))
        return Match(found, how) if found else None


def _forms(names: tuple[str, ...]) -> Iterator[str]:
    """Yield each name, what stands before and in its brackets, and all that in full."""
    for name in names:
        whole = clean(name)
        bracketed = _BRACKETS.match(whole)
        inside = re.split("[、,]", bracketed["inside"]) if bracketed else []
        for form in (whole, bracketed["head"] if bracketed else "", *inside):
            if form:
                yield form
                yield from (head + rest for head, rest in _full(form))


@cache
def _short_names() -> re.Pattern[str]:
    parts = (
        re.escape(short.removesuffix("*")) + (f"(?={_ENDING.pattern})" if short[-1] == "*" else "")
        for short in sorted(pairs("departments.txt"), key=len, reverse=True)
    )
    return re.compile("|".join(f"(?:{part})" for part in parts))


def _full(text: str) -> list[tuple[str, str]]:
    """Return `text` with its short name in full: what stands before it, and the rest."""
    match = _short_names().search(text)
    if match is None:
        return []
    entries = pairs("departments.txt")
    full = entries.get(match[0]) or entries[match[0] + "*"]
    return [(text[: match.start()], name.removesuffix("*") + text[match.end() :]) for name in full]


def short_forms(name: str) -> Iterator[str]:
    """Yield `name` with a part in short: 泽州县人社局 for 泽州县人力资源和社会保障局."""
    for short, full in pairs("departments.txt").items():
        for stem in full:
            at = name.find(stem.removesuffix("*"))
            rest = name[at + len(stem.removesuffix("*")) :]
            if at >= 0 and (short[-1] != "*" or _ENDING.match(rest)):
                yield name[:at] + short.removesuffix("*") + rest


def _level(place: str) -> str:
    """Return 省, 市 or 县 by what a place's name ends in."""
    if place.endswith(("省", "自治区")):
        return "省"
    return "市" if place.endswith(("市", "州", "盟")) else "县"


def within(short: str, text: str) -> bool:
    """Return whether the characters of `short` stand in `text` in this order."""
    rest = iter(text)
    return all(char in rest for char in short)


def _is_place(asked: str, form: str) -> bool:
    """Return whether `asked` is a place that `form` begins with, alone or within a larger place."""
    for match in re.finditer(re.escape(asked), form):
        before, after = form[: match.start()], form[match.end() :]
        if not before or before.endswith(PLACES):
            return asked.endswith(PLACES) or after.startswith(PLACES)
    return False


def _is_near(text: str, form: str) -> bool:
    """Whether `text` stands in `form` but for a few characters."""
    allowed = max(1, len(text) // PER_ERROR)
    if sum(char in form for char in text) < len(text) - allowed:
        return False
    # Edit distance to the nearest stretch of `form` (Sellers 1980): it may begin anywhere.
    row = [0] * (len(form) + 1)
    for number, char in enumerate(text, 1):
        above, row = row, [number]
        for at, other in enumerate(form):
            row.append(min(above[at] + (char != other), above[at + 1] + 1, row[at] + 1))
    return min(row) <= allowed
