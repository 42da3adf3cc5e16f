"""Names 名称: which organisation a name means: 中共江苏省委办公厅 is 江苏省委办公厅."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from search.analysis import clean
from search.organisations.organs import organ_kind
from search.organisations.regions import Leading, Region, leading, settle

PARTY: Final = "中共"
ID_LENGTH: Final = 12
"""Digits of an organisation's id: enough for a country's organisations without two alike."""

_BRACKETS = re.compile(r"\([^()]*\)")
_OFFICE = re.compile(r"(?<=[局厅部委院会社])(?:本级|机关)$|本级$")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_FRONT = re.compile(
    r"^(?P<front>中国人民政治协商会议|人民政治协商会议|政协|中国共产主义青年团|共产主义青年团|共青团|国营|国有)"
)
_LEAGUE = re.compile(r"团[省市县区旗州]委")
_STREET = re.compile(r"^(?:人民政府|政府)?(?P<name>.{2,8}?街道)(?:办事处|办|人民政府)?$")
_TOWN = re.compile(r"^(?:人民政府|政府)?(?P<name>.{1,8}?(?:镇|乡))(?:(?:人民)?政府)?$")
_SHORT_END = re.compile(r"(?<=[^党工县市区省旗州盟团])委$")


@dataclass(frozen=True, slots=True)
class Called:
    """What a name says: the place (several where it may be one of them) and what is there.

    `printed` is the place as the name prints it, `body` what the organisation is called there.
    """

    regions: tuple[Region, ...]
    printed: str
    body: str
    kind: str

    @property
    def name(self) -> str:
        """The name in its usual form: 中共 before the place, the rest behind it."""
        if self.body.startswith(PARTY):
            return PARTY + self.printed + self.body.removeprefix(PARTY)
        return self.printed + self.body


@dataclass(frozen=True, slots=True)
class _Same:
    canonical: str
    pattern: re.Pattern[str]


@cache
def _sames() -> tuple[_Same, ...]:
    text = files("search.organisations").joinpath("data", "names.toml").read_text(encoding="utf-8")
    return tuple(
        _Same(entry["canonical"], re.compile(entry["is"])) for entry in tomllib.loads(text)["same"]
    )


def is_office(name: str) -> bool:
    """Return whether a name is that of a department's own office: 某某局本级."""
    return _OFFICE.search(clean(name)) is not None


@lru_cache(maxsize=1 << 13)
def called(name: str) -> Called:
    """Return what a printed name says, brackets, 本级 and 机关 behind it left out."""
    text = _OFFICE.sub("", _BRACKETS.sub("", clean(name))) or clean(name)
    plain = _PARTY.sub("", text)
    party = plain != text
    front = _FRONT.match(plain)
    head = front["front"] if front else ""
    rest = plain[len(head) :]
    place = Leading((), 0) if _LEAGUE.match(rest) else leading(rest)
    printed, rest = rest[: place.length], rest[place.length :]
    regions = place.regions
    if not printed and rest.startswith(("省", "市", "县", "区")) and len(rest) > 2:
        rest = rest if re.match("省(?:人民)?法院|省高", rest) else rest[1:]
    body = _body(head, rest, party, bool(printed))
    if body == "人民法院" and printed and all(len(region) == 1 for region in regions):
        body = "高级人民法院" if printed.endswith(("省", "自治区")) else body
    kind = "party" if body.startswith(PARTY) else organ_kind(body)
    return Called(regions, printed, body, kind)


def _body(head: str, rest: str, party: bool, placed: bool) -> str:
    """Return what is at a place, by its canonical name."""
    if head.startswith(("中国人民政治", "人民政治", "政协")):
        head, rest = "政协", re.sub(r"^委员会", "", rest)
    elif "青年团" in head or head == "共青团":
        return "共青团委员会" + re.sub(r"^委(?:员会)?", "", rest)
    if party or (placed and rest.startswith("委") and not rest.startswith("委员会")):
        rest = PARTY + re.sub(r"^委员会", "委", rest)
    text = head + rest
    for pattern, end in ((_STREET, "办事处"), (_TOWN, "人民政府")):
        if match := pattern.match(text):
            return match["name"] + end
    same = next((same for same in _sames() if same.pattern.fullmatch(text)), None)
    if same is not None:
        return same.canonical
    return text if text.startswith(PARTY) else _SHORT_END.sub("委员会", text)


def key_of(region: Region, body: str) -> str:
    """Return what tells an organisation from all others: its place and what it is there."""
    return "/".join((*region, body))


def id_of(key: str) -> str:
    """Return the id of an organisation, the same in every index."""
    return sha256(key.encode()).hexdigest()[:ID_LENGTH]


def same_organisation(one: str, other: str) -> bool:
    """Return whether two names in one document mean one organisation: 省法院, 江苏高院."""
    a, b = called(one), called(other)
    if not a.body or a.body != b.body:
        return False
    return not a.regions or not b.regions or any(_within(x, b.regions) for x in a.regions)


def _within(region: Region, regions: Iterable[Region]) -> bool:
    """Return whether a place is one of those, named in full or by its own name alone."""
    return any(region == other or region[-1:] == other[-1:] for other in regions)


def place_of(name: Called, context: str) -> Region:
    """Return where an organisation is, as its name says it, else as the text around it does."""
    return settle(name.regions, context)
