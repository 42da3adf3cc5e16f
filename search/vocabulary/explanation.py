"""Tells which entry of which field has a text, why, and which others its words would fit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from search.text import normalise, without_space
from search.vocabulary import lookup, units
from search.vocabulary.entries import FIELDS, Entry
from search.vocabulary.loading import rules
from search.vocabulary.rules import Rule

ANSWERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "head": lookup.head,
    "label": lookup.label,
    "unit": units.unit,
    "declared": units.declared,
    "sum_of": lookup.sum_of,
    "table": lookup.table,
    "period": lookup.period,
    "change": lookup.change,
    "blank": lookup.blank,
    "fund": lookup.fund,
    "item": lookup.item,
    "organisation": lookup.organisation,
}
"""The lookups, by what they are called."""


def explanation(text: str) -> str:
    """Return, line by line, the entries that claim a text and what the lookups answer."""
    claims = [line for field in FIELDS for line in _claims(field, text)]
    answers = (f"{name}: {_told(ask(text))}" for name, ask in ANSWERS.items())
    return "\n".join((normalise(text).strip(), *(claims or ["no entry claims it"]), "", *answers))


def _claims(field: str, text: str) -> Iterator[str]:
    """Yield the entry of a field that has the text, then those that would have it without that."""
    claiming: list[Rule[Entry]] = rules(FIELDS[field], field).claiming(_asked(field, text))
    for rule in claiming:
        first = rule is claiming[0]
        named = f"{field}: {rule.entry.name} ({rule.file}): {rule.entry.reason}"
        yield f"{named}{_why(rule, claiming[1:])}" if first else f"  not {named}"


def _asked(field: str, text: str) -> str:
    """Return what of a text a field is asked for: no brackets of a head, no year of a title."""
    squeezed = without_space(text)
    if field == "columns":
        return lookup.column_name(squeezed)
    return lookup.title_name(text) if field == "tables" else squeezed


def _why(rule: Rule[Entry], others: list[Rule[Entry]]) -> str:
    """Return why a rule goes before others that claim the same text."""
    ways = {
        "is declared to be before": [of for of in others if of.entry.name in rule.entry.before],
        "is the user's and so before": [of for of in others if rule.own and not of.own],
        "does not yield as do": [of for of in others if of.entry.yields > rule.entry.yields],
    }
    told = [f"{way} {', '.join(of.entry.name for of in those)}" for way, those in ways.items()
            if those]  # fmt: skip
    return f"; it {' and '.join(told)}" if told else ""


def _told(answer: Any) -> str:
    """Return an answer with those of its parts that say something."""
    if answer is None:
        return "nothing"
    if not is_dataclass(answer):
        return str(answer)
    parts = ((field.name, getattr(answer, field.name)) for field in fields(answer))
    said = (f"{name} {_told(part)}" for name, part in parts if part not in (None, "", (), False))
    return f"({', '.join(said)})"
