"""The organisations of an index, each with its names and documents, and who is the same as whom."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from weakref import WeakKeyDictionary

from search.engines.base import Reader
from search.hits import DocumentInfo
from search.listing import disclosures
from search.model import Frozen, Genre, Level, Report
from search.naming import names
from search.organisations.organs import kind_label
from search.organisations.regions import PARTED, among
from search.organisations.twins import twins

_SAME: Final[WeakKeyDictionary[Reader, Mapping[str, str]]] = WeakKeyDictionary()


class OrganisationDocument(Frozen):
    """A document of an organisation, with the name that it prints.

    `current` is the id of the document that stands for it where it was published several times:
    its own, or that of the file that says more.
    """

    id: str
    department: str
    year: int | None
    report: Report | None
    level: Level | None
    genre: Genre
    title: str
    source: str
    url: str | None
    current: str


class ListedOrganisation(Frozen):
    """An organisation 机构 with all its names and documents; `kind_name` is its kind in Chinese."""

    id: str
    name: str
    region: tuple[str, ...]
    kind: str
    kind_name: str
    names: tuple[str, ...]
    documents: tuple[OrganisationDocument, ...]


class Organisations(Frozen):
    """The organisations of an index by region and name."""

    organisations: tuple[ListedOrganisation, ...]


def organisations(reader: Reader, *, name: str = "", region: str = "") -> Organisations:
    """Return the organisations, those that `name` means and that lie in `region`."""
    groups: dict[str, list[DocumentInfo]] = defaultdict(list)
    for info in disclosures(reader):
        if info.organisation is not None:
            groups[info.organisation.id].append(info)
    if name:
        match = names(reader).finder.find(name)
        meant = set(match.names) if match else set()
        groups = defaultdict(
            list, {of: g for of, g in groups.items() if any(i.department in meant for i in g)}
        )
    known_twins = twins(reader)
    listed = (_listed(group, known_twins) for group in groups.values())
    found = sorted(listed, key=lambda of: (of.region, of.name))
    if region:
        known = sorted({PARTED.join(of.region) for of in found})
        within = set(among(region, known))
        found = [of for of in found if PARTED.join(of.region) in within]
    return Organisations(organisations=tuple(found))


def organisation(reader: Reader, of: str) -> ListedOrganisation | None:
    """Return an organisation by its id, None where the index has no disclosure of it."""
    infos = [i for i in disclosures(reader) if i.organisation and i.organisation.id == of]
    return _listed(infos, twins(reader)) if infos else None


def same(reader: Reader) -> Mapping[str, str]:
    """Return for each department of the disclosures the name that stands for its organisation.

    It is the name that most of the organisation's documents print, the latest of such. A name
    that two organisations bear stands for itself.
    """
    known = _SAME.get(reader)
    if known is None:
        known = _SAME[reader] = _representatives(disclosures(reader))
    return known


def _representatives(infos: Sequence[DocumentInfo]) -> Mapping[str, str]:
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    latest: dict[str, int] = {}
    bearers: dict[str, set[str]] = defaultdict(set)
    for info in infos:
        of = info.organisation.id if info.organisation else info.department
        printed[of][info.department] += 1
        latest[info.department] = max(latest.get(info.department, 0), info.year or 0)
        bearers[info.department].add(of)
    found: dict[str, str] = {}
    for counts in printed.values():
        own = [name for name in counts if len(bearers[name]) == 1]
        best = max(own, key=lambda name: (counts[name], latest[name], name), default="")
        found.update((name, best if name in own else name) for name in counts)
    return found


def _listed(infos: Sequence[DocumentInfo], known_twins: Mapping[str, str]) -> ListedOrganisation:
    of = infos[0].organisation
    assert of is not None
    printed = Counter(info.department for info in infos)
    variants = (name for info in infos for name in info.department_variants)
    return ListedOrganisation(
        id=of.id,
        name=of.name,
        region=of.region,
        kind=of.kind,
        kind_name=kind_label(of.kind),
        names=tuple(dict.fromkeys((*(name for name, _ in printed.most_common()), *variants))),
        documents=tuple(_document(info, known_twins) for info in sorted(infos, key=_order)),
    )


def _order(info: DocumentInfo) -> tuple[int, str, str, str]:
    return info.year or 0, info.report or "", info.level or "", info.id


def _document(info: DocumentInfo, known_twins: Mapping[str, str]) -> OrganisationDocument:
    copied = OrganisationDocument.model_fields.keys() - {"source", "current"}
    return OrganisationDocument(
        **{name: getattr(info, name) for name in copied},
        source=info.sources[0],
        current=known_twins.get(info.id, info.id),
    )
