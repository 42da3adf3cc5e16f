"""Relations 勾稽关系 as declared in `relations.toml`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

from search.model import Report

Each = Literal[
    "row", "column", "children", "top", "parts", "list", "subtotals", "listed", "document",
    "account", "class", "statement", "sum", "share", "growth", "wording", "form", "funds", "empty",
]  # fmt: skip
SAID: Final = "文"
"""In an equation: the figure of the statement itself."""
_TERM = re.compile(r"\s*([=+-]?)\s*([^\s=+?-]+)(\??)\s*")


@dataclass(frozen=True, slots=True)
class Name:
    """What a row or column is called, and its side: regular expressions of the whole label.

    A label of the first is it before one of those behind.
    """

    side: str
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Spec:
    """A term as declared: which cell of which table; "" is the same, or the principal one.

    `every` takes the cell from each table of the kind.
    """

    table: str
    row: str
    column: str
    sign: int
    optional: bool
    every: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation; `sums` are its equations, of which one must hold, the stated term first."""

    id: str
    name: str
    source: str
    each: Each
    equation: tuple[str, ...]
    sums: tuple[tuple[Spec, ...], ...]
    tables: tuple[str, ...] = ()
    report: Report | None = None
    titles: tuple[tuple[str, bool, re.Pattern[str]], ...] = ()
    when: tuple[Spec, ...] = ()
    ignore: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    section: re.Pattern[str] | None = None
    subject: re.Pattern[str] | None = None
    basis: Report | None = None
    unit: str = ""
    parts: tuple[re.Pattern[str], ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All relations with the names that their equations use."""

    relations: tuple[Relation, ...]
    rows: Mapping[str, Name]
    columns: Mapping[str, Name]

    def of(self, report: Report | None) -> Iterator[Relation]:
        """Yield the relations of a report, those of every report among them."""
        return (of for of in self.relations if of.report in {None, report})


@cache
def catalogue() -> Catalogue:
    """Return the declared relations; raise `ValueError` where the declaration is wrong."""
    text = files("indexer.checks").joinpath("relations.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rows, columns = _names(data["rows"]), _names(data["columns"])
    relations = tuple(map(_relation, data["relation"]))
    for relation in relations:
        for spec in (spec for equation in (*relation.sums, relation.when) for spec in equation):
            named = spec.row in rows or spec.row[:1] in {"", "#", "*"} or spec.row == "首行"
            if not named or spec.column not in {"", *columns}:
                raise ValueError(f"{relation.id}: {spec.row}@{spec.column}")
    return Catalogue(relations, rows, columns)


def _names(data: Mapping[str, str | list[str]]) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for name, said in data.items():
        first, *others = [said] if isinstance(said, str) else said
        side, _, pattern = first.partition(":") if re.match(r"\w+:", first) else ("", "", first)
        names[name] = Name(side, tuple(map(re.compile, (pattern, *others))))
    return names


def _relation(data: dict[str, Any]) -> Relation:
    texts = data["equation"]
    equations = (texts,) if isinstance(texts, str) else tuple(texts)
    each = data["each"]
    if each not in get_args(Each):
        raise ValueError(f"{data['id']}: {each}")
    words = "Σ" in equations[0] or "÷" in equations[0] or "≠" in equations[0]
    sums = () if words else tuple(_sum(equation, each) for equation in equations)
    titles = (
        (kind, not text.startswith("!"), re.compile(text.removeprefix("!")))
        for kind, text in data.get("title", {}).items()
    )
    return Relation(
        id=data["id"],
        name=data["name"],
        source=data["source"],
        each=each,
        equation=equations,
        sums=sums,
        tables=tuple(data.get("tables", ())),
        report=data.get("report"),
        titles=tuple(titles),
        when=_sum(data["when"], "document") if "when" in data else (),
        ignore=tuple(data.get("ignore", ())),
        needs=tuple(data.get("needs", ())),
        section=re.compile(data["section"]) if "section" in data else None,
        subject=re.compile(data["subject"]) if "subject" in data else None,
        basis=data.get("basis"),
        unit=data.get("unit", ""),
        parts=tuple(map(re.compile, data.get("parts", ()))),
        example=data.get("example", ""),
    )


def _sum(text: str, each: str) -> tuple[Spec, ...]:
    """Return the terms of an equation `stated = part + part - part`."""
    terms: list[Spec] = []
    for sign, word, optional in _TERM.findall(text):
        place, _, column = word.partition("@")
        table, _, row = place.partition(".")
        if each == "row":
            table, row, column = "", "", word
        elif each == "column":
            table, row, column = "", word, ""
        every = table.endswith("*")
        terms.append(Spec(table.rstrip("*"), row, column, -1 if sign == "-" else 1,
                          bool(optional), every))  # fmt: skip
    return tuple(terms)
