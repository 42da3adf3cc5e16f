"""The organisation 机构 that a document's department is, with id, name, region and kind."""

from collections.abc import Sequence
from typing import Final

from search.organisations.called import PARTY, Called, called, id_of, key_of
from search.organisations.model import Organisation
from search.organisations.organs import organ_kind
from search.organisations.regions import Region, settle

SHORTENED: Final = frozenset({"court", "procuratorate", "congress", "cppcc", "government"})
"""Kinds that speech calls by the short name of their province."""
CONTEXT: Final = 200_000
"""Characters of a document that tell in which of several places of one name it is."""


def organisation_of(
    department: str, departments: Sequence[str] = (), context: str = ""
) -> Organisation | None:
    """Return the organisation that a department's name means; None of a compilation or no name.

    `context` is the document's text, which tells 普陀区 of Shanghai from that of Zhoushan.
    """
    if departments or not department:
        return None
    name = called(department)
    if not name.body and not name.printed:
        return None
    region = settle(name.regions, context[:CONTEXT])
    return Organisation(
        id=id_of(key_of(region, name.body)),
        name=usual_name(name, region),
        region=region,
        kind=name.kind if name.body else "government",
    )


def usual_name(name: Called, region: Region) -> str:
    """Return an organisation's name in its usual form, the place in full as far as it is known."""
    place = name.printed
    if len(region) == 1 and organ_kind(name.body) in SHORTENED:
        place = region[0]  # 江苏高院: 江苏省高级人民法院
    if name.body.startswith(PARTY):
        return PARTY + place + name.body.removeprefix(PARTY)
    return place + name.body
