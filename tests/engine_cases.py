"""Reads `tests/cases/engine.json`: records, the indexes made of them, and what they answer.

Every engine of the registry has to pass these cases; an engine is added without touching them.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from search.engines import base
from search.engines.base import Bound, Condition
from search.hits import DocumentInfo
from search.model import Locator, Role
from search.records import IndexedFigure, Record
from search.results import DocumentRef, Hit

Json = Mapping[str, Any]

_DATA: Json = json.loads((Path(__file__).parent / "cases" / "engine.json").read_text("utf-8"))


def cases() -> Iterator[tuple[str, Json]]:
    """Yield each case with the name of each index that it holds for."""
    for case in _DATA["cases"]:
        for index in case["index"]:
            yield index, case


def commits(index: str, case: Json) -> list[Json]:
    """Return the commits that make the index of a case."""
    found: list[Json] = case.get("commits") or _DATA["commits"][index]
    return found


def record(name: str) -> Record:
    """Return a record by its name, which is its id."""
    data = dict(_DATA["records"][name])
    data["figures"] = figures = tuple(map(_figure, data.get("figures", ())))
    sums = [f.base for f in figures if (f.kind, f.role) == ("money", Role.LEVEL) and f.principal]
    data["amount"] = max(sums, default=None)
    ref = DocumentRef(
        id=data["document"], department=data["department"], year=data["year"],
        report=data["report"], level=None, title="", source="", sha256="",
    )  # fmt: skip
    if data["kind"] == "document":
        return Record(id=name, payload=_listing(ref), **data)
    hit = Hit(
        id=name,
        kind="passage" if data["kind"] == "statement" else data["kind"],
        document=ref,
        label=data.get("label", ""),
        label_verbatim=data.get("label", ""),
        quote=data.get("body", ""),
        locator=Locator(line_start=1, line_end=1, char_start=data["place"], char_end=99),
    )
    return Record(id=name, payload=hit.model_dump_json(), **data)


def query(case: Json) -> Bound:
    """Return the query of a case."""
    return Bound(
        where=_condition(case["where"]),
        filters={name: _condition(of) for name, of in case.get("filters", {}).items()},
        sort=case.get("sort", "relevance"),
        kinds=frozenset(case["kinds"]) if "kinds" in case else None,
        once=case.get("once", True),
    )


def _figure(of: Json) -> IndexedFigure:
    values = {**of, "base": Decimal(of["base"]), "role": Role(of.get("role", "level"))}
    return IndexedFigure(**values)


def _listing(ref: DocumentRef) -> str:
    none: dict[str, Any] = dict.fromkeys(
        ("department_variants", "sources", "unread", "kinds", "empty", "warnings"), ()
    )
    none |= dict.fromkeys(("department_code", "parent", "pages", "superseded_by"))
    none |= dict.fromkeys(("lines", "tables", "rows", "passages", "statements", "projects"), 0)
    none |= {"media_type": "text/plain", "confidence": 1.0}
    return DocumentInfo(**none, **ref.model_dump(exclude={"source"})).model_dump_json()


def _condition(of: Json) -> Condition:
    match of:
        case {"text": tokens}:
            others = tuple(map(_text, of.get("alternatives", ())))
            return base.Text(tuple(tokens), of.get("exact"), others)
        case {"years": [first, last]}:
            return base.Years(first, last)
        case {"keyword": [name, values]}:
            return base.Keyword(name, frozenset(values))
        case {"code": prefix}:
            return base.CodeUnder(prefix)
        case {"figure": bounds}:
            limits: dict[str, Any] = {"low": None, "high": None, **bounds}
            limits |= {name: Decimal(bounds[name]) for name in ("low", "high") if name in bounds}
            if "columns" in bounds:
                limits["columns"] = frozenset(bounds["columns"])
            return base.Figure(**limits)
        case {"all": parts}:
            return base.All(tuple(map(_condition, parts)))
        case {"any": parts}:
            return base.Any(tuple(map(_condition, parts)))
        case {"without": part}:
            return base.Without(_condition(part))
    return base.Everything()


def _text(of: Json) -> base.Text:
    return base.Text(tuple(of["text"]), of.get("exact"))
