"""The lists that disclosures are made of: places, bureaus, accounts. Read from `data/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parent / "data"
FUND: Final = "21208"
"""Accounts below this one are paid from the government fund 政府性基金."""


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """A project that bureaus of a kind have: its 项 and its typical amount (百元, see `model`)."""

    name: str
    account: str
    amount: int
    purpose: str


@dataclass(frozen=True, slots=True)
class BureauKind:
    """A kind of bureau with its units and projects."""

    name: str
    short: str
    code: str
    home: str
    unit_home: str
    units: tuple[str, ...]
    projects: tuple[ProjectKind, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A province, city, county or district; `scale` is how much larger than a county's."""

    name: str
    province: str
    scale: float


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def accounts() -> dict[str, str]:
    """Return the names of the functional accounts 支出功能分类科目 by code."""
    return dict(line.split("\t") for line in _lines("accounts.txt"))


@cache
def places() -> tuple[Place, ...]:
    """Return all places, every province before its cities, every city before its counties."""
    found: list[Place] = []
    for line in _lines("places.txt"):
        names = line.split()
        if not line.startswith("\t"):
            province = names[0]
            found.append(Place(province, province, 6.0))
            continue
        found.append(Place(names[0], province, 2.5))
        found.extend(Place(name, province, 1.0) for name in names[1:])
    return tuple(found)


@cache
def bureaus() -> tuple[BureauKind, ...]:
    """Return the kinds of bureaus."""
    data = tomllib.loads((DATA / "bureaus.toml").read_text(encoding="utf-8"))
    return tuple(
        BureauKind(
            name=entry["name"],
            short=entry["short"],
            code=entry["code"],
            home=entry["home"],
            unit_home=entry["unit_home"],
            units=tuple(entry["units"]),
            projects=tuple(_project(text) for text in entry["projects"]),
        )
        for entry in data["bureau"]
    )


def _project(text: str) -> ProjectKind:
    name, account, amount, purpose = (part.strip() for part in text.split("|"))
    return ProjectKind(name, account, int(amount) * 100, purpose)
