"""Regions 行政区划: which place a name begins with, as a path from the province down."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import Final

Region = tuple[str, ...]
"""Province, city, county; a county directly below a province has no city."""
PARTED: Final = "/"
"""Stands between province, city and county where a region is one name."""

_PROVINCE_END = re.compile(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
_PEOPLES: Final = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|"
    "撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = re.compile(rf"^(?P<base>.{{1,6}}?)(?:(?:{_PEOPLES})族?)+自治(?P<end>[州县旗])$")
_UNKNOWN = re.compile(
    r"(?P<first>[^省市县区局厅委院会办部站所]{1,8}?(?:省|市|自治区|自治州|盟|县|区|旗))"
    r"(?P<second>[^省市县区局厅委院会办部站所]{1,8}?(?:市|县|区|旗))?"
)
_ZONE = re.compile(
    r"(?:开发|示范|保护|产业|工业|高新|园|管理|度假|社|校|院|小|景|新|辖|地|灌|林|牧|厂|库|矿|片|战|军)区$"
)


@dataclass(frozen=True, slots=True)
class Leading:
    """The place that a text begins with: where it can be, and how much of the text names it.

    Several `regions` where counties of one name lie in several cities.
    """

    regions: tuple[Region, ...]
    length: int


@cache
def _paths() -> Mapping[str, tuple[Region, ...]]:
    """Return the places by name; autonomous ones also by their short names (张家川县)."""
    found: dict[str, list[Region]] = {}
    for path in _all():
        for name in dict.fromkeys((path[-1], _short(path[-1]))):
            if path not in found.setdefault(name, []):
                found[name].append(path)
    return {name: tuple(paths) for name, paths in found.items()}


@cache
def _all() -> tuple[Region, ...]:
    text = files("search.organisations").joinpath("data", "regions.txt").read_text(encoding="utf-8")
    return tuple(_read(text.splitlines()))


def _read(lines: Sequence[str]) -> Iterator[Region]:
    province = ""
    for line in lines:
        if line.startswith("#"):
            continue
        if not line.startswith(" "):
            province = line.strip()
            yield (province,)
            continue
        city, colon, counties = line.strip().partition(":")
        above = (province, city) if colon else (province,)
        if colon:
            yield above
        for county in (counties if colon else city).split():
            yield (*above, county.removeprefix("~"))


def _short(name: str) -> str:
    match = _AUTONOMOUS.match(name)
    return match["base"] + match["end"] if match else name


@cache
def provinces() -> Mapping[str, str]:
    """Return the provinces by their names and short names (江苏)."""
    whole = {path[0]: path[0] for path in _all() if len(path) == 1}
    return {_PROVINCE_END.sub("", name): name for name in whole} | whole


@cache
def _by_length() -> tuple[tuple[int, frozenset[str]], ...]:
    lengths: dict[int, set[str]] = {}
    for name in _paths():
        lengths.setdefault(len(name), set()).add(name)
    return tuple((length, frozenset(lengths[length])) for length in sorted(lengths, reverse=True))


@lru_cache(maxsize=1 << 13)
def leading(text: str) -> Leading:
    """Return the place that a text begins with; no region and no length where none is known.

    A place that is in no list (苏川省河阳县) is taken by what names of places end in.
    """
    first = _longest(text)
    if first is None:
        name = next(
            (n for n in sorted(provinces(), key=len, reverse=True) if text.startswith(n)), ""
        )
        if not name:
            return _unlisted(text)
        first = name
    regions = _paths().get(first) or ((provinces()[first],),)
    at = len(first)
    while (inner := _inner(text[at:], regions)) is not None:
        name, regions = inner
        at += len(name)
    return Leading(regions, at)


def _longest(text: str) -> str | None:
    for length, names in _by_length():
        if text[:length] in names:
            return text[:length]
    return None


def _inner(text: str, regions: Sequence[Region]) -> tuple[str, tuple[Region, ...]] | None:
    """Return the place within `regions` that a text goes on with."""
    for length, names in _by_length():
        name = text[:length]
        if name in names:
            below = tuple(
                path
                for path in _paths()[name]
                if any(len(path) > len(r) and path[: len(r)] == r for r in regions)
            )
            if below:
                return name, below
    return None


def _unlisted(text: str) -> Leading:
    match = _UNKNOWN.match(text)
    if match is None or _ZONE.search(match["first"]):
        return Leading((), 0)
    second = match["second"]
    if second and _ZONE.search(second):
        second = None
    path = (match["first"], second) if second else (match["first"],)
    return Leading((path,), sum(map(len, path)))


def settle(regions: Sequence[Region], context: str) -> Region:
    """Return the one of several places of one name that a text speaks of, else the name alone.

    A text speaks of a place where it names what that place lies in, and of no other's.
    """
    if len(regions) == 1:
        return regions[0]
    if not regions:
        return ()
    named = [path for path in regions if any(above in context for above in path[:-1])]
    return named[0] if len(named) == 1 else (regions[0][-1],)


def among(asked: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return those of the `known` regions (`江苏省/南京市`) that a text names or that lie therein.

    A place is named by its own name, with or without 省, 市, 县 …, or by its path.
    """
    found: dict[str, None] = {}
    for name in known:
        path = name.split(PARTED)
        for depth, part in enumerate(path, 1):
            whole = {"".join(path[start:depth]) for start in range(depth)}
            if asked in {*whole, _bare(part), _short(part)}:
                found[name] = None
    return tuple(found)


def above(regions: Sequence[str]) -> tuple[str, ...]:
    """Return the place that all regions lie in, in words (江苏省南京市); none where they part."""
    paths = [name.split(PARTED) for name in regions]
    shared = list(takewhile(lambda level: len(set(level)) == 1, zip(*paths, strict=False)))
    return ("".join(level[0] for level in shared),) if shared else ()


def _bare(name: str) -> str:
    """Return a place's name as speech shortens it, itself where too little would be left."""
    province = _PROVINCE_END.sub("", name)
    short = re.sub("[县区市州旗盟]$", "", _short(name)) if province == name else province
    return short if len(short) > 1 else name
