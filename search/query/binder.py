"""Syntax tree → typed query over one index: names resolved, amounts in base units, words cut."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from search.amounts import unit_kind
from search.analysis import clean, words
from search.engines.base import (
    All,
    Any,
    Bound,
    CodeUnder,
    Condition,
    Everything,
    Figure,
    Keyword,
    Sort,
    Text,
    Without,
    Years,
)
from search.fields import BY_NAME, LABELS, OUTCOMES, PREFIXES, RECORD_TYPES
from search.organisations.regions import above
from search.query import explanation, tree
from search.query.departments import Match
from search.query.figures import ASSUMED, bound_figure, is_empty, joined
from search.query.names import IndexNames, names_other
from search.query.notes import Notes
from search.query.parser import Parsed
from search.query.vocabulary import synonyms, text_condition
from search.query.wordlists import pairs
from search.query.years import FIRST, LAST, read_said_years, read_years
from search.results import Piece, QueryWarning

__all__ = ["BoundQuery", "IndexNames", "bind"]

TYPES: Final = {
    **{label: kind for kind, label in RECORD_TYPES.items()},
    **{kind: kind for kind in RECORD_TYPES},
    "表": "row", "行": "row", "table": "row", "文字": "passage", "正文": "passage",
}  # fmt: skip
"""What people call the kinds of records."""
CHECKED: Final = {
    **{label: outcome for outcome, label in OUTCOMES.items()},
    **{outcome: outcome for outcome in OUTCOMES},
    "不一致": "fail", "矛盾": "fail", "有误": "fail", "failed": "fail",
    "一致": "pass", "passed": "pass", "没有核对": "unchecked", "未核": "unchecked",
}  # fmt: skip
"""What people call the outcomes of checking."""
SORTS: Final[dict[str, Sort]] = {
    "金额": "amount", "金额降": "amount", "amount": "amount",
    "金额升": "amount_ascending", "amount_ascending": "amount_ascending",
    "年度": "year", "年": "year", "year": "year", "相关": "relevance", "relevance": "relevance",
}  # fmt: skip
"""What people call the orders."""

_REPORT = re.compile(r"(?:部门|单位)?(?P<report>预算|决算)(?:公开)?")
_CODE = re.compile(r"[A-Z]?\d+")
_YEARLIKE = re.compile(r"\d{4,}年度?")
_PURCHASE = re.compile(r"[A-Za-z]\d{2,6}")
_UNSURE: Final = {"near": "按相近的", "initials": "按"}


@dataclass(frozen=True, slots=True)
class Loose:
    """A word without quotes, its place in the query and its condition."""

    text: str
    start: int
    condition: Text


@dataclass(frozen=True, slots=True)
class BoundQuery:
    """A query bound to an index: what the engine is asked, and how to explain it.

    `words` are what to highlight (cut words, phrases, synonyms that were used), `figure` is the
    comparison whose cells are to be marked, `loose` are the words that may be left out.
    """

    bound: Bound
    pieces: tuple[Piece, ...]
    warnings: tuple[QueryWarning, ...]
    words: tuple[str, ...]
    figure: Figure | None
    loose: tuple[Loose, ...] = ()


def bind(parsed: Parsed, names: IndexNames) -> BoundQuery:
    """Return the typed query of `parsed` over an index that knows `names`."""
    notes = Notes(parsed.text)
    binder = _Binder(names, notes)
    filters: dict[str, list[Condition]] = {}
    where: list[Condition] = []
    if parsed.tree is None and parsed.text.strip():
        where.append(Any(()))  # nothing but signs, as the parser has warned
    for condition in binder.conditions(parsed.tree) if parsed.tree is not None else ():
        name = _field(condition)
        (where if name is None else filters.setdefault(name, [])).append(condition)
    bound = Bound(
        _both(where),
        {name: _both(parts) for name, parts in filters.items()},
        binder.sort,
        meaning=parsed.meaning,
        aside=any(map(_may_stand_aside, notes.pieces)),
    )
    return BoundQuery(
        bound=bound,
        pieces=tuple(sorted(notes.pieces, key=lambda piece: piece.start)),
        warnings=(*parsed.warnings, *notes.warnings),
        words=tuple(dict.fromkeys(notes.words)),
        figure=_figure(bound.where),
        loose=tuple(binder.loose),
    )


class _Binder:
    def __init__(self, names: IndexNames, notes: Notes) -> None:
        self.names = names
        self.notes = notes
        self.sort: Sort = "relevance"
        self.loose: list[Loose] = []

    def conditions(self, node: tree.Node) -> list[Condition]:
        """Return the conditions, all of which must hold, that a node stands for."""
        match node:
            case tree.And(parts=parts):
                found = [one for part in parts for one in self.conditions(part)]
                return [self._possible(one, node) for one in joined(self._several(found, node))]
            case tree.Or(parts=parts):
                either = tuple(_both(one) for part in parts if (one := self.conditions(part)))
                return [Any(either)] if either else []
            case tree.Not(part=part):
                with self.notes.negation(node):
                    inner = self.conditions(part)
                return [Without(_both(inner))] if inner else []
            case tree.Word():
                return self._word(node)
            case tree.Prefixed():
                return self._prefixed(node)
        return self._atom(node)

    def _possible(self, condition: Condition, node: tree.Node) -> Condition:
        """Note a comparison that nothing can meet."""
        if isinstance(condition, Figure) and is_empty(condition):
            self.notes.warn("没有一个数字能同时符合这些比较", node)
        return condition

    def _several(self, found: Sequence[Condition], node: tree.Node) -> list[Condition]:
        """Read several values of a field that has but one (`2023 2024`) as any of them."""
        kept: list[Condition] = []
        values: dict[str, list[Condition]] = {}
        for condition in found:
            named = isinstance(condition, Years | Keyword | CodeUnder)
            name = _field(condition) if named else None
            (kept if name is None else values.setdefault(name, [])).append(condition)
        for name, several in values.items():
            if len(several) > 1:
                self.notes.warn(f"写了几个{BY_NAME[name].label}，按其中任一个理解", node)
            kept.append(Any(tuple(several)) if len(several) > 1 else several[0])
        return kept

    def _atom(self, node: tree.Node) -> list[Condition]:
        match node:
            case tree.Phrase(text=text):
                self.notes.piece(node, "text", explanation.phrase(text), value=text, phrase=True)
                self.notes.highlight([text])
                return [Text(tuple(words(text)), exact=text)]
            case tree.Years(first=first, last=last):
                return [self._years(node, first, last)]
            case tree.Number(text=text):
                if self.names.has_code(text):
                    return [self._code(node, text)]
                self.notes.warn(f"“{text}”不是已收录的科目编码，按文字检索", node)
                return self._text(node, text)
            case tree.Comparison():
                return [self._comparison(node)]
        raise TypeError(node)

    def _word(self, node: tree.Word) -> list[Condition]:
        text, finder = node.text, self.names.finder
        if (report := _REPORT.fullmatch(text)) is not None:
            return [self._named(node, "report", text, [report["report"]])]
        match = finder.find_clear(text) or finder.find_bare_place(text)
        if match is not None:
            return [self._department(node, text, match)]
        if _PURCHASE.fullmatch(text) and self.names.has_code(text.upper()):
            return [self._code(node, text.upper())]
        if self.notes.negated:
            return self._excluded(node, text)
        leading = finder.find_leading(text)
        if leading is None:
            place = finder.find_place(text)
            return self._text(node, text) if place is None else self._place(node, text, place)
        match, length = leading
        begin = length + text.startswith("的", length)
        named = self._department(replace(node, end=node.start + length), text[:length], match)
        rest = replace(node, text=text[begin:], start=node.start + begin)
        return [named, *(self._word(rest) if rest.text else ())]

    def _excluded(self, node: tree.Word, text: str) -> list[Condition]:
        """Return what is to be left out: the word, and where it names a place its departments."""
        found = self._text(node, text)
        place = self.names.finder.find_place(text)
        return [Any((*found, Keyword("department", frozenset(place.names))))] if place else found

    def _place(self, node: tree.Node, text: str, place: Match) -> list[Condition]:
        """Return what speaks of a place that is named in short, and all of its departments."""
        self.notes.piece(node, "text", explanation.place(text, place.names), value=text)
        self.notes.highlight([text])
        return [Any((text_condition(text), Keyword("department", frozenset(place.names))))]

    def _text(self, node: tree.Node, text: str) -> list[Condition]:
        found = text_condition(text)
        if not found.tokens:
            self.notes.warn(f"“{text}”没有可检索的文字，已忽略", node)
            return []
        others = synonyms(text)
        alternatives = tuple(map(text_condition, others))
        self.notes.piece(node, "text", explanation.word(text, others), value=text)
        for said, cut in zip((text, *others), (found, *alternatives), strict=True):
            # A single character would light up everywhere.
            self.notes.highlight([said, *(token for token in cut.tokens if len(token) > 1)])
        condition = replace(found, alternatives=alternatives)
        if _YEARLIKE.fullmatch(text) is not None:
            self.notes.warn(f"“{text}”不是 {FIRST} 至 {LAST} 的年度，按文字检索", node)
        if isinstance(node, tree.Word) and not self.notes.negated:
            self.loose.append(Loose(text, node.start, condition))
        return [condition]

    def _prefixed(self, node: tree.Prefixed) -> list[Condition]:
        name, value = PREFIXES[node.prefix].name, node.value
        if name == "sort":
            self._order(node)
            return []
        if name == "code":
            return self._account(node)
        if name == "department":
            return [self._department(node, value, self.names.finder.find(value))]
        if name == "year":
            return [self._year(node)]
        if name == "column":
            self.notes.piece(node, "column", explanation.column(value), value=value)
            return [
                Figure(None, None, columns=self._columns(node, value), named=names_other(value))
            ]
        return [self._kind(node, name)]

    def _kind(self, node: tree.Prefixed, name: str) -> Condition:
        value = clean(node.value)
        if name == "region":
            return self._region(node)
        if name == "table":
            return self._named(node, "table", node.value, self.names.tables_named(node.value))
        if name == "report":
            report = _REPORT.fullmatch(value)
            return self._named(node, "report", node.value, [report["report"]] if report else [])
        field: Literal["checks", "type"] = "checks" if name == "checks" else "type"
        known = {"checks": CHECKED, "type": TYPES}[field]
        found = [known[value]] if value in known else []
        return self._named(node, field, node.value, found, [LABELS[field][of] for of in found])

    def _region(self, node: tree.Prefixed) -> Condition:
        found = self.names.regions_named(node.value)
        return self._named(node, "region", node.value, found, above(found))

    def _department(self, node: tree.Node, asked: str, match: Match | None) -> Condition:
        found = match.names if match else ()
        if match is not None and match.how in _UNSURE:
            shown = "、".join(found[:3]) + ("等" if len(found) > 3 else "")
            message = f"没有名为“{asked}”的部门，{_UNSURE[match.how]}“{shown}”理解"
            self.notes.warn(message, node)
        return self._named(node, "department", asked, found)

    def _named(
        self,
        node: tree.Node,
        name: Literal["department", "region", "report", "table", "type", "checks"],
        asked: str,
        values: Sequence[str],
        labels: Sequence[str] = (),
    ) -> Condition:
        field = BY_NAME[name].label
        if not values:
            self.notes.warn(f"没有与“{asked}”相符的{field}", node)
        label = explanation.names(field, asked, labels or values)
        said = (labels if name == "region" else values) or values
        self.notes.piece(node, name, label, value=said[0] if len(said) == 1 else asked)
        return Keyword(name, frozenset(values))

    def _year(self, node: tree.Prefixed) -> Condition:
        years = read_years(node.value, 0) or read_said_years(node.value, 0)
        if years is not None and years.end == len(node.value):
            return self._years(node, years.first, years.last)
        self.notes.warn("年度请写成 2024 或 2023..2024", node)
        self.notes.piece(node, "year", f"年度 {node.value}", value=node.value)
        return Any(())

    def _years(self, node: tree.Node, first: int, last: int) -> Condition:
        label = explanation.years(first, last)
        self.notes.piece(node, "year", label, **{"from": first, "to": last})
        return Years(first, last)

    def _account(self, node: tree.Prefixed) -> list[Condition]:
        code = clean(node.value).upper()
        if _CODE.fullmatch(code) is None:
            self.notes.warn("科目要写编码；按文字检索科目名称", node)
            return self._text(node, node.value)
        if not self.names.has_code(code):
            self.notes.warn(f"没有编码为 {code} 的科目", node)
        return [self._code(node, code)]

    def _code(self, node: tree.Node, code: str) -> Condition:
        self.notes.piece(node, "code", explanation.code(code), value=code)
        return CodeUnder(code)

    def _order(self, node: tree.Prefixed) -> None:
        order = SORTS.get(clean(node.value))
        if order is None:
            self.notes.warn("排序只能写 金额、金额升 或 年度，已忽略", node)
            return
        self.sort = order
        self.notes.piece(node, "sort", explanation.sort(order), value=order)

    def _comparison(self, node: tree.Comparison) -> Condition:
        figure = bound_figure(node)
        if node.column is not None:
            columns = self._columns(node, node.column)
            figure = replace(figure, columns=columns, named=names_other(node.column))
        unit = node.unit or ASSUMED
        if not node.unit and node.low != 0:
            typed = explanation.plain(node.low)
            self.notes.warn(f"没有写单位，按 {typed} 万元理解；如指元，请写 {typed} 元", node)
        money = figure.kind == "money"
        factor = unit_kind(unit)[1] if money else Decimal(1)
        low, high = (bound and (bound * factor).normalize() for bound in (node.low, node.high))
        values: dict[str, object] = {"from": low, "to": high}
        if high is None:
            values = {"yuan": low} if money else {"value": f"{node.low:f}"}
        self.notes.piece(
            node,
            "amount" if money else "quantity",
            explanation.comparison(node, unit, figure),
            op=node.op,
            unit=unit,
            column=node.column,
            direction=node.direction,
            **values,
        )
        return figure

    def _columns(self, node: tree.Node, asked: str) -> frozenset[str]:
        columns = self.names.columns_named(asked)
        if not columns:
            near = "、".join(f"[{head}]" for head in self.names.heads_near(asked))
            self.notes.warn(f"没有与“{asked}”相符的列{near and f'；有 {near} 等'}", node)
        return columns


def _may_stand_aside(piece: Piece) -> bool:
    """Return whether a piece is looked for in notes and page heads as well."""
    return not piece.negated and (piece.phrase or piece.value in pairs("asking.txt")["noted"])


def _both(conditions: Sequence[Condition]) -> Condition:
    if not conditions:
        return Everything()
    return conditions[0] if len(conditions) == 1 else All(tuple(conditions))


def _field(condition: Condition) -> str | None:
    """Return the facet field that a condition is about, None if that is not one field."""
    match condition:
        case Years():
            return "year"
        case Keyword(name=name):
            return name
        case CodeUnder():
            return "code"
        case Without(part=part):
            return _field(part)
        case All(parts=parts) | Any(parts=parts):
            fields = {_field(part) for part in parts}
            return fields.pop() if len(fields) == 1 else None
    return None


def _figure(condition: Condition) -> Figure | None:
    """Return the first comparison that a hit must or may meet."""
    match condition:
        case Figure():
            return condition
        case All(parts=parts) | Any(parts=parts):
            return next((found for part in parts if (found := _figure(part))), None)
    return None
