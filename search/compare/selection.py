"""Which documents a comparison takes in: departments, level and years, and what it leaves out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from search.budget import spent
from search.compare.model import ComparedLevel, level_of
from search.engines.base import Reader
from search.hits import DocumentInfo
from search.listing import compiled, current, disclosures
from search.model import Report
from search.naming import names
from search.organisations.listing import same

MAX_DEPARTMENTS: Final = 30
MAX_YEARS: Final = 10
FEW_DEPARTMENTS: Final = 8
"""Departments that are compared where none is asked for."""
FEW_YEARS: Final = 5
"""Years that are compared where none is asked for, the latest."""
REPORTS: Final[tuple[Report, ...]] = ("预算", "决算")
LEVELS: Final[tuple[ComparedLevel, ...]] = ("部门", "单位", "不明")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked to be compared; what is empty is chosen by what the index holds.

    `table` and `departments` may be written as in a query, short or in part. `item` is a label,
    an account code, or both with a space between them.
    """

    table: str = ""
    item: str = ""
    column: str = ""
    departments: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    level: ComparedLevel | None = None
    reports: tuple[Report, ...] = REPORTS


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents to compare, all of one level; `others` are the same departments' others.

    `called` maps each name that documents print to the one that stands for the organisation.
    """

    departments: tuple[str, ...]
    level: ComparedLevel
    years: tuple[int, ...]
    documents: Mapping[tuple[str, int, Report], tuple[DocumentInfo, ...]]
    others: Mapping[tuple[str, int, Report], tuple[DocumentInfo, ...]]
    notes: tuple[str, ...]
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the departments that documents print."""
        among = set(self.departments)
        printed = (name for name, whole in self.called.items() if whole in among)
        return tuple(dict.fromkeys((*self.departments, *printed)))


def select(reader: Reader, wanted: Wanted, table: str, until: float | None = None) -> Selection:
    """Return the documents that are asked for, at most `MAX_DEPARTMENTS` by `MAX_YEARS`.

    At the time `until` (`time.monotonic`) no more departments are looked for.
    """
    notes: list[str] = []
    called = same(reader)
    listed = [
        info
        for info in disclosures(reader)
        if info.year is not None and info.report is not None and not info.departments
    ]
    chosen = _compared(_departments(reader, wanted, notes, until), reader, notes)
    if not wanted.departments:
        chosen = _with_table(table, listed, wanted, called)
    chosen = list(dict.fromkeys(called.get(name, name) for name in chosen))
    if len(chosen) > MAX_DEPARTMENTS:
        notes.append(
            f"选了 {len(chosen)} 个部门，一次最多比较 {MAX_DEPARTMENTS} 个，其余没有列入。"
        )
        chosen = chosen[:MAX_DEPARTMENTS]
    within = set(chosen)
    listed = [info for info in listed if called[info.department] in within]
    level = wanted.level or _usual_level(listed)
    years = _years(listed, wanted, level, notes)
    documents: dict[tuple[str, int, Report], tuple[DocumentInfo, ...]] = {}
    others: dict[tuple[str, int, Report], tuple[DocumentInfo, ...]] = {}
    for info in listed:
        if info.year is None or info.report is None or info.year not in years:
            continue
        place = (called[info.department], info.year, info.report)
        side = documents if level_of(info.level) == level else others
        side[place] = (*side.get(place, ()), info)
    return Selection(tuple(chosen), level, years, documents, others, tuple(notes), called)


def _departments(
    reader: Reader, wanted: Wanted, notes: list[str], until: float | None
) -> list[str]:
    """Return the names of the departments asked for, each found as a query finds it."""
    known = names(reader)
    found: list[str] = []
    for asked in wanted.departments:
        if spent(until):
            break
        match = None if asked in known.departments else known.finder.find(asked)
        meant = (asked,) if asked in known.departments else match.names if match else ()
        if not meant:
            notes.append(f"没有与“{asked}”相符的部门。")
        elif match is not None and match.how in {"near", "initials"}:
            notes.append(f"没有名为“{asked}”的部门，按“{'、'.join(meant[:3])}”理解。")
        found += meant
    return list(dict.fromkeys(found))


def _compared(found: Sequence[str], reader: Reader, notes: list[str]) -> list[str]:
    """Return the departments that have documents of their own; a compilation is not compared."""
    held = compiled(reader)
    notes += [f"“{name}”只收在汇编文件里，可以检索，不参与比较。" for name in found if name in held]
    whole = {info.department for info in current(reader) if info.departments}
    filled = {info.department for info in disclosures(reader)}
    notes += [
        f"“{name}”没有填好的公开文件（样表、检查表之类），不参与比较。"
        for name in found
        if name not in held | whole | filled
    ]
    return [name for name in found if name not in held | whole and name in filled]


def _with_table(
    table: str, listed: Sequence[DocumentInfo], wanted: Wanted, called: Mapping[str, str]
) -> list[str]:
    """Return the departments that have the table in most documents of the years asked for.

    Where none are asked for, the latest count.
    """
    level = wanted.level or _usual_level(listed)
    fitting = [info for info in listed if level_of(info.level) == level and table in info.kinds]
    latest = sorted({info.year for info in fitting if info.year is not None})[-FEW_YEARS:]
    years = wanted.years or latest
    counts = Counter(called[info.department] for info in fitting if info.year in years)
    return [name for name, _ in counts.most_common(FEW_DEPARTMENTS)]


def _usual_level(listed: Sequence[DocumentInfo]) -> ComparedLevel:
    counts = Counter(level_of(info.level) for info in listed)
    return max(LEVELS, key=lambda level: counts[level])


def _years(
    listed: Sequence[DocumentInfo], wanted: Wanted, level: ComparedLevel, notes: list[str]
) -> tuple[int, ...]:
    if wanted.years:
        years = sorted(set(wanted.years))
        most = MAX_YEARS
    else:
        fitting = {info.year for info in listed if level_of(info.level) == level}
        years = sorted(year for year in fitting if year is not None)
        most = FEW_YEARS
    if len(years) > most:
        notes.append(f"共 {len(years)} 个年度，列出最近 {most} 个：{years[-most]}–{years[-1]}。")
    return tuple(years[-most:])
