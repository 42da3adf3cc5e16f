"""Looks texts up in the vocabulary; each answer is kept and names the entries that decided."""

import re
from collections.abc import Iterator
from typing import Final

from search.text import normalise, without_space
from search.vocabulary.entries import (
    BlankEntry,
    ChangeEntry,
    ColumnEntry,
    FundEntry,
    ItemEntry,
    LabelEntry,
    OrganisationEntry,
    PeriodEntry,
    SumEntry,
    TableEntry,
)
from search.vocabulary.loading import cached, rules
from search.vocabulary.rules import Rule
from search.vocabulary.units import bracketed, unit
from search.vocabulary.values import (
    Blank,
    Change,
    Fund,
    Head,
    Item,
    Label,
    Organisation,
    Period,
    Quantity,
    Sum,
    TableKind,
    Unit,
    When,
)

ANOTHER: Final[frozenset[When | None]] = frozenset({"prior", "next"})
"""Periods whose figures are none of the document's year."""
OTHER: Final = "其他"
"""The kind of a table that no entry claims."""
LONGEST: Final = 60
"""A longer text is a sentence, no head, sum or item."""
_BRACKETS: Final = re.compile(r"\([^()]*\)$")
_QUOTES: Final = re.compile(r"[“”\"'‘’「」\s]")
_YEAR: Final = re.compile(r"20\d\d年?度?")
"""Titles print the year anywhere; the kind does not depend on it."""


@cached
def sum_of(text: str) -> Sum | None:
    """Return the sum 合计 that a head or label names, else None."""
    found = rules(SumEntry, "sums").find(_short(text))
    if found is None:
        return None
    return Sum(found[0].name, found[0].scope, found[1].groupdict().get("of") or "")


def is_bare_sum(text: str) -> bool:
    """Return whether a head or label says no more than that it is a sum: 合计, 部门小计."""
    found = sum_of(text)
    return found is not None and found.bare


@cached
def period(text: str) -> Period | None:
    """Return the period that a head or label begins with, else None."""
    found = rules(PeriodEntry, "periods").find(_short(text))
    if found is None:
        return None
    entry, match = found
    groups = match.groupdict()
    year = groups.get("year")
    return Period(
        entry.name, entry.when, entry.offset, int(year) if year else None, groups.get("rest") or ""
    )


@cached
def change(text: str) -> Change | None:
    """Return the change that a head or label names, else None."""
    entry = rules(ChangeEntry, "changes").claim(_short(text))
    return Change(entry.name, entry.measured) if entry else None


@cached
def blank(text: str) -> Blank | None:
    """Return what a cell or line prints in place of figures, else None."""
    entry = rules(BlankEntry, "blanks").claim(without_space(text))
    return Blank(entry.name, entry.absence) if entry else None


@cached
def fund(text: str) -> Fund | None:
    """Return the fund that a title, head or label names, else None."""
    entry = rules(FundEntry, "funds").claim(without_space(text))
    return Fund(entry.name, entry.name) if entry else None


@cached
def item(text: str) -> Item | None:
    """Return the item (三公 and its parts …) that a head or label names, else None."""
    entry = rules(ItemEntry, "items").claim(_short(text))
    return Item(entry.name, entry.name, entry.above) if entry else None


@cached
def organisation(text: str) -> Organisation | None:
    """Return what a head that names departments (编制单位) says, else None."""
    entry = rules(OrganisationEntry, "organisations").claim(_short(text))
    return Organisation(entry.name, entry.code, entry.maker) if entry else None


@cached
def table(title: str) -> TableKind:
    """Return the kind of a table by its title; of none that is known it is 其他."""
    text = title_name(title)
    entry = rules(TableEntry, "tables").claim(text)
    named = fund(text)
    of = named.name if named else ""
    if entry is None:
        return TableKind("", OTHER, "", of)
    return TableKind(entry.name, entry.name, entry.form, entry.fund or of)


def title_name(title: str) -> str:
    """Return a table's title without quotes, white space and year, which its kind is told by."""
    return _YEAR.sub("", _QUOTES.sub("", normalise(title)))


def kinds() -> tuple[str, ...]:
    """Return every canonical kind of table, in the order in which they claim titles, 其他 last."""
    return (*(entry.name for entry in rules(TableEntry, "tables").entries()), OTHER)


@cached
def kinds_called(short: str) -> tuple[str, ...]:
    """Return the kinds of tables that a query means by a short name."""
    return tuple(e.name for e in rules(TableEntry, "tables").entries() if short in e.short)


@cached
def short_names(kind: str) -> tuple[str, ...]:
    """Return the short names by which a query may ask for a kind of table."""
    entries = rules(TableEntry, "tables").entries()
    return next((entry.short for entry in entries if entry.name == kind), ())


@cached
def same_items() -> tuple[tuple[str, ...], ...]:
    """Return the names of each item that budget and final account print under different ones."""
    entries = rules(ItemEntry, "items").entries()
    return tuple((entry.name, *entry.same) for entry in entries if entry.same)


def forms() -> frozenset[str]:
    """Return the kinds whose cells are fields of a form, not rows of figures."""
    return frozenset(e.name for e in rules(TableEntry, "tables").entries() if not e.rows)


@cached
def head(text: str) -> Head | None:
    """Return what a column's head says, None where the vocabulary does not know it."""
    squeezed = _short(text)
    if not squeezed:
        return None
    bare = without_brackets(squeezed)
    when = period(squeezed)
    entry, counted = _column(bare, when.rest if when else "")
    total, changed, own = sum_of(bare), change(squeezed), bracketed(squeezed)
    if not (entry or when or total or changed or own):
        return None
    quantity: Quantity | None = entry.quantity if entry else None
    given = own or counted or (unit(entry.unit) if entry and entry.unit else None)
    if changed is not None:
        share = changed.measured == "rate"
        quantity = "share" if share else None
        given = own or (unit("%") if share else None)
    if own is not None and quantity != "price":
        quantity = _QUANTITIES.get(own.kind, "money")
    decided = (entry, total, when, changed)
    names = (of.entry if not isinstance(of, ColumnEntry) else of.name for of in decided if of)
    return Head(
        entries=(*names, *([own.entry] if own else [])),
        part=entry.part if entry and not (total or changed) else "value",
        naming=entry.naming if entry else None,
        quantity=quantity,
        unit=given,
        sum=total,
        principal=bool(entry and entry.principal),
        report=entry.report if entry else "",
        worth=bool(entry and entry.worth) or (own is not None and own.kind in _MONEY),
        period=when,
        change=changed,
        fund=fund(bare),
    )


_QUANTITIES: Final[dict[str, Quantity]] = {
    "money": "money", "foreign": "money", "area": "area", "count": "count", "share": "share",
}  # fmt: skip
"""What the cells of a column are by the unit that its head gives."""


_MONEY: Final = frozenset({"money", "foreign"})


def _column(bare: str, rest: str) -> tuple[ColumnEntry | None, Unit | None]:
    """Return the entry of a head, as it stands or behind its period, and a unit that it names.

    An entry that yields gives way to one of the words behind the period (2024年预算数).
    """
    texts = filter(None, (bare, without_brackets(rest)))
    found = [of for text in texts if (of := rules(ColumnEntry, "columns").find(text))]
    if not found:
        return None, None
    entry, match = min(found, key=lambda of: of[0].yields)
    named = match.groupdict().get("unit")
    return entry, unit(named) if named else None


def column_name(text: str) -> str:
    """Return the words of a head that its entry claims: without brackets, without period."""
    bare = without_brackets(_short(text))
    when = period(text)
    columns = rules(ColumnEntry, "columns")
    claimed = columns.claim(bare)
    behind = without_brackets(when.rest) if when else ""
    later = columns.claim(behind) if behind else None
    return behind if later and (claimed is None or claimed.yields > later.yields) else bare


@cached
def label(text: str) -> Label | None:
    """Return what a row's label says, None where it prints no word."""
    whole = normalise(text).strip()
    if not whole:
        return None
    depth, start = enumerator(text)
    name = without_space(whole[start:]) or without_space(whole)
    entries = list(_said(name))
    total, changed, when, of = sum_of(name), change(name), period(name), item(name)
    own = bracketed(name)
    counted = next((entry for entry in entries if entry.kind in {"counted", "within"}), None)
    given = own or (unit(counted.unit) if counted and counted.unit else None)
    names = (entry.name for entry in entries)
    others = (of.entry for of in (total, changed, when, of, own) if of)
    return Label(
        entries=(*names, *others),
        depth=depth,
        start=start,
        name=name,
        unit=given,
        sum=total,
        counts=counted is not None,
        share=any(entry.kind == "share" for entry in entries),
        measure=any(entry.kind == "measure" for entry in entries),
        period=when,
        change=changed,
        item=of,
    )


@cached
def enumerator(text: str) -> tuple[int, int]:
    """Return the depth of a label's enumerator and where the name behind it begins; 0 and 0.

    Places count in the text without white space at its ends; 其中：（1） is one enumerator.
    """
    whole = normalise(text).strip()
    for rule in _orders():
        if match := rule.pattern.match(whole):
            again = (of.pattern.match(whole, match.end()) for of in _orders())
            inner = next(filter(None, again), None) if rule.entry.depth == OF_WHICH else None
            return rule.entry.depth, inner.end() if inner else match.end()
    return 0, 0


@cached
def _orders() -> tuple[Rule[LabelEntry], ...]:
    return tuple(r for r in rules(LabelEntry, "labels").ordered if r.entry.kind == "enumerator")


@cached
def is_account_class(name: str) -> bool:
    """Return whether a name is that of a class 类 of accounts."""
    entry = rules(LabelEntry, "labels").claim(_short(name))
    return entry is not None and entry.kind == "class"


OF_WHICH: Final = 6
"""The depth of 其中."""


def _said(name: str) -> Iterator[LabelEntry]:
    """Yield what the label's words are of: the first that claims them, and shares beside it."""
    text = name if len(name) <= LONGEST else ""
    found = rules(LabelEntry, "labels").claim(text)
    if found is not None:
        yield found


def without_brackets(text: str) -> str:
    """Return a text without what it adds in brackets at its end: 决算数（万元） is 决算数."""
    return _BRACKETS.sub("", text) or text


def _short(text: str) -> str:
    """Return a text without white space, nothing of one that is too long to be a head."""
    squeezed = without_space(text)
    return squeezed if len(squeezed) <= LONGEST else ""
