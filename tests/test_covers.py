"""Covers, titles and heads of every kind: whose a disclosure is, of which year, kind and level."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.disclosure import read
from search.model import Disclosure

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "covers.toml").read_text(encoding="utf-8")
)["cover"]
SURE = 0.9
"""A name that is given with this confidence is never wrong."""
RIGHT = 0.97
"""So many of the covers are read rightly in all four."""


@cache
def _read(number: int) -> Disclosure:
    case = CASES[number]
    return read(case["text"].encode(), case.get("file", "disclosure.txt"))


def _said(of: Disclosure) -> str:
    return " | ".join(str(v or "-") for v in (of.department, of.year, of.report, of.level))


@pytest.mark.parametrize("number", range(len(CASES)), ids=[c["form"] for c in CASES])
def test_a_cover_is_read(number: int) -> None:
    assert _said(_read(number)) == CASES[number]["says"]


def test_what_is_wrong_is_never_sure() -> None:
    wrong = [n for n, case in enumerate(CASES) if _said(_read(n)) != case["says"]]
    assert len(wrong) <= (1 - RIGHT) * len(CASES)
    assert all(_read(n).confidence < SURE for n in wrong)


def test_what_is_not_sure_is_told() -> None:
    for number, case in enumerate(CASES):
        of = _read(number)
        assert of.confidence >= 0.8 or of.warnings, case["form"]
