"""The vocabulary 词汇 of budget disclosures: what heads, labels, units, sums, tables … are called.

The entries are data (`data/*.toml`); a user's folder of such files goes before them.
"""

from search.vocabulary.loading import VARIABLE, chosen, use, validate, version
from search.vocabulary.lookup import (
    ANOTHER,
    OTHER,
    blank,
    change,
    enumerator,
    forms,
    fund,
    head,
    is_account_class,
    is_bare_sum,
    item,
    kinds,
    kinds_called,
    label,
    organisation,
    period,
    same_items,
    short_names,
    sum_of,
    table,
    without_brackets,
)
from search.vocabulary.units import bracketed, declared, in_prose, spoken, unit
from search.vocabulary.values import (
    Blank,
    Change,
    Declaration,
    Fund,
    Head,
    Item,
    Label,
    Organisation,
    Part,
    Period,
    Quantity,
    Sum,
    TableKind,
    Unit,
    UnitKind,
)

__all__ = [
    "ANOTHER", "OTHER", "VARIABLE", "Blank", "Change", "Declaration", "Fund", "Head", "Item",
    "Label", "Organisation", "Part", "Period", "Quantity", "Sum", "TableKind", "Unit", "UnitKind",
    "blank", "bracketed", "change", "chosen", "declared", "enumerator", "forms", "fund", "head",
    "in_prose", "is_account_class", "is_bare_sum", "item", "kinds", "kinds_called", "label",
    "organisation", "period", "same_items", "short_names", "spoken", "sum_of", "table", "unit",
    "use", "validate", "version", "without_brackets",
]  # fmt: skip
