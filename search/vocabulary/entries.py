"""What the files of the vocabulary hold: one model for the entries of each field, validated."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from search.vocabulary.values import (
    Absence,
    Measured,
    Naming,
    Part,
    Quantity,
    Scope,
    UnitKind,
    When,
)

Words = tuple[str, ...]
Text = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """An entry 词条: a regular expression of the whole text, its reason, and samples.

    Where two entries claim one text, that which declares to be `before` the other has it; an
    entry that `yields` gives way to all that do not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    name: Text
    pattern: str = ""
    reason: Text
    samples: Annotated[Words, Field(min_length=1)]
    not_: Annotated[Words, Field(alias="not")] = ()
    before: Words = ()
    yields: bool = False

    @field_validator("before", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


class UnitEntry(Entry):
    """A unit: its `kind`, one of it in the `base` unit of the kind, other ways to write it.

    `spoken` are short forms that are safe only where money is meant; a counting unit is none
    before the characters of `unless`, where it begins another word (部 of 部门), and outside heads
    and labels only where it is one of `prose`.
    """

    kind: UnitKind
    base: Decimal = Decimal(1)
    also: Words = ()
    spoken: Words = ()
    unless: str = ""
    prose: bool = True


class ScaleEntry(Entry):
    """A multiplier before a counting unit: 万 of 万人次."""

    factor: Decimal


class DeclarationEntry(Entry):
    """Words that declare a unit; if not `always`, a department's name may follow them.

    After `known_only` words only known units of money are a declaration.
    """

    always: bool = True
    known_only: bool = False


class ColumnEntry(Entry):
    """What a column's head says of the column; `unit` is that which it says itself.

    `report` tells whose measure it is, `worth` that it is money whatever the rows count.
    """

    part: Part = "value"
    naming: Naming | None = None
    quantity: Quantity | None = None
    unit: str = ""
    principal: bool = False
    report: Literal["预算", "决算", ""] = ""
    worth: bool = False


class SumEntry(Entry):
    """What a sum is called."""

    scope: Scope


class LabelEntry(Entry):
    """What a row's label says: an enumerator of a `depth`, or of which `kind` the item is."""

    kind: Literal["enumerator", "counted", "within", "share", "measure", "class", "paid"]
    depth: int = 0
    unit: str = ""


class PeriodEntry(Entry):
    """A period that a head names."""

    when: When | None = None
    offset: int | None = None


class ChangeEntry(Entry):
    """Words of a change."""

    measured: Measured


class BlankEntry(Entry):
    """What stands where there is no figure."""

    absence: Absence


class FundEntry(Entry):
    """What a fund is called."""


class ItemEntry(Entry):
    """An item, other names of it (`same`) as budget and final account print them."""

    above: str = ""
    same: Words = ()


class TableEntry(Entry):
    """A kind of table; `short` are short names by which a query may ask for it."""

    form: Text
    fund: str = ""
    short: Words = ()
    rows: bool = True


class ShortEntry(Entry):
    """A short name that means one or several kinds of tables."""

    kinds: Words


class OrganisationEntry(Entry):
    """A head that names a department or unit, or its code; a `maker` made the table."""

    code: bool = False
    maker: bool = True


FIELDS: Final[Mapping[str, type[Entry]]] = {
    "units": UnitEntry,
    "scales": ScaleEntry,
    "declarations": DeclarationEntry,
    "columns": ColumnEntry,
    "sums": SumEntry,
    "labels": LabelEntry,
    "tables": TableEntry,
    "items": ItemEntry,
    "periods": PeriodEntry,
    "changes": ChangeEntry,
    "funds": FundEntry,
    "blanks": BlankEntry,
    "organisations": OrganisationEntry,
}
"""The fields of the vocabulary, in the order of the documentation."""

MARKED: Final = re.compile(r"\{([a-z]+)\}")
"""In a pattern, {counting} and the like stand for what other fields know."""
