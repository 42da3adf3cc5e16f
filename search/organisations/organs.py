"""Kinds of organisations 机构, told by what their names end in (`data/organs.toml`)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

OTHER: Final = "other"
"""The kind of what no ending tells."""
_BRACKETS = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class OrganKind:
    """One kind of organisations: its id, what it is called, and the endings of their names."""

    id: str
    label: str
    ending: re.Pattern[str]


@cache
def organ_kinds() -> tuple[OrganKind, ...]:
    """Return the kinds in the order in which a name is tried on them."""
    text = files("search.organisations").joinpath("data", "organs.toml").read_text(encoding="utf-8")
    return tuple(map(_kind, tomllib.loads(text)["kind"]))


def _kind(entry: dict[str, Any]) -> OrganKind:
    endings = "|".join(entry["endings"])
    return OrganKind(entry["id"], entry["label"], re.compile(rf"(?:{endings})$"))


@lru_cache(maxsize=1 << 14)
def organ_kind(name: str) -> str:
    """Return the id of an organisation's kind by its normalised name, `OTHER` where none is told.

    What stands in brackets behind a name (本级, a second name) tells no kind.
    """
    plain = _BRACKETS.sub("", name) or name
    return next((kind.id for kind in organ_kinds() if kind.ending.search(plain)), OTHER)


def is_organ(name: str) -> bool:
    """Return whether a normalised name ends as names of organisations do."""
    return organ_kind(name) != OTHER


def kind_label(kind: str) -> str:
    """Return what a kind is called in Chinese, 其他 where it is none of these."""
    return next((known.label for known in organ_kinds() if known.id == kind), "其他")
